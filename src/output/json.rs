//! The record as JSON, on one line or indented.
//!
//! In: an extraction, or what failed. Out: one JSON object and a line end.

use super::{Style, compact, pretty};
use crate::extractor::Extraction;
use crate::record::Record;
use serde::Serialize;
use std::io::{Result, Write};

pub(super) fn write(style: &Style, extraction: &Extraction, indent: bool, to: &mut Vec<u8>) -> Result<()> {
    let record = Record::new(extraction, style.offsets)
        .with_text(style.text)
        .with_alternatives(style.alternatives);
    if indent {
        return pretty::write(to, &serde_json::to_value(&record)?);
    }
    to.reserve((extraction.document.text.len() * TIMES).min(MOST));
    append(&record, to)
}

/// Of a hundred records one is more than so many times as long as its text.
const TIMES: usize = 7;
/// So much room is made beforehand at most.
const MOST: usize = 1 << 20;

/// One value and a line end.
pub(crate) fn line(value: &impl Serialize, to: &mut impl Write) -> Result<()> {
    let mut line = Vec::new();
    append(value, &mut line)?;
    to.write_all(&line)
}

/// The same, behind what is there.
fn append(value: &impl Serialize, to: &mut Vec<u8>) -> Result<()> {
    let start = to.len();
    if let Err(why) = compact::append(to, value) {
        to.truncate(start);
        return Err(why.into());
    }
    to.push(b'\n');
    Ok(())
}
