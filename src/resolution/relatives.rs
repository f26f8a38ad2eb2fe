//! Relative pronouns to figures.
//!
//! In: "who", "which", "that" before a verb, and the walk. Out: whoever stands right before, what the relative pronoun
//! means that it is joined to, else the nearest of its kind in the sentence.

use super::pronouns::Walk;
use super::scene::Scene;
use crate::lexicon::Class;
use crate::mentions::{Form, Kind};
use crate::tokens::Kind as Sign;

/// "who", "which": what stands right before, or the nearest of its kind in the sentence.
pub(super) fn resolve(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let who = scene.is(told.head as usize, "who");
    let start = told.tokens.start as usize;
    let near = (0..mention).rev().take(6);
    // "a president who left and who hoped": both are the same one.
    let joined = scene
        .before(start)
        .is_some_and(|at| scene.class(at) == Class::Coordinator);
    let mut fallback = None;
    for other in near {
        if scene.sentence_of[other] != scene.sentence_of[mention] {
            break;
        }
        let end = scene.mentions[other].tokens.end as usize;
        if joined && scene.mentions[other].form == Form::Pronoun && is_relative(scene, other) {
            return walk.cast.figure(other);
        }
        let set_off = scene.is_sign(end, Sign::Comma) || scene.is_sign(end, Sign::Open);
        let beside = end == start || end + 1 == start && set_off;
        let figure = walk.cast.figure(other);
        let kind = figure.and_then(|figure| walk.cast.get(figure).kind);
        let human = matches!(kind, Some(Kind::Person | Kind::Group));
        // Of a name beside "who" nothing more need be known.
        let open = figure.is_some() && kind.is_none();
        if beside && (figure.is_none() || (human || open) == who) {
            return figure;
        }
        if fallback.is_none() && human == who && !open {
            fallback = figure;
        }
    }
    fallback
}

fn is_relative(scene: &Scene, other: usize) -> bool {
    scene.class(scene.mentions[other].head as usize) == Class::Relative
}
