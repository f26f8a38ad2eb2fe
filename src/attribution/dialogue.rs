//! Paragraphs of nothing but a quotation: "“You signed it,” said A. ¶ “Who told you?” asked B. ¶ “Your clerk.”"
//!
//! In: what the ranker says of each quotation. Out: the same, but such a paragraph goes to the one whose turn it is where
//! questions, answers or a few words each show a conversation: a ranker that looks at the nearest paragraph alone never
//! sees this one. One that is left open, or goes on with such a one, is somebody's: if nobody's, the one's above.

use super::items::NONE;
use super::quoted::{Candidate, Choice, Place, Scene};
use crate::mentions::Form;

/// Most words of a line, where nobody asks.
const SHORT: usize = 8;
/// Most words of a question or of its answer.
const LONG: usize = 40;
/// How probable it is that the other one speaks.
const SURE: f32 = 0.75;

/// One paragraph of a conversation.
#[derive(Clone, Copy)]
struct Line {
    paragraph: u32,
    speaker: u32,
    /// Whether it runs over several paragraphs.
    runs_on: bool,
    /// Whether the paragraph begins with it.
    opens: bool,
    asks: bool,
    words: usize,
}

/// The choices with the turns of conversations in them.
pub(super) fn settled(scene: &Scene, mut choices: Vec<Choice>) -> Vec<Choice> {
    let mut lines: [Option<Line>; 2] = [None, None];
    for choice in &mut choices {
        let mut line = line(scene, choice);
        let goes_on = lines[1].filter(|last| last.paragraph + 1 == line.paragraph);
        if is_bare(scene, line.paragraph)
            && let Some(last) = goes_on
        {
            let other = lines[0].filter(|other| other.paragraph + 1 == last.paragraph && apart(scene, *other, last));
            match other.filter(|other| answers(*other, last, line)) {
                Some(other) => {
                    give(choice, other.speaker, Place::Reply);
                    line.speaker = other.speaker;
                }
                None if line.speaker == NONE => {
                    line.speaker = last.speaker;
                    if line.runs_on && last.speaker != NONE {
                        give(choice, last.speaker, Place::Above);
                    }
                }
                None => {}
            }
        }
        // Of several quotations of a paragraph the last one counts.
        if lines[1].is_none_or(|last| last.paragraph != line.paragraph) {
            lines[0] = lines[1];
        }
        lines[1] = Some(line);
    }
    choices
}

/// A quotation as a line.
fn line(scene: &Scene, choice: &Choice) -> Line {
    let items = &scene.items;
    let item = items.items[items.of_quotation[choice.quotation as usize] as usize];
    let first = items.paragraphs[item.paragraph as usize].start as usize;
    let quotation = &scene.document.quotations[choice.quotation as usize];
    let tokens = &scene.document.tokens[quotation.tokens.range()];
    let (best, _) = choice.best();
    Line {
        paragraph: item.paragraph,
        speaker: best.mention,
        runs_on: !quotation.closed || quotation.continues.is_some(),
        opens: items.items[first].quotation != NONE,
        asks: tokens.last().is_some_and(|last| last.is("?")),
        words: tokens.iter().filter(|token| token.is_word()).count(),
    }
}

/// Whether a paragraph is nothing but one quotation.
fn is_bare(scene: &Scene, paragraph: u32) -> bool {
    scene.items.paragraphs[paragraph as usize].len() == 1
}

/// Whether two lines are certainly not one speaker's: "Cruz said", "he said" may be.
fn apart(scene: &Scene, one: Line, two: Line) -> bool {
    let mention = |line: Line| scene.mentions.get(line.speaker as usize);
    let (Some(one), Some(two)) = (mention(one), mention(two)) else {
        return false;
    };
    let genders = one.gender.zip(two.gender).is_some_and(|(one, two)| one != two);
    let word = |head: u32| scene.document.tokens[head as usize].key;
    let named = one.form != Form::Pronoun && two.form != Form::Pronoun;
    genders || named && word(one.head) != word(two.head)
}

/// Whether a line after two others is the first one's again: an answer to what the last one asked, a further question of
/// the one who asked before, or one more of a few words each.
fn answers(other: Line, last: Line, line: Line) -> bool {
    if last.runs_on || line.runs_on {
        return false;
    }
    let short = [other, last, line].iter().all(|line| line.words <= SHORT);
    let asks_again = other.asks && !last.asks && line.asks;
    let asked = (last.asks && other.opens || asks_again) && line.words <= LONG;
    last.opens && (asked || short && other.opens)
}

/// Makes a mention the most probable source of a quotation.
pub(super) fn give(choice: &mut Choice, mention: u32, place: Place) {
    for (_, probability) in &mut choice.candidates {
        *probability *= 1.0 - SURE;
    }
    choice.candidates.push((Candidate { mention, place }, SURE));
}
