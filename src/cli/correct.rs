//! Corrections to a quote database: made, listed, taken back.
//!
//! In: the number of a quote, as `attache search` prints it, and what is wrong with it. Out: a correction, kept apart
//! from what was extracted; it stands when its article is read anew, until it is taken back.

use super::ask::{Format, plain, write};
use super::exit::Exit;
use super::gazetteer;
use super::say::say;
use attache::Error;
use attache::store::{By, Correction, Reader, Remedy};
use clap::ArgGroup;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const HELP: &str = "\
Examples:
  attache correct --db quotes.db 12 --speaker \"Elena Marsh\"
  attache correct --db quotes.db 12 --not-a-quote --note \"the name of a film\"
  attache corrections --db quotes.db --revert 1";

/// What is wrong with which quote.
#[derive(clap::Args)]
#[command(group = ArgGroup::new("remedy").required(true))]
pub(crate) struct CorrectArgs {
    /// The quote's number, as `attache search` tells it
    quote: i64,
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Who said it: a name, a surname that one person alone bears in the database or, on that day, in the gazetteer, or a
    /// Wikidata identifier; a name that nobody bears makes a new person
    #[arg(long, value_name = "NAME", group = "remedy")]
    speaker: Option<String>,
    /// Nobody said it: it is found no longer
    #[arg(long, group = "remedy")]
    not_a_quote: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

/// Which corrections.
#[derive(clap::Args)]
pub(crate) struct CorrectionsArgs {
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Take this one back: the quote is again as it was extracted
    #[arg(long, value_name = "NUMBER", conflicts_with = "format")]
    revert: Option<i64>,
    /// How to write the list
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(crate) fn correct(args: &CorrectArgs) -> Result<Exit, Error> {
    let remedy = match &args.speaker {
        Some(name) => Remedy::Speaker(name.clone()),
        None => Remedy::NotAQuote,
    };
    let gazetteer = gazetteer::open(&args.tables.files)?;
    let made = Correction::make(&args.db, args.quote, &remedy, args.note.as_deref(), &gazetteer)?;
    let whose = match made.speaker {
        Some(speaker) => {
            let (given, name) = (
                plain(args.speaker.as_deref().unwrap_or_default().trim()),
                plain(&speaker.name),
            );
            match speaker.by {
                By::Surname => say(format_args!(
                    "{given} is {name}, the only one of that surname in the database"
                )),
                By::Gazetteer => say(format_args!("{given} is {name}, whom the gazetteer knows")),
                By::Nothing => say(format_args!("nobody was known as {given}: this is a new person")),
                By::Name => {}
            }
            // The name as the database has it: an identifier was enough.
            format!("was said by {name}")
        }
        None => "is no quote".to_owned(),
    };
    writeln!(io::stdout(), "correction {}: quote {} {whose}", made.id, args.quote).map_err(Error::Write)?;
    Ok(Exit::Done)
}

pub(crate) fn corrections(args: &CorrectionsArgs) -> Result<Exit, Error> {
    if let Some(id) = args.revert {
        Correction::revert(&args.db, id)?;
        writeln!(io::stdout(), "correction {id} taken back").map_err(Error::Write)?;
        return Ok(Exit::Done);
    }
    let all = Reader::open(&args.db)?.corrections(usize::MAX, 0)?;
    write(&all, args.format, |to, correction: &Correction| {
        let what = match &correction.speaker {
            Some(name) => format!("said by {}", plain(name)),
            None => "no quote".to_owned(),
        };
        let instead = correction.extracted.as_deref().unwrap_or("an unknown speaker");
        let text = correction.text.as_deref().unwrap_or("(in no article now)");
        let quote = correction.quote.map(|quote| format!("quote {quote}, "));
        let reverted = correction
            .reverted
            .as_deref()
            .map(|when| format!(", taken back {when}"));
        let note = correction.note.as_deref().map(|note| format!("\n    {}", plain(note)));
        writeln!(
            to,
            "{}: {what}, not {}: {}\n    {}made {}{}{}\n",
            correction.id,
            plain(instead),
            plain(text),
            quote.unwrap_or_default(),
            correction.made,
            reverted.unwrap_or_default(),
            note.unwrap_or_default(),
        )
    })
}
