//! Which names lead to what.
//!
//! In: tables. Out: the indexes of names, surnames, role nouns and posts, ready to compile. The order in which senses of
//! one name are given is the order in which `find` gives them: countries, capitals and seats of government, their
//! demonyms and metonyms, organizations, people by tier, other places by population.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::compile::{
    DEMONYM_SENSE, METONYM_SENSE, OFFICE_SENSE, ORGANIZATION_SENSE, PERSON_SENSE, PLACE_SENSE, ROLE_SENSE, countries,
    item,
};
use super::layout::extend;
use super::names::{office_variants, person_variants, spellings, words_of};
use super::surnames::{is_doubled, surnames};
use super::tables::{PersonRow, PlaceRow, Tables, list};
use super::trie::Trie;
use crate::table::lookup;
use crate::tokens::{folded_key, word_key};

/// Names what the tables hold.
pub(crate) struct Namer<'t, 'a> {
    tables: &'t Tables<'a>,
    words: &'t [u8],
    given: &'t [u8],
    /// The classes of given names that stand for one another, by name.
    nicknames: HashMap<u64, Vec<&'a str>>,
}

impl<'t, 'a> Namer<'t, 'a> {
    /// With the compiled lists of ordinary words and of given names.
    pub(crate) fn new(tables: &'t Tables<'a>, words: &'t [u8], given: &'t [u8]) -> Self {
        let mut nicknames: HashMap<u64, Vec<&str>> = HashMap::new();
        for class in &tables.nicknames {
            list(class).for_each(|name| nicknames.entry(folded_key(name)).or_default().push(class));
        }
        Namer {
            tables,
            words,
            given,
            nicknames,
        }
    }

    /// Every name of everything.
    pub(crate) fn names(&self) -> Trie {
        let tables = self.tables;
        let mut trie = Trie::new();
        let countries = countries(tables);
        let important = |place: &PlaceRow| matches!(place.kind, "country" | "capital" | "seat");
        // "New York" is the city, though the state has twice its people.
        let size = |place: &PlaceRow| match place.kind {
            "region" => place.population / 3,
            _ => place.population,
        };
        let mut order: Vec<usize> = (0..tables.places.len()).collect();
        order.sort_by_key(|&i| (tables.places[i].kind != "country", Reverse(size(&tables.places[i])), i));
        let (great, small): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|&i| important(&tables.places[i]));
        for i in great {
            let place = &tables.places[i];
            self.add_all(&mut trie, place.name, &place.aliases, item(PLACE_SENSE, i as u32));
        }
        for (i, place) in tables.places.iter().enumerate() {
            let country = countries.get(place.country).copied().unwrap_or(i as u32);
            self.add_all(&mut trie, "", place.demonyms, item(DEMONYM_SENSE, i as u32));
            self.add_all(&mut trie, "", place.metonyms, item(METONYM_SENSE, country));
            if place.kind == "seat" {
                self.add_all(&mut trie, place.name, &place.aliases, item(METONYM_SENSE, country));
            }
        }
        for (i, organization) in tables.organizations.iter().enumerate() {
            let sense = item(ORGANIZATION_SENSE, i as u32);
            self.add_all(&mut trie, organization.name, &organization.aliases, sense);
        }
        for (i, person) in tables.people.iter().enumerate() {
            self.add_person(&mut trie, person, item(PERSON_SENSE, i as u32));
        }
        for i in small {
            let place = &tables.places[i];
            self.add_all(&mut trie, place.name, &place.aliases, item(PLACE_SENSE, i as u32));
        }
        // Only forms with a name in them ("Kremlin spokesman"): the others are roles.
        for (i, office) in tables.offices.iter().enumerate() {
            for form in list(&office.forms).map(|form| form.strip_prefix("the ").unwrap_or(form)) {
                if form.contains(' ') && form.split(' ').any(|word| word.starts_with(char::is_uppercase)) {
                    let sense = item(OFFICE_SENSE, i as u32);
                    self.add(&mut trie, form, sense);
                    for variant in office_variants(form) {
                        self.push(&mut trie, &variant, sense, true);
                    }
                }
            }
        }
        trie
    }

    /// Adds a name and a list of further ones.
    fn add_all(&self, trie: &mut Trie, name: &str, aliases: &str, item: u32) {
        std::iter::once(name)
            .chain(list(aliases))
            .for_each(|name| self.add(trie, name, item));
    }

    /// Adds a name in all its spellings.
    fn add(&self, trie: &mut Trie, name: &str, item: u32) {
        spellings(name)
            .iter()
            .for_each(|spelling| self.push(trie, spelling, item, false));
    }

    fn push(&self, trie: &mut Trie, name: &str, item: u32, derived: bool) {
        let is_word = |key: u64| lookup(self.words, key).is_some();
        let (keys, writing) = words_of(name, &is_word);
        trie.add(&keys, writing, item, derived);
    }

    fn add_person(&self, trie: &mut Trie, person: &PersonRow, sense: u32) {
        let nicknames = |given: &str| self.nicknames(given);
        for name in std::iter::once(person.name).chain(list(&person.aliases)) {
            self.add(trie, name, sense);
            for variant in person_variants(name, person.country, &nicknames) {
                spellings(&variant)
                    .iter()
                    .for_each(|spelling| self.push(trie, spelling, sense, true));
            }
        }
    }

    /// What stands for a given name: "Joe" for "Joseph", "Sergey" for "Sergei".
    fn nicknames(&self, given: &str) -> Vec<&'a str> {
        let key = folded_key(given);
        let classes = self.nicknames.get(&key).into_iter().flatten();
        classes
            .flat_map(|class| list(class))
            .filter(|name| folded_key(name) != key)
            .collect()
    }

    /// Surnames of people, the best known first.
    pub(crate) fn surnames(&self) -> Trie {
        let mut trie = Trie::new();
        let is_given = |word: &str| lookup(self.given, folded_key(word)).is_some();
        for (i, person) in self.tables.people.iter().enumerate() {
            let last = folded_key(person.name.split_whitespace().last().unwrap_or_default());
            let straight =
                |alias: &&str| !(is_turned(person.name, alias) && person.name.split(' ').next().is_some_and(is_given));
            for name in std::iter::once(person.name).chain(list(&person.aliases).filter(straight)) {
                for surname in surnames(name, person.country, &is_given) {
                    // "Valdes Menendez" is called Valdes, not Menendez.
                    let second = is_doubled(person.country) && is_second(name, last, &surname);
                    if !second {
                        self.add(&mut trie, &surname, i as u32);
                    }
                }
            }
        }
        trie
    }

    /// Role nouns, and the ways to say single offices.
    pub(crate) fn roles(&self) -> Trie {
        let mut trie = Trie::new();
        for (i, role) in self.tables.roles.iter().enumerate() {
            self.add_all(&mut trie, "", role.nouns, item(ROLE_SENSE, i as u32));
        }
        for (i, office) in self.tables.offices.iter().enumerate() {
            let sense = item(OFFICE_SENSE, i as u32);
            self.add_all(&mut trie, "", &office.forms, sense);
            for form in list(&office.forms) {
                let variants = office_variants(form);
                variants
                    .iter()
                    .for_each(|variant| self.push(&mut trie, variant, sense, true));
            }
        }
        trie
    }

    /// Role and country to offices, the one with most holders first; and country codes to places.
    pub(crate) fn posts(&self) -> Trie {
        let mut trie = Trie::new();
        let offices = &self.tables.offices;
        let mut held: HashMap<&str, usize> = HashMap::new();
        for tenure in &self.tables.tenures {
            *held.entry(&tenure.office).or_default() += 1;
        }
        let mut order: Vec<usize> = (0..offices.len()).filter(|&i| !offices[i].role.is_empty()).collect();
        order.sort_by_key(|&i| (Reverse(held.get(&*offices[i].id).copied().unwrap_or(0)), i));
        for i in order {
            let key = extend(Some(word_key(offices[i].role)), word_key(offices[i].country));
            trie.add(&[key], 0, i as u32, false);
        }
        let mut countries: Vec<(&str, u32)> = countries(self.tables).into_iter().collect();
        countries.sort_unstable();
        for (code, place) in countries {
            let key = extend(Some(word_key("country")), word_key(code));
            trie.add(&[key], 0, place, false);
        }
        trie
    }
}

/// Whether an alias is a name of two words with the last one first: "Szijjártó Péter".
fn is_turned(name: &str, alias: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(folded_key).collect::<Vec<_>>();
    let (mut name, alias) = (words(name), words(alias));
    name.reverse();
    name.len() == 2 && name == alias
}

/// Whether a surname is the word that a longer name has behind the last one of the usual name.
fn is_second(name: &str, last: u64, surname: &str) -> bool {
    let mut words = name.split_whitespace().rev().map(folded_key);
    words.next() == Some(folded_key(surname)) && words.next() == Some(last)
}
