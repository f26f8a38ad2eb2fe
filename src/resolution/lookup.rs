//! What the gazetteer knows of a part of the text.
//!
//! In: a run of tokens, or the senses of a name. Out: the names in it, and the country that they point to.

use super::scene::Scene;
use crate::gazetteer::{Hit, PlaceKind, Sense};
use crate::span::Run;
use crate::tokens::{Token, keys};
use std::borrow::Cow;
use std::cmp::Reverse;

impl<'s> Scene<'s, '_> {
    /// Names of the gazetteer inside a run, with their places in it.
    pub(super) fn hits(&self, run: Run) -> Vec<Hit> {
        let tokens = self.document.tokens.get(run.range()).unwrap_or_default();
        if has_capital(tokens) {
            self.gazetteer.find(self.document.text, tokens)
        } else {
            Vec::new()
        }
    }

    /// Names of the gazetteer inside a run, with their places in the text: those that the whole text has, unless one of
    /// them goes over the run's border. Whether one is ambiguous is told for the whole text.
    pub(super) fn hits_of(&self, run: Run) -> Cow<'s, [Hit]> {
        let first = self.found.partition_point(|hit| hit.tokens.end <= run.start);
        let behind = &self.found[first..];
        let inside = &behind[..behind.iter().take_while(|hit| hit.tokens.start < run.end).count()];
        if inside.iter().all(|hit| run.contains(hit.tokens)) {
            return Cow::Borrowed(inside);
        }
        let mut own = self.hits(run);
        for hit in &mut own {
            hit.tokens.start += run.start;
            hit.tokens.end += run.start;
        }
        Cow::Owned(own)
    }

    /// Whether a hit may be something else, if a paragraph is all there is.
    pub(super) fn is_ambiguous(&self, paragraph: Run, hit: &Hit) -> bool {
        let tokens = &self.document.tokens[paragraph.range()];
        let at = (hit.tokens.start - paragraph.start) as usize;
        let first = hit.senses.first().filter(|_| hit.tokens.len() == 1);
        first.is_some_and(|&first| self.gazetteer.is_ambiguous(self.document.text, tokens, at, first))
    }

    /// The country that a run names by an adjective, a place or a seat.
    pub(super) fn country_in(&self, run: Run) -> Option<u32> {
        if !has_capital(self.document.tokens.get(run.range())?) {
            return None;
        }
        let hits = self.hits_of(run);
        hits.iter().find_map(|hit| self.country_of(&hit.senses))
    }

    /// Whether a run names a part of a country, whose ministers are not the country's: "the Ontario premier".
    pub(super) fn is_regional(&self, run: Run) -> bool {
        let part = |sense: &Sense| match *sense {
            Sense::Place(place) | Sense::Demonym(place) => self.gazetteer.place_kind(place) == PlaceKind::Region,
            _ => false,
        };
        let nation = |at: usize| self.is_any(at, &keys!["scottish", "welsh"]);
        let hits = self.hits_of(run);
        run.range().any(nation) || hits.iter().any(|hit| hit.senses.first().is_some_and(part))
    }

    /// The country among the places that a name's senses point to.
    pub(super) fn country_of(&self, senses: &[Sense]) -> Option<u32> {
        match senses.first()? {
            Sense::Demonym(country) | Sense::Metonym(country) => Some(*country),
            Sense::Place(place) => self.gazetteer.country_of_place(*place),
            Sense::Office(office) => self.gazetteer.country_place(self.gazetteer.country_of_office(*office)?),
            _ => None,
        }
    }

    /// The institution among a name's senses. Of those of several countries ("the Senate") it is that of the country in the
    /// phrase, else of the one that the article speaks of most, else none.
    pub(super) fn body_of(&self, senses: &[Sense], country: Option<u32>) -> Option<Sense> {
        let bodies = || {
            senses
                .iter()
                .copied()
                .filter(|sense| matches!(sense, Sense::Organization(_)))
        };
        let first = bodies().next()?;
        if bodies().nth(1).is_none() {
            return Some(first);
        }
        let home = |sense: Sense| match sense {
            Sense::Organization(body) => self.gazetteer.code_of_organization(body),
            _ => None,
        };
        let of = |code: &str| bodies().find(|&sense| home(sense) == Some(code));
        let of_phrase = country.and_then(|country| of(self.code(country)?));
        let of_article = || self.countries_by_weight().iter().find_map(|code| of(code));
        // Of one country, or of none, there is but one.
        let alone = || bodies().all(|other| home(other) == home(first)).then_some(first);
        of_phrase.or_else(of_article).or_else(alone)
    }

    /// The codes of the countries that the article speaks of, by places and by people, the most frequent one first.
    pub(super) fn countries_by_weight(&self) -> &[&'s str] {
        self.by_weight.get_or_init(|| {
            let mut counts: Vec<(&'s str, u32)> = Vec::new();
            for hit in self.found.iter().filter(|hit| !hit.ambiguous) {
                let code = match hit.senses[..] {
                    [Sense::Person(person)] => self.gazetteer.home(person),
                    _ => self.country_of(&hit.senses).and_then(|country| self.code(country)),
                };
                let Some(code) = code else { continue };
                match counts.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((code, 1)),
                }
            }
            counts.sort_by_key(|&(_, count)| Reverse(count));
            counts.into_iter().map(|(code, _)| code).collect()
        })
    }

    /// ISO code of a country among the places.
    pub(super) fn code(&self, country: u32) -> Option<&'s str> {
        self.gazetteer.code_of_place(country)
    }
}

fn has_capital(tokens: &[Token]) -> bool {
    tokens.iter().any(Token::is_capital)
}
