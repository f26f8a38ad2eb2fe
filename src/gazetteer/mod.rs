//! What attache knows of the world: people, places, organizations, offices and who held them when.
//!
//! In: a text's tokens, a name, an id, an office and a date. Out: what the tables in `data/` say of them. The build
//! script compiled these tables into bytes that are read in place, so opening the gazetteer costs nothing. Entities are
//! numbers (one series for each kind); the numbers mean something only together with the gazetteer that gave them.

mod ask;
pub(crate) mod compile;
mod edits;
mod entities;
mod find;
mod json;
pub(crate) mod layout;
mod lint;
mod load;
pub(crate) mod names;
mod offices;
pub(crate) mod paths;
pub(crate) mod surnames;
pub(crate) mod tables;
mod tenure;
pub(crate) mod trie;

pub use ask::{Candidate, Why};
pub(crate) use entities::adjective;
pub use entities::{Gender, Organization, Person, Place, PlaceKind};
pub use find::Hit;
pub use lint::Complaint;
pub use offices::{Holder, Office, RoleHit};
pub use tenure::{Certainty, Tenure};

use layout::Blob;
use smallvec::SmallVec;

static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// One thing a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// A person, by index.
    Person(u32),
    /// A place, by index.
    Place(u32),
    /// An organization, by index.
    Organization(u32),
    /// The people or the adjective of a country ("Russian"): the place's index.
    Demonym(u32),
    /// A place that stands for a country's government ("Moscow", "the Kremlin"): the country's index among the places.
    Metonym(u32),
    /// An office, by index.
    Office(u32),
}

/// What one name can stand for, the likeliest first: most names stand for one thing or two.
pub type Senses = SmallVec<[Sense; 2]>;

impl Sense {
    fn of_item(item: u32) -> Option<Sense> {
        let index = item & ((1 << 29) - 1);
        Some(match item >> 29 {
            compile::PERSON_SENSE => Sense::Person(index),
            compile::PLACE_SENSE => Sense::Place(index),
            compile::ORGANIZATION_SENSE => Sense::Organization(index),
            compile::DEMONYM_SENSE => Sense::Demonym(index),
            compile::METONYM_SENSE => Sense::Metonym(index),
            compile::OFFICE_SENSE => Sense::Office(index),
            _ => return None,
        })
    }
}

/// The known entities and their names. Cheap to clone, usable from any thread.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    blob: Blob,
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Gazetteer {
    /// The gazetteer of the tables that came with the program.
    pub fn builtin() -> Gazetteer {
        match Blob::open(BUILTIN) {
            Some(blob) => Gazetteer { blob },
            // The build script wrote these bytes with the same layout; a test opens them.
            None => Gazetteer { blob: Blob::EMPTY },
        }
    }

    /// How many bytes it takes, compiled.
    pub fn size(&self) -> usize {
        self.blob.bytes().len()
    }

    /// A number that tells one gazetteer from another.
    pub fn fingerprint(&self) -> u64 {
        self.blob.checksum()
    }

    /// What an id stands for ("Q7747", "g2017370", "us-secretary-of-state"). Reads all ids: for a question or two.
    pub fn by_id(&self, id: &str) -> Option<Sense> {
        let person = (0..self.people()).find(|&i| self.person(i).id == id).map(Sense::Person);
        let place = || (0..self.places()).find(|&i| self.place(i).id == id).map(Sense::Place);
        let office = || {
            (0..self.offices())
                .find(|&i| self.office(i).id == id)
                .map(Sense::Office)
        };
        let organization = || {
            let mut all = 0..self.organizations();
            all.find(|&i| self.organization(i).id == id).map(Sense::Organization)
        };
        person.or_else(place).or_else(office).or_else(organization)
    }
}

#[cfg(test)]
mod tests;
