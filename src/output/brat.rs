//! Standoff annotation for brat, and for whatever else reads its files.
//!
//! In: an extraction. Out: the lines of its `.ann` file, in code points of the article's text: `Source`, `Cue` and
//! `Content` spans, tied together by an `Attribution` event with its type, and a note on who the speaker is. Brat's spans
//! do not run over line breaks: they become several pieces there.

use crate::extractor::Extraction;
use crate::offsets::Offsets;
use crate::record::{Mention, Place, Quote, Record, Speaker};
use std::collections::HashMap;
use std::fmt::Display;
use std::io::{Result, Write};

/// The `annotation.conf` beside the files, by which brat knows what may be annotated.
pub const CONFIGURATION: &str = "\
[entities]
Source
Cue
Content

[relations]

[events]
Attribution\tContent+:Content, Source*:Source, Cue*:Cue

[attributes]
Type\tArg:<EVENT>, Value:direct|mixed|indirect
Negated\tArg:<EVENT>
Hypothetical\tArg:<EVENT>
";

pub(super) fn write(extraction: &Extraction, to: &mut impl Write) -> Result<()> {
    let record = Record::new(extraction, Offsets::Char);
    let mut lines = Lines {
        text: Text::new(&extraction.article.text),
        spans: HashMap::new(),
        events: 0,
        attributes: 0,
        notes: 0,
        to,
    };
    record.quotes().try_for_each(|quote| lines.quote(&quote))
}

/// The lines of a file and how many there are of each sort.
struct Lines<'t, W> {
    text: Text<'t>,
    /// What is annotated already: several attributions may share a source.
    spans: HashMap<(&'static str, Vec<Place>), usize>,
    events: usize,
    attributes: usize,
    notes: usize,
    to: W,
}

impl<W: Write> Lines<'_, W> {
    fn quote(&mut self, quote: &Quote) -> Result<()> {
        let content: Vec<Place> = quote.spans.iter().collect();
        let Some(content_id) = self.span("Content", &content)? else {
            return Ok(());
        };
        let mention = quote.speaker.as_ref().map(|speaker| place(&speaker.mention));
        let cue = quote.cue.as_ref().map(place);
        let mut sources = Vec::new();
        for speaker in quote.speaker.iter().chain(&quote.co_speakers) {
            let known = self.spans.len();
            let source = self.span("Source", &[place(&speaker.mention)])?;
            if self.spans.len() > known {
                self.person(speaker, source)?;
            }
            sources.extend(source);
        }
        let cue_id = self.optional("Cue", cue)?;
        // An event stands at some words: where no cue attributes, at the source.
        let at = cue.or(mention).map_or(content, |place| vec![place]);
        let Some(trigger) = self.span("Attribution", &at)? else {
            return Ok(());
        };
        self.events += 1;
        let event = self.events;
        write!(self.to, "E{event}\tAttribution:T{trigger} Content:T{content_id}")?;
        // Of several roles of one name, brat numbers those behind the first.
        for (id, number) in sources.iter().zip(1..) {
            let number: &dyn Display = if number > 1 { &number } else { &"" };
            write!(self.to, " Source{number}:T{id}")?;
        }
        if let Some(id) = cue_id {
            write!(self.to, " Cue:T{id}")?;
        }
        writeln!(self.to)?;
        self.attribute(&format!("Type E{event} {}", quote.kind))?;
        for (name, holds) in [("Negated", quote.negated), ("Hypothetical", quote.hypothetical)] {
            if holds {
                self.attribute(&format!("{name} E{event}"))?;
            }
        }
        Ok(())
    }

    fn optional(&mut self, label: &'static str, place: Option<Place>) -> Result<Option<usize>> {
        place.map_or(Ok(None), |place| self.span(label, &[place]))
    }

    /// A `T` line, unless it is there already; its number, none for blank words.
    fn span(&mut self, label: &'static str, places: &[Place]) -> Result<Option<usize>> {
        let pieces: Vec<Place> = places.iter().flat_map(|&place| self.text.lines_of(place)).collect();
        if pieces.is_empty() {
            return Ok(None);
        }
        let next = self.spans.len() + 1;
        let id = *self.spans.entry((label, pieces.clone())).or_insert(next);
        if id == next {
            let borders = pieces.iter().map(|piece| format!("{} {}", piece.start, piece.end));
            let words = pieces.iter().map(|&piece| self.text.words(piece));
            let (borders, words) = (borders.collect::<Vec<_>>(), words.collect::<Vec<_>>());
            writeln!(self.to, "T{id}\t{label} {}\t{}", borders.join(";"), words.join(" "))?;
        }
        Ok(Some(id))
    }

    fn attribute(&mut self, what: &str) -> Result<()> {
        self.attributes += 1;
        writeln!(self.to, "A{}\t{what}", self.attributes)
    }

    /// A note on a source that tells who it is.
    fn person(&mut self, speaker: &Speaker, source: Option<usize>) -> Result<()> {
        let (Some(source), Some(name)) = (source, speaker.name) else {
            return Ok(());
        };
        self.notes += 1;
        write!(self.to, "#{}\tAnnotatorNotes T{source}\t", self.notes)?;
        write!(self.to, "{}", name.split_whitespace().collect::<Vec<_>>().join(" "))?;
        if let Some(id) = speaker.known.and_then(|entity| entity.wikidata.as_deref()) {
            write!(self.to, " ({id})")?;
        }
        writeln!(self.to)
    }
}

fn place(mention: &Mention) -> Place {
    Place {
        start: mention.start,
        end: mention.end,
    }
}

/// A text and where each of its code points starts.
struct Text<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        Text {
            text,
            starts: starts.collect(),
        }
    }

    fn words(&self, place: Place) -> &'t str {
        let at = |place: u32| self.starts.get(place as usize).copied().unwrap_or(self.text.len());
        self.text.get(at(place.start)..at(place.end)).unwrap_or_default()
    }

    /// The pieces of a place that lie on one line each, without the white space at their ends.
    fn lines_of(&self, place: Place) -> Vec<Place> {
        let mut pieces = Vec::new();
        let mut start = place.start;
        for line in self.words(place).split_inclusive(breaks) {
            let count = |text: &str| text.chars().count() as u32;
            let inner = line.trim_start();
            let from = start + count(line) - count(inner);
            let inner = inner.trim_end();
            if !inner.is_empty() {
                pieces.push(Place {
                    start: from,
                    end: from + count(inner),
                });
            }
            start += count(line);
        }
        pieces
    }
}

/// Whatever some program takes for the end of a line; a tab ends a cell of the file.
fn breaks(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_to_their_lines() {
        let text = Text::new("“Né,\r\n\n  vu”\tand");
        let pieces = text.lines_of(Place { start: 0, end: 17 });
        let words: Vec<&str> = pieces.iter().map(|&piece| text.words(piece)).collect();
        assert_eq!(words, ["“Né,", "vu”", "and"]);
        assert_eq!(pieces[1], Place { start: 9, end: 12 });
        assert_eq!(text.lines_of(Place { start: 4, end: 9 }), []);
    }
}
