//! Names that stand inside other phrases.
//!
//! In: the figures and who is who. Out: further places where the article names a figure, or something of its own, within
//! the title or the noun phrase of another one: the state in "Tennessee Senator X", the party in "NDP leader X", the
//! person in "X's campaign". They are no mentions by themselves: nobody speaks by them.

use super::cast::Cast;
use super::known;
use super::scene::{Scene, one_line};
use crate::gazetteer::Sense;
use crate::lexicon::Class;
use crate::mentions::built::{self, Built};
use crate::mentions::{Form, Kind};
use crate::span::{Run, Span};
use crate::text::paragraphs::Role;
use crate::tokens::{Case, Kind as Sign, keys};

/// Longest name of an institution, in tokens: hostile text has capitals without end.
const LONGEST: usize = 16;

/// Words from a place to "campaign" in what is called after the place.
const CAMPAIGN: usize = 3;

/// Longest acronym that counts as an institution's, in letters.
const ACRONYM: usize = 6;

/// The figures named in passing, each with where.
pub(super) fn names(scene: &Scene, cast: &mut Cast) -> Vec<(u32, Span)> {
    let mut free = free(scene, cast);
    let mut found = Vec::new();
    for paragraph in &scene.document.paragraphs {
        if matches!(paragraph.role, Role::Boilerplate(_)) || !paragraph.tokens.range().any(|at| free[at]) {
            continue;
        }
        for hit in scene.hits_of(paragraph.tokens).iter() {
            let run = hit.tokens;
            if !run.range().any(|at| free[at]) || scene.is_ambiguous(paragraph.tokens, hit) {
                continue;
            }
            let place = matches!(hit.senses.first(), Some(Sense::Place(_)));
            // All words of a heading may have capitals.
            let part = place && paragraph.role != Role::Heading && free[run.start as usize];
            if part && is_part_of_name(scene, run) {
                continue;
            }
            named(scene, cast, &mut free, run, &hit.senses, &mut found);
        }
        let mut next = paragraph.tokens.start as usize;
        while let Some(behind) = free[next..paragraph.tokens.end as usize].iter().position(|&free| free) {
            let at = next + behind;
            next = at + 1;
            if let Some((run, figure)) = by_word(scene, cast, at).or_else(|| institution(scene, cast, &free, at)) {
                free[run.range()].fill(false);
                found.push((figure, scene.document.span(run)));
            }
        }
    }
    found
}

/// For each token whether it is a capital that no name covers.
fn free(scene: &Scene, cast: &Cast) -> Vec<bool> {
    let mut free: Vec<bool> = scene.document.tokens.iter().map(|token| token.is_capital()).collect();
    let happens = |name| built::of(&scene.document.tokens, scene.tags, name) == Some(Built::Event);
    for (mention, told) in scene.mentions.iter().enumerate() {
        let settled = cast
            .figure(mention)
            .is_some_and(|figure| cast.get(figure).kind.is_some());
        let dated = told.unknown_head && scene.class(told.name.start as usize) == Class::Number;
        let dated = dated || told.unknown_head && scene.tags[told.head as usize].is_event();
        let event = dated || !settled && told.form == Form::Name && !scene.in_heading(mention) && happens(told.name);
        match told.form {
            Form::Name | Form::Metonym | Form::Demonym if settled => free[told.name.range()].fill(false),
            Form::Pronoun => free[told.tokens.range()].fill(false),
            _ if event => free[told.tokens.range()].fill(false),
            _ => {}
        }
    }
    free
}

/// Notes what the gazetteer knows under a name.
fn named(scene: &Scene, cast: &mut Cast, free: &mut [bool], run: Run, senses: &[Sense], found: &mut Vec<(u32, Span)>) {
    // "the Kremlin" and "Veterans of Foreign Wars" have small words that nothing covers.
    let open = |at: usize| free[at] || !scene.document.tokens[at].is_capital();
    let Some(&first) = senses.first() else { return };
    if matches!(first, Sense::Office(_)) && run.len() > 1 {
        let (start, end) = (run.start as usize, run.end as usize);
        for part in [Run::new(start, end - 1), Run::new(start + 1, end)] {
            for hit in scene.hits(part) {
                let start = (part.start + hit.tokens.start) as usize;
                let run = Run::new(start, start + hit.tokens.len());
                let land = matches!(hit.senses.first(), Some(Sense::Place(_) | Sense::Organization(_)));
                if land && !hit.ambiguous && run.range().any(|at| free[at]) {
                    named(scene, cast, free, run, &hit.senses, found);
                }
            }
        }
        return;
    }
    if !run.range().all(open) {
        return;
    }
    let sense = match first {
        Sense::Place(_) => Some(first),
        Sense::Organization(_) => scene.body_of(senses, None),
        Sense::Person(_) if run.len() > 1 => known::person_of(scene, senses, None).map(Sense::Person),
        _ => None,
    };
    let Some(sense) = sense else { return };
    let kind = match sense {
        Sense::Place(_) => Kind::Place,
        Sense::Organization(_) => Kind::Organization,
        _ => Kind::Person,
    };
    let figure = cast.by_sense(sense).unwrap_or_else(|| {
        let figure = cast.add(Some(kind));
        cast.know(figure, sense);
        figure
    });
    if cast.get(figure).kind == Some(kind) {
        free[run.range()].fill(false);
        found.push((figure, scene.document.span(run)));
    }
}

/// Whether the name of a place is a part of a longer one: "Harbor Party of Norland candidate X", "Greens Norland",
/// "Parti du Norland". A title beside it is none: "Norland Senator X".
fn is_part_of_name(scene: &Scene, run: Run) -> bool {
    let (start, end) = (run.start as usize, run.end as usize);
    // "SEOUL Norland put its forces on alert": a dateline ends with its capitals.
    let case = scene.document.tokens[start].case;
    let part = |at: usize| {
        let (tag, token) = (scene.tags[at], &scene.document.tokens[at]);
        let role = || {
            scene
                .gazetteer
                .role_at(scene.document.text, &scene.document.tokens, at)
                .is_some()
        };
        // "Neighbouring Norland": any word has a capital there.
        let opens = at == 0 || token.breaks > 0 || !scene.document.tokens[at - 1].is_word();
        let word = tag.class() != Class::None || tag.is_title() || tag.is_human() || tag.is_small() && opens;
        token.case == case && token.is_word() && !word && !built::is_side(token) && !role()
    };
    let joined = |at: usize| scene.token(at).is_some_and(|token| token.spaced && token.breaks == 0);
    // "British Hong Kong"
    let people = |at: usize| {
        let hit = scene.hits(Run::new(at, at + 1)).into_iter().next();
        hit.is_some_and(|hit| matches!(hit.senses.first(), Some(Sense::Demonym(_))))
    };
    if joined(end) && part(end) || start > 0 && joined(start) && part(start - 1) && !people(start - 1) {
        return true;
    }
    // "the Norland campaign", "the Norland civil defence campaign"
    let small = |at: &usize| {
        scene
            .token(*at)
            .is_some_and(|token| token.case == Case::Lower && token.breaks == 0)
    };
    let mut behind = (end..end + CAMPAIGN).take_while(small);
    if behind.any(|at| scene.is(at, "campaign")) && !scene.is_sign(end, Sign::Clitic) {
        return true;
    }
    // "his One Norland alliance"
    if start > 1 && scene.is(start - 1, "one") && scene.document.tokens[start - 1].is_capital() && joined(start - 1) {
        return true;
    }
    // "the Norland for the Norlanders coalition"
    let motto = end + 1 + usize::from(scene.is(end + 1, "the"));
    if scene.is(end, "for")
        && scene
            .token(motto)
            .is_some_and(|token| token.is_capital() && token.breaks == 0)
    {
        return true;
    }
    let the = usize::from(start > 1 && scene.is(start - 1, "the"));
    let Some(of) = start.checked_sub(1 + the).filter(|&of| of > 0 && joined(start)) else {
        return false;
    };
    let named = |at: usize| {
        let tag = scene.tags[at];
        let civic = tag.is_civic() && (tag.is_plural() || !tag.is_human());
        scene.document.tokens[at].is_capital() && (tag.is_body() || civic || tag.is_event() || tag.is_land())
    };
    let foreign = scene.tags[of].is_particle() && scene.document.tokens[of].case == Case::Lower;
    foreign || scene.is_any(of, &keys!["of", "for", "in"]) && named(of - 1)
}

/// "X's campaign": a surname of the article's people.
fn by_word(scene: &Scene, cast: &Cast, at: usize) -> Option<(Run, u32)> {
    let token = scene.token(at).filter(|token| token.case == Case::Capital)?;
    if scene.class(at) != Class::None || scene.tags[at].is_title() {
        return None;
    }
    let listed = cast.by_word(token.key).iter();
    let person = |figure: u32| {
        let figure = cast.get(figure);
        figure.kind == Some(Kind::Person) && figure.label.is_none()
    };
    let (figure, _) = *listed.rev().find(|&&(figure, rank)| rank == 0 && person(figure))?;
    Some((Run::new(at, at + 1), figure))
}

/// "NDP leader X", "Harbor Party candidate X": an acronym before a human noun, or capitals with an institution's word.
fn institution(scene: &Scene, cast: &mut Cast, free: &[bool], at: usize) -> Option<(Run, u32)> {
    let capital =
        |at: usize| free.get(at) == Some(&true) && scene.class(at) == Class::None && !scene.tags[at].is_title();
    if !capital(at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + LONGEST && capital(end) && scene.document.tokens[end].breaks == 0
        || end < at + LONGEST && scene.is(end, "of") && capital(end + 1) && scene.tags[end - 1].is_body()
    {
        end += 1;
    }
    let run = Run::new(at, end);
    let token = scene.token(at)?;
    let letters = scene.word(at).chars().all(char::is_alphabetic) && (2..=ACRONYM).contains(&token.span.len());
    let human = scene.tags.get(end).is_some_and(|tag| tag.is_human()) && !scene.is_sign(end, Sign::Clitic);
    let acronym = run.len() == 1 && token.case == Case::Upper && letters && human;
    let body = run.len() > 1 && run.range().skip(1).any(|at| scene.tags[at].is_body());
    if !(acronym || body) {
        return None;
    }
    let label = one_line(scene.document.words(run));
    let key = crate::tokens::folded_key(&label);
    let known = cast
        .by_word(key)
        .iter()
        .find(|&&(figure, _)| cast.get(figure).kind == Some(Kind::Organization));
    let figure = known.map(|&(figure, _)| figure).unwrap_or_else(|| {
        let figure = cast.add(Some(Kind::Organization));
        cast.get_mut(figure).label = Some(label);
        cast.index(key, figure, 0);
        figure
    });
    Some((run, figure))
}
