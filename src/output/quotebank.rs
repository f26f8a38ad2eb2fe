//! What is said word for word, with the fields of the data set Quotebank (its version by quotation).
//!
//! In: a record. Out: one JSON object on a line for each verbatim passage. What that data set says of a quotation over
//! all articles is said here of one: it occurs once. `phase`, a part of that collection's history, is null.

use super::html::is_web;
use super::json::line;
use crate::article::{Id, host};
use crate::record::{Quote, Record, Speaker};
use serde::Serialize;
use std::io::{Result, Write};

/// What Quotebank calls a speaker that nobody knows.
pub(crate) const NONE: &str = "None";

/// A quotation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line<'r> {
    #[serde(rename = "quoteID")]
    pub(crate) id: String,
    pub(crate) quotation: String,
    pub(crate) speaker: &'r str,
    pub(crate) qids: Vec<&'r str>,
    pub(crate) date: Option<String>,
    pub(crate) num_occurrences: u32,
    pub(crate) probas: Vec<(&'r str, String)>,
    pub(crate) urls: Vec<&'r str>,
    pub(crate) phase: Option<&'r str>,
    pub(crate) domains: Vec<String>,
}

pub(super) fn write(number: u64, record: &Record, to: &mut impl Write) -> Result<()> {
    let article = record.extraction().article;
    let url = article.url.as_deref().filter(|url| is_web(url));
    let name = match &article.id {
        None => number.to_string(),
        Some(Id::Text(id)) => id.clone(),
        Some(Id::Number(id)) => id.to_string(),
    };
    for quote in record.quotes() {
        let speaker = quote.speaker.as_ref().and_then(named);
        let known = quote.speaker.as_ref().and_then(|speaker| speaker.known);
        let known = known.filter(|_| speaker.is_some());
        let passages = quote.passages();
        for (part, passage) in passages.iter().enumerate() {
            // Most quotes are one passage; only where there are more must they be told apart.
            let part = if passages.len() > 1 {
                format!("-{}", part + 1)
            } else {
                String::new()
            };
            let of = Line {
                id: format!("{name}-{}{part}", quote.id),
                quotation: passage.to_string(),
                speaker: speaker.unwrap_or(NONE),
                qids: known
                    .and_then(|entity| entity.wikidata.as_deref())
                    .into_iter()
                    .collect(),
                date: record.extraction().date().map(|date| format!("{date} 00:00:00")),
                num_occurrences: 1,
                probas: probabilities(record, &quote),
                urls: url.into_iter().collect(),
                phase: None,
                domains: url.and_then(host).into_iter().collect(),
            };
            line(&of, to)?;
        }
    }
    Ok(())
}

/// The name of somebody who has one: "senior officials" are nobody in particular.
fn named<'r>(speaker: &Speaker<'r>) -> Option<&'r str> {
    speaker.name.filter(|_| !speaker.anonymous)
}

/// Who may have said it: the speaker first, then others, the likeliest first; what is left of 1 is nobody's.
fn probabilities<'r>(record: &'r Record, quote: &Quote<'r>) -> Vec<(&'r str, String)> {
    let speaker = quote.speaker.as_ref().and_then(named);
    let confidence = if speaker.is_some() { quote.confidence } else { 0.0 };
    let mut others: Vec<(&str, f64)> = Vec::new();
    for other in record.others(quote.id) {
        let Some(name) = named(&other.speaker).filter(|&name| Some(name) != speaker) else {
            continue;
        };
        match others.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += other.probability,
            None => others.push((name, other.probability)),
        }
    }
    others.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    // Each mention was weighed by itself: all together may come to more than there is.
    let sum: f64 = others.iter().map(|(_, probability)| probability).sum();
    let share = if sum > 1.0 - confidence {
        (1.0 - confidence) / sum
    } else {
        1.0
    };
    let others = others
        .into_iter()
        .map(|(name, probability)| (name, probability * share));
    let nobody = (NONE, 1.0 - confidence - sum * share);
    let mut all: Vec<(&str, f64)> = speaker.map(|name| (name, confidence)).into_iter().collect();
    if speaker.is_some() {
        all.extend(others.chain([nobody]));
    } else {
        all.extend([nobody].into_iter().chain(others));
    }
    let written = |(name, probability): (&'r str, f64)| (name, format!("{:.4}", probability.max(0.0)));
    all.into_iter().map(written).collect()
}
