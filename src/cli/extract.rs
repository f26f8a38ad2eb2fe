//! The main job: articles in, records out.
//!
//! One article as text gives one JSON object. With `jsonl`, each line that holds something gives one line, in order; a
//! line that fails gives an error record in its place.

use super::exit::Exit;
use super::gazetteer;
use super::input::Input;
use attache::article::Failure;
use attache::input::read_bytes;
use attache::output::{Format, Style};
use attache::{Article, Error, Extractor, Offsets};
use jiff::civil::Date;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// What was asked for.
pub(crate) struct Config {
    /// The input; standard input if there is none.
    pub(crate) file: Option<PathBuf>,
    /// Whether it is one JSON object a line.
    pub(crate) jsonl: bool,
    /// Day of publication, for articles that do not say.
    pub(crate) date: Option<Date>,
    /// Name of the one article.
    pub(crate) id: Option<String>,
    /// What offsets count.
    pub(crate) offsets: Offsets,
    /// What to write.
    pub(crate) format: Option<Format>,
    /// Whether to indent even into a pipe.
    pub(crate) pretty: bool,
    /// The user's tables.
    pub(crate) gazetteer: Vec<PathBuf>,
}

pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let input = Input::open(config.file.as_ref())?;
    let stdout = io::stdout().lock();
    let default = if config.jsonl { Format::Jsonl } else { Format::Json };
    let style = Style {
        format: config.format.unwrap_or(default),
        offsets: config.offsets,
        indent: config.pretty || stdout.is_terminal(),
        ..Style::default()
    };
    let mut output = BufWriter::with_capacity(1 << 16, stdout);
    if config.jsonl {
        return lines(config, &style, input, &mut output);
    }
    let article = Article {
        id: config.id.as_deref().map(Into::into),
        date: config.date,
        ..read_bytes(&input.whole()?, None)?
    };
    let extraction = gazetteer::extractor(&config.gazetteer)?.extract(&article)?;
    style
        .begin(&mut output)
        .and_then(|()| style.article(&extraction, &mut output))
        .and_then(|()| style.end(&mut output))
        .and_then(|()| output.flush())
        .map_err(Error::Write)?;
    Ok(Exit::Done)
}

fn lines(config: &Config, style: &Style, input: Input, output: &mut impl Write) -> Result<Exit, Error> {
    let extractor = gazetteer::extractor(&config.gazetteer)?;
    let mut lines = input.lines();
    let (mut records, mut failed) = (0_u64, 0_u64);
    style.begin(output).map_err(Error::Write)?;
    while let Some(line) = lines.next(output)? {
        if line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
            continue;
        }
        records += 1;
        let read = line.map_err(|error| Failure { id: None, error });
        if let Err(failure) = read.and_then(|line| one_line(config, style, &extractor, line, output)) {
            if matches!(failure.error, Error::Write(_)) {
                return Err(failure.error);
            }
            failed += 1;
            style.failure(&failure, output).map_err(Error::Write)?;
        }
    }
    style.end(output).and_then(|()| output.flush()).map_err(Error::Write)?;
    if failed == 0 {
        return Ok(Exit::Done);
    }
    eprintln!("attache: {failed} of {records} records failed; their places hold the errors");
    Ok(Exit::SomeFailed)
}

fn one_line(
    config: &Config,
    style: &Style,
    extractor: &Extractor,
    line: &[u8],
    output: &mut impl Write,
) -> Result<(), Failure> {
    let mut article = Article::from_json(line)?;
    article.date = article.date.or(config.date);
    let failure = |error| Failure {
        id: article.id.clone(),
        error,
    };
    let extraction = extractor.extract(&article).map_err(failure)?;
    style
        .article(&extraction, output)
        .map_err(|cause| failure(Error::Write(cause)))
}
