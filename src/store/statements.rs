//! One statement, many appearances.
//!
//! In: a quote's words and speaker, inside the writer's transaction. Out: the statement it belongs to and the variant of
//! its words, found by the shingles it shares with earlier ones or made anew; and the figures of each statement that was
//! touched, counted afresh when a batch ends. Looking up costs a few index probes a quote, however many there are.

use super::same::{Sketch, likeness, same_at};
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::{BTreeSet, HashMap};

/// How many quotes with one shingle are looked at: the rare shingles decide.
const POSTINGS: i64 = 48;
/// How many earlier variants are compared word by word.
const CANDIDATES: usize = 6;

/// Where a quote belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belongs {
    pub(super) statement: i64,
    pub(super) variant: i64,
    /// Whether the same words were there before.
    pub(super) known: bool,
}

/// Finds or makes the statement of a quote.
pub(super) fn assign(connection: &Connection, text: &str, sketch: &Sketch, speaker: Option<i64>) -> Result<Belongs> {
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
        };
        match together(speaker, other) {
            Some(true) => return Ok(found),
            speakers if same_at(sketch, sketch, speakers, 1.0) => stranger = stranger.or(Some(found)),
            _ => {}
        }
    }
    if let Some(found) = stranger {
        return Ok(found);
    }
    let shingles = sketch.shingles();
    let near = nearest(connection, sketch, &shingles, speaker)?;
    let statement = match near {
        Some(statement) => statement,
        None => {
            let sql = "INSERT INTO statements(text, speaker_id) VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute(params![text, speaker])?;
            connection.last_insert_rowid()
        }
    };
    let sql = "INSERT INTO variants(statement_id, text, words_hash) VALUES (?1, ?2, ?3)";
    connection
        .prepare_cached(sql)?
        .execute(params![statement, text, words_hash])?;
    let variant = connection.last_insert_rowid();
    let mut insert = connection.prepare_cached("INSERT INTO shingles(hash, variant_id) VALUES (?1, ?2)")?;
    for hash in shingles {
        insert.execute(params![hash as i64, variant])?;
    }
    Ok(Belongs {
        statement,
        variant,
        known: false,
    })
}

/// The variants that share most shingles with these, best first, with how many.
fn candidates(connection: &Connection, shingles: &[u64]) -> Result<Vec<(i64, usize)>> {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    let mut find = connection.prepare_cached("SELECT variant_id FROM shingles WHERE hash = ?1 LIMIT ?2")?;
    for &hash in shingles {
        let mut rows = find.query(params![hash as i64, POSTINGS])?;
        while let Some(row) = rows.next()? {
            *votes.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut voted: Vec<(i64, usize)> = votes.into_iter().collect();
    voted.sort_unstable_by_key(|&(variant, votes)| (usize::MAX - votes, variant));
    voted.truncate(CANDIDATES);
    Ok(voted)
}

fn nearest(connection: &Connection, sketch: &Sketch, shingles: &[u64], speaker: Option<i64>) -> Result<Option<i64>> {
    let mut voted = candidates(connection, shingles)?;
    // A pair of words in common is a coincidence, unless there are hardly more.
    let enough = shingles.len().div_ceil(8).min(3);
    voted.retain(|&(_, votes)| votes >= enough);
    let sql = "SELECT v.statement_id, s.speaker_id, v.text FROM variants v JOIN statements s ON s.id = v.statement_id
               WHERE v.id = ?1";
    let mut read = connection.prepare_cached(sql)?;
    let mut best: Option<(f64, i64)> = None;
    for (variant, _) in voted {
        let found = read.query_row([variant], |row| {
            let (statement, other): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok((
                statement,
                other,
                Sketch::new(row.get_ref(2)?.as_str().unwrap_or_default()),
            ))
        });
        let Some((statement, other, theirs)) = found.optional()? else {
            continue;
        };
        let alike = likeness(sketch, &theirs);
        let fits = same_at(sketch, &theirs, together(speaker, other), alike);
        if fits && best.is_none_or(|(best, _)| alike > best) {
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
                      conflict = ?7, speaker_id = ?8, text = coalesce(?9, text) WHERE id = ?1";
    let mut update = connection.prepare_cached(sql)?;
    let mut anybody = connection.prepare_cached("SELECT 1 FROM quotes WHERE statement_id = ?1 LIMIT 1")?;
    for &statement in touched {
        if !anybody.exists([statement])? {
            forget(connection, statement)?;
            continue;
        }
        forget_unused(connection, statement)?;
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
        let text = if all > 1 {
            commonest_text(connection, statement)?
        } else {
            None
        };
        let conflict = speakers > 1 && disagree(connection, statement)?;
        update.execute(params![
            statement, first, last, all, own, outlets, conflict, speaker, text
        ])?;
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

fn commonest_text(connection: &Connection, statement: i64) -> Result<Option<String>> {
    let sql = "SELECT v.text FROM quotes q JOIN variants v ON v.id = q.variant_id
               WHERE q.statement_id = ?1 AND q.retracted = 0
               GROUP BY v.id ORDER BY count(*) DESC, length(v.text) DESC, v.id LIMIT 1";
    connection
        .prepare_cached(sql)?
        .query_row([statement], |row| row.get(0))
        .optional()
}

fn forget(connection: &Connection, statement: i64) -> Result<()> {
    forget_unused(connection, statement)?;
    connection
        .prepare_cached("DELETE FROM statements WHERE id = ?1")?
        .execute([statement])?;
    Ok(())
}

fn forget_unused(connection: &Connection, statement: i64) -> Result<()> {
    let sql = "SELECT id, text FROM variants v WHERE statement_id = ?1
               AND NOT EXISTS (SELECT 1 FROM quotes WHERE variant_id = v.id)";
    let mut unused = connection.prepare_cached(sql)?;
    let unused = unused.query_map([statement], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    for variant in unused.collect::<Result<Vec<_>>>()? {
        let mut delete = connection.prepare_cached("DELETE FROM shingles WHERE hash = ?1 AND variant_id = ?2")?;
        for hash in Sketch::new(&variant.1).shingles() {
            delete.execute(params![hash as i64, variant.0])?;
        }
        connection
            .prepare_cached("DELETE FROM variants WHERE id = ?1")?
            .execute([variant.0])?;
    }
    Ok(())
}
