//! What an article says, as pages show it.
//!
//! In: a record with offsets in bytes, or whatever else knows the same (the database). Out: the parts that pages show,
//! with plain Rust types.

use crate::record::{self, Record};

#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Stands in all names of places on the page, where several articles share one.
    pub(crate) anchor: String,
    pub(crate) sentences: Vec<Place>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) quotes: Vec<Quote>,
}

/// Bytes of the text, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) office: Option<String>,
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) place: Place,
    pub(crate) text: String,
    pub(crate) form: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Quote {
    pub(crate) id: usize,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) spans: Vec<Place>,
    pub(crate) cue: Option<Mention>,
    pub(crate) speaker: Option<Speaker>,
    /// The names of those who say it with the speaker.
    pub(crate) co_speakers: Vec<String>,
    /// Who else may have said it, the likeliest first.
    pub(crate) others: Vec<Other>,
    pub(crate) confidence: f64,
    pub(crate) rule: String,
    pub(crate) attitude: Option<String>,
    pub(crate) negated: bool,
    pub(crate) hypothetical: bool,
}

#[derive(Debug)]
pub(crate) struct Speaker {
    pub(crate) entity: Option<usize>,
    pub(crate) name: Option<String>,
    pub(crate) office: Option<String>,
    pub(crate) mention: Mention,
    pub(crate) anonymous: bool,
}

#[derive(Debug)]
pub(crate) struct Other {
    /// The name, or the article's own words for one without a name.
    pub(crate) name: String,
    pub(crate) probability: f64,
}

impl Place {
    fn new(place: record::Place) -> Place {
        Place {
            start: place.start as usize,
            end: place.end as usize,
        }
    }
}

impl Mention {
    fn new(mention: &record::Mention) -> Mention {
        Mention {
            place: Place {
                start: mention.start as usize,
                end: mention.end as usize,
            },
            text: mention.text.to_owned(),
            form: mention.form.map(str::to_owned),
        }
    }
}

impl Quote {
    fn new(record: &Record, quote: &record::Quote) -> Quote {
        let others = record.others(quote.id).map(|other| Other {
            name: other.speaker.called().to_owned(),
            probability: other.probability,
        });
        let speaker = quote.speaker.as_ref().map(|speaker| Speaker {
            entity: speaker.entity.map(|entity| entity as usize),
            name: speaker.name.map(str::to_owned),
            office: speaker.office.map(str::to_owned),
            mention: Mention::new(&speaker.mention),
            anonymous: speaker.anonymous,
        });
        Quote {
            id: quote.id,
            kind: quote.kind.to_owned(),
            text: quote.text.to_string(),
            spans: quote.spans.iter().map(Place::new).collect(),
            cue: quote.cue.as_ref().map(Mention::new),
            speaker,
            co_speakers: quote
                .co_speakers
                .iter()
                .map(|other| other.called().to_owned())
                .collect(),
            others: others.collect(),
            confidence: quote.confidence,
            rule: quote.rule.to_owned(),
            attitude: quote.attitude.map(str::to_owned),
            negated: quote.negated,
            hypothetical: quote.hypothetical,
        }
    }

    /// The speaker's name, or the article's own words for one without a name.
    pub(crate) fn speaker_name(&self) -> &str {
        match &self.speaker {
            None => "nobody named",
            Some(Speaker { name: Some(name), .. }) => name,
            Some(speaker) => &speaker.mention.text,
        }
    }
}

/// How many colours there are for speakers.
const COLOURS: usize = 8;

impl Said {
    /// What a record says; its offsets must count bytes.
    pub(crate) fn new(record: &Record, anchor: String) -> Said {
        let entities = record.entities().map(|entity| Entity {
            kind: entity.kind.to_owned(),
            name: entity.name.to_owned(),
            office: entity.office.map(str::to_owned),
            mentions: entity.mentions.iter().map(Mention::new).collect(),
        });
        Said {
            anchor,
            sentences: record.sentences().map(Place::new).collect(),
            entities: entities.collect(),
            quotes: record.quotes().map(|quote| Quote::new(record, &quote)).collect(),
        }
    }

    /// What the number of a quote makes the name of a place on the page.
    pub(crate) fn name(&self, quote: usize) -> String {
        format!("{}{quote}", self.anchor)
    }

    /// For each quote a colour's number: one for each speaker, in the order of their first quotes, none for those without a
    /// name. After the last colour the first one comes again.
    pub(crate) fn colours(&self) -> Vec<Option<usize>> {
        let mut known: Vec<(Option<usize>, &str)> = Vec::new();
        let mut colours = Vec::with_capacity(self.quotes.len());
        for quote in &self.quotes {
            let who = quote.speaker.as_ref().and_then(|speaker| {
                let name = speaker.name.as_deref().filter(|_| !speaker.anonymous)?;
                Some((speaker.entity, name))
            });
            colours.push(who.map(|who| {
                let at = known.iter().position(|known| *known == who);
                at.unwrap_or_else(|| {
                    known.push(who);
                    known.len() - 1
                }) % COLOURS
            }));
        }
        colours
    }
}
