//! What comes out: extractions in the formats that people and programs read.
//!
//! In: extractions and failures. Out: bytes, to any writer. What is written of an article depends on nothing but that
//! article and its number, so that articles may be made ready on several threads and put in order afterwards; what stands
//! before the first and behind the last one depends on nothing at all.

mod brat;
mod compact;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod jsonld;
mod pretty;
pub(crate) mod quotebank;
mod rows;
mod text;

pub use brat::CONFIGURATION as BRAT_CONFIGURATION;

use crate::article::Failure;
use crate::extractor::Extraction;
use crate::gazetteer::Gazetteer;
use crate::offsets::Offsets;
use crate::record::Record;
use std::io::{Result, Write};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// One JSON object an article, indented where people read it.
    #[default]
    Json,
    /// One JSON object an article, each on one line.
    Jsonl,
    /// For people: each quote under its speaker.
    Text,
    /// A page that needs nothing beside it: the article with its quotes marked.
    Html,
    /// A row for each quote, cells separated by commas.
    Csv,
    /// A row for each quote, cells separated by tabs.
    Tsv,
    /// Standoff annotation of the annotation tool brat, a file an article. The text that it stands off is the article's.
    Brat,
    /// One document of linked data, by the vocabulary of schema.org.
    Jsonld,
    /// An object for each verbatim passage with the fields of the data set Quotebank, each on one line.
    Quotebank,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[
        Format::Json,
        Format::Jsonl,
        Format::Text,
        Format::Html,
        Format::Csv,
        Format::Tsv,
        Format::Brat,
        Format::Jsonld,
        Format::Quotebank,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Text => "text",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Brat => "brat",
            Format::Jsonld => "jsonld",
            Format::Quotebank => "quotebank",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether an article that failed has a place in it, where its error stands.
    pub fn holds_failures(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// How extractions are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'g> {
    /// The format.
    pub format: Format,
    /// What offsets count, where the format has any and lets one choose.
    pub offsets: Offsets,
    /// Whether records hold the article's text.
    pub text: bool,
    /// Where the other candidates for speakers are looked up, if records shall hold them.
    pub alternatives: Option<&'g Gazetteer>,
    /// Whether JSON is indented.
    pub indent: bool,
    /// Whether text is coloured, by the escape sequences of terminals.
    pub colour: bool,
}

impl Style<'_> {
    /// What stands before the first article.
    ///
    /// # Errors
    /// The writer's.
    pub fn begin(&self, to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Html => html::begin(to),
            Format::Csv => rows::header(b',', to),
            Format::Tsv => rows::header(b'\t', to),
            Format::Jsonld => jsonld::begin(to),
            Format::Json | Format::Jsonl | Format::Text | Format::Brat | Format::Quotebank => Ok(()),
        }
    }

    /// Appends an article; `number` tells it from all others that are written beside it.
    ///
    /// # Errors
    /// What it cannot be written as: nothing of it is appended then.
    pub fn article(&self, number: u64, extraction: &Extraction, to: &mut Vec<u8>) -> Result<()> {
        let record = |offsets| Record::new(extraction, offsets);
        match self.format {
            Format::Json => json::write(self, extraction, self.indent, to),
            Format::Jsonl => json::write(self, extraction, false, to),
            Format::Text => text::write(number, &record(Offsets::Char), self.colour, to),
            Format::Html => html::write(number, &record(Offsets::Byte), to),
            Format::Csv => rows::write(&record(self.offsets), b',', to),
            Format::Tsv => rows::write(&record(self.offsets), b'\t', to),
            Format::Brat => brat::write(extraction, to),
            Format::Jsonld => jsonld::write(number, &record(Offsets::Char), to),
            Format::Quotebank => quotebank::write(number, &record(Offsets::Char), to),
        }
    }

    /// An article that failed: nothing, where the format has no place for it.
    ///
    /// # Errors
    /// The writer's.
    pub fn failure(&self, failure: &Failure, to: &mut impl Write) -> Result<()> {
        if self.format.holds_failures() {
            json::line(failure, to)
        } else {
            Ok(())
        }
    }

    /// What stands behind the last article.
    ///
    /// # Errors
    /// The writer's.
    pub fn end(&self, to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Html => html::end(to),
            Format::Jsonld => jsonld::end(to),
            _ => Ok(()),
        }
    }
}
