//! Answers by their topics: "On sanctions: “They are working.” ¶ On the rift: “Next question.”"
//!
//! In: what the ranker says of each quotation. Out: the same, but a quotation behind such a label goes to the one whom the
//! paragraph above the first of them is about, and the next ones with it: whoever the label names is what is asked about.

use super::dialogue::give;
use super::items::NONE;
use super::quoted::{Choice, Place, Scene};
use crate::mentions::Kind;

/// Most items of a label.
const LONGEST: usize = 24;

/// The choices with the answers in them.
pub(super) fn settled(scene: &Scene, mut choices: Vec<Choice>) -> Vec<Choice> {
    let mut last: Option<(u32, u32)> = None;
    for choice in &mut choices {
        let at = scene.items.of_quotation[choice.quotation as usize] as usize;
        let paragraph = scene.items.items[at].paragraph;
        if !is_labelled(scene, at) {
            continue;
        }
        let speaker = match last {
            Some((before, speaker)) if before + 1 == paragraph => Some(speaker),
            _ => introduced(scene, paragraph),
        };
        if let Some(speaker) = speaker {
            give(choice, speaker, Place::Above);
            last = Some((paragraph, speaker));
        }
    }
    choices
}

/// Whether "On" and a topic stand before a quotation, and a colon, and nothing else of its paragraph.
fn is_labelled(scene: &Scene, at: usize) -> bool {
    let items = &scene.items.items;
    let start = scene.items.paragraphs[items[at].paragraph as usize].start as usize;
    let on = scene.word(&items[start]).is("on");
    on && at > start + 1
        && at - start <= LONGEST
        && items[at - 1].class == b':'
        && items[start..at - 1]
            .iter()
            .all(|item| item.quotation == NONE && item.class != b':')
}

/// The person who opens a sentence of the paragraph above.
fn introduced(scene: &Scene, paragraph: u32) -> Option<u32> {
    let above = scene.items.paragraphs[..paragraph as usize]
        .iter()
        .rev()
        .find(|run| !run.is_empty())?;
    let opens = |&at: &usize| scene.items.sentence_of(at).start as usize == at;
    let mut opening = above.range().filter(opens).map(|at| scene.items.items[at].mention);
    opening.find(|&mention| {
        let mention = scene.mentions.get(mention as usize);
        mention.is_some_and(|mention| matches!(mention.kind, Some(Kind::Person | Kind::Office)) && !mention.plural)
    })
}
