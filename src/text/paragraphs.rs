//! Tokens to paragraphs.
//!
//! In: text and tokens. Out: paragraphs in order, every token in exactly one of them.

use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::Token;

/// What a paragraph is to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The article's own prose.
    Body,
    /// A title, a heading, a list line: text without a full stop that is still the article's own.
    Heading,
    /// None of the article's own: no quotes and no entities come from it. The reason is kept for `explain`.
    Boilerplate(&'static str),
}

/// A paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Run,
    /// Its bytes, from the first token to the last one.
    pub span: Span,
    /// What it is to the article.
    pub role: Role,
}

/// Cuts at line breaks.
pub fn lay_out(_text: &str, tokens: &[Token]) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at == tokens.len() || tokens[at].breaks > 0 {
            let run = Run::new(start, at);
            paragraphs.push(Paragraph {
                tokens: run,
                span: span_of(tokens, run),
                role: Role::Body,
            });
            start = at;
        }
    }
    paragraphs
}
