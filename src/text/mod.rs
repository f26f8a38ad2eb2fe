//! The surface of an article: what can be seen without knowing who anybody is.
//!
//! In: text. Out: a [`Document`]: its tokens, paragraphs (boilerplate told apart), header, sentences and quotations,
//! each made from the ones before and never changed afterwards.

pub mod boilerplate;
mod byline;
mod days;
pub mod header;
mod marks;
pub mod paragraphs;
pub mod quotations;
pub mod sentences;
mod words;

use crate::span::{Run, Span};
use crate::tokens::{Kind, Token, tokenize};
use header::Header;
use paragraphs::Paragraph;
use quotations::Quotation;
use sentences::Sentence;

/// A text with everything that its surface tells.
#[derive(Debug, Clone)]
pub struct Document<'t> {
    /// The article's text.
    pub text: &'t str,
    /// Words and signs, in order.
    pub tokens: Vec<Token>,
    /// Paragraphs: together they hold every token once, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What the lines around the article say of it.
    pub header: Header,
    /// Sentences: together they hold every token once, in order; none crosses a paragraph's end.
    pub sentences: Vec<Sentence>,
    /// Quotations in the order of their opening marks; a nested one follows the one it lies in.
    pub quotations: Vec<Quotation>,
}

impl<'t> Document<'t> {
    /// Reads the surface of a text of at most 4 GiB.
    pub fn read(text: &'t str) -> Self {
        let tokens = tokenize(text);
        let paragraphs = paragraphs::lay_out(text, &tokens);
        let header = header::read(text, &paragraphs);
        let sentences = sentences::split(text, &tokens, &paragraphs);
        let quotations = quotations::find(text, &tokens, &paragraphs);
        Document {
            text,
            tokens,
            paragraphs,
            header,
            sentences,
            quotations,
        }
    }

    /// The first token behind the dateline and its dash or colon; none without a dateline.
    pub(crate) fn behind_dateline(&self) -> Option<usize> {
        let line = self.header.dateline?;
        let end = self.tokens.partition_point(|token| token.span.start < line.end);
        let dash = self.tokens[end..]
            .iter()
            .take_while(|token| matches!(token.kind, Kind::Dash | Kind::Colon));
        Some(end + dash.count())
    }

    /// The bytes from a run's first token to its last one.
    pub fn span(&self, run: Run) -> Span {
        span_of(&self.tokens, run)
    }

    /// The words of a run, as the text has them.
    pub fn words(&self, run: Run) -> &'t str {
        self.span(run).of(self.text)
    }
}

/// The bytes from a run's first token to its last one; empty for an empty run.
pub(crate) fn span_of(tokens: &[Token], run: Run) -> Span {
    match tokens.get(run.range()) {
        Some([first, .., last]) => Span::new(first.span.start as usize, last.span.end as usize),
        Some([only]) => only.span,
        _ => Span::default(),
    }
}

#[cfg(test)]
mod tests;
