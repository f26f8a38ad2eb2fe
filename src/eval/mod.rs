//! How good predictions are, measured against annotated articles.
//!
//! In: articles with their annotations ([`crate::gold`]), [`Predictions`] for them, and who their sources are
//! ([`Names`]), if that is known. Out: [`Scores`], and [`Faults`]: what went wrong where. What is measured:
//!
//! - **quoted**: by quotation, that is, the words between two marks. It is speech if a content with a source covers at
//!   least half of it, and found if a predicted content does. It is right if predicted mention and source meet besides.
//!   **quoted.det** asks only whether it was found; **quoted5** looks at quotations of five words and more only.
//! - **relations**: by attribution of any type. It is right if predicted and annotated content share at least half of
//!   what they cover together, and the speaker is right. Recall is given by type too.
//! - **content**: by character inside anything said or thought.
//! - **names**: by quotation whose speaker's name is known. It is right if the name given is that person's.
//!
//! - **reliability**: by prediction with a confidence. A direct quote is right if all its quotations are, any other one
//!   if the attribution is.
//!
//! Half and share are counted in characters that are not white space. What is annotated without a source counts neither
//! for nor against.

mod faults;
mod ink;
mod predictions;
mod quoted;
mod relations;
mod reliability;
mod report;
mod speaker;
#[cfg(test)]
mod tests;

pub use faults::{Fault, Faults, Kind};
pub use predictions::{Predicted, Predictions};
pub use reliability::Reliability;
pub use speaker::Names;

use crate::gold::Annotated;
use crate::span::Span;
use ink::Ink;

/// How much of one sort there was, how much was predicted, how much of that was right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Annotated.
    pub gold: u64,
    /// Predicted.
    pub predicted: u64,
    /// Both, and right.
    pub right: u64,
}

/// What was measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Quotations with the right mention.
    pub quoted: Count,
    /// Quotations found to be speech.
    pub detected: Count,
    /// Quotations of five words and more with the right mention.
    pub quoted5: Count,
    /// Quotations of five words and more found to be speech.
    pub detected5: Count,
    /// Attributions with about the right content and the right mention.
    pub relations: Count,
    /// Characters inside contents.
    pub content: Count,
    /// Annotated attributions by type: all of it between marks, some of it, none. Their `predicted` is not counted.
    pub by_type: [Count; 3],
    /// Quotations with the right person's name.
    pub names: Count,
    /// How far confidence can be trusted.
    pub reliability: Reliability,
    /// Articles.
    pub articles: u64,
}

/// Scores predictions. Of each kind of fault, `examples` are kept; all are counted.
pub fn score(
    articles: &[Annotated],
    predictions: &Predictions,
    names: Option<&Names>,
    examples: usize,
) -> (Scores, Faults) {
    let mut scores = Scores::default();
    let mut faults = Faults::new(examples);
    for (at, annotated) in articles.iter().enumerate() {
        let sheet = Sheet::new(at, annotated, predictions.of(at));
        let verdicts = Verdicts {
            as_quotations: quoted::score(&sheet, names, &mut scores, &mut faults),
            as_relations: relations::score(&sheet, &mut scores, &mut faults),
        };
        for (at, predicted) in sheet.predicted.iter().enumerate() {
            if let (Some(confidence), Some(right)) = (predicted.confidence, verdicts.of(&sheet, at)) {
                scores.reliability.add(confidence, right);
            }
        }
        scores.articles += 1;
    }
    (scores, faults)
}

/// Whether predictions are right, as far as annotations tell.
struct Verdicts {
    as_quotations: Vec<Option<bool>>,
    as_relations: Vec<Option<bool>>,
}

impl Verdicts {
    /// A direct quote is judged by its quotations, all others as attributions where those are annotated.
    fn of(&self, sheet: &Sheet<'_>, at: usize) -> Option<bool> {
        let as_relation = || self.as_relations[at].filter(|_| sheet.article.cues);
        match sheet.predicted[at].direct {
            true => self.as_quotations[at].or_else(as_relation),
            false => as_relation(),
        }
    }
}

/// For each prediction of an article, whether it is right; `None` where the annotations do not tell.
pub(crate) fn judge(article: &Annotated, predicted: &[Predicted]) -> Vec<Option<bool>> {
    let sheet = Sheet::new(0, article, predicted);
    let (mut scores, mut faults) = (Scores::default(), Faults::new(0));
    let verdicts = Verdicts {
        as_quotations: quoted::score(&sheet, None, &mut scores, &mut faults),
        as_relations: relations::score(&sheet, &mut scores, &mut faults),
    };
    (0..predicted.len()).map(|at| verdicts.of(&sheet, at)).collect()
}

/// One article, laid out for measuring.
struct Sheet<'a> {
    /// Its number among the articles.
    number: usize,
    article: &'a Annotated,
    predicted: &'a [Predicted],
    ink: Ink,
    /// The words between quotation marks.
    quotations: Vec<Span>,
    /// What each annotation and each prediction covers: sorted pieces that do not touch.
    gold_areas: Vec<Vec<Span>>,
    predicted_areas: Vec<Vec<Span>>,
}

impl<'a> Sheet<'a> {
    fn new(number: usize, article: &'a Annotated, predicted: &'a [Predicted]) -> Self {
        Sheet {
            number,
            article,
            predicted,
            ink: Ink::new(&article.text),
            quotations: quoted::quotations(&article.text),
            gold_areas: article.relations.iter().map(|r| ink::area(&r.content)).collect(),
            predicted_areas: predicted.iter().map(|p| ink::area(&p.content)).collect(),
        }
    }

    fn text(&self) -> &'a str {
        &self.article.text
    }
}
