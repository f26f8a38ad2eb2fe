//! "They" to people without a name.
//!
//! In: a "they" that means nobody the article has named so far, and the walk. Out: a figure of their own for the people
//! whom the same sentence or the one before speaks of, the subject of it first.

use super::nominals;
use super::pronouns::{REACH, Walk};
use super::scene::Scene;
use crate::mentions::{Form, Kind};

/// Nouns for many who are no institution.
const MANY: [u64; 5] = crate::tokens::keys!["audience", "couple", "crowd", "pair", "public"];

/// "He asked the crowd. They said …", "Workers wept as they learned": people without a name who are nearer than those whom
/// the pronoun would mean otherwise.
pub(super) fn unnamed(walk: &mut Walk, mention: usize, otherwise: Option<u32>) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if !scene.speaks[mention] || !scene.is(told.head as usize, "they") {
        return None;
    }
    let near = |&other: &usize| scene.outer_of[mention] - scene.outer_of[other] <= 1;
    let nameless = |&other: &usize| walk.cast.figure(other).is_none() && is_several(scene, other);
    let heard = |&other: &usize| scene.mentions[other].quotation == told.quotation;
    let people = || (0..mention).rev().take_while(near).filter(heard).filter(nameless);
    let meant = people()
        .find(|&other| scene.subject[other])
        .or_else(|| people().next())?;
    if let Some(figure) = otherwise {
        let latest = walk.figures(REACH).find(|(other, _)| *other == figure);
        let apart = latest.is_none_or(|(_, at)| scene.paragraph_of[at as usize] < scene.paragraph_of[meant]);
        let together = scene.sentence_of[meant] == scene.sentence_of[mention] && scene.subject[meant];
        if !apart && !together {
            return None;
        }
    }
    let figure = nominals::own_figure(walk, meant)?;
    walk.cast.assign(meant, figure);
    walk.cast.touch(meant, figure);
    walk.cast.get_mut(figure).talks = true;
    Some(figure)
}

fn is_several(scene: &Scene, other: usize) -> bool {
    let told = &scene.mentions[other];
    let nameless = matches!(told.form, Form::Nominal | Form::Demonym | Form::Office);
    let human = scene.is_human_noun(told.head as usize) || matches!(told.kind, Some(Kind::Group));
    nameless && (told.plural && human || scene.is_any(told.head as usize, &MANY))
}
