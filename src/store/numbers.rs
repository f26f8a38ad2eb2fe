//! Sets of quotes, by number.
//!
//! In: numbers, one by one or gathered by SQLite. Out: [`Numbers`], a bit for each. SQLite hands a row to a function of its
//! own in a third of the time that it takes to hand it out, so `SELECT gather(id) FROM …` is how many are read, and `WHERE
//! among(id)` how those that are known are told from others.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::Null;
use rusqlite::{Connection, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Numbers of quotes: bits in blocks, of which only those exist that are needed, whatever numbers a file holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    blocks: BTreeMap<i64, Box<[u64; BLOCK / 64]>>,
    count: u64,
}

/// Numbers in a block.
const BLOCK: usize = 1 << 16;

impl Numbers {
    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        self.count
    }

    pub(super) fn insert(&mut self, number: i64) {
        let (block, word, bit) = place(number);
        let block = self.blocks.entry(block).or_insert_with(|| Box::new([0; BLOCK / 64]));
        self.count += u64::from(block[word] & bit == 0);
        block[word] |= bit;
    }

    pub(super) fn remove(&mut self, number: i64) {
        let (block, word, bit) = place(number);
        if let Some(block) = self.blocks.get_mut(&block) {
            self.count -= u64::from(block[word] & bit != 0);
            block[word] &= !bit;
        }
    }

    pub(super) fn contains(&self, number: i64) -> bool {
        let (block, word, bit) = place(number);
        self.blocks.get(&block).is_some_and(|block| block[word] & bit != 0)
    }

    /// Those that are among others too.
    pub(super) fn and(mut self, others: &Numbers) -> Numbers {
        self.blocks.retain(|block, words| {
            let Some(theirs) = others.blocks.get(block) else {
                return false;
            };
            words
                .iter_mut()
                .zip(theirs.iter())
                .for_each(|(word, their)| *word &= their);
            true
        });
        self.count = self
            .blocks
            .values()
            .flat_map(|words| words.iter())
            .map(|word| u64::from(word.count_ones()))
            .sum();
        self
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = i64> {
        self.blocks.iter().flat_map(|(&block, words)| {
            let numbers = move |(at, &word): (usize, &u64)| {
                let first = block * BLOCK as i64 + at as i64 * 64;
                (0..64)
                    .filter(move |bit| word >> bit & 1 == 1)
                    .map(move |bit| first + bit)
            };
            words.iter().enumerate().flat_map(numbers)
        })
    }
}

/// The block of a number, the word of the block, and the bit of the word.
fn place(number: i64) -> (i64, usize, u64) {
    let within = number.rem_euclid(BLOCK as i64) as usize;
    (number.div_euclid(BLOCK as i64), within / 64, 1 << (within % 64))
}

/// The function of SQL that gathers what it is called with: what it gathered last.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered(Arc<Mutex<Numbers>>);

impl Gathered {
    /// Makes the function known to a connection.
    pub(super) fn register(connection: &Connection) -> Result<Gathered> {
        let gathered = Gathered::default();
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
        connection.create_aggregate_function("gather", 1, flags, gathered.clone())?;
        Ok(gathered)
    }

    /// What was gathered since this was asked for.
    pub(super) fn take(&self) -> Numbers {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Aggregate<Numbers, Null> for Gathered {
    fn init(&self, _: &mut Context) -> Result<Numbers> {
        Ok(Numbers::default())
    }

    fn step(&self, row: &mut Context, numbers: &mut Numbers) -> Result<()> {
        numbers.insert(row.get(0)?);
        Ok(())
    }

    fn finalize(&self, _: &mut Context, numbers: Option<Numbers>) -> Result<Null> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = numbers.unwrap_or_default();
        Ok(Null)
    }
}

/// The function of SQL that says whether a number is among those that were chosen last.
#[derive(Debug, Clone, Default)]
pub(super) struct Among(Arc<Mutex<Numbers>>);

impl Among {
    /// Makes the function known to a connection.
    pub(super) fn register(connection: &Connection) -> Result<Among> {
        let among = Among::default();
        let chosen = among.clone();
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
        connection.create_scalar_function("among", 1, flags, move |row| Ok(chosen.numbers().contains(row.get(0)?)))?;
        Ok(among)
    }

    /// Chooses these.
    pub(super) fn choose(&self, numbers: &Numbers) {
        *self.numbers() = numbers.clone();
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_order_and_once() {
        let mut numbers = Numbers::default();
        let all = [i64::MIN, -65_537, -1, 0, 1, 63, 64, 65_535, 65_536, 1 << 40, i64::MAX];
        for &number in all.iter().rev().chain(&all) {
            numbers.insert(number);
        }
        assert_eq!(numbers.len(), all.len() as u64);
        assert_eq!(numbers.iter().collect::<Vec<_>>(), all);
        assert!(all.iter().all(|&number| numbers.contains(number)));
        assert!(
            ![2, -2, 65_537, i64::MAX - 1]
                .iter()
                .any(|&number| numbers.contains(number))
        );
        let mut others = Numbers::default();
        [-2, 0, 63, 65_536, 1 << 50]
            .into_iter()
            .for_each(|number| others.insert(number));
        let mut all_others = Numbers::default();
        all.into_iter().for_each(|number| all_others.insert(number));
        let both = others.and(&all_others);
        assert_eq!(both.iter().collect::<Vec<_>>(), [0, 63, 65_536]);
        assert_eq!(both.len(), 3);
        numbers.remove(64);
        numbers.remove(64);
        numbers.remove(1 << 50);
        assert!(!numbers.contains(64) && numbers.contains(63));
        assert_eq!(numbers.len(), all.len() as u64 - 1);
    }
}
