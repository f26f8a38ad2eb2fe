//! Questions a user asks of the gazetteer.
//!
//! In: a name, or an office in words ("French foreign minister", "NATO chief", "the chancellor of Germany"). Out: all it
//! can mean, the likeliest first, with the reason; offices.

use super::layout::extend;
use super::names::name_key;
use super::{Gazetteer, PlaceKind, Sense};
use crate::tokens::{Token, fold, tokenize};
use jiff::civil::Date;

/// Something a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// What.
    pub sense: Sense,
    /// How the name leads to it.
    pub why: Why,
    /// For people, how likely they are meant: see [`Gazetteer::prominence`].
    pub prominence: u32,
}

/// How a name leads to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is its name, or one of them.
    Name,
    /// It is the surname.
    Surname,
}

impl Gazetteer {
    /// All that a name can mean on a date, people by prominence.
    pub fn lookup(&self, name: &str, date: Option<Date>) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut add = |sense: Sense, why: Why| {
            if found.iter().all(|known| known.sense != sense) {
                let prominence = match sense {
                    Sense::Person(person) => self.prominence(person, date),
                    _ => 0,
                };
                found.push(Candidate { sense, why, prominence });
            }
        };
        self.named(name).into_iter().for_each(|sense| add(sense, Why::Name));
        let tokens = tokenize(name);
        let path = tokens
            .iter()
            .fold(None, |path, token| Some(extend(path, name_key(name, token))));
        for person in path.into_iter().flat_map(|path| self.surname(path)) {
            add(Sense::Person(person), Why::Surname);
        }
        // Places and organizations keep their order; people stand by prominence among themselves.
        let person = |candidate: &Candidate| matches!(candidate.sense, Sense::Person(_));
        found.sort_by_key(|c| (c.why, person(c), std::cmp::Reverse(c.prominence)));
        found
    }

    /// The offices that a phrase or an id names.
    pub fn offices_called(&self, phrase: &str) -> Vec<u32> {
        if !phrase.contains(' ')
            && let Some(Sense::Office(office)) = self.by_id(phrase)
        {
            return vec![office];
        }
        self.offices_named(phrase)
    }

    /// The offices that a phrase names by its words.
    pub(crate) fn offices_named(&self, phrase: &str) -> Vec<u32> {
        let tokens = tokenize(phrase);
        let named: Vec<u32> = self
            .find(phrase, &tokens)
            .iter()
            .flat_map(|hit| &hit.senses)
            .filter_map(|sense| match sense {
                Sense::Office(office) => Some(*office),
                _ => None,
            })
            .collect();
        if !named.is_empty() {
            return named;
        }
        let role = (0..tokens.len()).find_map(|at| self.role_at(phrase, &tokens, at));
        let Some(role) = role else { return Vec::new() };
        let (start, end) = (role.tokens.start as usize, role.tokens.end as usize);
        let mut before = self.countries_in(phrase, &tokens[..start]);
        let mut after = self.countries_in(phrase, &tokens[end..]);
        if role.roles.contains(&"ambassador") && !after.is_empty() {
            let posts = before
                .iter()
                .flat_map(|from| after.iter().map(move |to| (format!("ambassador:{to}"), *from)));
            return posts.flat_map(|(role, from)| self.office_of(&role, from)).collect();
        }
        before.append(&mut after);
        let here = |&office: &u32| {
            self.office(office)
                .country
                .is_some_and(|country| before.contains(&country))
        };
        let mut offices: Vec<u32> = role
            .offices
            .iter()
            .copied()
            .filter(|o| before.is_empty() || here(o))
            .collect();
        for country in &before {
            for post in role.roles.iter().flat_map(|role| self.office_of(role, country)) {
                if !offices.contains(&post) {
                    offices.push(post);
                }
            }
        }
        // "the governor of Indiana" is none of the other governors of the country.
        if let Some(region) = self
            .region_in(phrase, &tokens[..start])
            .or(self.region_in(phrase, &tokens[end..]))
        {
            let region = fold(region);
            offices.retain(|&office| fold(self.office(office).label).contains(&region));
        }
        offices
    }

    /// The region or town, no capital, that some tokens name.
    fn region_in(&self, text: &str, tokens: &[Token]) -> Option<&str> {
        let hits = self.find(text, tokens);
        hits.iter().find_map(|hit| match hit.senses[0] {
            Sense::Place(place) => Some(self.place(place))
                .filter(|place| matches!(place.kind, PlaceKind::Region | PlaceKind::City))
                .map(|place| place.name),
            _ => None,
        })
    }

    /// Codes of the countries that some tokens name, as places, demonyms or seats of government.
    fn countries_in(&self, text: &str, tokens: &[Token]) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for hit in self.find(text, tokens) {
            let code = hit.senses.iter().find_map(|sense| match *sense {
                Sense::Place(place) | Sense::Demonym(place) | Sense::Metonym(place) => self.place(place).country,
                Sense::Organization(_) | Sense::Person(_) | Sense::Office(_) => None,
            });
            codes.extend(code.filter(|code| !codes.contains(code)));
        }
        codes
    }
}
