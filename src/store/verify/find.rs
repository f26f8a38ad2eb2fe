//! Articles of a database that may hold a passage.
//!
//! In: a passage's words and its speaker. Out: numbers of articles, the likeliest first: those with a quote that has its
//! longest run of words, those with its rarest words, those of its speaker. Each question is a few index probes.

use super::who::{Relation, Who, compare};
use crate::error::Result;
use crate::store::base::Reader;
use crate::store::filter::list;
use crate::store::meaning::Class;
use crate::store::vocabulary::pieces;
use crate::store::wording::{Item, Word};
use crate::store::words::fold_name;
use rusqlite::params;
use std::collections::{HashMap, HashSet};

/// Articles compared word by word, at most, of each sort.
const ARTICLES: usize = 16;
/// Words asked for one by one.
const RAREST: usize = 10;
/// A word in more articles than this tells little.
const COMMON: usize = 50_000;

/// The numbers of a database's speakers that may be this one.
pub(super) fn speakers(reader: &Reader, who: &Who) -> Result<Vec<i64>> {
    let Some(name) = &who.name else { return Ok(Vec::new()) };
    let folded = fold_name(name);
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let sql = "SELECT id, name, wikidata, kind, anonymous FROM speakers
               WHERE key = ?1 OR folded IN (?2, ?3) OR (last_word = ?3 AND last_word <> folded)
               ORDER BY id LIMIT 1000";
    let found = reader.rows(sql, params![who.wikidata, folded, last], |row| {
        let theirs = Who {
            name: row.get(1)?,
            wikidata: row.get(2)?,
            kind: row.get(3)?,
            country: None,
            anonymous: row.get(4)?,
        };
        Ok((row.get::<_, i64>(0)?, theirs))
    })?;
    let same = found
        .into_iter()
        .filter(|(_, theirs)| compare(who, theirs) == Relation::Same);
    Ok(same.map(|(id, _)| id).collect())
}

/// Articles that may hold a passage, with a quote of one of these speakers if it is `short`.
pub(super) fn articles(reader: &Reader, text: &str, items: &[Item], speakers: &[i64], short: bool) -> Result<Vec<i64>> {
    let words: Vec<&Word> = items
        .iter()
        .filter_map(|item| match item {
            Item::Word(word) if word.kept.is_none() => Some(word),
            _ => None,
        })
        .collect();
    let mut found: Vec<i64> = Vec::new();
    let phrase = longest_run(text, items);
    let own = list(speakers);
    let with = format!("SELECT quote_id FROM co_speakers WHERE speaker_id IN ({own})");
    let of_speaker = format!(
        "SELECT DISTINCT article_id FROM quotes WHERE id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?1)
         AND (speaker_id IN ({own}) OR id IN ({with})) LIMIT {ARTICLES}"
    );
    if !phrase.is_empty() {
        let phrase = format!("\"{}\"", phrase.join(" "));
        found.extend(reader.rows(&of_speaker, [&phrase], |row| row.get::<_, i64>(0))?);
        if !short {
            let sql = format!(
                "SELECT DISTINCT article_id FROM quotes WHERE id IN
                 (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?1 LIMIT 200) LIMIT {ARTICLES}"
            );
            found.extend(reader.rows(&sql, [&phrase], |row| row.get::<_, i64>(0))?);
        }
    }
    let rare = rarest(reader, text, &words)?;
    // Little words are in nearly all quotes, and tell nothing beside others.
    let telling = rare.iter().filter(|term| !term.little);
    let any: Vec<String> = telling.map(|term| format!("\"{}\"", term.word)).collect();
    if !any.is_empty() {
        let any = any.join(" OR ");
        let sql = format!(
            "SELECT q.article_id FROM quotes_fts CROSS JOIN quotes q ON q.id = quotes_fts.rowid
             WHERE quotes_fts MATCH ?1 AND (q.speaker_id IN ({own}) OR q.id IN ({with}))
             ORDER BY bm25(quotes_fts), q.id LIMIT {ARTICLES}"
        );
        found.extend(reader.rows(&sql, [&any], |row| row.get::<_, i64>(0))?);
        if !short {
            let sql = format!(
                "SELECT q.article_id FROM quotes_fts CROSS JOIN quotes q ON q.id = quotes_fts.rowid
                 WHERE quotes_fts MATCH ?1 ORDER BY bm25(quotes_fts), q.id LIMIT {ARTICLES}"
            );
            found.extend(reader.rows(&sql, [&any], |row| row.get::<_, i64>(0))?);
        }
    }
    found.extend(by_words(reader, &rare)?);
    let mut seen = HashSet::new();
    found.retain(|article| seen.insert(*article));
    Ok(found)
}

/// Articles whose text has most of the rare words.
fn by_words(reader: &Reader, rare: &[Term]) -> Result<Vec<i64>> {
    let all: i64 = reader
        .rows("SELECT count(*) FROM articles", [], |row| row.get(0))?
        .pop()
        .unwrap_or(0);
    let mut scores: HashMap<i64, f64> = HashMap::new();
    for Term { articles, .. } in rare.iter().filter(|term| (1..=COMMON).contains(&term.articles.len())) {
        let weight = 0.1 + (all as f64 / articles.len() as f64).ln();
        for &article in articles {
            *scores.entry(article).or_default() += weight;
        }
    }
    let mut scored: Vec<(i64, f64)> = scores.into_iter().collect();
    scored.sort_by(|(one, score), (other, theirs)| theirs.total_cmp(score).then(one.cmp(other)));
    scored.truncate(ARTICLES);
    Ok(scored.into_iter().map(|(article, _)| article).collect())
}

/// A word as the indexes have it.
struct Term {
    little: bool,
    word: String,
    /// The articles that hold it.
    articles: Vec<i64>,
}

/// The words that fewest articles have; content words first where nothing is known of them.
fn rarest(reader: &Reader, text: &str, words: &[&Word]) -> Result<Vec<Term>> {
    let mut found: Vec<Term> = Vec::new();
    for word in words {
        for term in terms(text, word) {
            if found.iter().all(|known| known.word != term) {
                found.push(Term {
                    little: word.class == Class::Little,
                    articles: reader.articles_with(&term)?,
                    word: term,
                });
            }
        }
    }
    let key = |term: &Term| (term.little, term.articles.len());
    found.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.word.cmp(&other.word)));
    // A text that was never stored counts nowhere: then any content word may do.
    found.truncate(RAREST);
    Ok(found)
}

/// The longest run of words with nothing in between, as the index has them.
fn longest_run(text: &str, items: &[Item]) -> Vec<String> {
    let mut best: Vec<String> = Vec::new();
    for run in items.split(|item| !matches!(item, Item::Word(word) if word.kept.is_none())) {
        let words = run.iter().filter_map(|item| match item {
            Item::Word(word) => Some(word),
            _ => None,
        });
        let terms: Vec<String> = words.flat_map(|word| terms(text, word)).collect();
        if terms.len() > best.len() {
            best = terms;
        }
    }
    best.truncate(24);
    best
}

/// A word as the indexes have it: in pieces.
fn terms(text: &str, word: &Word) -> Vec<String> {
    let terms = pieces(&text[word.start..word.end]).map(fold_name);
    terms.filter(|term| !term.is_empty()).collect()
}
