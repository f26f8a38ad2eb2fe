//! Bytes to code points or UTF-16 units, and back.
//!
//! In: a text and positions in it, in any order. Out: the same positions in the other unit. The text is counted once, a
//! checkpoint every 64 bytes, with a bit for each byte that counts; a look-up counts the bits behind the checkpoint
//! before. ASCII text needs neither.

use crate::span::Span;
use serde::{Deserialize, Serialize};

const STEP: usize = 64;

/// What offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Unicode code points: Python's `text[start:end]`.
    #[default]
    Char,
    /// Bytes of UTF-8: Rust's and Go's slices.
    Byte,
    /// UTF-16 code units: JavaScript's and Java's `substring`.
    Utf16,
}

/// Positions of one text in one unit.
#[derive(Debug)]
pub(crate) struct Converter<'t> {
    bytes: &'t [u8],
    unit: Offsets,
    /// One for byte 0, 64, 128 …; empty when bytes and units are the same.
    checkpoints: Vec<Checkpoint>,
}

#[derive(Debug, Clone, Copy)]
struct Checkpoint {
    /// Units before it.
    before: u32,
    /// For each of the 64 bytes behind it, the lowest bit first, whether it counts.
    counting: u64,
}

impl<'t> Converter<'t> {
    pub(crate) fn new(text: &'t str, unit: Offsets) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != Offsets::Byte && !text.is_ascii() {
            checkpoints.reserve(bytes.len() / STEP + 1);
            let mut before = 0;
            for chunk in bytes.chunks(STEP) {
                let (firsts, pairs) = starts(chunk);
                let pairs = if unit == Offsets::Utf16 { pairs } else { 0 };
                // Of a character of two units the byte behind its first one counts as well.
                let counting = firsts | pairs << 1;
                checkpoints.push(Checkpoint { before, counting });
                before += firsts.count_ones() + pairs.count_ones();
            }
        }
        Converter {
            bytes,
            unit,
            checkpoints,
        }
    }

    /// Units before a byte on a character border.
    #[inline]
    pub(crate) fn at(&self, byte: u32) -> u32 {
        let at = (byte as usize).min(self.bytes.len());
        // The text's very end may lie one past the last chunk.
        let chunk = (at / STEP).min(self.checkpoints.len().wrapping_sub(1));
        match self.checkpoints.get(chunk) {
            None => byte,
            Some(&Checkpoint { before, counting }) => {
                let within = at - chunk * STEP;
                let behind = if within < STEP { u64::MAX << within } else { 0 };
                before + (counting & !behind).count_ones()
            }
        }
    }

    /// The byte before which so many units stand; none if that is outside the text or inside a character.
    pub(crate) fn byte(&self, at: u32) -> Option<u32> {
        let len = self.bytes.len() as u32;
        let border = |at: u32| self.bytes.get(at as usize).map_or(at == len, |&byte| is_first(byte));
        if self.checkpoints.is_empty() {
            return border(at).then_some(at);
        }
        let chunk = self.checkpoints.partition_point(|point| point.before <= at) - 1;
        let mut left = at - self.checkpoints[chunk].before;
        let from = chunk * STEP;
        let firsts = (from as u32..)
            .zip(&self.bytes[from..])
            .filter(|&(_, &byte)| is_first(byte));
        for (byte, &first) in firsts {
            if left == 0 {
                return Some(byte);
            }
            let pair = self.unit == Offsets::Utf16 && first >= 0xF0;
            left = left.checked_sub(1 + u32::from(pair))?;
        }
        (left == 0).then_some(len)
    }

    /// The span from one position to another, or why there is none.
    pub(crate) fn span(&self, start: u32, end: u32) -> Result<Span, String> {
        if end < start {
            return Err(format!("{start}-{end} ends before it starts"));
        }
        match (self.byte(start), self.byte(end)) {
            (Some(start), Some(end)) => Ok(Span { start, end }),
            _ => {
                let all = self.at(self.bytes.len() as u32);
                let unit = match self.unit {
                    Offsets::Char => "code points",
                    Offsets::Byte => "bytes",
                    Offsets::Utf16 => "UTF-16 units",
                };
                Err(if end > all {
                    format!("{start}-{end} lies outside the text, which has {all} {unit}")
                } else {
                    format!("{start}-{end} cuts a character, counted in {unit}")
                })
            }
        }
    }
}

/// Where characters start in these bytes, at most [`STEP`], and where those that are two units of UTF-16: a bit for each.
fn starts(bytes: &[u8]) -> (u64, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Multiplied, the lowest bits of eight bytes come to stand side by side in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let gather = |ones: u64| ones.wrapping_mul(GATHER) >> 56;
    let (eights, rest) = bytes.as_chunks::<8>();
    let last = rest.iter().rev().fold(0, |last, &byte| last << 8 | u64::from(byte));
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight));
    let (mut further, mut pairs) = (0, 0);
    for (at, eight) in eights.chain([last]).enumerate().take(STEP / 8) {
        let (high, next) = (eight >> 7, eight >> 6);
        // 10xxxxxx goes on with a character, 1111xxxx begins one of two units.
        further |= gather(high & !next & ONES) << (8 * at);
        pairs |= gather(high & next & (eight >> 5) & (eight >> 4) & ONES) << (8 * at);
    }
    let all = if bytes.len() < STEP {
        !(u64::MAX << bytes.len())
    } else {
        u64::MAX
    };
    (all & !further, pairs)
}

/// Whether a character starts with this byte.
fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_the_standard_library_on_every_border() {
        let text = "“Да”, said 🇺🇳 envoy Łukasz – naïve 😀 words. ".repeat(20);
        for text in [text.as_str(), "plain", "", &text[..3]] {
            let chars = Converter::new(text, Offsets::Char);
            let utf16 = Converter::new(text, Offsets::Utf16);
            let bytes = Converter::new(text, Offsets::Byte);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let before = &text[..at];
                assert_eq!(chars.at(at as u32) as usize, before.chars().count());
                assert_eq!(utf16.at(at as u32) as usize, before.encode_utf16().count());
                assert_eq!(bytes.at(at as u32) as usize, at);
                for converter in [&chars, &utf16, &bytes] {
                    assert_eq!(converter.byte(converter.at(at as u32)), Some(at as u32));
                }
            }
            for converter in [&chars, &utf16, &bytes] {
                assert_eq!(converter.byte(converter.at(text.len() as u32) + 1), None);
            }
        }
    }

    #[test]
    fn refuses_what_is_no_place() {
        let at = |unit, start, end| {
            Converter::new("a 😀", unit)
                .span(start, end)
                .map_err(|why| why.to_string())
        };
        assert_eq!(at(Offsets::Utf16, 2, 4), Ok(Span::new(2, 6)));
        assert_eq!(
            at(Offsets::Utf16, 2, 3).unwrap_err(),
            "2-3 cuts a character, counted in UTF-16 units"
        );
        assert_eq!(
            at(Offsets::Byte, 3, 6).unwrap_err(),
            "3-6 cuts a character, counted in bytes"
        );
        assert_eq!(
            at(Offsets::Char, 2, 4).unwrap_err(),
            "2-4 lies outside the text, which has 3 code points"
        );
        assert_eq!(at(Offsets::Char, 2, 1).unwrap_err(), "2-1 ends before it starts");
    }
}
