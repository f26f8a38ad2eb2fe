//! An article's rows: written, or cleared away for new ones.
//!
//! In: a record, inside the writer's transaction. Out: rows of articles, quotes, co_speakers, about, and of the sources,
//! speakers and offices that were not there yet.

use super::copies;
use super::corrections;
use super::incoming::{Incoming, IncomingQuote};
use super::names;
use super::quotes::{Placed, QuoteRows};
use super::ready::{Ready, ReadyQuote};
use super::sketches::Variant;
use super::statements::{self, Belongs, Seen};
use super::writer::{Memory, now};
use rusqlite::{Connection, Result, params};
use std::collections::HashMap;

/// What an article was known by: its number, and those of its quotes by their keys.
pub(super) struct Before {
    article: i64,
    quotes: HashMap<i64, i64>,
    /// Which versions the input had before, as the column has them.
    superseded: Option<String>,
}

/// Writes an article's rows. Quotes that were there before keep their numbers.
pub(super) fn add(
    connection: &Connection,
    memory: &mut Memory,
    run: i64,
    mut before: Option<Before>,
    ready: &Ready,
) -> Result<()> {
    let incoming = &ready.incoming;
    let source = match &ready.outlet {
        Some(name) => Some(names::named(connection, &mut memory.ids.sources, "sources", name)?),
        None => None,
    };
    let speakers = names::speakers(connection, memory, &incoming.entities, &ready.entities)?;
    let id = incoming.id();
    let offsets = serde_json::to_value(incoming.offsets).unwrap_or_default();
    let superseded = before.as_mut().and_then(|before| before.superseded.take());
    let row = params![
        ready.key,
        id,
        incoming.url,
        incoming.title,
        incoming.date,
        incoming.author,
        incoming.dateline,
        incoming.form,
        source,
        offsets.as_str(),
        incoming.text,
        ready.text_hash,
        ready.sentences,
        ready.input_hash,
        run,
        serde_json::to_string(&speakers).unwrap_or_default(),
        ready.mentions,
        ready.types[0],
        ready.types[1],
        ready.types[2],
        ready.anonymous,
        superseded,
    ];
    // No upsert: statements that may fail half way make the full-text index write out what it has gathered.
    let was_there = before.is_some();
    let (article, mut numbers) = match before {
        Some(Before { article, quotes, .. }) => {
            let sql = "UPDATE articles SET record_id = ?2, url = ?3, title = ?4, date = ?5, author = ?6, dateline = ?7,
                              form = ?8, source_id = ?9, offsets = ?10, text = ?11, text_hash = ?12, sentences = ?13,
                              input_hash = ?14, run_id = ?15, entities = ?16, mentions = ?17, direct = ?18,
                              mixed = ?19, indirect = ?20, anonymous = ?21, superseded = ?22, copy_of = NULL
                       WHERE key = ?1";
            connection.prepare_cached(sql)?.execute(row)?;
            (article, quotes)
        }
        None => {
            let sql =
                "INSERT INTO articles(key, record_id, url, title, date, author, dateline, form, source_id, offsets,
                              text, text_hash, sentences, input_hash, run_id, entities, mentions, direct, mixed,
                              indirect, anonymous, superseded)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                              ?20, ?21, ?22)";
            (connection.prepare_cached(sql)?.insert(row)?, HashMap::new())
        }
    };
    memory.vocabulary.add(article, &ready.words);
    let mut rows = QuoteRows::new(was_there);
    let said = Said {
        article,
        source,
        date: incoming.date.as_deref(),
        speakers: &speakers,
    };
    let mut added = Vec::with_capacity(incoming.quotes.len());
    for (quote, made) in incoming.quotes.iter().zip(&ready.quotes) {
        let id = numbers.remove(&made.key);
        added.push(add_quote(connection, memory, &mut rows, &said, id, quote, made)?);
    }
    rows.insert(connection)?;
    for quote in added.iter().filter(|quote| quote.corrected) {
        corrections::name(connection, quote.id, quote.seen.speaker)?;
    }
    if added.iter().any(|quote| quote.corrected) {
        corrections::count(connection, article)?;
    }
    let known = added.iter().filter(|quote| quote.belongs.known);
    let known_variants: Vec<Variant> = known.map(|quote| quote.belongs.variant).collect();
    let original = copies::original(
        connection,
        &mut memory.originals,
        article,
        incoming.text.as_deref(),
        ready.text_hash.as_deref(),
        incoming.quotes.len(),
        &known_variants,
    )?;
    if original.is_some() {
        let sql = "UPDATE articles SET copy_of = ?2 WHERE id = ?1";
        connection.prepare_cached(sql)?.execute(params![article, original])?;
    } else {
        let variants = added.iter().map(|quote| quote.belongs.variant);
        memory.originals.add(article, variants);
    }
    for Added { id, belongs, seen, .. } in added.iter().filter(|quote| !quote.belongs.counted) {
        let statement = belongs.variant.statement;
        memory.tallies.add(statement, *id, original.unwrap_or(article), seen);
    }
    Ok(())
}

/// Clears what an article had; the history keeps it, if the article itself changed and not only what is read from it.
pub(super) fn clear(
    connection: &Connection,
    memory: &mut Memory,
    article: i64,
    superseded: Option<String>,
    incoming: &Incoming,
) -> Result<Before> {
    let sql = "SELECT text IS NOT ?2 OR title IS NOT ?3 OR date IS NOT ?4 OR url IS NOT ?5, copy_of IS NULL
               FROM articles WHERE id = ?1";
    let now_so = params![article, incoming.text, incoming.title, incoming.date, incoming.url];
    let (changed, original): (bool, bool) = connection
        .prepare_cached(sql)?
        .query_row(now_so, |row| Ok((row.get(0)?, row.get(1)?)))?;
    if changed {
        let sql = "INSERT INTO history(article_id, replaced, run_id, url, title, date, text, quotes)
                   SELECT id, ?2, run_id, url, title, date, text,
                     (SELECT json_group_array(json_object('type', q.type, 'text', q.text, 'speaker', s.name,
                        'co_speakers', (SELECT group_concat(coalesce(t.name, c.mention), '; ' ORDER BY c.number)
                        FROM co_speakers c LEFT JOIN speakers t ON t.id = c.speaker_id WHERE c.quote_id = q.id),
                        'mention', q.mention, 'spans', json(q.spans)))
                      FROM (SELECT * FROM quotes WHERE article_id = ?1 ORDER BY number) q
                      LEFT JOIN speakers s ON s.id = q.extracted_speaker_id)
                   FROM articles WHERE id = ?1";
        connection.prepare_cached(sql)?.execute(params![article, now()])?;
    }
    let sql = "SELECT statement_id, variant FROM quotes WHERE statement_id IS NOT NULL AND
               (article_id = ?1 OR article_id IN (SELECT id FROM articles WHERE copy_of = ?1))";
    let mut touched = connection.prepare_cached(sql)?;
    let mut touched = touched.query([article])?;
    while let Some(row) = touched.next()? {
        let (statement, number) = (row.get(0)?, row.get(1)?);
        memory.tallies.afresh(statement);
        if original {
            memory.originals.forget(Variant { statement, number });
        }
    }
    copies::bereave(connection, article)?;
    let sql = "SELECT key, id, statement_id, variant FROM quotes WHERE article_id = ?1";
    let mut old = connection.prepare_cached(sql)?;
    let mut rows = old.query([article])?;
    let mut quotes = HashMap::new();
    let mut variants = Vec::new();
    while let Some(row) = rows.next()? {
        quotes.insert(row.get(0)?, row.get(1)?);
        if let (Some(statement), Some(number)) = (row.get(2)?, row.get(3)?) {
            variants.push(Variant { statement, number });
        }
    }
    statements::leave(connection, memory, &variants)?;
    for sql in [
        "DELETE FROM about WHERE quote_id IN (SELECT id FROM quotes WHERE article_id = ?1)",
        "DELETE FROM co_speakers WHERE quote_id IN (SELECT id FROM quotes WHERE article_id = ?1)",
        "DELETE FROM quotes WHERE article_id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([article])?;
    }
    Ok(Before {
        article,
        quotes,
        superseded,
    })
}

/// What all quotes of an article have.
struct Said<'r> {
    article: i64,
    source: Option<i64>,
    date: Option<&'r str>,
    /// The rows of its entities.
    speakers: &'r [i64],
}

/// A quote that was added.
struct Added<'r> {
    id: i64,
    belongs: Belongs,
    seen: Seen<'r>,
    corrected: bool,
}

/// Adds a quote; with the number that it had before, if it was there.
fn add_quote<'r>(
    connection: &Connection,
    memory: &mut Memory,
    rows: &mut QuoteRows<'r>,
    said: &Said<'r>,
    id: Option<i64>,
    quote: &'r IncomingQuote,
    made: &'r ReadyQuote,
) -> Result<Added<'r>> {
    let extracted_speaker = match &quote.speaker {
        Some(speaker) => names::who(connection, memory, speaker, said.speakers)?,
        None => None,
    };
    let remedy = if memory.corrected {
        corrections::standing(connection, made.key)?
    } else {
        None
    };
    let (speaker, retracted) = match remedy {
        Some((_, Some(speaker))) => (Some(speaker), false),
        Some((_, None)) => (extracted_speaker, true),
        None => (extracted_speaker, false),
    };
    let seen = Seen {
        speaker,
        date: said.date,
        source: said.source,
        retracted,
    };
    let belongs = statements::assign(connection, memory, rows, made, &seen)?;
    // With its old number it may come before those that have its words.
    if id.is_some() {
        memory.sketches.forget(belongs.variant);
        memory.first_speakers.remove(&belongs.variant.statement);
    }
    let id = id.unwrap_or(memory.next_quote);
    memory.next_quote = memory.next_quote.max(id + 1);
    let placed = Placed {
        id,
        article: said.article,
        belongs,
        extracted_speaker,
        office: match &quote.speaker {
            Some(speaker) => names::office(connection, memory, speaker)?,
            None => None,
        },
    };
    rows.add(connection, quote, made, &placed, &seen)?;
    let mut others: Vec<i64> = extracted_speaker.into_iter().collect();
    for (number, other) in (0_i64..).zip(&quote.co_speakers) {
        let whom = names::who(connection, memory, other, said.speakers)?;
        if whom.is_some_and(|whom| others.contains(&whom)) {
            continue;
        }
        let office = names::office(connection, memory, other)?;
        rows.co_speaker(id, number, whom, office, other);
        others.extend(whom);
    }
    for &entity in &made.about {
        let whom = said.speakers[entity];
        // Whoever says "I" does not talk about somebody.
        if !others.contains(&whom) {
            rows.about(whom, id);
            others.push(whom);
        }
    }
    Ok(Added {
        id,
        belongs,
        seen,
        corrected: remedy.is_some(),
    })
}
