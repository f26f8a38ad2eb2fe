//! What cues claim of quotations, as evidence for the ranker.
//!
//! In: proposals of reported speech. Out: for each quotation, the mentions whose proposals cover it and how probable
//! those are. A cue knows its subject and the borders of its clause; the ranker knows all candidates. It takes the claim
//! as one more feature and decides.

use crate::mentions::Mention;
use crate::span::Span;
use crate::text::Document;

/// A proposal as the ranker sees it.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The clause.
    pub(crate) content: Vec<Span>,
    /// Who is said to say it.
    pub(crate) source: Span,
    /// How probable it is.
    pub(crate) probability: f32,
}

/// The claims on each quotation, most probable first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    of: Vec<Vec<(u32, f32)>>,
    /// Those of them whose content is hardly more than the quotation.
    tight: Vec<Vec<(u32, f32)>>,
}

/// So many bytes more than the quotation, and a quarter of it, are hardly more.
const TIGHT: usize = 12;

/// Less probable claims say nothing.
const LEAST: f32 = 0.05;

impl Claims {
    /// Sorts claims to the quotations they cover at least half of.
    pub(crate) fn new(document: &Document, mentions: &[Mention], claims: &[Claim]) -> Self {
        let mut of = vec![Vec::new(); document.quotations.len()];
        let mut tight = of.clone();
        for claim in claims.iter().filter(|c| c.probability >= LEAST) {
            let Some(mention) = mention_at(mentions, claim.source) else {
                continue;
            };
            let length: usize = claim.content.iter().map(Span::len).sum();
            for part in &claim.content {
                let first = document.quotations.partition_point(|q| q.span.end <= part.start);
                for (i, quotation) in document.quotations.iter().enumerate().skip(first) {
                    if quotation.span.start >= part.end {
                        break;
                    }
                    if quotation.inside.is_none() && part.overlap(quotation.span) * 2 >= quotation.span.len() {
                        of[i].push((mention, claim.probability));
                        if length <= quotation.span.len() * 5 / 4 + TIGHT {
                            tight[i].push((mention, claim.probability));
                        }
                    }
                }
            }
        }
        for claims in of.iter_mut().chain(&mut tight) {
            claims.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        Claims { of, tight }
    }

    /// How probable it is, by the claims, that a mention is a quotation's source: in sixths, 0 for no claim.
    pub(super) fn of(&self, quotation: u32, mention: u32) -> i32 {
        best(&self.of, quotation, |other| other == mention)
    }

    /// The same for the most probable mention other than this one.
    pub(super) fn besides(&self, quotation: u32, mention: u32) -> i32 {
        best(&self.of, quotation, |other| other != mention)
    }

    /// Both of these by the claims on hardly more than the quotation: "said that what Roe called “…” had failed".
    pub(super) fn tight(&self, quotation: u32, mention: u32) -> (i32, i32) {
        (
            best(&self.tight, quotation, |other| other == mention),
            best(&self.tight, quotation, |other| other != mention),
        )
    }
}

fn best(claims: &[Vec<(u32, f32)>], quotation: u32, wanted: impl Fn(u32) -> bool) -> i32 {
    let claims = claims.get(quotation as usize).map_or(&[][..], Vec::as_slice);
    claims.iter().find(|c| wanted(c.0)).map_or(0, |c| grade(c.1))
}

fn grade(probability: f32) -> i32 {
    match probability {
        p if p < 0.2 => 1,
        p if p < 0.4 => 2,
        p if p < 0.6 => 3,
        p if p < 0.8 => 4,
        p if p < 0.92 => 5,
        _ => 6,
    }
}

/// The mention that a source's span is or meets.
fn mention_at(mentions: &[Mention], source: Span) -> Option<u32> {
    let first = mentions.partition_point(|m| m.span.end <= source.start);
    let near = mentions[first..].iter().take_while(|m| m.span.start < source.end);
    (near.enumerate())
        .max_by_key(|(i, m)| (m.span.overlap(source), usize::MAX - i))
        .map(|(i, _)| (first + i) as u32)
}
