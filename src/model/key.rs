//! The key of a feature, from its parts or from its written name. The build script uses this file too.

use crate::tokens::join_keys;
pub(super) use crate::tokens::raw_key;

/// The key of a number is that of its decimal digits.
#[allow(dead_code, reason = "the build script reads numbers as text")]
#[inline]
pub(super) fn number_key(number: i32) -> u64 {
    let at = number.wrapping_sub(LEAST) as usize;
    match NUMBERS.get(at) {
        Some(&key) => key,
        None => raw_key(number.to_string().as_bytes()),
    }
}

/// The first number in [`NUMBERS`].
const LEAST: i32 = -9;

/// The keys of the numbers that features are made of.
const NUMBERS: [u64; 109] = {
    let mut keys = [0; 109];
    let mut at = 0;
    while at < keys.len() {
        let number = at as i32 + LEAST;
        let size = number.unsigned_abs();
        let (tens, ones) = (b'0' + (size / 10) as u8, b'0' + (size % 10) as u8);
        keys[at] = match (number < 0, size > 9) {
            (true, _) => raw_key(&[b'-', ones]),
            (false, true) => raw_key(&[tens, ones]),
            (false, false) => raw_key(&[ones]),
        };
        at += 1;
    }
    keys
};

/// The key of a feature as it is written in a weight table.
pub fn feature_key(group: &str, value: &str) -> u64 {
    let mut key = raw_key(group.as_bytes());
    if !value.is_empty() {
        for part in value.split('|') {
            let part = part.replace("%7C", "|").replace("%25", "%");
            key = join_keys(key, raw_key(part.as_bytes()));
        }
    }
    key
}
