//! What people put right, kept apart from what was extracted.
//!
//! In: a quote and what is wrong with it. Out: a correction, listed, applied to the quote at once and again whenever its
//! article is read anew, and taken back without a trace in the quote. `quotes.speaker_id` is who is shown;
//! `quotes.extracted_speaker_id` stays what the article was read to say. So with an office and a hidden source, which are of
//! whom the article was read to name and of nobody else.

use super::base::{self, Reader};
use super::somebody::{Meant, meant};
use super::tallies::Tallies;
use super::writer::now;
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;
use std::path::Path;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Somebody else said it: a name, a surname that one person alone bears, or a Wikidata identifier that is known.
    Speaker(String),
    /// Nobody said it: it is no quote.
    NotAQuote,
}

/// A correction that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// The quote, if it is in the database now.
    pub quote: Option<i64>,
    /// Its words.
    pub text: Option<String>,
    /// `speaker` or `not-a-quote`.
    pub action: String,
    /// Who said it, for `speaker`.
    pub speaker: Option<String>,
    /// Who was extracted.
    pub extracted: Option<String>,
    /// Why, in the words of whoever corrected it.
    pub note: Option<String>,
    /// When, UTC.
    pub made: String,
    /// When it was taken back, UTC; by a later correction too.
    pub reverted: Option<String>,
}

/// A correction made just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Its number.
    pub id: i64,
    /// Who said it; nobody if it is no quote.
    pub speaker: Option<Meant>,
}

impl Correction {
    /// Corrects a quote. An earlier correction of the same quote is taken back. The gazetteer tells of people whom the
    /// database does not know. Fails with [`Error::Query`] if there is no such quote, or if the name is nobody's or may
    /// be several people's.
    pub fn make(
        file: &Path,
        quote: i64,
        remedy: &Remedy,
        note: Option<&str>,
        gazetteer: &Gazetteer,
    ) -> Result<Corrected> {
        change(file, |connection| {
            let sql =
                "SELECT a.key, q.key, q.date FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.id = ?1";
            let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let found: Option<(String, i64, Option<String>)> = connection.query_row(sql, [quote], row).optional()?;
            let Some((article, key, date)) = found else {
                return Ok(Err(Error::Query(format!("there is no quote {quote}"))));
            };
            let date = date.and_then(|date| date.parse().ok());
            let (action, speaker) = match remedy {
                Remedy::NotAQuote => ("not-a-quote", None),
                Remedy::Speaker(name) => match meant(connection, gazetteer, name, date)? {
                    Ok(speaker) => ("speaker", Some(speaker)),
                    Err(nobody) => return Ok(Err(nobody)),
                },
            };
            let whom = speaker.as_ref().map(|speaker| speaker.id);
            let sql = "UPDATE corrections SET reverted = ?2 WHERE quote_key = ?1 AND reverted IS NULL";
            connection.execute(sql, params![key, now()])?;
            let sql = "INSERT INTO corrections(article_key, quote_key, action, speaker_id, note, made)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            connection.execute(sql, params![article, key, action, whom, note, now()])?;
            let id = connection.last_insert_rowid();
            apply(connection, &article, key)?;
            Ok(Ok(Corrected { id, speaker }))
        })
    }

    /// Takes a correction back: the quote is again as it was extracted.
    pub fn revert(file: &Path, id: i64) -> Result<()> {
        change(file, |connection| {
            let sql = "UPDATE corrections SET reverted = ?2 WHERE id = ?1 AND reverted IS NULL RETURNING article_key, quote_key";
            let key = connection
                .query_row(sql, params![id, now()], |row| {
                    Ok((row.get::<_, String>(0)?, row.get(1)?))
                })
                .optional()?;
            match key {
                Some((article, key)) => apply(connection, &article, key).map(Ok),
                None => Ok(Err(Error::Query(format!(
                    "there is no correction {id} that could be taken back"
                )))),
            }
        })
    }
}

impl Reader {
    /// Corrections, the newest first: at most `limit`, after the first `offset`.
    pub fn corrections(&self, limit: usize, offset: usize) -> Result<Vec<Correction>> {
        let sql = "SELECT c.id, q.id, q.text, c.action, s.name, e.name, c.note, c.made, c.reverted
                   FROM corrections c LEFT JOIN articles a ON a.key = c.article_key
                   LEFT JOIN quotes q ON q.article_id = a.id AND q.key = c.quote_key
                   LEFT JOIN speakers s ON s.id = c.speaker_id LEFT JOIN speakers e ON e.id = q.extracted_speaker_id
                   ORDER BY c.id DESC LIMIT ?1 OFFSET ?2";
        let range = [limit, offset].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        self.rows(sql, range, |row| {
            Ok(Correction {
                id: row.get(0)?,
                quote: row.get(1)?,
                text: row.get(2)?,
                action: row.get(3)?,
                speaker: row.get(4)?,
                extracted: row.get(5)?,
                note: row.get(6)?,
                made: row.get(7)?,
                reverted: row.get(8)?,
            })
        })
    }
}

/// The correction that stands for a quote: its number, and who said it instead (nobody: it is no quote).
pub(super) fn standing(connection: &Connection, key: i64) -> rusqlite::Result<Option<(i64, Option<i64>)>> {
    let sql =
        "SELECT id, speaker_id FROM corrections WHERE quote_key = ?1 AND reverted IS NULL ORDER BY id DESC LIMIT 1";
    let mut find = connection.prepare_cached(sql)?;
    find.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// Brings a quote to what its standing correction says.
fn apply(connection: &Connection, article: &str, key: i64) -> rusqlite::Result<()> {
    let (speaker, retracted) = match standing(connection, key)? {
        Some((_, speaker)) => (speaker, speaker.is_none()),
        None => (None, false),
    };
    let sql =
        "UPDATE quotes SET retracted = ?3 WHERE key = ?1 AND article_id = (SELECT id FROM articles WHERE key = ?2)
               RETURNING id, statement_id, article_id";
    let mut update = connection.prepare(sql)?;
    let touched = update.query_map(params![key, article, retracted], |row| {
        Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?, row.get(2)?))
    })?;
    let mut tallies = Tallies::default();
    for (quote, statement, article) in touched.collect::<rusqlite::Result<Vec<_>>>()? {
        name(connection, quote, speaker)?;
        count(connection, article)?;
        if let Some(statement) = statement {
            tallies.afresh(statement);
        }
    }
    tallies.write(connection)
}

/// Names who said a quote: whom a correction names, or else whom the article was read to name, in the office it tells of.
pub(super) fn name(connection: &Connection, quote: i64, speaker: Option<i64>) -> rusqlite::Result<()> {
    let sql = "UPDATE quotes SET speaker_id = coalesce(?2, q.extracted_speaker_id), office_id = iif(other, NULL, office),
                 anonymous = iif(other, (SELECT anonymous FROM speakers WHERE id = ?2), hidden),
                 extracted_office_id = iif(other, office, NULL), extracted_anonymous = iif(other, hidden, NULL)
               FROM (SELECT id, extracted_speaker_id, ?2 IS NOT NULL AND ?2 IS NOT extracted_speaker_id AS other,
                       coalesce(extracted_office_id, office_id) AS office, coalesce(extracted_anonymous, anonymous) AS hidden
                     FROM quotes WHERE id = ?1) q
               WHERE quotes.id = ?1";
    connection.prepare_cached(sql)?.execute(params![quote, speaker])?;
    Ok(())
}

/// Counts an article's quotes afresh, where corrections took some away.
pub(super) fn count(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE articles SET (direct, mixed, indirect, anonymous) =
                 (SELECT count(*) FILTER (WHERE type = 'direct'), count(*) FILTER (WHERE type = 'mixed'),
                         count(*) FILTER (WHERE type = 'indirect'), coalesce(sum(anonymous), 0)
                  FROM quotes WHERE article_id = ?1 AND retracted = 0)
               WHERE id = ?1";
    connection.prepare_cached(sql)?.execute([article])?;
    Ok(())
}

/// Does something in one transaction of its own, in a database that is there.
fn change<T>(file: &Path, work: impl FnOnce(&Connection) -> rusqlite::Result<Result<T>>) -> Result<T> {
    // Refuses what is no quote database, and makes none.
    drop(Reader::open(file)?);
    let mut connection = base::open_to_write(file)?;
    let failed = |cause| base::trouble(file, cause);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    let done = work(&transaction).map_err(failed)??;
    transaction.commit().map_err(failed)?;
    Ok(done)
}
