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
    let mut rest = text;
    loop {
        // Mostly one blank.
        let blanks = rest.bytes().take_while(u8::is_ascii_whitespace).count();
        let Some(start) = rest[blanks..].find(char::is_alphanumeric) else {
            break;
        };
        rest = &rest[blanks + start..];
        let (hash, mut end) = plain_word(rest.as_bytes());
        if rest[end..].starts_with(char::is_alphanumeric) {
            end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            add(self::hash(&fold_name(&rest[..end])));
        } else {
            add(hash as u32);
        }
        rest = &rest[end..];
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

    /// Writes what was added, as the batch of this number.
    pub(super) fn write(&mut self, connection: &Connection, batch: i64) -> rusqlite::Result<()> {
        self.pending.sort_unstable();
        let sql = "INSERT INTO articles_words(part, batch, postings) VALUES (?1, ?2, ?3)";
        let mut insert = connection.prepare_cached(sql)?;
        let mut packed = Vec::new();
        for postings in self.pending.chunk_by(|one, next| part(*one) == part(*next)) {
            packed.clear();
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
            insert.execute(params![part(postings[0]), batch, packed])?;
        }
        self.pending.clear();
        self.articles.clear();
        Ok(())
    }
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
