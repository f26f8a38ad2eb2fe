//! A quote database in the formats of others.
//!
//! In: the database, a filter, a format. Out: all quotes that fit, to standard output or to a file that has its name only
//! when it is complete.

use super::ask::Which;
use super::exit::Exit;
use super::say::say;
use super::sink::Sink;
use attache::store::Reader;
use attache::{Error, export, output};
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
    /// How to write them [default: what the output's name asks for, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Where to write them [default: standard output]
    #[arg(long, value_name = "FILE")]
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
    let named = args.output.as_deref().and_then(Path::extension);
    let named = named.and_then(|name| Format::from_str(&name.to_string_lossy(), true).ok());
    let format = args.format.or(named).unwrap_or(Format::Jsonl);
    let reader = Reader::open(&args.which.db)?;
    // A stream or one file, whatever stands in it.
    let mut sink = Sink::open(args.output.as_deref(), output::Format::Jsonl)?;
    #[cfg(feature = "parquet")]
    if format == Format::Parquet && sink.is_terminal() {
        say("Parquet is nothing to look at: name a file with --output");
        return Ok(Exit::Fatal);
    }
    let written = export::write(&reader, &args.which.filter(&args.words), format.into(), &mut sink);
    written.map_err(|error| match error {
        Error::Write(cause) => sink.failed(cause),
        error => error,
    })?;
    sink.finish()?;
    Ok(Exit::Done)
}
