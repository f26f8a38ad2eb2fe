//! People, places and organizations as the tables have them.
//!
//! In: their numbers. Out: their facts, borrowed from the compiled tables. A number that no entity has gives one with
//! an empty name, never a panic.

use super::find::longest;
use super::layout::{NONE, ORGANIZATION, PERSON, PLACE, Section, extend};
use super::names::name_key;
use super::{Gazetteer, Sense};
use crate::span::Run;
use crate::table::lookup;
use crate::tokens::{Token, folded_key, tokenize, word_key};

/// The gender that news would use a pronoun of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Gender {
    /// The other one.
    pub fn other(self) -> Gender {
        match self {
            Gender::Female => Gender::Male,
            Gender::Male => Gender::Female,
        }
    }

    pub(super) fn of_code(code: u32) -> Option<Gender> {
        match code {
            1 => Some(Gender::Female),
            2 => Some(Gender::Male),
            _ => None,
        }
    }
}

/// A person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'g> {
    /// Their id: Wikidata's if they have one there, else `x-…`.
    pub id: &'g str,
    /// The name that English-language news uses.
    pub name: &'g str,
    /// Further names.
    pub aliases: &'g str,
    /// ISO 3166 code of their country.
    pub country: Option<&'g str>,
    /// If known.
    pub gender: Option<Gender>,
    /// 1 national leadership, 2 diplomats, 3 ministers, 4 sub-national, 5 legislators and others; 0 unknown.
    pub tier: u8,
    /// Codes of `data/SOURCES.md`.
    pub source: &'g str,
}

impl<'g> Person<'g> {
    /// The Wikidata id, for those who have one.
    pub fn wikidata(&self) -> Option<&'g str> {
        wikidata(self.id)
    }
}

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A state or a dependent territory.
    Country,
    /// A capital.
    Capital,
    /// A province, a state of a federation.
    Region,
    /// Another city.
    City,
    /// A building or street from which a country is governed ("Kremlin").
    Seat,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'g> {
    /// GeoNames' id behind a `g`, or `p-…`.
    pub id: &'g str,
    /// Its English name.
    pub name: &'g str,
    /// Further names.
    pub aliases: &'g str,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166 code of the country, its own or the one it lies in.
    pub country: Option<&'g str>,
    /// The number of that country among the places.
    pub country_place: Option<u32>,
    /// Inhabitants; 0 if unknown.
    pub population: u32,
    /// "Russian", "Russians"; for countries.
    pub demonyms: &'g str,
    /// Codes of `data/SOURCES.md`.
    pub source: &'g str,
}

impl<'g> Place<'g> {
    /// The Wikidata id, for those that are known by it.
    pub fn wikidata(&self) -> Option<&'g str> {
        wikidata(self.id)
    }

    /// The GeoNames number, for those that have one.
    pub fn geonames(&self) -> Option<&'g str> {
        self.id.strip_prefix('g').filter(|digits| is_number(digits))
    }

    /// The adjective of a country ("Russian"): the first of its demonyms.
    pub fn adjective(&self) -> Option<&'g str> {
        adjective(self.demonyms)
    }
}

/// An organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organization<'g> {
    /// Wikidata's id or `o-…`.
    pub id: &'g str,
    /// Its English name.
    pub name: &'g str,
    /// Further names.
    pub aliases: &'g str,
    /// party, igo, ministry, parliament, media, armed-group, agency …
    pub kind: &'g str,
    /// ISO 3166 code; none for international ones.
    pub country: Option<&'g str>,
    /// Codes of `data/SOURCES.md`.
    pub source: &'g str,
}

impl<'g> Organization<'g> {
    /// The Wikidata id, for those that are known by it.
    pub fn wikidata(&self) -> Option<&'g str> {
        wikidata(self.id)
    }
}

/// What a record calls somebody or something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Called<'g> {
    /// The English name.
    pub(crate) name: &'g str,
    /// The Wikidata id, for those who have one.
    pub(crate) wikidata: Option<&'g str>,
    /// ISO 3166 code of the country.
    pub(crate) country: Option<&'g str>,
}

fn wikidata(id: &str) -> Option<&str> {
    id.strip_prefix('Q').filter(|digits| is_number(digits)).map(|_| id)
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The first of some demonyms.
pub(crate) fn adjective(demonyms: &str) -> Option<&str> {
    demonyms.split('|').next().filter(|demonym| !demonym.is_empty())
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Gazetteer {
    /// How many people there are; their numbers are below it.
    pub fn people(&self) -> u32 {
        self.blob.records(Section::People, PERSON)
    }

    /// How many places there are.
    pub fn places(&self) -> u32 {
        self.blob.records(Section::Places, PLACE)
    }

    /// How many organizations there are.
    pub fn organizations(&self) -> u32 {
        self.blob.records(Section::Organizations, ORGANIZATION)
    }

    /// A person by number.
    pub fn person(&self, person: u32) -> Person<'_> {
        let field = |i| self.blob.field(Section::People, PERSON, person, i);
        let text = |i| self.blob.string(field(i));
        Person {
            id: text(0),
            name: text(1),
            aliases: text(2),
            source: text(3),
            country: some(text(4)),
            gender: self.gender(person),
            tier: self.tier(person),
        }
    }

    /// The gender of a person, by number: one field is read without all the others.
    pub fn gender(&self, person: u32) -> Option<Gender> {
        Gender::of_code(self.blob.field(Section::People, PERSON, person, 5) >> 8)
    }

    /// ISO 3166 code of a person's country.
    pub fn home(&self, person: u32) -> Option<&str> {
        some(self.blob.string(self.blob.field(Section::People, PERSON, person, 4)))
    }

    pub(super) fn tier(&self, person: u32) -> u8 {
        self.blob.field(Section::People, PERSON, person, 5) as u8
    }

    /// What sort of place it is.
    pub fn place_kind(&self, place: u32) -> PlaceKind {
        match self.blob.letters(self.blob.field(Section::Places, PLACE, place, 7)) {
            b"country" => PlaceKind::Country,
            b"capital" => PlaceKind::Capital,
            b"region" => PlaceKind::Region,
            b"seat" => PlaceKind::Seat,
            _ => PlaceKind::City,
        }
    }

    /// The number among the places of the country that a place is or lies in.
    pub fn country_of_place(&self, place: u32) -> Option<u32> {
        Some(self.blob.field(Section::Places, PLACE, place, 9)).filter(|&country| country != NONE)
    }

    /// The ISO 3166 code of the country of a place.
    pub(crate) fn code_of_place(&self, place: u32) -> Option<&str> {
        some(self.blob.string(self.blob.field(Section::Places, PLACE, place, 6)))
    }

    /// A place by number.
    pub fn place(&self, place: u32) -> Place<'_> {
        let field = |i| self.blob.field(Section::Places, PLACE, place, i);
        let text = |i| self.blob.string(field(i));
        Place {
            id: text(0),
            name: text(1),
            aliases: text(2),
            demonyms: text(3),
            source: text(5),
            country: self.code_of_place(place),
            kind: self.place_kind(place),
            population: field(8),
            country_place: self.country_of_place(place),
        }
    }

    /// The ISO 3166 code of the country of an organization.
    pub(crate) fn code_of_organization(&self, organization: u32) -> Option<&str> {
        let code = self.blob.field(Section::Organizations, ORGANIZATION, organization, 4);
        some(self.blob.string(code))
    }

    /// An organization by number.
    pub fn organization(&self, organization: u32) -> Organization<'_> {
        let field = |i| self.blob.field(Section::Organizations, ORGANIZATION, organization, i);
        let text = |i| self.blob.string(field(i));
        Organization {
            id: text(0),
            name: text(1),
            aliases: text(2),
            source: text(3),
            country: self.code_of_organization(organization),
            kind: text(5),
        }
    }

    /// What a person, a place or an organization is called: three fields are read without all the others.
    pub(crate) fn called(&self, sense: Sense) -> Option<Called<'_>> {
        let (section, size, record, country) = match sense {
            Sense::Person(person) => (Section::People, PERSON, person, 4),
            Sense::Place(place) => (Section::Places, PLACE, place, 6),
            Sense::Organization(organization) => (Section::Organizations, ORGANIZATION, organization, 4),
            Sense::Demonym(_) | Sense::Metonym(_) | Sense::Office(_) => return None,
        };
        let text = |field| self.blob.string(self.blob.field(section, size, record, field));
        Some(Called {
            name: text(1),
            wikidata: wikidata(text(0)),
            country: some(text(country)),
        })
    }

    /// "Russian", "Russians": what the people of a country are called and what is theirs, with bars between.
    pub(crate) fn demonyms(&self, country: u32) -> &str {
        self.blob.string(self.blob.field(Section::Places, PLACE, country, 3))
    }

    /// The number of a country among the places, by its ISO 3166 code.
    pub fn country_place(&self, code: &str) -> Option<u32> {
        const COUNTRY: u64 = word_key("country");
        let posts = self.blob.index(Section::PostSlots, Section::PostLists);
        let country = posts.get(extend(Some(COUNTRY), folded_key(code))).next();
        country.map(|(place, _)| place)
    }

    /// People with this surname, the best known first, by the key of a single word. "Assad" also finds al-Assad.
    pub fn surname(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let surnames = self.blob.index(Section::SurnameSlots, Section::SurnameLists);
        surnames.get(key).map(|(person, _)| person)
    }

    /// The longest surname that begins at a token ("bin Salman", "van der Bellen", "Peña Nieto") with its bearers, the
    /// best known first.
    pub fn surname_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(Run, Vec<u32>)> {
        longest(
            &self.blob.index(Section::SurnameSlots, Section::SurnameLists),
            text,
            tokens,
            at,
        )
    }

    /// The gender of a given name, by the key of the word; `None` for words that are no given name or go with both.
    pub fn given_name(&self, key: u64) -> Option<Gender> {
        Gender::of_code(lookup(self.blob.section(Section::GivenNames), key)? & 3)
    }

    /// Whether a word is known as a given name, of either gender.
    pub fn is_given_name(&self, key: u64) -> bool {
        lookup(self.blob.section(Section::GivenNames), key).is_some()
    }

    /// Whether a name is an ordinary word as well ("Nice", "May", "Brown").
    pub fn is_ordinary_word(&self, key: u64) -> bool {
        lookup(self.blob.section(Section::Words), key).is_some()
    }

    /// Everything that bears exactly this name, whatever its case.
    pub fn named(&self, name: &str) -> Vec<Sense> {
        let tokens = tokenize(name);
        let path = tokens
            .iter()
            .fold(None, |path, token| Some(extend(path, name_key(name, token))));
        let names = self.blob.index(Section::NameSlots, Section::NameLists);
        let items = path.into_iter().flat_map(|path| names.get(path));
        items.filter_map(|(item, _)| Sense::of_item(item)).collect()
    }
}
