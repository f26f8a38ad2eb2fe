//! Nicknames inside a name.
//!
//! In: a token behind the first part of a name. Out: where the name goes on: "Rolf “Rudy” | Tarvel", "Rolf (Rudy) | Tarvel",
//! "Judge Zoa “The Hammer” | Tarvel".

use super::names::Names;
use crate::tokens::{Kind, Token};

/// Longest nickname, in words.
const LONGEST: usize = 3;

impl Names<'_, '_> {
    /// The surname behind a nickname that stands in marks or in parentheses at a token.
    pub(super) fn behind_nickname(&self, at: usize, end: usize) -> Option<usize> {
        let tokens = &self.document.tokens[..end];
        let open = tokens.get(at)?;
        let closing = match open.kind {
            Kind::Open => Kind::Close,
            Kind::Mark => Kind::Mark,
            _ => return None,
        };
        let inside = tokens[at + 1..]
            .iter()
            .take(LONGEST)
            .take_while(|word| word.is_capital());
        let close = at + 1 + inside.count();
        let framed = open.spaced && open.breaks == 0 && close > at + 1 && !tokens[at + 1].spaced;
        let closes = |token: &Token| token.kind == closing && !token.spaced;
        let closed = framed && tokens.get(close).is_some_and(closes) && tokens.get(close + 1)?.is_capital();
        let titled = || at > 1 && self.tags[at - 2].is_title() && self.tags[at - 2].is_human();
        (closed && (self.given(at - 1) || titled())).then_some(close + 1)
    }
}
