//! An article's rows: written, or cleared away for new ones.
//!
//! In: a record, inside the writer's transaction. Out: rows of articles, quotes, co_speakers, about, and of the sources,
//! speakers and offices that were not there yet.

use super::copies;
use super::corrections;
use super::incoming::{Incoming, IncomingEntity, IncomingQuote, IncomingSpeaker};
use super::ready::{Known, Ready, ReadyQuote};
use super::sketches::Variant;
use super::statements::{self, Belongs, Seen};
use super::writer::{Memory, now};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Result, params};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
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
        Some(name) => Some(named(connection, &mut memory.ids.sources, "sources", name)?),
        None => None,
    };
    let entities = incoming.entities.iter().zip(&ready.entities);
    let speakers = entities.map(|(entity, known)| speaker(connection, memory, entity, known));
    let speakers = speakers.collect::<Result<Vec<i64>>>()?;
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
    let mut inserts = Inserts::new(connection)?;
    let mut added = Vec::with_capacity(incoming.quotes.len());
    for (quote, made) in incoming.quotes.iter().zip(&ready.quotes) {
        let said = Said {
            id: numbers.remove(&made.key),
            article,
            source,
            date: incoming.date.as_deref(),
            speaker: match &quote.speaker {
                Some(speaker) => who(connection, memory, speaker, &speakers)?,
                None => None,
            },
        };
        added.push(add_quote(
            connection,
            memory,
            &mut inserts,
            &said,
            quote,
            made,
            &speakers,
        )?);
    }
    if added.iter().any(|quote| quote.seen.retracted) {
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
    for Added { id, belongs, seen } in added.iter().filter(|quote| !quote.belongs.counted) {
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

/// What a quote's row needs besides the record.
struct Said<'a> {
    /// Its number, if it was there before.
    id: Option<i64>,
    article: i64,
    source: Option<i64>,
    date: Option<&'a str>,
    speaker: Option<i64>,
}

/// What makes the rows of quotes, at hand for those of an article.
struct Inserts<'c> {
    quote: CachedStatement<'c>,
    words: CachedStatement<'c>,
    co_speaker: CachedStatement<'c>,
    about: CachedStatement<'c>,
    statement: CachedStatement<'c>,
}

impl<'c> Inserts<'c> {
    fn new(connection: &'c Connection) -> Result<Inserts<'c>> {
        let quote = "INSERT INTO quotes(id, key, article_id, number, statement_id, variant, type, text, speaker_id,
                      extracted_speaker_id, office_id, date, source_id, retracted, anonymous, reason, attitude, negated,
                      hypothetical, within, mention, mention_form, mention_start, mention_end, cue, cue_start, cue_end,
                      spans, quoted, sentence, confidence, rule, alternatives)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                      ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)";
        let words = "INSERT INTO quotes_fts(rowid, text) VALUES (?1, ?2)";
        let co_speaker = "INSERT INTO co_speakers(quote_id, number, speaker_id, office_id, mention, mention_start,
                      mention_end)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let about = "INSERT OR IGNORE INTO about(speaker_id, quote_id) VALUES (?1, ?2)";
        Ok(Inserts {
            quote: connection.prepare_cached(quote)?,
            words: connection.prepare_cached(words)?,
            co_speaker: connection.prepare_cached(co_speaker)?,
            about: connection.prepare_cached(about)?,
            statement: statements::insert(connection)?,
        })
    }
}

/// A quote that was added.
struct Added<'a> {
    id: i64,
    belongs: Belongs,
    seen: Seen<'a>,
}

/// Adds a quote.
fn add_quote<'a>(
    connection: &Connection,
    memory: &mut Memory,
    inserts: &mut Inserts,
    said: &Said<'a>,
    quote: &IncomingQuote,
    made: &ReadyQuote,
    speakers: &[i64],
) -> Result<Added<'a>> {
    let remedy = if memory.corrected {
        corrections::standing(connection, made.key)?
    } else {
        None
    };
    let (speaker, retracted) = match remedy {
        Some((_, Some(speaker))) => (Some(speaker), false),
        Some((_, None)) => (said.speaker, true),
        None => (said.speaker, false),
    };
    let seen = Seen {
        speaker,
        date: said.date,
        source: said.source,
        retracted,
    };
    let belongs = statements::assign(connection, memory, &mut inserts.statement, made, &seen)?;
    // With its old number it may come before those that have its words.
    if said.id.is_some() {
        memory.sketches.forget(belongs.variant);
    }
    let id = said.id.unwrap_or(memory.next_quote);
    memory.next_quote = memory.next_quote.max(id + 1);
    let said_by = quote.speaker.as_ref();
    let office = match said_by {
        Some(speaker) => office(connection, memory, speaker)?,
        None => None,
    };
    let mention = said_by.and_then(|speaker| speaker.mention.as_ref());
    let cue = quote.cue.as_ref();
    let row = params![
        id,
        made.key,
        said.article,
        quote.id,
        belongs.variant.statement,
        belongs.variant.number,
        quote.kind,
        quote.text,
        speaker,
        said.speaker,
        office,
        said.date,
        said.source,
        retracted,
        said_by.is_some_and(|speaker| speaker.anonymous),
        said_by
            .and_then(|speaker| speaker.reason.as_ref())
            .map(|reason| &reason.text),
        quote.attitude,
        quote.negated,
        quote.hypothetical,
        quote.within,
        mention.map(|mention| &mention.text),
        mention.and_then(|mention| mention.form.as_ref()),
        mention.map(|mention| mention.start),
        mention.map(|mention| mention.end),
        cue.map(|cue| &cue.text),
        cue.map(|cue| cue.start),
        cue.map(|cue| cue.end),
        made.spans,
        made.quoted,
        quote.sentence,
        quote.confidence,
        quote.rule,
        made.alternatives,
    ];
    inserts.quote.execute(row)?;
    inserts.words.execute(params![id, quote.text])?;
    let mut others = Vec::new();
    for (number, other) in (0_i64..).zip(&quote.co_speakers) {
        let id_of_other = who(connection, memory, other, speakers)?;
        if id_of_other.is_some_and(|whom| said.speaker == Some(whom) || others.contains(&whom)) {
            continue;
        }
        let mention = other.mention.as_ref();
        let row = params![
            id,
            number,
            id_of_other,
            self::office(connection, memory, other)?,
            mention.map(|mention| &mention.text),
            mention.map(|mention| mention.start),
            mention.map(|mention| mention.end),
        ];
        inserts.co_speaker.execute(row)?;
        others.extend(id_of_other);
    }
    for &entity in &made.about {
        let whom = speakers[entity];
        // Whoever says "I" does not talk about somebody.
        if Some(whom) != said.speaker && !others.contains(&whom) {
            inserts.about.execute(params![whom, id])?;
        }
    }
    Ok(Added { id, belongs, seen })
}

/// Who says it: one of the entities, or a group that has no other name than what it is called.
fn who(connection: &Connection, memory: &mut Memory, named: &IncomingSpeaker, speakers: &[i64]) -> Result<Option<i64>> {
    if let Some(entity) = named.entity {
        return Ok(speakers.get(entity).copied());
    }
    match &named.name {
        Some(name) => {
            let entity = IncomingEntity {
                kind: named.kind.clone().unwrap_or(Cow::Borrowed("group")),
                name: name.clone(),
                wikidata: None,
                country: None,
                office: None,
                anonymous: named.anonymous,
                mentions: Vec::new(),
            };
            speaker(connection, memory, &entity, &Known::new(&entity)).map(Some)
        }
        None => Ok(None),
    }
}

/// The row of the office in which somebody speaks.
fn office(connection: &Connection, memory: &mut Memory, speaker: &IncomingSpeaker) -> Result<Option<i64>> {
    let name = speaker.office.as_deref();
    name.map(|name| named(connection, &mut memory.ids.offices, "offices", name))
        .transpose()
}

/// The row of an entity.
fn speaker(connection: &Connection, memory: &mut Memory, entity: &IncomingEntity, known: &Known) -> Result<i64> {
    let key = &known.key;
    if let Some(&id) = memory.ids.speakers.get(key) {
        return Ok(id);
    }
    let found = match memory.ids.all_speakers {
        true => None,
        false => speaker_of(connection, known)?,
    };
    let id = match found {
        Some(id) => id,
        None => add_speaker(connection, entity, known)?,
    };
    memory.ids.speakers.insert(key.clone(), id);
    Ok(id)
}

/// The row of somebody who is there.
pub(super) fn speaker_of(connection: &Connection, known: &Known) -> Result<Option<i64>> {
    let mut find = connection.prepare_cached("SELECT id FROM speakers WHERE key = ?1")?;
    find.query_row([&known.key], |row| row.get(0)).optional()
}

/// A new row.
pub(super) fn add_speaker(connection: &Connection, entity: &IncomingEntity, known: &Known) -> Result<i64> {
    let sql = "INSERT INTO speakers(key, name, kind, wikidata, country, anonymous, folded, last_word)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let Known { key, folded } = known;
    let row = params![
        key,
        entity.name,
        entity.kind,
        entity.wikidata,
        entity.country,
        entity.anonymous,
        folded,
        folded.rsplit(' ').next().unwrap_or_default()
    ];
    connection.prepare_cached(sql)?.insert(row)
}

/// The row with a name, in a table that has nothing else.
fn named(connection: &Connection, ids: &mut FxHashMap<String, i64>, table: &str, name: &str) -> Result<i64> {
    if let Some(&id) = ids.get(name) {
        return Ok(id);
    }
    let find = format!("SELECT id FROM {table} WHERE name = ?1");
    let found = connection.prepare_cached(&find)?.query_row([name], |row| row.get(0));
    let id = match found.optional()? {
        Some(id) => id,
        None => {
            let sql = format!("INSERT INTO {table}(name) VALUES (?1)");
            connection.prepare_cached(&sql)?.insert([name])?
        }
    };
    ids.insert(name.to_owned(), id);
    Ok(id)
}
