//! Names of institutions to figures.
//!
//! In: a name of several words, an acronym, a short form. Out: the figure it stands for: by the gazetteer, by the last
//! words ("the Security Council"), by the acronym in parentheses or the initials. Two countries' ministries stay two.

use super::cast::{Cast, Figure};
use super::scene::Scene;
use crate::gazetteer::Sense;
use crate::mentions::Kind;
use crate::span::Run;
use crate::tokens::{Case, Kind as Sign, folded_key, keys};

/// Tells the keys of institutions' last words from those of people.
const ORGANIZATION: u64 = 0x9e37_79b9_7f4a_7c15;

/// Assigns an institution's name of several words.
pub(super) fn organization(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let country = scene.country_in(told.tokens);
    let known = scene.body_of(&told.senses, country).or_else(|| longer(scene, mention));
    let last = words.last().copied().unwrap_or_default();
    let same = |figure: &Figure| {
        let countries = figure.country.is_none() || country.is_none() || figure.country == country;
        let related = figure.words.ends_with(words) || words.ends_with(&figure.words) && figure.words.len() > 1;
        figure.kind == Some(Kind::Organization) && countries && related && (known.is_none() || figure.known.is_none())
    };
    let figure = known.and_then(|sense| cast.by_sense(sense)).or_else(|| {
        let namesakes = cast.by_word(last ^ ORGANIZATION).iter().rev();
        namesakes
            .map(|&(figure, _)| figure)
            .find(|&figure| same(cast.get(figure)))
    });
    let figure = figure.unwrap_or_else(|| cast.add(Some(Kind::Organization)));
    cast.assign(mention, figure);
    if let Some(sense) = known {
        cast.know(figure, sense);
    }
    let longer = cast.get(figure).words.len() < words.len();
    let entry = cast.get_mut(figure);
    entry.country = entry.country.or(country);
    if longer {
        entry.words = words.to_vec();
        entry.fullest = mention as u32;
    }
    if scene.tags[told.head as usize].head() > 0 {
        cast.index(last, figure, 1);
    }
    cast.index(last ^ ORGANIZATION, figure, 0);
    cast.index(words[0].rotate_left(1) ^ ORGANIZATION, figure, 0);
    if let Some(acronym) = initials(scene, mention) {
        cast.index(acronym, figure, 1);
    }
    if let Some(acronym) = in_parentheses(scene, mention) {
        cast.index(acronym, figure, 0);
    }
}

/// The institution whose name ends in a word, the latest one first.
pub(super) fn ending_in(cast: &Cast, word: u64) -> Option<u32> {
    let &(figure, _) = cast.by_word(word ^ ORGANIZATION).last()?;
    Some(figure)
}

/// The institution whose name begins with a word, if one alone does: "Keystone" after "Keystone Aggregates".
pub(super) fn beginning_with(cast: &Cast, word: u64) -> Option<u32> {
    match cast.by_word(word.rotate_left(1) ^ ORGANIZATION) {
        &[(figure, _)] => Some(figure),
        _ => None,
    }
}

/// The institution that a short name means.
pub(super) fn namesake_body(cast: &Cast, word: u64) -> Option<u32> {
    let listed = cast.by_word(word).iter().rev();
    let mut bodies = listed.filter(|&&(figure, _)| cast.get(figure).kind == Some(Kind::Organization));
    bodies.next().map(|&(figure, _)| figure)
}

/// Whether a word ends the name of a newspaper: "the Charlotte Observer" begins like a woman's name.
pub(super) fn is_medium(scene: &Scene, at: usize) -> bool {
    const MEDIA: [u64; 16] = keys![
        "chronicle",
        "daily",
        "examiner",
        "gazette",
        "globe",
        "guardian",
        "herald",
        "inquirer",
        "magazine",
        "monthly",
        "observer",
        "review",
        "telegraph",
        "tribune",
        "weekly",
        "radio",
    ];
    scene.is_any(at, &MEDIA)
}

/// What the gazetteer has under a longer name that begins with the mention's: "the Organization for the Prohibition of
/// Chemical Weapons" where the mention ends early.
fn longer(scene: &Scene, mention: usize) -> Option<Sense> {
    let told = &scene.mentions[mention];
    let end = told.name.end as usize;
    if !scene.is_any(end, &keys!["of", "for", "in", "on", "and"]) {
        return None;
    }
    let start = told.name.start as usize;
    let hits = scene.hits(Run::new(start, (end + 8).min(scene.document.tokens.len())));
    let hit = hits.into_iter().next()?;
    let whole = hit.tokens.start == 0 && hit.tokens.len() > told.name.len();
    whole.then(|| scene.body_of(&hit.senses, None)).flatten()
}

/// The key of the initials of an institution's capitals, with three letters at least.
fn initials(scene: &Scene, mention: usize) -> Option<u64> {
    let mut letters = String::new();
    for at in scene.mentions[mention].name.range() {
        if scene.token(at).is_some_and(|token| token.is_capital()) {
            letters.extend(scene.word(at).chars().next());
        }
    }
    (letters.len() > 2).then(|| folded_key(&letters))
}

/// Whether a name is built like an institution's: "the Harbor Observatory for Human Rights (HOHR)".
pub(super) fn is_phrase(scene: &Scene, mention: usize) -> bool {
    let joined = |at: usize| scene.is_any(at, &keys!["of", "for", "on"]);
    scene.mentions[mention].name.range().any(joined) || in_parentheses(scene, mention).is_some()
}

/// The key of an acronym in parentheses behind a name: "(SOHR)".
fn in_parentheses(scene: &Scene, mention: usize) -> Option<u64> {
    let end = scene.mentions[mention].tokens.end as usize;
    let acronym = scene.token(end + 1)?;
    let framed = scene.is_sign(end, Sign::Open) && scene.is_sign(end + 2, Sign::Close);
    (framed && acronym.case == Case::Upper).then_some(acronym.key)
}
