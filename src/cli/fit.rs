//! `attache fit`: word lists and weights from annotated articles.

use super::Exit;
use attache::{Error, fit, gold};
use std::path::PathBuf;

/// What to fit on, and where to write.
pub(crate) struct Config {
    /// Folders with `text/` and `attributions/`.
    pub(crate) gold: Vec<PathBuf>,
    /// The folder of tables.
    pub(crate) data: PathBuf,
    /// Judge by cross-validation in so many parts instead of writing.
    pub(crate) folds: Option<usize>,
}

/// Fits and writes the tables.
pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let mut articles = Vec::new();
    for folder in &config.gold {
        articles.extend(gold::read(folder)?);
    }
    let in_data = |cause| failed(&config.data, cause);
    match config.folds {
        None => fit::write_all(&articles, &config.data).map_err(in_data)?,
        Some(folds) => {
            for line in fit::cross_validate(&articles, &config.data, folds).map_err(in_data)? {
                println!("{line}");
            }
        }
    }
    Ok(Exit::Done)
}

fn failed(path: &std::path::Path, cause: std::io::Error) -> Error {
    Error::Read {
        name: path.display().to_string(),
        cause,
    }
}
