//! Several versions of an article in one input: the last one stays, and the same input again changes nothing.
//!
//! In: the hashes of what an article was made of: now, and in the versions that the same input had before. Out: whether an
//! input is the next of these; else it is a change, even if the article was once the same. Where a run that was killed
//! comes again, it goes through the versions in their order and goes on behind them.

use rusqlite::{Connection, OptionalExtension, Result};
use rustc_hash::FxHashMap;

/// So many versions before the present one are known again.
const MOST: usize = 64;

/// What is stored of an article.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) article: i64,
    /// The hashes of the versions of the input that it was last changed by, as far as that; the last one is what it is.
    versions: Vec<String>,
    /// The run that changed it.
    run: i64,
}

/// The articles of this run that were there before, each with the version that the run has come to.
#[derive(Debug, Default)]
pub(super) struct Versions(FxHashMap<i64, usize>);

impl Stored {
    /// The article of this key.
    pub(super) fn find(connection: &Connection, key: &str) -> Result<Option<Stored>> {
        let sql = "SELECT id, superseded, input_hash, run_id FROM articles WHERE key = ?1";
        let mut find = connection.prepare_cached(sql)?;
        let found = find.query_row([key], |row| {
            let before = row.get_ref(1)?.as_str_or_null()?.unwrap_or_default();
            let mut versions: Vec<String> = before.split_ascii_whitespace().map(str::to_owned).collect();
            versions.push(row.get(2)?);
            Ok(Stored {
                article: row.get(0)?,
                versions,
                run: row.get(3)?,
            })
        });
        found.optional()
    }

    /// Its text.
    pub(super) fn text(&self, connection: &Connection) -> Result<Option<String>> {
        let mut find = connection.prepare_cached("SELECT text FROM articles WHERE id = ?1")?;
        find.query_row([self.article], |row| row.get(0))
    }

    /// Whether one of its versions was made of this.
    pub(super) fn has(&self, hash: &str) -> bool {
        self.versions.iter().any(|version| version == hash)
    }

    /// Whether it has one version alone.
    pub(super) fn is_alone(&self) -> bool {
        self.versions.len() == 1
    }
}

impl Versions {
    /// Whether what this hash is of is there already: the version that this run has come to, or one behind it. Then the run
    /// has come to that one.
    pub(super) fn reach(&mut self, stored: &Stored, hash: &str, run: i64) -> bool {
        let last = stored.versions.len() - 1;
        let from = match self.0.get(&stored.article) {
            // What the run has written itself is behind all that it has read.
            _ if stored.run == run => last,
            Some(&at) => at.min(last),
            None => 0,
        };
        let found = stored.versions[from..].iter().position(|version| version == hash);
        if let Some(found) = found {
            self.0.insert(stored.article, from + found);
        }
        found.is_some()
    }

    /// The same for an article with one version alone, which it is.
    pub(super) fn reach_only(&mut self, article: i64) {
        self.0.insert(article, 0);
    }

    /// The versions that this run has read before the one that is written now, as the column has them.
    pub(super) fn superseded(&self, stored: &Stored, run: i64) -> Option<String> {
        let read = match self.0.get(&stored.article) {
            _ if stored.run == run => stored.versions.len(),
            Some(&at) => (at + 1).min(stored.versions.len()),
            None => return None,
        };
        let before = &stored.versions[..read];
        Some(before[read.saturating_sub(MOST)..].join(" "))
    }
}
