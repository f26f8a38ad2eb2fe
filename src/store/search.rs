//! Quotes that fit a filter, best or newest first.
//!
//! In: a [`Filter`], how many are wanted and how many to pass over. Out: hits with their words, a snippet, who said it,
//! where and when. With words, the best come first (BM25); without, or with none but the commonest, the newest.

use super::base::Reader;
use super::filter::{Conditions, Filter};
use crate::error::Result;
use rusqlite::Row;
use rusqlite::types::Value;
use serde::Serialize;

/// Stands in a snippet before a word that was looked for.
pub const MARK_START: char = '\u{2}';
/// Stands in a snippet behind a word that was looked for.
pub const MARK_END: char = '\u{3}';

/// A quote that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its number.
    pub id: i64,
    /// Its statement's number.
    pub statement: Option<i64>,
    /// Its article's number.
    pub article: i64,
    /// `direct`, `mixed` or `indirect`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its words.
    pub text: String,
    /// A piece of them, the words looked for between [`MARK_START`] and [`MARK_END`]; empty if none were.
    #[serde(skip)]
    pub snippet: String,
    /// Who said it, by number.
    pub speaker_id: Option<i64>,
    /// Who said it.
    pub speaker: Option<String>,
    /// Wikidata's identifier of who said it.
    pub wikidata: Option<String>,
    /// The office held then.
    pub office: Option<String>,
    /// How the article calls the speaker at this place.
    pub mention: Option<String>,
    /// The expression that attributes.
    pub cue: Option<String>,
    /// Whether the text hides who it is.
    pub anonymous: bool,
    /// Whether it is said not to have been said.
    pub negated: bool,
    /// Whether it is only imagined.
    pub hypothetical: bool,
    /// The article's day.
    pub date: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The article's headline.
    pub title: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// The article's identifier.
    pub record_id: Option<String>,
    /// Probability that words and speaker are right.
    pub confidence: f64,
    /// In how many articles that are no copies of each other it stands.
    pub independent: i64,
    /// Whether a correction changed its speaker.
    pub corrected: bool,
}

const COLUMNS: &str = "q.id, q.statement_id, q.article_id, q.type, q.text, q.speaker_id, s.name, s.wikidata, o.name,
    q.mention, q.cue, q.anonymous, q.negated, q.hypothetical, q.date, src.name, a.title, a.url, a.record_id,
    q.confidence, coalesce(st.independent, 1), q.speaker_id IS NOT q.extracted_speaker_id";

const JOINS: &str = "JOIN articles a ON a.id = q.article_id LEFT JOIN speakers s ON s.id = q.speaker_id
    LEFT JOIN offices o ON o.id = q.office_id LEFT JOIN sources src ON src.id = q.source_id
    LEFT JOIN statements st ON st.id = q.statement_id";

/// So many hits at either end of the index tell how common the words are.
const SAMPLE: i64 = 2000;
/// Of what is asked for newest first, so much is looked up one by one.
const NEWEST: usize = 500;

/// Of a speaker's quotes in a time, so many are looked up in the index one by one; more than that, and the index is
/// read instead.
const ONE_BY_ONE: i64 = 3000;

impl Reader {
    /// Quotes that fit, at most `limit`, after the first `offset`.
    pub fn search(&self, filter: &Filter, limit: usize, offset: usize) -> Result<Vec<Hit>> {
        let conditions = self.conditions(filter)?;
        let mut hits = Vec::new();
        for id in self.ranked(&conditions, limit, offset)? {
            let mut hit = self.stored(id)?;
            if let Some(matching) = &conditions.matching {
                hit.snippet = self.snippet(matching, id)?;
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    /// One quote.
    pub fn quote(&self, id: i64) -> Result<Option<Hit>> {
        let sql = format!("SELECT {COLUMNS} FROM quotes q {JOINS} WHERE q.id = ?1");
        Ok(self.rows(&sql, [id], read)?.pop())
    }

    /// A quote that another table points to.
    pub(super) fn stored(&self, id: i64) -> Result<Hit> {
        let gone = || self.failed(rusqlite::Error::QueryReturnedNoRows);
        self.quote(id)?.ok_or_else(gone)
    }

    fn ranked(&self, conditions: &Conditions, limit: usize, offset: usize) -> Result<Vec<i64>> {
        let mut values = conditions.values.clone();
        let mut bind = |value: Value| {
            values.push(value);
            format!("?{}", values.len())
        };
        let all = conditions.all();
        let sql = match &conditions.matching {
            None => {
                let (limit, offset) = (bind((limit as i64).into()), bind((offset as i64).into()));
                format!("{} LIMIT {limit} OFFSET {offset}", newest_first(conditions))
            }
            Some(matching) if self.common(matching)? => {
                if limit + offset <= NEWEST {
                    return self.newest(conditions, matching, limit, offset);
                }
                let matching = bind(matching.clone().into());
                let (limit, offset) = (bind((limit as i64).into()), bind((offset as i64).into()));
                format!(
                    "SELECT q.id FROM quotes_fts CROSS JOIN quotes q ON q.id = quotes_fts.rowid
                     WHERE {all} AND quotes_fts MATCH {matching} ORDER BY q.date DESC, q.id DESC
                     LIMIT {limit} OFFSET {offset}"
                )
            }
            Some(matching) => {
                let matching = bind(matching.clone().into());
                let (limit, offset) = (bind((limit as i64).into()), bind((offset as i64).into()));
                // Which way round: a speaker of few quotes, each looked up in the index; or the index, each hit checked:
                // by numbers that another index knows, or else by its row, which takes three times as long.
                let (select, fits) = if self.few(conditions)? {
                    let from = "quotes q CROSS JOIN quotes_fts ON quotes_fts.rowid = q.id";
                    (format!("q.id FROM {from}"), all)
                } else if conditions.speakers.is_some() && conditions.indexed {
                    let fits = format!("+quotes_fts.rowid IN (SELECT q.id FROM quotes q WHERE {all})");
                    ("quotes_fts.rowid FROM quotes_fts".to_owned(), fits)
                } else {
                    let from = "quotes_fts CROSS JOIN quotes q ON q.id = quotes_fts.rowid";
                    (format!("q.id FROM {from}"), all)
                };
                format!(
                    "SELECT {select} WHERE quotes_fts MATCH {matching} AND {fits}
                     ORDER BY bm25(quotes_fts), quotes_fts.rowid LIMIT {limit} OFFSET {offset}"
                )
            }
        };
        self.rows(&sql, rusqlite::params_from_iter(values), |row| row.get(0))
    }

    /// The newest quotes that fit and have the words: put in order first, day by day where an index allows that, then
    /// looked up until there are enough.
    fn newest(&self, conditions: &Conditions, matching: &str, limit: usize, offset: usize) -> Result<Vec<i64>> {
        let sql = newest_first(conditions);
        let has = "SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH ?1 AND quotes_fts.rowid = ?2";
        let found = || -> rusqlite::Result<Vec<i64>> {
            let (mut quotes, mut has) = (
                self.connection.prepare_cached(&sql)?,
                self.connection.prepare_cached(has)?,
            );
            let mut rows = quotes.query(rusqlite::params_from_iter(&conditions.values))?;
            let mut found = Vec::new();
            while found.len() < limit + offset
                && let Some(row) = rows.next()?
            {
                let id: i64 = row.get(0)?;
                if has.exists(rusqlite::params![matching, id])? {
                    found.push(id);
                }
            }
            Ok(found.split_off(offset.min(found.len())))
        };
        found().map_err(|cause| self.failed(cause))
    }

    /// Whether more than every second quote has these words. Then they weigh nothing: where BM25 gives a word of half of
    /// all texts no weight, no hit is better than another one.
    fn common(&self, matching: &str) -> Result<bool> {
        for (order, far) in [("ASC", "rowid"), ("DESC", "(SELECT max(id) FROM quotes) + 1 - rowid")] {
            let sql = format!(
                "SELECT {far} FROM quotes_fts WHERE quotes_fts MATCH ?1 ORDER BY rowid {order} LIMIT 1 OFFSET ?2"
            );
            let found = self.rows(&sql, rusqlite::params![matching, SAMPLE], |row| row.get::<_, i64>(0))?;
            if found.first().is_none_or(|&far| far > 2 * SAMPLE) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a speaker with few quotes is asked for.
    fn few(&self, conditions: &Conditions) -> Result<bool> {
        let Some(speakers) = &conditions.speakers else {
            return Ok(false);
        };
        let mut left = ONE_BY_ONE;
        for speaker in speakers {
            let sql = "SELECT count(*) FROM (SELECT 1 FROM quotes WHERE speaker_id = ?1 AND retracted = 0 LIMIT ?2)";
            let some = self.rows(sql, [speaker, &left], |row| row.get::<_, i64>(0))?;
            left -= some.first().copied().unwrap_or_default();
            if left <= 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn snippet(&self, matching: &str, id: i64) -> Result<String> {
        let sql = "SELECT snippet(quotes_fts, 0, char(2), char(3), '…', 32) FROM quotes_fts
                   WHERE quotes_fts MATCH ?1 AND rowid = ?2";
        let found = self.rows(sql, rusqlite::params![matching, id], |row| row.get::<_, String>(0))?;
        Ok(found.into_iter().next().unwrap_or_default())
    }
}

/// The numbers of the quotes that fit, words aside, the newest first: article by article in the order of an index, or put
/// in order if there are few.
fn newest_first(conditions: &Conditions) -> String {
    let all = conditions.all();
    if conditions.narrow {
        return format!("SELECT q.id FROM quotes q WHERE {all} ORDER BY q.date DESC, q.id DESC");
    }
    let of_articles = conditions.of_articles.join(" AND ");
    let both = if of_articles.is_empty() {
        all
    } else {
        format!("{of_articles} AND {all}")
    };
    format!(
        "SELECT q.id FROM articles a CROSS JOIN quotes q ON q.article_id = a.id WHERE {both}
         ORDER BY a.date DESC, a.id DESC, q.number DESC"
    )
}

fn read(row: &Row) -> rusqlite::Result<Hit> {
    Ok(Hit {
        id: row.get(0)?,
        statement: row.get(1)?,
        article: row.get(2)?,
        kind: row.get(3)?,
        text: row.get(4)?,
        snippet: String::new(),
        speaker_id: row.get(5)?,
        speaker: row.get(6)?,
        wikidata: row.get(7)?,
        office: row.get(8)?,
        mention: row.get(9)?,
        cue: row.get(10)?,
        anonymous: row.get(11)?,
        negated: row.get(12)?,
        hypothetical: row.get(13)?,
        date: row.get(14)?,
        outlet: row.get(15)?,
        title: row.get(16)?,
        url: row.get(17)?,
        record_id: row.get(18)?,
        confidence: row.get(19)?,
        independent: row.get(20)?,
        corrected: row.get(21)?,
    })
}
