//! Words as the database compares them, and hashes that stay the same for ever.
//!
//! In: a text. Out: its words with case, accents and the shape of apostrophes folded away, each with its place; names
//! folded the same way; hashes of texts. Marks of all kinds separate words and are no part of any.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_128;

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
    let (mut at, mut before) = (0, ' ');
    while at < text.len() {
        // Most of a text: taken as a whole.
        let plain = text.as_bytes()[at..].iter();
        let end = at + plain.take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if end > at {
            let behind = folded.len();
            folded.push_str(&text[at..end]);
            folded[behind..].make_ascii_lowercase();
            open.get_or_insert((at, at)).1 = end;
            before = char::from(text.as_bytes()[end - 1]);
            at = end;
            // Mostly that was all of the word.
            if text.as_bytes().get(end) == Some(&b' ') {
                if let Some((start, stop)) = open.take() {
                    found(&folded, start, stop);
                    folded.clear();
                }
                before = ' ';
                at += 1;
            }
            continue;
        }
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        let joins = match c {
            '\'' | '’' | 'ʼ' => before.is_alphanumeric() && chars.next().is_some_and(char::is_alphanumeric),
            ',' | '.' => before.is_ascii_digit() && chars.next().is_some_and(|next| next.is_ascii_digit()),
            // Soft hyphens and joiners have no width and no meaning.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => true,
            c => !c.is_ascii() && is_combining_mark(c),
        };
        let end = at + c.len_utf8();
        if c.is_alphanumeric() {
            fold(c, &mut folded);
            open.get_or_insert((at, at)).1 = end;
        } else if let Some((_, stop)) = open.as_mut().filter(|_| joins) {
            match c {
                '\'' | '’' | 'ʼ' => folded.push('\''),
                '.' => folded.push('.'),
                _ => {}
            }
            *stop = end;
        } else if let Some((start, stop)) = open.take() {
            found(&folded, start, stop);
            folded.clear();
        }
        before = c;
        at = end;
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
    let fnv = parts.iter().fold(FNV_BASIS, |hash, part| {
        // Where one part ends counts too.
        fnv64(part.iter().fold(hash, |hash, &byte| fnv64(hash, byte)), 0xff)
    });
    spread(fnv)
}

/// The ASCII letters and digits that a text begins with: the hash of them in lower case, and how many there are.
pub(super) fn plain_word(text: &[u8]) -> (u64, usize) {
    let mut hash = FNV_BASIS;
    let end = text.iter().position(|&byte| {
        let lower = LOWER[usize::from(byte)];
        if lower != 0 {
            hash = fnv64(hash, lower);
        }
        lower == 0
    });
    (spread(fnv64(hash, 0xff)), end.unwrap_or(text.len()))
}

/// ASCII letters and digits in lower case; 0 for all else.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            lower[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv64(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// FNV leaves the high bits poor for short parts.
fn spread(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A hash of some parts with 128 bits, as hexadecimal digits. Stored in files, so it may never change.
pub(crate) fn hash128(parts: &[&[u8]]) -> String {
    let mut all = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        all.extend_from_slice(part);
        // Where one part ends counts too.
        all.extend_from_slice(&(part.len() as u64).to_le_bytes());
    }
    format!("{:032x}", xxh3_128(&all))
}

/// The hash of an article's text: white space at its ends and its amount between words do not count.
pub(crate) fn text_hash(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + 1);
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        // Most lines have one blank between two words, and nothing else.
        if is_even(line.as_bytes()) {
            all.push_str(line);
            all.push(' ');
        } else {
            line.split_whitespace().for_each(|word| {
                all.push_str(word);
                all.push(' ');
            });
        }
    }
    format!("{:032x}", xxh3_128(all.as_bytes()))
}

/// Whether single blanks are certainly the only white space of a line without any at its ends.
fn is_even(line: &[u8]) -> bool {
    // Without a branch for each byte, so that many of them are looked at in one step.
    let odd = line.iter().fold(0, |odd, &byte| {
        // With these begin the blanks that are not ASCII.
        let begins = (byte == 0xc2) | (byte == 0xe1) | (byte == 0xe3);
        odd | u8::from(begins | (byte.wrapping_sub(b'\t') < 5))
    });
    let pairs = line.iter().zip(line.iter().skip(1));
    let double = pairs.fold(0, |double, (&one, &next)| {
        double | u8::from((one == b' ') & (next == b' '))
    });
    if odd | double != 0 {
        return false;
    }
    // With this one too, but also dashes and curly quotation marks.
    let mut places = line.iter().enumerate().filter(|&(_, &byte)| byte == 0xe2);
    places.all(|(at, _)| {
        let rest = line.get(at + 1..at + 3);
        rest.is_some_and(|rest| rest[0] == 0x80 && (0x90..0xa8).contains(&rest[1]))
    })
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
    fn a_plain_word_is_hashed_as_any_other() {
        for (text, word) in [("Harbour’s", "harbour"), ("x1", "x1"), ("", ""), ("é", "")] {
            assert_eq!(plain_word(text.as_bytes()), (hash64(&[word.as_bytes()]), word.len()));
        }
    }

    #[test]
    fn hashes_are_those_of_files_already_written() {
        for same in [" a\n b ", "a \u{a0} b", "a\r\n\r\nb\t", "a  b", "a\tb"] {
            assert_eq!(text_hash(same), text_hash("a b"));
        }
        for blank in (0..=0xffff).filter_map(char::from_u32).filter(|c| c.is_whitespace()) {
            assert_eq!(text_hash(&format!("a{blank}b")), text_hash("a b"));
        }
        assert_eq!(text_hash("“é” – b…"), text_hash("“é”  – b…"));
        assert_ne!(text_hash("ab"), text_hash("a b"));
        assert_ne!(hash64(&[b"a", b"b"]), hash64(&[b"ab"]));
    }
}
