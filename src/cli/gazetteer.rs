//! What attache knows, for those who want to see it, check their own table against it, or find what it lacks.

use super::exit::{Exit, told};
use super::say::{say, tell_of_terminal};
use attache::gazetteer::{Candidate, Certainty, Gazetteer, Sense, Why};
use attache::input::{Kind, Options, Source};
use attache::{Error, Extractor};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::{env, fs};

/// What was asked.
pub(crate) enum Question {
    /// All that a name can mean.
    Lookup { name: String, date: Option<Date> },
    /// Who held an office on a day.
    Holder { office: String, date: Date },
    /// What is wrong with a user's tables.
    Lint { tables: Vec<PathBuf> },
    /// Whom an extraction did not know.
    Gaps { file: Option<PathBuf> },
    /// How much there is.
    Stats,
}

/// The user's tables, for commands that use them.
#[derive(clap::Args)]
pub(crate) struct Tables {
    /// A table of your own laid over the built-in ones, several in order; `attache gazetteer --help` tells its columns
    #[arg(id = "gazetteer", long = "gazetteer", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// The gazetteer with a user's files laid over it.
pub(crate) fn open(files: &[PathBuf]) -> Result<Gazetteer, Error> {
    Gazetteer::builtin().with_files(files, cache().as_deref())
}

/// An extractor that uses it.
pub(crate) fn extractor(files: &[PathBuf]) -> Result<Extractor, Error> {
    Ok(match files {
        [] => Extractor::new(),
        files => Extractor::new().with_gazetteer(open(files)?),
    })
}

/// Where compiled tables are kept: the user's cache folder, if there is one.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))?;
    Some(base.join("attache"))
}

pub(crate) fn run(files: &[PathBuf], question: &Question) -> Result<Exit, Error> {
    let mut to = BufWriter::new(io::stdout().lock());
    let exit = match question {
        Question::Lookup { name, date } => lookup(&mut to, &open(files)?, name, *date),
        Question::Holder { office, date } => holder(&mut to, &open(files)?, office, *date),
        Question::Lint { tables } => {
            let (complaints, exit) = lint(files, tables)?;
            return told(to.write_all(complaints.as_bytes()).and_then(|()| to.flush()), exit);
        }
        Question::Gaps { file } => gaps(&mut to, file.as_ref())?,
        Question::Stats => stats(&mut to, &open(files)?),
    };
    let exit = exit.map_err(Error::Write)?;
    to.flush().map_err(Error::Write)?;
    Ok(exit)
}

fn lookup(to: &mut impl Write, gazetteer: &Gazetteer, name: &str, date: Option<Date>) -> io::Result<Exit> {
    let candidates = gazetteer.lookup(name, date);
    for candidate in &candidates {
        writeln!(to, "{}", describe(gazetteer, candidate, date))?;
    }
    Ok(if candidates.is_empty() {
        Exit::SomeFailed
    } else {
        Exit::Done
    })
}

/// One line: what it is, its id, its country, what it held, and why it stands here.
fn describe(gazetteer: &Gazetteer, candidate: &Candidate, date: Option<Date>) -> String {
    let why = match candidate.why {
        Why::Name => "name",
        Why::Surname => "surname",
    };
    let columns = |kind: &str, name: &str, id: &str, country: Option<&str>, more: String| {
        format!("{kind}\t{name}\t{id}\t{}\t{why}\t{more}", country.unwrap_or("-"))
    };
    match candidate.sense {
        Sense::Person(i) => {
            let person = gazetteer.person(i);
            let office = |office: u32| gazetteer.office(office).label.to_owned();
            let held = match date {
                Some(date) => match gazetteer.offices_on(i, date).first() {
                    Some(&(held, Certainty::Stale)) => format!("{}, as far as is known", office(held)),
                    Some(&(held, _)) => office(held),
                    None => match gazetteer.last_office_before(i, date) {
                        Some(last) => format!("former {}", office(last)),
                        None => String::new(),
                    },
                },
                None => gazetteer
                    .career(i)
                    .last()
                    .map(|tenure| office(tenure.office))
                    .unwrap_or_default(),
            };
            let more = format!("{held}\tprominence {}", candidate.prominence);
            columns("person", person.name, person.id, person.country, more)
        }
        Sense::Place(i) => {
            let place = gazetteer.place(i);
            let kind = format!("{:?}", place.kind).to_lowercase();
            columns(&kind, place.name, place.id, place.country, String::new())
        }
        Sense::Organization(i) => {
            let organization = gazetteer.organization(i);
            columns(
                organization.kind,
                organization.name,
                organization.id,
                organization.country,
                String::new(),
            )
        }
        Sense::Demonym(i) => {
            let place = gazetteer.place(i);
            columns("demonym", place.name, place.id, place.country, String::new())
        }
        Sense::Metonym(i) => {
            let place = gazetteer.place(i);
            columns("government", place.name, place.id, place.country, String::new())
        }
        Sense::Office(i) => {
            let office = gazetteer.office(i);
            columns("office", office.label, office.id, office.country, String::new())
        }
    }
}

fn holder(to: &mut impl Write, gazetteer: &Gazetteer, phrase: &str, date: Date) -> io::Result<Exit> {
    let offices = gazetteer.offices_called(phrase);
    let held = gazetteer.first_held(&offices, date);
    for (office, holder) in &held {
        let (office, person) = (gazetteer.office(*office), gazetteer.person(holder.person));
        let certainty = match (holder.certainty, holder.last_known) {
            (Certainty::Sure, _) => "sure".to_owned(),
            (Certainty::Likely, _) => "likely: the dates are not known to the day".to_owned(),
            (Certainty::Stale, Some(last)) => format!("last known on {last}, no successor known"),
            (Certainty::Stale, None) => "no end known".to_owned(),
        };
        writeln!(
            to,
            "{}\t{}\t{}\t{}\t{certainty}",
            person.name, person.id, office.label, office.id
        )?;
    }
    if held.is_empty() {
        match offices.first() {
            Some(&office) => {
                let office = gazetteer.office(office);
                say(format_args!(
                    "nobody is known to have held {} ({}) on {date}",
                    office.label, office.id
                ));
            }
            None => say(format_args!("no office is known as {phrase:?}")),
        }
        return Ok(Exit::SomeFailed);
    }
    Ok(Exit::Done)
}

/// Looks through tables, each laid over those before it: what is to be said of them, a line each, and the exit code.
fn lint(files: &[PathBuf], tables: &[PathBuf]) -> Result<(String, Exit), Error> {
    let (mut below, mut lines) = (files.to_vec(), String::new());
    let mut failed = false;
    for path in tables {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|cause| Error::Read {
            name: name.clone(),
            cause,
        })?;
        let text = String::from_utf8(bytes).map_err(|error| Error::Encoding {
            at: error.utf8_error().valid_up_to(),
        })?;
        let complaints = open(&below)?.lint(&name, &text);
        for complaint in &complaints {
            let kind = if complaint.error { "error" } else { "doubt" };
            lines += &format!("{name}:{}: {kind}: {}\n", complaint.line, complaint.what);
        }
        let wrong = complaints.iter().any(|complaint| complaint.error);
        failed |= wrong;
        // A table with errors cannot lie below another one.
        if !wrong {
            below.push(path.clone());
        }
    }
    Ok((lines, if failed { Exit::SomeFailed } else { Exit::Done }))
}

/// The lines of a file of records, or of standard input; compressed or not.
pub(super) fn lines(file: Option<&PathBuf>) -> Source {
    if file.is_none_or(|file| file.as_os_str() == "-") {
        tell_of_terminal();
    }
    let options = Options {
        kind: Some(Kind::Jsonl),
        ..Options::default()
    };
    Source::new(file.cloned().into_iter().collect(), options)
}

/// Speakers without an entity, or with one that no table knows, most frequent first.
fn gaps(to: &mut impl Write, file: Option<&PathBuf>) -> Result<io::Result<Exit>, Error> {
    let mut counts: HashMap<(String, String), usize> = HashMap::new();
    for line in lines(file) {
        let line = line.map_err(|failure| failure.error)?;
        let record: Value = serde_json::from_slice(line.bytes()).map_err(|why| Error::Line {
            file: file.map_or("standard input".to_owned(), |file| file.display().to_string()),
            line: line.origin.line.unwrap_or_default() as usize,
            what: Error::Json(why.to_string()).to_string(),
        })?;
        for quote in record["quotes"].as_array().into_iter().flatten() {
            let speaker = &quote["speaker"];
            let entity = speaker["entity"].as_u64();
            let entity = entity.and_then(|id| record["entities"].as_array()?.get(id as usize));
            let kind = speaker["kind"].as_str().unwrap_or("unknown");
            let known = entity.is_some_and(|entity| {
                let marks = ["wikidata", "office", "country"];
                marks
                    .iter()
                    .any(|mark| entity.get(mark).is_some_and(|value| !value.is_null()))
            });
            if known || kind == "group" {
                continue;
            }
            let name = entity
                .and_then(|entity| entity["name"].as_str())
                .or(speaker["name"].as_str());
            if let Some(name) = name.or(speaker["mention"]["text"].as_str()) {
                *counts.entry((name.to_owned(), kind.to_owned())).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok((|| {
        for ((name, kind), count) in &counts {
            writeln!(to, "{count}\t{name}\t{kind}")?;
        }
        Ok(Exit::Done)
    })())
}

fn stats(to: &mut impl Write, gazetteer: &Gazetteer) -> io::Result<Exit> {
    let tenures: usize = (0..gazetteer.offices())
        .map(|office| gazetteer.tenures_of(office).count())
        .sum();
    writeln!(to, "people\t{}", gazetteer.people())?;
    writeln!(to, "places\t{}", gazetteer.places())?;
    writeln!(to, "organizations\t{}", gazetteer.organizations())?;
    writeln!(to, "offices\t{}", gazetteer.offices())?;
    writeln!(to, "tenures\t{tenures}")?;
    writeln!(to, "bytes\t{}", gazetteer.size())?;
    Ok(Exit::Done)
}
