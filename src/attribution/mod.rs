//! Who said which words.
//!
//! In: a [`Document`] and its mentions. Out: attributions in order of their content.

use crate::mentions::Mention;
use crate::span::{Run, Span};
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

/// Attributes everything that is said in a document.
pub fn attribute(_document: &Document, _mentions: &[Mention]) -> Vec<Attribution> {
    Vec::new()
}
