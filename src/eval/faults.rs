//! What went wrong, and where, so that it can be looked at.
//!
//! In: one fault after the other. Out: how many there are of each kind, and the first of each, one a line:
//! kind, article and line, passage, what was annotated, what was predicted.

use crate::gold::Annotated;
use crate::span::Span;
use std::fmt;

/// Characters shown on either side of a quotation.
const AROUND: usize = 80;
/// Characters shown of a passage.
const SHOWN: usize = 200;

/// What sort of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A quotation is speech, and was not found.
    Missed,
    /// A quotation is no speech, and was taken for it.
    Spurious,
    /// A quotation was found, with the wrong mention.
    Speaker,
    /// A quotation's speaker has another name, or none was given.
    Name,
    /// No prediction overlaps with an attribution.
    RelationMissed,
    /// No attribution overlaps with a prediction.
    RelationSpurious,
    /// The content is right, the mention is not.
    RelationSource,
    /// Annotated and predicted content overlap, but share less than half.
    RelationBorders,
}

impl Kind {
    const ALL: [Kind; 8] = [
        Kind::Missed,
        Kind::Spurious,
        Kind::Speaker,
        Kind::Name,
        Kind::RelationMissed,
        Kind::RelationSpurious,
        Kind::RelationSource,
        Kind::RelationBorders,
    ];

    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Missed => "missed",
            Kind::Spurious => "spurious",
            Kind::Speaker => "speaker",
            Kind::Name => "name",
            Kind::RelationMissed => "relation missed",
            Kind::RelationSpurious => "relation spurious",
            Kind::RelationSource => "relation source",
            Kind::RelationBorders => "relation borders",
        }
    }
}

/// One fault. Words from the article have no line breaks and tabs in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The article's id.
    pub article: String,
    /// The line of its text, from 1.
    pub line: usize,
    /// The words it is about.
    pub passage: String,
    /// What was annotated; empty if nothing was.
    pub gold: String,
    /// What was predicted; empty if nothing was.
    pub predicted: String,
}

/// All faults, counted by kind, with examples.
#[derive(Debug)]
pub struct Faults {
    examples: usize,
    kinds: [(u64, Vec<Fault>); Kind::ALL.len()],
}

impl Faults {
    pub(super) fn new(examples: usize) -> Self {
        Faults {
            examples,
            kinds: Default::default(),
        }
    }

    /// How many there are of a kind.
    pub fn count(&self, kind: Kind) -> u64 {
        self.kinds[kind as usize].0
    }

    /// The first ones of a kind.
    pub fn examples(&self, kind: Kind) -> &[Fault] {
        &self.kinds[kind as usize].1
    }

    /// Counts a fault at a place; what it says (passage, gold, predicted) is asked for only if it is kept.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        article: &Annotated,
        at: Span,
        say: impl FnOnce() -> (String, String, String),
    ) {
        let (count, kept) = &mut self.kinds[kind as usize];
        *count += 1;
        if kept.len() < self.examples {
            let (passage, gold, predicted) = say();
            kept.push(Fault {
                article: article.id.clone(),
                line: 1 + article.text[..at.start as usize].matches('\n').count(),
                passage,
                gold,
                predicted,
            });
        }
    }
}

impl fmt::Display for Faults {
    /// A line with all counts, then the examples.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = Kind::ALL.map(|kind| format!("{} {}", kind.name(), self.count(kind)));
        writeln!(f, "{}", counts.join(", "))?;
        for kind in Kind::ALL {
            for fault in self.examples(kind) {
                write!(
                    f,
                    "{}\t{}:{}\t{}",
                    kind.name(),
                    fault.article,
                    fault.line,
                    fault.passage
                )?;
                writeln!(
                    f,
                    "\tgold: {}\tpredicted: {}",
                    or_nothing(&fault.gold),
                    or_nothing(&fault.predicted)
                )?;
            }
        }
        Ok(())
    }
}

fn or_nothing(words: &str) -> &str {
    if words.is_empty() { "-" } else { words }
}

/// A quotation within the words around it.
pub(super) fn context(text: &str, span: Span) -> String {
    let before = &text[..span.start as usize];
    let from = before
        .char_indices()
        .rev()
        .take(AROUND)
        .last()
        .map_or(before.len(), |(at, _)| at);
    let after = text[span.end as usize..].chars().take(AROUND).collect::<String>();
    one_line(&format!("{}⟦{}⟧{after}", &before[from..], clipped(span.of(text))))
}

/// The beginning and the end of a passage, if all of it is too long.
pub(super) fn clipped(words: &str) -> String {
    let border = |n: usize| words.char_indices().nth(n).map(|(at, _)| at);
    if border(SHOWN).is_none() {
        return one_line(words);
    }
    let start = border(SHOWN / 2).unwrap_or_default();
    let end = words
        .char_indices()
        .rev()
        .nth(SHOWN / 2 - 1)
        .map_or(start, |(at, _)| at);
    one_line(&format!("{} … {}", &words[..start], &words[end..]))
}

fn one_line(words: &str) -> String {
    words.replace('\n', "¶").replace(['\t', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_quotation_in_its_place() {
        assert_eq!(context("a\n“b\tc” é", Span::new(5, 8)), "a¶“⟦b c⟧” é");
        let long = "é".repeat(300);
        let shown = context(&long, Span::new(200, 202));
        assert_eq!(shown.chars().count(), 80 + 1 + 2 + 80);
    }

    #[test]
    fn clips_the_middle() {
        assert_eq!(clipped(&"é".repeat(200)).chars().count(), 200);
        assert_eq!(clipped(&"é".repeat(900)).chars().count(), 203);
    }
}
