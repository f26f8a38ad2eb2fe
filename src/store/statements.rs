//! One statement, many appearances.
//!
//! In: a quote's words and speaker, inside the writer's transaction. Out: the statement it belongs to and the variant of
//! its words, found by the shingles it shares with earlier ones or made anew; and the figures of each statement that was
//! touched, counted afresh when a batch ends. Looking up costs a few index probes a quote, however many there are.

use super::same::{Sketch, likeness, same_at};
use super::sketches::{POSTINGS, Posting, Sketches, postings};
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many earlier variants are compared word by word.
const CANDIDATES: usize = 6;

/// Where a quote belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belongs {
    pub(super) statement: i64,
    pub(super) variant: i64,
    /// Whether the same words were there before.
    pub(super) known: bool,
    /// Whether the statement's figures are right already: it is this quote alone.
    pub(super) counted: bool,
}

/// What a quote tells of its statement besides the words.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) speaker: Option<i64>,
    pub(super) date: Option<&'a str>,
    pub(super) source: Option<i64>,
    pub(super) retracted: bool,
}

/// Finds or makes the statement of a quote.
pub(super) fn assign(
    connection: &Connection,
    sketches: &mut Sketches,
    sketch: Arc<Sketch>,
    seen: &Seen,
) -> Result<Belongs> {
    let speaker = seen.speaker;
    let words_hash = sketch.hash() as i64;
    let sql = "SELECT v.id, v.statement_id, s.speaker_id FROM variants v JOIN statements s ON s.id = v.statement_id
               WHERE v.words_hash = ?1 ORDER BY v.id LIMIT 32";
    let mut exact = connection.prepare_cached(sql)?;
    let mut rows = exact.query([words_hash])?;
    let mut stranger = None;
    while let Some(row) = rows.next()? {
        let (variant, statement, other): (i64, i64, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let found = Belongs {
            statement,
            variant,
            known: true,
            counted: false,
        };
        match together(speaker, other) {
            Some(true) => return Ok(found),
            speakers if same_at(&sketch, &sketch, speakers, 1.0) => stranger = stranger.or(Some(found)),
            _ => {}
        }
    }
    if let Some(found) = stranger {
        return Ok(found);
    }
    let shingles = postings(connection, &sketch)?;
    let near = nearest(connection, sketches, &sketch, &shingles, speaker)?;
    let (statement, counted) = match near {
        Some(statement) => (statement, false),
        None => {
            let sql = "INSERT INTO statements(speaker_id, first_seen, last_seen, appearances, independent, outlets)
                       VALUES (?1, ?2, ?2, 1, 1, ?3)";
            let outlets = i64::from(seen.source.is_some());
            let mut insert = connection.prepare_cached(sql)?;
            insert.execute(params![speaker, seen.date, outlets])?;
            (connection.last_insert_rowid(), !seen.retracted)
        }
    };
    let sql = "INSERT INTO variants(statement_id, words_hash) VALUES (?1, ?2)";
    connection
        .prepare_cached(sql)?
        .execute(params![statement, words_hash])?;
    let variant = connection.last_insert_rowid();
    let mut insert = connection.prepare_cached("INSERT INTO shingles(hash, variant_id) VALUES (?1, ?2)")?;
    for posting in shingles.iter().filter(|posting| posting.variants.len() < POSTINGS) {
        insert.execute([posting.hash, variant])?;
    }
    sketches.keep(variant, sketch);
    Ok(Belongs {
        statement,
        variant,
        known: false,
        counted,
    })
}

/// The variants that share most shingles with these, best first.
fn candidates(shingles: &[Posting]) -> Vec<(i64, usize)> {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    for &variant in shingles.iter().flat_map(|posting| &posting.variants) {
        *votes.entry(variant).or_default() += 1;
    }
    // A pair of words in common is a coincidence, unless there are hardly more.
    let enough = shingles.len().div_ceil(8).min(3);
    let mut voted: Vec<(i64, usize)> = votes.into_iter().filter(|&(_, votes)| votes >= enough).collect();
    voted.sort_unstable_by_key(|&(variant, votes)| (usize::MAX - votes, variant));
    voted.truncate(CANDIDATES);
    voted
}

fn nearest(
    connection: &Connection,
    sketches: &mut Sketches,
    sketch: &Sketch,
    shingles: &[Posting],
    speaker: Option<i64>,
) -> Result<Option<i64>> {
    let sql = "SELECT v.statement_id, s.speaker_id FROM variants v JOIN statements s ON s.id = v.statement_id
               WHERE v.id = ?1";
    let mut read = connection.prepare_cached(sql)?;
    let mut best: Option<(f64, i64)> = None;
    for (variant, _) in candidates(shingles) {
        let Some(theirs) = sketches.of(connection, variant)? else {
            continue;
        };
        let alike = likeness(sketch, &theirs);
        if best.is_some_and(|(best, _)| alike <= best) {
            continue;
        }
        let (statement, other): (i64, Option<i64>) = read.query_row([variant], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if same_at(sketch, &theirs, together(speaker, other), alike) {
            best = Some((alike, statement));
        }
    }
    Ok(best.map(|(_, statement)| statement))
}

/// Whether two speakers are one; unknown if one of them is.
pub(super) fn together(one: Option<i64>, other: Option<i64>) -> Option<bool> {
    Some(one? == other?)
}

/// Counts statements afresh; what nobody says any more goes.
pub(super) fn refresh(connection: &Connection, touched: &BTreeSet<i64>) -> Result<()> {
    let sql = "SELECT min(q.date), max(q.date), count(*), count(DISTINCT coalesce(a.copy_of, a.id)),
                      count(DISTINCT q.source_id), count(DISTINCT q.speaker_id), max(q.speaker_id)
               FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.statement_id = ?1 AND q.retracted = 0";
    let mut count = connection.prepare_cached(sql)?;
    let sql = "UPDATE statements SET first_seen = ?2, last_seen = ?3, appearances = ?4, independent = ?5, outlets = ?6,
                      conflict = ?7, speaker_id = ?8 WHERE id = ?1";
    let mut update = connection.prepare_cached(sql)?;
    let mut anybody = connection.prepare_cached("SELECT 1 FROM quotes WHERE statement_id = ?1 LIMIT 1")?;
    for &statement in touched {
        if !anybody.exists([statement])? {
            connection
                .prepare_cached("DELETE FROM statements WHERE id = ?1")?
                .execute([statement])?;
            continue;
        }
        let figures = count.query_row([statement], |row| {
            let (first, last): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let (all, own, outlets, speakers): (i64, i64, i64, i64) =
                (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok((first, last, all, own, outlets, speakers, row.get::<_, Option<i64>>(6)?))
        });
        let (first, last, all, own, outlets, speakers, only) = figures?;
        let speaker = if speakers > 1 {
            commonest_speaker(connection, statement)?
        } else {
            only
        };
        let conflict = speakers > 1 && disagree(connection, statement)?;
        update.execute(params![statement, first, last, all, own, outlets, conflict, speaker])?;
    }
    Ok(())
}

/// Whether no speaker is named by all articles that name one: an article that gives the same words to two is no conflict.
fn disagree(connection: &Connection, statement: i64) -> Result<bool> {
    let sql = "WITH said AS (SELECT DISTINCT q.speaker_id speaker, coalesce(a.copy_of, a.id) article
                             FROM quotes q JOIN articles a ON a.id = q.article_id
                             WHERE q.statement_id = ?1 AND q.retracted = 0 AND q.speaker_id IS NOT NULL)
               SELECT (SELECT count(DISTINCT article) FROM said) >
                      (SELECT max(n) FROM (SELECT count(*) n FROM said GROUP BY speaker))";
    connection.prepare_cached(sql)?.query_row([statement], |row| row.get(0))
}

fn commonest_speaker(connection: &Connection, statement: i64) -> Result<Option<i64>> {
    let sql = "SELECT speaker_id FROM quotes WHERE statement_id = ?1 AND retracted = 0 AND speaker_id IS NOT NULL
               GROUP BY speaker_id ORDER BY count(*) DESC, min(id) LIMIT 1";
    connection
        .prepare_cached(sql)?
        .query_row([statement], |row| row.get(0))
        .optional()
}
