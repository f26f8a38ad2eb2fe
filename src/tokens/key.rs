//! Word keys: one 64-bit number for a word however it is written.
//!
//! In: the bytes of a word. Out: a key equal for two words that differ only in case, in diacritics or in the kind of
//! apostrophe ("Erdoğan" = "ERDOGAN", "don’t" = "don't"). Lexicons, the gazetteer and the models' features look
//! words up by key, so a word is folded once, when it is tokenised. The build script folds the tables' words
//! with this same code.

use unicode_normalization::UnicodeNormalization;

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const STEP: u64 = 0x0000_0100_0000_01b3;

/// The key of one word.
pub const fn word_key(word: &str) -> u64 {
    ascii_key(word.as_bytes())
}

/// The key of an ASCII word, usable in constants. Bytes above 127 enter as they are: fold such words first.
const fn ascii_key(word: &[u8]) -> u64 {
    let mut key = SEED;
    let mut i = 0;
    while i < word.len() {
        key = (key ^ word[i].to_ascii_lowercase() as u64).wrapping_mul(STEP);
        i += 1;
    }
    key
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
