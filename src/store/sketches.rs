//! The words of variants, ready to be compared.
//!
//! In: sketches of variants as they are made. Out: the sketch of any variant: remembered, or made anew from the words of
//! one of its quotes. Variants that lost quotes are kept until the batch ends: the article read anew may have the same
//! words again; then those that nobody has any more go, with their shingles.

use super::same::Sketch;
use super::shingles::Shingles;
use rusqlite::{Connection, OptionalExtension, Result};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sketches that are remembered, twice so many: some tens of megabytes.
const MOST: usize = 50_000;

/// Sketches by variant.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    recent: FxHashMap<i64, Arc<Sketch>>,
    /// Those that were recent before; what is asked for becomes recent again.
    older: FxHashMap<i64, Arc<Sketch>>,
    /// Variants that lost a quote in this batch.
    left: BTreeMap<i64, Arc<Sketch>>,
}

impl Sketches {
    /// Remembers the sketch of a variant.
    pub(super) fn keep(&mut self, variant: i64, sketch: Arc<Sketch>) {
        if self.recent.len() >= MOST {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(variant, sketch);
    }

    /// Takes note that a quote with these words goes.
    pub(super) fn leave(&mut self, variant: i64, text: &str) {
        if !self.left.contains_key(&variant) {
            let known = self.recent.get(&variant).or_else(|| self.older.get(&variant));
            let sketch = known.map_or_else(|| Arc::new(Sketch::new(text)), Arc::clone);
            self.left.insert(variant, sketch);
        }
    }

    /// The sketch of a variant; none if there is no such variant.
    pub(super) fn of(&mut self, connection: &Connection, variant: i64) -> Result<Option<Arc<Sketch>>> {
        let known = self.recent.get(&variant).or_else(|| self.left.get(&variant));
        if let Some(sketch) = known {
            return Ok(Some(Arc::clone(sketch)));
        }
        let found = match self.older.remove(&variant) {
            Some(sketch) => Some(sketch),
            None => {
                let sql = "SELECT q.text FROM variants v JOIN quotes q ON q.statement_id = v.statement_id AND q.variant_id = v.id
                           WHERE v.id = ?1 LIMIT 1";
                let mut read = connection.prepare_cached(sql)?;
                let made = read.query_row([variant], |row| Ok(Arc::new(Sketch::new(row.get_ref(0)?.as_str()?))));
                made.optional()?
            }
        };
        if let Some(sketch) = &found {
            self.keep(variant, Arc::clone(sketch));
        }
        Ok(found)
    }

    /// Deletes the variants that no quote has any more.
    pub(super) fn forget_unused(&mut self, connection: &Connection, shingles: &mut Shingles) -> Result<()> {
        let sql = "SELECT 1 FROM variants v JOIN quotes q ON q.statement_id = v.statement_id AND q.variant_id = v.id
                   WHERE v.id = ?1 LIMIT 1";
        let mut used = connection.prepare_cached(sql)?;
        let mut forget = connection.prepare_cached("DELETE FROM variants WHERE id = ?1")?;
        for (variant, sketch) in std::mem::take(&mut self.left) {
            if used.exists([variant])? {
                continue;
            }
            for hash in sketch.shingles().0 {
                shingles.remove(connection, hash, variant)?;
            }
            shingles.remove(connection, sketch.hash() as i32, variant)?;
            forget.execute([variant])?;
            self.recent.remove(&variant);
            self.older.remove(&variant);
        }
        Ok(())
    }
}
