//! Corrections to a quote database: made, listed, taken back.
//!
//! In: the number of a quote, as `attache search` prints it, and what is wrong with it. Out: a correction, kept apart
//! from what was extracted; it stands when its article is read anew, until it is taken back.

use super::ask::{Format, plain, write};
use super::exit::Exit;
use attache::Error;
use attache::store::{Correction, Reader, Remedy};
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
    /// Who said it: a name, or a Wikidata identifier that the database knows
    #[arg(long, value_name = "NAME", group = "remedy")]
    speaker: Option<String>,
    /// Nobody said it: it is found no longer
    #[arg(long, group = "remedy")]
    not_a_quote: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
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
    let made = Correction::make(&args.db, args.quote, &remedy, args.note.as_deref())?;
    let corrected = Reader::open(&args.db)?.quote(args.quote)?;
    let whose = match (remedy, corrected.and_then(|quote| quote.speaker)) {
        // The name as the database has it: an identifier was enough.
        (Remedy::Speaker(_), Some(name)) => format!("was said by {}", plain(&name)),
        _ => "is no quote".to_owned(),
    };
    writeln!(io::stdout(), "correction {made}: quote {} {whose}", args.quote).map_err(Error::Write)?;
    Ok(Exit::Done)
}

pub(crate) fn corrections(args: &CorrectionsArgs) -> Result<Exit, Error> {
    if let Some(id) = args.revert {
        Correction::revert(&args.db, id)?;
        writeln!(io::stdout(), "correction {id} taken back").map_err(Error::Write)?;
        return Ok(Exit::Done);
    }
    let all = Reader::open(&args.db)?.corrections()?;
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
