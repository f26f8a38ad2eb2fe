//! The record as JSON, on one line or indented.
//!
//! In: an extraction, or what failed. Out: one JSON object and a line end.

use super::{Style, compact, pretty};
use crate::extractor::Extraction;
use crate::record::Record;
use serde::Serialize;
use std::io::{Result, Write};

pub(super) fn write(style: &Style, extraction: &Extraction, indent: bool, to: &mut impl Write) -> Result<()> {
    let record = Record::new(extraction, style.offsets)
        .with_text(style.text)
        .with_alternatives(style.alternatives);
    if indent {
        pretty::write(to, &serde_json::to_value(&record)?)
    } else {
        sized_line(&record, (extraction.document.text.len() * TIMES).min(MOST), to)
    }
}

/// Of a hundred records one is more than so many times as long as its text.
const TIMES: usize = 7;
/// So much room is made beforehand at most.
const MOST: usize = 1 << 20;

/// One value and a line end.
pub(crate) fn line(value: &impl Serialize, to: &mut impl Write) -> Result<()> {
    sized_line(value, 0, to)
}

/// The same, about so many bytes long.
fn sized_line(value: &impl Serialize, size: usize, to: &mut impl Write) -> Result<()> {
    let mut line = Vec::with_capacity(size);
    compact::append(&mut line, value)?;
    line.push(b'\n');
    to.write_all(&line)
}
