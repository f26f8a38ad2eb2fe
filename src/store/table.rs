//! Quotes as rows of a table, as many as there are.
//!
//! In: a [`Filter`] and an order. Out: one row after the other, each with all that the database knows of a quote and its
//! article but for the article's text; no more than one is held.

use super::base::Reader;
use super::filter::Filter;
use super::pages::spans;
use super::search::JOINS;
use super::together::{CoSpeaker, as_names};
use crate::error::Result;
use rusqlite::params_from_iter;
use serde::{Serialize, Serializer};

/// A quote.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// The article's identifier.
    pub article: Option<String>,
    /// The article's headline.
    pub title: Option<String>,
    /// The article's day.
    pub date: Option<String>,
    /// Where the article was found.
    pub url: Option<String>,
    /// The outlet.
    pub site: Option<String>,
    /// The quote's number in its article.
    pub quote: u32,
    /// `direct`, `mixed` or `indirect`.
    pub r#type: String,
    /// Its words.
    pub text: String,
    /// Where its first piece starts.
    pub start: u32,
    /// Where its last piece ends.
    pub end: u32,
    /// All pieces: `85-105;120-130`.
    #[serde(serialize_with = "places")]
    pub spans: Vec<(u32, u32)>,
    /// The verbatim parts of it, written in the same way.
    #[serde(serialize_with = "places")]
    pub quoted: Vec<(u32, u32)>,
    /// What offsets count: `char`, unless the record came with other ones and without its text.
    pub offsets: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// `person`, `organization` …
    pub kind: Option<String>,
    /// Wikidata's identifier of who said it.
    pub wikidata: Option<String>,
    /// The speaker's country, an ISO 3166 code.
    pub country: Option<String>,
    /// The office held then.
    pub office: Option<String>,
    /// Whether the text hides who it is.
    pub anonymous: bool,
    /// Why, if the text says so.
    pub reason: Option<String>,
    /// How the article calls the speaker at this place.
    pub mention: Option<String>,
    /// Where that starts.
    pub mention_start: Option<u32>,
    /// Where that ends.
    pub mention_end: Option<u32>,
    /// `name`, `pronoun` …
    pub form: Option<String>,
    /// The expression that attributes.
    pub cue: Option<String>,
    /// What sort of speech: statement, denial …
    pub attitude: Option<String>,
    /// Whether it is said not to have been said.
    pub negated: bool,
    /// Whether it is only imagined.
    pub hypothetical: bool,
    /// The number of the quote whose content it stands in.
    pub within: Option<u32>,
    /// The sentence it starts in.
    pub sentence: Option<u32>,
    /// Probability that words and speaker are right.
    pub confidence: f64,
    /// The construction.
    pub rule: String,
    /// Who said it too, written as their names between `; `.
    #[serde(serialize_with = "as_names")]
    pub co_speakers: Vec<CoSpeaker>,
    /// Its number in the database.
    pub id: i64,
    /// Its article's number in the database.
    pub article_id: i64,
    /// Its speaker's number in the database.
    pub speaker_id: Option<i64>,
    /// Its statement's number in the database.
    pub statement: Option<i64>,
    /// In how many articles that are no copies of each other the statement stands.
    pub independent: i64,
    /// Whether a correction changed its speaker.
    pub corrected: bool,
}

/// In which order rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Article by article, in the order of the text.
    Article,
    /// Statement by statement.
    Statement,
}

const COLUMNS: &str = "a.record_id, a.title, q.date, a.url, src.name, q.number, q.type, q.text, q.spans, q.quoted,
    a.offsets, s.name, s.kind, s.wikidata, s.country, o.name, q.anonymous, q.reason, q.mention, q.mention_start,
    q.mention_end, q.mention_form, q.cue, q.attitude, q.negated, q.hypothetical, q.within, q.sentence, q.confidence, q.rule,
    q.id, q.article_id, q.speaker_id, q.statement_id, coalesce(st.independent, 1),
    q.speaker_id IS NOT q.extracted_speaker_id, EXISTS (SELECT 1 FROM co_speakers c WHERE c.quote_id = q.id)";

impl Reader {
    /// Calls `each` with all quotes that fit. An error of `each` ends it.
    pub fn table(&self, filter: &Filter, order: Order, mut each: impl FnMut(Row) -> Result<()>) -> Result<()> {
        let conditions = self.conditions(filter)?;
        let mut values = conditions.values.clone();
        let from = match &conditions.matching {
            None if conditions.is_either() => {
                format!(
                    "({}) CROSS JOIN quotes q ON q.id = hit",
                    conditions.query("q.id AS hit")
                )
            }
            None => "quotes q".to_owned(),
            Some(matching) => {
                values.push(matching.clone().into());
                let words = format!(
                    "SELECT rowid AS hit FROM quotes_fts WHERE quotes_fts MATCH ?{}",
                    values.len()
                );
                format!("({words}) CROSS JOIN quotes q ON q.id = hit")
            }
        };
        let order = match order {
            Order::Article => "q.article_id, q.number",
            Order::Statement => "q.statement_id, q.id",
        };
        let all = conditions.all();
        let sql = format!("SELECT {COLUMNS} FROM {from} {JOINS} WHERE {all} ORDER BY {order}");
        let failed = |cause| self.failed(cause);
        let mut statement = self.connection.prepare(&sql).map_err(failed)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let joint: bool = row.get(36).map_err(failed)?;
            let mut row = read(row).map_err(failed)?;
            if joint {
                row.co_speakers = self.co_speakers(row.id)?;
            }
            each(row)?;
        }
        Ok(())
    }
}

impl Row {
    /// The verbatim parts, in words. Empty if the offsets do not say where they are.
    pub fn passages(&self) -> Vec<String> {
        if self.offsets != "char" {
            return Vec::new();
        }
        // The text is made of its pieces, with a blank between two of them.
        let mut before = 0;
        let mut passages = Vec::new();
        for &(start, end) in &self.spans {
            for &(from, to) in &self.quoted {
                if start <= from && to <= end {
                    let skipped = (before + from - start) as usize;
                    let words = self.text.chars().skip(skipped);
                    passages.push(words.take((to - from) as usize).collect());
                }
            }
            before += end.saturating_sub(start) + 1;
        }
        passages
    }
}

fn read(row: &rusqlite::Row) -> rusqlite::Result<Row> {
    let places = spans(row, 8)?;
    Ok(Row {
        article: row.get(0)?,
        title: row.get(1)?,
        date: row.get(2)?,
        url: row.get(3)?,
        site: row.get(4)?,
        quote: row.get(5)?,
        r#type: row.get(6)?,
        text: row.get(7)?,
        start: places.first().map_or(0, |place| place.0),
        end: places.last().map_or(0, |place| place.1),
        spans: places,
        quoted: spans(row, 9)?,
        offsets: row.get(10)?,
        speaker: row.get(11)?,
        kind: row.get(12)?,
        wikidata: row.get(13)?,
        country: row.get(14)?,
        office: row.get(15)?,
        anonymous: row.get(16)?,
        reason: row.get(17)?,
        mention: row.get(18)?,
        mention_start: row.get(19)?,
        mention_end: row.get(20)?,
        form: row.get(21)?,
        cue: row.get(22)?,
        attitude: row.get(23)?,
        negated: row.get(24)?,
        hypothetical: row.get(25)?,
        within: row.get(26)?,
        sentence: row.get(27)?,
        confidence: row.get(28)?,
        rule: row.get(29)?,
        co_speakers: Vec::new(),
        id: row.get(30)?,
        article_id: row.get(31)?,
        speaker_id: row.get(32)?,
        statement: row.get(33)?,
        independent: row.get(34)?,
        corrected: row.get(35)?,
    })
}

/// Places on one line.
pub(crate) fn written(places: &[(u32, u32)]) -> String {
    let places: Vec<String> = places.iter().map(|(start, end)| format!("{start}-{end}")).collect();
    places.join(";")
}

fn places<S: Serializer>(places: &[(u32, u32)], to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_str(&written(places))
}
