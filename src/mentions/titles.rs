//! Where a title ends and a name begins.
//!
//! In: a chain of capitals. Out: the bare name at its end, without titles, offices and nationalities before it and without
//! letters behind it: "Secretary of State | Ann Doe", "Tan Sri | Ann Doe | MP". The whole chain where it names nobody.

use super::built;
use super::names::{ADJECTIVES, Names};
use crate::gazetteer::{Hit, Sense};
use crate::lexicon::Class;
use crate::span::Run;
use crate::tokens::{Case, Kind, Token, keys};

/// Titles that are adjectives as well.
const RANKS: [u64; 5] = keys!["chief", "general", "major", "prime", "private"];

/// What stands behind the names of members and of the learned.
const BEHIND: [u64; 12] = keys![
    "cbe", "kc", "mep", "mk", "mla", "mp", "msp", "obe", "phd", "qc", "sc", "td"
];

/// Titles before "Sri": "Tan Sri Ann Doe".
const STYLED: [u64; 5] = keys!["dato", "datuk", "puan", "tan", "toh"];

impl Names<'_, '_> {
    /// The bare name at the end of a chain: without titles, offices and nationalities before it. The whole chain where
    /// nothing but those stands in it.
    pub(super) fn bare(&self, chain: Run) -> Run {
        let end = chain.end as usize;
        // "the Harbor-backed Ana Orlo"
        let word = self.document.tokens[chain.start as usize].span.of(self.document.text);
        let adjective = chain.len() > 1 && ADJECTIVES.iter().any(|ending| word.ends_with(ending));
        let chain = Run::new(chain.start as usize + usize::from(adjective), end);
        if chain.len() == 1 {
            return chain;
        }
        // "Ann Doe MP"
        let given = || (chain.start as usize..end - 2).any(|at| self.given(at));
        let letters = &self.document.tokens[end - 1];
        if chain.len() > 2 && letters.case == Case::Upper && BEHIND.contains(&letters.key) && given() {
            return self.bare(Run::new(chain.start as usize, end - 1));
        }
        if let Some(hit) = self.hit(end - 1) {
            let person = matches!(hit.senses.first(), Some(Sense::Person(_)));
            if person && hit.tokens.end == chain.end && hit.tokens.start > chain.start {
                return hit.tokens;
            }
        }
        // "Ontario Liberal Party Joe Dickson"
        if let Some(body) = chain.range().rev().find(|&at| self.body(at)) {
            let name = body + 1..end;
            let full = (2..=4).contains(&name.len()) && self.given(body + 1) && !self.given(end - 1);
            if full
                && name
                    .clone()
                    .all(|at| self.tags[at].class() == Class::None && self.tags[at].head() == 0)
            {
                return Run::new(body + 1, end);
            }
        }
        // "the Liberal International": a word that people are called by, but the name's own.
        let own = |at: usize| {
            let next = self.tags.get(at + 1).filter(|_| at + 1 < end);
            let known = self
                .hit(at)
                .is_some_and(|hit| hit.tokens.end > at as u32 + 1 && hit.tokens.end == chain.end);
            self.tags[at].is_civic() && (known || next.is_some_and(|next| next.is_civic() || next.is_body()))
        };
        // "General Command", "Girl Scouts": behind these words a word of every day is nobody.
        let named = |at: usize| {
            let person = |hit: &Hit| matches!(hit.senses.first(), Some(Sense::Person(_)));
            at + 2 != end || !self.tags[at + 1].is_small() || self.hit(at + 1).is_some_and(person)
        };
        let leads = |at: usize| {
            let tag = self.tags[at];
            // "Dato' Sri"
            let style = self.document.tokens[at].is("sri") && at > chain.start as usize;
            let before = || at - 1 - usize::from(!self.document.tokens[at - 1].is_word());
            if style && STYLED.contains(&self.document.tokens[before()].key) {
                return true;
            }
            if tag.is_title() {
                return !RANKS.contains(&self.document.tokens[at].key) || named(at);
            }
            tag.is_human() && tag.head() > 0 && !tag.is_plural() && !own(at) && named(at)
        };
        // "Mr. King", "Charlie King": the last one is the name.
        let surname = |at: usize| at + 1 == end && self.is_surname(at);
        let Some(mut title) = (chain.range()).rev().find(|&at| leads(at) && !surname(at)) else {
            return chain;
        };
        // "Secretary of State", "Minister for Foreign Affairs": what the title is for goes with it, a name does not.
        while title + 2 < end && matches!(self.tags[title + 1].class(), Class::Of | Class::Preposition) {
            // "Director General of the Chamber"
            let article = title + 3 < end && self.tags[title + 2].class() == Class::Determiner;
            let place = self.hit_from(title + 2 + usize::from(article));
            let whole = |hit: &Hit| hit.tokens.end == chain.end;
            let place = place.filter(|hit| matches!(hit.senses.first(), Some(Sense::Place(_))));
            // "Governor of New York": nobody is named behind it.
            if place.or(self.hit_from(title)).is_some_and(whole) {
                return chain;
            }
            // "Commissioner for Human Rights": nobody either; "Secretary of State Rice" is one.
            let field = title + 2 + usize::from(article);
            let role = self.role_at(title).map_or(title, |role| role.tokens.end as usize);
            let surname = || {
                let last = self.document.tokens[end - 1].key;
                role > field && role < end && self.gazetteer.surname(last).next().is_some()
            };
            // "Member for Tarvel West", "Member of Parliament for Tarvel West"
            let parliament = title + 3 < end && self.document.tokens[title + 2].is("parliament");
            let member = title + if parliament { 2 } else { 0 };
            let seat = self.document.tokens[member + 1].is("for") && self.is_seat(member);
            if seat || (field..end).all(|at| self.is_field_word(at)) && !surname() {
                return chain;
            }
            title = field;
            // "Minister of Health | Tan Wei Ming": a word of every day ends the field, unless another one follows.
            let over = |at: usize| self.tags[at].is_small() && !built::is_side(&self.document.tokens[at]);
            while title + 1 < end
                && !self.given(title + 1)
                && end - title > 3
                && (!over(title) || self.is_field_word(title + 1))
            {
                title += 1;
            }
        }
        if self.is_retired(title + 1, end) {
            title += 3;
        }
        if title + 1 < end {
            Run::new(title + 1, end)
        } else {
            chain
        }
    }

    /// Whether a small particle begins somebody's name: "but | von Tarvel said".
    pub(super) fn begins_surname(&self, at: usize, end: usize) -> bool {
        let name = at + (at..end.min(at + 2)).take_while(|&at| self.particle(at)).count();
        name > at && name < end && self.is_name(name) && self.document.tokens[name].breaks == 0
    }

    /// "(retd)" behind somebody's rank.
    pub(super) fn is_retired(&self, at: usize, end: usize) -> bool {
        let tokens = &self.document.tokens[..end];
        let rank = at > 0 && self.tags[at - 1].is_title() && self.tags[at - 1].is_human();
        let word = |word: &Token| keys!["ret", "ret.", "retd", "retd.", "rtd", "retired"].contains(&word.key);
        let closes = |sign: &Token| sign.kind == Kind::Close;
        rank && tokens.get(at).is_some_and(|sign| sign.kind == Kind::Open)
            && tokens.get(at + 1).is_some_and(word)
            && tokens.get(at + 2).is_some_and(closes)
    }

    /// "a/l", "a/p": "son of", "daughter of".
    pub(super) fn is_child_of(&self, at: usize) -> bool {
        let tokens = &self.document.tokens;
        let is = |at: usize, words: &[u64]| tokens.get(at).is_some_and(|token| words.contains(&token.key));
        is(at, &keys!["a"]) && is(at + 1, &keys!["/"]) && !tokens[at + 1].spaced && is(at + 2, &keys!["l", "p"])
    }
}
