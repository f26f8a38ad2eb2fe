//! The words of variants, ready to be compared, and the index that finds them.
//!
//! In: sketches of variants as they are made. Out: the sketch of any variant: remembered, or made anew from the words of
//! one of its quotes. Variants that lost quotes are kept until the batch ends: the article read anew may have the same
//! words again; then those that nobody has any more go, with their shingles.

use super::same::Sketch;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many variants with one shingle are found by it: the rare shingles decide.
pub(super) const POSTINGS: usize = 48;
/// Sketches that are remembered: some tens of megabytes.
const MOST: usize = 50_000;

/// A shingle as it stands in the index, and the variants that are found by it.
#[derive(Debug)]
pub(super) struct Posting {
    pub(super) hash: i64,
    pub(super) variants: Vec<i64>,
}

/// What is found by each shingle of a sketch.
pub(super) fn postings(connection: &Connection, sketch: &Sketch) -> Result<Vec<Posting>> {
    let mut find = connection.prepare_cached("SELECT variant_id FROM shingles WHERE hash = ?1 LIMIT ?2")?;
    let postings = hashes(sketch).into_iter().map(|hash| {
        let variants = find.query_map(params![hash, POSTINGS as i64], |row| row.get(0))?;
        let variants = variants.collect::<Result<_>>()?;
        Ok(Posting { hash, variants })
    });
    postings.collect()
}

/// The shingles of a sketch as the index has them: in four bytes, where a coincidence costs one comparison.
fn hashes(sketch: &Sketch) -> Vec<i64> {
    let mut hashes: Vec<i64> = sketch
        .shingles()
        .into_iter()
        .map(|hash| i64::from(hash as i32))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Sketches by variant.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    remembered: HashMap<i64, Arc<Sketch>>,
    /// Variants that lost a quote in this batch.
    left: BTreeMap<i64, Arc<Sketch>>,
}

impl Sketches {
    /// Remembers the sketch of a variant.
    pub(super) fn keep(&mut self, variant: i64, sketch: Arc<Sketch>) {
        if self.remembered.len() >= MOST {
            self.remembered.clear();
        }
        self.remembered.insert(variant, sketch);
    }

    /// Takes note that a quote with these words goes.
    pub(super) fn leave(&mut self, variant: i64, text: &str) {
        let remembered = &self.remembered;
        let made = || {
            remembered
                .get(&variant)
                .cloned()
                .unwrap_or_else(|| Arc::new(Sketch::new(text)))
        };
        self.left.entry(variant).or_insert_with(made);
    }

    /// The sketch of a variant; none if there is no such variant.
    pub(super) fn of(&mut self, connection: &Connection, variant: i64) -> Result<Option<Arc<Sketch>>> {
        let known = self.remembered.get(&variant).or_else(|| self.left.get(&variant));
        if let Some(sketch) = known {
            return Ok(Some(Arc::clone(sketch)));
        }
        let sql = "SELECT text FROM quotes WHERE variant_id = ?1 LIMIT 1";
        let made = connection
            .prepare_cached(sql)?
            .query_row([variant], |row| Ok(Arc::new(Sketch::new(row.get_ref(0)?.as_str()?))));
        let made = made.optional()?;
        if let Some(sketch) = &made {
            self.keep(variant, Arc::clone(sketch));
        }
        Ok(made)
    }

    /// Deletes the variants that no quote has any more.
    pub(super) fn forget_unused(&mut self, connection: &Connection) -> Result<()> {
        let mut used = connection.prepare_cached("SELECT 1 FROM quotes WHERE variant_id = ?1 LIMIT 1")?;
        let mut shingle = connection.prepare_cached("DELETE FROM shingles WHERE hash = ?1 AND variant_id = ?2")?;
        let mut forget = connection.prepare_cached("DELETE FROM variants WHERE id = ?1")?;
        for (variant, sketch) in std::mem::take(&mut self.left) {
            if used.exists([variant])? {
                continue;
            }
            for hash in hashes(&sketch) {
                shingle.execute([hash, variant])?;
            }
            forget.execute([variant])?;
            self.remembered.remove(&variant);
        }
        Ok(())
    }
}
