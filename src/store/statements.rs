//! One statement, many appearances.
//!
//! In: a quote's words and speaker, inside the writer's transaction. Out: the statement it belongs to and the variant of
//! its words, found by the shingles it shares with earlier ones or made anew. Looking up costs a few index probes a quote,
//! however many there are. What is decided follows from the quotes that came before, never from where a batch ended: so an
//! ingest that was interrupted goes on to the same rows. The figures of statements are kept by `tallies`.

use super::postings::Posting;
use super::quotes::QuoteRows;
use super::ready::ReadyQuote;
use super::same::{SAME_SPEAKER, SHINGLES, Sketch, likeness, may_be_alike, same_at};
use super::sketches::{Left, Variant};
use super::words::hash64;
use super::writer::Memory;
use rusqlite::{Connection, Result};
use std::sync::Arc;

/// How many earlier variants are compared word by word.
const CANDIDATES: usize = 6;
/// How many of a statement's quotes are asked who says it.
const WITNESSES: i64 = 16;
/// Of the shingles that two texts may share, they must share one in so many to be compared.
const SHARED: usize = 4;

/// Where a quote belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belongs {
    pub(super) variant: Variant,
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
pub(super) fn assign<'r>(
    connection: &Connection,
    memory: &mut Memory,
    rows: &mut QuoteRows<'r>,
    quote: &ReadyQuote,
    seen: &Seen<'r>,
) -> Result<Belongs> {
    let speaker = seen.speaker;
    if let Some(found) = exact(connection, memory, rows, &quote.sketch, speaker)? {
        return Ok(found);
    }
    let (variant, counted) = match nearest(connection, memory, rows, quote, speaker)? {
        Some(statement) => {
            rows.show(connection, statement)?;
            let number = memory.sketches.next_number(connection, statement)?;
            (Variant { statement, number }, false)
        }
        None => {
            let statement = memory.next_statement;
            memory.next_statement += 1;
            rows.statement(seen);
            if let (Some(speaker), false) = (speaker, seen.retracted) {
                memory.first_speakers.insert(statement, speaker);
            }
            (Variant { statement, number: 0 }, !seen.retracted)
        }
    };
    let posting = Posting {
        variant,
        pairs: quote.pairs,
    };
    for &hash in &quote.shingles {
        memory.shingles.add(connection, hash, posting)?;
    }
    let exact = quote.sketch.hash() as i32;
    if let (false, Some(speaker)) = (memory.shingles.add(connection, exact, posting)?, speaker) {
        memory
            .shingles
            .add(connection, words_of(&quote.sketch, speaker), posting)?;
    }
    memory.sketches.keep(variant, Arc::clone(&quote.sketch));
    Ok(Belongs {
        variant,
        known: false,
        counted,
    })
}

/// The variant with just these words: of a statement of the same speaker rather than of one that may be.
fn exact(
    connection: &Connection,
    memory: &mut Memory,
    rows: &mut QuoteRows,
    sketch: &Sketch,
    speaker: Option<i64>,
) -> Result<Option<Belongs>> {
    let mut alike = Vec::new();
    memory.shingles.find(connection, sketch.hash() as i32, &mut alike)?;
    if let (false, Some(speaker)) = (alike.is_empty(), speaker) {
        memory
            .shingles
            .find(connection, words_of(sketch, speaker), &mut alike)?;
    }
    let mut stranger = None;
    for Posting { variant, .. } in alike {
        let theirs = memory.sketches.digest(connection, variant)?;
        if theirs.is_none_or(|theirs| theirs.hash() != sketch.hash()) {
            continue;
        }
        rows.show(connection, variant.statement)?;
        let Some(other) = speaker_of(connection, memory, variant.statement)? else {
            continue;
        };
        let found = Belongs {
            variant,
            known: true,
            counted: false,
        };
        match together(speaker, other) {
            Some(true) => return Ok(Some(found)),
            speakers if same_at(sketch, sketch, speakers, 1.0) => stranger = stranger.or(Some(found)),
            _ => {}
        }
    }
    Ok(stranger)
}

/// Who says a statement, to whoever may join it: the speaker of its first quote that names one. (Not of most of its
/// quotes: to count them with each that comes would take the square of a wire story's prints.) The outer one is none if
/// there is no such statement.
fn speaker_of(connection: &Connection, memory: &mut Memory, statement: i64) -> Result<Option<Option<i64>>> {
    if let Some(&speaker) = memory.first_speakers.get(&statement) {
        return Ok(Some(Some(speaker)));
    }
    let sql = "SELECT speaker_id, retracted FROM quotes WHERE statement_id = ?1 ORDER BY variant, id LIMIT ?2";
    let mut read = connection.prepare_cached(sql)?;
    let mut rows = read.query([statement, WITNESSES])?;
    let mut before = 0;
    while let Some(row) = rows.next()? {
        if let (Some(speaker), false) = (row.get(0)?, row.get(1)?) {
            if before == 0 {
                memory.first_speakers.insert(statement, speaker);
            }
            return Ok(Some(Some(speaker)));
        }
        before += 1;
    }
    Ok(match before {
        0 => memory.sketches.left_speaker(statement),
        _ => Some(None),
    })
}

/// Takes note that an article's quotes are about to go: the article read anew may have the same words again.
pub(super) fn leave(connection: &Connection, memory: &mut Memory, variants: &[Variant]) -> Result<()> {
    for &variant in variants {
        let speaker = speaker_of(connection, memory, variant.statement)?;
        memory.sketches.leave(connection, variant, speaker.flatten())?;
    }
    for variant in variants {
        memory.first_speakers.remove(&variant.statement);
    }
    Ok(())
}

/// Forgets the variants and statements that no quote has any more, when an article has been replaced.
pub(super) fn bury(connection: &Connection, memory: &mut Memory) -> Result<()> {
    let mut any = connection.prepare_cached("SELECT 1 FROM quotes WHERE statement_id = ?1")?;
    let mut delete = connection.prepare_cached("DELETE FROM statements WHERE id = ?1")?;
    for (variant, Left { sketch, speaker }) in memory.sketches.unused(connection)? {
        for hash in sketch.shingles().0 {
            memory.shingles.remove(connection, hash, variant)?;
        }
        let exact = sketch.hash() as i32;
        if let (false, Some(speaker)) = (memory.shingles.remove(connection, exact, variant)?, speaker) {
            memory
                .shingles
                .remove(connection, words_of(&sketch, speaker), variant)?;
        }
        if !any.exists([variant.statement])? {
            delete.execute([variant.statement])?;
            memory.tallies.forget(variant.statement);
        }
    }
    Ok(())
}

/// What a speaker's words are found by where too many others have said the same: "No comment".
fn words_of(sketch: &Sketch, speaker: i64) -> i32 {
    hash64(&[&sketch.hash().to_le_bytes(), &speaker.to_le_bytes()]) as i32
}

/// The variants that share most shingles with a quote of so many pairs of words, best first.
fn candidates(mut found: Vec<Posting>, pairs: usize) -> Vec<Variant> {
    found.sort_unstable_by_key(|posting| posting.variant);
    let mut voted: Vec<(usize, Variant)> = Vec::new();
    for same in found.chunk_by(|one, next| one.variant == next.variant) {
        let (votes, other) = (same.len(), same[0]);
        // What two texts share of their shingles if all of the shorter one is in the longer one, of which not all may be
        // in the index.
        let (shorter, longer) = (pairs.min(other.pairs), pairs.max(other.pairs).max(1));
        let most = shorter.min(SHINGLES * shorter / longer).max(1);
        if votes * SHARED >= most {
            voted.push((usize::MAX - votes, other.variant));
        }
    }
    voted.sort_unstable();
    voted.truncate(CANDIDATES);
    voted.into_iter().map(|(_, variant)| variant).collect()
}

fn nearest(
    connection: &Connection,
    memory: &mut Memory,
    rows: &mut QuoteRows,
    quote: &ReadyQuote,
    speaker: Option<i64>,
) -> Result<Option<i64>> {
    let mut found = Vec::with_capacity(64);
    for &hash in &quote.shingles {
        memory.shingles.find(connection, hash, &mut found)?;
    }
    let mut best: Option<(f64, i64)> = None;
    for variant in candidates(found, quote.pairs) {
        let digest = memory.sketches.digest(connection, variant)?;
        if digest.is_none_or(|theirs| !may_be_alike(&quote.sketch, &theirs, SAME_SPEAKER)) {
            continue;
        }
        let Some(theirs) = memory.sketches.of(connection, variant)? else {
            continue;
        };
        if !may_be_alike(&theirs, &quote.sketch.digest(), SAME_SPEAKER) {
            continue;
        }
        let alike = likeness(&quote.sketch, &theirs);
        if alike < SAME_SPEAKER || best.is_some_and(|(best, _)| alike <= best) {
            continue;
        }
        rows.show(connection, variant.statement)?;
        let Some(other) = speaker_of(connection, memory, variant.statement)? else {
            continue;
        };
        if same_at(&quote.sketch, &theirs, together(speaker, other), alike) {
            best = Some((alike, variant.statement));
        }
    }
    Ok(best.map(|(_, statement)| statement))
}

/// Whether two speakers are one; unknown if one of them is.
pub(super) fn together(one: Option<i64>, other: Option<i64>) -> Option<bool> {
    Some(one? == other?)
}
