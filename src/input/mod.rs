//! Articles from whatever users have: files, folders and pipes of text, HTML or JSON, compressed or not.
//!
//! In: paths, or bytes. Out: [`Source`], an iterator of documents still to be read ([`Raw`]), so that many threads can
//! share the reading; [`Raw::read`] makes the [`Article`]. What cannot be read is a [`Failure`] in its place. However
//! long an input is, no more of it is held than one document, and that is no longer than [`Options::max_size`].

mod decode;
mod detect;
mod html;
mod json;
mod source;
mod stream;

pub use source::{Source, size};

use crate::article::{Article, Failure, Id};
use crate::error::{Error, Result};
use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest document by default, in bytes and after decompression: 128 MiB.
pub const MAX_SIZE: u64 = 128 << 20;

/// What bytes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text, one article.
    Text,
    /// A web page, one article.
    Html,
    /// One JSON object a line, each an article.
    Jsonl,
    /// JSON objects however they are laid out: one, an array of them, several behind each other.
    Json,
}

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// What every input holds; found out for each one by its content and its name if not given.
    pub kind: Option<Kind>,
    /// Longest document in bytes, after decompression.
    pub max_size: u64,
    /// Day of publication: for JSON records that have none, and before what a page says of itself.
    pub date: Option<Date>,
    /// A database that is being filled: in folders it is passed over, and what SQLite keeps beside it.
    pub database: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            kind: None,
            max_size: MAX_SIZE,
            date: None,
            database: None,
        }
    }
}

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file; `None` is standard input.
    pub path: Option<Arc<Path>>,
    /// The line it begins on, from 1, where a file holds many documents.
    pub line: Option<u64>,
}

/// The bytes of one document, not yet read.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it comes from.
    pub origin: Origin,
    kind: Kind,
    bytes: Vec<u8>,
    date: Option<Date>,
}

impl Raw {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads it. An article that is a file of its own gets the path as its id if it has none.
    pub fn read(self) -> std::result::Result<Article, Failure> {
        let id = self.origin.id();
        match self.kind {
            Kind::Json | Kind::Jsonl => {
                let article = Article::from_json(&self.bytes).map_err(|failure| Failure {
                    id: failure.id.or_else(|| id.clone()),
                    error: failure.error,
                })?;
                Ok(Article {
                    id: article.id.or(id),
                    date: article.date.or(self.date),
                    ..article
                })
            }
            kind => match read_bytes(&self.bytes, Some(kind)) {
                Ok(article) => Ok(Article {
                    id,
                    date: self.date.or(article.date),
                    ..article
                }),
                Err(error) => Err(Failure { id, error }),
            },
        }
    }
}

impl Origin {
    /// What an article is called that has no name of its own: its file, if it is all that the file holds.
    fn id(&self) -> Option<Id> {
        let path = self.path.as_ref().filter(|_| self.line.is_none())?;
        Some(Id::Text(path.display().to_string()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}", path.display())?,
            None => f.write_str("standard input")?,
        }
        match self.line {
            Some(line) => write!(f, ", line {line}"),
            None => Ok(()),
        }
    }
}

/// Reads the bytes of one document; without a kind their content decides. JSON must be one object.
///
/// Text may be in any encoding: a byte order mark, UTF-8, the charset that a page declares and the statistics of the
/// bytes are tried in this order. Fails when there is no text in it ([`Error::Empty`]), when it is [`Error::Binary`], or
/// when it is wrong JSON.
pub fn read_bytes(bytes: &[u8], kind: Option<Kind>) -> Result<Article> {
    let kind = kind.or_else(|| detect::kind(bytes, None, true)).unwrap_or(Kind::Text);
    match kind {
        Kind::Json | Kind::Jsonl => Article::from_json(bytes).map_err(|failure| failure.error),
        Kind::Html => {
            let decoded = decode::decode(bytes, decode::declared(bytes))?;
            Ok(Article {
                encoding: Some(decoded.encoding),
                ..html::read(&decoded.text)?
            })
        }
        Kind::Text => {
            let decoded = decode::decode(bytes, None)?;
            if decoded.text.trim().is_empty() {
                return Err(Error::Empty);
            }
            Ok(Article {
                encoding: Some(decoded.encoding),
                ..Article::new(decoded.text)
            })
        }
    }
}
