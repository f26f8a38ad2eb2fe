//! Turns of a transcript, and what a statement consists of: speech without quotation marks.
//!
//! In: the items. Out: for each turn whose it is and its paragraphs. "TILLERSON: We had a frank exchange." is direct speech
//! in an article that has several such paragraphs; one alone is a headline or a list. "Q." and "A." are labels of an
//! interview. Below the heading "Statement by Ana Orlo" all is hers.

use super::items::Items;
use super::opening::{self, Opening};
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Case, Kind, keys};

/// Fewest labelled paragraphs of a transcript.
const FEWEST: usize = 3;
/// Longest label, in tokens.
const LONGEST: usize = 6;
/// Fewest words of a list of names.
const LIST: usize = 4;
/// Farthest colon behind a label, in tokens.
const REACH: usize = 9;

/// What one speaker says in one go.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// The mention that is the label; none for "Q.", which names nobody.
    pub(crate) label: Option<u32>,
    /// The colon, the letter, or "Statement by".
    pub(crate) cue: Run,
    /// The words, a run for each paragraph.
    pub(crate) content: Vec<Run>,
    /// What ties them: `turn` or `statement`.
    pub(crate) rule: &'static str,
}

/// What a paragraph begins with.
#[derive(Debug, Clone, Copy)]
struct Label {
    who: Who,
    cue: Run,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Who {
    /// "MARSH:"
    Mention(u32),
    /// "Q."
    Question,
    /// "A."
    Answer,
}

/// The turns of a document in order; none if it is neither transcript nor statement.
pub(crate) fn find(document: &Document, mentions: &[Mention], items: &Items) -> Vec<Turn> {
    let mut labels: Vec<Option<Label>> = items
        .paragraphs
        .iter()
        .map(|p| label(document, mentions, items, *p))
        .collect();
    // Without a question, "A." is the first thing of a list.
    if !labels.iter().flatten().any(|label| label.who == Who::Question) {
        labels
            .iter_mut()
            .filter(|label| label.is_some_and(|label| label.who == Who::Answer))
            .for_each(|label| *label = None);
    }
    let opening = opening::find(document, mentions);
    if labels.iter().flatten().count() < FEWEST {
        return opening
            .filter(|opening| opening.holds(document, mentions))
            .and_then(|opening| statement(document, items, &opening, items.paragraphs.len()))
            .into_iter()
            .collect();
    }
    let first = labels.iter().position(Option::is_some).unwrap_or_default();
    // What stands between "Remarks by Ana Orlo" and the first label is hers too.
    let remarks = opening.filter(|opening| !opening.interview);
    let mut turns: Vec<Turn> = remarks
        .and_then(|opening| statement(document, items, &opening, first))
        .into_iter()
        .collect();
    for (paragraph, label) in items.paragraphs.iter().zip(labels).skip(first) {
        if paragraph.is_empty() {
            continue;
        }
        let last = items.items[paragraph.end as usize - 1].tokens.end;
        match label {
            Some(Label { who, cue }) => turns.push(Turn {
                label: match who {
                    Who::Mention(mention) => Some(mention),
                    Who::Question => None,
                    Who::Answer => opening.map(|opening| opening.speaker),
                },
                cue,
                content: vec![Run::new(cue.end as usize, last as usize)],
                rule: "turn",
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

/// What the one whom a heading names says below it, up to paragraph `end`.
fn statement(document: &Document, items: &Items, opening: &Opening, end: usize) -> Option<Turn> {
    let body = opening.body(document).take_while(|&at| at < end);
    let runs = body.filter_map(|at| {
        let paragraph = items.paragraphs[at];
        let first = items
            .items
            .get(paragraph.start as usize)
            .filter(|_| !paragraph.is_empty())?;
        let last = &items.items[paragraph.end as usize - 1];
        Some(Run::new(first.tokens.start as usize, last.tokens.end as usize))
    });
    let content: Vec<Run> = runs.collect();
    (!content.is_empty()).then_some(Turn {
        label: Some(opening.speaker),
        cue: opening.cue,
        content,
        rule: "statement",
    })
}

/// The label of a paragraph: "MARSH:", "Ann Doe:", "QUESTION:", also behind a quotation mark; "Q." and "A.".
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
    if let Some(label) = letter(document, start as usize, end) {
        return Some(label);
    }
    let at = mentions.partition_point(|m| m.tokens.start < start);
    let mention = mentions.get(at).filter(|m| m.tokens.start == start)?;
    let tokens = &document.tokens;
    let capital = |at: usize| tokens[at].case != Case::Lower;
    let named = mention.form != Form::Pronoun && mention.tokens.len() <= LONGEST && mention.tokens.range().all(capital);
    let after = mention.tokens.end as usize;
    let colon = (after..end.min(after + REACH)).find(|&k| tokens[k].kind == Kind::Colon)?;
    // Between label and colon only a bracket may stand: "SEN. DOE (R-Ohio):", "DOE (laughing):".
    let bracketed = colon == after || tokens[after].kind == Kind::Open && tokens[colon - 1].kind == Kind::Close;
    (named && bracketed && colon + 1 < end && !lists(document, Run::new(colon + 1, end))).then_some(Label {
        who: Who::Mention(at as u32),
        cue: Run::new(colon, colon + 1),
    })
}

/// Whether what stands there is a list of names: "Norland: Ann Doe, Tom Roe and Eve Poe".
pub(super) fn lists(document: &Document, run: Run) -> bool {
    let mut words = document.tokens[run.range()].iter().filter(|token| token.is_word());
    words.clone().count() >= LIST && words.all(|word| word.case == Case::Capital || word.is("and"))
}

/// "Q." or "Q:", "A." or "A:" at the start of a paragraph.
fn letter(document: &Document, start: usize, end: usize) -> Option<Label> {
    const Q: [u64; 2] = keys!["q", "q."];
    const A: [u64; 2] = keys!["a", "a."];
    let token = document.tokens.get(start)?;
    let who = match token.key {
        key if Q.contains(&key) => Who::Question,
        key if A.contains(&key) => Who::Answer,
        _ => return None,
    };
    let next = document.tokens.get(start + 1)?;
    let length = match next.kind {
        _ if token.abbreviated => 1,
        Kind::Colon | Kind::Stop if !next.spaced => 2,
        _ => return None,
    };
    let whole = token.case != Case::Lower && start + length < end;
    whole.then_some(Label {
        who,
        cue: Run::new(start, start + length),
    })
}
