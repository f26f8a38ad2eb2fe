//! Speakers whom the article names later than it quotes them.
//!
//! In: "a spokesman", "a United Nations official" with the names that follow. Out: the figure of the name by which the
//! article goes on: one with the same noun in title or apposition ("The spokesman, X, said"), in the first sentences also
//! one of the same institution, or one whom nothing introduces but that phrase.

use super::likeness::SPOKES;
use super::nominals;
use super::pronouns::Walk;
use super::scene::Scene;
use super::titles;
use crate::gazetteer::Sense;
use crate::lexicon::Class;
use crate::mentions::{Form, Kind};
use crate::span::Run;
use crate::tokens::keys;

/// Mentions that are looked at for a name.
const REACH: usize = 14;

/// Words behind a phrase that tell whose spokesman it is.
const OWNER: usize = 7;

/// Sentences at the beginning, where reports say in one phrase whom they name below.
const LEAD: u32 = 3;

/// The person whom the text names below a phrase.
pub(super) fn introduced(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    if told.plural || told.form == Form::Demonym || !scene.is_human_noun(head) {
        return None;
    }
    if told.quotation.is_some() || nominals::asks_to_be_hidden(scene, mention) {
        return None;
    }
    let lead = scene.sentence_of[mention] < LEAD;
    let last = scene.paragraph_of[mention] + if lead { 2 } else { 1 };
    let below = (mention + 1..scene.mentions.len()).take(REACH);
    for other in below.take_while(|&other| scene.paragraph_of[other] <= last) {
        let Some(id) = full_name(walk, other) else { continue };
        let figure = walk.cast.get(id);
        let fits = figure.count == 0 && figure.may_be(told.gender) && is_of(walk, mention, other);
        let about = about(scene, other);
        let named = fits
            && match about.is_empty() {
                false => is_headed(scene, mention, &about, lead) || lead && is_akin(scene, told.tokens, &about),
                true => scene.opens[other] && is_whole(scene, mention, other),
            };
        if named {
            return Some(id);
        }
        // Somebody else speaks first.
        if scene.talks[other] {
            return None;
        }
    }
    None
}

/// "The spokesman, X, said": whoever was the spokesman before is X.
pub(super) fn reveal(walk: &mut Walk, mention: usize, named: u32) {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let start = told.tokens.start as usize;
    if told.plural || !scene.is(start, "the") || walk.cast.get(named).count > 0 {
        return;
    }
    let Some(head) = scene.token(told.head as usize).map(|token| token.key) else {
        return;
    };
    let same = |walk: &Walk, other: usize| {
        let id = walk.cast.figure(other)?;
        let figure = walk.cast.get(id);
        let noun =
            figure.described.contains(&head) || is_spokes(head) && figure.described.iter().any(|&key| is_spokes(key));
        (figure.unnamed && noun && figure.may_be(told.gender)).then_some(id)
    };
    let recent = walk.recent.iter().rev().take(REACH);
    let Some(unnamed) = recent.copied().find_map(|other| same(walk, other as usize)) else {
        return;
    };
    let mentions: Vec<u32> = walk.recent.iter().copied().rev().take(4 * REACH).collect();
    for other in mentions {
        if walk.cast.figure(other as usize) == Some(unnamed) {
            walk.cast.assign(other as usize, named);
        }
    }
    walk.look_back();
}

fn is_spokes(key: u64) -> bool {
    SPOKES.contains(&key)
}

/// The figure of a person's full name outside quotations.
fn full_name(walk: &Walk, other: usize) -> Option<u32> {
    let scene = walk.scene;
    let name = &scene.mentions[other];
    let figure = walk.cast.figure(other)?;
    let full = scene.is_name(other) && name.name.len() > 1 && name.quotation.is_none();
    (full && walk.cast.get(figure).kind == Some(Kind::Person)).then_some(figure)
}

/// Title and apposition of a name.
fn about(scene: &Scene, name: usize) -> Vec<Run> {
    let behind = titles::apposition(scene, scene.mentions[name].tokens.end as usize);
    let title = Some(scene.title(name)).filter(|title| !title.is_empty());
    title.into_iter().chain(behind).collect()
}

/// Whether no country speaks against it.
fn is_of(walk: &Walk, mention: usize, name: usize) -> bool {
    let scene = walk.scene;
    let asked = scene.country_in(scene.mentions[mention].tokens);
    let figure = walk.cast.figure(name).map(|figure| walk.cast.get(figure));
    let own = figure.and_then(|figure| figure.country);
    asked.is_none() || own.is_none() || asked == own
}

/// Whether title or apposition have the phrase's noun; below the first sentences, its other words too.
fn is_headed(scene: &Scene, mention: usize, about: &[Run], lead: bool) -> bool {
    let told = &scene.mentions[mention];
    let has = |at: usize| {
        let Some(key) = scene.token(at).map(|token| token.key) else {
            return false;
        };
        let mut words = about
            .iter()
            .flat_map(|run| run.range())
            .filter_map(|at| scene.token(at));
        words.any(|word| word.key == key || is_spokes(key) && is_spokes(word.key))
    };
    // "a spokesman for the Harbor Police Department"
    let end = told.tokens.end as usize;
    let behind = if scene.is_any(end, &keys!["for", "of", "at", "with"]) {
        end + 1..end + OWNER
    } else {
        end..end
    };
    let mut owner = behind.take_while(|&at| {
        scene
            .token(at)
            .is_some_and(|token| token.is_word() && token.breaks == 0)
    });
    let capital = |at: &usize| scene.token(*at).is_some_and(|token| token.is_capital());
    let owned = owner.clone().any(|at| capital(&at)) && !owner.any(|at| capital(&at) && has(at));
    let told_more = |at: usize| scene.class(at) == Class::None && !has(at);
    // "the consul general" is not the solicitor general.
    let head = told.head as usize;
    let headed = has(head) && (!scene.is(head, "general") || told.name.len() < 2 || has(head - 1));
    headed && (lead || !owned && !told.name.range().any(told_more))
}

/// Whether title or apposition name an institution of the phrase.
fn is_akin(scene: &Scene, phrase: Run, about: &[Run]) -> bool {
    let senses = |run: Run| {
        let hits = scene.hits(run).into_iter();
        hits.filter_map(|hit| hit.senses.first().copied())
            .filter(|sense| matches!(sense, Sense::Organization(_)))
            .collect::<Vec<_>>()
    };
    let own = senses(phrase);
    about
        .iter()
        .any(|&run| senses(run).iter().any(|sense| own.contains(sense)))
}

/// Whether a phrase tells enough to introduce somebody: "the executive chairman of the council said … X said".
fn is_whole(scene: &Scene, mention: usize, name: usize) -> bool {
    let told = &scene.mentions[mention];
    let end = told.tokens.end as usize;
    let definite = scene.is(told.tokens.start as usize, "the");
    let of = scene.is_any(end, &keys!["of", "for"]) && scene.class(end + 1) != Class::Number;
    definite && of && scene.talks[name] && scene.paragraph_of[name] == scene.paragraph_of[mention] + 1
}
