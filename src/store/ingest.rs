//! Inputs made ready for the writer, on any number of threads.
//!
//! In: documents as they were found ([`Raw`]): articles, or records extracted before. Out: records with the hash of what
//! they were made of; or word that the database holds just this already, read by the same version with the same
//! gazetteer: then nothing is extracted.

use super::base::Reader;
use super::incoming::{Incoming, key_of};
use super::ready::Ready;
use super::versions::Stored;
use super::words::hash128;
use super::writer::Run;
use crate::article::{Article, Failure};
use crate::error::Result;
use crate::extractor::Extractor;
use crate::input::Raw;
use std::sync::{Mutex, PoisonError};

/// Makes inputs ready. Shared between threads.
#[derive(Debug)]
pub struct Preparer<'a> {
    extractor: &'a Extractor,
    /// What distinguishes this run's results from others'.
    salt: String,
    outlet: Option<String>,
    known: Option<Mutex<Reader>>,
}

/// An input made ready.
#[derive(Debug)]
pub enum Prepared {
    /// The database has it, as far as batches are committed; [`Writer::unchanged`](super::Writer::unchanged) says whether
    /// it still has when its turn comes.
    Known(Box<Known>),
    /// It is to be stored.
    Ready(Box<Ready>),
    /// It cannot be read.
    Failed(Failure),
}

/// An input that the database had when it was looked at.
#[derive(Debug)]
pub struct Known {
    pub(super) key: String,
    pub(super) hash: String,
    /// The number of its article, if that had this version alone.
    pub(super) only: Option<i64>,
    document: Document,
}

/// What an input was read to be.
#[derive(Debug)]
enum Document {
    Record(Incoming),
    Article(Article),
}

impl Known {
    fn prepared(stored: &Stored, key: String, hash: String, document: Document) -> Prepared {
        let only = stored.is_alone().then_some(stored.article);
        Prepared::Known(Box::new(Known {
            key,
            hash,
            only,
            document,
        }))
    }
}

impl<'a> Preparer<'a> {
    /// For a run. `known` reads the database that is written to; `outlet` is said of articles that name none.
    pub fn new(extractor: &'a Extractor, run: &Run, outlet: Option<&str>, known: Option<Reader>) -> Self {
        // Whoever begins is spared a question for each article.
        let any = |reader: &Reader| !matches!(reader.rows("SELECT 1 FROM articles LIMIT 1", [], |_| Ok(())), Ok(rows) if rows.is_empty());
        Preparer {
            extractor,
            salt: format!("{} {}", run.version, run.gazetteer),
            outlet: outlet.map(str::to_owned),
            known: known.filter(any).map(Mutex::new),
        }
    }

    /// Reads a document, and extracts who says what in it if that was not done before. The outer error is the
    /// database's.
    pub fn prepare(&self, raw: Raw) -> Result<Prepared> {
        if Incoming::is_record(raw.bytes()) {
            let outlet = self.outlet.as_deref().unwrap_or_default();
            let hash = hash128(&[raw.bytes().trim_ascii(), outlet.as_bytes()]);
            return Ok(match Incoming::from_json(raw.bytes()) {
                Ok(incoming) => {
                    let key = incoming.key();
                    match self.known(&key, &hash)? {
                        Some(stored) => Known::prepared(&stored, key, hash, Document::Record(incoming)),
                        None => Prepared::Ready(self.ready(incoming, hash)),
                    }
                }
                Err(error) => Prepared::Failed(Failure { id: None, error }),
            });
        }
        match raw.read() {
            Ok(article) => self.prepare_article(&article),
            Err(failure) => Ok(Prepared::Failed(failure)),
        }
    }

    /// The same for an article that is read already.
    pub fn prepare_article(&self, article: &Article) -> Result<Prepared> {
        let (key, hash) = (key_of(article), self.hash(article));
        if let Some(stored) = self.known(&key, &hash)? {
            let document = Document::Article(article.clone());
            return Ok(Known::prepared(&stored, key, hash, document));
        }
        Ok(match self.extract(article, hash) {
            Ok(ready) => Prepared::Ready(ready),
            Err(failure) => Prepared::Failed(failure),
        })
    }

    /// What the database had and has no more.
    pub fn prepare_anew(&self, Known { hash, document, .. }: Known) -> std::result::Result<Box<Ready>, Failure> {
        match document {
            Document::Record(incoming) => Ok(self.ready(incoming, hash)),
            Document::Article(article) => self.extract(&article, hash),
        }
    }

    fn extract(&self, article: &Article, hash: String) -> std::result::Result<Box<Ready>, Failure> {
        match self.extractor.extract(article) {
            Ok(extraction) => Ok(self.ready(Incoming::from_extraction(&extraction), hash)),
            Err(error) => Err(Failure {
                id: article.id.clone(),
                error,
            }),
        }
    }

    fn ready(&self, incoming: Incoming, hash: String) -> Box<Ready> {
        let incoming = incoming.from_outlet(self.outlet.as_deref());
        Box::new(Ready::new(incoming, hash))
    }

    /// What is stored of an article, if a version of it was made of this.
    fn known(&self, key: &str, hash: &str) -> Result<Option<Stored>> {
        let Some(known) = &self.known else { return Ok(None) };
        let reader = known.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = Stored::find(&reader.connection, key).map_err(|cause| reader.failed(cause))?;
        Ok(stored.filter(|stored| stored.has(hash)))
    }

    /// The hash of all that goes into an extraction.
    fn hash(&self, article: &Article) -> String {
        let id = article.id.as_ref().map(ToString::to_string);
        let date = article.date.map(|date| date.to_string());
        let extra = serde_json::to_string(&article.extra).ok();
        let fields = [
            &id,
            &article.title,
            &date,
            &article.url,
            &article.author,
            &article.site,
            &extra,
            &self.outlet,
        ];
        let mut parts: Vec<&[u8]> = vec![self.salt.as_bytes(), article.text.as_bytes()];
        parts.extend(fields.map(|field| field.as_deref().unwrap_or_default().as_bytes()));
        hash128(&parts)
    }
}
