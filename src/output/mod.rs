//! What comes out: extractions in the formats that people and programs read.
//!
//! In: extractions, one after the other. Out: bytes, to any writer: what stands before the first article, each article,
//! each failure, what stands behind the last. What is written of an article depends on nothing but that article, so that
//! articles may be made ready on several threads and put in order afterwards.

mod json;
mod pretty;

use crate::article::Failure;
use crate::extractor::Extraction;
use crate::gazetteer::Gazetteer;
use crate::offsets::Offsets;
use std::io::{Result, Write};

macro_rules! formats {
    ($($name:ident $code:literal $what:literal),* $(,)?) => {
        /// A format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Format {
            #[default]
            $(#[doc = $what] $name,)*
        }

        impl Format {
            /// All of them.
            pub const ALL: &[Format] = &[$(Format::$name),*];

            /// Its name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Format::$name => $code,)*
                }
            }

            /// What it is, in a few words.
            pub fn about(self) -> &'static str {
                match self {
                    $(Format::$name => $what,)*
                }
            }

            /// The format of this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($code => Some(Format::$name),)*
                    _ => None,
                }
            }
        }
    };
}

formats! {
    Json "json" "One JSON object an article, indented where people read it",
    Jsonl "jsonl" "One JSON object an article, each on one line",
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
    /// What stands before the first article.
    ///
    /// # Errors
    /// The writer's.
    pub fn begin(&self, _to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Json | Format::Jsonl => Ok(()),
        }
    }

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

    /// An article that failed: an error record where the format has such, nothing elsewhere. Whoever writes something else
    /// has to tell of the failure by other means: [`Style::tells_failures`].
    ///
    /// # Errors
    /// The writer's.
    pub fn failure(&self, failure: &Failure, to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Json | Format::Jsonl => json::failure(failure, to),
        }
    }

    /// Whether a failure stands in the output.
    pub fn tells_failures(&self) -> bool {
        matches!(self.format, Format::Json | Format::Jsonl)
    }

    /// What stands behind the last article.
    ///
    /// # Errors
    /// The writer's.
    pub fn end(&self, _to: &mut impl Write) -> Result<()> {
        match self.format {
            Format::Json | Format::Jsonl => Ok(()),
        }
    }
}
