//! Which wordings have which hashes, in few bytes.
//!
//! In: variants that have a hash; hashes with what is stored of each. Out: the bytes of both, and back: a hash has its
//! postings, a row of the table some hundred hashes with theirs, in order.

use super::packed;
use super::sketches::Variant;
use smallvec::SmallVec;

/// A row that has more bytes is split, into such as have half of that.
const LARGEST: usize = 2048;
/// More pairs than this are not told apart.
const MOST_PAIRS: usize = 63;

/// A variant that has a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) variant: Variant,
    /// How many different pairs of words it has in all.
    pub(super) pairs: usize,
}

/// The hashes of a row, in order, each with its postings: how far it is from the one before, how many bytes they have,
/// and they.
pub(super) fn entries(mut row: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
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
pub(super) fn merge(row: &[u8], changed: &[(u32, &[u8])]) -> (Vec<u8>, Vec<u32>) {
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
pub(super) fn split(mut first: u32, row: &[u8]) -> Vec<(u32, Vec<u8>)> {
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
pub(super) struct Row {
    pub(super) bytes: Vec<u8>,
    last: u32,
}

impl Row {
    /// Adds a hash behind the others.
    pub(super) fn push(&mut self, hash: u32, postings: &[u8]) {
        packed::push(&mut self.bytes, hash.wrapping_sub(self.last).into());
        packed::push(&mut self.bytes, postings.len() as u64);
        self.bytes.extend_from_slice(postings);
        self.last = hash;
    }
}

/// A posting behind the one before: how far its statement is from that one's, with the pairs in the lowest six bits; above
/// them a bit that says whether the variant's number follows, which is mostly 0.
pub(super) fn push(to: &mut impl Extend<u8>, before: Option<&Posting>, posting: Posting) {
    let Variant { statement, number } = posting.variant;
    let far = statement - before.map_or(0, |before| before.variant.statement);
    let follows = u64::from(number != 0) << 6;
    packed::push(to, (far as u64) << 7 | follows | posting.pairs.min(MOST_PAIRS) as u64);
    if number != 0 {
        packed::push(to, number as u64);
    }
}

/// Postings as they are stored.
pub(super) fn pack(all: &[Posting]) -> SmallVec<[u8; 16]> {
    let mut packed = SmallVec::new();
    for (at, &posting) in all.iter().enumerate() {
        push(&mut packed, at.checked_sub(1).map(|before| &all[before]), posting);
    }
    packed
}

/// Adds what was packed to `found`.
pub(super) fn unpack(mut stored: &[u8], found: &mut Vec<Posting>) {
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
