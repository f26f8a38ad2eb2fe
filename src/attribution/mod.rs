//! Who said which words.
//!
//! In: a [`Document`] and its mentions. Out: attributions in order of their content.

use crate::lexicon::Tag;
use crate::mentions::Mention;
use crate::model::Weights;
pub(crate) mod grammar;
pub mod indirect;
pub(crate) mod items;
pub(crate) mod quoted;

use items::{Items, NONE};
use quoted::{Choice, Place, Scene};

use crate::span::{Run, Span};
use crate::table::Table;
use crate::text::Document;

/// How much of the content stands between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// One piece of reported speech with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// How much of it is verbatim.
    pub kind: Type,
    /// The content in order: the words inside the marks (direct), the reported clause (mixed, indirect).
    pub content: Vec<Span>,
    /// The verbatim parts, without their marks.
    pub quoted: Vec<Span>,
    /// The expression that attributes ("said", "according to").
    pub cue: Option<Run>,
    /// Index of the mention that is the source; `None` when the text does not say.
    pub source: Option<u32>,
    /// Probability that content and source are right.
    pub confidence: f32,
    /// The construction ("name verb", "fronted", "pronoun verb" …).
    pub rule: &'static str,
    /// Other mentions that may be the source, most probable first, with their probabilities.
    pub alternatives: Vec<(u32, f32)>,
}

/// The weights of all models.
#[derive(Debug, Clone)]
pub struct Models {
    /// Which mention a quotation belongs to, or nobody.
    pub quoted: Weights,
}

impl Models {
    /// The weights the binary was built with.
    pub const fn builtin() -> Self {
        Models {
            quoted: Weights::new(Table::open(include_bytes!(concat!(env!("OUT_DIR"), "/quoted.bin")))),
        }
    }
}

/// Attributes everything that is said in a document.
pub fn attribute(document: &Document, tags: &[Tag], mentions: &[Mention], models: &Models) -> Vec<Attribution> {
    let items = Items::new(document, tags, mentions);
    let scene = Scene::new(document, tags, mentions, &items);
    let choices = scene.rank(&models.quoted);
    choices
        .iter()
        .filter_map(|choice| quoted_attribution(&scene, choice))
        .collect()
}

/// What the ranker found for one quotation, if it is anybody's.
fn quoted_attribution(scene: &Scene, choice: &Choice) -> Option<Attribution> {
    let (best, confidence) = choice.best();
    let source = (best.mention != NONE).then_some(best.mention)?;
    let quotation = &scene.document.quotations[choice.quotation as usize];
    let grammar = scene.grammar[source as usize].as_ref();
    let cue = grammar.and_then(|g| g.inverted.or(g.verb_item));
    let mut alternatives: Vec<(u32, f32)> = choice
        .candidates
        .iter()
        .filter(|(c, p)| c.mention != NONE && c.mention != source && *p >= 0.01)
        .map(|(c, p)| (c.mention, *p))
        .collect();
    alternatives.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(Attribution {
        kind: Type::Direct,
        content: vec![quotation.span],
        quoted: vec![quotation.span],
        cue: cue.map(|k| scene.items.items[k].tokens),
        source: Some(source),
        confidence,
        rule: grammar.map_or("turn", |g| match best.place {
            _ if g.according => "according to",
            Place::Above | Place::Below => "paragraph",
            Place::Earlier | Place::Later => "sentence",
            Place::After if g.inverted.is_some() => "verb name",
            _ if g.verb_item.is_some() => "name verb",
            _ => "near",
        }),
        alternatives,
    })
}
