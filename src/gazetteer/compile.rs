//! Rows to bytes.
//!
//! In: [`Tables`]. Out: a blob as `layout` lays it out. The build script runs this over the built-in tables; a user's
//! own file goes through the same code. Order matters: the first sense of a name is the likeliest one (countries
//! before capitals before people before towns, people by tier, towns by population).

use std::collections::HashMap;

use super::layout::{NONE, Path, SECTIONS, STARTER_BITS, Section, Writing, assemble, compile_index, extend};
use super::names::{path, person_variants, spellings};
use super::surnames::surnames;
use super::tables::{PersonRow, Tables, list};
use crate::table;
use crate::tokens::{folded_key, word_key};

/// What an item of the name index is: three bits of kind above 29 of index.
pub(crate) const PERSON_SENSE: u32 = 0;
pub(crate) const PLACE_SENSE: u32 = 1;
pub(crate) const ORGANIZATION_SENSE: u32 = 2;
pub(crate) const DEMONYM_SENSE: u32 = 3;
pub(crate) const METONYM_SENSE: u32 = 4;
pub(crate) const OFFICE_SENSE: u32 = 5;
pub(crate) const ROLE_SENSE: u32 = 6;

/// An item from kind and index.
pub(crate) const fn item(kind: u32, index: u32) -> u32 {
    (kind << 29) | index
}

/// Compiles tables; the same tables give the same bytes.
pub(crate) fn compile(tables: &Tables) -> Vec<u8> {
    let mut tables = tables.clone();
    // People by tier, so that the first of two namesakes is the better known.
    tables
        .people
        .sort_by_key(|p| (if p.tier == 0 { 6 } else { p.tier }, p.id.len(), p.id));
    let mut compiler = Compiler::new(&tables);
    compiler.places();
    compiler.organizations();
    compiler.people();
    compiler.offices();
    compiler.tenures();
    compiler.indexes();
    assemble(&compiler.sections)
}

struct Compiler<'t, 'a> {
    tables: &'t Tables<'a>,
    sections: [Vec<u8>; SECTIONS],
    strings: HashMap<String, u32>,
    words: HashMap<u64, bool>,
    given: HashMap<u64, (u32, u32)>,
    /// The classes of given names that stand for one another, by name.
    nicknames: HashMap<u64, Vec<usize>>,
    /// The office's number and the person's, by id.
    offices: HashMap<&'a str, u32>,
    people: HashMap<&'a str, u32>,
}

impl<'t, 'a> Compiler<'t, 'a> {
    fn new(tables: &'t Tables<'a>) -> Self {
        let mut given: HashMap<u64, (u32, u32)> = HashMap::new();
        for &(name, gender, count) in &tables.given_names {
            let gender = gender_code(gender);
            let entry = given.entry(folded_key(name)).or_insert((gender, 0));
            // Borne by both: the gender is not told.
            entry.0 |= gender;
            entry.1 += count;
        }
        let mut nicknames: HashMap<u64, Vec<usize>> = HashMap::new();
        for (i, class) in tables.nicknames.iter().enumerate() {
            for name in class {
                nicknames.entry(folded_key(name)).or_default().push(i);
            }
        }
        let numbers = |ids: Vec<&'a str>| ids.into_iter().enumerate().map(|(i, id)| (id, i as u32)).collect();
        Compiler {
            tables,
            sections: std::array::from_fn(|_| Vec::new()),
            strings: HashMap::new(),
            words: tables
                .words
                .iter()
                .map(|&(word, always)| (folded_key(word), always))
                .collect(),
            given,
            nicknames,
            offices: numbers(tables.offices.iter().map(|o| o.id).collect()),
            people: numbers(tables.people.iter().map(|p| p.id).collect()),
        }
    }

    fn string(&mut self, string: &str) -> u32 {
        if let Some(&known) = self.strings.get(string) {
            return known;
        }
        let pool = &mut self.sections[Section::Strings as usize];
        let at = pool.len() as u32;
        pool.extend((string.len() as u32).to_le_bytes());
        pool.extend(string.as_bytes());
        pool.resize(pool.len().next_multiple_of(4), 0);
        self.strings.insert(string.to_owned(), at);
        at
    }

    fn record(&mut self, section: Section, fields: &[u32]) {
        let bytes = &mut self.sections[section as usize];
        for field in fields {
            bytes.extend(field.to_le_bytes());
        }
    }

    fn places(&mut self) {
        let tables = self.tables;
        let countries = countries(tables);
        for place in &tables.places {
            let country = countries.get(place.country).copied().unwrap_or(NONE);
            let fields = [
                self.string(place.id),
                self.string(place.name),
                self.string(place.aliases),
                self.string(place.demonyms),
                self.string(place.metonyms),
                self.string(place.source),
                self.string(place.country),
                self.string(place.kind),
                place.population,
                country,
            ];
            self.record(Section::Places, &fields);
        }
    }

    fn organizations(&mut self) {
        for organization in &self.tables.organizations {
            let fields = [
                self.string(organization.id),
                self.string(organization.name),
                self.string(organization.aliases),
                self.string(organization.source),
                self.string(organization.country),
                self.string(organization.kind),
            ];
            self.record(Section::Organizations, &fields);
        }
    }

    fn people(&mut self) {
        let tables = self.tables;
        let mut careers: Vec<Vec<u32>> = vec![Vec::new(); tables.people.len()];
        for (i, tenure) in self.ordered_tenures().into_iter().enumerate() {
            if let Some(&person) = self.people.get(tables.tenures[tenure].person) {
                careers[person as usize].push(i as u32);
            }
        }
        let mut first = 0;
        for (i, person) in tables.people.iter().enumerate() {
            let fields = [
                self.string(person.id),
                self.string(person.name),
                self.string(person.aliases),
                self.string(person.source),
                self.string(person.country),
                (gender_code(person.gender) << 8) | person.tier,
                first,
                careers[i].len() as u32,
            ];
            self.record(Section::People, &fields);
            self.record(Section::Careers, &careers[i]);
            first += careers[i].len() as u32;
        }
    }

    /// Tenures grouped by office, each office's by start.
    fn ordered_tenures(&self) -> Vec<usize> {
        let tenures = &self.tables.tenures;
        let mut order: Vec<usize> = (0..tenures.len())
            .filter(|&i| self.offices.contains_key(tenures[i].office) && self.people.contains_key(tenures[i].person))
            .collect();
        order.sort_by_key(|&i| (self.offices.get(tenures[i].office), tenures[i].start, tenures[i].person));
        order
    }

    fn offices(&mut self) {
        let tables = self.tables;
        let mut counts = vec![0u32; tables.offices.len()];
        for tenure in self.ordered_tenures() {
            if let Some(&office) = self.offices.get(tables.tenures[tenure].office) {
                counts[office as usize] += 1;
            }
        }
        let mut first = 0;
        for (i, office) in tables.offices.iter().enumerate() {
            let fields = [
                self.string(office.id),
                self.string(office.label),
                self.string(office.forms),
                self.string(office.source),
                self.string(office.country),
                self.string(office.role),
                first,
                (counts[i] << 1) | u32::from(office.shared),
            ];
            self.record(Section::Offices, &fields);
            first += counts[i];
        }
        for role in &tables.roles {
            let fields = [self.string(role.role), self.string(role.nouns)];
            self.record(Section::Roles, &fields);
        }
    }

    fn tenures(&mut self) {
        let tables = self.tables;
        for tenure in self.ordered_tenures() {
            let tenure = &tables.tenures[tenure];
            let number = |numbers: &HashMap<&str, u32>, id| numbers.get(id).copied().unwrap_or(NONE);
            let fields = [
                number(&self.offices, tenure.office),
                number(&self.people, tenure.person),
                tenure.start,
                tenure.end,
                tenure.as_of,
                self.string(tenure.source),
            ];
            self.record(Section::Tenures, &fields);
        }
    }

    fn indexes(&mut self) {
        let names = self.name_paths();
        self.starters(&names);
        self.index(Section::NameSlots, Section::NameLists, &names);
        let surnames = self.surname_paths();
        self.index(Section::SurnameSlots, Section::SurnameLists, &surnames);
        let roles = self.role_paths();
        self.index(Section::RoleSlots, Section::RoleLists, &roles);
        let posts = self.post_paths();
        self.index(Section::PostSlots, Section::PostLists, &posts);
        let mut given: Vec<(u64, u32)> = self
            .given
            .iter()
            .map(|(&key, &(gender, count))| (key, (count.min(0xffff) << 2) | gender))
            .collect();
        given.sort_unstable();
        self.sections[Section::GivenNames as usize] = table::dense(&given);
        let mut words: Vec<(u64, u32)> = self
            .words
            .iter()
            .map(|(&key, &always)| (key, 1 + u32::from(always)))
            .collect();
        words.sort_unstable();
        self.sections[Section::Words as usize] = table::dense(&words);
    }

    fn index(&mut self, slots: Section, lists: Section, paths: &[Path]) {
        let (slot_bytes, list_bytes) = compile_index(paths);
        self.sections[slots as usize] = slot_bytes;
        self.sections[lists as usize] = list_bytes;
    }

    /// Bits of the first words of names that need no capital: only those are looked up when written small.
    fn starters(&mut self, names: &[Path]) {
        let mut bits = vec![0u8; STARTER_BITS / 8];
        for name in names.iter().filter(|name| name.writing & 3 == Writing::Any as u32) {
            let bit = name.keys[0] as usize & (STARTER_BITS - 1);
            bits[bit / 8] |= 1 << (bit % 8);
        }
        self.sections[Section::Starters as usize] = bits;
    }

    fn name_paths(&self) -> Vec<Path> {
        let tables = self.tables;
        let mut paths = Paths {
            words: &self.words,
            found: Vec::new(),
        };
        let countries = countries(tables);
        let important = |kind: &str| matches!(kind, "country" | "capital" | "seat");
        let mut order: Vec<usize> = (0..tables.places.len()).collect();
        order.sort_by_key(|&i| {
            (
                tables.places[i].kind != "country",
                std::cmp::Reverse(tables.places[i].population),
                i,
            )
        });
        for &i in order.iter().filter(|&&i| important(tables.places[i].kind)) {
            let place = &tables.places[i];
            paths.add(place.name, item(PLACE_SENSE, i as u32));
            list(place.aliases).for_each(|alias| paths.add(alias, item(PLACE_SENSE, i as u32)));
        }
        for (i, place) in tables.places.iter().enumerate() {
            let country = countries.get(place.country).copied().unwrap_or(i as u32);
            list(place.demonyms).for_each(|demonym| paths.add(demonym, item(DEMONYM_SENSE, i as u32)));
            list(place.metonyms).for_each(|metonym| paths.add(metonym, item(METONYM_SENSE, country)));
            if place.kind == "seat" {
                paths.add(place.name, item(METONYM_SENSE, country));
                list(place.aliases).for_each(|alias| paths.add(alias, item(METONYM_SENSE, country)));
            }
        }
        for (i, organization) in tables.organizations.iter().enumerate() {
            paths.add(organization.name, item(ORGANIZATION_SENSE, i as u32));
            list(organization.aliases).for_each(|alias| paths.add(alias, item(ORGANIZATION_SENSE, i as u32)));
        }
        for (i, person) in tables.people.iter().enumerate() {
            self.person_paths(person, item(PERSON_SENSE, i as u32), &mut paths);
        }
        for &i in order.iter().filter(|&&i| !important(tables.places[i].kind)) {
            let place = &tables.places[i];
            paths.add(place.name, item(PLACE_SENSE, i as u32));
            list(place.aliases).for_each(|alias| paths.add(alias, item(PLACE_SENSE, i as u32)));
        }
        // Only forms with a name in them ("Kremlin spokesman"): the others are roles.
        for (i, office) in tables.offices.iter().enumerate() {
            for form in list(office.forms).filter(|form| form.contains(' ')) {
                let form = form.strip_prefix("the ").unwrap_or(form);
                if form.split(' ').any(|word| word.starts_with(char::is_uppercase)) && form.contains(' ') {
                    paths.add(form, item(OFFICE_SENSE, i as u32));
                }
            }
        }
        paths.found
    }

    fn person_paths(&self, person: &PersonRow, sense: u32, paths: &mut Paths) {
        let nicknames = |given: &str| self.nicknames(given);
        for name in std::iter::once(person.name).chain(list(person.aliases)) {
            paths.add(name, sense);
            for variant in person_variants(name, person.country, &nicknames) {
                for spelling in spellings(&variant) {
                    paths.push(&spelling, sense, true);
                }
            }
        }
    }

    /// What stands for a given name: "Joe" for "Joseph", "Sergey" for "Sergei".
    fn nicknames(&self, given: &str) -> Vec<String> {
        let key = folded_key(given);
        let classes = self.nicknames.get(&key).into_iter().flatten();
        let names = classes.flat_map(|&class| &self.tables.nicknames[class]);
        names
            .filter(|name| folded_key(name) != key)
            .map(|&name| name.to_owned())
            .collect()
    }

    fn surname_paths(&self) -> Vec<Path> {
        let mut paths = Paths {
            words: &self.words,
            found: Vec::new(),
        };
        let is_given = |word: &str| self.given.contains_key(&folded_key(word));
        for (i, person) in self.tables.people.iter().enumerate() {
            for name in std::iter::once(person.name).chain(list(person.aliases)) {
                for surname in surnames(name, person.country, &is_given) {
                    for spelling in spellings(&surname) {
                        paths.push(&spelling, i as u32, false);
                    }
                }
            }
        }
        paths.found
    }

    fn role_paths(&self) -> Vec<Path> {
        let mut paths = Paths {
            words: &self.words,
            found: Vec::new(),
        };
        for (i, role) in self.tables.roles.iter().enumerate() {
            list(role.nouns).for_each(|noun| paths.add(noun, item(ROLE_SENSE, i as u32)));
        }
        for (i, office) in self.tables.offices.iter().enumerate() {
            list(office.forms).for_each(|form| paths.add(form, item(OFFICE_SENSE, i as u32)));
        }
        paths.found
    }

    fn post_paths(&self) -> Vec<Path> {
        let offices = &self.tables.offices;
        let mut held: HashMap<&str, usize> = HashMap::new();
        for tenure in &self.tables.tenures {
            *held.entry(tenure.office).or_default() += 1;
        }
        let mut order: Vec<usize> = (0..offices.len()).filter(|&i| !offices[i].role.is_empty()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(held.get(offices[i].id).copied().unwrap_or(0)), i));
        let key = |i: usize| extend(Some(word_key(offices[i].role)), word_key(offices[i].country));
        let posts = order.into_iter().map(|i| single(key(i), i as u32));
        let mut countries: Vec<(&str, u32)> = countries(self.tables).into_iter().collect();
        countries.sort_unstable();
        let code = |code: &str| extend(Some(word_key("country")), word_key(code));
        posts
            .chain(countries.into_iter().map(|(iso, place)| single(code(iso), place)))
            .collect()
    }
}

fn single(key: u64, item: u32) -> Path {
    Path {
        keys: vec![key],
        writing: 0,
        item,
        derived: false,
    }
}

/// Country codes to the country's number among the places.
fn countries<'a>(tables: &Tables<'a>) -> HashMap<&'a str, u32> {
    let places = tables.places.iter().enumerate();
    let countries = places.filter(|(_, place)| place.kind == "country");
    countries.map(|(i, place)| (place.country, i as u32)).collect()
}

fn gender_code(gender: &str) -> u32 {
    match gender {
        "f" => 1,
        "m" => 2,
        _ => 0,
    }
}

struct Paths<'w> {
    words: &'w HashMap<u64, bool>,
    found: Vec<Path>,
}

impl Paths<'_> {
    /// Adds a name in all its spellings.
    fn add(&mut self, name: &str, item: u32) {
        for spelling in spellings(name) {
            self.push(&spelling, item, false);
        }
    }

    fn push(&mut self, name: &str, item: u32, derived: bool) {
        let is_word = |key: u64| self.words.contains_key(&key);
        self.found.extend(path(name, item, derived, &is_word));
    }
}
