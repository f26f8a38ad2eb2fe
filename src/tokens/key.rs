//! Word keys: one 64-bit number for a word however it is written.
//!
//! In: the bytes of a word. Out: a key equal for two words that differ only in case, in diacritics or in the kind of
//! apostrophe ("Erdoğan" = "ERDOGAN", "don’t" = "don't"). Lexicons, the gazetteer and the models' features look
//! words up by key, so a word is folded once, when it is tokenised. The build script folds the tables' words
//! with this same code.

use unicode_normalization::UnicodeNormalization;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const STEP: u64 = 0xd6e8_feb8_6659_fd93;

/// The key of one ASCII word, usable in constants.
#[inline(always)]
pub const fn word_key(word: &str) -> u64 {
    ascii_key(word.as_bytes())
}

/// The key of bytes as they stand: of a folded word it is the word's own key, others differ by case.
#[inline(always)]
pub const fn raw_key(bytes: &[u8]) -> u64 {
    key_of::<false>(bytes)
}

/// The key of an ASCII word. Bytes above 127 enter as they are: fold such words first.
#[inline(always)]
pub(super) const fn ascii_key(word: &[u8]) -> u64 {
    key_of::<true>(word)
}

/// Eight bytes at a time: a multiplication for each byte would be a third of the tokeniser's time.
#[inline(always)]
const fn key_of<const LOWER: bool>(word: &[u8]) -> u64 {
    let mut key = SEED;
    let mut rest = word;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let bytes = u64::from_le_bytes(*chunk);
        key = stir(key, if LOWER { lower(bytes) } else { bytes });
        rest = behind;
    }
    // The length tells "a" from "a" and a zero byte.
    let last = if LOWER { lower(short(rest)) } else { short(rest) };
    stir(key, last ^ (word.len() as u64) << 56)
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const SMALL: u64 = 0x20 * ONES;

/// Lowers the capitals A-Z among eight bytes.
#[inline(always)]
const fn lower(bytes: u64) -> u64 {
    bytes | between(bytes, b'A', b'Z') >> 2
}

/// The high bit of each of eight bytes that is ASCII and from `first` to `last`.
#[inline(always)]
const fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & !HIGH;
    let reached = low + ONES * (0x80 - first as u64);
    let passed = low + ONES * (0x7f - last as u64);
    reached & !passed & !bytes & HIGH
}

/// What one look at a word's bytes tells.
pub(super) struct Look {
    /// Where it ends.
    pub(super) end: usize,
    /// Its key, if it is ASCII.
    pub(super) key: u64,
    pub(super) ascii: bool,
    /// Whether capitals and small letters of ASCII are in it.
    pub(super) upper: bool,
    pub(super) lower: bool,
}

/// Reads the word `start..end` of a text, eight bytes at a time.
#[inline]
pub(super) fn look(text: &[u8], start: usize, end: usize) -> Look {
    let (mut all, mut upper, mut lower_case) = (0, 0, 0);
    for chunk in text[start..end].chunks(8) {
        let bytes = short(chunk);
        let letters = between(bytes | SMALL, b'a', b'z');
        all |= bytes;
        upper |= letters & !(bytes << 2);
        lower_case |= letters & bytes << 2;
    }
    let ascii = all & HIGH == 0;
    Look {
        end,
        key: if ascii { ascii_key(&text[start..end]) } else { 0 },
        ascii,
        upper: upper != 0,
        lower: lower_case != 0,
    }
}

/// Reads the letters of ASCII that stand at `start`, up to the first byte that is none.
#[inline(always)]
pub(super) fn look_at_letters(text: &[u8], start: usize) -> Look {
    let (mut key, mut capitals, mut smalls) = (SEED, 0, 0);
    let mut at = start;
    loop {
        let bytes = match text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => short(text.get(at..).unwrap_or_default()),
        };
        // With the bit set that small letters have more than capitals, both are small.
        let letters = between(bytes | SMALL, b'a', b'z');
        let count = (!letters & HIGH).trailing_zeros() / 8;
        if count == 8 {
            capitals |= !bytes & SMALL;
            smalls |= bytes & SMALL;
            key = stir(key, bytes | SMALL);
            at += 8;
            continue;
        }
        let kept = (1 << (8 * count)) - 1;
        capitals |= !bytes & SMALL & kept;
        smalls |= bytes & SMALL & kept;
        let end = at + count as usize;
        return Look {
            end,
            key: stir(key, (bytes | SMALL) & kept ^ ((end - start) as u64) << 56),
            ascii: true,
            upper: capitals != 0,
            lower: smalls != 0,
        };
    }
}

/// The keys of single ASCII bytes: signs have no other.
pub(super) static SIGNS: [u64; 128] = {
    let mut keys = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        keys[byte] = ascii_key(&[byte as u8]);
        byte += 1;
    }
    keys
};

/// Fewer than eight bytes, or the first eight, as one number: without a loop, so that the key of a known word is a constant.
#[inline(always)]
const fn short(bytes: &[u8]) -> u64 {
    match *bytes {
        [] => 0,
        [a] => a as u64,
        [a, b] => (a as u64) | (b as u64) << 8,
        [a, b, c] => (a as u64) | (b as u64) << 8 | (c as u64) << 16,
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]) as u64,
        [a, b, c, d, e] => u32::from_le_bytes([a, b, c, d]) as u64 | (e as u64) << 32,
        [a, b, c, d, e, f] => u32::from_le_bytes([a, b, c, d]) as u64 | (e as u64) << 32 | (f as u64) << 40,
        [a, b, c, d, e, f, g] => u64::from_le_bytes([a, b, c, d, e, f, g, 0]),
        [a, b, c, d, e, f, g, h, ..] => u64::from_le_bytes([a, b, c, d, e, f, g, h]),
    }
}

#[inline(always)]
const fn stir(key: u64, bytes: u64) -> u64 {
    let mixed = (key ^ bytes).wrapping_mul(STEP);
    mixed ^ (mixed >> 32)
}

/// The key of a word that may hold characters beyond ASCII.
pub fn folded_key(word: &str) -> u64 {
    const APOSTROPHE: u64 = word_key("'");
    const CLITIC: u64 = word_key("'s");
    match word {
        // Most of what is beyond ASCII in English: signs that stay what they are when folded, and apostrophes.
        "“" | "”" | "–" | "—" => ascii_key(word.as_bytes()),
        "’" | "‘" => APOSTROPHE,
        "’s" => CLITIC,
        _ if word.is_ascii() => ascii_key(word.as_bytes()),
        _ => ascii_key(fold(word).as_bytes()),
    }
}

/// A word in the form its key is made from: lower case, no diacritics, straight apostrophes, plain hyphens.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd() {
        match c {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ħ' | 'Ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ə' | 'Ə' => folded.push('e'),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'þ' | 'Þ' => folded.push_str("th"),
            '’' | '‘' | 'ʼ' | '`' | 'ʻ' | 'ʿ' | 'ʾ' => folded.push('\''),
            '‐' | '‑' => folded.push('-'),
            // Soft hyphens, joiners and direction marks are not heard.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Some keys, and a bit for each of them among 64: most words are none of them and are turned away by their bit.
#[derive(Debug, Clone, Copy)]
pub struct Listed<const N: usize> {
    keys: [u64; N],
    bits: u64,
}

impl<const N: usize> Listed<N> {
    /// These keys.
    pub const fn new(keys: [u64; N]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < N {
            bits |= 1 << (keys[at] & 63);
            at += 1;
        }
        Listed { keys, bits }
    }

    /// Whether a key is one of them.
    #[inline]
    pub fn has(&self, key: u64) -> bool {
        self.bits >> (key & 63) & 1 == 1 && self.keys.contains(&key)
    }
}

/// Hashes keys by themselves: they are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyHasher(u64);

impl std::hash::Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = join_keys(self.0, byte.into());
        }
    }

    fn write_u64(&mut self, key: u64) {
        // The upper bits tell the entries of one group of the table apart.
        self.0 = key.wrapping_mul(STEP);
    }
}

/// A map from keys.
pub type KeyMap<V> = std::collections::HashMap<u64, V, std::hash::BuildHasherDefault<KeyHasher>>;

/// A set of keys.
pub type KeySet = std::collections::HashSet<u64, std::hash::BuildHasherDefault<KeyHasher>>;

/// A key made from two: order matters.
pub const fn join_keys(left: u64, right: u64) -> u64 {
    let mixed = (left.rotate_left(23) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}
