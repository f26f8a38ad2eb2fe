//! Who said which words.
//!
//! In: a [`Document`], its tags and mentions. Out: attributions in the order of their first verbatim words, or of their
//! first words where nothing is verbatim: where one speaker's quotation lies in another one's clause, it comes first.

use crate::lexicon::Tag;
use crate::mentions::Mention;
use crate::model::Weights;
mod blocks;
mod calibration;
mod dialogue;
mod explain;
pub(crate) mod grammar;
pub mod indirect;
mod inner;
mod interview;
pub(crate) mod items;
mod joined;
mod merge;
mod opening;
mod posts;
pub(crate) mod quoted;
mod spoken;
mod stance;
mod topics;
mod turns;
mod voice;
mod within;

pub use calibration::Calibration;
pub(crate) use calibration::log_odds;
pub use explain::{Candidate, Explanation, Weighed, explain};
use items::Items;
use quoted::{Claims, Scene};
pub use stance::{Attitude, Stance};
pub use within::at_least;

use crate::span::{Run, Span};
use crate::text::Document;

/// How much of the content stands between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// One piece of reported speech with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// How much of it is verbatim.
    pub kind: Type,
    /// The content in order: the words inside the marks (direct), the reported clause (mixed, indirect).
    pub content: Vec<Span>,
    /// The verbatim parts, without their marks.
    pub quoted: Vec<Span>,
    /// The expression that attributes ("said", "according to").
    pub cue: Option<Run>,
    /// Index of the mention that is the source; `None` when the text does not say.
    pub source: Option<u32>,
    /// The mentions of those who say it together with the source, in order: "Biden and Poroshenko agreed".
    pub with: Vec<u32>,
    /// What the cue says of it.
    pub stance: Stance,
    /// The attribution whose content holds this one's, by index: the report that it stands in.
    pub within: Option<u32>,
    /// Probability that content and source are right.
    pub confidence: f32,
    /// The construction ("name verb", "fronted", "pronoun verb" …).
    pub rule: &'static str,
    /// Other mentions that may be the source, most probable first, with their probabilities.
    pub alternatives: Vec<(u32, f32)>,
}

/// What an article is by how it gives speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// A report: its writer tells who says what.
    #[default]
    Article,
    /// Turns of speech under labels.
    Transcript,
    /// The words of one whom the heading names.
    Statement,
}

impl Form {
    /// What ties words that are a speaker's without a verb.
    const TURNS: [&str; 4] = ["turn", "statement", "block", "post"];

    /// The form of an article of which this is said.
    pub fn of(attributions: &[Attribution]) -> Form {
        let ties = |rule: &str| attributions.iter().any(|said| said.rule == rule);
        match () {
            () if ties("turn") => Form::Transcript,
            () if ties("statement") => Form::Statement,
            () => Form::Article,
        }
    }

    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Article => "article",
            Form::Transcript => "transcript",
            Form::Statement => "statement",
        }
    }
}

/// The weights of all models.
#[derive(Debug, Clone)]
pub struct Models {
    /// Which mention a quotation belongs to, or nobody.
    pub quoted: Weights,
    /// Reported speech by its cues.
    pub indirect: indirect::Models,
    /// How far to trust the others.
    pub calibration: Calibration,
}

impl Models {
    /// The weights the binary was built with.
    pub fn builtin() -> Self {
        Models {
            quoted: Weights::open(include_bytes!(concat!(env!("OUT_DIR"), "/quoted.bin"))),
            indirect: indirect::Models::builtin(),
            calibration: Calibration::builtin(),
        }
    }
}

/// Attributes everything that is said in a document.
pub fn attribute(document: &Document, tags: &[Tag], mentions: &[Mention], models: &Models) -> Vec<Attribution> {
    let proposals = indirect::propose(document, tags, mentions, &models.indirect);
    // Not before: either holds dozens of bytes for each token, and a text of nothing but signs has many.
    let items = Items::new(document, tags, mentions);
    let scene = Scene::new(document, tags, mentions, &items, claims(document, mentions, &proposals));
    let choices = topics::settled(&scene, dialogue::settled(&scene, scene.rank(&models.quoted)));
    let mut turns = turns::find(document, tags, mentions, &items);
    if turns.is_empty() {
        turns = posts::find(&scene);
        turns.extend(blocks::find(&scene));
        let start = |turn: &spoken::Turn| turn.content.first().map(|run| run.start);
        turns.sort_by_key(start);
        turns.dedup_by_key(|turn| start(turn));
    }
    let stance = |cue: Run, source: Option<u32>| {
        let source = source.and_then(|source| mentions.get(source as usize));
        stance::of(document, tags, &models.indirect.cues, cue, source)
    };
    let attributions = within::nest(merge::merge(&scene, &choices, &proposals, &turns));
    attributions
        .into_iter()
        .map(|said| Attribution {
            with: said
                .source
                .zip(said.cue.filter(|_| !Form::TURNS.contains(&said.rule)))
                .map_or_else(Vec::new, |(source, cue)| joined::with(&scene, source, cue)),
            stance: said.cue.map_or(said.stance, |cue| stance(cue, said.source)),
            confidence: models.calibration.confidence(said.kind, said.confidence),
            ..said
        })
        .collect()
}

/// What the cues claim, as evidence for the ranker.
fn claims(document: &Document, mentions: &[Mention], proposals: &[indirect::Proposal]) -> Claims {
    Claims::new(document, mentions, proposals.iter().map(|p| p.claim(document)))
}
