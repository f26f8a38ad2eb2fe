//! Quotes inside other quotes' content, and quotes that are sure enough.
//!
//! In: the attributions of an article. Out: for each, the smallest other one whose content holds all of its own: "Marsh
//! said Brandt had called it “a gift”" holds what Brandt called it. One sweep over the pieces of all contents.

use super::Attribution;
use crate::span::Span;

/// So many contents around a piece are looked at; deeper nesting is no prose.
const DEEPEST: usize = 16;

/// The attributions with the one that each stands in.
pub(super) fn nest(attributions: Vec<Attribution>) -> Vec<Attribution> {
    let around: Vec<Option<u32>> = around(&attributions);
    let nested = attributions.into_iter().zip(around);
    nested.map(|(said, within)| Attribution { within, ..said }).collect()
}

fn around(attributions: &[Attribution]) -> Vec<Option<u32>> {
    let length = |said: &Attribution| said.content.iter().map(Span::len).sum::<usize>();
    let lengths: Vec<usize> = attributions.iter().map(length).collect();
    let mut pieces: Vec<(Span, usize)> = Vec::new();
    for (at, said) in attributions.iter().enumerate() {
        pieces.extend(said.content.iter().map(|&piece| (piece, at)));
    }
    // The longer one of two that begin together first: it holds the other.
    pieces.sort_by_key(|&(piece, at)| (piece.start, u32::MAX - piece.end, at));
    let mut around = vec![None; attributions.len()];
    let mut open: Vec<(Span, usize)> = Vec::new();
    for (piece, at) in pieces {
        open.retain(|(outer, _)| outer.end > piece.start);
        if attributions[at].content.first() == Some(&piece) {
            let holders = open.iter().rev().take(DEEPEST).filter(|&&(outer, other)| {
                let pieces = &attributions[at].content;
                other != at
                    && outer.contains(piece)
                    && lengths[other] > lengths[at]
                    && pieces.iter().all(|&piece| holds(&attributions[other].content, piece))
            });
            around[at] = holders
                .map(|&(_, other)| other)
                .min_by_key(|&other| (lengths[other], other));
        }
        open.push((piece, at));
    }
    around.into_iter().map(|other| Some(other? as u32)).collect()
}

/// Whether one of the spans, which stand in order, holds a piece.
fn holds(spans: &[Span], piece: Span) -> bool {
    let next = spans.partition_point(|span| span.start <= piece.start);
    next.checked_sub(1).is_some_and(|at| spans[at].contains(piece))
}

/// The attributions of at least this confidence. One that stood in another that is left out stands in what that one
/// stood in.
pub fn at_least(attributions: Vec<Attribution>, confidence: f32) -> Vec<Attribution> {
    let kept: Vec<bool> = attributions.iter().map(|said| said.confidence >= confidence).collect();
    let outer: Vec<Option<u32>> = attributions.iter().map(|said| said.within).collect();
    let mut numbers = Vec::with_capacity(kept.len());
    let mut next = 0;
    for &kept in &kept {
        numbers.push(next);
        next += u32::from(kept);
    }
    let within = |said: &Attribution| {
        let mut outside = said.within?;
        while !kept[outside as usize] {
            outside = outer[outside as usize]?;
        }
        Some(numbers[outside as usize])
    };
    let sure = attributions.into_iter().filter(|said| said.confidence >= confidence);
    sure.map(|said| Attribution {
        within: within(&said),
        ..said
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{Stance, Type};

    fn said(content: &[(usize, usize)], confidence: f32) -> Attribution {
        Attribution {
            kind: Type::Indirect,
            content: content.iter().map(|&(start, end)| Span::new(start, end)).collect(),
            quoted: Vec::new(),
            cue: None,
            source: None,
            with: Vec::new(),
            stance: Stance::default(),
            within: None,
            confidence,
            rule: "verb",
            alternatives: Vec::new(),
        }
    }

    fn within(nested: &[Attribution]) -> Vec<Option<u32>> {
        nested.iter().map(|said| said.within).collect()
    }

    #[test]
    fn the_smallest_that_holds_all_pieces_is_around() {
        let all = nest(vec![
            said(&[(0, 90), (100, 120)], 0.9),
            said(&[(10, 80)], 0.2),
            said(&[(20, 30), (40, 50)], 0.9),
            said(&[(60, 70), (101, 110)], 0.9),
            said(&[(85, 99)], 0.9),
            said(&[(20, 30), (40, 50)], 0.9),
        ]);
        assert_eq!(within(&all), [None, Some(0), Some(1), Some(0), None, Some(1)]);
        let sure = at_least(all, 0.5);
        assert_eq!(within(&sure), [None, Some(0), Some(0), None, Some(0)]);
    }
}
