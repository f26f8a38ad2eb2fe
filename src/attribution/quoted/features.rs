//! What speaks for and against a candidate.
//!
//! In: a quotation's shape and a candidate. Out: named features. Those of a mention are joined with its place, since a
//! verb in front means another thing than one behind. `attache explain` shows those that weigh most.

use super::Scene;
use super::candidates::{Candidate, Place};
use super::clause;
use super::shape::{Shape, left};
use crate::attribution::items::{Item, NONE};
use crate::lexicon::{Class, Cue};
use crate::mentions::Form;
use crate::model::{Features, Part};
use crate::tokens::{Case, Kind};

use Part::{Letter, Number, Token};

fn yes(flag: bool) -> Part<'static> {
    Letter(if flag { b'1' } else { b'0' })
}

/// 0, 1, 2, 3, 4, 6 (5-6), 9 (7-9), 14, 20, 30 (more).
fn bucket(count: usize) -> i32 {
    match count {
        0..=4 => count as i32,
        5..=6 => 6,
        7..=9 => 9,
        10..=14 => 14,
        15..=20 => 20,
        _ => 30,
    }
}

/// Adds the features of a candidate.
pub(super) fn candidate<const NAMED: bool>(
    scene: &Scene,
    shape: &Shape,
    candidate: Candidate,
    features: &mut Features<NAMED>,
) {
    if candidate.mention == NONE {
        nobody(scene, shape, features);
    } else {
        mention(scene, shape, candidate, features);
    }
}

fn nobody<const NAMED: bool>(scene: &Scene, q: &Shape, f: &mut Features<NAMED>) {
    let items = &scene.items.items;
    f.add("no", &[]);
    f.add("no.last", &[Letter(q.last), yes(q.capital)]);
    f.add("no.title", &[yes(q.title_case), Letter(q.last)]);
    f.add("no.title.length", &[yes(q.title_case), Number(q.length)]);
    f.add(
        "no.person",
        &[yes(q.first_person), yes(q.second_person), yes(q.auxiliary)],
    );
    f.add("no.before", &[Letter(q.before[0])]);
    f.add("no.before2", &[Letter(q.before[1]), Letter(q.before[0])]);
    f.add("no.before.length", &[Letter(q.before[0]), Number(q.length)]);
    f.add("no.after", &[Letter(q.after[0])]);
    f.add("no.after2", &[Letter(q.after[0]), Letter(q.after[1])]);
    f.add("no.around", &[Letter(q.before[0]), Letter(q.after[0])]);
    f.add(
        "no.shape",
        &[
            yes(q.alone),
            yes(q.opens_sentence),
            yes(q.closes_sentence),
            Letter(q.last),
        ],
    );
    f.add(
        "no.paragraph",
        &[yes(q.opens_paragraph), yes(q.closes_paragraph), yes(q.alone)],
    );
    let claimed = Number(q.claims.besides(NONE));
    f.add("no.claimed.length", &[claimed, Number(q.length.min(5))]);
    let near = |cue: Option<usize>| match cue {
        None => Letter(b'0'),
        Some(k) => Letter(items[k].class),
    };
    let distance = |cue: Option<usize>| Number(cue.map_or(-1, |k| bucket(k.abs_diff(q.item))));
    f.add("no.cue.left", &[near(q.cue_left), distance(q.cue_left)]);
    let next = scene.document.tokens.get(items[q.item].tokens.end as usize);
    if let Some(token) = next.filter(|t| t.is_word() || t.kind == Kind::Clitic) {
        f.add("no.word.after", &[Token(token.key, token.span, scene.document.text)]);
    }
}

/// The first one of the best cues among some items.
fn best_cue(items: &[Item]) -> Option<usize> {
    /// How much a class is worth: 0 for what is no cue.
    const WORTH: [u8; 128] = {
        let (mut worth, mut at) = ([0; 128], 0);
        while at < BEST.len() {
            worth[BEST[at] as usize] = (BEST.len() - at) as u8;
            at += 1;
        }
        worth
    };
    const BEST: [u8; 6] = *b"SACGcq";
    let (mut best, mut found) = (0, None);
    for (at, item) in items.iter().enumerate() {
        let worth = WORTH[usize::from(item.class) & 127];
        if worth > best {
            (best, found) = (worth, Some(at));
            if item.class == BEST[0] {
                break;
            }
        }
    }
    found
}

/// How a mention refers, finer than its form.
fn kind_of(scene: &Scene, mention: u32) -> &'static str {
    let m = &scene.mentions[mention as usize];
    let tokens = &scene.document.tokens;
    let head = &tokens[m.head as usize];
    match m.form {
        Form::Pronoun => match scene.tags[m.head as usize].class() {
            Class::Relative => {
                if head.is("who") {
                    "who"
                } else {
                    "which"
                }
            }
            Class::That => "that",
            Class::Object | Class::Possessive => "him",
            Class::Indefinite => "some",
            _ if head.is("he") => "he",
            _ if head.is("she") => "she",
            _ if head.is("they") => "they",
            _ if head.is("it") => "it",
            _ if head.is("i") || head.is("we") => "I",
            _ => "you",
        },
        Form::Nominal | Form::Office => {
            let first = &scene.tags[m.tokens.start as usize];
            let token = &tokens[m.tokens.start as usize];
            match (first.class(), m.unknown_head) {
                (Class::Determiner, true) => "the?",
                (Class::Possessive, true) => "his?",
                (_, true) => "bare?",
                (Class::Determiner, _) if token.is("a") || token.is("an") => "a",
                (Class::Determiner, _) => "the",
                (Class::Possessive, _) => "his",
                (Class::Indefinite | Class::Number, _) => "some-n",
                _ => "bare",
            }
        }
        _ => {
            let titled = m.name.start > m.tokens.start;
            let acronym = m.name.len() == 1 && head.case == Case::Upper && head.span.len() > 1;
            use crate::mentions::Kind::{Organization, Person, Place};
            match (acronym, m.kind, titled, m.name.len()) {
                (true, Some(Organization), ..) => "ACR",
                (_, Some(Organization), ..) => "org",
                (_, Some(Place), ..) => "place",
                (_, Some(Person), true, _) => "titled",
                (_, Some(Person), _, 1) => "surname",
                (_, Some(Person), ..) => "full",
                (_, _, _, 1) => "single",
                _ => "chain",
            }
        }
    }
}

fn mention<const NAMED: bool>(scene: &Scene, q: &Shape, candidate: Candidate, f: &mut Features<NAMED>) {
    let items = &scene.items.items;
    let at = scene.items.of_mention[candidate.mention as usize] as usize;
    let Some(grammar) = &scene.grammar[candidate.mention as usize] else {
        return;
    };
    let place = candidate.place.part();
    let kind = Part::code(kind_of(scene, candidate.mention));
    let m = &scene.mentions[candidate.mention as usize];
    let before = at < q.item;
    let between = if before { at + 1..q.item } else { q.item + 1..at };
    let counts = scene.within(&between);
    let (mentions, quotations, cues) = (
        counts.mentions as usize,
        counts.quotations as usize,
        counts.cues as usize,
    );
    let sentences = items[at].sentence.abs_diff(items[q.item].sentence) as usize;
    let same = matches!(candidate.place, Place::Before | Place::After);

    f.add("mentions", &[place, Number(bucket(mentions).min(9))]);
    f.add("sentences", &[place, Number(sentences.min(5) as i32)]);
    f.add(
        "between",
        &[
            place,
            Number(mentions.min(3) as i32),
            Number(quotations.min(2) as i32),
            Number(cues.min(2) as i32),
        ],
    );

    // What cues claim of it, and of the others.
    let claimed = Number(q.claims.of(candidate.mention));
    let besides = Number(q.claims.besides(candidate.mention));
    f.add("claimed", &[claimed, besides]);
    f.add("claimed.kind", &[kind, claimed]);
    let (tight, others) = q.claims.tight(candidate.mention);
    f.add("claimed.tight", &[Number(tight), Number(others)]);

    // Its verb.
    f.add("verb.skipped", &[place, Letter(grammar.verb), Letter(grammar.skipped)]);
    let nearest = if before { q.cue_left } else { q.cue_right };
    let owns = grammar.verb_item.is_some() && grammar.verb_item == nearest
        || grammar.inverted.is_some() && grammar.inverted == nearest;
    if let Some(v) = grammar.verb_item {
        let token = scene.word(&items[v]);
        if matches!(grammar.verb, b'S' | b'C' | b'c' | b'G') {
            f.add("verb.word", &[place, Token(token.key, token.span, scene.document.text)]);
            let side = match (v < q.item, before) {
                (true, true) => v.abs_diff(q.item),
                (false, false) => v.abs_diff(q.item),
                _ => 99,
            };
            f.add("verb.near", &[place, Letter(grammar.verb), Number(bucket(side))]);
        }
    }
    if same {
        // Another subject between its verb and the quotation takes the quotation away.
        let blocked = before
            && grammar.verb_item.is_some_and(|v| {
                (v + 1..q.item).any(|k| {
                    items[k].mention != NONE
                        && scene.grammar[items[k].mention as usize]
                            .as_ref()
                            .is_some_and(|g| matches!(g.verb, b'S' | b'C' | b'c' | b'e'))
                })
            });
        f.add("blocked", &[place, yes(blocked), yes(owns)]);
    }

    // A cue before it, "according to".
    if let Some(cue) = grammar.inverted {
        let adjacent = cue.checked_sub(1) == Some(q.item) || cue.checked_sub(2) == Some(q.item);
        f.add(
            "inverted",
            &[place, Letter(items[cue].class), Letter(grammar.before_inverted)],
        );
        f.add("inverted.near", &[place, Letter(items[cue].class), yes(adjacent)]);
    }
    if grammar.according {
        f.add("according", &[place]);
    }
    if grammar.by != b'0' {
        f.add("by", &[place, Letter(grammar.by)]);
    }

    // The best cue between them.
    let any = if counts.all_cues > 0 { between.clone() } else { 0..0 };
    match best_cue(&items[any.clone()]).map(|nth| any.start + nth) {
        Some(k) => {
            let of_mention = k.abs_diff(at) == 1;
            let of_quotation = k.abs_diff(q.item) <= 2;
            f.add(
                "cue",
                &[place, Letter(items[k].class), yes(of_mention), yes(of_quotation)],
            );
            if items[k].class != b'q' {
                let token = scene.word(&items[k]);
                f.add(
                    "cue.word",
                    &[
                        place,
                        Token(token.key, token.span, scene.document.text),
                        yes(of_mention),
                    ],
                );
            }
        }
        None => f.add("cue", &[place, Letter(b'0'), Number(bucket(between.len()))]),
    }

    // Subject-likeness.
    let within = scene.items.sentence_of(at);
    let pre = [left(scene, at, 1, within), left(scene, at, 2, within)];
    let post = [scene.items.class(at + 1, within), scene.items.class(at + 2, within)];
    f.add("pre", &[place, Letter(pre[0])]);
    f.add("pre2", &[place, Letter(pre[1]), Letter(pre[0])]);
    f.add("post2", &[place, Letter(post[0]), Letter(post[1])]);
    f.add("around", &[place, Letter(pre[0]), Letter(post[0])]);
    if same {
        clause::features(scene, q, place, grammar, at, f);
    }
    // "what she has been calling a “…”"
    if same && between.len() <= 4 {
        let class = |k: usize| Letter(between.clone().nth(k).map_or(b'0', |k| items[k].class));
        f.add("path", &[place, Letter(pre[0]), class(0), class(1), class(2), class(3)]);
    }
    f.add("opener", &[place, Letter(grammar.opener), Letter(grammar.verb)]);

    let item_word = |k: usize| {
        let token = scene.word(&items[k]);
        Token(token.key, token.span, scene.document.text)
    };
    if at > within.start as usize && items[at - 1].mention == NONE && items[at - 1].quotation == NONE {
        f.add("pre.word", &[place, item_word(at - 1)]);
    }
    if at + 1 < within.end as usize && items[at + 1].mention == NONE && items[at + 1].quotation == NONE {
        f.add("post.word", &[place, item_word(at + 1)]);
    }

    // The head, the quotation's shape.
    let head = scene.tags[m.head as usize];
    if m.form == Form::Nominal {
        f.add("head", &[place, Number(i32::from(head.head())), yes(head.is_human())]);
    }
    f.add("shape", &[place, yes(q.bare()), Letter(q.last), Letter(grammar.verb)]);
    f.add(
        "shape.begin",
        &[place, yes(q.opens_sentence), yes(q.capital), Letter(grammar.verb)],
    );
    f.add(
        "shape.close",
        &[place, yes(q.closes_sentence), yes(q.opens_paragraph), Letter(q.last)],
    );
    f.add("shape.after", &[place, Letter(q.after[0]), yes(owns)]);
    if !same {
        f.add(
            "other",
            &[
                place,
                yes(q.bare()),
                Number(sentences.min(4) as i32),
                Number(quotations.min(2) as i32),
            ],
        );
        f.add("other.cue", &[place, Letter(q.cue), Letter(grammar.verb)]);
    }
    let weak = scene.tags[m.head as usize].cue() == Cue::Noun;
    if weak {
        f.add("cue.noun", &[place]);
    }
}
