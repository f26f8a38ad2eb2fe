//! What the clause around a candidate makes of it: who does and to whom it is done.
//!
//! In: a candidate in the sentence of a quotation. Out: features that tell an agent from the one spoken of. "Doe was called
//! “a relic” by Roe", "once described by Roe as “a relic,” Doe", "Doe waved what Roe called “a relic”": the nearest name, and
//! the subject of the sentence, may be the wrong one.

use super::Scene;
use super::shape::Shape;
use crate::attribution::grammar::Grammar;
use crate::attribution::items::{Item, NONE};
use crate::mentions::Form;
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
        let passive = line[verb].behind_be;
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
    if let Some(caller) = q.caller {
        let told = &scene.mentions[line[caller].mention as usize];
        let pronoun = Number((told.form == Form::Pronoun).into());
        let (own, before) = (Number((caller == at).into()), Letter(class(caller.wrapping_sub(1))));
        f.add("caller", &[place, own]);
        f.add("caller.pronoun", &[place, own, pronoun]);
        f.add("caller.before", &[place, own, before]);
        f.add("caller.verb", &[place, own, Letter(grammar.verb)]);
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

/// Whoever calls it that in a clause of its own: "Doe" in "what Doe has called a “…”", "he" in "the man he described as “…”".
/// In: the item of a quotation. Out: the item of the mention.
pub(super) fn caller(scene: &Scene, item: usize) -> Option<usize> {
    let line = &scene.items.items;
    let sentence = scene.items.sentence_of(item);
    let class = |k: Option<usize>| k.map_or(b'^', |k| scene.items.class(k, sentence));
    let back = |mut k: usize, skipped: &[u8]| {
        let first = k.saturating_sub(NEAR).max(sentence.start as usize);
        while k > first && skipped.contains(&line[k - 1].class) {
            k -= 1;
        }
        k.checked_sub(1).filter(|k| *k >= sentence.start as usize)
    };
    let verb = back(item, b"dawWLnsOpTgeb")?;
    if !matches!(line[verb].class, b'S' | b'C' | b'c' | b'G' | b'e') {
        return None;
    }
    let mention = back(verb, b"bLN")?;
    let told = scene.mentions.get(line[mention].mention as usize)?;
    let before = mention.checked_sub(1);
    let relative = |k: usize| line[k].mention != NONE && scene.items.relative[line[k].mention as usize];
    let pronoun = told.form == Form::Pronoun;
    let opens = match class(before) {
        b'h' | b'R' => true,
        b'M' => before.is_some_and(|k| relative(k) || pronoun),
        _ => false,
    };
    (opens && !relative(mention)).then_some(mention)
}

/// "quoted", "cites"
fn quotes(scene: &Scene, item: &Item) -> bool {
    let token = scene.word(item);
    keys!["quoted", "quotes", "quoting", "cited", "cites", "citing"].contains(&token.key)
}

/// "Doe" in "the agency quoted Doe as saying" and in "Doe was quoted as saying".
fn is_reported(scene: &Scene, line: &[Item], at: usize, grammar: &Grammar) -> bool {
    let object = at > 0 && quotes(scene, &line[at - 1]) && line.get(at + 1).is_some_and(|link| link.class == b'a');
    let subject = grammar
        .verb_item
        .is_some_and(|verb| quotes(scene, &line[verb]) && line[verb].behind_be);
    object || subject
}
