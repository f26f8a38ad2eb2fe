//! What the clause around a candidate makes of it: who does and to whom it is done.
//!
//! In: a candidate in the sentence of a quotation. Out: features that tell an agent from the one spoken of. "Doe was called
//! “a relic” by Roe", "once described by Roe as “a relic,” Doe", "Doe waved what Roe called “a relic”": the nearest name, and
//! the subject of the sentence, may be the wrong one.

use super::Scene;
use super::shape::Shape;
use crate::attribution::grammar::Grammar;
use crate::attribution::items::Item;
use crate::model::{Features, Part};
use crate::tokens::keys;

use Part::{Letter, Number};

/// How many items are looked over for a verb or for "by".
const NEAR: usize = 8;

/// Adds the features of the mention that is item `at`.
pub(super) fn features<const NAMED: bool>(
    scene: &Scene,
    q: &Shape,
    place: Part,
    grammar: &Grammar,
    at: usize,
    f: &mut Features<NAMED>,
) {
    let line = &scene.items.items;
    let sentence = scene.items.sentence_of(at);
    let class = |k: usize| scene.items.class(k, sentence);
    // "was called “…” by"
    if let Some(verb) = grammar.verb_item {
        let passive = is_passive(scene, line, at, verb);
        let end = (sentence.end as usize).min(verb + NEAR);
        let by = (verb + 1..end)
            .find(|&k| line[k].class == b'Y')
            .map_or(b'0', |k| class(k - 1));
        let as_saying = class(verb + 1) == b'a' && class(verb + 2) == b'G';
        let voice = u8::from(passive) + 2 * u8::from(as_saying);
        f.add(
            "voice",
            &[place, Number(voice.into()), Letter(by), Letter(grammar.verb)],
        );
    }
    if is_reported(scene, line, at, grammar) {
        f.add("reported", &[place]);
    }
    // "described by", "called “…” by"
    if grammar.by != b'0' {
        let start = (sentence.start as usize).max(at.saturating_sub(NEAR));
        let verb = (start..at)
            .rev()
            .find(|&k| matches!(line[k].class, b'S' | b'C' | b'c' | b'e'));
        let verb = verb.map_or(b'0', |k| line[k].class);
        f.add("agent", &[place, Letter(verb), Letter(grammar.by)]);
    }
    // "what Roe called": one before "what" is out of it.
    let between = if at < q.item { at + 1..q.item } else { q.item + 1..at };
    let count = |class: u8| between.clone().filter(|&k| line[k].class == class).count().min(2) as i32;
    f.add(
        "clauses",
        &[
            place,
            Number(count(b'h')),
            Number(count(b'R')),
            Number(count(b'k').min(1)),
        ],
    );
    f.add(
        "clause.verb",
        &[
            place,
            Number(count(b'h')),
            Letter(grammar.verb),
            Letter(class(at.wrapping_sub(1))),
        ],
    );
}

/// Whether a form of "be" stands before a verb, adverbs left aside.
fn is_passive(scene: &Scene, line: &[Item], at: usize, verb: usize) -> bool {
    let auxiliary = (at + 1..verb).rev().find(|&k| !matches!(line[k].class, b'L' | b'N'));
    auxiliary.is_some_and(|k| {
        let token = &scene.document.tokens[line[k].tokens.start as usize];
        line[k].class == b'b' && keys!["was", "were", "is", "are", "been", "being", "be"].contains(&token.key)
    })
}

/// "quoted", "cites"
fn quotes(scene: &Scene, item: &Item) -> bool {
    let token = &scene.document.tokens[item.tokens.start as usize];
    keys!["quoted", "quotes", "quoting", "cited", "cites", "citing"].contains(&token.key)
}

/// "Doe" in "the agency quoted Doe as saying" and in "Doe was quoted as saying".
fn is_reported(scene: &Scene, line: &[Item], at: usize, grammar: &Grammar) -> bool {
    let object = at > 0 && quotes(scene, &line[at - 1]) && line.get(at + 1).is_some_and(|link| link.class == b'a');
    let subject = grammar
        .verb_item
        .is_some_and(|verb| quotes(scene, &line[verb]) && is_passive(scene, line, at, verb));
    object || subject
}
