//! Mentions to entities.
//!
//! In: a [`Document`], its mentions and attributions, the gazetteer, the article's date. Out: the entities, and for
//! each mention the entity it refers to, if that is known.

use crate::attribution::Attribution;
use crate::gazetteer::{Gazetteer, Sense};
use crate::mentions::{Gender, Kind, Mention};
use crate::text::Document;
use jiff::civil::Date;

/// What mentions of the same one are resolved to.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The gazetteer's name, or the fullest one the article uses.
    pub name: String,
    /// What the gazetteer holds about it.
    pub known: Option<Sense>,
    /// Wikidata's identifier ("Q…").
    pub wikidata: Option<String>,
    /// ISO 3166 code of its country.
    pub country: Option<String>,
    /// The office held on the article's date, or the one the article names.
    pub office: Option<String>,
    /// Known gender.
    pub gender: Option<Gender>,
    /// Whether the text hides who it is ("a senior official who spoke on condition of anonymity").
    pub anonymous: bool,
    /// Its mentions, by index, in order.
    pub mentions: Vec<u32>,
}

/// The entities of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// In order of their first mention.
    pub entities: Vec<Entity>,
    /// For each mention, its entity.
    pub entity_of: Vec<Option<u32>>,
}

/// Resolves the mentions of a document.
pub fn resolve(
    _document: &Document,
    mentions: &[Mention],
    _attributions: &[Attribution],
    _gazetteer: &Gazetteer,
    _date: Option<Date>,
) -> Resolution {
    Resolution {
        entities: Vec::new(),
        entity_of: vec![None; mentions.len()],
    }
}
