//! Why a quotation went to whom, for people.
//!
//! In: a document, its tags and mentions, the models. Out: for each quotation all candidates with score, probability
//! and the features that weigh most; each clause that a cue proposes, those that were dropped among them.

use super::indirect::{self, Proposal};
use super::items::{Items, NONE};
use super::quoted::{Scene, Shape};
use super::{Models, claims, dialogue};
use crate::lexicon::Tag;
use crate::mentions::Mention;
use crate::model::Features;
use crate::text::Document;

/// Features shown of a candidate: more do not tell more.
const SHOWN: usize = 6;

/// What was weighed in an article.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// The quotations in order.
    pub quotations: Vec<Weighed>,
    /// What cues propose, in order; whether it became an attribution is decided by its probability.
    pub proposals: Vec<Proposal>,
}

/// A quotation and its candidates.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Index of the quotation.
    pub quotation: u32,
    /// The candidates, most probable first.
    pub candidates: Vec<Candidate>,
}

/// Somebody who may have said a quotation.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index of the mention; `None` for nobody: no speech.
    pub mention: Option<u32>,
    /// Probability.
    pub probability: f32,
    /// Sum of its features' weights.
    pub score: f32,
    /// The weightiest features, `group value|value`, with their weights.
    pub features: Vec<(String, f32)>,
}

/// Weighs a document once more, and keeps the names of everything.
pub fn explain(document: &Document, tags: &[Tag], mentions: &[Mention], models: &Models) -> Explanation {
    let items = Items::new(document, tags, mentions);
    let proposals = indirect::propose(document, tags, mentions, &models.indirect);
    let scene = Scene::new(document, tags, mentions, &items, claims(document, mentions, &proposals));
    let choices = dialogue::settled(&scene, scene.rank(&models.quoted));
    let quotations = choices.into_iter().map(|choice| {
        let shape = Shape::of(&scene, choice.quotation);
        let mut candidates: Vec<Candidate> = choice
            .candidates
            .iter()
            .map(|&(candidate, probability)| {
                let mut features = Features::named();
                scene.features(&shape, candidate, &mut features);
                Candidate {
                    mention: (candidate.mention != NONE).then_some(candidate.mention),
                    probability,
                    score: models.quoted.score(&features),
                    features: weightiest(&features, models),
                }
            })
            .collect();
        candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        Weighed {
            quotation: choice.quotation,
            candidates,
        }
    });
    Explanation {
        quotations: quotations.collect(),
        proposals,
    }
}

fn weightiest(features: &Features<true>, models: &Models) -> Vec<(String, f32)> {
    let weights = features.keys().iter().map(|&key| models.quoted.of(key));
    let names = features.names().iter().map(|name| name.replace('\t', " "));
    let mut all: Vec<(String, f32)> = names.zip(weights).filter(|(_, weight)| *weight != 0.0).collect();
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    all.truncate(SHOWN);
    all
}
