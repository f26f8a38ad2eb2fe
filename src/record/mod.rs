//! The record: an extraction as JSON of schema `attache/1` (`data/schema/attache-1.json`).
//!
//! In: an [`Extraction`] and the unit its offsets are wanted in. Out: a [`Record`] that any serde serializer writes,
//! straight from the extraction, with no tree of values in between. Other formats take the same parts one by one.

mod parts;

pub(crate) use parts::{Entity, Joined, Mention, Place, Quote, Speaker};

use crate::attribution::{Attitude, Attribution, Form as ArticleForm};
use crate::extractor::Extraction;
use crate::gazetteer::{Gazetteer, Sense};
use crate::mentions::{Form, Kind};
use crate::offsets::{Converter, Offsets};
use crate::span::Span;
use crate::{mentions, resolution};
use parts::{Alternative, Candidate, Places, Seq};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::fmt;

/// The name of the schema, printed first in each record.
pub const SCHEMA: &str = "attache/1";

/// The record's own fields: none of the input's may take their place. (`author` and `site` of the input are the record's,
/// and passed through where they are no strings.)
const OWN: [&str; 13] = [
    "schema",
    "id",
    "title",
    "date",
    "url",
    "form",
    "encoding",
    "text",
    "offsets",
    "sentences",
    "entities",
    "quotes",
    "error",
];

/// Most candidates told of one name: a common surname has hundreds of bearers.
const MOST: usize = 5;

/// An extraction, ready to be written.
#[derive(Debug)]
pub struct Record<'e, 'a> {
    extraction: &'e Extraction<'a>,
    offsets: Offsets,
    converter: Converter<'a>,
    text: bool,
    alternatives: Option<&'e Gazetteer>,
}

impl<'e, 'a> Record<'e, 'a> {
    /// The record of an extraction, with offsets in this unit.
    pub fn new(extraction: &'e Extraction<'a>, offsets: Offsets) -> Self {
        Record {
            extraction,
            offsets,
            converter: Converter::new(extraction.document.text, offsets),
            text: false,
            alternatives: None,
        }
    }

    /// The same record, with the article's text in it, which all offsets refer to.
    pub fn with_text(self, text: bool) -> Self {
        Record { text, ..self }
    }

    /// The same record, with the other mentions that may be the speaker of each quote, and with whom the gazetteer knows
    /// by the name of a speaker that could not be resolved.
    pub fn with_alternatives(self, gazetteer: Option<&'e Gazetteer>) -> Self {
        Record {
            alternatives: gazetteer,
            ..self
        }
    }

    /// The extraction it is of.
    pub(crate) fn extraction(&self) -> &'e Extraction<'a> {
        self.extraction
    }

    /// What its offsets count.
    pub(crate) fn offsets(&self) -> Offsets {
        self.offsets
    }

    /// The sentences.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Place> {
        let sentences = &self.extraction.document.sentences;
        sentences.iter().map(|sentence| self.place(sentence.span))
    }

    /// Who and what is mentioned.
    pub(crate) fn entities(&self) -> impl Iterator<Item = Entity<'_>> {
        numbered(&self.extraction.resolution.entities).map(|(id, entity)| self.entity(id, entity))
    }

    /// What is said.
    pub(crate) fn quotes(&self) -> impl Iterator<Item = Quote<'_>> {
        numbered(&self.extraction.attributions).map(|(id, said)| self.quote(id, said))
    }

    /// Where and when it was written, as the text has it; one that the input gives is passed through in its place.
    pub(crate) fn dateline(&self) -> Option<&'a str> {
        let Extraction { article, document, .. } = self.extraction;
        let stated = document.header.dateline.map(|span| span.of(document.text));
        stated.filter(|_| !article.extra.contains_key("dateline"))
    }

    /// The form, unless it is an article.
    pub(crate) fn form(&self) -> Option<&'static str> {
        let form = self.extraction.form;
        (form != ArticleForm::Article).then(|| form.name())
    }

    fn place(&self, span: Span) -> Place {
        Place {
            start: self.converter.at(span.start),
            end: self.converter.at(span.end),
        }
    }

    /// A mention, by its number: a place that stands for its government is told from one that does not.
    fn mention(&self, id: u32) -> Option<Mention<'a>> {
        let mention = self.extraction.mentions.get(id as usize)?;
        let form = self.extraction.resolution.forms.get(id as usize);
        Some(self.named(mention.span, Some(form.unwrap_or(&mention.form).name())))
    }

    fn named(&self, span: Span, form: Option<&'static str>) -> Mention<'a> {
        let Place { start, end } = self.place(span);
        let text = span.of(self.extraction.document.text);
        Mention { start, end, text, form }
    }

    fn places<'s>(&'s self, spans: &'s [Span]) -> Places<'s> {
        Places {
            converter: &self.converter,
            spans,
        }
    }

    fn entity<'s>(&'s self, id: usize, entity: &'s resolution::Entity) -> Entity<'s> {
        let listed = entity.mentions.iter().filter_map(|&at| self.mention(at));
        let passing = entity
            .passing
            .iter()
            .map(|&span| self.named(span, Some(Form::Name.name())));
        let mut mentions = Vec::with_capacity(entity.mentions.len() + entity.passing.len());
        mentions.extend(listed.chain(passing));
        mentions.sort_by_key(|mention| (mention.start, mention.end));
        Entity {
            id,
            kind: entity.kind.name(),
            name: &entity.name,
            wikidata: entity.wikidata.as_deref(),
            country: entity.country.as_deref(),
            office: entity.office.as_deref(),
            last_known: entity.last_known.map(|day| day.to_string()),
            anonymous: entity.anonymous,
            reason: entity.reason.map(|reason| self.named(reason, None)),
            mentions,
        }
    }

    fn quote<'s>(&'s self, id: usize, said: &'s Attribution) -> Quote<'s> {
        Quote {
            id,
            kind: said.kind.name(),
            text: Joined {
                text: self.extraction.document.text,
                spans: &said.content,
            },
            spans: self.places(&said.content),
            quoted: self.places(&said.quoted),
            cue: said.cue.map(|cue| self.named(self.extraction.document.span(cue), None)),
            speaker: said.source.and_then(|source| self.speaker(source)),
            co_speakers: said.with.iter().filter_map(|&other| self.speaker(other)).collect(),
            sentence: said.content.first().and_then(|&span| self.sentence(span)),
            attitude: said.stance.attitude.map(Attitude::name),
            negated: said.stance.negated,
            hypothetical: said.stance.hypothetical,
            within: said.within,
            confidence: rounded(said.confidence),
            rule: said.rule,
            alternatives: self.alternatives.map(|_| self.others(id).collect()),
        }
    }

    /// Who else may have said a quote, by its id.
    pub(crate) fn others(&self, quote: usize) -> impl Iterator<Item = Alternative<'_>> {
        let said = self.extraction.attributions.get(quote);
        let others = said.into_iter().flat_map(|said| &said.alternatives);
        others.filter_map(|&(mention, probability)| {
            Some(Alternative {
                speaker: self.speaker(mention)?,
                probability: rounded(probability),
            })
        })
    }

    fn speaker(&self, source: u32) -> Option<Speaker<'_>> {
        let resolution = &self.extraction.resolution;
        let mention = self.extraction.mentions.get(source as usize)?;
        let id = resolution.entity_of.get(source as usize).copied().flatten();
        let entity = id.and_then(|id| resolution.entities.get(id as usize));
        // A group has no name beyond the words it is called by; anybody else who is not resolved gets none made up.
        let words = mention.span.of(self.extraction.document.text);
        let group = mention.kind == Some(Kind::Group) && mention.form != Form::Pronoun;
        Some(Speaker {
            known: entity,
            entity: entity.and(id),
            name: entity.map(|entity| &*entity.name).or(group.then_some(words)),
            kind: entity.map(|entity| entity.kind).or(mention.kind).map(Kind::name),
            office: entity.and_then(|entity| entity.office.as_deref()),
            mention: self.mention(source)?,
            anonymous: entity.is_some_and(|entity| entity.anonymous),
            reason: entity
                .and_then(|entity| entity.reason)
                .map(|reason| self.named(reason, None)),
            candidates: self.candidates(mention, entity),
        })
    }

    /// Whom the gazetteer knows by the name of a speaker that is not resolved to anybody it knows.
    fn candidates(&self, mention: &mentions::Mention, entity: Option<&'e resolution::Entity>) -> Vec<Candidate<'e>> {
        let unknown = entity.is_none_or(|entity| entity.known.is_none());
        let Some(gazetteer) = self.alternatives.filter(|_| unknown) else {
            return Vec::new();
        };
        // The name that the article has for "he", or the bare one of "Prime Minister Marsh".
        let own = self.extraction.document.words(mention.name);
        let name = match entity {
            Some(entity) => entity.name.as_str(),
            None if mention.form == Form::Name => own,
            None => return Vec::new(),
        };
        let people = gazetteer.lookup(name, self.extraction.date()).into_iter();
        let people = people.filter_map(|candidate| match candidate.sense {
            Sense::Person(person) => Some(person),
            _ => None,
        });
        let known = |person| {
            let person = gazetteer.person(person);
            Candidate {
                name: person.name,
                wikidata: person.wikidata(),
                country: person.country,
            }
        };
        people.take(MOST).map(known).collect()
    }

    /// The sentence that a quote starts in.
    fn sentence(&self, span: Span) -> Option<usize> {
        let sentences = &self.extraction.document.sentences;
        sentences
            .partition_point(|sentence| sentence.span.start <= span.start)
            .checked_sub(1)
    }
}

impl fmt::Display for Record<'_, '_> {
    /// As JSON on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Extraction { article, document, .. } = self.extraction;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("schema", SCHEMA)?;
        object.serialize_entry("id", &article.id)?;
        object.serialize_entry("title", &article.title)?;
        object.serialize_entry("date", &self.extraction.date().map(Displayed))?;
        object.serialize_entry("url", &article.url)?;
        let author = self.extraction.author();
        for (name, value) in [
            ("author", author.as_deref()),
            ("site", self.extraction.site()),
            ("dateline", self.dateline()),
            ("form", self.form()),
            ("encoding", article.encoding),
            ("text", self.text.then_some(document.text)),
        ] {
            if let Some(value) = value {
                object.serialize_entry(name, value)?;
            }
        }
        object.serialize_entry("offsets", &self.offsets)?;
        object.serialize_entry("sentences", &Seq(|| self.sentences()))?;
        object.serialize_entry("entities", &Seq(|| self.entities()))?;
        object.serialize_entry("quotes", &Seq(|| self.quotes()))?;
        for (name, value) in &article.extra {
            if !OWN.contains(&name.as_str()) {
                object.serialize_entry(name, value)?;
            }
        }
        object.end()
    }
}

fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1000.0).round() / 1000.0
}

fn numbered<T>(items: &[T]) -> impl Iterator<Item = (usize, &T)> {
    items.iter().enumerate()
}

/// A JSON string of what is displayed.
struct Displayed<T>(T);

impl<T: fmt::Display> Serialize for Displayed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
