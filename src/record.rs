//! The record: an extraction as JSON of schema `attache/1` (`data/schema/attache-1.json`).
//!
//! In: an [`Extraction`] and the unit its offsets are wanted in. Out: a [`Record`] that any serde serializer writes,
//! straight from the extraction, with no tree of values in between.

use crate::attribution::{Attitude, Attribution, Type};
use crate::extractor::Extraction;
use crate::gazetteer::{Gazetteer, Sense};
use crate::mentions::{Form, Kind, Mention};
use crate::offsets::{Converter, Offsets};
use crate::resolution::Entity;
use crate::span::Span;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::fmt;

/// The name of the schema, printed first in each record.
pub const SCHEMA: &str = "attache/1";

/// The record's own fields: none of the input's may take their place. (`author` and `site` of the input are the record's,
/// and passed through where they are no strings.)
const OWN: [&str; 12] = [
    "schema",
    "id",
    "title",
    "date",
    "url",
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

    fn place(&self, span: Span) -> Place {
        Place {
            start: self.converter.at(span.start),
            end: self.converter.at(span.end),
        }
    }

    /// A mention, by its number: a place that stands for its government is told from one that does not.
    fn mention(&self, id: u32) -> Option<NamedPlace<'a>> {
        let mention = self.extraction.mentions.get(id as usize)?;
        let form = self.extraction.resolution.forms.get(id as usize);
        Some(self.named(mention.span, Some(form.unwrap_or(&mention.form).name())))
    }

    fn named(&self, span: Span, form: Option<&'static str>) -> NamedPlace<'a> {
        let Place { start, end } = self.place(span);
        let text = span.of(self.extraction.document.text);
        NamedPlace { start, end, text, form }
    }

    fn places<'s>(&'s self, spans: &'s [Span]) -> impl Serialize + use<'s, 'e, 'a> {
        Seq(move || spans.iter().map(|&span| self.place(span)))
    }

    fn entity<'s>(&'s self, id: usize, entity: &'s Entity) -> impl Serialize + use<'s, 'e, 'a> {
        EntityRecord {
            id,
            kind: entity.kind.name(),
            name: &entity.name,
            wikidata: entity.wikidata.as_deref(),
            country: entity.country.as_deref(),
            office: entity.office.as_deref(),
            anonymous: entity.anonymous,
            reason: entity.reason.map(|reason| self.named(reason, None)),
            mentions: Seq(move || {
                let listed = entity.mentions.iter().filter_map(|&at| self.mention(at));
                let passing = entity
                    .passing
                    .iter()
                    .map(|&span| self.named(span, Some(Form::Name.name())));
                let mut all: Vec<NamedPlace> = listed.chain(passing).collect();
                all.sort_by_key(|place| (place.start, place.end));
                all.into_iter()
            }),
        }
    }

    fn quote<'s>(&'s self, id: usize, said: &'s Attribution) -> impl Serialize + use<'s, 'e, 'a> {
        let text = self.extraction.document.text;
        QuoteRecord {
            id,
            kind: said.kind.name(),
            text: Joined {
                text,
                spans: &said.content,
            },
            spans: self.places(&said.content),
            quoted: self.places(&said.quoted),
            cue: said.cue.map(|cue| self.named(self.extraction.document.span(cue), None)),
            speaker: said.source.and_then(|source| self.speaker(source)),
            sentence: said.content.first().and_then(|&span| self.sentence(span)),
            attitude: said.stance.attitude.map(Attitude::name),
            negated: said.stance.negated,
            hypothetical: said.stance.hypothetical,
            within: said.within,
            confidence: rounded(said.confidence),
            rule: said.rule,
            alternatives: self.alternatives.map(|_| {
                let others = said.alternatives.iter();
                let other = |&(mention, probability): &(u32, f32)| {
                    Some(AlternativeRecord {
                        speaker: self.speaker(mention)?,
                        probability: rounded(probability),
                    })
                };
                others.filter_map(other).collect()
            }),
        }
    }

    fn speaker(&self, source: u32) -> Option<SpeakerRecord<'e, 'a>> {
        let resolution = &self.extraction.resolution;
        let mention = self.extraction.mentions.get(source as usize)?;
        let id = resolution.entity_of.get(source as usize).copied().flatten();
        let entity = id.and_then(|id| resolution.entities.get(id as usize));
        // A group has no name beyond the words it is called by; anybody else who is not resolved gets none made up.
        let words = mention.span.of(self.extraction.document.text);
        let group = mention.kind == Some(Kind::Group) && mention.form != Form::Pronoun;
        Some(SpeakerRecord {
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
    fn candidates(&self, mention: &'e Mention, entity: Option<&'e Entity>) -> Vec<CandidateRecord<'e>> {
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
        let people = gazetteer.lookup(name, self.extraction.article.date).into_iter();
        let people = people.filter_map(|candidate| match candidate.sense {
            Sense::Person(person) => Some(person),
            _ => None,
        });
        let known = |person| {
            let person = gazetteer.person(person);
            CandidateRecord {
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
        let Extraction {
            article,
            document,
            attributions,
            resolution,
            ..
        } = self.extraction;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("schema", SCHEMA)?;
        object.serialize_entry("id", &article.id)?;
        object.serialize_entry("title", &article.title)?;
        object.serialize_entry("date", &article.date.map(Displayed))?;
        object.serialize_entry("url", &article.url)?;
        for (name, value) in [
            ("author", article.author.as_deref()),
            ("site", article.site.as_deref()),
            ("encoding", article.encoding),
            ("text", self.text.then_some(document.text)),
        ] {
            if let Some(value) = value {
                object.serialize_entry(name, value)?;
            }
        }
        object.serialize_entry("offsets", &self.offsets)?;
        let sentences = Seq(|| document.sentences.iter().map(|sentence| self.place(sentence.span)));
        object.serialize_entry("sentences", &sentences)?;
        let entities = Seq(|| numbered(&resolution.entities).map(|(id, entity)| self.entity(id, entity)));
        object.serialize_entry("entities", &entities)?;
        let quotes = Seq(|| numbered(attributions).map(|(id, said)| self.quote(id, said)));
        object.serialize_entry("quotes", &quotes)?;
        for (name, value) in &article.extra {
            if !OWN.contains(&name.as_str()) {
                object.serialize_entry(name, value)?;
            }
        }
        object.end()
    }
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

#[derive(Serialize)]
struct Place {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct NamedPlace<'t> {
    start: u32,
    end: u32,
    text: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
}

#[derive(Serialize)]
struct EntityRecord<'r, M> {
    id: usize,
    kind: &'static str,
    name: &'r str,
    wikidata: Option<&'r str>,
    country: Option<&'r str>,
    office: Option<&'r str>,
    #[serde(skip_serializing_if = "is_false")]
    anonymous: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<NamedPlace<'r>>,
    mentions: M,
}

#[derive(Serialize)]
struct QuoteRecord<'r, P, Q> {
    id: usize,
    #[serde(rename = "type")]
    kind: &'static str,
    text: Joined<'r>,
    spans: P,
    quoted: Q,
    cue: Option<NamedPlace<'r>>,
    speaker: Option<SpeakerRecord<'r, 'r>>,
    sentence: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attitude: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    negated: bool,
    #[serde(skip_serializing_if = "is_false")]
    hypothetical: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<u32>,
    confidence: f64,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternatives: Option<Vec<AlternativeRecord<'r, 'r>>>,
}

/// Somebody else who may be the speaker.
#[derive(Serialize)]
struct AlternativeRecord<'e, 't> {
    #[serde(flatten)]
    speaker: SpeakerRecord<'e, 't>,
    probability: f64,
}

/// Somebody whom the gazetteer knows by a name.
#[derive(Serialize)]
struct CandidateRecord<'e> {
    name: &'e str,
    wikidata: Option<&'e str>,
    country: Option<&'e str>,
}

#[derive(Serialize)]
struct SpeakerRecord<'e, 't> {
    entity: Option<u32>,
    name: Option<&'e str>,
    kind: Option<&'static str>,
    office: Option<&'e str>,
    mention: NamedPlace<'t>,
    #[serde(skip_serializing_if = "is_false")]
    anonymous: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<NamedPlace<'t>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<CandidateRecord<'e>>,
}

fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1000.0).round() / 1000.0
}

fn is_false(value: &bool) -> bool {
    !value
}

fn numbered<T>(items: &[T]) -> impl Iterator<Item = (usize, &T)> {
    items.iter().enumerate()
}

/// A JSON array of what an iterator gives, without a vector in between.
struct Seq<F>(F);

impl<F, I> Serialize for Seq<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A JSON string of what is displayed.
struct Displayed<T>(T);

impl<T: fmt::Display> Serialize for Displayed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The words of several spans, one space between two of them.
struct Joined<'r> {
    text: &'r str,
    spans: &'r [Span],
}

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, span) in self.spans.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(span.of(self.text))?;
        }
        Ok(())
    }
}

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
