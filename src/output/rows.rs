//! Tables: a row for each quote.
//!
//! In: a record. Out: its quotes as rows of CSV or TSV, under the header that stands once before all of them. A cell that
//! holds the separator, a quotation mark or a line break is put in quotation marks, as RFC 4180 has it; nothing else is
//! done to what a cell says.

use crate::article::Id;
use crate::offsets::Offsets;
use crate::record::{Quote, Record, Speaker};
use csv::WriterBuilder;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{Result, Write};

/// The columns, in order.
#[derive(Debug, Default, Serialize)]
struct Row<'r> {
    article: Option<&'r Id>,
    title: Option<&'r str>,
    date: Option<String>,
    url: Option<&'r str>,
    site: Option<&'r str>,
    quote: usize,
    r#type: &'r str,
    text: String,
    /// Where the first piece starts and the last one ends, and all of them: `85-105;120-130`.
    start: u32,
    end: u32,
    spans: String,
    offsets: Offsets,
    speaker: Option<&'r str>,
    kind: Option<&'r str>,
    wikidata: Option<&'r str>,
    country: Option<&'r str>,
    office: Option<&'r str>,
    anonymous: bool,
    mention: Option<&'r str>,
    mention_start: Option<u32>,
    mention_end: Option<u32>,
    form: Option<&'r str>,
    cue: Option<&'r str>,
    attitude: Option<&'r str>,
    negated: bool,
    hypothetical: bool,
    within: Option<u32>,
    sentence: Option<usize>,
    confidence: f64,
    rule: &'r str,
    /// The names of those who say it with the speaker, between `; `.
    co_speakers: String,
}

/// The names of the columns.
pub(super) fn header(separator: u8, to: &mut impl Write) -> Result<()> {
    // The writer makes them from a row, which is left out.
    let mut names = Vec::new();
    let mut table = WriterBuilder::new().delimiter(separator).from_writer(&mut names);
    table.serialize(Row::default())?;
    table.flush()?;
    drop(table);
    let line = names.split_inclusive(|&byte| byte == b'\n').next();
    to.write_all(line.unwrap_or_default())
}

pub(super) fn write(record: &Record, separator: u8, to: &mut impl Write) -> Result<()> {
    let mut table = WriterBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .from_writer(to);
    for quote in record.quotes() {
        table.serialize(row(record, &quote))?;
    }
    table.flush()
}

fn row<'r>(record: &Record<'r, '_>, quote: &Quote<'r>) -> Row<'r> {
    let article = record.extraction().article;
    let speaker = quote.speaker.as_ref();
    let known = speaker.and_then(|speaker| speaker.known);
    let mention = speaker.map(|speaker| &speaker.mention);
    let others: Vec<&str> = quote.co_speakers.iter().map(Speaker::called).collect();
    let mut spans = String::new();
    for place in quote.spans.iter() {
        let between = if spans.is_empty() { "" } else { ";" };
        // Writing to a string cannot fail.
        let _ = write!(spans, "{between}{}-{}", place.start, place.end);
    }
    Row {
        article: article.id.as_ref(),
        title: article.title.as_deref(),
        date: record.extraction().date().map(|date| date.to_string()),
        url: article.url.as_deref(),
        site: record.extraction().site(),
        quote: quote.id,
        r#type: quote.kind,
        text: quote.text.to_string(),
        start: quote.spans.iter().next().map_or(0, |place| place.start),
        end: quote.spans.iter().next_back().map_or(0, |place| place.end),
        spans,
        offsets: record.offsets(),
        speaker: speaker.and_then(|speaker| speaker.name),
        kind: speaker.and_then(|speaker| speaker.kind),
        wikidata: known.and_then(|entity| entity.wikidata.as_deref()),
        country: known.and_then(|entity| entity.country.as_deref()),
        office: speaker.and_then(|speaker| speaker.office),
        anonymous: speaker.is_some_and(|speaker| speaker.anonymous),
        mention: mention.map(|mention| mention.text),
        mention_start: mention.map(|mention| mention.start),
        mention_end: mention.map(|mention| mention.end),
        form: mention.and_then(|mention| mention.form),
        cue: quote.cue.as_ref().map(|cue| cue.text),
        attitude: quote.attitude,
        negated: quote.negated,
        hypothetical: quote.hypothetical,
        within: quote.within,
        sentence: quote.sentence,
        confidence: quote.confidence,
        rule: quote.rule,
        co_speakers: others.join("; "),
    }
}
