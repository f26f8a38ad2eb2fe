//! How much two pieces of text share, in characters that are not white space.
//!
//! In: spans. Out: areas (sorted spans that do not touch), their size, and the sizes of all overlaps of two lists of
//! areas. Counting is a subtraction; overlaps are found in one sweep, so time grows with spans and overlaps alone.

use crate::span::Span;
use std::collections::BTreeMap;

/// How many characters that are not white space stand before each byte.
pub(super) struct Ink {
    before: Vec<u32>,
}

impl Ink {
    pub(super) fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut total = 0;
        for c in text.chars() {
            before.resize(before.len() + c.len_utf8(), total);
            total += u32::from(!is_blank(c));
        }
        before.push(total);
        Ink { before }
    }

    pub(super) fn of(&self, span: Span) -> u32 {
        self.before[span.end as usize] - self.before[span.start as usize]
    }

    /// The size of an area.
    pub(super) fn sum(&self, area: &[Span]) -> u32 {
        area.iter().map(|&piece| self.of(piece)).sum()
    }
}

/// White space, and the four separators of ASCII, which other tools that measure so leave out too.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The area that spans cover together.
pub(super) fn area(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort();
    let mut area: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match area.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => area.push(span),
        }
    }
    area
}

/// What area `i` of the one list and area `j` of the other share, by `(i, j)`; only where they share anything.
pub(super) fn overlaps(ones: &[Vec<Span>], others: &[Vec<Span>], ink: &Ink) -> BTreeMap<(usize, usize), u32> {
    let side = |side: usize, areas: &[Vec<Span>]| {
        let owned = areas.iter().enumerate();
        let pieces = owned.flat_map(|(owner, area)| area.iter().map(move |&piece| (piece, side, owner)));
        pieces.collect::<Vec<_>>()
    };
    let mut pieces = side(0, ones);
    pieces.extend(side(1, others));
    pieces.sort();
    let mut shared = BTreeMap::new();
    // Pieces that began earlier and may still go on.
    let mut open: [Vec<(u32, usize)>; 2] = [Vec::new(), Vec::new()];
    for (piece, side, owner) in pieces {
        open[1 - side].retain(|&(end, _)| end > piece.start);
        for &(end, other) in &open[1 - side] {
            let both = ink.of(Span {
                start: piece.start,
                end: piece.end.min(end),
            });
            if both > 0 {
                let pair = if side == 0 { (owner, other) } else { (other, owner) };
                *shared.entry(pair).or_default() += both;
            }
        }
        open[side].push((piece.end, owner));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(ends: &[(usize, usize)]) -> Vec<Span> {
        ends.iter().map(|&(start, end)| Span::new(start, end)).collect()
    }

    #[test]
    fn counts_characters_that_are_not_white_space() {
        let ink = Ink::new("né e\u{a0}\n“x”");
        assert_eq!(ink.of(Span::new(0, 3)), 2);
        assert_eq!(ink.of(Span::new(0, 15)), 6);
        assert_eq!(ink.of(Span::new(3, 4)), 0);
        assert_eq!(Ink::new("").of(Span::new(0, 0)), 0);
    }

    #[test]
    fn an_area_counts_no_place_twice() {
        assert_eq!(
            area(&spans(&[(5, 9), (0, 3), (2, 4), (9, 10)])),
            spans(&[(0, 4), (5, 10)])
        );
    }

    #[test]
    fn finds_all_overlaps() {
        let ink = Ink::new("abcdefghij");
        let ones = [spans(&[(0, 10)]), spans(&[(2, 4), (6, 8)]), spans(&[(9, 9)])];
        let others = [spans(&[(3, 7)]), spans(&[(8, 10)]), vec![]];
        let found = overlaps(&ones, &others, &ink);
        let wanted = [((0, 0), 4), ((0, 1), 2), ((1, 0), 2)];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    }
}
