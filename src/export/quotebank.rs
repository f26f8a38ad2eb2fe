//! What is said word for word, with the fields of the data set Quotebank (its version by quotation).
//!
//! In: rows, statement by statement. Out: one JSON object on a line for each statement that stands somewhere between
//! quotation marks as a whole: how often, where, and who is said to have said it. `phase`, a part of that collection's
//! history, is null.

use crate::article::host;
use crate::error::{Error, Result};
use crate::output::html::is_web;
use crate::output::json;
use crate::output::quotebank::{Line, NONE};
use crate::store::{Filter, Order, Reader, Row};
use std::collections::BTreeSet;
use std::io::{self, Write};

pub(super) fn write(reader: &Reader, filter: &Filter, to: &mut impl Write) -> Result<()> {
    let mut statement: Vec<Row> = Vec::new();
    reader.table(filter, Order::Statement, |row| {
        if row.r#type != "direct" {
            return Ok(());
        }
        if statement.first().is_some_and(|first| first.statement != row.statement) {
            line(&statement, to).map_err(Error::Write)?;
            statement.clear();
        }
        statement.push(row);
        Ok(())
    })?;
    line(&statement, to).map_err(Error::Write)
}

fn line(rows: &[Row], to: &mut impl Write) -> io::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let day = rows.iter().filter_map(|row| row.date.as_deref()).min();
    let speakers = speakers(rows);
    let (speaker, _) = speakers[0];
    let qids = rows.iter().filter(|row| name(row) == speaker);
    let qids: BTreeSet<&str> = qids.filter_map(|row| row.wikidata.as_deref()).collect();
    let urls = rows.iter().filter_map(|row| row.url.as_deref());
    let urls: BTreeSet<&str> = urls.filter(|url| is_web(url)).collect();
    let domains: BTreeSet<String> = urls.iter().filter_map(|url| host(url)).collect();
    let number = first.statement.unwrap_or(first.id);
    let line = Line {
        id: day.map_or_else(|| format!("{number:06}"), |day| format!("{day}-{number:06}")),
        quotation: commonest(rows).to_owned(),
        speaker,
        qids: qids.into_iter().filter(|_| speaker != NONE).collect(),
        date: day.map(|day| format!("{day} 00:00:00")),
        num_occurrences: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        probas: speakers
            .iter()
            .map(|(name, share)| (*name, format!("{share:.4}")))
            .collect(),
        urls: urls.into_iter().collect(),
        phase: None,
        domains: domains.into_iter().collect(),
    };
    json::line(&line, to)
}

/// The name of somebody who has one: "senior officials" are nobody in particular.
fn name(row: &Row) -> &str {
    row.speaker.as_deref().filter(|_| !row.anonymous).unwrap_or(NONE)
}

/// Who may have said it, the likeliest first: each article gives the name it has its confidence, and nobody the rest.
fn speakers(rows: &[Row]) -> Vec<(&str, f64)> {
    let mut shares: Vec<(&str, f64)> = Vec::new();
    let mut give = |name, share: f64| match shares.iter_mut().find(|(known, _)| *known == name) {
        Some((_, sum)) => *sum += share,
        None => shares.push((name, share)),
    };
    for row in rows {
        // Whoever corrected it does not doubt it.
        let confidence = if row.corrected { 1.0 } else { row.confidence };
        let sure = if name(row) == NONE { 0.0 } else { confidence };
        give(name(row), sure);
        give(NONE, 1.0 - sure);
    }
    for (_, share) in &mut shares {
        *share /= rows.len() as f64;
    }
    // The sort is stable: of two alike, the one that was read first.
    shares.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    shares
}

/// The wording that most articles have; of two, the longer one.
fn commonest(rows: &[Row]) -> &str {
    let count = |text: &str| rows.iter().filter(|row| row.text == text).count();
    let texts: BTreeSet<&str> = rows.iter().map(|row| &*row.text).collect();
    let best = texts.into_iter().max_by_key(|text| (count(text), text.len()));
    best.unwrap_or_default()
}
