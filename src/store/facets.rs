//! Counts: of quotes by whatever they can be told apart by, by month, and of all there is.
//!
//! In: a [`Filter`] and a [`Facet`]. Out: values with how many quotes have them, most first. The plain ones are answered
//! from an index alone.

use super::base::Reader;
use super::filter::Filter;
use super::search::matched;
use crate::error::Result;
use crate::plot::Bar;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

/// What quotes are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Who said it.
    Speaker,
    /// The speaker's office.
    Office,
    /// The speaker's country.
    Country,
    /// The outlet.
    Outlet,
    /// The month, `2017-04`.
    Month,
    /// `direct`, `mixed`, `indirect`.
    Type,
    /// Whom or what it mentions.
    About,
}

/// A value, and how many quotes have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The number of the speaker, office or outlet; none for other values.
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// How many quotes.
    pub quotes: u64,
}

/// The quotes of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2017-04`.
    pub month: String,
    /// How many.
    pub quotes: u64,
    /// How many of them of sources that the text hides.
    pub anonymous: u64,
}

/// How many quotes an outlet printed, and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its name; none for articles that name none.
    pub outlet: Option<String>,
    /// How many.
    pub quotes: u64,
    /// How many of them of sources that the text hides.
    pub anonymous: u64,
}

/// How much there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Articles that are copies of others.
    pub copies: u64,
    /// Quotes.
    pub quotes: u64,
    /// Quotes whose speaker is known by name.
    pub attributed: u64,
    /// Quotes of sources that the text hides.
    pub anonymous: u64,
    /// Statements.
    pub statements: u64,
    /// Statements that different articles give to different speakers.
    pub conflicts: u64,
    /// Speakers quoted.
    pub speakers: u64,
    /// Corrections that stand.
    pub corrections: u64,
    /// The first day.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// Bytes of the articles' texts.
    pub text_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
}

impl Count {
    /// From a row of number, name and count.
    pub(super) fn read(row: &rusqlite::Row) -> rusqlite::Result<Count> {
        Ok(Count {
            id: row.get(0)?,
            name: row.get(1)?,
            quotes: row.get::<_, i64>(2)? as u64,
        })
    }
}

impl Month {
    /// As a bar of a plot, the anonymous ones told apart.
    pub fn bar(&self) -> Bar {
        Bar {
            label: self.month.clone(),
            value: self.quotes,
            part: self.anonymous,
        }
    }
}

impl Reader {
    /// The values of a facet among the quotes that fit, most first, `limit` at most.
    pub fn facet(&self, filter: &Filter, facet: Facet, limit: usize) -> Result<Vec<Count>> {
        let conditions = self.conditions(filter)?;
        let (from, mut values) = matched(&conditions);
        let all = conditions.all();
        values.push(Value::Integer(limit as i64));
        let top = format!("ORDER BY n DESC, v LIMIT ?{}", values.len());
        let named = |column: &str, table: &str| {
            format!(
                "SELECT t.id, t.name, c.n FROM
                 (SELECT {column} v, count(*) n FROM {from} WHERE {all} AND {column} IS NOT NULL GROUP BY v {top}) c
                 JOIN {table} t ON t.id = c.v ORDER BY c.n DESC, c.v"
            )
        };
        let sql = match facet {
            Facet::Speaker => named("q.speaker_id", "speakers"),
            Facet::Office => named("q.office_id", "offices"),
            Facet::Outlet => named("q.source_id", "sources"),
            // By day first, which the index has in order.
            Facet::Month => format!(
                "SELECT NULL, substr(day, 1, 7) v, sum(quotes) n FROM
                 (SELECT q.date day, count(*) quotes FROM {from} WHERE {all} AND q.date IS NOT NULL GROUP BY day)
                 GROUP BY v {top}"
            ),
            Facet::Type => format!(
                "SELECT NULL, type v, sum(quotes) n FROM
                 (SELECT q.date day, q.type type, count(*) quotes FROM {from} WHERE {all} GROUP BY day, type)
                 GROUP BY v {top}"
            ),
            Facet::Country => format!(
                "SELECT NULL, s.country v, sum(c.n) n FROM
                 (SELECT q.speaker_id id, count(*) n FROM {from} WHERE {all} AND q.speaker_id IS NOT NULL GROUP BY 1) c
                 JOIN speakers s ON s.id = c.id WHERE s.country IS NOT NULL GROUP BY v {top}"
            ),
            Facet::About => {
                let quotes = if conditions.sql.len() == 1 && conditions.matching.is_none() {
                    // All of them: no need to look at each.
                    format!("SELECT speaker_id v, count(*) n FROM about GROUP BY v {top}")
                } else {
                    format!(
                        "SELECT b.speaker_id v, count(*) n FROM {from} JOIN about b ON b.quote_id = q.id
                         WHERE {all} GROUP BY v {top}"
                    )
                };
                format!(
                    "SELECT t.id, t.name, c.n FROM ({quotes}) c JOIN speakers t ON t.id = c.v ORDER BY c.n DESC, c.v"
                )
            }
        };
        self.rows(&sql, params_from_iter(values), Count::read)
    }

    /// Quotes that fit, month by month, in order; months without any are not there.
    pub fn timeline(&self, filter: &Filter) -> Result<Vec<Month>> {
        let conditions = self.conditions(filter)?;
        let (from, values) = matched(&conditions);
        let all = conditions.all();
        let sql = format!(
            "SELECT substr(day, 1, 7) v, sum(quotes), sum(hidden) FROM
             (SELECT q.date day, count(*) quotes, sum(q.anonymous) hidden FROM {from}
              WHERE {all} AND q.date IS NOT NULL GROUP BY day) GROUP BY v ORDER BY v"
        );
        self.rows(&sql, params_from_iter(values), month)
    }

    /// Outlets of the quotes that fit, the one with most first, `limit` at most.
    pub fn outlets(&self, filter: &Filter, limit: usize) -> Result<Vec<Outlet>> {
        let conditions = self.conditions(filter)?;
        let (from, mut values) = matched(&conditions);
        let all = conditions.all();
        values.push(Value::Integer(limit as i64));
        let limit = values.len();
        let sql = format!(
            "SELECT s.name, c.n, c.hidden FROM
             (SELECT q.source_id v, count(*) n, sum(q.anonymous) hidden FROM {from} WHERE {all}
              GROUP BY v ORDER BY n DESC, v LIMIT ?{limit}) c
             LEFT JOIN sources s ON s.id = c.v ORDER BY c.n DESC, c.v"
        );
        self.rows(&sql, params_from_iter(values), |row| {
            Ok(Outlet {
                outlet: row.get(0)?,
                quotes: row.get::<_, i64>(1)? as u64,
                anonymous: row.get::<_, i64>(2)? as u64,
            })
        })
    }

    /// How much there is of everything.
    pub fn stats(&self) -> Result<Stats> {
        let number = |sql: &str| -> Result<u64> {
            let number = self.rows(sql, [], |row| row.get::<_, Option<i64>>(0))?;
            Ok(number.into_iter().flatten().next().unwrap_or_default() as u64)
        };
        let days = "SELECT min(date), max(date) FROM quotes WHERE retracted = 0";
        let days = self.rows(days, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (first, last) = days.into_iter().next().unwrap_or_default();
        Ok(Stats {
            articles: number("SELECT count(*) FROM articles")?,
            copies: number("SELECT count(*) FROM articles WHERE copy_of IS NOT NULL")?,
            quotes: number("SELECT count(*) FROM quotes WHERE retracted = 0")?,
            attributed: number("SELECT count(*) FROM quotes WHERE retracted = 0 AND speaker_id IS NOT NULL")?,
            anonymous: number("SELECT sum(anonymous) FROM quotes WHERE retracted = 0")?,
            statements: number("SELECT count(*) FROM statements WHERE appearances > 0")?,
            conflicts: number("SELECT count(*) FROM statements WHERE conflict = 1")?,
            speakers: number("SELECT count(DISTINCT speaker_id) FROM quotes WHERE retracted = 0")?,
            corrections: number("SELECT count(*) FROM corrections WHERE reverted IS NULL")?,
            first,
            last,
            text_bytes: number("SELECT sum(octet_length(text)) FROM articles")?,
            file_bytes: number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
        })
    }
}

fn month(row: &rusqlite::Row) -> rusqlite::Result<Month> {
    Ok(Month {
        month: row.get(0)?,
        quotes: row.get::<_, i64>(1)? as u64,
        anonymous: row.get::<_, i64>(2)? as u64,
    })
}
