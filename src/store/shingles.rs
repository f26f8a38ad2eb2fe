//! The index that finds earlier wordings by what they share with a quote.
//!
//! In: hashes of words, and of pairs of words. Out: the variants that have them, each with how many such pairs it has.
//! Those of a hash are kept at hand once they were read; what a batch adds to them is written when it ends, in the order
//! of the hashes. A row of the table holds some hundred hashes: to insert one for each took a tenth of an ingest.

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
/// A row that has more bytes is split, into such as have half of that.
const LARGEST: usize = 2048;
/// More pairs than this are not told apart.
const MOST_PAIRS: usize = 63;
/// So many questions are as long as it takes to read all rows of a database of middle size.
const WORTH: usize = 20_000;

/// The smallest filter.
const FEWEST_BITS: usize = 1 << 20;

/// The row that has a hash, if any has.
const ROW_OF: &str = "SELECT first, postings FROM shingles WHERE first <= ?1 ORDER BY first DESC LIMIT 1";

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
        // Mostly there is none.
        if postings.packed.is_empty() {
            push(&mut postings.packed, None, posting);
            postings.changed = true;
            return Ok(());
        }
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

    /// What changed, in the order of the hashes, to be written.
    pub(super) fn changed(&mut self) -> Changed<'_> {
        let known = self.known.iter_mut().filter(|(_, postings)| postings.changed);
        let mut postings: Vec<(u32, &[u8])> = known
            .map(|(&hash, postings)| {
                postings.changed = false;
                (hash as u32, &postings.packed[..])
            })
            .collect();
        postings.sort_unstable_by_key(|&(hash, _)| hash);
        let filter = &mut self.filter;
        let mut rows = Vec::new();
        if filter.is_empty() {
            let (all, added) = merge(&[], &postings);
            added.into_iter().for_each(|hash| filter.insert(hash));
            rows = split(0, &all);
            postings.clear();
        }
        Changed { postings, rows, filter }
    }

    /// Forgets what there is too much of, when what changed has been written.
    pub(super) fn limit(&mut self, connection: &Connection) -> Result<()> {
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
                    let mut find = connection.prepare_cached(ROW_OF)?;
                    let mut rows = find.query([hash as u32])?;
                    if let Some(row) = rows.next()? {
                        let row = row.get_ref(1)?.as_blob()?;
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

/// What is written at the end of a batch.
pub(super) struct Changed<'s> {
    /// What goes into rows that may be there.
    postings: Vec<(u32, &'s [u8])>,
    /// The rows themselves, if there is none.
    rows: Vec<(u32, Vec<u8>)>,
    filter: &'s mut Filter,
}

impl Changed<'_> {
    /// Writes it.
    pub(super) fn write(self, connection: &Connection) -> Result<()> {
        let mut find = connection.prepare_cached(ROW_OF)?;
        let mut next = connection.prepare_cached("SELECT min(first) FROM shingles WHERE first > ?1")?;
        let mut put = connection.prepare_cached("REPLACE INTO shingles(first, postings) VALUES (?1, ?2)")?;
        for (first, row) in self.rows {
            put.execute(params![first, row])?;
        }
        let mut rest = &self.postings[..];
        while let Some(&(hash, _)) = rest.first() {
            // The first row begins with 0, whether there is such a hash or not.
            let row = find.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)));
            let (first, stored): (u32, Vec<u8>) = row.optional()?.unwrap_or_default();
            let behind: Option<u32> = next.query_row([first], |row| row.get(0))?;
            let here = behind.map_or(rest.len(), |behind| rest.partition_point(|&(hash, _)| hash < behind));
            // In a damaged file rows may stand anywhere.
            let (changed, others) = rest.split_at(here.max(1));
            rest = others;
            let (row, added) = merge(&stored, changed);
            added.into_iter().for_each(|hash| self.filter.insert(hash));
            for (first, part) in split(first, &row) {
                put.execute(params![first, part])?;
            }
        }
        Ok(())
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

/// A row with other postings for some of its hashes; and the hashes that it did not have.
fn merge(row: &[u8], changed: &[(u32, &[u8])]) -> (Vec<u8>, Vec<u32>) {
    let (mut merged, mut added) = (Row::default(), Vec::new());
    let mut old = entries(row).peekable();
    for &(hash, postings) in changed {
        while let Some((other, theirs)) = old.next_if(|&(other, _)| other < hash) {
            merged.push(other, theirs);
        }
        if old.next_if(|&(other, _)| other == hash).is_none() && !postings.is_empty() {
            added.push(hash);
        }
        if !postings.is_empty() {
            merged.push(hash, postings);
        }
    }
    old.for_each(|(hash, postings)| merged.push(hash, postings));
    (merged.bytes, added)
}

/// The rows that one which may be too large is split into, each with its first hash; the first one begins where it did.
fn split(mut first: u32, row: &[u8]) -> Vec<(u32, Vec<u8>)> {
    if row.len() <= LARGEST {
        return vec![(first, row.to_vec())];
    }
    let (mut parts, mut part) = (Vec::new(), Row::default());
    for (hash, postings) in entries(row) {
        if part.bytes.len() >= LARGEST / 2 {
            parts.push((first, std::mem::take(&mut part).bytes));
            first = hash;
        }
        part.push(hash, postings);
    }
    parts.push((first, part.bytes));
    parts
}

/// A row as it is made: see [`entries`].
#[derive(Default)]
struct Row {
    bytes: Vec<u8>,
    last: u32,
}

impl Row {
    fn push(&mut self, hash: u32, postings: &[u8]) {
        packed::push(&mut self.bytes, hash.wrapping_sub(self.last).into());
        packed::push(&mut self.bytes, postings.len() as u64);
        self.bytes.extend_from_slice(postings);
        self.last = hash;
    }
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
        let (first, added) = merge(&[], &[(7, b"a"), (900, b"bc")]);
        assert_eq!(added, [7, 900]);
        let (second, added) = merge(&first, &[(0, b"d"), (7, b"ae"), (8, b"")]);
        assert_eq!(added, [0]);
        assert_eq!(
            entries(&second).collect::<Vec<_>>(),
            [(0, &b"d"[..]), (7, b"ae"), (900, b"bc")]
        );
        assert_eq!(
            merge(&second, &[(0, b""), (7, b""), (900, b"")]),
            (Vec::new(), Vec::new())
        );
    }

    #[test]
    fn the_parts_of_a_row_have_all_of_it() {
        let all: Vec<(u32, &[u8])> = (1..=900)
            .map(|n| (n * 4_000_000, &[7_u8; 30][..n as usize % 31]))
            .collect();
        let all: Vec<_> = all.into_iter().filter(|(_, postings)| !postings.is_empty()).collect();
        let (row, _) = merge(&[], &all);
        let parts = split(0, &row);
        assert!(parts.iter().all(|(_, part)| part.len() < LARGEST));
        assert!(parts.iter().rev().skip(1).all(|(_, part)| part.len() >= LARGEST / 2));
        let firsts = parts.iter().map(|(_, part)| entries(part).next().map(|(hash, _)| hash));
        assert_eq!(parts[0].0, 0);
        assert!(firsts.skip(1).eq(parts[1..].iter().map(|&(first, _)| Some(first))));
        let again: Vec<_> = parts.iter().flat_map(|(_, part)| entries(part)).collect();
        assert_eq!(again, all);
    }
}
