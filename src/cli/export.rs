//! A quote database in the formats of others.
//!
//! In: the database, a filter, a format. Out: all quotes that fit, to standard output or to a file that has its name only
//! when it is complete.

use super::ask::Which;
use super::exit::Exit;
use super::say::say;
use super::sink::{Sink, tells_no_format};
use attache::{Error, export};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

pub(super) const HELP: &str = "\
JSONL, CSV and Parquet are one table: a row for each quote, with the columns of `attache --format csv` and the numbers of
the database. jsonld goes by article. quotebank goes by statement, and has those that stand somewhere between quotation
marks as a whole.

Examples:
  attache export --db quotes.db --output quotes.parquet
  attache export --db quotes.db --format csv --from 2017-01-01 --speaker Marsh > marsh.csv";

/// Which quotes, and how they are written.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Words that must be there, as in `attache search`
    words: Vec<String>,
    #[command(flatten)]
    which: Which,
    /// How to write them [default: by the ending of the output's name, such as .csv; jsonl if it has none]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Where to write them [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line
    Jsonl,
    /// A table
    Csv,
    /// A table for DuckDB, pandas and the like
    #[cfg(feature = "parquet")]
    Parquet,
    /// Linked data, by the vocabulary of schema.org
    Jsonld,
    /// The fields of the data set Quotebank
    Quotebank,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> export::Format {
        match format {
            Format::Jsonl => export::Format::Jsonl,
            Format::Csv => export::Format::Csv,
            #[cfg(feature = "parquet")]
            Format::Parquet => export::Format::Parquet,
            Format::Jsonld => export::Format::Jsonld,
            Format::Quotebank => export::Format::Quotebank,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let output = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let Some(format) = args.format.or_else(|| by_name(output)) else {
        return Ok(tells_no_format(output.unwrap_or(Path::new("")), &endings()));
    };
    let filter = args.which.filter(&args.words);
    let reader = args.which.reader(&filter)?;
    // A stream or one file, whatever stands in it.
    let mut sink = Sink::open(output, attache::output::Format::Jsonl)?;
    #[cfg(feature = "parquet")]
    if format == Format::Parquet && sink.is_terminal() {
        say("Parquet is nothing to look at: name a file with --output");
        return Ok(Exit::Fatal);
    }
    let written = export::write(&reader, &filter, format.into(), &mut sink);
    written.map_err(|error| match error {
        Error::Write(cause) => sink.failed(cause),
        error => error,
    })?;
    sink.finish()?;
    Ok(Exit::Done)
}

/// The format that a file's name asks for: none if its ending is no format's.
fn by_name(output: Option<&Path>) -> Option<Format> {
    match output.and_then(Path::extension) {
        Some(ending) => Format::from_str(ending.to_str()?, true).ok(),
        None => Some(Format::Jsonl),
    }
}

/// The endings that ask for a format.
fn endings() -> Vec<String> {
    let formats = Format::value_variants().iter().filter_map(Format::to_possible_value);
    formats.map(|format| format.get_name().to_owned()).collect()
}
