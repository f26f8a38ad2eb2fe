//! The words of variants, ready to be compared.
//!
//! In: sketches of variants as they are made. Out: the sketch of any variant: remembered, or made anew from the words of
//! one of its quotes. A variant is told by its statement and its number among the wordings of that. Variants that lost quotes are kept until the batch ends: the article read anew may have the same
//! words again; then those that nobody has any more go, with their shingles.

use super::same::Sketch;
use super::shingles::Shingles;
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sketches that are remembered, twice so many: some tens of megabytes.
const MOST: usize = 50_000;

/// One wording of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Variant {
    pub(super) statement: i64,
    pub(super) number: i64,
}

/// Sketches by variant.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    recent: FxHashMap<Variant, Arc<Sketch>>,
    /// Those that were recent before; what is asked for becomes recent again.
    older: FxHashMap<Variant, Arc<Sketch>>,
    /// Variants that lost a quote in this batch.
    left: BTreeMap<Variant, Arc<Sketch>>,
}

/// The words of a quote that has them.
const QUOTE: &str = "SELECT text FROM quotes WHERE statement_id = ?1 AND variant = ?2 LIMIT 1";

impl Sketches {
    /// Remembers the sketch of a variant.
    pub(super) fn keep(&mut self, variant: Variant, sketch: Arc<Sketch>) {
        if self.recent.len() >= MOST {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(variant, sketch);
    }

    /// Takes note that a quote with these words goes.
    pub(super) fn leave(&mut self, variant: Variant, text: &str) {
        if !self.left.contains_key(&variant) {
            let known = self.recent.get(&variant).or_else(|| self.older.get(&variant));
            let sketch = known.map_or_else(|| Arc::new(Sketch::new(text)), Arc::clone);
            self.left.insert(variant, sketch);
        }
    }

    /// The number of a new wording of a statement that is there: one that none had before, nor one that leaves.
    pub(super) fn next_number(&self, connection: &Connection, statement: i64) -> Result<i64> {
        let sql = "SELECT max(variant) FROM quotes WHERE statement_id = ?1";
        let mut last = connection.prepare_cached(sql)?;
        let last: Option<i64> = last.query_row([statement], |row| row.get(0))?;
        let all = Variant { statement, number: 0 }..=Variant {
            statement,
            number: i64::MAX,
        };
        let leaving = self.left.range(all).next_back().map(|(variant, _)| variant.number);
        Ok(last.max(leaving).map_or(0, |last| last + 1))
    }

    /// The sketch of a variant; none if there is no such variant.
    pub(super) fn of(&mut self, connection: &Connection, variant: Variant) -> Result<Option<Arc<Sketch>>> {
        let known = self.recent.get(&variant).or_else(|| self.left.get(&variant));
        if let Some(sketch) = known {
            return Ok(Some(Arc::clone(sketch)));
        }
        let found = match self.older.remove(&variant) {
            Some(sketch) => Some(sketch),
            None => {
                let mut read = connection.prepare_cached(QUOTE)?;
                let which = params![variant.statement, variant.number];
                let made = read.query_row(which, |row| Ok(Arc::new(Sketch::new(row.get_ref(0)?.as_str()?))));
                made.optional()?
            }
        };
        if let Some(sketch) = &found {
            self.keep(variant, Arc::clone(sketch));
        }
        Ok(found)
    }

    /// Forgets the variants that no quote has any more.
    pub(super) fn forget_unused(&mut self, connection: &Connection, shingles: &mut Shingles) -> Result<()> {
        let mut used = connection.prepare_cached(QUOTE)?;
        for (variant, sketch) in std::mem::take(&mut self.left) {
            if used.exists(params![variant.statement, variant.number])? {
                continue;
            }
            for hash in sketch.shingles().0 {
                shingles.remove(connection, hash, variant)?;
            }
            shingles.remove(connection, sketch.hash() as i32, variant)?;
            self.recent.remove(&variant);
            self.older.remove(&variant);
        }
        Ok(())
    }
}
