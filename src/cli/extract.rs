//! The main job: articles in, records out.
//!
//! One article gives one JSON object, indented on a terminal. Everything else (several paths, a folder, lines of JSON)
//! is a batch: one line of JSON for each document, in order. Other formats come out the same way.

use super::Unit;
use super::batch::{self, Batch};
use super::exit::Exit;
use super::gazetteer;
use super::say::{say, tell_of_terminal};
use super::sink::{Made, Sink, tells_no_format};
use attache::article::{Failure, Id};
use attache::input::{self, Kind, Options, Raw, Source};
use attache::output::{Format, Style};
use attache::{Article, Error, Extractor};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread;

#[derive(Args)]
pub(super) struct ExtractArgs {
    /// Files and folders, - for standard input [default: standard input]
    paths: Vec<PathBuf>,
    /// What the input holds [default: found out for each file by its content and name]
    #[arg(long, value_enum, value_name = "KIND")]
    input: Option<InputKind>,
    /// Read one JSON object a line, write one a line
    #[arg(long, conflicts_with_all = ["id", "pretty", "input"])]
    jsonl: bool,
    /// Day of publication: 2017-04-12 or a time stamp; for JSON records that have none, and before what a page or a text
    /// says
    #[arg(long, value_parser = attache::article::parse_date)]
    date: Option<Date>,
    /// What to call the article
    #[arg(long)]
    id: Option<String>,
    /// What offsets count
    #[arg(long, value_enum, default_value = "char", value_name = "UNIT")]
    offsets: Unit,
    /// Put the article's text into the record: all offsets refer to it
    #[arg(long)]
    with_text: bool,
    /// What to write [default: by the ending of the output's name, such as .csv; json if it has none, with --jsonl jsonl]
    #[arg(long, value_parser = formats(), value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file, which gets its name when all of it is there; with --format brat, to this folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out quotes less probable than this: of those at 0.8, some four in five are right
    #[arg(long, value_parser = probability::<f32>, value_name = "P")]
    min_confidence: Option<f32>,
    /// Add to each quote who else may be its speaker, and to speakers that could not be resolved whom their name may mean
    #[arg(long)]
    alternatives: bool,
    /// Indent the JSON, as is done on a terminal
    #[arg(long)]
    pretty: bool,
    /// How many threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// What becomes of a record that fails; formats that have no place for it tell of it on standard error
    #[arg(long, value_enum, default_value = "record", value_name = "WHAT")]
    on_error: OnError,
    /// Exit with 0 even if some records failed
    #[arg(long)]
    exit_zero: bool,
    /// Longest document, after decompression: bytes, or with K, M or G behind the number
    #[arg(long, default_value = "128M", value_parser = size, value_name = "SIZE")]
    max_size: u64,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

#[derive(Clone, Copy, ValueEnum)]
enum InputKind {
    /// Plain text, one article a file
    Text,
    /// One JSON object a line
    Jsonl,
    /// Web pages, one article a file
    Html,
    /// JSON objects in any layout: one, an array, several
    Json,
}

/// What becomes of a record that fails.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnError {
    /// An error record stands in its place
    Record,
    /// Nothing does
    Skip,
    /// The work ends there
    Fail,
}

/// What was asked for.
pub(super) struct Config {
    paths: Vec<PathBuf>,
    options: Options,
    /// Name of the one article.
    id: Option<String>,
    threads: usize,
    on_error: OnError,
    exit_zero: bool,
    /// What is written, but for its format.
    style: Style<'static>,
    /// The format; none if the output's name does not tell it.
    format: Option<Format>,
    /// The file or folder to write.
    output: Option<PathBuf>,
    /// Less confident quotes are left out.
    min_confidence: f32,
    /// Whether to tell who else may be the speaker.
    alternatives: bool,
    /// The user's tables.
    gazetteer: Vec<PathBuf>,
}

impl ExtractArgs {
    pub(super) fn config(self) -> Config {
        let kind = match self.input {
            _ if self.jsonl => Some(Kind::Jsonl),
            Some(InputKind::Text) => Some(Kind::Text),
            Some(InputKind::Jsonl) => Some(Kind::Jsonl),
            Some(InputKind::Html) => Some(Kind::Html),
            Some(InputKind::Json) => Some(Kind::Json),
            None => None,
        };
        let output = self.output.filter(|path| path.as_os_str() != "-");
        let format = match output.as_deref().and_then(Path::extension) {
            _ if self.format.is_some() => self.format,
            Some(ending) => by_ending(ending).or(self.jsonl.then_some(Format::Jsonl)),
            None if self.jsonl => Some(Format::Jsonl),
            None => Some(Format::Json),
        };
        Config {
            paths: self.paths,
            options: Options {
                kind,
                max_size: self.max_size.min(attache::article::MAX_BYTES),
                date: self.date,
                database: None,
            },
            id: self.id,
            threads: threads(self.threads),
            on_error: self.on_error,
            exit_zero: self.exit_zero,
            style: Style {
                format: Format::default(),
                offsets: self.offsets.into(),
                text: self.with_text,
                indent: self.pretty,
                alternatives: None,
                colour: false,
            },
            format,
            output,
            min_confidence: self.min_confidence.unwrap_or(0.0),
            alternatives: self.alternatives,
            gazetteer: self.tables.files,
        }
    }
}

/// So many threads as were asked for, else one a core.
pub(super) fn threads(wanted: Option<NonZeroUsize>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    wanted.map_or_else(cores, NonZeroUsize::get)
}

/// The format that the ending of a file's name asks for.
fn by_ending(ending: &OsStr) -> Option<Format> {
    let ending = ending.to_str()?.to_ascii_lowercase();
    match &*ending {
        TEXT => Some(Format::Text),
        other => Format::parse(other),
    }
}

/// The ending of texts.
const TEXT: &str = "txt";

/// The formats by their names, which help and completions list.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names).try_map(|name| Format::parse(&name).ok_or("no such format"))
}

pub(super) fn probability<T: FromStr + PartialOrd + From<u8>>(given: &str) -> Result<T, String> {
    let number = given.parse::<T>().ok();
    let probability = number.filter(|number| (T::from(0)..=T::from(1)).contains(number));
    probability.ok_or_else(|| "it must be a number from 0 to 1".to_owned())
}

/// A number of bytes: `1000`, `64K`, `128M`, `2G`.
fn size(given: &str) -> Result<u64, String> {
    let (digits, shift) = match given.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&given[..given.len() - 1], 10),
        Some(b'M') => (&given[..given.len() - 1], 20),
        Some(b'G') => (&given[..given.len() - 1], 30),
        _ => (given, 0),
    };
    let number: Option<u64> = digits.parse().ok();
    number
        .and_then(|number| number.checked_mul(1 << shift))
        .ok_or_else(|| "write a number of bytes, or 64K, 128M, 2G".to_owned())
}

pub(super) fn run(config: Config) -> Result<Exit, Error> {
    let Some(format) = config.format else {
        let names = Format::ALL.iter().map(|format| format.name());
        // A folder is named without an ending.
        let mut endings: Vec<&str> = names.filter(|name| *name != Format::Brat.name()).collect();
        endings.push(TEXT);
        return Ok(tells_no_format(
            config.output.as_deref().unwrap_or(Path::new("")),
            &endings,
        ));
    };
    if format == Format::Brat && config.output.is_none() {
        say("--format brat writes a folder of files: name it with --output");
        return Ok(Exit::Fatal);
    }
    // What cannot be written is told before anything is read.
    let sink = Sink::open(config.output.as_deref(), format)?;
    if config.paths.iter().all(|path| path.as_os_str() == "-") {
        tell_of_terminal();
    }
    let size = io::stderr().is_terminal().then(|| input::size(&config.paths));
    let mut source = Source::new(config.paths, config.options);
    let extractor = gazetteer::extractor(&config.gazetteer)?;
    let people = sink.is_terminal();
    let style = Style {
        format,
        alternatives: config.alternatives.then(|| extractor.gazetteer()),
        colour: people && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
        ..config.style
    };
    let least = config.min_confidence;
    // Whether there is one article only is known when a second one was looked for, which a feed must not wait for.
    let mut first: Vec<_> = source.next().into_iter().collect();
    if source.is_single() {
        first.extend(source.next());
        if first.len() < 2 {
            let first = first.pop().ok_or(Error::Empty)?;
            let indent = style.indent || people;
            return one(&extractor, least, first, config.id, Style { indent, ..style }, sink);
        }
    }
    if config.id.is_some() {
        say("--id names one article, and this input may hold several");
        return Ok(Exit::Fatal);
    }
    batch::run(
        Batch {
            threads: config.threads,
            on_error: config.on_error,
            exit_zero: config.exit_zero,
            size: size.flatten(),
            style,
        },
        sink,
        first,
        source,
        |number, document, made| {
            let article = document?.read()?;
            let failed = |error| Failure {
                id: article.id.clone(),
                error,
            };
            let extraction = extractor.extract(&article).map_err(failed)?.at_least(least);
            let written = made.add(&style, number, &extraction);
            written.map_err(|cause| failed(Error::Write(cause)))
        },
    )
}

/// One article, and nothing else: what is wrong with it is the end.
fn one(
    extractor: &Extractor,
    least: f32,
    document: Result<Raw, Failure>,
    id: Option<String>,
    style: Style,
    mut sink: Sink,
) -> Result<Exit, Error> {
    let article = document.and_then(Raw::read).map_err(|failure| failure.error)?;
    let article = Article {
        id: id.map(Id::Text).or(article.id),
        ..article
    };
    let extraction = extractor.extract(&article)?.at_least(least);
    let mut made = Made::default();
    style.begin(&mut made.bytes).map_err(Error::Write)?;
    made.add(&style, 1, &extraction).map_err(Error::Write)?;
    style.end(&mut made.bytes).map_err(Error::Write)?;
    sink.write(made)?;
    sink.finish()?;
    Ok(Exit::Done)
}
