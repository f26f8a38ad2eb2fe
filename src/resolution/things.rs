//! Documents that speak, and who issued them.
//!
//! In: "a statement from X", "the IMF report", "the memo". Out: the figure of whoever stands behind the words: an owner in
//! the phrase, one behind it, the issuer of the same document earlier in the article.

use super::nominals;
use super::pronouns::Walk;
use super::scene::Scene;
use super::speakers;
use crate::gazetteer::{PlaceKind, Sense};
use crate::lexicon::Class;
use crate::mentions::{Form, Kind};
use crate::tokens::{Kind as Sign, keys};

/// Documents that are remembered.
const PAPERS: usize = 32;

/// Notes who issued a document that the article speaks of, whether it says something here or not.
pub(super) fn note(walk: &mut Walk, mention: usize) {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if told.form != Form::Nominal || told.kind != Some(Kind::Thing) || told.plural {
        return;
    }
    let Some(key) = scene.token(told.head as usize).map(|token| token.key) else {
        return;
    };
    let figure = owner(walk, mention).or_else(|| {
        let indefinite = scene.is_any(told.tokens.start as usize, &keys!["a", "an"]);
        (indefinite && !scene.speaks[mention])
            .then(|| subject(walk, mention))
            .flatten()
    });
    let Some(figure) = figure else { return };
    walk.papers.retain(|&(known, _)| known != key);
    if walk.papers.len() == PAPERS {
        walk.papers.remove(0);
    }
    walk.papers.push((key, figure));
}

/// Who issued a document that speaks.
pub(super) fn issuer(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let key = scene.token(told.head as usize)?.key;
    let known = walk.papers.iter().rev().find(|(known, _)| *known == key);
    if let Some(&(_, figure)) = known {
        return Some(figure);
    }
    let definite = scene.is_any(told.tokens.start as usize, &keys!["the", "this", "that"]);
    if !definite {
        return None;
    }
    let figure = walk.best(mention, |kind| {
        matches!(kind, Kind::Organization | Kind::Place).then_some(0.0)
    })?;
    speaking(walk, figure)
}

/// The owner whom the phrase or what stands behind it names.
fn owner(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let end = told.tokens.end as usize;
    if scene.is_any(end, &keys!["from", "by"]) {
        let next = scene.mentions.get(mention + 1)?;
        let start = next.tokens.start as usize;
        if start <= end + 2 && next.form != Form::Pronoun {
            // "a memo from the department's Office of the Inspector General"
            let owned = scene.is_sign(next.tokens.end as usize, Sign::Clitic);
            let below = scene.mentions.get(mention + 2).map(|below| below.tokens.start);
            let issuer = mention
                + if owned && below == Some(next.tokens.end + 1) {
                    2
                } else {
                    1
                };
            let issues = &scene.mentions[issuer];
            let body = issues.kind == Some(Kind::Organization) && issues.form == Form::Nominal;
            let figure = walk.cast.figure(issuer);
            let figure = figure.or_else(|| body.then(|| nominals::own_figure(walk, issuer)).flatten())?;
            return speaking(walk, figure);
        }
    }
    let start = told.tokens.start as usize;
    if scene.class(start) == Class::Possessive {
        if scene.is(start, "its") {
            let figure = walk.best(mention, |kind| {
                matches!(kind, Kind::Organization | Kind::Place).then_some(0.0)
            })?;
            return speaking(walk, figure);
        }
        return None;
    }
    inside(walk, mention)
}

/// Whoever is named inside the phrase: "the IMF report", "a U.N. statement", "Clinton's letter".
fn inside(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    for hit in scene.hits(told.tokens) {
        for &sense in &hit.senses {
            match sense {
                Sense::Organization(_) => return Some(known(walk, sense, Kind::Organization)),
                Sense::Place(place) if scene.gazetteer.place_kind(place) == PlaceKind::Country => {
                    return Some(speakers::of_country(scene, &mut walk.cast, place, None));
                }
                Sense::Metonym(country) => return Some(speakers::of_country(scene, &mut walk.cast, country, None)),
                _ => {}
            }
        }
    }
    told.tokens.range().rev().find_map(|at| {
        let token = scene.token(at).filter(|token| token.is_capital())?;
        let &(figure, _) = walk.cast.by_word(token.key).iter().find(|(_, rank)| *rank < 2)?;
        Some(figure)
    })
}

fn known(walk: &mut Walk, sense: Sense, kind: Kind) -> u32 {
    if let Some(figure) = walk.cast.by_sense(sense) {
        return figure;
    }
    let figure = walk.cast.add(Some(kind));
    walk.cast.know(figure, sense);
    figure
}

/// "The ministry issued a statement": whoever is the subject before a document.
fn subject(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene: &Scene = walk.scene;
    let sentence = scene.sentence_of[mention];
    let other = (0..mention)
        .rev()
        .take(6)
        .take_while(|&other| scene.sentence_of[other] == sentence)
        .find(|&other| scene.subject[other] && walk.cast.figure(other).is_some())?;
    let figure = walk.cast.figure(other)?;
    speaking(walk, figure)
}

/// A figure as one that speaks: a country's government for the country.
pub(super) fn speaking(walk: &mut Walk, figure: u32) -> Option<u32> {
    let scene = walk.scene;
    match (walk.cast.get(figure).kind, walk.cast.get(figure).known) {
        (Some(Kind::Place), Some(Sense::Place(place))) => {
            let country = scene.gazetteer.country_of_place(place)?;
            let whole = scene.gazetteer.place_kind(place) == PlaceKind::Country;
            whole.then(|| speakers::of_country(scene, &mut walk.cast, country, None))
        }
        (Some(Kind::Organization | Kind::Person | Kind::Group), _) => Some(figure),
        _ => None,
    }
}
