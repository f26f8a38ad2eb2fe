//! Words as the database compares them, and hashes that stay the same for ever.
//!
//! In: a text. Out: its words with case, accents and the shape of apostrophes folded away, each with its place; names
//! folded the same way; hashes of texts. Marks of all kinds separate words and are no part of any.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word and its place, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded: "l'État" is "l'etat", "1,500" is "1500".
    pub(crate) folded: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words of a text. An apostrophe or, among digits, a comma or point inside a word is part of it; a hyphen is not.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |folded, start, end| {
        let folded = folded.to_owned();
        words.push(Word { folded, start, end });
    });
    words
}

/// Tells the words of a text one by one, folded, each with its place.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(&str, usize, usize)) {
    let mut folded = String::with_capacity(32);
    let mut open: Option<(usize, usize)> = None;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let joins = match c {
            '\'' | '’' | 'ʼ' => before.is_alphanumeric() && next.is_alphanumeric(),
            ',' | '.' => before.is_ascii_digit() && next.is_ascii_digit(),
            // Soft hyphens and joiners have no width and no meaning.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => true,
            c => is_combining_mark(c),
        };
        if c.is_alphanumeric() {
            let (_, end) = open.get_or_insert((at, at));
            fold(c, &mut folded);
            *end = at + c.len_utf8();
        } else if let Some((_, end)) = open.as_mut().filter(|_| joins) {
            match c {
                '\'' | '’' | 'ʼ' => folded.push('\''),
                '.' => folded.push('.'),
                _ => {}
            }
            *end = at + c.len_utf8();
        } else if let Some((start, end)) = open.take() {
            found(&folded, start, end);
            folded.clear();
        }
        before = c;
    }
    if let Some((start, end)) = open {
        found(&folded, start, end);
    }
}

/// A name without case, accents and marks, its words one blank apart.
pub(crate) fn fold_name(name: &str) -> String {
    let mut all = String::with_capacity(name.len());
    each_word(name, |folded, _, _| {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(folded);
    });
    all
}

fn fold(c: char, to: &mut String) {
    if c.is_ascii() {
        to.push(c.to_ascii_lowercase());
    } else {
        let marks_off = std::iter::once(c).nfd().filter(|&c| !is_combining_mark(c));
        to.extend(marks_off.flat_map(char::to_lowercase));
    }
}

/// FNV-1a with 64 bits. Stored in files, so it may never change.
pub(crate) fn hash64(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for &byte in *part {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // Where one part ends counts too.
        hash = (hash ^ 0xff).wrapping_mul(0x0100_0000_01b3);
    }
    // FNV leaves the high bits poor for short parts.
    hash ^= hash >> 32;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A hash of some parts with 128 bits, as hexadecimal digits. Stored in files, so it may never change.
pub(crate) fn hash128(parts: &[&[u8]]) -> String {
    fnv128(parts.iter().copied(), 0xff)
}

/// The hash of an article's text: white space at its ends and its amount between words do not count.
pub(crate) fn text_hash(text: &str) -> String {
    fnv128(text.split_whitespace().map(str::as_bytes), b' ')
}

/// FNV-1a with 128 bits; `end` stands behind each part, so that where one ends counts too.
fn fnv128<'p>(parts: impl Iterator<Item = &'p [u8]>, end: u8) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for part in parts {
        for &byte in part.iter().chain([&end]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folds_what_typesetters_change() {
        let folded = |text: &str| -> Vec<String> { words(text).into_iter().map(|word| word.folded).collect() };
        assert_eq!(folded("“Don’t,” he said."), ["don't", "he", "said"]);
        assert_eq!(
            folded("DON'T – Łukasz’s crème-brûlée"),
            ["don't", "łukasz's", "creme", "brulee"]
        );
        assert_eq!(folded("1,500.5 of 7."), ["1500.5", "of", "7"]);
        assert_eq!(folded("co\u{ad}operate cafe\u{301}"), ["cooperate", "cafe"]);
        assert_eq!(fold_name("  Sergueï  LAVROV "), "serguei lavrov");
    }

    #[test]
    fn places_are_the_texts_own() {
        let text = "He’d “never” agreed…";
        for word in words(text) {
            assert!(text.get(word.start..word.end).is_some_and(|piece| !piece.is_empty()));
        }
        assert_eq!(&text[words(text)[1].start..words(text)[1].end], "never");
    }

    #[test]
    fn hashes_are_those_of_files_already_written() {
        assert_eq!(text_hash(" a\n b "), text_hash("a b"));
        assert_ne!(text_hash("ab"), text_hash("a b"));
        assert_ne!(hash64(&[b"a", b"b"]), hash64(&[b"ab"]));
    }
}
