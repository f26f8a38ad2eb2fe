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
pub const fn word_key(word: &str) -> u64 {
    ascii_key(word.as_bytes())
}

/// The key of bytes as they stand: of a folded word it is the word's own key, others differ by case.
pub const fn raw_key(bytes: &[u8]) -> u64 {
    key_of::<false>(bytes)
}

/// The key of an ASCII word. Bytes above 127 enter as they are: fold such words first.
pub(super) const fn ascii_key(word: &[u8]) -> u64 {
    key_of::<true>(word)
}

/// Eight bytes at a time: a multiplication for each byte would be a third of the tokeniser's time.
const fn key_of<const LOWER: bool>(word: &[u8]) -> u64 {
    let mut key = SEED;
    let mut rest = word;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let bytes = u64::from_le_bytes(*chunk);
        key = stir(key, if LOWER { lower(bytes) } else { bytes });
        rest = behind;
    }
    let mut last = 0;
    let mut at = rest.len();
    while at > 0 {
        at -= 1;
        last = last << 8 | rest[at] as u64;
    }
    // The length tells "a" from "a" and a zero byte.
    let last = if LOWER { lower(last) } else { last };
    stir(key, last ^ (word.len() as u64) << 56)
}

/// Lowers the capitals A-Z among eight bytes.
const fn lower(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let low = bytes & !HIGH;
    // The high bit of a byte is set where it is at least "A", and where it is beyond "Z".
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let beyond_z = low + ONES * (0x80 - b'Z' as u64 - 1);
    let capital = from_a & !beyond_z & !bytes & HIGH;
    bytes | capital >> 2
}

const fn stir(key: u64, bytes: u64) -> u64 {
    let mixed = (key ^ bytes).wrapping_mul(STEP);
    mixed ^ (mixed >> 32)
}

/// The key of a word that may hold characters beyond ASCII.
pub fn folded_key(word: &str) -> u64 {
    if word.is_ascii() {
        ascii_key(word.as_bytes())
    } else {
        ascii_key(fold(word).as_bytes())
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

/// A key made from two: order matters.
pub const fn join_keys(left: u64, right: u64) -> u64 {
    let mixed = (left.rotate_left(23) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}
