//! The words of variants, ready to be compared.
//!
//! In: sketches of variants as they are made. Out: the sketch of any variant: remembered, or made anew from the words of
//! its first quote (others may differ in case and marks). A variant is told by its statement and its number among the
//! wordings of that. Variants that lose quotes are kept until their article has been replaced: it may have the same words
//! again.

use super::same::{Digest, Sketch};
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Sketches that are remembered, twice so many: some tens of megabytes.
const MOST: usize = 50_000;
/// Digests that are remembered, twice so many: the same. Each quote is compared with several, of statements of any age.
const MOST_DIGESTS: usize = 400_000;

/// One wording of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Variant {
    pub(super) statement: i64,
    pub(super) number: i64,
}

/// Sketches by variant: what is remembered is always what would be made anew.
#[derive(Debug)]
pub(super) struct Sketches {
    sketches: Recent<Arc<Sketch>>,
    digests: Recent<Digest>,
    /// Variants that lost a quote of the article that is being replaced.
    left: BTreeMap<Variant, Left>,
}

/// What was remembered last.
#[derive(Debug)]
struct Recent<T> {
    recent: FxHashMap<Variant, T>,
    /// Those that were recent before; what is asked for becomes recent again.
    older: FxHashMap<Variant, T>,
    most: usize,
}

/// What was known of a variant before it lost a quote.
#[derive(Debug)]
pub(super) struct Left {
    pub(super) sketch: Arc<Sketch>,
    /// Who said its statement.
    pub(super) speaker: Option<i64>,
}

/// The words of a variant's first quote.
const QUOTE: &str = "SELECT text FROM quotes WHERE statement_id = ?1 AND variant = ?2 ORDER BY id LIMIT 1";

impl Default for Sketches {
    fn default() -> Self {
        Sketches {
            sketches: Recent::new(MOST),
            digests: Recent::new(MOST_DIGESTS),
            left: BTreeMap::new(),
        }
    }
}

impl Sketches {
    /// Remembers the sketch of a variant.
    pub(super) fn keep(&mut self, variant: Variant, sketch: Arc<Sketch>) {
        self.digests.keep(variant, sketch.digest());
        self.sketches.keep(variant, sketch);
    }

    /// Takes note that a quote with these words is about to go.
    pub(super) fn leave(&mut self, connection: &Connection, variant: Variant, speaker: Option<i64>) -> Result<()> {
        if let Some(sketch) = self.of(connection, variant)? {
            self.forget(variant);
            self.left.insert(variant, Left { sketch, speaker });
        }
        Ok(())
    }

    /// Forgets a sketch, because another quote of the variant may be the first one now.
    pub(super) fn forget(&mut self, variant: Variant) {
        self.sketches.forget(variant);
        self.digests.forget(variant);
    }

    /// Who said a statement before it lost quotes.
    pub(super) fn left_speaker(&self, statement: i64) -> Option<Option<i64>> {
        let mut left = self.left.range(of_statement(statement));
        left.next().map(|(_, left)| left.speaker)
    }

    /// The number of a new wording of a statement that is there: one that none had before, nor one that leaves.
    pub(super) fn next_number(&self, connection: &Connection, statement: i64) -> Result<i64> {
        let sql = "SELECT max(variant) FROM quotes WHERE statement_id = ?1";
        let mut last = connection.prepare_cached(sql)?;
        let last: Option<i64> = last.query_row([statement], |row| row.get(0))?;
        let mut left = self.left.range(of_statement(statement));
        let leaving = left.next_back().map(|(variant, _)| variant.number);
        Ok(last.max(leaving).map_or(0, |last| last + 1))
    }

    /// What is known of a variant without its words; none if there is no such variant.
    pub(super) fn digest(&mut self, connection: &Connection, variant: Variant) -> Result<Option<Digest>> {
        match self.digests.of(variant) {
            Some(digest) => Ok(Some(*digest)),
            None => Ok(self.of(connection, variant)?.map(|sketch| sketch.digest())),
        }
    }

    /// The sketch of a variant; none if there is no such variant.
    pub(super) fn of(&mut self, connection: &Connection, variant: Variant) -> Result<Option<Arc<Sketch>>> {
        if let Some(sketch) = self.sketches.of(variant) {
            return Ok(Some(Arc::clone(sketch)));
        }
        let mut read = connection.prepare_cached(QUOTE)?;
        let which = params![variant.statement, variant.number];
        let made = read.query_row(which, |row| Ok(Arc::new(Sketch::new(row.get_ref(0)?.as_str()?))));
        Ok(match made.optional()? {
            Some(sketch) => {
                self.keep(variant, Arc::clone(&sketch));
                Some(sketch)
            }
            None => self.left.get(&variant).map(|left| Arc::clone(&left.sketch)),
        })
    }

    /// Of the variants that lost quotes those that have none any more; all of them are known as they are now again.
    pub(super) fn unused(&mut self, connection: &Connection) -> Result<Vec<(Variant, Left)>> {
        let mut used = connection.prepare_cached(QUOTE)?;
        let mut unused = Vec::new();
        for (variant, left) in std::mem::take(&mut self.left) {
            if !used.exists(params![variant.statement, variant.number])? {
                unused.push((variant, left));
            }
        }
        Ok(unused)
    }
}

impl<T> Recent<T> {
    fn new(most: usize) -> Self {
        Recent {
            recent: FxHashMap::default(),
            older: FxHashMap::default(),
            most,
        }
    }

    fn keep(&mut self, variant: Variant, known: T) {
        if self.recent.len() >= self.most {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(variant, known);
    }

    fn of(&mut self, variant: Variant) -> Option<&T> {
        if !self.recent.contains_key(&variant) {
            let known = self.older.remove(&variant)?;
            self.keep(variant, known);
        }
        self.recent.get(&variant)
    }

    fn forget(&mut self, variant: Variant) {
        self.recent.remove(&variant);
        self.older.remove(&variant);
    }
}

/// All variants that a statement may have.
fn of_statement(statement: i64) -> RangeInclusive<Variant> {
    Variant { statement, number: 0 }..=Variant {
        statement,
        number: i64::MAX,
    }
}
