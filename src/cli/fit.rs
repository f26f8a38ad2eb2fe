//! `attache fit`: word lists and weights from annotated articles.

use super::Exit;
use super::say::aside;
use attache::eval::{self, Predictions};
use attache::{Error, fit, gold};
use std::io::{self, Write};
use std::path::PathBuf;

/// What to fit on, and where to write.
pub(crate) struct Config {
    /// Folders with `text/` and `attributions/`.
    pub(crate) gold: Vec<PathBuf>,
    /// The folder of tables.
    pub(crate) data: PathBuf,
    /// Measure by cross-validation instead of writing.
    pub(crate) cross_validate: bool,
    /// How many faults of each kind to show.
    pub(crate) errors: Option<usize>,
}

/// Fits and writes the tables.
pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let mut articles = Vec::new();
    let mut folders = Vec::new();
    for folder in &config.gold {
        articles.extend(gold::read(folder)?);
        folders.push((folder, articles.len()));
    }
    let in_data = |cause| failed(&config.data, cause);
    if !config.cross_validate {
        fit::write_all(&articles, &config.data).map_err(in_data)?;
        return Ok(Exit::Done);
    }
    let mut predicted = fit::cross_validate(&articles, &config.data)
        .map_err(in_data)?
        .into_iter();
    let mut start = 0;
    for (folder, end) in folders {
        let part = &articles[start..end];
        let mut predictions = Predictions::new(part);
        for (number, predicted) in predicted.by_ref().take(part.len()).enumerate() {
            predictions.insert(number, predicted);
        }
        let (scores, faults) = eval::score(part, &predictions, None, config.errors.unwrap_or_default());
        let told = writeln!(io::stdout(), "{}\n{scores}", folder.display());
        told.map_err(Error::Write)?;
        if config.errors.is_some() {
            aside(faults);
        }
        start = end;
    }
    Ok(Exit::Done)
}

fn failed(path: &std::path::Path, cause: std::io::Error) -> Error {
    Error::Read {
        name: path.display().to_string(),
        cause,
    }
}
