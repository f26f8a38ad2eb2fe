//! Articles as pages: the text with its quotes marked by speaker, and a card for each.
//!
//! In: records. Out: one page that needs nothing beside it: no script, no font, no other file, so that it opens from a
//! disk or a mail. The parts serve the pages of the server as well. All text is escaped where it is put into the markup.

mod cards;
mod highlight;
mod said;

pub(crate) use cards::More;
pub(crate) use said::Said;
#[cfg(feature = "serve")]
pub(crate) use said::{Entity, Mention, Other, Place, Quote, Speaker};

use crate::extractor::Extraction;
use crate::record::Record;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{Result, Write};

/// What pages with articles look like.
pub(crate) const STYLE: &str = include_str!("article.css");

pub(super) fn begin(to: &mut impl Write) -> Result<()> {
    let head = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Who says what" }
                style { (PreEscaped(STYLE)) }
            }
        }
    };
    // The document stays open: browsers take the body's start and all ends for granted, and here they follow later.
    let head = head.into_string();
    let head = head.strip_suffix("</html>").unwrap_or(&head);
    writeln!(to, "{head}\n<body>\n<main>")
}

pub(super) fn write(number: u64, record: &Record, to: &mut impl Write) -> Result<()> {
    let article = record.extraction().article;
    let said = Said::new(record, format!("{number}-"));
    let content = html! {
        article {
            (heading(&article.heading(number), &about(record.extraction())))
            (reading(Some(&article.text), &said, |_| More::default()))
        }
    };
    writeln!(to, "{}", content.into_string())
}

pub(super) fn end(to: &mut impl Write) -> Result<()> {
    let end = html! { footer { (FOOTER) } };
    writeln!(to, "</main>\n{}\n</body>\n</html>", end.into_string())
}

/// What every page ends with.
pub(crate) const FOOTER: &str = "It tells who is said to have said what, not whether it is so.";

/// An article's title and what is known about it.
pub(crate) fn heading(title: &str, about: &[Markup]) -> Markup {
    html! {
        h1 { (title) }
        @if !about.is_empty() {
            p .lead {
                @for (at, part) in about.iter().enumerate() {
                    @if at > 0 { " · " }
                    (part)
                }
            }
        }
    }
}

fn about(extraction: &Extraction) -> Vec<Markup> {
    let date = extraction.date().map(|date| date.to_string());
    let author = extraction.author();
    let known = [extraction.site(), date.as_deref(), author.as_deref()]
        .into_iter()
        .flatten();
    let mut about: Vec<Markup> = known.map(|part| html! { (part) }).collect();
    about.extend(extraction.article.url.as_deref().map(outside));
    about
}

/// The text, if it is known, beside the cards of its quotes; `more` tells what else a card shows, by the quote's place.
pub(crate) fn reading(text: Option<&str>, said: &Said, more: impl Fn(usize) -> More) -> Markup {
    let title = format!("text-title{}", said.anchor);
    html! {
        div .article {
            section .reading aria-labelledby=(title) {
                h2 .quiet id=(title) { "The article" }
                @if let Some(text) = text {
                    (cards::switches())
                    div .text { (highlight::highlighted(text, said)) }
                } @else {
                    p .hint { "Its text was not stored." }
                }
            }
            (cards::cards(said, more))
        }
    }
}

/// A link to where an article was found, only if it leads to the web: what else stands there is shown as text.
pub(crate) fn outside(url: &str) -> Markup {
    html! {
        @if is_web(url) { a href=(url) rel="noopener noreferrer" { (url) } } @else { (url) }
    }
}

/// Whether this is an address on the web.
pub(crate) fn is_web(url: &str) -> bool {
    url.get(..8).is_some_and(|start| {
        let start = start.to_ascii_lowercase();
        start.starts_with("http://") || start == "https://"
    })
}
