//! Attributions of any type, and the characters inside them.
//!
//! In: an article laid out with annotations and predictions. Out: the counts `relations` and `content`, the recall by
//! type, and the faults. Each annotation is matched with at most one prediction, those that agree best first.

use super::faults::{Faults, Kind, clipped};
use super::speaker::meets_a_source;
use super::{Count, Scores, Sheet, ink};
use crate::span::Span;
use std::cmp::Ordering;

/// Counts the attributions of an article. For each prediction: whether it is right; `None` where the annotation that it
/// matches has no source.
pub(super) fn score(sheet: &Sheet<'_>, scores: &mut Scores, faults: &mut Faults) -> Vec<Option<bool>> {
    let mut verdicts: Vec<Option<bool>> = vec![Some(false); sheet.predicted.len()];
    let pairs = pairs(sheet);
    let mut matched = Matched::new(sheet);
    matched.take(pairs.iter().filter(|pair| pair.agrees()));
    let types = types(sheet);
    for (at, relation) in sheet.article.relations.iter().enumerate() {
        if relation.source.is_empty() {
            continue;
        }
        let prediction = matched.gold[at];
        let mention = prediction.and_then(|i| sheet.predicted[i].mention);
        let right = mention.is_some_and(|mention| meets_a_source(sheet.text(), mention, &relation.source));
        let count = Count {
            gold: 1,
            predicted: 0,
            right: u64::from(right),
        };
        scores.relations += count;
        scores.by_type[types[at]] += count;
        if let Some(prediction) = prediction {
            verdicts[prediction] = Some(right);
        }
        if prediction.is_some() && !right {
            sheet.blame(faults, Kind::RelationSource, Some(at), prediction);
        }
    }
    for (gold, verdict) in matched.predicted.iter().zip(&mut verdicts) {
        let without_source = gold.is_some_and(|gold| sheet.article.relations[gold].source.is_empty());
        if without_source {
            *verdict = None;
        }
        scores.relations.predicted += u64::from(!without_source);
    }
    content(sheet, &mut scores.content);
    // What is left over and overlaps has wrong borders; what is left then is missed or made up.
    let strict = matched.clone();
    matched.take(
        pairs
            .iter()
            .filter(|pair| !sheet.article.relations[pair.gold].source.is_empty()),
    );
    for (at, relation) in sheet.article.relations.iter().enumerate() {
        if relation.source.is_empty() || strict.gold[at].is_some() {
            continue;
        }
        match matched.gold[at] {
            Some(prediction) => sheet.blame(faults, Kind::RelationBorders, Some(at), Some(prediction)),
            None => sheet.blame(faults, Kind::RelationMissed, Some(at), None),
        }
    }
    for (at, _) in matched.predicted.iter().enumerate().filter(|(_, gold)| gold.is_none()) {
        sheet.blame(faults, Kind::RelationSpurious, None, Some(at));
    }
    verdicts
}

fn content(sheet: &Sheet<'_>, count: &mut Count) {
    let all = |areas: &[Vec<Span>]| vec![ink::area(&areas.concat())];
    let (gold, predicted) = (all(&sheet.gold_areas), all(&sheet.predicted_areas));
    let both = ink::overlaps(&gold, &predicted, &sheet.ink);
    *count += Count {
        gold: u64::from(sheet.ink.sum(&gold[0])),
        predicted: u64::from(sheet.ink.sum(&predicted[0])),
        right: u64::from(both.get(&(0, 0)).copied().unwrap_or_default()),
    };
}

/// The type of each annotated attribution: 0 for direct (nine tenths of it between marks, the marks included), 1 for
/// mixed, 2 for indirect.
fn types(sheet: &Sheet<'_>) -> Vec<usize> {
    let text = sheet.text();
    let with_marks = |span: &Span| {
        let before = text[..span.start as usize].chars().next_back();
        let after = text[span.end as usize..].chars().next();
        Span {
            start: span.start - before.map_or(0, char::len_utf8) as u32,
            end: span.end + after.map_or(0, char::len_utf8) as u32,
        }
    };
    let quoted = [ink::area(&sheet.quotations.iter().map(with_marks).collect::<Vec<_>>())];
    let shared = ink::overlaps(&quoted, &sheet.gold_areas, &sheet.ink);
    let of = |(at, area): (usize, &Vec<Span>)| match shared.get(&(0, at)) {
        Some(quoted) if quoted * 10 >= sheet.ink.sum(area) * 9 => 0,
        Some(_) => 1,
        None => 2,
    };
    sheet.gold_areas.iter().enumerate().map(of).collect()
}

/// An annotation and a prediction whose contents overlap.
struct Pair {
    gold: usize,
    predicted: usize,
    /// How much they share, and how much they cover together.
    shared: u64,
    together: u64,
}

impl Pair {
    /// Whether they share half of what they cover together.
    fn agrees(&self) -> bool {
        self.shared * 2 >= self.together
    }

    /// The order in which pairs are taken: the better agreement first; of equals the last, by a convention that others'
    /// figures follow too.
    fn before(&self, other: &Pair) -> Ordering {
        let agreement = (other.shared * self.together).cmp(&(self.shared * other.together));
        agreement.then((other.gold, other.predicted).cmp(&(self.gold, self.predicted)))
    }
}

/// All pairs that overlap, best first.
fn pairs(sheet: &Sheet<'_>) -> Vec<Pair> {
    let sizes = |areas: &[Vec<Span>]| areas.iter().map(|area| sheet.ink.sum(area)).collect::<Vec<_>>();
    let (golds, predicteds) = (sizes(&sheet.gold_areas), sizes(&sheet.predicted_areas));
    let shared = ink::overlaps(&sheet.gold_areas, &sheet.predicted_areas, &sheet.ink);
    let pair = |((gold, predicted), shared)| Pair {
        gold,
        predicted,
        shared: u64::from(shared),
        together: u64::from(golds[gold]) + u64::from(predicteds[predicted]) - u64::from(shared),
    };
    let mut pairs: Vec<Pair> = shared.into_iter().map(pair).collect();
    pairs.sort_by(Pair::before);
    pairs
}

/// Which prediction each annotation has, and the other way round.
#[derive(Clone)]
struct Matched {
    gold: Vec<Option<usize>>,
    predicted: Vec<Option<usize>>,
}

impl Matched {
    fn new(sheet: &Sheet<'_>) -> Self {
        Matched {
            gold: vec![None; sheet.gold_areas.len()],
            predicted: vec![None; sheet.predicted_areas.len()],
        }
    }

    /// Matches pairs in this order, where both are still free.
    fn take<'p>(&mut self, pairs: impl Iterator<Item = &'p Pair>) {
        for pair in pairs {
            let (gold, predicted) = (&mut self.gold[pair.gold], &mut self.predicted[pair.predicted]);
            if gold.is_none() && predicted.is_none() {
                (*gold, *predicted) = (Some(pair.predicted), Some(pair.gold));
            }
        }
    }
}

impl Sheet<'_> {
    fn blame(&self, faults: &mut Faults, kind: Kind, gold: Option<usize>, predicted: Option<usize>) {
        let text = self.text();
        let words = |area: &[Span]| {
            let pieces: Vec<String> = area.iter().map(|piece| clipped(piece.of(text))).collect();
            pieces.join(" … ")
        };
        let named = |mention: Option<&Span>| mention.map_or("nobody".to_owned(), |span| clipped(span.of(text)));
        let area = match (gold, predicted) {
            (Some(at), _) => self.gold_areas[at].as_slice(),
            (None, Some(at)) => self.predicted_areas[at].as_slice(),
            (None, None) => &[],
        };
        // A prediction of no words at all stands nowhere.
        let place = area.first().copied().unwrap_or_default();
        faults.add(kind, self.article, place, || {
            let gold = gold.map(|at| named(self.article.relations[at].source.first()));
            let predicted = predicted.map(|at| match (kind, named(self.predicted[at].mention.as_ref())) {
                (Kind::RelationBorders, name) => format!("{name}: {}", words(&self.predicted_areas[at])),
                (_, name) => name,
            });
            (words(area), gold.unwrap_or_default(), predicted.unwrap_or_default())
        });
    }
}
