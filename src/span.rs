//! A place in an article's text.
//!
//! One type for all of them: bytes, end-exclusive, always on character borders of the text it was made from.
//! Other units (code points, UTF-16) exist only in the record, where `offsets` converts them.

use std::ops::Range;

/// A half-open range of bytes in an article's text, on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to, and without, byte `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The words themselves. A span is only ever used with the text it was made from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range()).unwrap_or_default()
    }

    /// As a range of byte indices.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes that both share, if any.
    pub fn overlap(&self, other: Span) -> usize {
        (self.end.min(other.end)).saturating_sub(self.start.max(other.start)) as usize
    }
}

/// A half-open range of tokens, by their index in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Run {
    /// First token.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
}

impl Run {
    /// The tokens from `start` up to, and without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Run {
            start: start as u32,
            end: end as u32,
        }
    }

    /// As a range of token indices.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether this token lies inside.
    pub fn has(&self, token: usize) -> bool {
        self.range().contains(&token)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Run) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both share a token.
    pub fn meets(&self, other: Run) -> bool {
        self.start < other.end && other.start < self.end
    }
}
