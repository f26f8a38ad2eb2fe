//! A record with all that can be worked out of it before the database is asked.
//!
//! In: a record. Out: the same with the keys, hashes, sketches and columns of its rows. This is done on the threads that
//! extract, so that the one that writes has only to look up and to write.

use super::incoming::{Incoming, IncomingAlternative, IncomingEntity, IncomingMention, IncomingQuote, Place};
use super::same::Sketch;
use super::vocabulary::vocabulary;
use super::words::{fold_name, hash64, text_hash};
use std::collections::HashMap;
use std::sync::Arc;

/// A record that is ready to be stored.
#[derive(Debug)]
pub struct Ready {
    pub(super) incoming: Incoming,
    /// What it was made of.
    pub(super) input_hash: String,
    /// What its article is known by.
    pub(super) key: String,
    pub(super) outlet: Option<String>,
    pub(super) text_hash: Option<String>,
    /// The words of its text, as the index has them.
    pub(super) words: Vec<u32>,
    /// Its sentences as the column has them.
    pub(super) sentences: String,
    /// What each of its entities is known by.
    pub(super) entities: Vec<Known>,
    /// Its mentions as the column has them.
    pub(super) mentions: String,
    /// How many of its quotes are direct, mixed and indirect.
    pub(super) types: [u32; 3],
    /// How many of its quotes hide their source.
    pub(super) anonymous: u32,
    pub(super) quotes: Vec<ReadyQuote>,
}

/// What an entity's row is found by.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) key: String,
    pub(super) folded: String,
}

/// What is worked out of a quote.
#[derive(Debug)]
pub(super) struct ReadyQuote {
    pub(super) key: i64,
    pub(super) sketch: Arc<Sketch>,
    pub(super) shingles: Vec<i32>,
    /// How many shingles there would be if none were left out.
    pub(super) pairs: usize,
    pub(super) spans: String,
    pub(super) quoted: String,
    /// Which entities its words mention.
    pub(super) about: Vec<usize>,
    /// Who else may have said it, as the column has it.
    pub(super) alternatives: Option<String>,
}

/// A mention, and the place of its entity among the entities.
struct Mention<'i> {
    entity: usize,
    mention: &'i IncomingMention,
}

impl Ready {
    /// Works it out. `input_hash` is the hash of what the record was made of.
    pub fn new(incoming: Incoming, input_hash: impl Into<String>) -> Ready {
        let key = incoming.key();
        let entities = incoming.entities.iter();
        let mut mentions: Vec<Mention> = entities
            .enumerate()
            .flat_map(|(entity, known)| known.mentions.iter().map(move |mention| Mention { entity, mention }))
            .collect();
        mentions.sort_by_key(|Mention { mention, .. }| (mention.start, mention.end));
        let mut numbering = HashMap::new();
        let quotes = incoming.quotes.iter();
        let count = |of: &dyn Fn(&IncomingQuote) -> bool| quotes.clone().filter(|quote| of(quote)).count() as u32;
        Ready {
            types: ["direct", "mixed", "indirect"].map(|kind| count(&|quote| quote.kind == kind)),
            anonymous: count(&|quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.anonymous)),
            input_hash: input_hash.into(),
            outlet: incoming.outlet(),
            text_hash: incoming.text.as_deref().map(text_hash),
            words: incoming.text.as_deref().map(vocabulary).unwrap_or_default(),
            sentences: pairs(&incoming.sentences),
            entities: incoming.entities.iter().map(Known::new).collect(),
            mentions: mentions_json(&mentions, incoming.text.is_none()),
            quotes: quotes
                .clone()
                .map(|quote| ReadyQuote::new(quote, &key, &mentions, &mut numbering))
                .collect(),
            key,
            incoming,
        }
    }

    /// The same with the text that is stored of its article, if it was made of that one but does not have it with it.
    pub(super) fn with_text(&self, text: String) -> Option<Ready> {
        let placed = self.incoming.clone().placed_in(text)?;
        Some(Ready::new(placed, self.input_hash.clone()))
    }

    /// The record itself.
    pub fn into_incoming(self) -> Incoming {
        self.incoming
    }
}

impl Known {
    /// One for each Wikidata identifier; without one, one for each kind and name.
    pub(super) fn new(entity: &IncomingEntity) -> Known {
        let folded = fold_name(&entity.name);
        let named = if folded.is_empty() { &entity.name } else { &folded };
        let key = match &entity.wikidata {
            Some(wikidata) if entity.kind == "person" => wikidata.clone(),
            // A country and its government share an identifier.
            Some(wikidata) => format!("{wikidata}:{}", entity.kind),
            None if entity.anonymous => format!("anonymous:{named}"),
            None => format!("{}:{named}", entity.kind),
        };
        Known { key, folded }
    }
}

impl ReadyQuote {
    fn new(
        quote: &IncomingQuote,
        article: &str,
        mentions: &[Mention],
        numbering: &mut HashMap<u64, u32>,
    ) -> ReadyQuote {
        let sketch = Sketch::new(&quote.text);
        let (shingles, all) = sketch.shingles();
        ReadyQuote {
            key: quote_key(article, sketch.hash(), numbering),
            shingles,
            pairs: all,
            spans: pairs(&quote.spans),
            quoted: pairs(&quote.quoted),
            about: about(&quote.spans, mentions),
            alternatives: alternatives(&quote.alternatives),
            sketch: Arc::new(sketch),
        }
    }
}

/// What a quote is known by when its article is read anew: the article, its words, and which one of those it is that
/// have the same words. Where it stands may change.
fn quote_key(article: &str, words: u64, numbering: &mut HashMap<u64, u32>) -> i64 {
    let number = numbering.entry(words).or_default();
    *number += 1;
    hash64(&[article.as_bytes(), &words.to_le_bytes(), &number.to_le_bytes()]) as i64
}

/// Which entities are mentioned there.
fn about(spans: &[Place], mentions: &[Mention]) -> Vec<usize> {
    let mut about = Vec::new();
    for span in spans {
        let from = mentions.partition_point(|Mention { mention, .. }| mention.start < span.start);
        let behind = mentions[from..].iter();
        let inside = behind.take_while(|Mention { mention, .. }| mention.start < span.end);
        about.extend(inside.filter(|of| of.mention.end <= span.end).map(|of| of.entity));
    }
    about.sort_unstable();
    about.dedup();
    about
}

/// Mentions as JSON: `[[0,61,65,"name"],[0,90,92,"pronoun"]]`, with their words where the article's are not there.
fn mentions_json(mentions: &[Mention], words: bool) -> String {
    let mut json = String::with_capacity(2 + 24 * mentions.len());
    json.push('[');
    for (at, Mention { entity, mention }) in mentions.iter().enumerate() {
        json.push_str(if at == 0 { "[" } else { ",[" });
        number(&mut json, *entity as u64);
        json.push(',');
        number(&mut json, mention.start.into());
        json.push(',');
        number(&mut json, mention.end.into());
        json.push(',');
        word(&mut json, mention.form.as_deref().unwrap_or("name"));
        if words {
            json.push(',');
            string(&mut json, &mention.text);
        }
        json.push(']');
    }
    json.push(']');
    json
}

/// As JSON: `[[3,0.21,"the minister",7,19]]`; `null` for what is not known.
fn alternatives(others: &[IncomingAlternative]) -> Option<String> {
    let rows: Vec<_> = others
        .iter()
        .map(|other| {
            // Whoever is no entity is told by the words alone: nobody is made up for a guess.
            let mention = other.speaker.mention.as_ref();
            (
                other.speaker.entity,
                other.probability,
                mention.map(|mention| &mention.text),
                mention.map(|mention| mention.start),
                mention.map(|mention| mention.end),
            )
        })
        .collect();
    (!rows.is_empty()).then(|| serde_json::to_string(&rows).unwrap_or_default())
}

/// A string that mostly has nothing to be escaped.
fn word(json: &mut String, text: &str) {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        string(json, text);
    }
}

fn string(json: &mut String, text: &str) {
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}

fn number(json: &mut String, number: u64) {
    json.push_str(itoa::Buffer::new().format(number));
}

/// Places as JSON: `[[0,17],[20,31]]`.
fn pairs(places: &[Place]) -> String {
    let mut json = String::with_capacity(2 + 12 * places.len());
    json.push('[');
    for (at, place) in places.iter().enumerate() {
        json.push_str(if at == 0 { "[" } else { ",[" });
        number(&mut json, place.start.into());
        json.push(',');
        number(&mut json, place.end.into());
        json.push(']');
    }
    json.push(']');
    json
}
