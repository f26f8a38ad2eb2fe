//! A hash table that is a slice of bytes: made once, by the build script or by a fit, and read in place.
//!
//! In: 64-bit keys with 32-bit values. Out: a table of 8-byte slots (32 bits of the key, 32 of value; little-endian)
//! with open addressing. A table inside the binary therefore costs nothing to open. Two keys that share both slot
//! and 32 bits are taken for one; at the sizes used here that is a chance of one in 10^8 for a key that is not there.

use std::borrow::Cow;

const SLOT: usize = 8;
/// Marks a slot that holds nothing; a key whose upper half is 0 is stored as 1.
const FREE: u32 = 0;

/// What a slot of a table holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Slot((u32, u32));

/// The table. `Table::EMPTY` holds nothing.
#[derive(Debug, Clone)]
pub struct Table {
    slots: Cow<'static, [u8]>,
}

impl Table {
    /// A table that finds nothing.
    pub const EMPTY: Table = Table {
        slots: Cow::Borrowed(&[]),
    };

    /// A table from keys and values; of two equal keys, the first one counts.
    pub fn new(entries: &[(u64, u32)]) -> Table {
        Table {
            slots: Cow::Owned(fill(entries, entries.len() * 2)),
        }
    }

    /// A table over bytes that an earlier [`Table::new`] laid out; others find nothing or nonsense, but never fail.
    pub const fn open(slots: &'static [u8]) -> Table {
        Table {
            slots: Cow::Borrowed(slots),
        }
    }

    /// The value of a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        lookup(&self.slots, key)
    }

    /// The slot that a key is looked for in first. Those of several keys are read at the same time if none is decided on
    /// before all are read.
    #[inline]
    pub fn first(&self, key: u64) -> Slot {
        first(&self.slots, key)
    }

    /// The value of a key whose first slot is known.
    #[inline]
    pub fn get_from(&self, first: Slot, key: u64) -> Option<u32> {
        lookup_from(&self.slots, first, key)
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.slots
    }
}

/// The value of a key in a table that is part of a greater piece of bytes.
#[inline]
pub fn lookup(bytes: &[u8], key: u64) -> Option<u32> {
    let slots = bytes.len() / SLOT;
    if slots == 0 {
        return None;
    }
    let tag = tag(key);
    let mut at = key as usize & (slots - 1);
    for _ in 0..slots {
        let (have, value) = slot(bytes, at);
        if have == tag {
            return Some(value);
        }
        if have == FREE {
            return None;
        }
        at = (at + 1) & (slots - 1);
    }
    None
}

/// The same as [`Table::first`].
#[inline]
pub fn first(bytes: &[u8], key: u64) -> Slot {
    Slot(slot(bytes, key as usize & (bytes.len() / SLOT).wrapping_sub(1)))
}

/// The same as [`Table::get_from`].
#[inline]
pub fn lookup_from(bytes: &[u8], first: Slot, key: u64) -> Option<u32> {
    match first.0 {
        (have, value) if have == tag(key) => Some(value),
        (FREE, _) => None,
        _ => lookup(bytes, key),
    }
}

/// The bytes of a table filled to four fifths at most: for tables whose size counts more than a second probe.
pub fn dense(entries: &[(u64, u32)]) -> Vec<u8> {
    fill(entries, entries.len() + entries.len() / 4)
}

fn fill(entries: &[(u64, u32)], room: usize) -> Vec<u8> {
    if entries.is_empty() {
        return Vec::new();
    }
    let slots = (room + 1).next_power_of_two();
    let mut bytes = vec![0; slots * SLOT];
    for &(key, value) in entries {
        let mut at = key as usize & (slots - 1);
        let tag = tag(key);
        loop {
            let (have, _) = slot(&bytes, at);
            if have == tag {
                break;
            }
            if have == FREE {
                bytes[at * SLOT..at * SLOT + 4].copy_from_slice(&tag.to_le_bytes());
                bytes[at * SLOT + 4..at * SLOT + 8].copy_from_slice(&value.to_le_bytes());
                break;
            }
            at = (at + 1) & (slots - 1);
        }
    }
    bytes
}

#[inline]
fn tag(key: u64) -> u32 {
    ((key >> 32) as u32).max(1)
}

#[inline]
fn slot(bytes: &[u8], at: usize) -> (u32, u32) {
    match bytes.get(at * SLOT..at * SLOT + SLOT) {
        Some(&[a, b, c, d, e, f, g, h]) => (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])),
        _ => (FREE, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_went_in_and_nothing_else() {
        let entries: Vec<(u64, u32)> = (0..5000u64)
            .map(|i| (i.wrapping_mul(0x9e37_79b9_7f4a_7c15), i as u32))
            .collect();
        let table = Table::new(&entries);
        for &(key, value) in &entries {
            assert_eq!(table.get(key), Some(value));
            assert_eq!(table.get_from(table.first(key), key), Some(value));
        }
        for i in 5000..20_000u64 {
            let key = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            assert_eq!(table.get(key), None);
            assert_eq!(table.get_from(table.first(key), key), None);
        }
        assert_eq!(Table::EMPTY.get(7), None);
        assert_eq!(Table::EMPTY.get_from(Table::EMPTY.first(7), 7), None);
    }
}
