//! Reported speech by its cue: who said, thought, wants or denies what, with or without quotation marks.
//!
//! In: a document, its tags and mentions. Out: proposals in the order of their cues. Each word that may be a cue is
//! judged; the probable ones choose the side of their content, their source, and its borders; a last model says how
//! probable it is that all of this is right. All are linear models over readable features.

mod borders;
mod cue;
mod cues;
mod draft;
mod edges;
mod forms;
mod keep;
mod lanes;
mod neighbours;
mod seldom;
mod side;
mod source;
mod starts;
mod subject;
mod view;
mod window;

use super::quoted::Claim;
use crate::lexicon::Tag;
use crate::mentions::Mention;
use crate::model::{Features, Weights, logistic};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::Token;
pub(crate) use borders::{Border, Frame, of_distance, of_place, of_relation, places, steps_between};
pub(crate) use cue::{Cue, features as cue_features, first_features as cue_first_features};
pub use cues::{Cues, Form, Hit};
pub(crate) use draft::Draft;
pub(crate) use keep::{Rivals, alike, features as keep_features, rivals};
pub(crate) use lanes::{BORDERS, SIDES, is_of_place};
pub(crate) use side::{Side, features as side_features};
pub(crate) use source::{Candidate, Candidates, features as source_features, first_features as source_first_features};
pub(crate) use view::View;
pub(crate) use window::Window;

/// The models of all choices.
#[derive(Debug, Clone)]
pub struct Models {
    /// The cue words.
    pub cues: Cues,
    /// Is it a cue?
    pub cue: Weights,
    /// Left, right or both?
    pub side: Weights<3>,
    /// Who?
    pub source: Weights,
    /// What speaks for a border at a place, whatever the cue: left start, left end, right start, right end.
    pub places: Weights<4>,
    /// From where to where? The same four, with regard to the cue.
    pub borders: [Weights; 4],
    /// Is all of it right?
    pub keep: Weights,
}

macro_rules! built_in {
    ($name:literal) => {
        Weights::open(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin")))
    };
}

impl Models {
    /// The models the binary was built with.
    pub fn builtin() -> Self {
        Models {
            cues: Cues::builtin(),
            cue: built_in!("cue"),
            side: built_in!("side"),
            source: built_in!("source"),
            places: built_in!("places"),
            borders: [
                built_in!("left_start"),
                built_in!("left_end"),
                built_in!("right_start"),
                built_in!("right_end"),
            ],
            keep: built_in!("keep"),
        }
    }
}

/// Who or what is the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A mention, by its index.
    Mention(u32),
    /// A noun phrase that is no mention.
    Phrase(Run),
}

/// One attribution as its cue suggests it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The words that attribute.
    pub cue: Run,
    /// The token that heads them.
    pub head: u32,
    /// The content: one run, or one on each side of the cue.
    pub content: Vec<Run>,
    /// Who it is attributed to.
    pub source: Option<Source>,
    /// The source's tokens.
    pub source_tokens: Run,
    /// Other mentions that may be the source, most probable first, with their probabilities.
    pub others: Vec<(u32, f32)>,
    /// Probability that content and source are right.
    pub probability: f32,
    /// Whether a more probable one has the same content: evidence, but no attribution.
    pub beaten: bool,
    /// The construction.
    pub rule: &'static str,
}

impl Proposal {
    /// The proposal as the ranker of quotations sees it.
    pub(crate) fn claim(&self, document: &Document) -> Claim {
        Claim {
            content: self.content.iter().map(|run| document.span(*run)).collect(),
            source: document.span(self.source_tokens),
            probability: self.probability,
        }
    }
}

/// Less probable sources are not worth telling.
const LIKELY: f32 = 0.01;

/// Contents that share this much are one; the most probable proposal has it.
const SAME: f64 = 0.5;

/// But not where one of them tells that the other one was said, and is as probable as this.
const NESTED: f32 = 0.6;

/// Everything that cues attribute in a document. The caller decides how probable is probable enough.
pub fn propose(document: &Document, tags: &[Tag], mentions: &[Mention], models: &Models) -> Vec<Proposal> {
    let view = View::new(document, tags, &models.cues);
    let candidates = Candidates::new(&view, mentions);
    let mut drafts = drafts(&view, &candidates, models);
    let probabilities = probabilities(&view, &drafts, models);
    neighbours::part(&view, &mut drafts);
    let beaten = beaten(&view, &drafts, &probabilities);
    (0..drafts.len())
        .map(|index| proposal(&view, &drafts[index], probabilities[index], beaten[index]))
        .collect()
}

/// The drafts of a document, in the order of their cues.
pub(crate) fn drafts<'d>(view: &View<'d>, candidates: &Candidates, models: &Models) -> Vec<Draft<'d>> {
    neighbours::settled(view, draft::drafts(view, candidates, models))
}

/// How probable it is, at least, that whoever is not to be named said it.
const UNNAMED: f32 = 0.6;

/// "an official who spoke on condition of anonymity because … said", "who asked not to be named said": nobody is promised
/// this but by those who then tell what was said. Far from their verb, such sources are too rare to be learnt from articles.
fn is_unnamed(view: &View, draft: &Draft) -> bool {
    let cue = &draft.cue;
    // "anonymity to discuss the talks" is why, not what.
    let says = view.letters[cue.at] == b'S' && view.letter(cue.sentence, cue.group as isize - 1) != b'T';
    let Some(source) = draft
        .source
        .filter(|source| says && cue.sentence.has(source.head as usize))
    else {
        return false;
    };
    let between = &view.document.tokens[(source.run.end as usize).min(cue.at)..cue.at];
    let not_named = |pair: &[Token]| pair[0].is("be") && (pair[1].is("named") || pair[1].is("identified"));
    between.iter().any(|token| token.is("anonymity")) || between.windows(2).any(not_named)
}

/// How probable each draft is right.
pub(crate) fn probabilities(view: &View, drafts: &[Draft], models: &Models) -> Vec<f32> {
    let mut features = Features::keys_only();
    let rivals = rivals(drafts);
    let of = |(draft, rivals): (&Draft, &Rivals)| {
        features.clear();
        keep_features(view, draft, rivals, &mut features);
        let probability = logistic(models.keep.score(&features));
        let unnamed = is_unnamed(view, draft);
        if unnamed { probability.max(UNNAMED) } else { probability }
    };
    drafts.iter().zip(&rivals).map(of).collect()
}

/// Whether a better one with the same content beats a draft.
fn beaten(view: &View, drafts: &[Draft], probabilities: &[f32]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
    let mut beaten = vec![false; drafts.len()];
    let reach: Vec<Run> = drafts.iter().map(Draft::reach).collect();
    for &index in &order {
        if beaten[index] {
            continue;
        }
        let (first, last) = (index.saturating_sub(12), (index + 13).min(drafts.len()));
        for other in first..last {
            let (one, two) = (&drafts[index], &drafts[other]);
            let apart = other == index || beaten[other] || !reach[index].meets(reach[other]);
            if apart || alike(one, two) < SAME {
                continue;
            }
            let nested = probabilities[other] >= NESTED && (one.reports(view, two) || two.reports(view, one));
            if !nested {
                let better = probabilities[other] > probabilities[index];
                beaten[other] |= !better;
            }
        }
    }
    beaten
}

fn proposal(view: &View, draft: &Draft, probability: f32, beaten: bool) -> Proposal {
    let cue = &draft.cue;
    Proposal {
        cue: Run::new(cue.group, cue.at + 1),
        head: cue.at as u32,
        content: draft.content().collect(),
        source: draft
            .source
            .map(|s| s.mention.map_or(Source::Phrase(s.run), Source::Mention)),
        source_tokens: draft.source.map(|s| s.run).unwrap_or_default(),
        others: draft.others.into_iter().filter(|other| other.1 >= LIKELY).collect(),
        probability,
        beaten,
        rule: rule(view, draft),
    }
}

fn rule(view: &View, draft: &Draft) -> &'static str {
    let cue = &draft.cue;
    let right = draft.source.is_some_and(|s| s.head as usize > cue.at);
    match (view.letters[cue.at], draft.side) {
        (b':', _) => "colon",
        (b'-', _) => "dash",
        (b'G' | b'g', _) => "participle",
        _ if view.document.tokens[cue.at].is("according") => "according to",
        _ if cue.auxiliaries.0 == b'B' && draft.side == Side::Right && !right => "passive",
        (_, Side::Left) => "fronted",
        (_, Side::Both) => "interrupted",
        (_, Side::Right) if right => "inverted",
        (_, Side::Right) => "verb",
    }
}
