//! Builds the index of token paths that `layout` reads.
//!
//! In: names as word keys, each with an item. Out: the slots and lists of an `Index`. Paths are taken in one by one and
//! kept as hashes only, so that a gazetteer of a million names is built in a few seconds and some 100 MB.

use std::collections::HashMap;

use super::layout::{FIRST_BITS, LONGEST, STARTER_BITS, Writing, extend};
use crate::table;

/// An index being built.
#[derive(Debug)]
pub(crate) struct Trie {
    /// Bits of the first words of names that need no capital: only those are looked up when written small.
    pub(crate) starters: Vec<u8>,
    /// Bits of the first words of all names.
    pub(crate) firsts: Vec<u8>,
    /// Bits of the words behind them that need no capital: no other small word or sign goes on with a name.
    pub(crate) inner: Vec<u8>,
    values: HashMap<u64, u32>,
    ends: Vec<End>,
}

/// Where a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    path: u64,
    derived: bool,
    /// How many came before: items keep the order in which they were given.
    order: u32,
    item: u32,
    writing: u32,
}

impl Trie {
    pub(crate) fn new() -> Trie {
        Trie {
            starters: vec![0; STARTER_BITS / 8],
            firsts: vec![0; FIRST_BITS / 8],
            inner: vec![0; STARTER_BITS / 8],
            values: HashMap::new(),
            ends: Vec::new(),
        }
    }

    /// Adds a path of word keys and how each word is written (two bits a word). A `derived` one gives way to others of
    /// the same keys. Paths that are empty or too long are left out.
    pub(crate) fn add(&mut self, keys: &[u64], writing: u32, item: u32, derived: bool) {
        if keys.is_empty() || keys.len() > LONGEST {
            return;
        }
        let set = |bits: &mut [u8], key: u64| {
            let bit = key as usize & (bits.len() * 8 - 1);
            bits[bit / 8] |= 1 << (bit % 8);
        };
        set(&mut self.firsts, keys[0]);
        for (place, &key) in keys.iter().enumerate() {
            if writing >> (2 * place) & 3 == Writing::Any as u32 {
                set(
                    if place == 0 {
                        &mut self.starters
                    } else {
                        &mut self.inner
                    },
                    key,
                );
            }
        }
        let mut path = keys[0];
        for &key in &keys[1..] {
            *self.values.entry(path).or_insert(0) |= 1 << 31;
            path = extend(Some(path), key);
        }
        self.ends.push(End {
            path,
            derived,
            order: self.ends.len() as u32,
            item,
            writing,
        });
    }

    /// The bits of all first words in as many as the starters have: enough for an index of few names.
    pub(crate) fn few_firsts(&self) -> Vec<u8> {
        let mut few = vec![0; STARTER_BITS / 8];
        for chunk in self.firsts.chunks(few.len()) {
            few.iter_mut().zip(chunk).for_each(|(few, byte)| *few |= byte);
        }
        few
    }

    /// The slots and lists.
    pub(crate) fn compile(mut self) -> (Vec<u8>, Vec<u8>) {
        self.ends.sort_unstable();
        let mut lists: Vec<u8> = Vec::new();
        // The spellings of a name end in equal lists: one is kept.
        let mut kept: HashMap<Vec<(u32, u32)>, u32> = HashMap::new();
        for group in self.ends.chunk_by(|a, b| a.path == b.path) {
            let given = group.iter().any(|end| !end.derived);
            let mut items: Vec<(u32, u32)> = Vec::new();
            for end in group.iter().filter(|end| !(given && end.derived)) {
                if !items.contains(&(end.item, end.writing)) {
                    items.push((end.item, end.writing));
                }
            }
            let place = kept.get(&items).copied().unwrap_or_else(|| {
                let place = (lists.len() / 4) as u32 + 1;
                lists.extend((items.len() as u32).to_le_bytes());
                for (item, writing) in &items {
                    lists.extend(item.to_le_bytes());
                    lists.extend(writing.to_le_bytes());
                }
                place
            });
            *self.values.entry(group[0].path).or_insert(0) |= place;
            kept.insert(items, place);
        }
        let mut entries: Vec<(u64, u32)> = self.values.into_iter().collect();
        entries.sort_unstable();
        (table::dense(&entries), lists)
    }
}
