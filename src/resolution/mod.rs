//! Mentions to entities.
//!
//! In: a [`Document`], its tags, mentions and attributions, the gazetteer and its hits, the article's date. Out: the entities, and
//! for each mention the entity it refers to, if that is known. Names come first, over the whole article: they gather
//! into figures, and figures are looked up in the gazetteer. Then one walk from the first mention to the last resolves
//! offices, noun phrases and pronouns by what stands before them and by who has been speaking. Every look back is
//! capped, so that the time is linear in the article's length.

mod anonymity;
mod beside;
mod bodies;
mod cast;
mod finish;
mod holding;
mod institutions;
mod kinds;
mod known;
mod later;
mod likeness;
mod lookup;
mod names;
mod nominals;
mod nouns;
mod offices;
mod passing;
mod people;
mod pronouns;
mod relatives;
mod scene;
mod several;
mod speakers;
mod subjects;
mod terms;
mod things;
mod titles;

use crate::attribution::Attribution;
use crate::gazetteer::{Gazetteer, Hit, Sense};
use crate::lexicon::Tag;
use crate::mentions::{Form, Gender, Kind, Mention};
use crate::span::Span;
use crate::text::Document;
use jiff::civil::Date;
use scene::Scene;
pub use terms::temper;

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
    /// Where the article names somebody by an office alone, and the term's end is not known: the last day on which the
    /// office is known to have been theirs, some time before the article's date.
    pub last_known: Option<Date>,
    /// Known gender.
    pub gender: Option<Gender>,
    /// Whether the text hides who it is ("a senior official who spoke on condition of anonymity").
    pub anonymous: bool,
    /// The words by which the text says why ("he was not authorised to discuss the talks").
    pub reason: Option<Span>,
    /// Its mentions, by index, in order.
    pub mentions: Vec<u32>,
    /// Where else it is named, inside the title or the noun phrase of another one ("Tennessee Senator X"), in order.
    pub passing: Vec<Span>,
}

/// The entities of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// In order of the first place where each is mentioned or named.
    pub entities: Vec<Entity>,
    /// For each mention, its entity.
    pub entity_of: Vec<Option<u32>>,
    /// For each mention, how it refers: as the mention itself has it, save for a place that stands for its government.
    pub forms: Vec<Form>,
}

/// Resolves the mentions of a document.
pub fn resolve(
    document: &Document,
    tags: &[Tag],
    mentions: &[Mention],
    attributions: &[Attribution],
    gazetteer: &Gazetteer,
    hits: &[Hit],
    date: Option<Date>,
) -> Resolution {
    let scene = Scene::new(document, tags, mentions, attributions, gazetteer, hits, date);
    let named = names::gather(&scene);
    let told = pronouns::walk(&scene, named);
    anonymity::mark(&scene, attributions, finish::entities(&scene, told))
}
