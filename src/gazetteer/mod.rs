//! What attache knows of the world: people, places, organizations, offices and who held them when.

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

/// The known entities and their names.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {}
