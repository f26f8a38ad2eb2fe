//! Turns of a transcript: paragraphs that begin with a label and a colon.
//!
//! In: the items. Out: for each turn its label and its paragraphs. "TILLERSON: We had a frank exchange." is direct speech
//! without quotation marks. One such paragraph is a headline or a list; an article with several is a transcript.

use super::items::Items;
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Case, Kind};

/// Fewest labelled paragraphs of a transcript.
const FEWEST: usize = 3;
/// Longest label, in tokens.
const LONGEST: usize = 6;
/// Farthest colon behind a label, in tokens.
const REACH: usize = 9;

/// What one speaker says in one go.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// The mention that is the label.
    pub(crate) label: u32,
    /// The colon.
    pub(crate) cue: Run,
    /// The words, a run for each paragraph.
    pub(crate) content: Vec<Run>,
}

/// A label: its mention and the token of its colon.
type Label = (u32, usize);

/// The turns of a document; none if it is no transcript.
pub(crate) fn find(document: &Document, mentions: &[Mention], items: &Items) -> Vec<Turn> {
    let labels: Vec<Option<Label>> = items
        .paragraphs
        .iter()
        .map(|p| label(document, mentions, items, *p))
        .collect();
    if labels.iter().flatten().count() < FEWEST {
        return Vec::new();
    }
    let mut turns: Vec<Turn> = Vec::new();
    for (paragraph, label) in items.paragraphs.iter().zip(labels) {
        if paragraph.is_empty() {
            continue;
        }
        let last = items.items[paragraph.end as usize - 1].tokens.end;
        match label {
            Some((label, colon)) => turns.push(Turn {
                label,
                cue: Run::new(colon, colon + 1),
                content: vec![Run::new(colon + 1, last as usize)],
            }),
            // A paragraph without a label goes on with the turn before.
            None => {
                if let Some(turn) = turns.last_mut() {
                    let first = items.items[paragraph.start as usize].tokens.start;
                    turn.content.push(Run::new(first as usize, last as usize));
                }
            }
        }
    }
    turns
}

/// The label of a paragraph: "MARSH:", "Ann Doe:", "QUESTION:", also behind a quotation mark.
fn label(document: &Document, mentions: &[Mention], items: &Items, paragraph: Run) -> Option<Label> {
    let first = items
        .items
        .get(paragraph.start as usize)
        .filter(|_| !paragraph.is_empty())?;
    let end = items.items[paragraph.end as usize - 1].tokens.end as usize;
    let start = match document.quotations.get(first.quotation as usize) {
        Some(quotation) => quotation.tokens.start,
        None => first.tokens.start,
    };
    let at = mentions.partition_point(|m| m.tokens.start < start);
    let mention = mentions.get(at).filter(|m| m.tokens.start == start)?;
    let tokens = &document.tokens;
    let capital = |at: usize| tokens[at].case != Case::Lower;
    let named = mention.form != Form::Pronoun && mention.tokens.len() <= LONGEST && mention.tokens.range().all(capital);
    let after = mention.tokens.end as usize;
    let colon = (after..end.min(after + REACH)).find(|&k| tokens[k].kind == Kind::Colon)?;
    // Between label and colon only a bracket may stand: "SEN. DOE (R-Ohio):", "DOE (laughing):".
    let bracketed = colon == after || tokens[after].kind == Kind::Open && tokens[colon - 1].kind == Kind::Close;
    (named && bracketed && colon + 1 < end).then_some((at as u32, colon))
}
