//! Whose clause it is.
//!
//! In: a mention and the words around it. Out: whether it is the subject of its clause, and whether it says something
//! there, as far as its neighbours tell.

use super::scene::Scene;
use crate::lexicon::{Class, Cue};
use crate::tokens::Kind as Sign;

/// Farthest look for the end of an apposition, in tokens.
const APPOSITION: usize = 22;

impl Scene<'_, '_> {
    /// Whether a mention is the subject of its clause, and whether it says something.
    pub(super) fn stand(&self, mention: usize) -> (bool, bool) {
        let tokens = self.mentions[mention].tokens;
        let cue = |at: usize| {
            self.tags
                .get(at)
                .is_some_and(|tag| matches!(tag.cue(), Cue::Strong | Cue::Medium))
        };
        let verb = self.verb_after(tokens.end as usize);
        let said = verb.is_some_and(cue);
        let Some(before) = self.before(tokens.start as usize) else {
            return (true, said || self.speaks[mention]);
        };
        let tag = self.tags[before];
        // "…,” said Smith.", but not "Luntz said Smith and Brown failed".
        let after = self.token(tokens.end as usize);
        let ends = after.is_none_or(|token| token.breaks > 0 || !token.is_word() && token.kind != Sign::Clitic);
        // "he told Vatican Radio": a subject stands before the cue.
        let taken = before.checked_sub(1).is_some_and(|at| {
            self.class(at) == Class::Subject || self.token(at).is_some_and(|token| token.is_capital())
        });
        let inverted = tag.cue() == Cue::Strong && verb.is_none() && ends && !taken && !self.is(before, "told");
        // "Smith was accused by Brown": of the two, Smith is who the clause is about.
        if tag.class() == Class::By {
            return (false, self.speaks[mention]);
        }
        if self.speaks[mention] || inverted {
            return (true, true);
        }
        let token = &self.document.tokens[before];
        let subject = match tag.class() {
            // "For Smith, a nurse, it was …": whom the sentence is about.
            Class::Preposition if self.is(before, "for") && self.is_sign(tokens.end as usize, Sign::Comma) => {
                before == 0 || token.breaks > 0 || !self.document.tokens[before - 1].is_word()
            }
            // "Among them was Smith."
            Class::Auxiliary
                if self.is(
                    self.document.sentences[self.sentence_of[mention] as usize].tokens.start as usize,
                    "among",
                ) =>
            {
                true
            }
            Class::Preposition | Class::To | Class::Of | Class::By | Class::As | Class::Possessive => false,
            Class::Subordinator | Class::That | Class::Coordinator | Class::Question => verb.is_some(),
            // "The group X praised", "spokesman X said".
            _ if token.is_word() => (tag.cue() == Cue::Strong || tag.head() > 0 || tag.is_title()) && verb.is_some(),
            _ => verb.is_some(),
        };
        let leads = self.opens[mention] || subject;
        (leads, said && leads)
    }

    /// The verb behind a subject that ends before a token: over adverbs, auxiliaries and one apposition.
    fn verb_after(&self, end: usize) -> Option<usize> {
        let mut at = end;
        if self.is_sign(at, Sign::Comma) {
            let close = (at + 1..at + APPOSITION).find(|&k| {
                self.token(k)
                    .is_none_or(|t| t.breaks > 0 || matches!(t.kind, Sign::Comma | Sign::Stop | Sign::Mark))
            })?;
            if !self.is_sign(close, Sign::Comma) {
                return None;
            }
            at = close + 1;
        }
        // "Smith at the Review agreed"
        if self.class(at) == Class::Preposition {
            let verb = (at + 1..at + 8).take_while(|&k| self.token(k).is_some_and(|t| t.is_word() && t.breaks == 0));
            return verb.into_iter().find(|&k| {
                let tag = self.tags[k];
                matches!(tag.cue(), Cue::Strong | Cue::Medium) || tag.class() == Class::Past
            });
        }
        let mut auxiliary = None;
        for k in at..at + 4 {
            let token = self.token(k)?;
            if token.breaks > 0 || !token.is_word() && token.kind != Sign::Clitic {
                return auxiliary;
            }
            let tag = self.tags[k];
            match tag.class() {
                Class::Auxiliary => auxiliary = Some(k),
                Class::Adverb | Class::Negation => {}
                Class::Past => return Some(k),
                _ if tag.cue() != Cue::None && tag.cue() != Cue::Noun && !token.is_capital() => return Some(k),
                // An unknown verb in the present or the past: "Smith wrote", but not "Smith of".
                Class::None if k == at && !token.is_capital() => return Some(k),
                _ => return auxiliary,
            }
        }
        auxiliary
    }
}
