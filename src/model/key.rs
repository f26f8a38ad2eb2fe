//! The key of a feature, from its parts or from its written name. The build script uses this file too.
//!
//! A key is the sum of the group's key and the parts' keys, each part's turned by its place: all of them are well mixed
//! already, and a sum has no chain of multiplications to wait for.

pub(super) use crate::tokens::raw_key;

/// By so many bits more is each part turned than the one before.
const TURN: u32 = 13;

/// The key of a feature's group with one more part, the one at `place`.
#[inline(always)]
pub(super) fn with_part(key: u64, place: usize, part: u64) -> u64 {
    key.wrapping_add(part.rotate_left(TURN * place as u32))
}

/// The key of a number is that of its decimal digits.
#[allow(dead_code, reason = "the build script reads numbers as text")]
#[inline(always)]
pub(super) fn number_key(number: i32) -> u64 {
    match NUMBERS.get(number.wrapping_sub(LEAST) as usize) {
        Some(&key) => key,
        None => rare_number_key(number),
    }
}

#[cold]
fn rare_number_key(number: i32) -> u64 {
    raw_key(number.to_string().as_bytes())
}

/// The key of a letter is that of the word it is.
#[allow(dead_code, reason = "the build script reads letters as text")]
#[inline(always)]
pub(super) fn letter_key(letter: u8) -> u64 {
    LETTERS[usize::from(letter) & 127]
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

/// The keys of the ASCII characters.
const LETTERS: [u64; 128] = {
    let mut keys = [0; 128];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = raw_key(&[at as u8]);
        at += 1;
    }
    keys
};

/// The key of a feature as it is written in a weight table.
pub fn feature_key(group: &str, value: &str) -> u64 {
    let mut key = raw_key(group.as_bytes());
    if !value.is_empty() {
        for (place, part) in value.split('|').enumerate() {
            let part = part.replace("%7C", "|").replace("%25", "%");
            key = with_part(key, place, raw_key(part.as_bytes()));
        }
    }
    key
}

/// The lane and the key of a feature whose first part names one of a model's options by a letter.
pub fn option_key(group: &str, value: &str, options: &str) -> Option<(usize, u64)> {
    let lane = options.find(value.chars().next()?)?;
    let rest = value.get(1..)?;
    Some((lane, feature_key(group, rest.strip_prefix('|').unwrap_or(rest))))
}
