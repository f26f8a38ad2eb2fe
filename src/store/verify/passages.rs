//! What is to be checked in a draft.
//!
//! In: a record with its text. Out: its passages: the verbatim parts of each quote, those of one sentence together; and
//! what stands between quotation marks though nobody was found to say it, if it is too long for a title or a word held at
//! arm's length. Indirect speech has no words to check.

use super::frame::DOUBTS;
use super::who::Who;
use crate::offsets::{Converter, Offsets};
use crate::store::incoming::{Incoming, IncomingQuote, Place};
use crate::store::meaning::Class;
use crate::store::wording::source_words;
use crate::text::Document;
use std::borrow::Cow;

/// A quotation of nobody is checked from so many words on.
const TELLING: usize = 5;

/// The same for one in a headline, where most are somebody's.
const TELLING_TITLE: usize = 3;

/// A negation so many words before a passage belongs to it.
const NEAR: usize = 3;

/// Words of a draft that must be found.
#[derive(Debug)]
pub(super) struct Passage {
    /// Its quote's number in the record; none if nobody was found to say it.
    pub(super) quote: Option<u32>,
    pub(super) text: String,
    /// In code points of the draft's text.
    pub(super) spans: Vec<Place>,
    pub(super) who: Who,
    /// How the draft calls the speaker here.
    pub(super) mention: Option<String>,
    /// Whether the draft says that it was not said, or only imagines it.
    pub(super) denied: bool,
    /// Whether a negation stands right before it: no longer "a failure".
    pub(super) negated: bool,
}

impl Passage {
    /// Words between quotation marks that nobody was found to say.
    fn of_nobody(words: &str, spans: Vec<Place>, negated: bool) -> Passage {
        Passage {
            quote: None,
            text: words.to_owned(),
            spans,
            who: Who::default(),
            mention: None,
            denied: false,
            negated,
        }
    }

    /// Whether the draft gives it as the words of a human being with a name.
    pub(super) fn names_somebody(&self) -> bool {
        self.who.name.is_some() && self.who.kind.as_deref() == Some("person")
    }
}

/// The passages of a draft in order, and how many quotes are indirect.
pub(super) fn passages(draft: &Incoming, text: &str) -> (Vec<Passage>, usize) {
    let chars = Converter::new(text, Offsets::Char);
    let bytes = |place: &Place| chars.span(place.start, place.end).map(|span| span.range()).ok();
    let words = |place: &Place| bytes(place).and_then(|range| text.get(range)).unwrap_or_default();
    let mut passages = Vec::new();
    let mut indirect = 0;
    let mut covered: Vec<Place> = Vec::new();
    for quote in &draft.quotes {
        let direct = quote.kind == "direct";
        let mut parts = match quote.quoted.is_empty() && direct {
            true => quote.spans.clone(),
            false => quote.quoted.clone(),
        };
        indirect += usize::from(parts.is_empty());
        parts.sort_by_key(|part| part.start);
        covered.extend(&parts);
        let mut groups: Vec<Vec<Place>> = Vec::new();
        for part in parts {
            match groups.last_mut() {
                Some(group) if direct && group.last().is_some_and(|last| goes_on(words(last), words(&part))) => {
                    group.push(part);
                }
                _ => groups.push(vec![part]),
            }
        }
        for spans in groups {
            let parts: Vec<&str> = spans.iter().map(words).collect();
            let start = spans.first().and_then(bytes).map_or(0, |range| range.start);
            passages.push(Passage {
                quote: Some(quote.id),
                text: parts.join(" "),
                negated: is_negated(text.get(..start).unwrap_or_default()),
                spans,
                who: who(draft, quote),
                mention: mention(quote),
                denied: quote.negated || quote.hypothetical,
            });
        }
    }
    let document = Document::read(text);
    for quotation in &document.quotations {
        let place = Place {
            start: chars.at(quotation.span.start),
            end: chars.at(quotation.span.end),
        };
        let meets = |other: &Place| other.start < place.end && place.start < other.end;
        let long = crate::store::words::words(quotation.span.of(text)).len() >= TELLING;
        if long && quotation.inside.is_none() && !covered.iter().any(meets) {
            let negated = is_negated(text.get(..quotation.span.start as usize).unwrap_or_default());
            passages.push(Passage::of_nobody(quotation.span.of(text), vec![place], negated));
        }
    }
    let title = draft.title.as_deref().filter(|title| !text.contains(*title));
    passages.extend(title.into_iter().flat_map(of_title));
    passages.sort_by_key(|passage| passage.spans.first().map(|place| place.start));
    (passages, indirect)
}

/// The quotations of a headline that is no part of the text: they have no place there.
fn of_title(title: &str) -> Vec<Passage> {
    let document = Document::read(title);
    let long = document.quotations.iter().filter(|quotation| {
        let words = crate::store::words::words(quotation.span.of(title)).len();
        quotation.inside.is_none() && words >= TELLING_TITLE
    });
    long.map(|quotation| Passage::of_nobody(quotation.span.of(title), Vec::new(), false))
        .collect()
}

/// Whether a sentence goes on behind its cue: "We came," she said, "and left."
fn goes_on(one: &str, next: &str) -> bool {
    let ended = one.trim_end().ends_with(['.', '!', '?', '…']);
    !ended && next.trim_start().starts_with(char::is_lowercase)
}

/// Whether one of the last words of a sentence that has come as far as this is a negation.
fn is_negated(before: &str) -> bool {
    let from = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    let before = &before[from..];
    let words = source_words(before);
    // "Marsh, never shy, “…”", "Marsh said with no shame: “…”": another clause's.
    let apart = |text: &str| text.contains([',', ';', ':', '—']);
    let mut end = before.len();
    let near = words.iter().rev().take(NEAR).take_while(|word| {
        let together = !apart(&before[word.end..end]);
        end = word.start;
        together
    });
    near.into_iter()
        .any(|word| word.class == Class::Negation || DOUBTS.contains(&&*word.key))
}

fn who(draft: &Incoming, quote: &IncomingQuote) -> Who {
    let Some(speaker) = &quote.speaker else {
        return Who::default();
    };
    let entity = speaker.entity.and_then(|entity| draft.entities.get(entity));
    Who {
        name: speaker.name.clone(),
        wikidata: entity.and_then(|entity| entity.wikidata.clone()),
        kind: speaker.kind.clone().map(Cow::into_owned),
        country: entity.and_then(|entity| entity.country.clone()),
        anonymous: speaker.anonymous || entity.is_some_and(|entity| entity.anonymous),
    }
}

fn mention(quote: &IncomingQuote) -> Option<String> {
    Some(quote.speaker.as_ref()?.mention.as_ref()?.text.clone())
}
