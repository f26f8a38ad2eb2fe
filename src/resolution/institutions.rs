//! Noun phrases for institutions and countries to figures.
//!
//! In: "the ministry", "Clinton's campaign", "the 15-member body", "the kingdom", "the Algerian government". Out: the
//! institution of the article whom the words fit, the last one where they fit any, the country whose government is meant.

use super::cast::Figure;
use super::pronouns::{REACH, Walk};
use super::scene::Scene;
use super::things;
use crate::gazetteer::{PlaceKind, Sense};
use crate::lexicon::Class;
use crate::mentions::Kind;
use crate::mentions::built::PAPERS;
use crate::span::Run;
use crate::tokens::keys;

/// Nouns for any institution, so that the last one is meant: "the group".
const BODIES: [u64; 20] = keys![
    "agency",
    "alliance",
    "bloc",
    "body",
    "broadcaster",
    "charity",
    "company",
    "firm",
    "group",
    "institution",
    "insurer",
    "lender",
    "network",
    "newspaper",
    "organisation",
    "organization",
    "regulator",
    "retailer",
    "union",
    "watchdog",
];

/// Nouns for those that earn money.
const BUSINESSES: [u64; 8] = keys![
    "broadcaster",
    "company",
    "firm",
    "insurer",
    "lender",
    "network",
    "newspaper",
    "retailer",
];

/// Nouns for newspapers and the like.
const MEDIA: [u64; 10] = keys![
    "broadcaster",
    "daily",
    "magazine",
    "network",
    "newspaper",
    "outlet",
    "paper",
    "publication",
    "tabloid",
    "weekly",
];

/// What they are called, beside [`PAPERS`].
const TITLES: [u64; 11] = keys![
    "broadcasting",
    "journal",
    "magazine",
    "news",
    "post",
    "radio",
    "review",
    "standard",
    "television",
    "times",
    "weekly",
];

/// What no business is called.
const PUBLIC: [u64; 17] = keys![
    "campaign",
    "commission",
    "committee",
    "congress",
    "council",
    "court",
    "department",
    "government",
    "ministry",
    "nations",
    "parliament",
    "party",
    "police",
    "school",
    "senate",
    "union",
    "university",
];

/// What ministries are for.
const FIELDS: [u64; 20] = keys![
    "agriculture",
    "commerce",
    "culture",
    "defence",
    "defense",
    "economy",
    "education",
    "energy",
    "environment",
    "finance",
    "foreign",
    "health",
    "information",
    "interior",
    "justice",
    "labor",
    "labour",
    "state",
    "trade",
    "transport",
];

/// Endings of what is said of any institution: "the 15-member body", "the Vienna-based watchdog".
const KINDS: [&str; 5] = ["-based", "-led", "-member", "-nation", "-strong"];

/// Nouns for a country.
const LANDS: [u64; 6] = keys!["country", "emirate", "kingdom", "monarchy", "nation", "republic"];

/// The country whose government a phrase means: "the Algerian government", "Syria's regime".
pub(super) fn governs(scene: &Scene, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    if !scene.is_any(head, &keys!["government", "regime", "authorities"]) || told.tokens.len() > 4 {
        return None;
    }
    scene.country_in(told.tokens)
}

/// The owners that a phrase names, each with the country it stands for.
fn owners(scene: &Scene, phrase: Run) -> Vec<(u64, Option<u32>)> {
    let capitals = phrase
        .range()
        .filter(|&at| scene.token(at).is_some_and(|token| token.is_capital()) && scene.class(at) == Class::None);
    let owner = |at: usize| Some((scene.token(at)?.key, scene.country_in(Run::new(at, at + 1))));
    capitals.filter_map(owner).collect()
}

/// Whether an institution has these owners: "Clinton's campaign" is not Trump's.
fn is_owned_by(figure: &Figure, owners: &[(u64, Option<u32>)]) -> bool {
    owners.iter().all(|&(owner, country)| {
        figure.words.contains(&owner)
            || figure.described.contains(&owner)
            || country.is_some() && country == figure.country
    })
}

/// The institution that "the ministry", "the group" means.
pub(super) fn body(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = scene.token(told.head as usize)?.key;
    let generic = is_any_body(scene, mention);
    let business = scene.is_any(told.head as usize, &BUSINESSES);
    let medium = scene.is_any(told.head as usize, &MEDIA);
    let ministry = scene.is_any(told.head as usize, &keys!["department", "ministry"]);
    let owners = owners(scene, told.tokens);
    let mut best: Option<(f32, u32)> = None;
    for (id, _) in walk.figures(2 * REACH) {
        let figure = walk.cast.get(id);
        if figure.kind != Some(Kind::Organization) || !is_owned_by(figure, &owners) {
            continue;
        }
        // "The foreign ministry" is not the French finance ministry.
        let other = |at: usize| {
            let known = |key: u64| figure.words.contains(&key) || figure.described.contains(&key);
            scene.is_any(at, &FIELDS) && scene.token(at).is_some_and(|token| !known(token.key))
        };
        if ministry && told.name.range().any(other) {
            continue;
        }
        let mut score = 0.0;
        for at in told.name.range() {
            let Some(token) = scene.token(at) else { break };
            if figure.words.contains(&token.key) || figure.described.contains(&token.key) {
                score += if token.key == head { 2.0 } else { 1.0 };
            }
        }
        if score > 0.0 && best.is_none_or(|(least, _)| score > least) {
            best = Some((score, id));
        }
    }
    let fitting = best.filter(|(score, _)| *score >= 2.0).map(|(_, id)| id);
    let fits = |other: usize, kind: Kind| {
        let public = || walk.cast.figure(other).is_some_and(|id| is_public(walk.cast.get(id)));
        (kind == Kind::Organization && !(business && public())).then_some(0.0)
    };
    // "The conservative newspaper" after "the Harbor Times".
    let prints = |other: usize, kind: Kind| {
        let named = || walk.cast.figure(other).is_some_and(|id| is_medium(walk.cast.get(id)));
        (kind == Kind::Organization && named()).then_some(0.0)
    };
    let last = || {
        let printed = medium.then(|| walk.best(mention, prints)).flatten();
        printed.or_else(|| generic.then(|| walk.best(mention, fits)).flatten())
    };
    fitting.or_else(|| scene.speaks[mention].then(last).flatten())
}

/// Whether a phrase has nothing but a noun for any institution, and what is said of any.
fn is_any_body(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    let says_nothing = |at: usize| KINDS.iter().any(|ending| scene.word(at).ends_with(ending));
    scene.is_any(head, &BODIES) && (told.tokens.start as usize + 1..head).all(says_nothing)
}

/// Whether an institution has the name of a newspaper, a magazine, a station.
fn is_medium(figure: &Figure) -> bool {
    figure
        .words
        .last()
        .is_some_and(|word| TITLES.contains(word) || PAPERS.contains(word))
}

/// Whether an institution has the name of no business.
fn is_public(figure: &Figure) -> bool {
    figure.words.iter().any(|word| PUBLIC.contains(word)) || matches!(figure.known, Some(Sense::Metonym(_)))
}

/// "The kingdom said": the government of the country spoken of last.
pub(super) fn land(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let any = scene.is_any(told.head as usize, &LANDS) && scene.is(told.tokens.start as usize, "the");
    if !any || told.tokens.len() > 2 {
        return None;
    }
    let country = |other: usize, kind: Kind| {
        let known = walk.cast.get(walk.cast.figure(other)?).known;
        match (kind, known?) {
            (Kind::Place, Sense::Place(place)) => scene.gazetteer.place_kind(place) == PlaceKind::Country,
            (Kind::Organization, Sense::Metonym(_)) => true,
            _ => false,
        }
        .then_some(0.0)
    };
    let figure = walk.best(mention, country)?;
    things::speaking(walk, figure)
}
