//! The index that finds earlier wordings by what they share with a quote.
//!
//! In: hashes of words, and of pairs of words. Out: the variants that have them, each with how many such pairs it has.
//! Those of a hash are kept at hand once they were read. A row of the table holds some hundred hashes: to insert one for
//! each took a tenth of an ingest. What a batch changes goes into a row of its own, whose number is below zero; all of it
//! is put into the rows of its hashes when it has become much. A batch has hashes for most rows there are: to write these
//! anew each time was half of what a long ingest wrote.

use super::postings::{Posting, Row, entries, merge, pack, push, split, unpack};
use super::sketches::Variant;
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How many variants with one hash are found by it: the rare ones decide.
const POSTINGS: usize = 48;
/// Hashes that are kept at hand: some tens of megabytes.
const MOST: usize = 400_000;
/// Changed hashes outside of their rows. Whoever begins an ingest reads them all.
const MOST_OUTSIDE: usize = 500_000;
/// Bytes of rows that are kept at hand, if these are all there are: those of two million quotes.
const MOST_BYTES: usize = 64 << 20;
/// So many questions are as long as it takes to read all rows of a database of middle size.
const WORTH: usize = 20_000;

/// The smallest filter.
const FEWEST_BITS: usize = 1 << 20;

/// The row that has a hash, if any has.
const ROW_OF: &str = "SELECT first, postings FROM shingles WHERE first BETWEEN 0 AND ?1 ORDER BY first DESC LIMIT 1";

/// What is at hand.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    known: FxHashMap<i32, Postings>,
    filter: Filter,
    rows: Rows,
    /// Whether what stands outside of its rows has been read.
    begun: bool,
    /// How many hashes that is.
    outside: usize,
}

/// The variants that have a hash, in the order of their statements.
#[derive(Debug, Default)]
struct Postings {
    /// As they are stored: see [`push`]. Most have one or two, which need no memory of their own.
    packed: SmallVec<[u8; 16]>,
    place: Place,
}

/// Where postings stand as they are.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the row of their hash, or nowhere because there are none.
    #[default]
    Row,
    /// In the row of a batch.
    Outside,
    /// Only here.
    Changed,
}

impl Shingles {
    /// Adds the variants that have this hash to `found`.
    pub(super) fn find(&mut self, connection: &Connection, hash: i32, found: &mut Vec<Posting>) -> Result<()> {
        unpack(&self.postings(connection, hash)?.packed, found);
        Ok(())
    }

    /// Adds a variant and returns true, unless enough are found by this hash already.
    pub(super) fn add(&mut self, connection: &Connection, hash: i32, posting: Posting) -> Result<bool> {
        let postings = self.postings(connection, hash)?;
        // Mostly there is none.
        if postings.packed.is_empty() {
            push(&mut postings.packed, None, posting);
            postings.place = Place::Changed;
            return Ok(true);
        }
        let mut there = Vec::new();
        unpack(&postings.packed, &mut there);
        let room = there.len() < POSTINGS;
        if room {
            let at = there.partition_point(|before| before.variant < posting.variant);
            if at == there.len() {
                // Mostly of the newest statement.
                push(&mut postings.packed, there.last(), posting);
            } else {
                there.insert(at, posting);
                postings.packed = pack(&there);
            }
            postings.place = Place::Changed;
        }
        Ok(room)
    }

    /// Takes a variant out; returns whether it was there.
    pub(super) fn remove(&mut self, connection: &Connection, hash: i32, variant: Variant) -> Result<bool> {
        let postings = self.postings(connection, hash)?;
        let mut there = Vec::new();
        unpack(&postings.packed, &mut there);
        let before = there.len();
        there.retain(|posting| posting.variant != variant);
        if there.len() == before {
            return Ok(false);
        }
        postings.packed = pack(&there);
        postings.place = Place::Changed;
        Ok(true)
    }

    /// What changed, to be written.
    pub(super) fn changed(&mut self) -> Changed<'_> {
        let many = self.outside > MOST_OUTSIDE;
        self.outside = 0;
        let mut postings: Vec<(u32, &[u8])> = Vec::new();
        for (&hash, known) in &mut self.known {
            if known.place == Place::Changed || many && known.place == Place::Outside {
                known.place = if many { Place::Row } else { Place::Outside };
                postings.push((hash as u32, &known.packed));
            }
            self.outside += usize::from(known.place == Place::Outside);
        }
        postings.sort_unstable_by_key(|&(hash, _)| hash);
        if many {
            let (filter, rows) = (&mut self.filter, &mut self.rows);
            return Changed::Rows { postings, filter, rows };
        }
        let mut row = Row::default();
        postings
            .into_iter()
            .for_each(|(hash, postings)| row.push(hash, postings));
        Changed::Batch(row.bytes)
    }

    /// Forgets what there is too much of, when what changed has been written.
    pub(super) fn limit(&mut self, connection: &Connection) -> Result<()> {
        if self.known.len() > MOST + self.outside {
            self.known.retain(|_, postings| postings.place == Place::Outside);
        }
        self.filter.renew(connection, &mut self.rows)
    }

    fn postings(&mut self, connection: &Connection, hash: i32) -> Result<&mut Postings> {
        if !self.begun {
            self.begin(connection)?;
        }
        match self.known.entry(hash) {
            Occupied(postings) => Ok(postings.into_mut()),
            Vacant(place) => {
                let mut packed = SmallVec::new();
                if self.filter.may_be_there(connection, hash, &mut self.rows)? {
                    self.rows.visit(connection, hash as u32, |row| {
                        let same = entries(row).find(|&(other, _)| other == hash as u32);
                        packed.extend_from_slice(same.map_or(&[], |(_, postings)| postings));
                    })?;
                }
                let in_row = Place::Row;
                Ok(place.insert(Postings { packed, place: in_row }))
            }
        }
    }

    /// Reads what stands outside of its rows.
    fn begin(&mut self, connection: &Connection) -> Result<()> {
        let mut outside =
            connection.prepare_cached("SELECT postings FROM shingles WHERE first < 0 ORDER BY first DESC")?;
        let mut batches = outside.query([])?;
        while let Some(batch) = batches.next()? {
            for (hash, postings) in entries(batch.get_ref(0)?.as_blob()?) {
                let (packed, place) = (postings.into(), Place::Outside);
                self.known.insert(hash as i32, Postings { packed, place });
            }
        }
        self.outside = self.known.len();
        self.begun = true;
        Ok(())
    }
}

/// What is written at the end of a batch, in the order of the hashes.
pub(super) enum Changed<'s> {
    /// The row of a batch: all hashes that it changed.
    Batch(Vec<u8>),
    /// All that goes into the rows of its hashes.
    Rows {
        postings: Vec<(u32, &'s [u8])>,
        filter: &'s mut Filter,
        rows: &'s mut Rows,
    },
}

impl Changed<'_> {
    /// Writes it.
    pub(super) fn write(self, connection: &Connection) -> Result<()> {
        let (postings, filter, all) = match self {
            Changed::Batch(row) if row.is_empty() => return Ok(()),
            Changed::Batch(row) => {
                let sql = "INSERT INTO shingles(first, postings)
                           VALUES ((SELECT min(coalesce(min(first), 0), 0) FROM shingles) - 1, ?1)";
                connection.prepare_cached(sql)?.execute([row])?;
                return Ok(());
            }
            Changed::Rows { postings, filter, rows } => (postings, filter, rows),
        };
        connection.execute("DELETE FROM shingles WHERE first < 0", [])?;
        let mut find = connection.prepare_cached(ROW_OF)?;
        let mut next = connection.prepare_cached("SELECT min(first) FROM shingles WHERE first > ?1")?;
        let mut put = connection.prepare_cached("REPLACE INTO shingles(first, postings) VALUES (?1, ?2)")?;
        let mut rest = &postings[..];
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
            added.into_iter().for_each(|hash| filter.insert(hash));
            for (first, part) in split(first, &row) {
                put.execute(params![first, part])?;
                all.put(first, part);
            }
        }
        Ok(())
    }
}

/// The rows at hand, by their first hashes: to ask SQLite for one takes several times as long as to look into it. None if
/// they are too large, or were not read yet.
#[derive(Debug, Default)]
pub(super) struct Rows {
    all: Option<BTreeMap<u32, Vec<u8>>>,
    bytes: usize,
}

impl Rows {
    /// There is none, and all that will come are to be kept.
    fn begin(&mut self) {
        *self = Rows {
            all: Some(BTreeMap::new()),
            bytes: 0,
        };
    }

    /// Keeps a row, in the place of the one that began there.
    fn put(&mut self, first: u32, row: Vec<u8>) {
        let Some(all) = &mut self.all else { return };
        self.bytes += row.len();
        let before = all.insert(first, row);
        self.bytes -= before.map_or(0, |before| before.len());
        if self.bytes > MOST_BYTES {
            *self = Rows::default();
        }
    }

    /// Shows the row that a hash belongs to, if there is any.
    fn visit(&self, connection: &Connection, hash: u32, see: impl FnOnce(&[u8])) -> Result<()> {
        if let Some(all) = &self.all {
            if let Some((_, row)) = all.range(..=hash).next_back() {
                see(row);
            }
            return Ok(());
        }
        let mut find = connection.prepare_cached(ROW_OF)?;
        let mut rows = find.query([hash])?;
        if let Some(row) = rows.next()? {
            see(row.get_ref(1)?.as_blob()?);
        }
        Ok(())
    }
}

/// Which hashes have certainly no postings in a row: most of those that are asked for.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// One bit for each value that the last bits of a hash may have.
    bits: Vec<u64>,
    /// How many hashes there are.
    hashes: usize,
    /// How often it was asked before there was any.
    asked: usize,
}

impl Filter {
    fn place(&self, hash: u32) -> (usize, u64) {
        let bit = hash as usize % (self.bits.len() * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn may_be_there(&mut self, connection: &Connection, hash: i32, rows: &mut Rows) -> Result<bool> {
        if self.bits.is_empty() {
            let any = "SELECT EXISTS (SELECT 1 FROM shingles WHERE first >= 0)";
            if self.asked > 0 || connection.query_row(any, [], |row| row.get(0))? {
                self.asked += 1;
                if self.asked < WORTH {
                    return Ok(true);
                }
                self.renew(connection, rows)?;
            } else {
                self.bits = vec![0; FEWEST_BITS / 64];
                rows.begin();
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

    /// Makes it anew of all that is stored, once that is worth it, and again before it is too full. What is read is kept
    /// at hand.
    fn renew(&mut self, connection: &Connection, rows: &mut Rows) -> Result<()> {
        if self.bits.is_empty() && self.asked < WORTH || self.hashes * 8 < self.bits.len() * 64 {
            return Ok(());
        }
        let mut hashes: Vec<u32> = Vec::new();
        let mut all = connection.prepare_cached("SELECT first, postings FROM shingles WHERE first >= 0")?;
        let mut all = all.query([])?;
        rows.begin();
        while let Some(row) = all.next()? {
            let (first, row): (u32, Vec<u8>) = (row.get(0)?, row.get(1)?);
            hashes.extend(entries(&row).map(|(hash, _)| hash));
            rows.put(first, row);
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
    use crate::store::base;

    #[test]
    fn what_was_added_is_found_whether_in_its_row_or_outside() {
        let connection = base::in_memory().unwrap();
        let many = MOST_OUTSIDE as i64;
        let posting = |statement: i64| Posting {
            variant: Variant { statement, number: 0 },
            pairs: 3,
        };
        let hash = |statement: i64| (statement as i32).wrapping_mul(0x9e37_79b1_u32 as i32);
        // The second batch finds too much outside of the rows, the third is outside again and has hashes of both.
        for batch in [1..=many + 9, many + 10..=many + 20, many + 21..=many + 30] {
            let mut shingles = Shingles::default();
            for statement in batch {
                shingles.add(&connection, hash(statement), posting(statement)).unwrap();
                shingles.add(&connection, hash(-1), posting(statement)).unwrap();
            }
            shingles
                .remove(&connection, hash(many + 3), posting(many + 3).variant)
                .unwrap();
            shingles.changed().write(&connection).unwrap();
        }
        let outside = "SELECT count(*) FROM shingles WHERE first < 0";
        let outside: i64 = connection.query_row(outside, [], |row| row.get(0)).unwrap();
        assert_eq!(outside, 1);
        let mut shingles = Shingles::default();
        let mut found = |statement: i64| {
            let mut found = Vec::new();
            shingles.find(&connection, hash(statement), &mut found).unwrap();
            found
        };
        for statement in [1, 2, many / 2, many - 1, many + 10, many + 25] {
            assert_eq!(found(statement), [posting(statement)]);
        }
        assert_eq!(found(many + 3), []);
        assert_eq!(found(-1), (1..=POSTINGS as i64).map(posting).collect::<Vec<_>>());
    }
}
