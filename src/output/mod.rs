//! What comes out: extractions in the formats that people and programs read.
//!
//! In: extractions and failures. Out: bytes, to any writer. What is written of an article depends on nothing but that
//! article, so that articles may be made ready on several threads and put in order afterwards.

mod json;
mod pretty;

use crate::article::Failure;
use crate::extractor::Extraction;
use crate::gazetteer::Gazetteer;
use crate::offsets::Offsets;
use std::io::{Result, Write};

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// One JSON object an article, indented where people read it.
    #[default]
    Json,
    /// One JSON object an article, each on one line.
    Jsonl,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[Format::Json, Format::Jsonl];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
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
}

impl Style<'_> {
    /// An article.
    ///
    /// # Errors
    /// The writer's.
    pub fn article(&self, extraction: &Extraction, to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Json => json::write(self, extraction, self.indent, to),
            Format::Jsonl => json::write(self, extraction, false, to),
        }
    }

    /// An article that failed.
    ///
    /// # Errors
    /// The writer's.
    pub fn failure(&self, failure: &Failure, to: &mut impl Write) -> Result<()> {
        json::line(failure, to)
    }
}
