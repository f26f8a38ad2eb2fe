//! Quotes that fit a filter, best or newest first.
//!
//! In: a [`Filter`], how many are wanted and how many to pass over. Out: hits with their words, a snippet, who said it,
//! where and when. With words, the best come first (BM25); without, or with none but the commonest, the newest.

use super::base::Reader;
use super::facets::{Facet, Survey};
use super::filter::{Conditions, Filter};
use super::numbers::Numbers;
use super::together::{CoSpeaker, as_names};
use crate::error::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use serde::Serialize;
use std::cmp::Reverse;

/// Stands in a snippet before a word that was looked for.
pub const MARK_START: char = '\u{2}';
/// Stands in a snippet behind a word that was looked for.
pub const MARK_END: char = '\u{3}';

/// A quote that was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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
    /// Who said it too, written as their names between `; `.
    #[serde(serialize_with = "as_names")]
    pub co_speakers: Vec<CoSpeaker>,
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

/// What the columns of a quote `q` are taken from.
pub(super) const JOINS: &str = "JOIN articles a ON a.id = q.article_id LEFT JOIN speakers s ON s.id = q.speaker_id
    LEFT JOIN offices o ON o.id = q.office_id LEFT JOIN sources src ON src.id = q.source_id
    LEFT JOIN statements st ON st.id = q.statement_id";

/// Words that stand in more quotes than one in so many are common.
const COMMON: u64 = 8;
/// Of fewer than these, all are ranked.
const FEW: u64 = 2000;
/// Of more than these that have the words, if these are all that was asked for, none is: it takes a tenth of a second.
const MOST_RANKED: u64 = 30_000;

/// After so many quotes that do not fit, an index is asked which ones do.
const PASSED_BY: usize = 20_000;

/// Of a speaker's quotes in a time, so many are looked up in the index one by one; more than that, and the index is
/// read instead.
const ONE_BY_ONE: i64 = 3000;

impl Reader {
    /// Quotes that fit, at most `limit`, after the first `offset`.
    pub fn search(&self, filter: &Filter, limit: usize, offset: usize) -> Result<Vec<Hit>> {
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            self.hits(&conditions, None, limit, offset)
        })
    }

    /// Some of the quotes that fit, and what is counted of all of them, `values` of each facet at most: as `search` and
    /// `survey` tell, but of one moment, and what fits is looked for once.
    pub fn search_and_survey(
        &self,
        filter: &Filter,
        limit: usize,
        offset: usize,
        facets: &[Facet],
        values: usize,
    ) -> Result<(Vec<Hit>, Survey)> {
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            let hits = self.hits(&conditions, fit.as_ref(), limit, offset)?;
            Ok((hits, self.surveyed(&conditions, fit.as_ref(), facets, values)?))
        })
    }

    fn hits(&self, conditions: &Conditions, fit: Option<&Numbers>, limit: usize, offset: usize) -> Result<Vec<Hit>> {
        let ids = self.ranked(conditions, fit, limit, offset)?;
        let mut hits = ids.into_iter().map(|id| self.stored(id)).collect::<Result<Vec<_>>>()?;
        if let Some(matching) = &conditions.matching {
            mark(matching, &mut hits).map_err(|cause| self.failed(cause))?;
        }
        Ok(hits)
    }

    /// One quote.
    pub fn quote(&self, id: i64) -> Result<Option<Hit>> {
        let sql = format!("SELECT {COLUMNS} FROM quotes q {JOINS} WHERE q.id = ?1");
        let Some(hit) = self.rows(&sql, [id], read)?.pop() else {
            return Ok(None);
        };
        let co_speakers = self.co_speakers(id)?;
        Ok(Some(Hit { co_speakers, ..hit }))
    }

    /// A quote that another table points to.
    pub(super) fn stored(&self, id: i64) -> Result<Hit> {
        let gone = || self.failed(rusqlite::Error::QueryReturnedNoRows);
        self.quote(id)?.ok_or_else(gone)
    }

    /// The numbers of the quotes wanted. Which ones fit may be known.
    fn ranked(&self, conditions: &Conditions, fit: Option<&Numbers>, limit: usize, offset: usize) -> Result<Vec<i64>> {
        let words = self.words(conditions)?;
        let matching = match &conditions.matching {
            Some(matching) if !self.are_common(words, conditions.sql.len() == 1)? => matching,
            _ => return self.newest(conditions, fit, fit.or(words), limit, offset),
        };
        let mut values = conditions.values.clone();
        let mut bind = |value: Value| {
            values.push(value);
            format!("?{}", values.len())
        };
        let all = conditions.all();
        let matching = bind(matching.clone().into());
        let (limit, offset) = (bind((limit as i64).into()), bind((offset as i64).into()));
        // Which way round: a speaker of few quotes, each looked up in the index; or the index, each hit checked: by numbers
        // that another index knows, or else by its row, which takes three times as long.
        let (select, fits) = if self.few(conditions)? {
            let own = conditions.query("q.id AS id");
            let from = format!("({own}) q CROSS JOIN quotes_fts ON quotes_fts.rowid = q.id");
            (format!("q.id FROM {from}"), "TRUE".to_owned())
        } else if conditions.speakers.is_some() && conditions.indexed {
            let fits = format!("+quotes_fts.rowid IN ({})", conditions.query("q.id"));
            ("quotes_fts.rowid FROM quotes_fts".to_owned(), fits)
        } else {
            let from = "quotes_fts CROSS JOIN quotes q ON q.id = quotes_fts.rowid";
            (format!("q.id FROM {from}"), all)
        };
        let sql = format!(
            "SELECT {select} WHERE quotes_fts MATCH {matching} AND {fits}
             ORDER BY bm25(quotes_fts), quotes_fts.rowid LIMIT {limit} OFFSET {offset}"
        );
        self.rows(&sql, params_from_iter(values), |row| row.get(0))
    }

    /// The newest quotes that fit, of certain ones if not of all. Where it is known which ones fit, and they are many, all
    /// quotes are gone through from the newest on: soon there are enough.
    fn newest(
        &self,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        of: Option<&Numbers>,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<i64>> {
        let many = match fit {
            Some(fit) if self.are_few(fit)? && !conditions.narrow => return self.in_order(fit, limit, offset),
            Some(fit) => !self.are_few(fit)?,
            None => false,
        };
        let sql = newest_first(conditions, many);
        let mut left = PASSED_BY;
        let mut found = || -> rusqlite::Result<Vec<i64>> {
            let mut quotes = self.connection.prepare_cached(&sql)?;
            let mut rows = quotes.query(params_from_iter(&conditions.values))?;
            let (mut found, mut passed) = (Vec::new(), 0);
            while found.len() < limit
                && left > 0
                && let Some(row) = rows.next()?
            {
                let id: i64 = row.get(0)?;
                if !row.get::<_, bool>(1)? {
                    left -= usize::from(fit.is_none());
                    continue;
                }
                if of.is_some_and(|of| !of.contains(id)) {
                    continue;
                }
                if passed < offset {
                    passed += 1;
                } else {
                    found.push(id);
                }
            }
            Ok(found)
        };
        let found = found().map_err(|cause| self.failed(cause))?;
        if left == 0 {
            return self.newest(conditions, Some(&self.numbers(conditions)?), None, limit, offset);
        }
        Ok(found)
    }

    /// Of a few quotes the newest, as the index of articles has them.
    fn in_order(&self, fit: &Numbers, limit: usize, offset: usize) -> Result<Vec<i64>> {
        let mut all = Vec::new();
        let sql = "SELECT date, article_id, number, id FROM quotes WHERE id = ?1";
        self.one_by_one(fit, sql, |row| {
            let (day, article, number): (Option<String>, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            all.push((Reverse((day, article, number)), row.get(3)?));
            Ok(())
        })?;
        all.sort_unstable();
        Ok(all.into_iter().skip(offset).take(limit).map(|(_, id)| id).collect())
    }

    /// Whether so many quotes have the words, which may be all that is asked for, that these weigh next to nothing: BM25
    /// would put in order by length alone, and take long.
    fn are_common(&self, words: Option<&Numbers>, alone: bool) -> Result<bool> {
        let count = words.map_or(0, Numbers::len);
        Ok(alone && count > MOST_RANKED || count >= FEW && count.saturating_mul(COMMON) > self.last_number()?)
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
}

/// Gives each hit its snippet, out of an index of these hits alone: in that of all quotes, words that begin alike are put
/// together anew for each hit.
fn mark(matching: &str, hits: &mut [Hit]) -> rusqlite::Result<()> {
    if hits.is_empty() {
        return Ok(());
    }
    let mut memory = Connection::open_in_memory()?;
    let all = memory.transaction()?;
    all.execute_batch(INDEX_OF_HITS)?;
    let mut insert = all.prepare("INSERT INTO hits(rowid, text) VALUES (?1, ?2)")?;
    for (at, hit) in hits.iter().enumerate() {
        insert.execute(params![at as i64, hit.text])?;
    }
    let sql = "SELECT rowid, snippet(hits, 0, char(2), char(3), '…', 32) FROM hits WHERE hits MATCH ?1";
    let mut marked = all.prepare(sql)?;
    let mut rows = marked.query([matching])?;
    while let Some(row) = rows.next()? {
        if let Some(hit) = hits.get_mut(row.get::<_, i64>(0)? as usize) {
            hit.snippet = row.get(1)?;
        }
    }
    Ok(())
}

/// With the tokenizer of `quotes_fts`.
const INDEX_OF_HITS: &str =
    "CREATE VIRTUAL TABLE hits USING fts5(text, tokenize=\"porter unicode61 remove_diacritics 2\")";

/// The numbers of the quotes that fit, words aside, the newest first: article by article in the order of an index, or put
/// in order if there are few. Behind each whether it fits; if that is known (`checked`), only the time and the outlet are
/// looked at.
fn newest_first(conditions: &Conditions, checked: bool) -> String {
    let all = conditions.all();
    if conditions.narrow && !checked {
        let quotes = conditions.query("q.id AS id, q.date AS date");
        return format!("SELECT id, TRUE, date FROM ({quotes}) ORDER BY date DESC, id DESC");
    }
    let fits = if checked { "TRUE" } else { &*all };
    let of_articles = match conditions.of_articles.is_empty() {
        true => String::new(),
        false => format!("WHERE {}", conditions.of_articles.join(" AND ")),
    };
    // What is bound and not asked for here is bound all the same.
    let bound = match conditions.values.len() {
        0 => String::new(),
        bound => format!(", ?{bound}"),
    };
    let order = match conditions.narrow {
        true => "q.id DESC",
        false => "a.id DESC, q.number DESC",
    };
    format!(
        "SELECT q.id, ({fits}) IS TRUE{bound} FROM articles a CROSS JOIN quotes q ON q.article_id = a.id {of_articles}
         ORDER BY a.date DESC, {order}"
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
        co_speakers: Vec::new(),
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
