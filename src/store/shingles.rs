//! The index that finds earlier wordings by what they share with a quote.
//!
//! In: hashes of words, and of pairs of words. Out: the variants that have them, each with how many such pairs it has.
//! Rows are read one by one and kept at hand; what a batch adds to them is written when it ends, in the order of the
//! hashes, so that each page of the index is written once however many rows on it changed.

use super::packed;
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How many variants with one hash are found by it: the rare ones decide.
const POSTINGS: usize = 48;
/// Rows that are kept at hand: some tens of megabytes.
const MOST: usize = 400_000;
/// More pairs than this are not told apart.
const MOST_PAIRS: usize = 63;
/// So many questions are as long as it takes to read all rows of a database of middle size.
const WORTH: usize = 20_000;

/// A variant that has a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) variant: i64,
    /// How many different pairs of words it has in all.
    pub(super) pairs: usize,
}

/// The rows at hand.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    known: FxHashMap<i32, Row>,
    filter: Filter,
}

/// The variants that have a hash, in the order of their numbers.
#[derive(Debug, Default)]
struct Row {
    /// As it is stored: see [`push`].
    packed: Vec<u8>,
    stored: bool,
    changed: bool,
}

impl Shingles {
    /// Adds the variants that have this hash to `found`; a variant's number grows within them.
    pub(super) fn find(&mut self, connection: &Connection, hash: i32, found: &mut Vec<Posting>) -> Result<()> {
        unpack(&self.row(connection, hash)?.packed, found);
        Ok(())
    }

    /// Adds a variant that is newer than all others, unless enough are found by this hash already.
    pub(super) fn add(&mut self, connection: &Connection, hash: i32, posting: Posting) -> Result<()> {
        let row = self.row(connection, hash)?;
        let mut there = Vec::new();
        unpack(&row.packed, &mut there);
        if there.len() < POSTINGS {
            push(&mut row.packed, there.last(), posting);
            row.changed = true;
        }
        Ok(())
    }

    /// Takes a variant out.
    pub(super) fn remove(&mut self, connection: &Connection, hash: i32, variant: i64) -> Result<()> {
        let row = self.row(connection, hash)?;
        let mut there = Vec::new();
        unpack(&row.packed, &mut there);
        there.retain(|posting| posting.variant != variant);
        row.packed.clear();
        let mut last = None;
        for posting in &there {
            push(&mut row.packed, last, *posting);
            last = Some(posting);
        }
        row.changed = true;
        Ok(())
    }

    /// Writes what changed.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<()> {
        let mut insert = connection.prepare_cached("INSERT INTO shingles(hash, variants) VALUES (?1, ?2)")?;
        let mut update = connection.prepare_cached("UPDATE shingles SET variants = ?2 WHERE hash = ?1")?;
        let mut delete = connection.prepare_cached("DELETE FROM shingles WHERE hash = ?1")?;
        let mut changed: Vec<_> = self.known.iter_mut().filter(|(_, row)| row.changed).collect();
        changed.sort_unstable_by_key(|(hash, _)| **hash);
        for (hash, row) in changed {
            match (row.stored, row.packed.is_empty()) {
                (false, true) => 0,
                (false, false) => {
                    self.filter.insert(*hash);
                    insert.execute(params![hash, row.packed])?
                }
                (true, false) => update.execute(params![hash, row.packed])?,
                (true, true) => delete.execute([hash])?,
            };
            row.stored = !row.packed.is_empty();
            row.changed = false;
        }
        if self.known.len() > MOST {
            self.known.clear();
        }
        self.filter.renew(connection)
    }

    fn row(&mut self, connection: &Connection, hash: i32) -> Result<&mut Row> {
        match self.known.entry(hash) {
            Occupied(row) => Ok(row.into_mut()),
            Vacant(place) => {
                let mut stored = None;
                if self.filter.may_be_there(hash) {
                    let mut find = connection.prepare_cached("SELECT variants FROM shingles WHERE hash = ?1")?;
                    stored = find.query_row([hash], |row| row.get(0)).optional()?;
                }
                Ok(place.insert(Row {
                    stored: stored.is_some(),
                    packed: stored.unwrap_or_default(),
                    changed: false,
                }))
            }
        }
    }
}

/// A posting behind the one before: how far its number is from that one's, with the pairs in the lowest six bits.
fn push(to: &mut Vec<u8>, before: Option<&Posting>, posting: Posting) {
    let far = posting.variant - before.map_or(0, |before| before.variant);
    packed::push(to, (far as u64) << 6 | posting.pairs.min(MOST_PAIRS) as u64);
}

fn unpack(stored: &[u8], found: &mut Vec<Posting>) {
    let mut variant = 0_i64;
    found.extend(packed::numbers(stored).map(|number| {
        variant = variant.wrapping_add((number >> 6) as i64);
        let pairs = (number & 0x3f) as usize;
        Posting { variant, pairs }
    }));
}

/// Which hashes are certainly in no row: most of those that are asked for.
#[derive(Debug, Default)]
struct Filter {
    /// One bit for each value that the last bits of a hash may have.
    bits: Vec<u64>,
    /// How many rows there are.
    rows: usize,
    /// How often it was asked before there was any.
    asked: usize,
}

impl Filter {
    fn place(&self, hash: i32) -> (usize, u64) {
        let bit = hash as u32 as usize % (self.bits.len() * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn may_be_there(&mut self, hash: i32) -> bool {
        if self.bits.is_empty() {
            self.asked += 1;
            return true;
        }
        let (word, bit) = self.place(hash);
        self.bits[word] & bit != 0
    }

    fn insert(&mut self, hash: i32) {
        self.rows += 1;
        if !self.bits.is_empty() {
            let (word, bit) = self.place(hash);
            self.bits[word] |= bit;
        }
    }

    /// Makes it anew of all that is stored, once that is worth it, and again before it is too full.
    fn renew(&mut self, connection: &Connection) -> Result<()> {
        if self.bits.is_empty() && self.asked < WORTH || self.rows * 8 < self.bits.len() * 64 {
            return Ok(());
        }
        let rows: i64 = connection.query_row("SELECT count(*) FROM shingles", [], |row| row.get(0))?;
        let bits = (rows as usize * 32).next_power_of_two().max(1 << 20);
        self.bits = vec![0; bits / 64];
        self.rows = 0;
        let mut all = connection.prepare_cached("SELECT hash FROM shingles")?;
        let mut all = all.query([])?;
        while let Some(row) = all.next()? {
            self.insert(row.get(0)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back_as_they_were_packed() {
        let numbers = [1, 2, 70, 5_000, 5_001, 1 << 40];
        let all = numbers.map(|variant| Posting {
            variant,
            pairs: variant as usize % 64,
        });
        let mut packed = Vec::new();
        for (at, posting) in all.iter().enumerate() {
            push(&mut packed, at.checked_sub(1).map(|before| &all[before]), *posting);
        }
        let mut found = Vec::new();
        unpack(&packed, &mut found);
        assert_eq!(found, all);
    }
}
