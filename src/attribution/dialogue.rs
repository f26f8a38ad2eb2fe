//! Paragraphs of nothing but a quotation: "“You signed it,” said A. ¶ “Who told you?” asked B. ¶ “Your clerk.”"
//!
//! In: what the ranker says of each quotation. Out: the same, but such a paragraph goes to the one whose turn it is where
//! questions, answers or a few words each show a conversation: a ranker that looks at the nearest paragraph alone never
//! sees this one. One that is left open, goes on with such a one, or consists of whole sentences is somebody's: if nobody's,
//! the one's above.

use super::items::NONE;
use super::quoted::{Candidate, Choice, Place, Scene};
use crate::mentions::{Form, Kind};
use crate::tokens::{Case, Kind as Sign};

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
    /// Whether whoever the paragraph above is about has been taken for its speaker.
    guessed: bool,
}

/// The choices with the turns of conversations in them.
pub(super) fn settled(scene: &Scene, mut choices: Vec<Choice>) -> Vec<Choice> {
    let mut lines: [Option<Line>; 2] = [None, None];
    for choice in &mut choices {
        let mut line = line(scene, choice);
        let continues = scene.document.quotations[choice.quotation as usize].continues.is_some();
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
                None if continues && last.guessed => {
                    line.speaker = last.speaker;
                    give(choice, last.speaker, Place::Above);
                }
                None => {}
            }
        }
        if line.speaker == NONE
            && is_whole(scene, choice, line)
            && let Some(speaker) = above(scene, choice, line.paragraph)
        {
            give(choice, speaker, Place::Above);
            (line.speaker, line.guessed) = (speaker, true);
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
        guessed: false,
    }
}

/// Whether a paragraph is nothing but one quotation.
fn is_bare(scene: &Scene, paragraph: u32) -> bool {
    scene.items.paragraphs[paragraph as usize].len() == 1
}

/// Whether a quotation of whole sentences is all of its paragraph, and no cue claims it.
fn is_whole(scene: &Scene, choice: &Choice, line: Line) -> bool {
    /// Fewest words of it.
    const WORDS: usize = 5;
    let quotations = &scene.document.quotations[choice.quotation as usize..];
    let closes = quotations[0].closed || quotations.get(1).is_some_and(|next| next.continues.is_some());
    let tokens = &scene.document.tokens[quotations[0].tokens.range()];
    let sentence = tokens.first().is_some_and(|first| first.case != Case::Lower);
    let ends = tokens
        .last()
        .is_some_and(|last| matches!(last.kind, Sign::Stop | Sign::Ellipsis));
    let bare = || is_bare(scene, line.paragraph);
    line.words >= WORDS && sentence && ends && closes && bare() && !scene.claims.any(choice.quotation)
}

/// The most probable of those whom the paragraph right above tells of, if nobody is quoted there.
fn above(scene: &Scene, choice: &Choice, paragraph: u32) -> Option<u32> {
    let told = |&(candidate, _): &&(Candidate, f32)| {
        let Some(item) = scene.items.of_mention.get(candidate.mention as usize) else {
            return false;
        };
        let near = candidate.place == Place::Above && scene.items.items[*item as usize].paragraph + 1 == paragraph;
        let mention = &scene.mentions[candidate.mention as usize];
        let subject = scene.grammar[candidate.mention as usize].is_some_and(|grammar| grammar.subject);
        near && subject && mention.kind != Some(Kind::Place)
    };
    let items = scene.items.paragraphs[..paragraph as usize].last()?.range();
    let quoted = scene.items.items[items].iter().any(|item| item.quotation != NONE);
    let best = choice.candidates.iter().filter(told).max_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|_| !quoted).map(|(candidate, _)| candidate.mention)
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
    let few = |line: Line| line.words <= SHORT;
    let short = few(last) && few(line) && (few(other) || other.asks);
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
