//! The key of a feature, from its parts or from its written name. The build script uses this file too.

use crate::tokens::join_keys;
pub(super) use crate::tokens::raw_key;

/// The key of a number is that of its decimal digits.
#[allow(dead_code, reason = "the build script reads numbers as text")]
pub(super) fn number_key(number: i32) -> u64 {
    // Ten digits and a sign at most; written from the right.
    let mut digits = [b'0'; 11];
    let mut first = digits.len();
    let mut rest = number.unsigned_abs();
    while rest > 0 || first == digits.len() {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        first -= 1;
        digits[first] = b'-';
    }
    raw_key(&digits[first..])
}

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
