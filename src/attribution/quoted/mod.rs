//! Which mention each quotation belongs to, or nobody.
//!
//! In: a document, its tags, mentions and items. Out: for each outermost quotation the candidates with their
//! probabilities. "Nobody" is one more candidate: scare quotes, titles and words mentioned are nobody's speech.

mod bound;
mod candidates;
mod claims;
mod clause;
mod features;
mod shape;
mod told;
mod work;

use super::grammar::Grammar;
use super::items::{Item, Items, NONE};
use crate::lexicon::Tag;
use crate::mentions::Mention;
use crate::model::{Features, Weights, soft_max};
use crate::text::Document;
use crate::tokens::Token;
pub(crate) use candidates::{Candidate, Place};
pub(crate) use claims::{Claim, Claims};
pub(crate) use shape::Shape;
pub(in crate::attribution) use work::is_programme;

/// What the ranker reads.
pub(crate) struct Scene<'a, 't> {
    pub(crate) document: &'a Document<'t>,
    pub(crate) tags: &'a [Tag],
    pub(crate) mentions: &'a [Mention],
    pub(crate) items: &'a Items,
    /// For each mention outside quotations, what it does in its sentence.
    pub(crate) grammar: Vec<Option<Grammar>>,
    /// What cues claim.
    pub(crate) claims: Claims,
    /// What stands before each item, and before the end.
    before: Vec<Counts>,
}

/// How many items of some kinds there are.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    mentions: u32,
    quotations: u32,
    /// Cues that are verbs.
    cues: u32,
    /// Cues of all kinds.
    all_cues: u32,
    /// Mentions with a verb that says something.
    rivals: u32,
}

/// A quotation with its candidates.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// The quotation.
    pub(crate) quotation: u32,
    /// Candidates and their probabilities; the first one is nobody.
    pub(crate) candidates: Vec<(Candidate, f32)>,
}

impl Choice {
    /// The most probable candidate.
    pub(crate) fn best(&self) -> (Candidate, f32) {
        let mut best = self.candidates[0];
        for &candidate in &self.candidates[1..] {
            if candidate.1 > best.1 {
                best = candidate;
            }
        }
        best
    }
}

impl<'a, 't> Scene<'a, 't> {
    /// Prepares a document for the ranker.
    pub(crate) fn new(
        document: &'a Document<'t>,
        tags: &'a [Tag],
        mentions: &'a [Mention],
        items: &'a Items,
        claims: Claims,
    ) -> Self {
        let grammar: Vec<Option<Grammar>> = items
            .of_mention
            .iter()
            .map(|&item| (item != NONE).then(|| Grammar::of(items, item as usize)))
            .collect();
        let before = counts(items, &grammar);
        Scene {
            document,
            tags,
            mentions,
            items,
            grammar,
            claims,
            before,
        }
    }

    /// The first word of an item.
    pub(super) fn word(&self, item: &Item) -> &Token {
        &self.document.tokens[item.tokens.start as usize]
    }

    /// What stands in a range of items.
    fn within(&self, range: &std::ops::Range<usize>) -> Counts {
        let at = |index: usize| self.before.get(index).copied().unwrap_or_default();
        let (from, to) = (at(range.start), at(range.end.max(range.start)));
        Counts {
            mentions: to.mentions - from.mentions,
            quotations: to.quotations - from.quotations,
            cues: to.cues - from.cues,
            all_cues: to.all_cues - from.all_cues,
            rivals: to.rivals - from.rivals,
        }
    }

    /// The quotations to attribute: outermost ones outside boilerplate.
    pub(crate) fn quotations(&self) -> impl Iterator<Item = u32> {
        (0..self.items.of_quotation.len() as u32).filter(|&q| self.items.of_quotation[q as usize] != NONE)
    }

    /// The candidates of a quotation; the first one is nobody.
    pub(crate) fn candidates(&self, quotation: u32) -> Vec<Candidate> {
        candidates::of(self, quotation)
    }

    /// The features of one candidate.
    pub(crate) fn features<const NAMED: bool>(
        &self,
        shape: &Shape,
        candidate: Candidate,
        features: &mut Features<NAMED>,
    ) {
        features::candidate(self, shape, candidate, features);
    }

    /// Ranks the candidates of every quotation.
    pub(crate) fn rank(&self, weights: &Weights) -> Vec<Choice> {
        let mut features = Features::keys_only();
        let mut scores = Vec::new();
        self.quotations()
            .map(|quotation| {
                let shape = Shape::of(self, quotation);
                let candidates = self.candidates(quotation);
                let bound = bound::to(self, &shape, quotation);
                scores.clear();
                for &candidate in &candidates {
                    features.clear();
                    self.features(&shape, candidate, &mut features);
                    let bound = bound.is_some_and(|mention| mention == candidate.mention);
                    scores.push(weights.score(&features) + if bound { bound::WORTH } else { 0.0 });
                }
                soft_max(&mut scores);
                Choice {
                    quotation,
                    candidates: candidates.into_iter().zip(scores.iter().copied()).collect(),
                }
            })
            .collect()
    }
}

/// Running counts over the items.
fn counts(items: &Items, grammar: &[Option<Grammar>]) -> Vec<Counts> {
    let mut now = Counts::default();
    let mut all = Vec::with_capacity(items.items.len() + 1);
    all.push(now);
    for item in &items.items {
        match item.class {
            b'M' => now.mentions += 1,
            b'Q' => now.quotations += 1,
            b'S' | b'C' | b'c' | b'G' => {
                now.cues += 1;
                now.all_cues += 1;
            }
            b'A' | b'q' => now.all_cues += 1,
            _ => {}
        }
        let grammar = grammar.get(item.mention as usize).and_then(Option::as_ref);
        now.rivals += u32::from(grammar.is_some_and(Grammar::says));
        all.push(now);
    }
    all
}
