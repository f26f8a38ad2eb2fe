//! Wire copy: the same article in several outlets counts once.
//!
//! In: an article just stored, with the variants of its quotes. Out: the first article it is a copy of. Copies share
//! their words white space aside, or most of their quotes and of their runs of five words (outlets cut the end and put
//! a line of their own in front). Which originals have a wording is kept at hand: a story that a thousand outlets print
//! would else be looked for among its thousand prints each time.

use super::sketches::Variant;
use super::words::{each_word, hash64};
use rusqlite::{Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

/// How much of the shorter article's runs of five words the longer one must hold.
const OVERLAP: f64 = 0.8;
/// How many originals with one wording are looked at: the first ones.
const APPEARANCES: usize = 24;
/// How many articles that share most quotes are compared: who was at the same press conference quotes the same words.
const CANDIDATES: usize = 4;
/// Wordings that are kept at hand: some ten megabytes.
const MOST: usize = 100_000;

/// The first originals with a wording, of the wordings that were asked for; each list is always what the database would
/// answer.
#[derive(Debug, Default)]
pub(super) struct Originals(FxHashMap<Variant, Vec<i64>>);

impl Originals {
    /// The numbers of those articles, in order; that of the article which asks is not among them, because it is not yet
    /// added.
    fn of(&mut self, connection: &Connection, variant: Variant, article: i64) -> Result<&[i64]> {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        match self.0.entry(variant) {
            Occupied(found) => Ok(found.into_mut()),
            Vacant(place) => {
                let sql = "SELECT DISTINCT q.article_id FROM quotes q JOIN articles a ON a.id = q.article_id
                           WHERE q.statement_id = ?1 AND q.variant = ?2 AND q.article_id <> ?3 AND a.copy_of IS NULL
                           ORDER BY q.article_id LIMIT ?4";
                let mut find = connection.prepare_cached(sql)?;
                let asked = params![variant.statement, variant.number, article, APPEARANCES as i64];
                let found = find.query_map(asked, |row| row.get(0))?;
                Ok(place.insert(found.collect::<Result<Vec<i64>>>()?))
            }
        }
    }

    /// An article with these wordings is an original.
    pub(super) fn add(&mut self, article: i64, variants: impl Iterator<Item = Variant>) {
        for variant in variants {
            if let Some(found) = self.0.get_mut(&variant)
                && let Err(at) = found.binary_search(&article)
            {
                found.insert(at, article);
                found.truncate(APPEARANCES);
            }
        }
    }

    /// An original with this wording goes, or another one comes in its place.
    pub(super) fn forget(&mut self, variant: Variant) {
        self.0.remove(&variant);
    }
}

/// The article that this one is a copy of, if it is one: always an original itself.
pub(super) fn original(
    connection: &Connection,
    originals: &mut Originals,
    article: i64,
    text: Option<&str>,
    text_hash: Option<&str>,
    quotes: usize,
    known_variants: &[Variant],
) -> Result<Option<i64>> {
    if let Some(hash) = text_hash {
        let sql = "SELECT id FROM articles WHERE text_hash = ?1 AND id <> ?2 AND copy_of IS NULL ORDER BY id LIMIT 1";
        let mut find = connection.prepare_cached(sql)?;
        let twin = find.query_row(params![hash, article], |row| row.get(0)).optional()?;
        if twin.is_some() {
            return Ok(twin);
        }
    }
    if known_variants.len() < 2 {
        return Ok(None);
    }
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    for &variant in known_variants {
        for &article in originals.of(connection, variant, article)? {
            *shared.entry(article).or_default() += 1;
        }
    }
    let mut shared: Vec<(i64, usize)> = shared.into_iter().collect();
    shared.sort_by_key(|&(id, common)| (Reverse(common), id));
    let sql = "SELECT text, (SELECT count(*) FROM quotes WHERE article_id = ?1) FROM articles WHERE id = ?1";
    let mut read = connection.prepare_cached(sql)?;
    let runs = OnceCell::new();
    for (other, common) in shared.into_iter().take(CANDIDATES) {
        let (their_text, theirs): (Option<String>, i64) =
            read.query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let fewer = quotes.min(theirs as usize);
        if common * 10 < fewer * 6 {
            continue;
        }
        let copy = match (text, their_text) {
            (Some(text), Some(theirs)) => overlap(runs.get_or_init(|| runs_of(text)), &runs_of(&theirs)) >= OVERLAP,
            _ => common >= 3 && common == fewer,
        };
        if copy {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// The runs of five words of a text, as hashes in order.
fn runs_of(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = Vec::with_capacity(text.len() / 5);
    each_word(text, |folded, _, _| words.push(hash64(&[folded.as_bytes()])));
    let windows = words.windows(5);
    let runs = windows.map(|run| run.iter().fold(0_u64, |sum, word| sum.rotate_left(9) ^ word));
    let mut runs: Vec<u64> = runs.collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The share of the runs of the text with fewer of them that the other one has too.
fn overlap(one: &[u64], other: &[u64]) -> f64 {
    let (shorter, longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if shorter.is_empty() {
        return 0.0;
    }
    let mut rest = longer;
    let shared = shorter.iter().filter(|run| {
        rest = &rest[rest.partition_point(|other| other < *run)..];
        rest.first() == Some(*run)
    });
    shared.count() as f64 / shorter.len() as f64
}

/// When an article's text changes, its copies get a new original: the first of them.
pub(super) fn bereave(connection: &Connection, article: i64) -> Result<()> {
    let sql = "SELECT min(id) FROM articles WHERE copy_of = ?1";
    let heir: Option<i64> = connection.prepare_cached(sql)?.query_row([article], |row| row.get(0))?;
    let Some(heir) = heir else { return Ok(()) };
    let sql = "UPDATE articles SET copy_of = CASE WHEN id = ?2 THEN NULL ELSE ?2 END WHERE copy_of = ?1";
    connection.prepare_cached(sql)?.execute(params![article, heir])?;
    Ok(())
}
