//! What a name names that neither its form nor the gazetteer tells.
//!
//! In: the figures after the walk. Out: the same, with kinds read from what stands around their names: whoever speaks is a
//! person, "in X" and "the town of X" are places, names in one list are of one kind, a surname that people bear is a
//! person's.

use super::cast::{Cast, Figure};
use super::scene::Scene;
use crate::gazetteer::{Hit, Sense};
use crate::lexicon::{Class, Cue};
use crate::mentions::built::{self, Built};
use crate::mentions::{Form, Kind};
use crate::span::Run;
use crate::tokens::{Case, Kind as Sign, keys};

/// Endings of names for what is no human being.
const THINGS: [&str; 6] = ["ism", "care", "gate", "exit", "coin", "land"];

/// Nouns with "of" and a place behind.
const LANDS: [u64; 31] = keys![
    "capital",
    "cities",
    "city",
    "constituency",
    "county",
    "district",
    "districts",
    "division",
    "east",
    "electorate",
    "island",
    "north",
    "outskirts",
    "port",
    "province",
    "provinces",
    "regions",
    "region",
    "riding",
    "seat",
    "south",
    "state",
    "streets",
    "suburb",
    "suburbs",
    "town",
    "towns",
    "village",
    "villages",
    "west",
    "part",
];

/// Who or what is "for" a place.
const SEATED: [u64; 9] = keys!["mep", "meps", "mla", "mlas", "mp", "mps", "msp", "td", "tds"];

/// What is "at" a place.
const SITES: [u64; 14] = keys![
    "airfield",
    "barracks",
    "base",
    "bases",
    "battle",
    "camp",
    "camps",
    "factory",
    "installations",
    "mine",
    "plant",
    "rally",
    "reactor",
    "talks",
];

/// Settles the kinds of figures.
pub(super) fn settle(scene: &Scene, cast: &mut Cast) {
    let mut human = vec![false; cast.figures.len()];
    for mention in 0..scene.mentions.len() {
        let Some(id) = cast.figure(mention) else { continue };
        let told = &scene.mentions[mention];
        let speaks = scene.speaks[mention] || told.form == Form::Pronoun && told.gender.is_some();
        let figure = cast.get_mut(id);
        // "The Daily Courier wrote"
        let first = told.tokens.start as usize;
        let article = told.form == Form::Name && told.name.start == told.tokens.start + 1 && scene.is(first, "the");
        let unknown = figure.known.is_none() && figure.posts.is_empty() && figure.described.is_empty();
        if article && speaks && unknown && matches!(figure.kind, None | Some(Kind::Person)) {
            figure.kind = Some(Kind::Organization);
        } else if figure.kind.is_none() && speaks {
            figure.kind = Some(Kind::Person);
        }
        human[id as usize] |= speaks || scene.talks[mention] || told.gender.is_some();
    }
    let is_open: Vec<bool> = (0..scene.mentions.len())
        .map(|mention| is_open(scene, cast, &human, mention))
        .collect();
    let open: Vec<usize> = (0..scene.mentions.len()).filter(|&mention| is_open[mention]).collect();
    let mut settled = vec![false; scene.mentions.len()];
    for &mention in &open {
        let Some(id) = cast.figure(mention) else { continue };
        if is_event(scene, scene.mentions[mention].name) {
            cast.get_mut(id).kind = None;
            settled[mention] = true;
        }
    }
    for &mention in &open {
        if settled[mention] {
            continue;
        }
        if let (Some(kind), Some(id)) = (by_context(scene, scene.mentions[mention].name), cast.figure(mention)) {
            cast.get_mut(id).kind = Some(kind);
            settled[mention] = true;
        }
    }
    // "the Harbor Party (Partido del Puerto)"
    for &mention in &open {
        let before = mention
            .checked_sub(1)
            .filter(|&before| !settled[mention] && is_framed(scene, before, mention));
        let kind = before.and_then(|before| cast.get(cast.figure(before)?).kind);
        if kind == Some(Kind::Organization)
            && let Some(id) = cast.figure(mention)
        {
            cast.get_mut(id).kind = kind;
            settled[mention] = true;
        }
    }
    list(scene, cast, &open, &is_open, &mut settled, |_| true);
    for &mention in &open {
        let Some(id) = cast.figure(mention) else { continue };
        let borne = || is_surname(scene, scene.mentions[mention].name) || acts(scene, mention);
        if cast.get(id).kind.is_none() && !settled[mention] && borne() {
            cast.get_mut(id).kind = Some(Kind::Person);
            settled[mention] = true;
        }
    }
    // "Orlo and Sumner": people only, as their names are told by less.
    list(scene, cast, &open, &is_open, &mut settled, |kind| kind == Kind::Person);
}

/// "Barnsley, Batley and Bradford": names in one list are of one kind, from the left, then from the right.
fn list(
    scene: &Scene,
    cast: &mut Cast,
    open: &[usize],
    is_open: &[bool],
    settled: &mut [bool],
    fits: impl Fn(Kind) -> bool,
) {
    for &mention in open.iter().chain(open.iter().rev()) {
        if settled[mention] {
            continue;
        }
        let beside = [mention.checked_sub(1), Some(mention + 1)].into_iter().flatten();
        let kind = beside
            .filter(|&other| is_listed(scene, mention, other))
            .find_map(|other| {
                let kind = cast.get(cast.figure(other)?).kind?;
                let sure = settled[other] || !is_open[other];
                let framed = closes(scene, mention.min(other));
                let sure = sure && (kind == Kind::Organization || !framed);
                let listed = matches!(kind, Kind::Place | Kind::Organization | Kind::Person) && fits(kind);
                (sure && listed).then_some(kind)
            });
        if let (Some(kind), Some(id)) = (kind, cast.figure(mention)) {
            cast.get_mut(id).kind = Some(kind);
            settled[mention] = true;
        }
    }
}

/// Whether the words of a figure's name say that it is no human being: "the Republican National Convention".
pub(super) fn is_nobody(scene: &Scene, figure: &Figure) -> bool {
    let fullest = scene.mentions.get(figure.fullest as usize);
    fullest.is_some_and(|named| built::of(&scene.document.tokens, scene.tags, named.name).is_some())
}

/// Whether nothing but capitals tells what a name names.
fn is_open(scene: &Scene, cast: &Cast, human: &[bool], mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let Some(id) = cast.figure(mention).filter(|_| scene.is_name(mention)) else {
        return false;
    };
    let figure = cast.get(id);
    let last = told.name.end as usize - 1;
    let given = scene
        .token(told.name.start as usize)
        .is_some_and(|token| told.name.len() > 1 && scene.gazetteer.is_given_name(token.key))
        && !scene.tags[last].is_civic();
    let guessed = figure.kind == Some(Kind::Person)
        && told.kind == Some(Kind::Person)
        && !given
        && scene
            .title(mention)
            .range()
            .all(|at| scene.class(at) == Class::Determiner)
        && figure.posts.is_empty()
        && figure.described.is_empty();
    figure.known.is_none() && figure.label.is_none() && !human[id as usize] && (figure.kind.is_none() || guessed)
}

/// The kind that the last word and the words before tell.
fn by_context(scene: &Scene, name: Run) -> Option<Kind> {
    let (start, end) = (name.start as usize, name.end as usize);
    if name.len() > 1 {
        let any = |fits: &dyn Fn(usize) -> bool| name.range().any(fits);
        if scene.tags[end - 1].is_land() || is_part_of_place(scene, name) {
            return Some(Kind::Place);
        }
        // "a Norland Democrat" is a person.
        if any(&|at| scene.tags[at].is_body() || scene.tags[at].is_civic()) && !scene.tags[end - 1].is_human() {
            return Some(Kind::Organization);
        }
    }
    // "the Norland constituency", "Norland prison"
    let behind = scene
        .token(end)
        .filter(|next| next.case == Case::Lower && next.breaks == 0);
    let people = ["ish", "ese", "ean", "ian"]
        .iter()
        .any(|ending| scene.word(end - 1).ends_with(ending));
    if behind.is_some() && scene.tags[end].is_land() && !people {
        return Some(Kind::Place);
    }
    let article = start > 0 && scene.is(start - 1, "the");
    let before = scene
        .before(start - usize::from(article))
        .filter(|_| start > usize::from(article));
    let before = before?;
    // "in the Democratic primary": no place, though "in" stands before.
    let modifies = scene
        .token(end)
        .is_some_and(|next| next.is_word() && next.case == Case::Lower && next.breaks == 0)
        && scene.class(end) == Class::None
        && scene.tags[end].cue() == Cue::None;
    // "in Buddhism", "A Study in Courage"
    let faith = name.len() == 1 && (scene.word(start).ends_with("ism") || scene.tags[start].is_small());
    if !article && !modifies && !faith && scene.is_any(before, &keys!["in", "near", "throughout", "outside", "across"])
    {
        return Some(Kind::Place);
    }
    let of = scene.is(before, "of") && noun_before(scene, before).is_some_and(|noun| scene.is_any(noun, &LANDS));
    if of {
        return Some(Kind::Place);
    }
    // "the MP for Tarvel", "the base at Tarvel", "the seat at Bremen Tarvel"
    let seated = scene.is(before, "for") && noun_before(scene, before).is_some_and(|noun| scene.is_any(noun, &SEATED));
    let sited = scene.is(before, "at") && noun_before(scene, before).is_some_and(|noun| scene.is_any(noun, &SITES));
    let part = scene.is_any(before, &keys!["at", "for"]) && is_with_place(scene, name);
    let given = |at: usize| {
        scene
            .token(at)
            .is_some_and(|token| scene.gazetteer.is_given_name(token.key))
    };
    if !modifies && (seated || sited || part) && !name.range().any(given) {
        return Some(Kind::Place);
    }
    if scene.is_any(before, &keys!["starring", "stars"]) {
        return Some(Kind::Person);
    }
    let called = scene.is_any(before, &built::CALLED);
    let calls = scene.is_any(end, &keys!["party", "coalition", "alliance", "bloc"]);
    (called || calls).then_some(Kind::Organization)
}

/// The word before a preposition: "the riding (electoral district) of" has a parenthesis between them.
fn noun_before(scene: &Scene, of: usize) -> Option<usize> {
    let before = of.checked_sub(1)?;
    if !scene.is_sign(before, Sign::Close) {
        return Some(before);
    }
    let open = (before.saturating_sub(5)..before)
        .rev()
        .find(|&at| scene.is_sign(at, Sign::Open))?;
    open.checked_sub(1)
}

/// Whether a name is that of what happens, is signed or is given, by its head or by any word.
pub(super) fn is_event(scene: &Scene, name: Run) -> bool {
    built::of(&scene.document.tokens, scene.tags, name) == Some(Built::Event)
        || name
            .range()
            .any(|at| scene.tags[at].is_event() || scene.is(at, "campaign"))
}

/// "Norland West": a known place and a word that tells one part of it.
fn is_part_of_place(scene: &Scene, name: Run) -> bool {
    let last = name.end as usize - 1;
    let part = scene.token(last).is_some_and(built::is_side);
    part && scene
        .hits(Run::new(name.start as usize, last))
        .iter()
        .any(|hit| hit.tokens.len() + 1 == name.len() && matches!(hit.senses.first(), Some(Sense::Place(_))))
}

/// "Bremen Tarvel": two words of which the first is a known place.
fn is_with_place(scene: &Scene, name: Run) -> bool {
    let first = Run::new(name.start as usize, name.start as usize + 1);
    let plain = name
        .range()
        .all(|at| !scene.tags[at].is_civic() && !scene.tags[at].is_small());
    let place = |hit: &Hit| !hit.ambiguous && matches!(hit.senses.first(), Some(Sense::Place(_)));
    name.len() == 2 && plain && scene.hits(first).iter().any(place)
}

/// Whether two mentions stand in one list: a comma or "and" between them, or what a parenthesis ends with.
fn is_listed(scene: &Scene, mention: usize, other: usize) -> bool {
    let Some(beside) = scene.mentions.get(other).filter(|_| scene.is_name(other)) else {
        return false;
    };
    let (first, second) = (mention.min(other), mention.max(other));
    let (one, two) = (&scene.mentions[first], &scene.mentions[second]);
    let gap = Run::new(
        one.tokens.end as usize,
        (two.tokens.start as usize).max(one.tokens.end as usize),
    );
    let joins = |at: usize| {
        let sign = matches!(scene.token(at).map(|token| token.kind), Some(Sign::Comma | Sign::Close));
        sign || scene.class(at) == Class::Coordinator
    };
    // "for the district of Norland, Ana Orlo": the list is not one of districts.
    let of = (one.tokens.start as usize)
        .checked_sub(1)
        .is_some_and(|at| scene.is(at, "of"));
    beside.form == Form::Name
        && scene.sentence_of[mention] == scene.sentence_of[other]
        && (1..=3).contains(&gap.len())
        && gap.range().all(joins)
        && !(gap.len() == 1 && closes(scene, first))
        && !(of && two.name.len() > 1 && scene.is_sign(one.tokens.end as usize, Sign::Comma))
}

/// Whether a parenthesis ends behind a mention.
fn closes(scene: &Scene, mention: usize) -> bool {
    scene.is_sign(scene.mentions[mention].tokens.end as usize, Sign::Close)
}

/// Whether a mention opens the parenthesis behind another one.
fn is_framed(scene: &Scene, before: usize, mention: usize) -> bool {
    let (one, two) = (&scene.mentions[before], &scene.mentions[mention]);
    one.form == Form::Name
        && one.tokens.end + 1 == two.tokens.start
        && scene.is_sign(one.tokens.end as usize, Sign::Open)
}

/// Whether an unknown name of one word does what people do: "Kardash was elected again".
fn acts(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let at = told.name.start as usize;
    let word = scene.word(at);
    told.tokens.len() == 1
        && scene.subject[mention]
        && scene
            .token(at)
            .is_some_and(|token| token.case == Case::Capital && !scene.gazetteer.is_ordinary_word(token.key))
        && !scene.tags[at].is_small()
        && !scene.is_sign(at + 1, Sign::Comma)
        && !word.contains('-')
        && !word.ends_with('s')
        && !THINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether people of the gazetteer bear a name of one word that is nothing else.
fn is_surname(scene: &Scene, name: Run) -> bool {
    let at = name.start as usize;
    let Some(token) = scene.token(at).filter(|token| token.case != Case::Upper) else {
        return false;
    };
    let borne = || {
        scene
            .gazetteer
            .surname_at(scene.document.text, &scene.document.tokens, at)
            .is_some_and(|(run, _)| run.end >= name.end)
    };
    name.len() == 1
        && !scene.gazetteer.is_ordinary_word(token.key)
        && !scene.tags[at].is_small()
        && (scene.gazetteer.is_given_name(token.key) || borne())
}
