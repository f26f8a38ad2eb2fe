//! The rows of speakers, offices and sources: found, or made where there are none yet.
//!
//! In: entities with what their rows are found by, and names. Out: the numbers of their rows. What was found once is
//! remembered: see [`Ids`](super::writer::Ids).

use super::incoming::{IncomingEntity, IncomingSpeaker};
use super::many::{Many, Table, flag, text};
use super::ready::Known;
use super::writer::Memory;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Result};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

static SPEAKERS: LazyLock<Table> =
    LazyLock::new(|| Table::new("speakers(key, name, kind, wikidata, country, anonymous, folded, last_word)"));

/// The rows of an article's entities.
pub(super) fn speakers(
    connection: &Connection,
    memory: &mut Memory,
    entities: &[IncomingEntity],
    known: &[Known],
) -> Result<Vec<i64>> {
    let mut new = Many::into(&SPEAKERS);
    let mut ids = Vec::with_capacity(entities.len());
    for (entity, known) in entities.iter().zip(known) {
        ids.push(match speaker(connection, memory, known)? {
            Some(id) => id,
            None => {
                new.push(row(entity, known));
                numbered(memory, known)
            }
        });
    }
    new.insert(connection)?;
    Ok(ids)
}

/// Who says it: one of the entities, or a group that has no other name than what it is called.
pub(super) fn who(
    connection: &Connection,
    memory: &mut Memory,
    named: &IncomingSpeaker,
    speakers: &[i64],
) -> Result<Option<i64>> {
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
            let known = Known::new(&entity);
            let id = match speaker(connection, memory, &known)? {
                Some(id) => id,
                None => {
                    add_speaker(connection, &entity, &known)?;
                    numbered(memory, &known)
                }
            };
            Ok(Some(id))
        }
        None => Ok(None),
    }
}

/// The row of the office in which somebody speaks.
pub(super) fn office(connection: &Connection, memory: &mut Memory, speaker: &IncomingSpeaker) -> Result<Option<i64>> {
    let name = speaker.office.as_deref();
    name.map(|name| named(connection, &mut memory.ids.offices, "offices", name))
        .transpose()
}

/// The row of an entity, if it has one.
fn speaker(connection: &Connection, memory: &mut Memory, known: &Known) -> Result<Option<i64>> {
    if let Some(&id) = memory.ids.speakers.get(&known.key) {
        return Ok(Some(id));
    }
    if memory.ids.all_speakers {
        return Ok(None);
    }
    let found = speaker_of(connection, known)?;
    if let Some(id) = found {
        memory.ids.speakers.insert(known.key.clone(), id);
    }
    Ok(found)
}

/// The number that the next new row gets.
fn numbered(memory: &mut Memory, known: &Known) -> i64 {
    let id = memory.next_speaker;
    memory.next_speaker += 1;
    memory.ids.speakers.insert(known.key.clone(), id);
    id
}

/// The row of somebody who is there.
pub(super) fn speaker_of(connection: &Connection, known: &Known) -> Result<Option<i64>> {
    let mut find = connection.prepare_cached("SELECT id FROM speakers WHERE key = ?1")?;
    find.query_row([&known.key], |row| row.get(0)).optional()
}

/// A new row.
pub(super) fn add_speaker(connection: &Connection, entity: &IncomingEntity, known: &Known) -> Result<i64> {
    let mut new = Many::into(&SPEAKERS);
    new.push(row(entity, known));
    new.insert(connection)?;
    Ok(connection.last_insert_rowid())
}

fn row<'r>(entity: &'r IncomingEntity, known: &'r Known) -> [ValueRef<'r>; 8] {
    let Known { key, folded } = known;
    [
        text(key.as_str()),
        text(entity.name.as_str()),
        text(&*entity.kind),
        text(entity.wikidata.as_deref()),
        text(entity.country.as_deref()),
        flag(entity.anonymous),
        text(folded.as_str()),
        text(folded.rsplit(' ').next().unwrap_or_default()),
    ]
}

/// The row with a name, in a table that has nothing else.
pub(super) fn named(connection: &Connection, ids: &mut FxHashMap<String, i64>, table: &str, name: &str) -> Result<i64> {
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
