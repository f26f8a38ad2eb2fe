//! Numbers in few bytes.
//!
//! In: numbers. Out: bytes, seven bits of a number in each, the lowest first, the eighth bit set in all but the last one;
//! and back. Whatever bytes a damaged file holds are numbers too.

/// Adds a number.
pub(super) fn push(to: &mut impl Extend<u8>, mut number: u64) {
    while number > 0x7f {
        to.extend([number as u8 | 0x80]);
        number >>= 7;
    }
    to.extend([number as u8]);
}

/// The numbers in order.
pub(super) fn numbers(mut bytes: &[u8]) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || next(&mut bytes))
}

/// Takes the first number off.
pub(super) fn next(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0, 0_u32);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f).unbounded_shl(shift);
        shift = shift.saturating_add(7);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let all = [0, 1, 127, 128, 300, 1 << 31, u64::MAX];
        let mut bytes = Vec::new();
        all.iter().for_each(|&number| push(&mut bytes, number));
        assert_eq!(numbers(&bytes).collect::<Vec<_>>(), all);
        assert_eq!(numbers(&[0xff; 50]).count(), 0);
    }
}
