//! The line of items that attribution reads: each mention and each quotation folded into one, every other token as it is.
//!
//! In: a document, its tags and mentions. Out: items with a class letter each, and the outer sentences, in which a stop
//! inside a quotation ends nothing. The letters: `Q` quotation, `M` mention, `S` `C` `c` cues by strength, `G` gerund cue,
//! `q` cue noun, `A` according, `t` that, `R` who/which, `T` to, `O` of, `Y` by, `a` as/like, `p` preposition,
//! `&` and/or/but, `k` because/while, `b` be/have/do/modal, `d` determiner, `L` adverb, `n` number, `N` not, `h` what/how,
//! `e` -ed, `g` -ing, `W` capital, `w` any word, `s` 's, `i` object pronoun; signs stand for themselves.

use super::voice::{is_be, is_joined_passive, is_passive};
use crate::lexicon::{Class, Cue, Tag};
use crate::mentions::Mention;
use crate::span::Run;
use crate::text::Document;
use crate::text::paragraphs::Role;
use crate::tokens::{Kind, Token};

/// No mention, no quotation.
pub(crate) const NONE: u32 = u32::MAX;

/// Most items of an outer sentence: the longest of prose has some 150, and what looks through a sentence stays linear in
/// a text without stops.
pub(crate) const LONGEST_SENTENCE: usize = 400;

/// One item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) class: u8,
    /// Whether a form of "be" stands before it, adverbs left aside.
    pub(crate) behind_be: bool,
    /// Whether it is a participle whose subject is spoken to or of: "was told".
    pub(crate) passive: bool,
    pub(crate) tokens: Run,
    pub(crate) mention: u32,
    pub(crate) quotation: u32,
    /// Index of its outer sentence.
    pub(crate) sentence: u32,
    /// Index of its paragraph.
    pub(crate) paragraph: u32,
}

impl Item {
    /// Its class as the verb of the mention before it: `V` where that suffers it.
    pub(crate) fn verb(&self) -> u8 {
        if self.passive { b'V' } else { self.class }
    }
}

/// The items of a document.
#[derive(Debug)]
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    /// For each mention, its item; [`NONE`] for one inside a quotation.
    pub(crate) of_mention: Vec<u32>,
    /// For each mention, whether it is "who" or "which".
    pub(crate) relative: Vec<bool>,
    /// For each quotation, its item; [`NONE`] for a nested one and for one in boilerplate.
    pub(crate) of_quotation: Vec<u32>,
    /// For each outer sentence, its items.
    pub(crate) sentences: Vec<Run>,
    /// For each paragraph, its items.
    pub(crate) paragraphs: Vec<Run>,
}

impl Items {
    /// Folds a document into items.
    pub(crate) fn new(document: &Document, tags: &[Tag], mentions: &[Mention]) -> Items {
        let mut folded = Items {
            items: Vec::with_capacity(document.tokens.len()),
            of_mention: vec![NONE; mentions.len()],
            relative: mentions
                .iter()
                .map(|m| tags[m.head as usize].class() == Class::Relative)
                .collect(),
            of_quotation: vec![NONE; document.quotations.len()],
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        let ends = sentence_ends(document, tags);
        let outermost = document
            .quotations
            .iter()
            .zip(0u32..)
            .filter(|(q, _)| q.inside.is_none());
        let mut quotations = outermost.map(|(quotation, number)| (quotation.marked, number));
        let mut named = mentions.iter().zip(0u32..).map(|(m, number)| (m.tokens, number));
        // The quotation and the mention that come next, at the end ones that no token reaches.
        let beyond = (Run::new(u32::MAX as usize, u32::MAX as usize), NONE);
        let mut quotation = quotations.next().unwrap_or(beyond);
        let mut mention = named.next().unwrap_or(beyond);
        for (p, paragraph) in document.paragraphs.iter().enumerate() {
            let first_item = folded.items.len();
            let skipped = matches!(paragraph.role, Role::Boilerplate(_));
            let (mut sentence_start, mut behind_be) = (first_item, false);
            let mut at = paragraph.tokens.start as usize;
            let end = paragraph.tokens.end as usize;
            while at < end {
                let mut item = Item {
                    class: class_of(document, tags, at),
                    behind_be: false,
                    passive: false,
                    tokens: Run::new(at, at + 1),
                    mention: NONE,
                    quotation: NONE,
                    sentence: folded.sentences.len() as u32,
                    paragraph: p as u32,
                };
                while (quotation.0.start as usize) < at {
                    quotation = quotations.next().unwrap_or(beyond);
                }
                while (mention.0.start as usize) < at {
                    mention = named.next().unwrap_or(beyond);
                }
                if quotation.0.start as usize == at {
                    (item.class, item.tokens, item.quotation) = (b'Q', quotation.0, quotation.1);
                } else if mention.0.start as usize == at {
                    (item.class, item.tokens, item.mention) = (b'M', mention.0, mention.1);
                }
                at = (item.tokens.end as usize).max(at + 1).min(end);
                if skipped {
                    continue;
                }
                let index = folded.items.len();
                let word = item.tokens.start as usize;
                item.behind_be = behind_be;
                item.passive = behind_be && is_passive(&document.tokens[word], tags[word])
                    || matches!(item.class, b'S' | b'C') && is_joined_passive(&document.tokens, tags, word);
                if !matches!(item.class, b'L' | b'N') {
                    behind_be = item.class == b'b' && is_be(&document.tokens[word]);
                }
                if item.quotation != NONE {
                    folded.of_quotation[item.quotation as usize] = index as u32;
                }
                if item.mention != NONE {
                    folded.of_mention[item.mention as usize] = index as u32;
                }
                folded.items.push(item);
                if ends[at - 1] || at >= end || index - sentence_start >= LONGEST_SENTENCE {
                    folded.sentences.push(Run::new(sentence_start, index + 1));
                    (sentence_start, behind_be) = (index + 1, false);
                }
            }
            folded.paragraphs.push(Run::new(first_item, folded.items.len()));
        }
        folded
    }

    /// The class letter of an item, `^` before the first and `$` after the last item of `within`.
    pub(crate) fn class(&self, at: usize, within: Run) -> u8 {
        if at < within.start as usize {
            b'^'
        } else if at >= within.end as usize {
            b'$'
        } else {
            self.items[at].class
        }
    }

    /// The items of the outer sentence that an item lies in.
    pub(crate) fn sentence_of(&self, item: usize) -> Run {
        self.sentences[self.items[item].sentence as usize]
    }

    /// The paragraphs that hold anything.
    pub(crate) fn filled(&self) -> Vec<Run> {
        self.paragraphs.iter().filter(|run| !run.is_empty()).copied().collect()
    }

    /// The tokens of a paragraph; none for one without items.
    pub(crate) fn tokens_of(&self, paragraph: Run) -> Option<Run> {
        let items = &self.items[paragraph.range()];
        let (first, last) = items.first().zip(items.last())?;
        Some(Run::new(first.tokens.start as usize, last.tokens.end as usize))
    }
}

/// For each token, whether an outer sentence ends behind it.
fn sentence_ends(document: &Document, tags: &[Tag]) -> Vec<bool> {
    let tokens = &document.tokens;
    let mut ends = vec![false; tokens.len()];
    for sentence in &document.sentences {
        if let Some(last) = sentence.tokens.range().last() {
            ends[last] = true;
        }
    }
    if let Some(behind) = document.behind_dateline() {
        ends[behind - 1] = true;
    }
    for quotation in document.quotations.iter().filter(|q| q.inside.is_none()) {
        let marked = quotation.marked;
        let last = marked.end as usize - 1;
        for end in &mut ends[marked.start as usize..last] {
            *end = false;
        }
        let after = marked.end as usize;
        if !quotation.closed || after >= tokens.len() || tokens[after].breaks > 0 {
            continue;
        }
        let inner_last = &tokens[quotation.tokens.end as usize - 1];
        let word = inner_last.span.of(document.text);
        ends[last] = match (inner_last.kind, word) {
            // “Why?” Smith asked.
            (Kind::Stop | Kind::Ellipsis, ".") => tokens[after].is_capital() || tokens[after].kind == Kind::Mark,
            (Kind::Stop | Kind::Ellipsis, _) => {
                let near = after..tokens.len().min(after + 7);
                let cued = near
                    .clone()
                    .take_while(|&at| !ends[at])
                    .any(|at| tags[at].cue() == Cue::Strong);
                (tokens[after].is_capital() || tokens[after].kind == Kind::Mark) && !cued
            }
            _ => ends[last] && tokens[after].is_capital(),
        };
    }
    ends
}

/// The class letter of a single token.
fn class_of(document: &Document, tags: &[Tag], at: usize) -> u8 {
    // By the numbers of kinds, cues and classes, blank where more is asked: a table has no branch to guess wrong.
    const SIGNS: [u8; 13] = *b" n ..,:;-\"()%";
    const CUES: [u8; 7] = *b"  CSG A";
    const WORDS: [u8; 23] = *b" dp&k tRTOYaiiiinLNhD  ";
    let (token, tag) = (&document.tokens[at], tags[at]);
    let sign = SIGNS[token.kind as usize];
    if sign != b' ' {
        return sign;
    }
    let cue = CUES[tag.cue() as usize];
    let letter = if cue == b' ' { WORDS[tag.class() as usize] } else { cue };
    match (letter, tag.class()) {
        (b' ', Class::Auxiliary) if token.is("'s") => b's',
        (b' ', Class::Auxiliary) => b'b',
        (b' ', class) => open_class(token, tag, class),
        _ => letter,
    }
}

/// The class letter of a word of no closed class.
fn open_class(token: &Token, tag: Tag, class: Class) -> u8 {
    match (tag.cue(), class) {
        (Cue::Weak, _) => b'c',
        (Cue::Noun, _) => b'q',
        _ if token.is_capital() => b'W',
        (_, Class::Past) => b'e',
        (_, Class::Gerund) => b'g',
        _ => b'w',
    }
}
