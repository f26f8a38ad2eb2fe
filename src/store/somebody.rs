//! Who is meant by a name in a correction.
//!
//! In: a name as people write it, and a day. Out: a row of the speakers, and how the name led to it: somebody whom the
//! database knows by this name or as the only one of this surname, else somebody whom the gazetteer knows so, else a new
//! person. A surname that several bear means nobody: they are listed.

use super::filter::wikidata;
use super::incoming::IncomingEntity;
use super::names;
use super::ready::Known;
use super::words::fold_name;
use crate::error::{Error, Result};
use crate::gazetteer::surnames::surnames;
use crate::gazetteer::{Gazetteer, Person, Sense, Why};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::borrow::Cow;

/// Somebody who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    pub(super) id: i64,
    /// The name that the database has.
    pub name: String,
    /// How the name that was given led there.
    pub by: By,
}

/// How a name leads to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The database has this name, or this identifier.
    Name,
    /// It is the surname of one person alone in the database.
    Surname,
    /// The gazetteer alone knows the name.
    Gazetteer,
    /// Nobody has the name: it is a new person's.
    Nothing,
}

/// Of those who bear a name, so many are listed.
const LISTED: usize = 8;
/// Bytes that a name has at most.
const LONGEST: usize = 300;

/// Who is meant by a name or an identifier; the inner error says why nobody is.
pub(super) fn meant(
    connection: &Connection,
    gazetteer: &Gazetteer,
    name: &str,
    date: Option<Date>,
) -> rusqlite::Result<Result<Meant>> {
    let name = name.trim();
    let nobody = |why: String| Ok(Err(Error::Query(why)));
    let folded = fold_name(name);
    if folded.is_empty() || name.len() > LONGEST || name.contains(char::is_control) {
        let shown: String = name.chars().take(LONGEST / 4).collect();
        return nobody(format!("{shown:?} is no name"));
    }
    let identifier = wikidata(name);
    if !identifier.is_empty() {
        if let Some(meant) = known(connection, "s.wikidata = ?1", &identifier)? {
            return Ok(Ok(meant));
        }
        return match gazetteer.by_id(&identifier) {
            Some(Sense::Person(person)) => add(connection, &entity(&gazetteer.person(person)), By::Gazetteer).map(Ok),
            _ => nobody(format!("nobody is known as {name}")),
        };
    }
    let exactly = known(connection, "s.folded = ?1", &folded)?;
    // Whom one article calls by the surname alone may be anybody who bears it.
    let bearers = match &exactly {
        Some(exactly) if !is_person(connection, exactly.id)? => Vec::new(),
        _ => bearers(connection, &folded)?,
    };
    match (<[Meant; 1]>::try_from(bearers), exactly) {
        (Ok([only]), _) => return Ok(Ok(only)),
        (Err(none), Some(exactly)) if none.is_empty() => return Ok(Ok(exactly)),
        (Err(none), None) if none.is_empty() => {}
        (Err(several), _) => {
            let names = several.iter().map(|one| one.name.clone());
            return nobody(ambiguous(name, names));
        }
    }
    match in_gazetteer(gazetteer, name, date) {
        Ok(Some(person)) => add(connection, &entity(&person), By::Gazetteer).map(Ok),
        Ok(None) => add(connection, &new(name), By::Nothing).map(Ok),
        Err(several) => nobody(ambiguous(
            name,
            several
                .iter()
                .map(|one| format!("{} ({})", one.name, one.wikidata().unwrap_or(one.id))),
        )),
    }
}

fn ambiguous(name: &str, bearers: impl ExactSizeIterator<Item = String>) -> String {
    let more = bearers.len().saturating_sub(LISTED);
    let listed: Vec<String> = bearers.take(LISTED).collect();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(
        "{name:?} may be {}{more}: give the whole name, or the Wikidata identifier",
        listed.join(", ")
    )
}

/// Whom a condition leads to, of several the one quoted most.
fn known(connection: &Connection, fits: &str, value: &str) -> rusqlite::Result<Option<Meant>> {
    let sql = format!(
        "SELECT s.id, s.name FROM speakers s WHERE {fits} ORDER BY
         (SELECT count(*) FROM quotes q WHERE q.speaker_id = s.id AND q.retracted = 0) DESC, s.id LIMIT 1"
    );
    let meant = |row: &rusqlite::Row| {
        Ok(Meant {
            id: row.get(0)?,
            name: row.get(1)?,
            by: By::Name,
        })
    };
    connection.query_row(&sql, [value], meant).optional()
}

fn is_person(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT kind IS 'person' FROM speakers WHERE id = ?1";
    connection.query_row(sql, [id], |row| row.get(0))
}

/// The people in the database who bear a surname, those quoted most first.
fn bearers(connection: &Connection, folded: &str) -> rusqlite::Result<Vec<Meant>> {
    let sql = "SELECT s.id, s.name, coalesce(s.country, '') FROM speakers s
               WHERE instr(' ' || s.folded || ' ', ' ' || ?1 || ' ') AND s.folded <> ?1 AND s.kind = 'person'
               ORDER BY (SELECT count(*) FROM quotes q WHERE q.speaker_id = s.id AND q.retracted = 0) DESC, s.id";
    let mut find = connection.prepare(sql)?;
    let mut rows = find.query([folded])?;
    let mut bearers = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
        let country: String = row.get(2)?;
        if surnames(&name, &country, &|_| false)
            .iter()
            .any(|surname| fold_name(surname) == folded)
        {
            let by = By::Surname;
            bearers.push(Meant { id, name, by });
        }
    }
    Ok(bearers)
}

/// The one person whom the gazetteer knows by a name or a surname: of several the only one who held an office that day.
/// Several who have it as a surname are an error; of namesakes in full none is meant.
fn in_gazetteer<'g>(
    gazetteer: &'g Gazetteer,
    name: &str,
    date: Option<Date>,
) -> std::result::Result<Option<Person<'g>>, Vec<Person<'g>>> {
    let candidates = gazetteer.lookup(name, date).into_iter();
    let people: Vec<(u32, Why)> = candidates
        .filter_map(|candidate| match candidate.sense {
            Sense::Person(person) => Some((person, candidate.why)),
            _ => None,
        })
        .collect();
    let in_office = |person: u32| date.is_some_and(|date| !gazetteer.offices_on(person, date).is_empty());
    let mut holders = people.iter().filter(|&&(person, _)| in_office(person));
    match (&people[..], holders.next(), holders.next()) {
        ([], ..) => Ok(None),
        (&[(only, _)], ..) | (_, Some(&(only, _)), None) => Ok(Some(gazetteer.person(only))),
        _ if people.iter().any(|&(_, why)| why == Why::Surname) => {
            Err(people.iter().map(|&(person, _)| gazetteer.person(person)).collect())
        }
        _ => Ok(None),
    }
}

fn entity(person: &Person) -> IncomingEntity {
    IncomingEntity {
        wikidata: person.wikidata().map(str::to_owned),
        country: person.country.map(str::to_owned),
        ..new(person.name)
    }
}

fn new(name: &str) -> IncomingEntity {
    IncomingEntity {
        kind: Cow::Borrowed("person"),
        name: name.to_owned(),
        wikidata: None,
        country: None,
        office: None,
        anonymous: false,
        mentions: Vec::new(),
    }
}

/// The row of somebody who was not found by the name; it may be there under another one.
fn add(connection: &Connection, entity: &IncomingEntity, by: By) -> rusqlite::Result<Meant> {
    let key = Known::new(entity);
    let id = match names::speaker_of(connection, &key)? {
        Some(id) => id,
        None => names::add_speaker(connection, entity, &key)?,
    };
    let name = connection.query_row("SELECT name FROM speakers WHERE id = ?1", params![id], |row| row.get(0))?;
    Ok(Meant { id, name, by })
}
