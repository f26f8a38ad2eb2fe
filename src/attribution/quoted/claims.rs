//! What cues claim of quotations, as evidence for the ranker.
//!
//! In: proposals of reported speech. Out: for each quotation, the mentions whose proposals cover it and how probable
//! those are. A cue knows its subject and the borders of its clause; the ranker knows all candidates. It takes the claim
//! as one more feature and decides.

use crate::mentions::Mention;
use crate::span::Span;
use crate::text::Document;
use smallvec::SmallVec;

/// A proposal as the ranker sees it.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The clause, in one piece or two.
    pub(crate) content: SmallVec<[Span; 2]>,
    /// Who is said to say it.
    pub(crate) source: Span,
    /// How probable it is.
    pub(crate) probability: f32,
}

/// The claims on each quotation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    /// In the order of the quotations, for each the most probable first.
    all: Vec<Claimed>,
}

/// What a claim says of a quotation.
#[derive(Debug, Clone, Copy)]
struct Claimed {
    quotation: u32,
    mention: u32,
    probability: f32,
    /// Whether its content is hardly more than the quotation.
    tight: bool,
}

/// So many bytes more than the quotation, and a quarter of it, are hardly more.
const TIGHT: usize = 12;

/// Less probable claims say nothing.
const LEAST: f32 = 0.05;

impl Claims {
    /// Sorts claims to the quotations they cover at least half of.
    pub(crate) fn new(document: &Document, mentions: &[Mention], claims: impl Iterator<Item = Claim>) -> Self {
        let mut all = Vec::new();
        for claim in claims.filter(|c| c.probability >= LEAST) {
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
                        all.push(Claimed {
                            quotation: i as u32,
                            mention,
                            probability: claim.probability,
                            tight: length <= quotation.span.len() * 5 / 4 + TIGHT,
                        });
                    }
                }
            }
        }
        all.sort_by(|a: &Claimed, b: &Claimed| {
            let surer = b.probability.total_cmp(&a.probability);
            a.quotation
                .cmp(&b.quotation)
                .then(surer)
                .then(a.mention.cmp(&b.mention))
        });
        Claims { all }
    }

    /// Whether a cue claims a quotation, and is not quite improbable.
    pub(crate) fn any(&self, quotation: u32) -> bool {
        best(self.on(quotation).0, |_| true) > 1
    }

    /// The claims on a quotation.
    pub(super) fn on(&self, quotation: u32) -> On<'_> {
        let first = self.all.partition_point(|claimed| claimed.quotation < quotation);
        let behind = &self.all[first..];
        On(&behind[..behind.partition_point(|claimed| claimed.quotation == quotation)])
    }
}

/// The claims on one quotation, most probable first.
#[derive(Debug, Clone, Copy)]
pub(super) struct On<'c>(&'c [Claimed]);

impl On<'_> {
    /// How probable it is, by the claims, that a mention is the quotation's source: in sixths, 0 for no claim.
    pub(super) fn of(self, mention: u32) -> i32 {
        best(self.0, |claimed| claimed.mention == mention)
    }

    /// The same for the most probable mention other than this one.
    pub(super) fn besides(self, mention: u32) -> i32 {
        best(self.0, |claimed| claimed.mention != mention)
    }

    /// Both of these by the claims on hardly more than the quotation: "said that what Roe called “…” had failed".
    pub(super) fn tight(self, mention: u32) -> (i32, i32) {
        (
            best(self.0, |claimed| claimed.tight && claimed.mention == mention),
            best(self.0, |claimed| claimed.tight && claimed.mention != mention),
        )
    }
}

fn best(claims: &[Claimed], wanted: impl Fn(&Claimed) -> bool) -> i32 {
    let claimed = claims.iter().find(|claimed| wanted(claimed));
    claimed.map_or(0, |claimed| grade(claimed.probability))
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
