//! Weights packed for fast look-ups. The build script uses this file too.
//!
//! In: weights by feature key, one for each of a model's lanes. Out: a perfect hash table: two bytes a bucket say how its
//! keys are to be hashed so that each of them has a slot of its own, and a slot holds 16 bits of its key and the weights
//! in steps of 1/1024. A look-up reads these two bytes and one slot, without a branch to guess wrong: of the features asked for
//! some are there and some are not. One that is not there finds another one's weight in 1 of 65,536 cases.

use std::borrow::Cow;

/// One step of a weight.
pub(super) const STEP: f32 = 1.0 / 1024.0;

/// So many bytes tell the number of buckets, a power of two.
const HEAD: usize = 4;
/// Keys a bucket, at most, on average.
const BUCKET: usize = 4;

/// Lays out weights, each with its key and its lane; of two rows for the same, the first one counts.
pub fn pack<const LANES: usize>(weights: &[(u64, usize, f32)]) -> Vec<u8> {
    let mut given = weights.to_vec();
    given.sort_by_key(|row| (row.0, row.1));
    given.dedup_by_key(|row| (row.0, row.1));
    let mut rows: Vec<(u64, [f32; LANES])> = Vec::new();
    for (key, lane, weight) in given {
        if rows.last().is_none_or(|row| row.0 != key) {
            rows.push((key, [0.0; LANES]));
        }
        if let Some(slot) = rows.last_mut().and_then(|row| row.1.get_mut(lane)) {
            *slot = weight;
        }
    }
    // Two at least: a key can be shifted by all of its bits but one.
    let buckets = rows.len().div_ceil(BUCKET).next_power_of_two().max(2);
    // Five of six slots are taken, or a few fewer.
    let mut slots = rows.len() + rows.len() / 5 + 1;
    let (seeds, taken) = loop {
        match spread(&rows, buckets, slots) {
            Some(found) => break found,
            None => slots += slots / 512 + 1,
        }
    };
    let mut bytes = Vec::with_capacity(HEAD + seeds.len() * 2 + slots * slot_size::<LANES>() * size_of::<Piece>());
    bytes.extend((buckets as u32).to_le_bytes());
    bytes.extend(seeds.iter().flat_map(|seed| seed.to_le_bytes()));
    for row in taken {
        let (key, weights) = row.map_or((0, [0.0; LANES]), |row| rows[row]);
        bytes.extend((key as u16).to_le_bytes());
        if LANES.is_multiple_of(2) {
            bytes.extend([0; 2]);
        }
        for weight in weights {
            let step = (weight / STEP).round().clamp(-32767.0, 32767.0) as i16;
            bytes.extend(step.to_le_bytes());
        }
    }
    bytes
}

/// The seed of each bucket, and for each slot the row that has it; the fullest buckets choose first.
fn spread<const LANES: usize>(
    rows: &[(u64, [f32; LANES])],
    buckets: usize,
    slots: usize,
) -> Option<(Vec<u16>, Vec<Option<usize>>)> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for (row, (key, _)) in rows.iter().enumerate() {
        members[bucket_of(*key, shift_for(buckets))].push(row);
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|&bucket| (std::cmp::Reverse(members[bucket].len()), bucket));
    let (mut seeds, mut taken) = (vec![0; buckets], vec![None; slots]);
    for bucket in order {
        let places = |seed: u16| {
            members[bucket]
                .iter()
                .map(move |&row| slot_of(rows[row].0, seed, slots))
        };
        let fits = |seed: &u16| {
            let mut all: Vec<usize> = places(*seed).collect();
            all.sort_unstable();
            all.windows(2).all(|pair| pair[0] != pair[1]) && all.iter().all(|&slot| taken[slot].is_none())
        };
        let seed = (0..=u16::MAX).find(fits)?;
        seeds[bucket] = seed;
        for (slot, &row) in places(seed).collect::<Vec<_>>().into_iter().zip(&members[bucket]) {
            taken[slot] = Some(row);
        }
    }
    Some((seeds, taken))
}

/// A packed table.
#[derive(Debug, Clone)]
pub(super) struct Packed<const LANES: usize> {
    seeds: Cow<'static, [[u8; 2]]>,
    /// Pieces of slots, [`slot_size`] of them each.
    slots: Cow<'static, [Piece]>,
}

/// The tag and the weight of the first lane, if the lanes are odd in number; two lanes.
type Piece = [u8; 4];

#[allow(dead_code, reason = "the build script only packs")]
impl<const LANES: usize> Packed<LANES> {
    /// Opens bytes; other bytes than [`pack`] laid out give nonsense, but never fail.
    pub(super) const fn open(bytes: &'static [u8]) -> Self {
        let (seeds, slots) = parts(bytes);
        Packed {
            seeds: Cow::Borrowed(seeds),
            slots: Cow::Borrowed(slots),
        }
    }

    /// Opens bytes that do not last.
    pub(super) fn copy(bytes: &[u8]) -> Self {
        let (seeds, slots) = parts(bytes);
        Packed {
            seeds: Cow::Owned(seeds.to_vec()),
            slots: Cow::Owned(slots.to_vec()),
        }
    }

    /// The sums of the weights of some keys, in steps; a key that is not there has zeros. No branch depends on a key.
    #[inline]
    pub(super) fn sums(&self, keys: &[u64]) -> [i32; LANES] {
        let (seeds, slots) = (&*self.seeds, &*self.slots);
        let (shift, count) = (shift_for(seeds.len()), slots.len() / slot_size::<LANES>());
        let mut sums = [0; LANES];
        for &key in keys {
            let Some(&seed) = seeds.get(bucket_of(key, shift)) else {
                break;
            };
            let at = slot_of(key, u16::from_le_bytes(seed), count) * slot_size::<LANES>();
            let Some(slot) = slots.get(at..at + slot_size::<LANES>()) else {
                break;
            };
            let Some(&first) = slot.first() else {
                break;
            };
            // All ones where the tags are equal, written so that no compiler makes a branch of it.
            let apart = (u32::from_le_bytes(first) ^ key as u32) & 0xffff;
            let there = (apart.wrapping_sub(1) >> 16) as u16;
            let (halves, _) = slot.as_flattened().as_chunks::<2>();
            let weights = halves.iter().skip(2 * slot_size::<LANES>() - LANES);
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from((u16::from_le_bytes(weight) & there) as i16);
            }
        }
        sums
    }
}

/// Seeds and pieces of slots of packed bytes; nothing of other bytes.
const fn parts(bytes: &[u8]) -> (&[[u8; 2]], &[Piece]) {
    let Some((&[a, b, c, d], rest)) = bytes.split_first_chunk::<HEAD>() else {
        return (&[], &[]);
    };
    let buckets = u32::from_le_bytes([a, b, c, d]) as usize;
    match rest.split_at_checked(buckets.saturating_mul(2)) {
        Some((seeds, slots)) => (seeds.as_chunks().0, slots.as_chunks().0),
        None => (&[], &[]),
    }
}

/// How many pieces a slot has: behind the tag and the first lane, one for every two lanes.
const fn slot_size<const LANES: usize>() -> usize {
    1 + LANES / 2
}

/// By how many bits a key is shifted to tell its bucket among so many, two or more.
#[inline(always)]
fn shift_for(buckets: usize) -> u32 {
    (buckets as u64).leading_zeros() + 1
}

/// A key's bucket, from its highest bits.
#[inline(always)]
fn bucket_of(key: u64, shift: u32) -> usize {
    key.wrapping_shr(shift) as usize
}

/// A key's slot, from its lower half, as the seed turns it.
#[inline(always)]
fn slot_of(key: u64, seed: u16, slots: usize) -> usize {
    let turned = (key as u32).wrapping_mul(2 * u32::from(seed) + 1);
    ((u64::from(turned) * slots as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::join_keys;

    #[test]
    fn holds_what_went_in_and_little_else() {
        let key = |i: u64| join_keys(i, 77);
        for count in [0, 1, 2, 7, 5000] {
            let step = |i: u64| i as f32 - count as f32 / 2.0;
            let of = |i| [(key(i), 0, step(i) * STEP), (key(i), 1, 3.0 * STEP)];
            let weights: Vec<(u64, usize, f32)> = (0..count).flat_map(of).collect();
            let bytes = pack::<2>(&weights);
            let packed = Packed::<2>::copy(&bytes);
            for i in 0..count {
                assert_eq!(packed.sums(&[key(i)]), [step(i).round() as i32, 3], "{i} of {count}");
            }
            let wrong = (5000..55_000).filter(|&i| packed.sums(&[key(i)]) != [0, 0]).count();
            assert!(wrong < 10, "{wrong}");
        }
    }

    #[test]
    fn strange_bytes_hold_nothing() {
        for bytes in [
            &[][..],
            &[1],
            &[255; 8],
            &[255; 40],
            &[1, 0, 0, 0, 255, 255, 255, 255, 7, 7],
        ] {
            assert_eq!(Packed::<1>::open(bytes).sums(&[7]), [0], "{bytes:?}");
        }
    }
}
