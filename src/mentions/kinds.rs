//! Kind and gender of the one named.
//!
//! In: a group with a name, what the gazetteer has under it. Out: what is named and of which gender, by title, by the words
//! of the name, by the gazetteer, by a given name; `None` where the form does not tell.

use super::built::{self, Built};
use super::groups::Group;
use super::names::Names;
use super::{Gender, Kind, gender_of};
use crate::gazetteer::{PlaceKind, Sense};
use crate::lexicon::Class;
use crate::span::Run;
use crate::tokens::{Case, Kind as Word, keys};

/// Words between somebody's name and the father's.
const PATRONYMICS: [u64; 8] = keys!["ap", "bin", "bint", "binti", "bt", "bte", "ibn", "oglu"];

/// After whom schools and churches are called.
const PATRONS: [u64; 11] = keys![
    "bishop", "cardinal", "father", "king", "pope", "prince", "princess", "queen", "saint", "st", "st."
];

impl Names<'_, '_> {
    /// The gender that a title, the gazetteer or a given name tells.
    pub(super) fn gender(&self, group: &Group, senses: &[Sense]) -> Option<Gender> {
        // "his deputy Ann Doe", "the queen's cousin Mr Doe": whose deputy she is tells nothing of her.
        let before = (group.tokens.start as usize..group.name.start as usize).rev();
        let owner = |at: &usize| self.tags[*at].class() == Class::Possessive || self.document.tokens[*at].is("'s");
        let titled = before
            .take_while(|at| !owner(at))
            .find_map(|at| gender_of(self.tags[at]));
        let first = group.name.start as usize;
        let known = || match senses.first() {
            Some(Sense::Person(person)) if group.name.len() > 1 => self.gazetteer.gender(*person),
            _ => None,
        };
        let given = || match group.name.len() {
            1 => None,
            _ if self.has_article(group) => None,
            _ => self.gazetteer.given_name(self.document.tokens[first].key),
        };
        // "spokesman Maria Doe"
        if titled == Some(Gender::Male) {
            let title = self.document.tokens[first.saturating_sub(1)].span;
            if title.of(self.document.text).ends_with("sman") {
                return known().or_else(given).or(titled);
            }
        }
        titled.or_else(|| known().or_else(given))
    }

    /// What is named, by title, by the words of the name, by the gazetteer.
    pub(super) fn kind(&self, group: &Group, senses: &[Sense]) -> Option<Kind> {
        let (tokens, tags) = (&self.document.tokens, self.tags);
        let name = group.name.range();
        let last = group.name.end as usize - 1;
        let several = group.name.len() > 1;
        // "New York City", "the Soviet Union"
        let land = match senses.first() {
            Some(Sense::Place(place)) => self.gazetteer.place_kind(*place) != PlaceKind::Seat,
            _ => false,
        };
        if land && several && self.hit(last).is_some_and(|hit| hit.tokens == group.name) {
            return Some(Kind::Place);
        }
        // "Jim Banks", who is known
        let whole = || self.hit(last).is_some_and(|hit| hit.tokens == group.name);
        if several && matches!(senses.first(), Some(Sense::Person(_))) && whole() {
            return Some(Kind::Person);
        }
        let titled = || {
            let mut before = group.tokens.start as usize..group.name.start as usize;
            // "ally Norland"
            let either =
                |at: usize| keys!["ally", "neighbor", "neighbour", "partner", "rival"].contains(&tokens[at].key);
            before.any(|at| (tags[at].is_title() || tags[at].is_human()) && !either(at))
        };
        // "GA Street": two letters that are no land's.
        if senses.is_empty() && self.is_initialed(group.name) {
            return Some(Kind::Person);
        }
        // "One Norland" is a party, or what a government holds.
        if several && senses.is_empty() && tokens[name.start].is("one") {
            return None;
        }
        // "Harbors UK"
        let country = self.is_land(last) && tokens[last].case == Case::Upper && !self.part(last).is_shouted();
        if several && senses.is_empty() && country && name.clone().all(|at| tokens[at].is_capital()) {
            return Some(Kind::Organization);
        }
        // "the Norland Star"
        let place = || built::is_daytime(&tokens[last - 1]) || self.is_land(last - 1) && !self.is_demonym(last - 1);
        if several && senses.is_empty() && built::is_paper(&tokens[last]) && place() {
            return Some(Kind::Organization);
        }
        match built::of(tokens, tags, group.name) {
            Some(Built::Event) if senses.is_empty() => return None,
            Some(Built::Body | Built::Land) if self.is_somebody(group, senses) => return Some(Kind::Person),
            Some(Built::Land) if senses.is_empty() && !titled() && !self.is_demonym(last) => return Some(Kind::Place),
            Some(Built::Body) => return Some(Kind::Organization),
            // "Rep. Lyle Banner", "Neal Page": what may be a paper is a surname there.
            _ if (tags[last].is_thing() || tags[last].head() > 0)
                && !(tags[last].is_body() || tags[last].is_human())
                && (2..=3).contains(&group.name.len())
                && senses.is_empty()
                && self.given(name.start)
                && (titled() || self.is_borne(group.name) && !self.has_article(group)) =>
            {
                return Some(Kind::Person);
            }
            _ if tags[last].head() > 0 && !tags[last].is_human() => return Some(Kind::Organization),
            _ => {}
        }
        // "the Liberal International", "Christian Action"; "Texas Republicans" are many.
        let word = |at: usize| tags[at].is_civic() || tags[at].is_small() || !tokens[at].is_capital();
        let civic = |at: usize| tags[at].is_civic() && tokens[at].is_capital();
        if several && senses.is_empty() && name.clone().any(civic) {
            let many = tags[last].is_human() && tags[last].is_plural();
            if many {
                return Some(Kind::Group);
            }
            // "the Norland Democrat" is one.
            if name.clone().all(word) && !tags[last].is_human() {
                return Some(Kind::Organization);
            }
        }
        match senses.first() {
            Some(Sense::Person(_)) => Some(Kind::Person),
            Some(Sense::Place(_) | Sense::Metonym(_)) if !titled() => Some(Kind::Place),
            Some(Sense::Organization(_)) if !titled() => Some(Kind::Organization),
            Some(Sense::Demonym(_)) if !titled() => Some(Kind::Group),
            None if self.is_called_so(group) => Some(Kind::Organization),
            _ if titled() || name.clone().any(|at| PATRONYMICS.contains(&tokens[at].key)) => Some(Kind::Person),
            _ if self.is_constituency(group) => Some(Kind::Place),
            // "in Hamilton West"
            _ if several && built::is_side(&tokens[last]) && self.is_land(last - 1) && self.is_inside(group) => {
                Some(Kind::Place)
            }
            // "the Mary Ball Memorial", "the Rikken Dozo": whoever they are, no human being.
            _ if several && self.has_article(group) => None,
            // "Nizam Partisi": the first is a given name, the last nobody's surname, as in "Grant Green".
            _ if several && civic(last) && !tags[last].is_human() && !self.is_borne(group.name) => {
                Some(Kind::Organization)
            }
            _ if several && self.given(group.name.start as usize) => Some(Kind::Person),
            // An acronym; where all is in capitals, any word.
            _ if !several && tokens[last].case == Case::Upper && tokens[last].span.len() > 1 => {
                (!self.part(last).is_shouted()).then_some(Kind::Organization)
            }
            // Two or three capitals that are no words and nobody knows: in news mostly somebody.
            _ if (2..=3).contains(&group.name.len()) && name.clone().all(|at| self.personal(at)) => Some(Kind::Person),
            _ => None,
        }
    }

    /// Whether two initials in one stand before what is a surname, or may be one.
    fn is_initialed(&self, name: Run) -> bool {
        let (first, last) = (name.start as usize, name.end as usize - 1);
        let (letters, surname) = (&self.document.tokens[first], &self.document.tokens[last]);
        name.len() == 2
            && letters.case == Case::Upper
            && letters.span.of(self.document.text).len() == 2
            && letters.kind == Word::Word
            && self.hit(first).is_none()
            && self.tags[first].class() == Class::None
            && !self.tags[first].is_title()
            && surname.case == Case::Capital
            && !(self.tags[last].is_small() || self.tags[last].is_civic() || self.tags[last].head() > 0)
            && (self.tags[last].is_land() || self.gazetteer.surname(surname.key).next().is_some())
    }

    /// "Rep. Ann Church", "Neal Law, a lawyer,": what may be an institution or a street is the surname of somebody who has a
    /// title, an age or a calling.
    fn is_somebody(&self, group: &Group, senses: &[Sense]) -> bool {
        let (tokens, tags) = (&self.document.tokens, self.tags);
        let (start, end) = (group.name.start as usize, group.name.end as usize);
        if group.name.len() != 2 || !(senses.is_empty() || matches!(senses.first(), Some(Sense::Person(_)))) {
            return false;
        }
        let person = |at: usize| tags[at].is_human() && !tags[at].is_plural();
        let titled = (group.tokens.start as usize..start)
            .next_back()
            .is_some_and(|at| tags[at].is_title() && person(at) && !PATRONS.contains(&tokens[at].key));
        let comma = |at: usize| tokens.get(at).is_some_and(|sign| sign.kind == Word::Comma);
        let opens = |at: usize| matches!(tags[at].class(), Class::Determiner | Class::Possessive);
        let told = |at: &usize| *at + 1 < tokens.len() && tokens[*at].is_word() && tokens[*at].breaks == 0;
        let called = |at: usize| person(at) && tokens[at + 1].kind != Word::Clitic;
        // "Neal Law, 44,", "Neal Law, the lawyer,"
        let behind = comma(end)
            && end + 2 < tokens.len()
            && (tokens[end + 1].kind == Word::Number && comma(end + 2)
                || opens(end + 1) && (end + 2..end + 6).take_while(told).any(called));
        // "his lawyer, Neal Law,"
        let before = start > 1 && start == group.tokens.start as usize && comma(start - 1) && comma(end);
        let before = before && person(start - 2);
        (titled || behind || before && self.is_borne(group.name)) && self.given(start)
    }

    /// "the newspaper Tarvel"
    fn is_called_so(&self, group: &Group) -> bool {
        let noun = (group.tokens.start..group.name.start).next_back();
        noun.is_some_and(|at| built::CALLED.contains(&self.document.tokens[at as usize].key))
    }

    /// "the MP for Tarvel", "the Member for Harbor West"
    fn is_constituency(&self, group: &Group) -> bool {
        let start = group.tokens.start as usize;
        start > 1 && self.document.tokens[start - 1].is("for") && self.is_seat(start - 2)
    }

    /// Whether "in" stands before a group.
    fn is_inside(&self, group: &Group) -> bool {
        let before = (group.tokens.start as usize).checked_sub(1);
        before.is_some_and(|at| self.document.tokens[at].is("in"))
    }

    /// Whether nothing but "the" stands before the bare name, as it does not before people's names.
    fn has_article(&self, group: &Group) -> bool {
        group.tokens.start + 1 == group.name.start && self.document.tokens[group.tokens.start as usize].is("the")
    }

    /// Whether a chain is what a member of a party is called: "a moderate Democrat".
    pub(super) fn is_member(&self, chain: Run) -> bool {
        let tag = self.tags[chain.start as usize];
        chain.len() == 1 && tag.is_civic() && tag.is_human() && !tag.is_plural()
    }

    /// The same with what stands before it: "northern | Norland MP".
    pub(super) fn ends_in_member(&self, chain: Run) -> bool {
        self.is_member(chain) || self.is_seated(chain.end as usize - 1)
    }

    /// Whether a word is the short title of one who sits in a parliament: "MP".
    pub(super) fn is_seated(&self, at: usize) -> bool {
        self.document.tokens[at].case == Case::Upper && self.tags[at].is_civic() && self.tags[at].is_human()
    }

    /// Whether a chain reads like somebody's full name: "Ann Doe", "A.B. Doe", "Tarvo Doe".
    pub(super) fn is_full(&self, chain: Run) -> bool {
        let first = chain.start as usize;
        let initials = self.document.tokens[first].abbreviated && !self.tags[first].is_title();
        self.given(first) || initials || chain.len() == 2 && chain.range().all(|at| self.personal(at))
    }

    /// Whether a token may be part of an unknown person's name: a capital that is no word and no place.
    fn personal(&self, at: usize) -> bool {
        let sense = self.hit(at).and_then(|hit| hit.senses.first());
        let place = matches!(sense, Some(Sense::Place(_) | Sense::Metonym(_) | Sense::Demonym(_)));
        let word = self.tags[at].is_small() || self.tags[at].is_civic();
        self.document.tokens[at].case == Case::Capital && !word && !place
    }
}
