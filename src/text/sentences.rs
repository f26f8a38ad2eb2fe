//! Paragraphs to sentences.
//!
//! In: text, tokens, paragraphs. Out: sentences in order, every token in exactly one of them, none over a paragraph's end.

use super::paragraphs::Paragraph;
use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::{Kind, Token};

/// A sentence, a heading or a list line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Run,
    /// Its bytes, from the first token to the last one.
    pub span: Span,
}

/// Cuts after stops.
pub fn split(_text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        let mut start = paragraph.tokens.start as usize;
        let end = paragraph.tokens.end as usize;
        let mut at = start;
        while at < end {
            let stop = tokens[at].kind == Kind::Stop;
            at += 1;
            while stop && at < end && !tokens[at].spaced {
                at += 1;
            }
            if stop || at == end {
                let run = Run::new(start, at);
                sentences.push(Sentence {
                    tokens: run,
                    span: span_of(tokens, run),
                });
                start = at;
            }
        }
    }
    sentences
}
