//! Turns of a transcript: paragraphs that begin with a label and a colon.
//!
//! In: the items. Out: for each turn its label and its paragraphs. "TILLERSON: We had a frank exchange." is direct speech
//! without quotation marks. One such paragraph is a headline or a list; an article with several is a transcript.

use super::items::{Items, NONE};
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::Case;

/// Fewest labelled paragraphs of a transcript.
const FEWEST: usize = 3;
/// Longest label, in tokens.
const LONGEST: usize = 6;

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

/// The turns of a document; none if it is no transcript.
pub(crate) fn find(document: &Document, mentions: &[Mention], items: &Items) -> Vec<Turn> {
    let labels: Vec<Option<usize>> = items
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
            Some(colon) => turns.push(Turn {
                label: items.items[paragraph.start as usize].mention,
                cue: items.items[colon].tokens,
                content: vec![Run::new(items.items[colon].tokens.end as usize, last as usize)],
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

/// The item of the colon behind a paragraph's label.
fn label(document: &Document, mentions: &[Mention], items: &Items, paragraph: Run) -> Option<usize> {
    let first = paragraph.start as usize;
    let item = items
        .items
        .get(first)
        .filter(|i| i.mention != NONE && !paragraph.is_empty())?;
    let mention = &mentions[item.mention as usize];
    let capital = |at: usize| document.tokens[at].case != Case::Lower;
    let named = mention.form == Form::Name && mention.tokens.len() <= LONGEST && mention.tokens.range().all(capital);
    let colon = (first + 1..paragraph.end as usize)
        .take(4)
        .find(|&k| items.items[k].class == b':')?;
    // Between label and colon only a bracket may stand: "SEN. DOE (R-Ohio):".
    let between = (first + 1..colon).all(|k| matches!(items.items[k].class, b'(' | b')' | b'W'));
    (named && between && colon + 1 < paragraph.end as usize).then_some(colon)
}
