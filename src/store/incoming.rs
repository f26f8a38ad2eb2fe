//! A record on its way into the database.
//!
//! In: one JSON object of schema `attache/1`, from this program or any other, or an extraction just made. Out: its
//! article, entities and quotes, typed, with offsets in code points wherever the text is there to convert them; or what
//! is wrong with it. Fields that earlier versions did not write may be missing; fields that nobody here knows are let be.

use super::words::{hash128, text_hash};
use crate::article::{Article, Id, host, parse_date};
use crate::error::{Error, Result};
use crate::offsets::{Converter, Offsets};
use crate::record::SCHEMA;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// One of the few words that the schema has for something.
type Word = Cow<'static, str>;

/// An article with its quotes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Incoming {
    pub(super) schema: String,
    /// The user's own identifier.
    #[serde(default)]
    pub(super) id: Option<Value>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Day of publication, `2017-04-12`.
    #[serde(default)]
    pub date: Option<String>,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// Who wrote it.
    #[serde(default, deserialize_with = "lenient")]
    pub author: Option<String>,
    /// The outlet, if the record says so.
    #[serde(default, deserialize_with = "lenient")]
    pub site: Option<String>,
    /// Another name for the outlet that inputs use.
    #[serde(default, deserialize_with = "lenient")]
    pub(super) outlet: Option<String>,
    /// Another name for the outlet that inputs use.
    #[serde(default, deserialize_with = "lenient")]
    pub(super) source: Option<String>,
    /// Where and when it was written, as printed.
    #[serde(default, deserialize_with = "as_json")]
    pub dateline: Option<String>,
    /// `article`, `transcript` or `statement`.
    #[serde(default)]
    pub form: Option<String>,
    /// What offsets count.
    pub offsets: Offsets,
    /// The text, if the record has it.
    #[serde(default)]
    pub text: Option<String>,
    /// All sentences.
    #[serde(default)]
    pub sentences: Vec<Place>,
    /// Who is mentioned.
    pub entities: Vec<IncomingEntity>,
    /// What is said.
    pub quotes: Vec<IncomingQuote>,
}

/// A place in the text, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first unit.
    pub start: u32,
    /// The first unit behind it.
    pub end: u32,
}

/// Somebody or something mentioned.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IncomingEntity {
    /// `person`, `place`, `organization`, `office`, `group` or `thing`.
    pub kind: Word,
    /// Its name.
    pub name: String,
    /// Wikidata's identifier.
    #[serde(default)]
    pub wikidata: Option<String>,
    /// ISO 3166 code.
    #[serde(default)]
    pub country: Option<String>,
    /// The office held on the article's date.
    #[serde(default)]
    pub office: Option<String>,
    /// Whether the text hides who it is.
    #[serde(default)]
    pub anonymous: bool,
    /// Where.
    #[serde(default)]
    pub mentions: Vec<IncomingMention>,
}

/// A span that refers to somebody.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IncomingMention {
    /// The first unit.
    pub start: u32,
    /// The first unit behind it.
    pub end: u32,
    /// Its words; of what was extracted just now, an entity's are left to the article's text.
    pub text: String,
    /// `name`, `pronoun` …; cues and reasons have none.
    #[serde(default)]
    pub form: Option<Word>,
}

/// One piece of reported speech.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IncomingQuote {
    /// Its number in the record.
    pub id: u32,
    /// `direct`, `mixed` or `indirect`.
    #[serde(rename = "type")]
    pub kind: Word,
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub spans: Vec<Place>,
    /// The verbatim parts.
    #[serde(default)]
    pub quoted: Vec<Place>,
    /// The expression that attributes.
    #[serde(default)]
    pub cue: Option<IncomingMention>,
    /// Who speaks.
    #[serde(default)]
    pub speaker: Option<IncomingSpeaker>,
    /// Who says it together with the speaker.
    #[serde(default)]
    pub co_speakers: Vec<IncomingSpeaker>,
    /// The sentence it starts in.
    #[serde(default)]
    pub sentence: Option<u32>,
    /// Probability that words and speaker are right.
    pub confidence: f64,
    /// The construction.
    #[serde(default)]
    pub rule: Word,
    /// What sort of speech: statement, denial …
    #[serde(default)]
    pub attitude: Option<Word>,
    /// Whether it is said not to have been said.
    #[serde(default)]
    pub negated: bool,
    /// Whether it is only imagined.
    #[serde(default)]
    pub hypothetical: bool,
    /// The quote whose content it stands in.
    #[serde(default)]
    pub within: Option<u32>,
    /// Who else may have said it, the likeliest first.
    #[serde(default)]
    pub alternatives: Vec<IncomingAlternative>,
}

/// Somebody else who may be the speaker.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IncomingAlternative {
    /// Who.
    #[serde(flatten)]
    pub speaker: IncomingSpeaker,
    /// How likely.
    pub probability: f64,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IncomingSpeaker {
    /// Its place among the entities.
    #[serde(default)]
    pub entity: Option<usize>,
    /// Its name; a group without an entity has one too.
    #[serde(default)]
    pub name: Option<String>,
    /// Its kind.
    #[serde(default)]
    pub kind: Option<Word>,
    /// Its office.
    #[serde(default)]
    pub office: Option<String>,
    /// How the text refers to it here.
    #[serde(default)]
    pub mention: Option<IncomingMention>,
    /// Whether the text hides who it is.
    #[serde(default)]
    pub anonymous: bool,
    /// Why it is hidden, if the text says so.
    #[serde(default)]
    pub reason: Option<IncomingMention>,
}

impl Incoming {
    /// Whether a line of JSON is a record (rather than an article still to be read): it names a schema of attache's.
    pub fn is_record(line: &[u8]) -> bool {
        #[derive(Deserialize)]
        struct Probe {
            schema: Option<Value>,
        }
        // Nearly every record begins so.
        line.trim_ascii_start().starts_with(b"{\"schema\":\"attache/")
            || serde_json::from_slice::<Probe>(line).is_ok_and(|probe| {
                let schema = probe.schema.as_ref().and_then(Value::as_str);
                schema.is_some_and(|schema| schema.starts_with("attache/"))
            })
    }

    /// Reads one record.
    pub fn from_json(line: &[u8]) -> Result<Incoming> {
        let incoming: Incoming = serde_json::from_slice(line).map_err(|why| match why.classify() {
            serde_json::error::Category::Data => Error::Record(why.to_string()),
            _ => Error::Json(why.to_string()),
        })?;
        if incoming.schema != SCHEMA {
            return Err(Error::Record(format!("its schema is {:?}", incoming.schema)));
        }
        incoming.checked()?.in_code_points()
    }

    /// The user's identifier, as text.
    pub fn id(&self) -> Option<String> {
        match &self.id {
            Some(Value::String(id)) => Some(id.clone()),
            Some(Value::Number(id)) => Some(id.to_string()),
            _ => None,
        }
    }

    /// What the article is known by from one ingest to the next: its URL, else its id, else its text.
    pub fn key(&self) -> String {
        let text = || match &self.text {
            Some(text) => text_hash(text),
            // A record without a text: what is said in it has to do.
            None => {
                let said: Vec<&[u8]> = self.quotes.iter().map(|quote| quote.text.as_bytes()).collect();
                hash128(&said)
            }
        };
        key(self.url.as_deref(), self.id().as_deref(), text)
    }

    /// The outlet: the record's own word for it, else the host of the URL. A news agency that the dateline names is who
    /// wrote it; who printed it is asked for first.
    pub fn outlet(&self) -> Option<String> {
        let said = [&self.site, &self.outlet, &self.source].into_iter().flatten();
        let said = said.map(|name| name.trim()).filter(|name| !name.is_empty());
        let dateline = self.dateline.as_deref().unwrap_or_default();
        let (agencies, printed): (Vec<&str>, Vec<&str>) = said.partition(|name| dateline.contains(name));
        let printed = printed.first().map(|&name| name.to_owned());
        let host = || host(self.url.as_deref()?);
        printed
            .or_else(host)
            .or_else(|| agencies.first().map(|&name| name.to_owned()))
    }

    /// Sets the outlet where the record does not say.
    pub fn from_outlet(self, outlet: Option<&str>) -> Incoming {
        match outlet {
            Some(outlet) if self.outlet().is_none() => Incoming {
                site: Some(outlet.to_owned()),
                ..self
            },
            _ => self,
        }
    }

    fn checked(mut self) -> Result<Incoming> {
        let wrong = |why: String| Err(Error::Record(why));
        if let Some(date) = &self.date {
            self.date = Some(parse_date(date)?.to_string());
        }
        for (number, quote) in self.quotes.iter().enumerate() {
            if quote.id as usize != number {
                return wrong(format!("quote {number} has the id {}", quote.id));
            }
            if !matches!(&*quote.kind, "direct" | "mixed" | "indirect") {
                return wrong(format!("quote {number} has the type {:?}", quote.kind));
            }
            let others = quote.alternatives.iter();
            if others.clone().any(|other| !(0.0..=1.0).contains(&other.probability)) {
                return wrong(format!(
                    "quote {number} has an alternative with a probability that is none"
                ));
            }
            if !(0.0..=1.0).contains(&quote.confidence) {
                return wrong(format!("quote {number} has the confidence {}", quote.confidence));
            }
            let spans = quote.spans.iter().chain(&quote.quoted);
            if quote.spans.is_empty() || spans.clone().any(|span| span.start > span.end) {
                return wrong(format!(
                    "quote {number} has no spans, or one that ends before it starts"
                ));
            }
            let speakers = quote.speaker.iter().chain(&quote.co_speakers);
            let mut speakers = speakers.chain(others.map(|other| &other.speaker));
            if speakers.any(|speaker| speaker.entity.is_some_and(|entity| entity >= self.entities.len())) {
                return wrong(format!("a speaker of quote {number} is none of the entities"));
            }
        }
        Ok(self)
    }

    /// With the text at hand, offsets in other units become code points.
    fn in_code_points(mut self) -> Result<Incoming> {
        let Some(text) = self.text.take() else { return Ok(self) };
        let (given, chars) = (
            Converter::new(&text, self.offsets),
            Converter::new(&text, Offsets::Char),
        );
        let convert = |at: &mut u32| match given.byte(*at) {
            Some(byte) => {
                *at = chars.at(byte);
                Ok(())
            }
            None => Err(Error::Record(format!("the offset {at} is no place in the text"))),
        };
        let mut places: Vec<&mut u32> = Vec::new();
        places.extend(
            self.sentences
                .iter_mut()
                .flat_map(|span| [&mut span.start, &mut span.end]),
        );
        let mut mentions: Vec<&mut IncomingMention> = Vec::new();
        mentions.extend(self.entities.iter_mut().flat_map(|entity| &mut entity.mentions));
        for quote in &mut self.quotes {
            let spans = quote.spans.iter_mut().chain(&mut quote.quoted);
            places.extend(spans.flat_map(|span| [&mut span.start, &mut span.end]));
            mentions.extend(&mut quote.cue);
            let others = quote.alternatives.iter_mut().map(|other| &mut other.speaker);
            let speakers = quote.speaker.iter_mut().chain(&mut quote.co_speakers);
            for speaker in speakers.chain(others) {
                mentions.extend(&mut speaker.mention);
                mentions.extend(&mut speaker.reason);
            }
        }
        places.extend(mentions.into_iter().flat_map(|span| [&mut span.start, &mut span.end]));
        for place in places {
            convert(place)?;
        }
        self.offsets = Offsets::Char;
        self.text = Some(text);
        Ok(self)
    }
}

impl Incoming {
    /// The same with a text, if that is the one it was made of: the words that it tells of stand in their places there.
    /// None if they do not, or if it tells of none.
    pub(super) fn placed_in(mut self, text: String) -> Option<Incoming> {
        self.text = Some(text);
        let placed = self.in_code_points().ok()?;
        let text = placed.text.as_deref()?;
        let chars = Converter::new(text, Offsets::Char);
        let stand = |told: &str, places: &[Place]| {
            let spans = places.iter().map(|place| chars.span(place.start, place.end).ok());
            let found: Option<Vec<&str>> = spans.map(|span| Some(span?.of(text))).collect();
            let found = found.unwrap_or_default();
            found
                .iter()
                .flat_map(|words| words.split_whitespace())
                .eq(told.split_whitespace())
        };
        let named = placed.entities.iter().flat_map(|entity| &entity.mentions);
        let mut named = named.map(|mention| {
            let IncomingMention { start, end, .. } = *mention;
            stand(&mention.text, &[Place { start, end }])
        });
        let any = !placed.quotes.is_empty() || placed.entities.iter().any(|entity| !entity.mentions.is_empty());
        let all = named.all(|stands| stands) && placed.quotes.iter().all(|quote| stand(&quote.text, &quote.spans));
        (any && all).then_some(placed)
    }
}

/// What an article will be known by, before it is read.
pub(super) fn key_of(article: &Article) -> String {
    let id = match &article.id {
        Some(Id::Text(id)) => Some(id.clone()),
        Some(Id::Number(id)) => Some(id.to_string()),
        None => None,
    };
    key(article.url.as_deref(), id.as_deref(), || text_hash(&article.text))
}

fn key(url: Option<&str>, id: Option<&str>, text: impl FnOnce() -> String) -> String {
    match (url, id) {
        (Some(url), _) if !url.trim().is_empty() => format!("url:{}", url.trim()),
        (_, Some(id)) if !id.trim().is_empty() => format!("id:{}", id.trim()),
        _ => format!("text:{}", text()),
    }
}

/// A field of the user's: text counts, anything else is not meant for us.
fn lenient<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// Text as it is, anything else as JSON.
fn as_json<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}
