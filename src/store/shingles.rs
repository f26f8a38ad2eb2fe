//! The index that finds earlier wordings by what they share with a quote.
//!
//! In: hashes of words, and of pairs of words. Out: the variants that have them, each with how many such pairs it has.
//! Those of a hash are kept at hand once they were read; what a batch adds to them is written when it ends, in the order
//! of the hashes. A row of the table holds many hashes: to insert one for each took a tenth of an ingest.

use super::packed;
use super::sketches::Variant;
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How many variants with one hash are found by it: the rare ones decide.
const POSTINGS: usize = 48;
/// Hashes that are kept at hand: some tens of megabytes.
const MOST: usize = 400_000;
/// The table has 2^14 rows, told by the first bits of a hash. With a million quotes each has two kilobytes.
const PART: u32 = 32 - 14;
/// More pairs than this are not told apart.
const MOST_PAIRS: usize = 63;
/// So many questions are as long as it takes to read all rows of a database of middle size.
const WORTH: usize = 20_000;

/// The smallest filter.
const FEWEST_BITS: usize = 1 << 20;

/// A variant that has a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) variant: Variant,
    /// How many different pairs of words it has in all.
    pub(super) pairs: usize,
}

/// What is at hand.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    known: FxHashMap<i32, Postings>,
    filter: Filter,
}

/// The variants that have a hash, in the order of their statements.
#[derive(Debug, Default)]
struct Postings {
    /// As they are stored: see [`push`]. Most have one or two, which need no memory of their own.
    packed: SmallVec<[u8; 16]>,
    changed: bool,
}

impl Shingles {
    /// Adds the variants that have this hash to `found`.
    pub(super) fn find(&mut self, connection: &Connection, hash: i32, found: &mut Vec<Posting>) -> Result<()> {
        unpack(&self.postings(connection, hash)?.packed, found);
        Ok(())
    }

    /// Adds a variant, unless enough are found by this hash already.
    pub(super) fn add(&mut self, connection: &Connection, hash: i32, posting: Posting) -> Result<()> {
        let postings = self.postings(connection, hash)?;
        let mut there = Vec::new();
        unpack(&postings.packed, &mut there);
        if there.len() < POSTINGS {
            let at = there.partition_point(|before| before.variant < posting.variant);
            there.insert(at, posting);
            if at + 1 == there.len() {
                // Mostly of the newest statement.
                push(
                    &mut postings.packed,
                    at.checked_sub(1).map(|last| &there[last]),
                    posting,
                );
            } else {
                postings.packed = pack(&there);
            }
            postings.changed = true;
        }
        Ok(())
    }

    /// Takes a variant out.
    pub(super) fn remove(&mut self, connection: &Connection, hash: i32, variant: Variant) -> Result<()> {
        let postings = self.postings(connection, hash)?;
        let mut there = Vec::new();
        unpack(&postings.packed, &mut there);
        there.retain(|posting| posting.variant != variant);
        postings.packed = pack(&there);
        postings.changed = true;
        Ok(())
    }

    /// Writes what changed.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<()> {
        let mut find = connection.prepare_cached("SELECT postings FROM shingles WHERE part = ?1")?;
        let mut insert = connection.prepare_cached("INSERT INTO shingles(part, postings) VALUES (?1, ?2)")?;
        let mut update = connection.prepare_cached("UPDATE shingles SET postings = ?2 WHERE part = ?1")?;
        let mut delete = connection.prepare_cached("DELETE FROM shingles WHERE part = ?1")?;
        let known = self.known.iter_mut().filter(|(_, postings)| postings.changed);
        let mut changed: Vec<(u32, &[u8])> = known
            .map(|(&hash, postings)| {
                postings.changed = false;
                (hash as u32, &postings.packed[..])
            })
            .collect();
        changed.sort_unstable_by_key(|&(hash, _)| hash);
        let none = self.filter.is_empty();
        let mut row = Vec::new();
        for changed in changed.chunk_by(|one, next| one.0 >> PART == next.0 >> PART) {
            let part = changed[0].0 >> PART;
            let mut stored: Option<Vec<u8>> = None;
            if !none {
                stored = find.query_row([part], |row| row.get(0)).optional()?;
            }
            row.clear();
            let added = merge(stored.as_deref().unwrap_or_default(), changed, &mut row);
            added.into_iter().for_each(|hash| self.filter.insert(hash));
            match (stored.is_some(), row.is_empty()) {
                (false, true) => 0,
                (false, false) => insert.execute(params![part, row])?,
                (true, false) => update.execute(params![part, row])?,
                (true, true) => delete.execute([part])?,
            };
        }
        if self.known.len() > MOST {
            self.known.clear();
        }
        self.filter.renew(connection)
    }

    fn postings(&mut self, connection: &Connection, hash: i32) -> Result<&mut Postings> {
        match self.known.entry(hash) {
            Occupied(postings) => Ok(postings.into_mut()),
            Vacant(place) => {
                let mut packed = SmallVec::new();
                if self.filter.may_be_there(connection, hash)? {
                    let mut find = connection.prepare_cached("SELECT postings FROM shingles WHERE part = ?1")?;
                    let mut rows = find.query([hash as u32 >> PART])?;
                    if let Some(row) = rows.next()? {
                        let row = row.get_ref(0)?.as_blob()?;
                        let same = entries(row).find(|&(other, _)| other == hash as u32);
                        packed.extend_from_slice(same.map_or(&[], |(_, postings)| postings));
                    }
                }
                let changed = false;
                Ok(place.insert(Postings { packed, changed }))
            }
        }
    }
}

/// The hashes of a row, in order, each with its postings: how far it is from the one before, how many bytes they have,
/// and they.
fn entries(mut row: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut hash = 0_u32;
    std::iter::from_fn(move || {
        hash = hash.wrapping_add(packed::next(&mut row)? as u32);
        let length = packed::next(&mut row)? as usize;
        let (postings, rest) = row.split_at_checked(length)?;
        row = rest;
        Some((hash, postings))
    })
}

/// A row with other postings for some of its hashes. Returns the hashes that it did not have.
fn merge(row: &[u8], changed: &[(u32, &[u8])], to: &mut Vec<u8>) -> Vec<u32> {
    let mut added = Vec::new();
    let mut before = 0;
    let mut push = |hash: u32, postings: &[u8]| {
        if !postings.is_empty() {
            packed::push(to, u64::from(hash - before));
            packed::push(to, postings.len() as u64);
            to.extend_from_slice(postings);
            before = hash;
        }
    };
    let mut old = entries(row).peekable();
    for &(hash, postings) in changed {
        while let Some((other, theirs)) = old.next_if(|&(other, _)| other < hash) {
            push(other, theirs);
        }
        if old.next_if(|&(other, _)| other == hash).is_none() && !postings.is_empty() {
            added.push(hash);
        }
        push(hash, postings);
    }
    old.for_each(|(hash, postings)| push(hash, postings));
    added
}

/// A posting behind the one before: how far its statement is from that one's, with the pairs in the lowest six bits; above
/// them a bit that says whether the variant's number follows, which is mostly 0.
fn push(to: &mut impl Extend<u8>, before: Option<&Posting>, posting: Posting) {
    let Variant { statement, number } = posting.variant;
    let far = statement - before.map_or(0, |before| before.variant.statement);
    let follows = u64::from(number != 0) << 6;
    packed::push(to, (far as u64) << 7 | follows | posting.pairs.min(MOST_PAIRS) as u64);
    if number != 0 {
        packed::push(to, number as u64);
    }
}

fn pack(all: &[Posting]) -> SmallVec<[u8; 16]> {
    let mut packed = SmallVec::new();
    for (at, &posting) in all.iter().enumerate() {
        push(&mut packed, at.checked_sub(1).map(|before| &all[before]), posting);
    }
    packed
}

fn unpack(mut stored: &[u8], found: &mut Vec<Posting>) {
    let mut statement = 0_i64;
    while let Some(packed) = packed::next(&mut stored) {
        statement = statement.wrapping_add((packed >> 7) as i64);
        let number = if packed >> 6 & 1 == 0 {
            Some(0)
        } else {
            packed::next(&mut stored)
        };
        let variant = Variant {
            statement,
            number: number.unwrap_or_default() as i64,
        };
        let pairs = (packed & 0x3f) as usize;
        found.push(Posting { variant, pairs });
    }
}

/// Which hashes are certainly not stored: most of those that are asked for.
#[derive(Debug, Default)]
struct Filter {
    /// One bit for each value that the last bits of a hash may have.
    bits: Vec<u64>,
    /// How many hashes there are.
    hashes: usize,
    /// How often it was asked before there was any.
    asked: usize,
}

impl Filter {
    /// Whether it is known that there is none.
    fn is_empty(&self) -> bool {
        self.hashes == 0 && !self.bits.is_empty()
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        let bit = hash as usize % (self.bits.len() * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn may_be_there(&mut self, connection: &Connection, hash: i32) -> Result<bool> {
        if self.bits.is_empty() {
            let any = "SELECT EXISTS (SELECT 1 FROM shingles)";
            if self.asked > 0 || connection.query_row(any, [], |row| row.get(0))? {
                self.asked += 1;
                if self.asked < WORTH {
                    return Ok(true);
                }
                self.renew(connection)?;
            } else {
                self.bits = vec![0; FEWEST_BITS / 64];
            }
        }
        let (word, bit) = self.place(hash as u32);
        Ok(self.bits[word] & bit != 0)
    }

    fn insert(&mut self, hash: u32) {
        self.hashes += 1;
        if !self.bits.is_empty() {
            let (word, bit) = self.place(hash);
            self.bits[word] |= bit;
        }
    }

    /// Makes it anew of all that is stored, once that is worth it, and again before it is too full.
    fn renew(&mut self, connection: &Connection) -> Result<()> {
        if self.bits.is_empty() && self.asked < WORTH || self.hashes * 8 < self.bits.len() * 64 {
            return Ok(());
        }
        let mut hashes: Vec<u32> = Vec::new();
        let mut all = connection.prepare_cached("SELECT postings FROM shingles")?;
        let mut all = all.query([])?;
        while let Some(row) = all.next()? {
            hashes.extend(entries(row.get_ref(0)?.as_blob()?).map(|(hash, _)| hash));
        }
        let bits = (hashes.len() * 32).next_power_of_two().max(FEWEST_BITS);
        self.bits = vec![0; bits / 64];
        self.hashes = 0;
        hashes.into_iter().for_each(|hash| self.insert(hash));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back_as_they_were_packed() {
        let numbers = [(1, 0), (2, 3), (2, 700), (5_000, 0), (5_001, 1), (1 << 40, 1 << 30)];
        let all = numbers.map(|(statement, number)| Posting {
            variant: Variant { statement, number },
            pairs: statement as usize % 64,
        });
        let mut found = Vec::new();
        unpack(&pack(&all), &mut found);
        assert_eq!(found, all);
    }

    #[test]
    fn a_row_has_what_was_merged_into_it() {
        let (mut first, mut second, mut third) = (Vec::new(), Vec::new(), Vec::new());
        assert_eq!(merge(&[], &[(7, b"a"), (900, b"bc")], &mut first), [7, 900]);
        assert_eq!(merge(&first, &[(0, b"d"), (7, b"ae"), (8, b"")], &mut second), [0]);
        assert_eq!(
            entries(&second).collect::<Vec<_>>(),
            [(0, &b"d"[..]), (7, b"ae"), (900, b"bc")]
        );
        assert!(merge(&second, &[(0, b""), (7, b""), (900, b"")], &mut third).is_empty());
        assert!(third.is_empty());
    }
}
