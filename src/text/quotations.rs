//! Marks to quotations.
//!
//! In: text, tokens, paragraphs. Out: spans between quotation marks, outermost ones and nested ones.

use super::paragraphs::Paragraph;
use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::{Kind, Token};

/// A span between quotation marks. None crosses a paragraph's end: one that runs over several paragraphs is a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens inside, without the marks; never empty.
    pub tokens: Run,
    /// The opening mark and the closing one, if there is one, with all between.
    pub marked: Run,
    /// The bytes inside, from the first token to the last one.
    pub span: Span,
    /// The quotation that this one lies in.
    pub inside: Option<u32>,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// The quotation of the paragraph before that this one goes on with (that one has no closing mark).
    pub continues: Option<u32>,
}

/// Pairs straight and curly double marks.
pub fn find(text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    for paragraph in paragraphs {
        let mut open: Option<usize> = None;
        let end = paragraph.tokens.end as usize;
        for at in paragraph.tokens.range() {
            let token = &tokens[at];
            let mark = token.kind == Kind::Mark && matches!(token.span.of(text), "\"" | "“" | "”" | "''" | "``");
            match (mark, open) {
                (true, None) => open = Some(at),
                (true, Some(first)) => {
                    push(&mut quotations, tokens, first, at, true);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(first) = open {
            push(&mut quotations, tokens, first, end, false);
        }
    }
    quotations
}

fn push(quotations: &mut Vec<Quotation>, tokens: &[Token], open: usize, close: usize, closed: bool) {
    if close > open + 1 {
        let inner = Run::new(open + 1, close);
        quotations.push(Quotation {
            tokens: inner,
            marked: Run::new(open, close + usize::from(closed)),
            span: span_of(tokens, inner),
            inside: None,
            closed,
            continues: None,
        });
    }
}
