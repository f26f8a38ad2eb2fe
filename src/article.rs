//! What goes in: an article's text and what is known about it.

use jiff::civil::Date;

/// An article: text, and what its publisher says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The text; every span of the extraction is a place in it.
    pub text: String,
    /// Whatever the user calls it.
    pub id: Option<String>,
    /// Headline. Not part of `text`.
    pub title: Option<String>,
    /// The day it was published: decides who held an office.
    pub date: Option<Date>,
    /// Where it was found.
    pub url: Option<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(text: impl Into<String>) -> Self {
        Article {
            text: text.into(),
            ..Article::default()
        }
    }
}
