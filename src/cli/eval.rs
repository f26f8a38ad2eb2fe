//! Scores predictions against annotated articles.
//!
//! The scores go to standard output; warnings, and what went wrong where, to standard error.

use super::exit::Exit;
use super::gazetteer::lines;
use super::say::{aside, say};
use attache::eval::{Names, Predictions};
use attache::gold::Annotated;
use attache::{Error, Extractor, eval, gold};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What was asked for.
pub(crate) struct Config {
    /// The folder with `text/` and `attributions/`.
    pub(crate) gold: PathBuf,
    /// Records, one a line; without them attache reads the articles itself.
    pub(crate) predictions: Option<PathBuf>,
    /// Who the annotated sources are.
    pub(crate) resolved: Option<PathBuf>,
    /// How many faults of each kind to show.
    pub(crate) errors: Option<usize>,
    /// Whether to print JSON.
    pub(crate) json: bool,
}

pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let articles = gold::read(&config.gold)?;
    if articles.is_empty() {
        let why = "no text/ID.txt in it has a file attributions/ID_ANNOTATOR.ann, no ID.txt a file ID.ann, and no NAME.marked is there";
        return Err(unreadable(&config.gold)(io::Error::other(why)));
    }
    let names = match &config.resolved {
        Some(path) => {
            let table = fs::read_to_string(path).map_err(unreadable(path))?;
            Some(Names::new(&articles, &table, &path.display().to_string())?)
        }
        None => None,
    };
    let predictions = match &config.predictions {
        Some(file) => given(&articles, file)?,
        None => Predictions::made(&articles, &Extractor::new())?,
    };
    let (missing, unknown) = (predictions.missing(), predictions.unknown());
    if !missing.is_empty() {
        let (few, all) = (missing.len(), articles.len());
        let some = some_of(&missing);
        say(format_args!(
            "{few} of {all} articles have no prediction, all in them counts as missed: {some}"
        ));
    }
    if !unknown.is_empty() {
        let (few, some) = (unknown.len(), some_of(unknown));
        say(format_args!(
            "{few} predictions are of articles that are not annotated: {some}"
        ));
    }
    let (scores, faults) = eval::score(
        &articles,
        &predictions,
        names.as_ref(),
        config.errors.unwrap_or_default(),
    );
    let mut to = io::stdout().lock();
    if config.json {
        let json = serde_json::to_string(&scores).map_err(|why| Error::Write(why.into()))?;
        writeln!(to, "{json}").map_err(Error::Write)?;
    } else {
        write!(to, "{scores}").map_err(Error::Write)?;
    }
    if config.errors.is_some() {
        aside(faults);
    }
    Ok(Exit::Done)
}

/// The predictions in a file.
fn given<'a>(articles: &'a [Annotated], path: &PathBuf) -> Result<Predictions<'a>, Error> {
    let mut predictions = Predictions::new(articles);
    let file = path.display().to_string();
    for line in lines(Some(path)) {
        let line = line.map_err(|failure| failure.error)?;
        let number = line.origin.line.unwrap_or_default();
        predictions.add(line.bytes(), &file, number as usize)?;
    }
    Ok(predictions)
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> Error {
    move |cause| Error::Read {
        name: path.display().to_string(),
        cause,
    }
}

/// The first few ids.
fn some_of<S: AsRef<str>>(ids: &[S]) -> String {
    let few: Vec<&str> = ids.iter().take(3).map(AsRef::as_ref).collect();
    few.join(", ") + if ids.len() > 3 { ", …" } else { "" }
}
