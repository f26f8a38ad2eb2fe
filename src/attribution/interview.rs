//! Interviews without labels: a question, bold or a paragraph by itself, and the answer below it.
//!
//! In: the items and the opening. Out: a turn for each question and each answer. Reports ask questions too, and answer them
//! themselves: in an interview questions say "you", and answers "I" or "we".

use super::items::{Items, NONE};
use super::opening::{Opening, is_end, is_first_person};
use super::spoken::{Turn, goes_on, introduced, is_note, letter, plain, said};
use crate::mentions::Mention;
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Kind, Token, keys};

/// Fewest questions.
const FEWEST: usize = 3;
/// In an interview one of so many paragraphs, at least, is a question.
const DENSE: usize = 5;
/// Longest question, in tokens.
const LONGEST: usize = 80;

/// The turns of an interview, in order; none if it is no interview.
pub(super) fn find(document: &Document, mentions: &[Mention], items: &Items, opening: Option<Opening>) -> Vec<Turn> {
    let filled = items.filled();
    let asks: Vec<bool> = filled
        .iter()
        .map(|paragraph| is_question(document, items, *paragraph))
        .collect();
    let answered = |at: &usize| asks[*at] && asks.get(at + 1) == Some(&false);
    let questions: Vec<usize> = (0..filled.len()).filter(answered).collect();
    let (Some(&first), Some(&last)) = (questions.first(), questions.last()) else {
        return Vec::new();
    };
    let says = |at: usize, own: bool| {
        items
            .tokens_of(filled[at])
            .is_some_and(|run| says_person(document, run, own))
    };
    let own = questions.iter().filter(|&&at| says(at + 1, true)).count();
    let to = questions.iter().filter(|&&at| says(at, false)).count();
    let interview = opening.is_some_and(|opening| opening.interview);
    let bold = questions.iter().all(|&at| is_bold(document, items, filled[at]));
    let certain =
        (interview || bold) && own + to > usize::from(bold) || own > 1 && to > 1 && (own + to) >= questions.len();
    if questions.len() < FEWEST || !certain || questions.len() * DENSE < last + 1 - first {
        return Vec::new();
    }
    let speaker = match opening.filter(|_| interview) {
        Some(opening) => Some(opening.speaker),
        None => introduced(document, mentions, items, filled[first]),
    };
    let mut turns: Vec<Turn> = Vec::new();
    for (at, paragraph) in filled.iter().enumerate().skip(first) {
        let Some(whole) = items.tokens_of(*paragraph) else {
            continue;
        };
        let beyond = at > last + 1;
        let ends = is_end(document, whole) || is_note(document, mentions, items, *paragraph, speaker);
        if beyond && (ends || !goes_on(document, mentions, items, *paragraph, speaker)) {
            break;
        }
        // "A:" where no question has a label
        let label = letter(document, whole.start as usize, whole.end as usize).map(|label| label.cue);
        let behind = label.map_or(whole, |label| Run {
            start: label.end,
            ..whole
        });
        let Some(words) = said(document, behind) else { continue };
        match turns.last_mut() {
            Some(turn) if asks[at] == asks[at - 1] => turn.content.push(words),
            _ => turns.push(Turn {
                label: speaker.filter(|_| !asks[at]),
                cue: label.unwrap_or_default(),
                content: vec![words],
                rule: "turn",
            }),
        }
    }
    turns
}

/// Whether a paragraph is a question, or all of it is bold and ends like a sentence.
fn is_question(document: &Document, items: &Items, paragraph: Run) -> bool {
    let Some(whole) = items.tokens_of(paragraph).filter(|whole| whole.len() <= LONGEST) else {
        return false;
    };
    let last = plain(document, whole)
        .range()
        .next_back()
        .map(|last| &document.tokens[last]);
    let asks = |last: &Token| last.is("?") || last.kind == Kind::Stop && is_bold(document, items, paragraph);
    last.is_some_and(asks) && items.items[paragraph.range()].iter().all(|item| item.quotation == NONE)
}

/// Whether all of a paragraph is set in bold.
fn is_bold(document: &Document, items: &Items, paragraph: Run) -> bool {
    items.tokens_of(paragraph).is_some_and(|whole| {
        let words = plain(document, whole);
        words.start > whole.start && words.end < whole.end
    })
}

/// Whether somebody says "I" or "we" there, or "you".
fn says_person(document: &Document, run: Run, own: bool) -> bool {
    const YOU: [u64; 3] = keys!["you", "your", "yours"];
    let mut words = document.tokens[run.range()].iter().map(|token| token.key);
    words.any(|key| if own { is_first_person(key) } else { YOU.contains(&key) })
}
