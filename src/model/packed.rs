//! Weights packed for fast look-ups. The build script uses this file too.
//!
//! In: weights by feature key. Out: buckets of 32 bytes, eight tags of 16 bits and their eight weights in steps of
//! 1/1024. A look-up reads one bucket and compares all its tags at once, without a branch to guess wrong: of ten
//! features asked for, some are there and some are not, and with open addressing half of the time went into that.
//! A feature that is not there finds another one's weight in 1 of 16,000 cases.

/// One step of a weight.
pub(super) const STEP: f32 = 1.0 / 1024.0;

const BUCKET: usize = 32;
const SLOTS: usize = 8;

/// Lays out weights at half load; of two for one key, the first one counts. A bucket that has more than eight keeps
/// the eight largest: 1 weight of 200 is lost, all of them small.
pub fn pack(weights: &[(u64, f32)]) -> Vec<u8> {
    let buckets = (weights.len() * 2).div_ceil(SLOTS);
    let mut filled: Vec<Vec<(u16, i16)>> = vec![Vec::new(); buckets];
    for &(key, weight) in weights {
        let step = (weight / STEP).round().clamp(-32767.0, 32767.0) as i16;
        let (bucket, tag) = place(key, buckets);
        if filled[bucket].iter().all(|slot| slot.0 != tag) {
            filled[bucket].push((tag, step));
        }
    }
    let mut bytes = vec![0; buckets * BUCKET];
    for (bucket, slots) in filled.iter_mut().enumerate() {
        slots.sort_by_key(|&(tag, step)| (std::cmp::Reverse(step.unsigned_abs()), tag));
        for (slot, (tag, step)) in slots.iter().take(SLOTS).enumerate() {
            let at = bucket * BUCKET + slot * 2;
            bytes[at..at + 2].copy_from_slice(&tag.to_le_bytes());
            bytes[at + 16..at + 18].copy_from_slice(&step.to_le_bytes());
        }
    }
    bytes
}

/// The weight of a key in steps; 0 for one that is not there. No branch depends on the key.
#[allow(dead_code, reason = "the build script only packs")]
#[inline]
pub(super) fn steps_of(bytes: &[u8], key: u64) -> i32 {
    let (buckets, _) = bytes.as_chunks::<BUCKET>();
    let (at, tag) = place(key, buckets.len());
    let Some(bucket) = buckets.get(at) else {
        return 0;
    };
    let mut weight = 0i16;
    for slot in 0..SLOTS {
        let have = u16::from_le_bytes([bucket[slot * 2], bucket[slot * 2 + 1]]);
        let value = i16::from_le_bytes([bucket[16 + slot * 2], bucket[17 + slot * 2]]);
        weight |= value & -i16::from(have == tag);
    }
    weight.into()
}

/// A key's bucket, from its upper half, and its tag, from its lower one.
#[inline]
fn place(key: u64, buckets: usize) -> (usize, u16) {
    let bucket = ((key >> 32) * buckets as u64) >> 32;
    (bucket as usize, (key as u16).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::join_keys;

    #[test]
    fn holds_what_went_in_and_little_else() {
        let key = |i: u64| join_keys(i, 77);
        let weights: Vec<(u64, f32)> = (0..5000).map(|i| (key(i), (i as f32 - 2500.0) * STEP)).collect();
        let bytes = pack(&weights);
        let lost = (0..5000)
            .filter(|&i| steps_of(&bytes, key(i)) != i as i32 - 2500)
            .count();
        assert!(lost < 50, "{lost}");
        let wrong = (5000..55_000).filter(|&i| steps_of(&bytes, key(i)) != 0).count();
        assert!(wrong < 10, "{wrong}");
        assert_eq!(steps_of(&[], 7), 0);
    }
}
