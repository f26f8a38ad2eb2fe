//! Who else says it: "Biden and Poroshenko agreed", "said Ana Marsh and Tom Orlov", "Norland and Karst, which …, said".
//!
//! In: an attribution's source and cue. Out: the mentions joined with its source, where all of them stand as one subject
//! or one agent. Only neighbours count, with nothing but commas and "and" between them: in "Marsh met Orlov and Brandt
//! said" the first two are apart, which what stands before the group tells.

use super::items::NONE;
use super::quoted::Scene;
use crate::lexicon::Class;
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::tokens::{Kind, keys};
use std::ops::Range;

/// Most members of a group.
const MOST: usize = 8;
/// Longest party or short form in brackets, in items.
const TAG: usize = 4;
/// Farthest end of a relative clause between a group and its verb, in items.
const CLAUSE: usize = 24;

/// The mentions that say with their source what a cue tells of, in order; none where it speaks alone.
pub(super) fn with(scene: &Scene, source: u32, cue: Run) -> Vec<u32> {
    let line = &scene.items.items;
    let at = scene.items.of_mention[source as usize];
    if at == NONE {
        return Vec::new();
    }
    let at = at as usize;
    let sentence = scene.items.sentence_of(at).range();
    let verb = line.partition_point(|item| item.tokens.end <= cue.start);
    if !sentence.contains(&verb) || scene.items.relative[source as usize] {
        return Vec::new();
    }
    let behind = verb < at;
    let group = if behind {
        behind_cue(scene, at, verb)..after(scene, at, sentence.end)
    } else {
        before(scene, at, sentence.start)..after(scene, at, verb.min(sentence.end))
    };
    if !are_alike(scene, &group) {
        return Vec::new();
    }
    let class = |k: usize| if sentence.contains(&k) { line[k].class } else { b'$' };
    let one = if behind {
        // "said A and B", but not "said A and B left".
        let agent = matches!(class(group.start - 1), b'S' | b'C' | b'c' | b'Y' | b'T');
        agent && !matches!(class(group.end), b'S' | b'C' | b'c' | b'b' | b'e' | b's')
    } else {
        is_subject(scene, &group, verb, sentence.end)
    };
    let members = group.filter(|&k| one && line[k].mention != NONE && line[k].mention != source);
    members.map(|k| line[k].mention).collect()
}

/// Where the group that an item belongs to begins: over "A, B and".
fn before(scene: &Scene, at: usize, start: usize) -> usize {
    let line = &scene.items.items;
    let opens = |k: usize| k == start || matches!(line[k - 1].class, b'Q' | b't' | b'k' | b';' | b':' | b'-');
    let and = |k: usize| is_and(scene, k);
    let mut first = at;
    if first < start + 2 || !and(first - 1) {
        return at;
    }
    let last = before_tag(scene, first - 2);
    let comma = usize::from(line[last].class == b',' && last > start);
    first = last - comma;
    if first < start || !is_member(scene, first) {
        return at;
    }
    // "After meeting Smith, Biden and Poroshenko said": a list goes on to the left only if it begins a clause.
    let mut all = first;
    while all >= start + 2 && at - all < 2 * MOST && line[all - 1].class == b',' && is_member(scene, all - 2) {
        all -= 2;
        if opens(all) {
            first = all;
        }
    }
    if opens(first) || line[first - 1].class == b',' {
        first
    } else {
        at
    }
}

/// Where a group behind a cue begins: "according to A and B".
fn behind_cue(scene: &Scene, at: usize, verb: usize) -> usize {
    let line = &scene.items.items;
    let mut first = at;
    while first > verb + 2 && (line[first - 1].class == b',' || is_and(scene, first - 1)) && is_member(scene, first - 2)
    {
        first -= 2;
    }
    if matches!(line[first - 1].class, b'S' | b'C' | b'c' | b'Y' | b'T') {
        first
    } else {
        at
    }
}

/// Where it ends: over ", B and C".
fn after(scene: &Scene, at: usize, end: usize) -> usize {
    let line = &scene.items.items;
    let mut k = at;
    // "Marsh, a friend and adviser": between commas only names are others.
    let named = |k: usize| is_member(scene, k) && scene.mentions[line[k].mention as usize].form == Form::Name;
    while k + 2 < end && k - at < 2 * MOST && line[k + 1].class == b',' && named(k + 2) {
        k += 2;
    }
    let next = behind_tag(scene, k + 1, end);
    let comma = usize::from(next < end && line[next].class == b',');
    let and = next + comma;
    if and + 1 < end && is_and(scene, and) && is_member(scene, and + 1) {
        and + 2
    } else {
        at + 1
    }
}

/// Whether all of a group are whole: names, pronouns, nouns with a determiner, or nothing but bare plurals. In "White House
/// and Pentagon spokesmen", "Vice President and Editor Bill Roe" the first one is but a part of the second.
fn are_alike(scene: &Scene, group: &Range<usize>) -> bool {
    let mentions = group
        .clone()
        .filter_map(|k| scene.mentions.get(scene.items.items[k].mention as usize));
    let bare = |mention: &&Mention| {
        let first = scene.tags[mention.tokens.start as usize].class();
        let owned = || {
            mention
                .tokens
                .range()
                .any(|at| scene.document.tokens[at].kind == Kind::Clitic)
        };
        matches!(mention.form, Form::Nominal | Form::Office)
            && !matches!(
                first,
                Class::Determiner | Class::Possessive | Class::Number | Class::Indefinite
            )
            && !owned()
    };
    let loose = mentions.clone().filter(bare).count();
    loose == 0 || mentions.clone().all(|mention| bare(&mention) && mention.plural)
}

/// Whether a group is the subject of a verb in the plural.
fn is_subject(scene: &Scene, group: &Range<usize>, verb: usize, end: usize) -> bool {
    let line = &scene.items.items;
    let relative = |k: usize| line[k].mention != NONE && scene.items.relative[line[k].mention as usize];
    let mut next = behind_tag(scene, group.end, end);
    if next + 1 < end && line[next].class == b',' && relative(next + 1) {
        let Some(close) = (next + 2..verb.min(next + CLAUSE)).rfind(|&k| line[k].class == b',') else {
            return false;
        };
        next = close + 1;
    }
    let together = |k: usize| keys!["all", "both", "each", "jointly"].contains(&scene.word(&line[k]).key);
    let free = (next..verb).all(|k| matches!(line[k].class, b'b' | b'L' | b'N') || together(k));
    let finite = (next..=verb).find(|&k| line[k].class != b'L');
    free && group.len() > 1 && finite.is_some_and(|k| !is_singular(scene, k))
}

/// "says", "is", "has": one person does.
fn is_singular(scene: &Scene, item: usize) -> bool {
    let item = &scene.items.items[item];
    let word = scene.word(item).span.of(scene.document.text);
    word.ends_with('s')
}

/// The last item of a name whose party or short form ends there: "Doe | (D-Ohio) and", "Doe, | D-Ohio, and".
fn before_tag(scene: &Scene, at: usize) -> usize {
    let line = &scene.items.items;
    let open = match line[at].class {
        b')' => (at.saturating_sub(TAG)..at).rfind(|&k| line[k].class == b'('),
        b',' => at
            .checked_sub(2)
            .filter(|&k| line[k].class == b',' && is_party(scene, k + 1)),
        _ => None,
    };
    open.and_then(|open| open.checked_sub(1)).unwrap_or(at)
}

/// The item behind a party or a short form that begins there.
fn behind_tag(scene: &Scene, at: usize, end: usize) -> usize {
    let line = &scene.items.items[..end];
    let close = match line.get(at).map(|item| item.class) {
        Some(b'(') => (at..end.min(at + TAG)).find(|&k| line[k].class == b')'),
        Some(b',') if at + 2 < end && is_party(scene, at + 1) => Some(at + 2).filter(|&k| line[k].class == b','),
        _ => None,
    };
    close.map_or(at, |close| close + 1)
}

/// "D-Ohio"
fn is_party(scene: &Scene, item: usize) -> bool {
    let word = scene.word(&scene.items.items[item]).span.of(scene.document.text);
    word.get(..2).is_some_and(|party| matches!(party, "D-" | "R-" | "I-"))
}

fn is_and(scene: &Scene, item: usize) -> bool {
    let item = &scene.items.items[item];
    item.class == b'&' && scene.word(item).is("and")
}

/// Whether an item is somebody who may say something with others.
fn is_member(scene: &Scene, item: usize) -> bool {
    let mention = scene.items.items[item].mention;
    mention != NONE && !scene.items.relative[mention as usize]
}
