//! Rows to bytes.
//!
//! In: [`Tables`]. Out: a blob as `layout` lays it out. The build script runs this over the built-in tables; a user's
//! own file goes through the same code. Order matters: the first sense of a name is the likeliest one (countries
//! before capitals before people before towns, people by tier, towns by population).

use std::collections::HashMap;

use super::layout::{Blob, NONE, SECTIONS, Section, assemble};
use super::paths::Namer;
use super::tables::{PersonRow, Tables};
use super::trie::Trie;
use crate::table;
use crate::tokens::folded_key;

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

/// Compiles tables; the same tables give the same bytes. Word lists come from `base` if there is one.
pub(crate) fn compile(tables: &Tables, base: Option<&Blob>) -> Vec<u8> {
    let mut tables = tables.clone();
    // People by tier, so that the first of two namesakes is the better known.
    // Those whom a user names come before all.
    let known = |person: &PersonRow| match (person.source, person.tier) {
        ("user", _) => 0,
        (_, 0) => 6,
        (_, tier) => tier,
    };
    tables
        .people
        .sort_by(|a, b| (known(a), a.id.len(), &a.id).cmp(&(known(b), b.id.len(), &b.id)));
    let mut compiler = Compiler::new(&tables);
    compiler.places();
    compiler.organizations();
    compiler.people();
    compiler.offices();
    compiler.tenures();
    compiler.words(base);
    compiler.indexes();
    assemble(&compiler.sections)
}

struct Compiler<'t, 'a> {
    tables: &'t Tables<'a>,
    sections: [Vec<u8>; SECTIONS],
    strings: HashMap<&'t str, u32>,
    /// The office's number and the person's, by id.
    offices: HashMap<&'t str, u32>,
    people: HashMap<&'t str, u32>,
}

impl<'t, 'a> Compiler<'t, 'a> {
    fn new(tables: &'t Tables<'a>) -> Self {
        let numbers = |ids: Vec<&'t str>| ids.into_iter().enumerate().map(|(i, id)| (id, i as u32)).collect();
        Compiler {
            tables,
            sections: std::array::from_fn(|_| Vec::new()),
            strings: HashMap::new(),
            offices: numbers(tables.offices.iter().map(|o| &*o.id).collect()),
            people: numbers(tables.people.iter().map(|p| &*p.id).collect()),
        }
    }

    fn string(&mut self, string: &'t str) -> u32 {
        if let Some(&known) = self.strings.get(string) {
            return known;
        }
        let pool = &mut self.sections[Section::Strings as usize];
        let at = pool.len() as u32;
        pool.extend((string.len() as u32).to_le_bytes());
        pool.extend(string.as_bytes());
        pool.resize(pool.len().next_multiple_of(4), 0);
        self.strings.insert(string, at);
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
                self.string(&place.id),
                self.string(place.name),
                self.string(&place.aliases),
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
                self.string(&organization.id),
                self.string(organization.name),
                self.string(&organization.aliases),
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
            if let Some(&person) = self.people.get(&*tables.tenures[tenure].person) {
                careers[person as usize].push(i as u32);
            }
        }
        let mut first = 0;
        for (i, person) in tables.people.iter().enumerate() {
            let fields = [
                self.string(&person.id),
                self.string(person.name),
                self.string(&person.aliases),
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
            .filter(|&i| {
                self.offices.contains_key(&*tenures[i].office) && self.people.contains_key(&*tenures[i].person)
            })
            .collect();
        order.sort_by_key(|&i| {
            (
                self.offices.get(&*tenures[i].office),
                tenures[i].start,
                &tenures[i].person,
            )
        });
        order
    }

    fn offices(&mut self) {
        let tables = self.tables;
        let mut counts = vec![0u32; tables.offices.len()];
        for tenure in self.ordered_tenures() {
            if let Some(&office) = self.offices.get(&*tables.tenures[tenure].office) {
                counts[office as usize] += 1;
            }
        }
        let mut first = 0;
        for (i, office) in tables.offices.iter().enumerate() {
            let fields = [
                self.string(&office.id),
                self.string(office.label),
                self.string(&office.forms),
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
            let number = |numbers: &HashMap<&str, u32>, id: &str| numbers.get(id).copied().unwrap_or(NONE);
            let fields = [
                number(&self.offices, &tenure.office),
                number(&self.people, &tenure.person),
                tenure.start,
                tenure.end,
                tenure.as_of,
                self.string(tenure.source),
            ];
            self.record(Section::Tenures, &fields);
        }
    }

    fn indexes(&mut self) {
        let words = std::mem::take(&mut self.sections[Section::Words as usize]);
        let given = std::mem::take(&mut self.sections[Section::GivenNames as usize]);
        let namer = Namer::new(self.tables, &words, &given);
        let names = namer.names();
        self.sections[Section::Starters as usize] = names.starters.clone();
        self.sections[Section::Firsts as usize] = names.firsts.clone();
        self.sections[Section::Inner as usize] = names.inner.clone();
        self.index(Section::NameSlots, Section::NameLists, names);
        self.index(Section::SurnameSlots, Section::SurnameLists, namer.surnames());
        let roles = namer.roles();
        self.sections[Section::RoleFirsts as usize] = roles.few_firsts();
        self.index(Section::RoleSlots, Section::RoleLists, roles);
        self.index(Section::PostSlots, Section::PostLists, namer.posts());
        self.sections[Section::Words as usize] = words;
        self.sections[Section::GivenNames as usize] = given;
    }

    fn index(&mut self, slots: Section, lists: Section, trie: Trie) {
        let (slot_bytes, list_bytes) = trie.compile();
        self.sections[slots as usize] = slot_bytes;
        self.sections[lists as usize] = list_bytes;
    }

    /// Given names and words are kept by key alone; a gazetteer made from another one takes over that one's.
    fn words(&mut self, base: Option<&Blob>) {
        if let Some(base) = base {
            for section in [Section::GivenNames, Section::Words] {
                self.sections[section as usize] = base.section(section).to_vec();
            }
        } else {
            let mut given: HashMap<u64, (u32, u32)> = HashMap::new();
            for &(name, gender, count) in &self.tables.given_names {
                let gender = gender_code(gender);
                let entry = given.entry(folded_key(name)).or_insert((gender, 0));
                // Borne by both: the gender is not told.
                entry.0 |= gender;
                entry.1 += count;
            }
            let given = given.into_iter();
            self.keyed(
                Section::GivenNames,
                given.map(|(key, (gender, count))| (key, (count.min(0xffff) << 2) | gender)),
            );
            let words = self.tables.words.iter();
            self.keyed(
                Section::Words,
                words.map(|&(word, always)| (folded_key(word), 1 + u32::from(always))),
            );
        }
        for class in &self.tables.nicknames {
            let class = self.string(class);
            self.record(Section::Nicknames, &[class]);
        }
    }

    fn keyed(&mut self, section: Section, entries: impl Iterator<Item = (u64, u32)>) {
        let mut entries: Vec<(u64, u32)> = entries.collect();
        entries.sort_unstable();
        self.sections[section as usize] = table::dense(&entries);
    }
}

/// Country codes to the country's number among the places.
pub(crate) fn countries<'a>(tables: &Tables<'a>) -> HashMap<&'a str, u32> {
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
