//! Bytes to code points or UTF-16 units.
//!
//! In: a text and byte positions in it, in any order. Out: the same positions in the unit asked for. The text is counted
//! once, a checkpoint every 128 bytes; a look-up counts from the checkpoint before. ASCII text needs neither.

use serde::Serialize;

const STEP: usize = 128;

/// What offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
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
    /// Units before byte 0, 128, 256 …; empty when bytes and units are the same.
    checkpoints: Vec<u32>,
}

impl<'t> Converter<'t> {
    pub(crate) fn new(text: &'t str, unit: Offsets) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != Offsets::Byte && !text.is_ascii() {
            let mut total = 0;
            checkpoints.reserve(bytes.len() / STEP + 1);
            for chunk in bytes.chunks(STEP) {
                checkpoints.push(total);
                total += units(chunk, unit);
            }
        }
        Converter {
            bytes,
            unit,
            checkpoints,
        }
    }

    /// Units before a byte on a character border.
    pub(crate) fn at(&self, byte: u32) -> u32 {
        if self.checkpoints.is_empty() {
            return byte;
        }
        let byte = (byte as usize).min(self.bytes.len());
        // The text's very end may lie one past the last chunk.
        let chunk = (byte / STEP).min(self.checkpoints.len() - 1);
        self.checkpoints[chunk] + units(&self.bytes[chunk * STEP..byte], self.unit)
    }
}

/// Counts what starts in these bytes. A character counts where its first byte stands, so chunks may cut characters.
fn units(bytes: &[u8], unit: Offsets) -> u32 {
    let firsts = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let pairs = match unit {
        Offsets::Utf16 => bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
        _ => 0,
    };
    (firsts + pairs) as u32
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
            }
        }
    }
}
