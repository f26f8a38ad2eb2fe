//! Nicknames inside a name.
//!
//! In: a token behind the first part of a name. Out: where the name goes on: "Rolf “Rudy” | Tarvel", "Rolf (Rudy) | Tarvel",
//! "Judge Zoa “The Hammer” | Tarvel".

use super::names::Names;
use crate::lexicon::Class;
use crate::tokens::{Case, Kind, Token};

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
        let closed = framed && tokens.get(close).is_some_and(closes);
        // "Rolf “Rudy” de la Tarvel"
        let particles = (close + 1..end).take_while(|&at| self.particle(at)).count();
        let name = close + 1 + particles;
        let closed = closed && tokens.get(name)?.is_capital() && tokens[name].breaks == 0;
        let titled = || at > 1 && self.tags[at - 2].is_title() && self.tags[at - 2].is_human();
        (closed && (self.given(at - 1) || titled() || self.is_called(at, name))).then_some(name)
    }

    /// Whether marks at a token stand between what may be a given name that nobody knows and a surname: "Terrok “T-Bone” |
    /// Tarvel".
    fn is_called(&self, at: usize, name: usize) -> bool {
        let tokens = &self.document.tokens;
        let marked = tokens[at].kind == Kind::Mark;
        let personal = |at: usize| {
            let tag = self.tags[at];
            let word = tag.is_small() || tag.is_civic() || tag.head() > 0 || tag.is_title() || tag.is_body();
            tokens[at].case == Case::Capital && !word && tag.class() == Class::None
        };
        let alone = at < 2 || !tokens[at - 2].is_capital() || tokens[at - 1].breaks > 0;
        marked && alone && personal(at - 1) && self.hit(at - 1).is_none() && personal(name)
    }
}
