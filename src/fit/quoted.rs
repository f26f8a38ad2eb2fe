//! Fitting the ranker of quotations.
//!
//! In: annotated articles, and what cues claim in them. Out: weights for `data/weights/quoted.tsv`.

use super::choice::{Data, Rows, Settings};
use crate::attribution::items::{Items, NONE};
use crate::attribution::quoted::{Candidate, Claim, Claims, Scene, Shape};
use crate::gazetteer::Gazetteer;
use crate::gold::Annotated;
use crate::lexicon::Lexicon;
use crate::model::Features;
use crate::span::Span;
use std::collections::HashMap;

/// By article, what cues claimed there, by models that had not seen it.
pub(crate) type Claimed = HashMap<String, Vec<Claim>>;

/// Settings found best by cross-validation on the train sets.
const SETTINGS: Settings = Settings {
    l2: 6.0,
    min_count: 8,
    steps: 300,
};

/// An example counts as much as so many quotations of articles: constructions that are rare in these are shown by it.
const EXAMPLE: usize = 4;

/// What is right for a quotation.
enum Gold {
    /// Attributed, but to nobody named: neither right nor wrong.
    Skip,
    /// No speech.
    Nobody,
    /// The spans of its source.
    Source(Vec<Span>),
}

/// Fits weights on all articles.
pub(crate) fn fit(articles: &[&Annotated], lexicon: &Lexicon, gazetteer: &Gazetteer, claimed: &Claimed) -> Rows {
    let mut data = Data::default();
    let mut features = Features::named();
    for article in articles {
        let times = if article.example { EXAMPLE } else { 1 };
        with_scene(article, lexicon, gazetteer, claimed, |scene| {
            for _ in 0..times {
                collect(article, scene, &mut data, &mut features);
            }
        });
    }
    let mut rows = data.fit(SETTINGS);
    rows.retain(|(name, _)| !name.starts_with(Data::OF_EXAMPLES));
    rows
}

fn with_scene(
    article: &Annotated,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    claimed: &Claimed,
    mut f: impl FnMut(&Scene),
) {
    let (document, tags, mentions) = super::surface(&article.text, lexicon, gazetteer);
    let items = Items::new(&document, &tags, &mentions);
    let claims = claimed.get(&article.id).map(Vec::as_slice).unwrap_or_default();
    let claims = Claims::new(&document, &mentions, claims.iter().cloned());
    f(&Scene::new(&document, &tags, &mentions, &items, claims));
}

fn collect(article: &Annotated, scene: &Scene, data: &mut Data, features: &mut Features<true>) {
    for quotation in scene.quotations() {
        let gold = gold(article, scene, quotation);
        if matches!(gold, Gold::Skip) {
            continue;
        }
        let shape = Shape::of(scene, quotation);
        for candidate in scene.candidates(quotation) {
            features.clear();
            scene.features(&shape, candidate, features);
            let right = match &gold {
                Gold::Source(spans) => is_right(scene, candidate, spans),
                _ => candidate.mention == NONE,
            };
            if article.example {
                data.option_of_example(features, right, is_usual);
            } else {
                data.option(features, right);
            }
        }
        data.end_instance();
    }
}

/// Whether a group of features tells what is usual: how far speakers stand, what they are, how often a quotation is speech.
/// The others tell how a clause is built.
fn is_usual(group: &str) -> bool {
    const USUAL: [&str; 7] = ["between", "head", "mentions", "no", "other", "sentences", "shape"];
    USUAL.contains(&group.split('.').next().unwrap_or(group))
}

/// A quotation is speech when an attribution's content covers at least half of it.
fn gold(article: &Annotated, scene: &Scene, quotation: u32) -> Gold {
    let span = scene.document.quotations[quotation as usize].span;
    let covering = article
        .relations
        .iter()
        .filter(|r| r.content_in(span) * 2 >= span.len());
    let mut covered = false;
    let mut sources = Vec::new();
    for relation in covering {
        covered = true;
        sources.extend(relation.source.iter().copied());
    }
    match (covered, sources.is_empty()) {
        (true, true) => Gold::Skip,
        (false, _) => Gold::Nobody,
        _ => Gold::Source(sources),
    }
}

/// A mention is right when it shares a word with the source and is not much longer.
fn is_right(scene: &Scene, candidate: Candidate, sources: &[Span]) -> bool {
    let Some(mention) = scene.mentions.get(candidate.mention as usize) else {
        return false;
    };
    sources.iter().any(|source| {
        mention.span == *source
            || mention.span.len() <= source.len() + 60
                && scene.document.tokens[mention.tokens.range()]
                    .iter()
                    .any(|t| t.is_word() && mention.span.contains(t.span) && source.contains(t.span))
    })
}
