//! The words of variants, ready to be compared.
//!
//! In: sketches of variants as they are made. Out: the sketch of any variant: remembered, or made anew from the words of
//! its first quote (others may differ in case and marks). A variant is told by its statement and its number among the
//! wordings of that. Variants that lose quotes are kept until their article has been replaced: it may have the same words
//! again.

use super::same::Sketch;
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Sketches that are remembered, twice so many: some tens of megabytes.
const MOST: usize = 50_000;

/// One wording of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Variant {
    pub(super) statement: i64,
    pub(super) number: i64,
}

/// Sketches by variant: what is remembered is always what would be made anew.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    recent: FxHashMap<Variant, Arc<Sketch>>,
    /// Those that were recent before; what is asked for becomes recent again.
    older: FxHashMap<Variant, Arc<Sketch>>,
    /// Variants that lost a quote of the article that is being replaced.
    left: BTreeMap<Variant, Left>,
}

/// What was known of a variant before it lost a quote.
#[derive(Debug)]
struct Left {
    sketch: Arc<Sketch>,
    /// Who said its statement.
    speaker: Option<i64>,
}

/// The words of a variant's first quote.
const QUOTE: &str = "SELECT text FROM quotes WHERE statement_id = ?1 AND variant = ?2 ORDER BY id LIMIT 1";

impl Sketches {
    /// Remembers the sketch of a variant.
    pub(super) fn keep(&mut self, variant: Variant, sketch: Arc<Sketch>) {
        if self.recent.len() >= MOST {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(variant, sketch);
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
        self.recent.remove(&variant);
        self.older.remove(&variant);
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

    /// The sketch of a variant; none if there is no such variant.
    pub(super) fn of(&mut self, connection: &Connection, variant: Variant) -> Result<Option<Arc<Sketch>>> {
        if let Some(sketch) = self.recent.get(&variant) {
            return Ok(Some(Arc::clone(sketch)));
        }
        let sketch = match self.older.remove(&variant) {
            Some(sketch) => sketch,
            None => {
                let mut read = connection.prepare_cached(QUOTE)?;
                let which = params![variant.statement, variant.number];
                let made = read.query_row(which, |row| Ok(Arc::new(Sketch::new(row.get_ref(0)?.as_str()?))));
                match made.optional()? {
                    Some(sketch) => sketch,
                    None => return Ok(self.left.get(&variant).map(|left| Arc::clone(&left.sketch))),
                }
            }
        };
        self.keep(variant, Arc::clone(&sketch));
        Ok(Some(sketch))
    }

    /// Of the variants that lost quotes those that have none any more; all of them are known as they are now again.
    pub(super) fn unused(&mut self, connection: &Connection) -> Result<Vec<(Variant, Arc<Sketch>)>> {
        let mut used = connection.prepare_cached(QUOTE)?;
        let mut unused = Vec::new();
        for (variant, Left { sketch, .. }) in std::mem::take(&mut self.left) {
            if !used.exists(params![variant.statement, variant.number])? {
                unused.push((variant, sketch));
            }
        }
        Ok(unused)
    }
}

/// All variants that a statement may have.
fn of_statement(statement: i64) -> RangeInclusive<Variant> {
    Variant { statement, number: 0 }..=Variant {
        statement,
        number: i64::MAX,
    }
}
