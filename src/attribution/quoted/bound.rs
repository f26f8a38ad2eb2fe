//! Whose a quotation is by the words right beside it.
//!
//! In: a quotation. Out: the mention that such words bind it to: "described by A as “…” and by B as “…”", "called “…” by
//! A", "in A's words, “…”", "A has “firmly rejected” it", "which A has called a “…”". Articles have most of these too seldom
//! to teach them, and they leave no doubt.

use super::{Scene, Shape};
use crate::attribution::items::{Item, NONE};
use crate::lexicon::{Class, Cue};
use crate::mentions::Form;
use crate::tokens::{Token, keys};

/// What this is worth: more than anything that speaks for another mention.
pub(super) const WORTH: f32 = 6.0;

/// Farthest place of such a word before a sentence, in items.
const FIRST: usize = 6;

/// What somebody's words are called: "in A's words".
const WORDS: [u64; 8] = keys![
    "account",
    "estimation",
    "formulation",
    "parlance",
    "phrase",
    "phrasing",
    "telling",
    "words",
];

/// The mention that a quotation of this shape is bound to.
pub(super) fn to(scene: &Scene, shape: &Shape, quotation: u32) -> Option<u32> {
    // Behind a pronoun the one who tells it is meant as often: "Clinton praised what she called a “…”".
    let named = |mention: &u32| scene.mentions[*mention as usize].form != Form::Pronoun;
    let caller = || {
        let caller = shape.caller?;
        Some(scene.items.items[caller].mention).filter(named)
    };
    beside(scene, quotation)
        .or_else(|| subject(scene, quotation))
        .or_else(caller)
}

/// The subject of a verb that says something and stands in the marks itself: "A has “firmly rejected” it".
fn subject(scene: &Scene, quotation: u32) -> Option<u32> {
    let run = scene.document.quotations[quotation as usize].tokens;
    let tags = &scene.tags[run.range()];
    let verb = tags.iter().find(|tag| tag.class() != Class::Adverb)?;
    let says = verb.class() == Class::Past && matches!(verb.cue(), Cue::Strong | Cue::Medium);
    let at = scene.items.of_quotation[quotation as usize] as usize;
    let line = &scene.items.items[scene.items.sentence_of(at).start as usize..at];
    let subject = line.iter().rposition(|item| !matches!(item.class, b'b' | b'L'))?;
    let told = line[..subject]
        .iter()
        .any(|item| matches!(item.class, b'S' | b'C' | b'G' | b'A' | b't'));
    let mention = line[subject].mention;
    (says && !told && mention != NONE && !scene.items.relative[mention as usize]).then_some(mention)
}

/// The one named right beside it.
fn beside(scene: &Scene, quotation: u32) -> Option<u32> {
    let items = &scene.items.items;
    let at = scene.items.of_quotation[quotation as usize] as usize;
    let sentence = scene.items.sentence_of(at);
    let line = &items[sentence.range()];
    let place = at - sentence.start as usize;
    let suffered = line[..place].iter().any(|item| item.passive);
    let mention = |place: usize| line.get(place).map(|item| item.mention).filter(|&m| m != NONE);
    let by = |place: usize| line.get(place).is_some_and(|item| item.class == b'Y');
    // "by A as “…”", "by her deputy, A, as “…”"
    let as_ = place.checked_sub(1).filter(|&k| line[k].class == b'a');
    let named = as_.and_then(|k| back_over_comma(line, k)).filter(|_| suffered);
    if let Some(k) = named.filter(|&k| mention(k).is_some()) {
        let beside = k
            .checked_sub(2)
            .filter(|&first| line[k - 1].class == b',' && mention(first).is_some());
        let opens = beside.unwrap_or(k);
        if opens.checked_sub(1).is_some_and(by) {
            return mention(opens);
        }
    }
    // "“…” by A"
    if suffered && by(place + 1) && mention(place + 2).is_some() {
        return mention(place + 2);
    }
    // "in A's words, “…”", and the same before all the sentence
    let token = |place: usize| -> &Token { &scene.document.tokens[line[place].tokens.start as usize] };
    let called = |k: &usize| WORDS.contains(&token(*k).key);
    let beside = back_over_comma(line, place).filter(called);
    let opening = || (2..place.min(FIRST)).find(|k| line[k + 1].class == b',' && called(k));
    let word = beside.or_else(opening)?;
    let owner = (word.saturating_sub(2)..word).rev().find(|&k| mention(k).is_some())?;
    let owned = owner + 1 == word || line[owner + 1].class == b's';
    let inside = owner
        .checked_sub(1)
        .is_some_and(|k| token(k).is("in") && (beside.is_some() || k == 0));
    (owned && inside).then(|| line[owner].mention)
}

/// The item before another one, a comma between them left aside.
fn back_over_comma(line: &[Item], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    if line[before].class == b',' {
        before.checked_sub(1)
    } else {
        Some(before)
    }
}
