//! Prints the JSON Schema of the record.

use super::exit::Exit;
use attache::Error;
use std::io::{self, Write};

const SCHEMA: &str = include_str!("../../data/schema/attache-1.json");

pub(crate) fn run() -> Result<Exit, Error> {
    io::stdout().write_all(SCHEMA.as_bytes()).map_err(Error::Write)?;
    Ok(Exit::Done)
}
