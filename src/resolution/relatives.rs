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
        if joined && scene.mentions[other].form == Form::Pronoun && is_relative(scene, other) {
            return walk.cast.figure(other);
        }
        let beside = scene.stands_before(other, start);
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

impl Scene<'_, '_> {
    /// Who has no name and stands right before the relative pronoun that means them: "the voters, who said so". They say
    /// what it says.
    pub(super) fn meant_by_relative(&self, pronoun: usize) -> Option<usize> {
        let head = self.mentions[pronoun].head as usize;
        let that = self.class(head) == Class::That;
        let before = pronoun.checked_sub(1).filter(|_| that || is_relative(self, pronoun))?;
        let (told, start) = (&self.mentions[before], self.mentions[pronoun].tokens.start as usize);
        let beside = self.stands_before(before, start);
        let nameless = matches!(told.form, Form::Nominal | Form::Demonym | Form::Office);
        let human = matches!(told.kind, Some(Kind::Person | Kind::Group | Kind::Office)) || told.form == Form::Demonym;
        let human = human || self.is_human_noun(told.head as usize);
        let who = self.is(head, "who");
        // "He is a man who hoped": he does.
        let first = self.before(told.tokens.start as usize);
        let verb = first.map(|at| self.class(at));
        let predicate = !told.plural && matches!(verb, Some(Class::Auxiliary | Class::As | Class::Negation));
        // "Marsh, a lawyer who hoped": Marsh does.
        let apposed = first.is_some_and(|at| {
            let named = before.checked_sub(1).map(|other| &self.mentions[other]);
            self.is_sign(at, Sign::Comma) && named.is_some_and(|named| named.tokens.end as usize == at)
        });
        (beside && nameless && (that || human == who) && !predicate && !apposed).then_some(before)
    }

    /// Whether a mention ends at a token, or at the comma or the bracket before it.
    fn stands_before(&self, mention: usize, at: usize) -> bool {
        let end = self.mentions[mention].tokens.end as usize;
        end == at || end + 1 == at && (self.is_sign(end, Sign::Comma) || self.is_sign(end, Sign::Open))
    }
}

fn is_relative(scene: &Scene, other: usize) -> bool {
    scene.class(scene.mentions[other].head as usize) == Class::Relative
}
