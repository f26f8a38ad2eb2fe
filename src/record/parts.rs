//! The parts of a record, as its JSON has them.
//!
//! In: places in a text and what is known of them. Out: plain values with the record's field names, each of which serde
//! writes as the schema says.

use crate::attribution::Type;
use crate::mentions::{Form, Kind};
use crate::offsets::Converter;
use crate::resolution;
use crate::span::Span;
use serde::Serialize;
use serde::ser::Serializer;
use std::fmt;

/// A place in the text, in the record's unit, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Place {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A place and its words, with its form where it is a mention.
#[derive(Debug, Serialize)]
pub(crate) struct Mention<'r> {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) form: Option<&'static str>,
}

/// Somebody or something mentioned.
#[derive(Debug, Serialize)]
pub(crate) struct Entity<'r> {
    pub(crate) id: usize,
    pub(crate) kind: &'static str,
    pub(crate) name: &'r str,
    pub(crate) wikidata: Option<&'r str>,
    pub(crate) country: Option<&'r str>,
    pub(crate) office: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_known: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) anonymous: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Mention<'r>>,
    pub(crate) mentions: Vec<Mention<'r>>,
}

/// One piece of reported speech.
#[derive(Debug, Serialize)]
pub(crate) struct Quote<'r> {
    pub(crate) id: usize,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) text: Joined<'r>,
    pub(crate) spans: Places<'r>,
    pub(crate) quoted: Places<'r>,
    pub(crate) cue: Option<Mention<'r>>,
    pub(crate) speaker: Option<Speaker<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) co_speakers: Vec<Speaker<'r>>,
    pub(crate) sentence: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attitude: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) negated: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) hypothetical: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) within: Option<u32>,
    pub(crate) confidence: f64,
    pub(crate) rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alternatives: Option<Vec<Alternative<'r>>>,
}

impl<'r> Quote<'r> {
    /// What is said word for word: all of a direct quote, whatever stands between its pieces; each verbatim part of a
    /// mixed one by itself, since the words between them are the article's.
    pub(crate) fn passages(&self) -> Vec<Joined<'r>> {
        if self.kind == Type::Direct.name() {
            return vec![self.text];
        }
        let parts = self.quoted.spans.iter().map(std::slice::from_ref);
        let text = self.text.text;
        parts.map(|spans| Joined { text, spans }).collect()
    }
}

/// Who says it.
#[derive(Debug, Serialize)]
pub(crate) struct Speaker<'r> {
    /// What else is known of the entity; the record has it once, among the entities.
    #[serde(skip)]
    pub(crate) known: Option<&'r resolution::Entity>,
    pub(crate) entity: Option<u32>,
    pub(crate) name: Option<&'r str>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) office: Option<&'r str>,
    pub(crate) mention: Mention<'r>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) anonymous: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Mention<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<Candidate<'r>>,
}

impl<'r> Speaker<'r> {
    /// The name, or the article's own words for one without a name.
    pub(crate) fn called(&self) -> &'r str {
        self.name.unwrap_or(self.mention.text)
    }
}

/// Somebody else who may be the speaker.
#[derive(Debug, Serialize)]
pub(crate) struct Alternative<'r> {
    #[serde(flatten)]
    pub(crate) speaker: Speaker<'r>,
    pub(crate) probability: f64,
}

/// Somebody whom the gazetteer knows by a name.
#[derive(Debug, Serialize)]
pub(crate) struct Candidate<'r> {
    pub(crate) name: &'r str,
    pub(crate) wikidata: Option<&'r str>,
    pub(crate) country: Option<&'r str>,
}

/// The places of several spans, converted when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places<'r> {
    pub(super) converter: &'r Converter<'r>,
    pub(super) spans: &'r [Span],
}

impl<'r> Places<'r> {
    /// The places in order.
    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = Place> + use<'r> {
        self.spans.iter().map(move |span| Place {
            start: self.converter.at(span.start),
            end: self.converter.at(span.end),
        })
    }
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The words of several spans, one space between two of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joined<'r> {
    pub(super) text: &'r str,
    pub(super) spans: &'r [Span],
}

impl<'r> Joined<'r> {
    /// The words of each span.
    pub(crate) fn pieces(self) -> impl Iterator<Item = &'r str> {
        self.spans.iter().map(move |span| span.of(self.text))
    }
}

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, piece) in self.pieces().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(piece)?;
        }
        Ok(())
    }
}

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.spans {
            [only] => serializer.serialize_str(only.of(self.text)),
            _ => serializer.collect_str(self),
        }
    }
}

/// A JSON array of what an iterator gives, without a vector in between.
pub(super) struct Seq<F>(pub(super) F);

impl<F, I> Serialize for Seq<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Type {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Direct => "direct",
            Type::Mixed => "mixed",
            Type::Indirect => "indirect",
        }
    }
}

impl Form {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Office => "office",
            Form::Pronoun => "pronoun",
            Form::Nominal => "nominal",
            Form::Metonym => "metonym",
            Form::Demonym => "demonym",
        }
    }
}

impl Kind {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Organization => "organization",
            Kind::Office => "office",
            Kind::Group => "group",
            Kind::Thing => "thing",
        }
    }
}
