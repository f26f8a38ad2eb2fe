//! An extraction on its way into the database: what its record would say, without writing and reading it.
//!
//! In: an extraction just made. Out: the same [`Incoming`] that its record gives, with the text.

use super::incoming::{
    Incoming, IncomingAlternative, IncomingEntity, IncomingMention, IncomingQuote, IncomingSpeaker, Place,
};
use crate::extractor::Extraction;
use crate::offsets::Offsets;
use crate::record::{self, Record, SCHEMA};
use serde_json::Value;
use std::borrow::Cow;

impl Incoming {
    /// What was extracted just now.
    pub fn from_extraction(extraction: &Extraction) -> Incoming {
        let record = Record::new(extraction, Offsets::Char);
        let article = extraction.article;
        let extra = |name: &str| article.extra.get(name).and_then(Value::as_str).map(str::to_owned);
        Incoming {
            schema: SCHEMA.to_owned(),
            id: article.id.as_ref().and_then(|id| serde_json::to_value(id).ok()),
            title: article.title.clone(),
            date: extraction.date().map(|date| date.to_string()),
            url: article.url.clone(),
            author: extraction.author().map(Cow::into_owned),
            site: extraction.site().map(str::to_owned),
            outlet: extra("outlet"),
            source: extra("source"),
            dateline: match article.extra.get("dateline") {
                None => record.dateline().map(str::to_owned),
                Some(Value::Null) => None,
                Some(Value::String(text)) => Some(text.clone()),
                Some(other) => Some(other.to_string()),
            },
            form: record.form().map(str::to_owned),
            offsets: Offsets::Char,
            text: Some(article.text.clone()),
            sentences: record.sentences().map(place).collect(),
            entities: record.entities().map(entity).collect(),
            quotes: record.quotes().map(|said| quote(&record, said)).collect(),
        }
    }
}

fn place(place: record::Place) -> Place {
    Place {
        start: place.start,
        end: place.end,
    }
}

fn mention(mention: record::Mention) -> IncomingMention {
    IncomingMention {
        start: mention.start,
        end: mention.end,
        text: mention.text.to_owned(),
        form: mention.form.map(Cow::Borrowed),
    }
}

fn entity(entity: record::Entity) -> IncomingEntity {
    IncomingEntity {
        kind: Cow::Borrowed(entity.kind),
        name: entity.name.to_owned(),
        wikidata: entity.wikidata.map(str::to_owned),
        country: entity.country.map(str::to_owned),
        office: entity.office.map(str::to_owned),
        anonymous: entity.anonymous,
        mentions: entity
            .mentions
            .into_iter()
            .map(|place| IncomingMention {
                start: place.start,
                end: place.end,
                text: String::new(),
                form: place.form.map(Cow::Borrowed),
            })
            .collect(),
    }
}

fn quote(record: &Record, quote: record::Quote) -> IncomingQuote {
    let alternatives = record.others(quote.id).map(|other| IncomingAlternative {
        probability: other.probability,
        speaker: speaker(other.speaker),
    });
    IncomingQuote {
        id: quote.id as u32,
        kind: Cow::Borrowed(quote.kind),
        text: quote.text.to_string(),
        spans: quote.spans.iter().map(place).collect(),
        quoted: quote.quoted.iter().map(place).collect(),
        cue: quote.cue.map(mention),
        speaker: quote.speaker.map(speaker),
        co_speakers: quote.co_speakers.into_iter().map(speaker).collect(),
        sentence: quote.sentence.map(|sentence| sentence as u32),
        confidence: quote.confidence,
        rule: Cow::Borrowed(quote.rule),
        attitude: quote.attitude.map(Cow::Borrowed),
        negated: quote.negated,
        hypothetical: quote.hypothetical,
        within: quote.within,
        alternatives: alternatives.collect(),
    }
}

fn speaker(speaker: record::Speaker) -> IncomingSpeaker {
    IncomingSpeaker {
        entity: speaker.entity.map(|entity| entity as usize),
        name: speaker.name.map(str::to_owned),
        kind: speaker.kind.map(Cow::Borrowed),
        office: speaker.office.map(str::to_owned),
        mention: Some(mention(speaker.mention)),
        anonymous: speaker.anonymous,
        reason: speaker.reason.map(mention),
    }
}
