//! The flow: an article goes in, an extraction comes out.

use crate::article::Article;
use crate::attribution::{self, Attribution};
use crate::gazetteer::Gazetteer;
use crate::mentions::{self, Mention};
use crate::resolution::{self, Resolution};
use crate::text::Document;

/// Reads articles. Built once, used from any thread.
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    gazetteer: Gazetteer,
}

/// Everything read from one article.
#[derive(Debug, Clone)]
pub struct Extraction<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its surface.
    pub document: Document<'a>,
    /// Who is mentioned where.
    pub mentions: Vec<Mention>,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// Who they are.
    pub resolution: Resolution,
}

impl Extractor {
    /// An extractor with the built-in gazetteer and weights.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one article.
    pub fn extract<'a>(&self, article: &'a Article) -> Extraction<'a> {
        let document = Document::read(&article.text);
        let mentions = mentions::find(&document, &self.gazetteer);
        let attributions = attribution::attribute(&document, &mentions);
        let resolution = resolution::resolve(&document, &mentions, &attributions, &self.gazetteer, article.date);
        Extraction {
            article,
            document,
            mentions,
            attributions,
            resolution,
        }
    }
}
