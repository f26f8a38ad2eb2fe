//! Which articles hold which words, for `attache verify`.
//!
//! In: the words of each article of a batch, as hashes. Out: the articles that hold a word. A batch adds one row to each
//! part of the index, and nothing there is ever changed: an article that was read anew is found by the words of its old
//! text too, and whoever looks into it sees that they are gone. The full-text index of SQLite took ten times as long.

use super::base::Reader;
use super::packed::{numbers, push};
use super::words::{fold_name, hash64, plain_word};
use crate::error::Result;
use rusqlite::{Connection, params};
use rustc_hash::{FxBuildHasher, FxHashSet};

/// The index has 2^10 parts, told by the first bits of a hash.
const PART: u32 = 32 - 10;

/// The words of a text, each once, as hashes.
pub(super) fn vocabulary(text: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::with_capacity(text.len() / 8);
    let mut seen = FxHashSet::with_capacity_and_hasher(text.len() / 8, FxBuildHasher);
    let mut add = |hash: u32| {
        if seen.insert(hash) {
            all.push(hash);
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (hash, length) = plain_word(&bytes[at..]);
        let end = at + length;
        // Mostly ASCII, and a blank behind it.
        if bytes.get(end).is_none_or(u8::is_ascii) {
            if length > 0 {
                add(hash as u32);
            }
            at = end + 1;
            continue;
        }
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if length > 0 {
            add(self::hash(&fold_name(&rest[..length])));
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    all
}

/// The pieces of a text that are words to the index.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !c.is_alphanumeric());
    pieces.filter(|piece| !piece.is_empty())
}

fn hash(folded: &str) -> u32 {
    hash64(&[folded.as_bytes()]) as u32
}

/// The part of the index that a posting belongs to.
fn part(posting: u64) -> u32 {
    (posting >> 32) as u32 >> PART
}

/// What a batch adds.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    articles: Vec<i64>,
    /// A word's hash, and which of the articles has it: in one number, which is sorted fastest.
    pending: Vec<u64>,
}

impl Vocabulary {
    /// Adds the words of an article.
    pub(super) fn add(&mut self, article: i64, words: &[u32]) {
        let at = self.articles.len() as u64;
        self.articles.push(article);
        self.pending
            .extend(words.iter().map(|&word| u64::from(word) << 32 | at));
    }

    /// What was added, as the rows of a batch: the number of each part, and its postings.
    pub(super) fn take(&mut self) -> Vec<(u32, Vec<u8>)> {
        self.pending.sort_unstable();
        let mut rows = Vec::new();
        for postings in self.pending.chunk_by(|one, next| part(*one) == part(*next)) {
            let mut packed = Vec::with_capacity(postings.len() * 3);
            let mut before = (0, 0);
            for &posting in postings {
                let word = (posting >> 32) as u32;
                let article = self.articles[posting as u32 as usize];
                // Within one word the articles mostly rise; one that was there before may not.
                let base = if word == before.0 { before.1 } else { 0 };
                push(&mut packed, u64::from(word - before.0));
                push(&mut packed, article.wrapping_sub(base) as u64);
                before = (word, article);
            }
            rows.push((part(postings[0]), packed));
        }
        self.pending.clear();
        self.articles.clear();
        rows
    }
}

/// Writes the rows of the batch of this number.
pub(super) fn write(connection: &Connection, batch: i64, rows: &[(u32, Vec<u8>)]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO articles_words(part, batch, postings) VALUES (?1, ?2, ?3)";
    let mut insert = connection.prepare_cached(sql)?;
    for (part, postings) in rows {
        insert.execute(params![part, batch, postings])?;
    }
    Ok(())
}

impl Reader {
    /// The articles that may hold a word, folded, in the order of their numbers.
    pub(super) fn articles_with(&self, word: &str) -> Result<Vec<i64>> {
        let wanted = hash(word);
        let sql = "SELECT postings FROM articles_words WHERE part = ?1";
        let rows = self.rows(sql, [wanted >> PART], |row| {
            let mut found = Vec::new();
            let mut before = (0_u32, 0_u64);
            let mut numbers = numbers(row.get_ref(0)?.as_blob().unwrap_or_default());
            while let (Some(far), Some(article)) = (numbers.next(), numbers.next()) {
                let word = before.0.wrapping_add(far as u32);
                let base = if far == 0 { before.1 } else { 0 };
                before = (word, base.wrapping_add(article));
                if word == wanted {
                    found.push(before.1 as i64);
                } else if word > wanted {
                    break;
                }
            }
            Ok(found)
        })?;
        let mut articles = rows.concat();
        articles.sort_unstable();
        articles.dedup();
        Ok(articles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_text_are_its_pieces() {
        for text in [
            "",
            "One two,two",
            "“Łódź’s 3.5 crème-brûlée…” – an\u{a0}e",
            "x²y é\u{301}a \u{301}",
            "…",
        ] {
            let mut words = vocabulary(text);
            let mut pieces: Vec<u32> = pieces(text).map(|piece| hash(&fold_name(piece))).collect();
            words.sort_unstable();
            pieces.sort_unstable();
            pieces.dedup();
            assert_eq!(words, pieces, "{text}");
        }
    }
}
