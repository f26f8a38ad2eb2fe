//! Tokens to paragraphs.
//!
//! In: text and tokens. Out: paragraphs in order, every token in exactly one of them, each with its role. A line break
//! ends a paragraph, except in text wrapped to a width, where the next word shows whether a break was meant: had it
//! fitted on the line, the break is one of the author's.

use super::{boilerplate, byline};
use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::{Case, Kind, Token};

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

/// Lines of wrapped text are about this long; longer ones are paragraphs in one line.
const WIDTHS: std::ops::RangeInclusive<u32> = 40..=110;

/// Headings have at most this many words, titles too.
const HEADING: usize = 20;

/// A byline stands among this many first paragraphs.
const BYLINE: usize = 6;

/// A byline has at most so many tokens.
const BYLINE_TOKENS: usize = 18;

/// Cuts a text into paragraphs and says what each is.
pub fn lay_out(text: &str, tokens: &[Token]) -> Vec<Paragraph> {
    let mut paragraphs = cut(tokens);
    let mut block = None;
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let inner = &tokens[paragraph.tokens.range()];
        paragraph.role = match boilerplate::judge(text, inner) {
            Some(verdict) => {
                block = verdict.block.then_some(verdict.reason).or(block);
                Role::Boilerplate(verdict.reason)
            }
            None => match block {
                Some(reason) if boilerplate::goes_on(inner) => Role::Boilerplate(reason),
                _ => {
                    block = None;
                    own(text, inner, index)
                }
            },
        };
    }
    paragraphs
}

/// The role of a paragraph that no phrase and no block gave away.
fn own(text: &str, paragraph: &[Token], index: usize) -> Role {
    if index < BYLINE && is_byline(text, paragraph, index == 0) {
        return Role::Boilerplate("byline");
    }
    let words: usize = paragraph.iter().map(|token| usize::from(token.is_word())).sum();
    if words > HEADING {
        return Role::Body;
    }
    let letters = paragraph.iter().filter(|token| token.case != Case::None);
    let (mut upper, mut capital, mut long) = (0, 0, 0);
    for token in letters {
        upper += usize::from(token.case == Case::Upper);
        // Small words stay small in titles.
        if token.span.len() > 3 {
            long += 1;
            capital += usize::from(matches!(token.case, Case::Capital | Case::Upper));
        }
    }
    let stopped = boilerplate::ends_with_stop(paragraph);
    // A line that ends in a colon leads into what follows.
    let leads = paragraph.last().is_some_and(|last| last.kind == Kind::Colon);
    let shouts = upper > 0 && upper == paragraph.iter().filter(|token| token.case != Case::None).count();
    let title = index == 0 && long >= 3 && capital * 4 >= long * 3;
    if (!stopped && !leads) || shouts || title || words == 0 {
        Role::Heading
    } else {
        Role::Body
    }
}

/// "By Ana Orlo", "By ANA ORLO and Ben Sumner, Vela News", "Ana Orlo, Staff Writer".
fn is_byline(text: &str, paragraph: &[Token], first: bool) -> bool {
    if paragraph.len() > BYLINE_TOKENS || boilerplate::ends_with_stop(paragraph) {
        return false;
    }
    let line = span_of(paragraph, Run::new(0, paragraph.len())).of(text);
    match byline::lead(line) {
        Some(lead) => {
            let capitals = line[lead..].split_whitespace().filter(|word| *word != ":").take(2);
            capitals.filter(|word| word.starts_with(char::is_uppercase)).count() == 2
        }
        None => byline::unled(line, first).is_some_and(|line| !line.placed),
    }
}

fn cut(tokens: &[Token]) -> Vec<Paragraph> {
    let breaks = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| *at > 0 && token.breaks > 0);
    // The end of each line.
    let mut lines: Vec<usize> = breaks.map(|(at, _)| at).collect();
    lines.extend((!tokens.is_empty()).then_some(tokens.len()));
    let width = wrap_width(tokens, &lines);
    let mut paragraphs = Vec::with_capacity(lines.len());
    let (mut start, mut line) = (0, 0);
    for at in lines {
        let wrapped = width.is_some_and(|width| {
            tokens.get(at).is_some_and(|next| {
                let length = tokens[at - 1].span.end - tokens[line].span.start;
                next.breaks == 1 && length + 1 + next.span.len() as u32 > width
            })
        });
        line = at;
        if !wrapped {
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

/// The length that a line must reach with the next word for its break to be a mere wrap; `None` if the text is not
/// wrapped: it is when nearly no line is long and most single breaks stand within a sentence.
fn wrap_width(tokens: &[Token], lines: &[usize]) -> Option<u32> {
    let (mut breaks, mut within, mut long, mut widest) = (0, 0, 0, 0);
    let mut line = 0;
    for &at in lines {
        let length = tokens[at - 1].span.end - tokens[line].span.start;
        line = at;
        if length > *WIDTHS.end() {
            long += 1;
            continue;
        }
        widest = length.max(widest);
        if let Some(next) = tokens.get(at)
            && next.breaks == 1
        {
            breaks += 1;
            let stopped = matches!(
                tokens[at - 1].kind,
                Kind::Stop | Kind::Ellipsis | Kind::Mark | Kind::Colon
            );
            let runs_on = next.case == Case::Lower && !stopped;
            within += usize::from(runs_on && length >= *WIDTHS.start());
        }
    }
    let wrapped = breaks >= 2 && within * 5 >= breaks * 2 && long * 20 <= breaks;
    // Ragged lines stop up to a long word short of the width; the word itself is added by the caller.
    wrapped.then_some(widest * 4 / 5)
}
