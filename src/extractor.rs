//! The flow: an article goes in, an extraction comes out.

use crate::article::{Article, MAX_BYTES};
use crate::attribution::{self, Attribution, Explanation, Form, Models};
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::mentions::{self, Mention};
use crate::resolution::{self, Resolution};
use crate::text::Document;
use jiff::civil::Date;
use std::borrow::Cow;

/// What reads: the version of the program, and a hash of the tables of words, weights and names that it was built with.
/// The same article on the same date with the same gazetteer gives the same extraction as long as this stays the same.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("ATTACHE_TABLES"));

/// Reads articles. Built once, used from any thread.
#[derive(Debug, Clone)]
pub struct Extractor {
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    models: Models,
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
    /// Report, transcript or statement.
    pub form: Form,
}

impl<'a> Extraction<'a> {
    /// The day of publication: the article's, else the one that its text states.
    pub fn date(&self) -> Option<Date> {
        date(self.article, &self.document)
    }

    /// Who wrote it: as the article says, else as its text does.
    pub fn author(&self) -> Option<Cow<'a, str>> {
        let said = self.article.author.as_deref().map(Cow::Borrowed);
        said.or_else(|| self.document.header.author(self.document.text).map(Cow::Owned))
    }

    /// Whose it is: as the article says, else the news agency that its dateline names.
    pub fn site(&self) -> Option<&'a str> {
        let agency = self.document.header.agency.map(|span| span.of(self.document.text));
        self.article.site.as_deref().or(agency)
    }

    /// The same extraction without the attributions that are less confident than this.
    pub fn at_least(self, confidence: f32) -> Self {
        Extraction {
            attributions: attribution::at_least(self.attributions, confidence),
            ..self
        }
    }
}

impl Extractor {
    /// An extractor with the built-in gazetteer and weights.
    pub fn new() -> Self {
        Extractor {
            gazetteer: Gazetteer::default(),
            lexicon: Lexicon::builtin(),
            models: Models::builtin(),
        }
    }

    /// The same extractor with another gazetteer.
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Extractor { gazetteer, ..self }
    }

    /// What it knows of the world.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Weighs the attributions of an extraction once more, with the names of what was weighed.
    pub fn explain(&self, extraction: &Extraction) -> Explanation {
        let document = &extraction.document;
        let tags = self.lexicon.tag(&document.tokens, document.text);
        attribution::explain(document, &tags, &extraction.mentions, &self.models)
    }

    /// Reads one article. The only error is [`Error::TooLarge`]: spans count no more than 4 GiB.
    pub fn extract<'a>(&self, article: &'a Article) -> Result<Extraction<'a>> {
        if article.text.len() as u64 > MAX_BYTES {
            return Err(Error::TooLarge { limit: MAX_BYTES });
        }
        let document = Document::read(&article.text);
        let tags = self.lexicon.tag(&document.tokens, document.text);
        let hits = self.gazetteer.find(document.text, &document.tokens);
        let mentions = mentions::find(&document, &tags, &self.gazetteer, &hits);
        let attributions = attribution::attribute(&document, &tags, &mentions, &self.models);
        let resolution = resolution::resolve(
            &document,
            &tags,
            &mentions,
            &attributions,
            &self.gazetteer,
            &hits,
            date(article, &document),
        );
        let attributions = resolution::temper(attributions, &resolution, date(article, &document));
        Ok(Extraction {
            form: Form::of(&attributions),
            article,
            document,
            mentions,
            attributions,
            resolution,
        })
    }
}

fn date(article: &Article, document: &Document) -> Option<Date> {
    article.date.or_else(|| document.header.date.map(|stated| stated.day))
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

// Whoever builds one extractor may share it between threads; this line does not compile if that ever ends.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Extractor>();
};
