//! Annotated attributions in tokens, and when a draft agrees with one.
//!
//! In: an article, its document, its annotations. Out: a [`Gold`] for each, with the tokens of cue, source and content.
//! Agreement is that of the usual measure: contents share half of their characters, sources share a word.

use crate::attribution::indirect::{Candidate, View};
use crate::gold::Relation;
use crate::span::{Run, Span};
use crate::text::Document;

/// An annotated attribution.
#[derive(Debug, Clone)]
pub(crate) struct Gold {
    pub(crate) cue: Vec<usize>,
    pub(crate) source: Vec<Run>,
    pub(crate) content: Vec<Run>,
    pub(crate) spans: Relation,
}

impl Gold {
    /// The content before and after a token.
    pub(crate) fn sides(&self, head: usize) -> (Option<Run>, Option<Run>) {
        let join = |have: Option<Run>, start: usize, end: usize| {
            if start >= end {
                return have;
            }
            Some(have.map_or(Run::new(start, end), |h| {
                Run::new(start.min(h.start as usize), end.max(h.end as usize))
            }))
        };
        let (mut left, mut right) = (None, None);
        for run in &self.content {
            let (start, end) = (run.start as usize, run.end as usize);
            left = join(left, start, end.min(head));
            right = join(right, start.max(head + 1), end);
        }
        (left, right)
    }
}

/// The annotations of an article in tokens.
pub(crate) fn read(document: &Document, relations: &[Relation]) -> Vec<Gold> {
    let runs = |spans: &[Span]| {
        spans
            .iter()
            .filter_map(|span| tokens_of(document, *span))
            .collect::<Vec<Run>>()
    };
    relations
        .iter()
        .map(|relation| Gold {
            cue: runs(&relation.cue).into_iter().flat_map(|run| run.range()).collect(),
            source: runs(&relation.source),
            content: runs(&relation.content),
            spans: relation.clone(),
        })
        .collect()
}

/// The tokens that a span touches.
fn tokens_of(document: &Document, span: Span) -> Option<Run> {
    let tokens = &document.tokens;
    let start = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    (start < end).then(|| Run::new(start, end))
}

/// Counts characters that are no white space, before each byte.
pub(crate) struct Inked {
    before: Vec<u32>,
}

impl Inked {
    pub(crate) fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for c in text.chars() {
            before.extend(std::iter::repeat_n(count, c.len_utf8()));
            count += u32::from(!c.is_whitespace());
        }
        before.push(count);
        Inked { before }
    }

    fn of(&self, start: u32, end: u32) -> u32 {
        if start >= end {
            return 0;
        }
        self.before[end as usize] - self.before[start as usize]
    }

    /// The share of characters that two contents have in common.
    pub(crate) fn alike(&self, a: &[Span], b: &[Span]) -> f64 {
        let total = |spans: &[Span]| spans.iter().map(|s| self.of(s.start, s.end)).sum::<u32>();
        let mut both = 0;
        for x in a {
            for y in b {
                both += self.of(x.start.max(y.start), x.end.min(y.end));
            }
        }
        f64::from(both) / f64::from((total(a) + total(b)).saturating_sub(both).max(1))
    }
}

/// Whether a source is the annotated one: the same span, or a shared word and no more than 60 characters more.
pub(crate) fn same_source(document: &Document, source: Span, gold: &[Span]) -> bool {
    gold.iter().any(|&g| {
        let (start, end) = (source.start.max(g.start), source.end.min(g.end));
        let chars = |span: Span| span.of(document.text).chars().count();
        source == g
            || start < end
                && chars(source) <= chars(g) + 60
                && document
                    .tokens
                    .iter()
                    .any(|t| t.is_word() && start <= t.span.start && t.span.end <= end)
    })
}

/// Which candidates are the annotated source: the head of its first part ("the spokesman" of "the spokesman for X").
pub(super) fn right_sources(view: &View, candidates: &[Candidate], gold: &Gold) -> Vec<usize> {
    let mut right = Vec::new();
    for run in &gold.source {
        let first = run.start as usize;
        let end = (first + 1..run.end as usize)
            .find(|&at| {
                matches!(
                    view.letters[at],
                    b',' | b'p' | b'o' | b'r' | b'(' | b'-' | b'T' | b'b' | b'A'
                )
            })
            .unwrap_or(run.end as usize);
        let within = |part: Run| {
            let inside = candidates
                .iter()
                .enumerate()
                .filter(move |(_, c)| part.has(c.head as usize));
            inside.map(|(index, _)| index).next_back()
        };
        right.extend(within(Run::new(first, end)).or_else(|| within(*run)));
    }
    right
}
