//! A record as pages show it.
//!
//! In: JSON of schema `attache/1` with offsets in bytes. Out: the parts that pages show, with plain Rust types. Whatever
//! a record may leave out may be missing here too.

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    pub(crate) sentences: Vec<Place>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) quotes: Vec<Quote>,
}

/// Bytes of the text, end-exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) office: Option<String>,
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Mention {
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) text: String,
    pub(crate) form: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Quote {
    pub(crate) id: usize,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) spans: Vec<Place>,
    pub(crate) cue: Option<Mention>,
    pub(crate) speaker: Option<Speaker>,
    pub(crate) confidence: f64,
    pub(crate) rule: String,
    pub(crate) attitude: Option<String>,
    #[serde(default)]
    pub(crate) negated: bool,
    #[serde(default)]
    pub(crate) hypothetical: bool,
    /// Where it stands in the database, if it comes from there.
    #[serde(skip)]
    pub(crate) stored: Option<Stored>,
}

/// What the database adds to a quote.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) quote: i64,
    pub(crate) statement: Option<i64>,
    pub(crate) speaker: Option<i64>,
    pub(crate) corrected: bool,
    pub(crate) retracted: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Speaker {
    pub(crate) entity: Option<usize>,
    pub(crate) name: Option<String>,
    pub(crate) office: Option<String>,
    pub(crate) mention: Mention,
    #[serde(default)]
    pub(crate) anonymous: bool,
}

impl Quote {
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
