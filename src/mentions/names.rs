//! Chains of capitals, and what they tell of the one they name.
//!
//! In: a document, its tags, the gazetteer. Out: for each token whether a name can stand there, how far a chain goes, and
//! kind and gender of the one named.

use super::groups::Group;
use super::{Gender, Kind, gender_of};
use crate::gazetteer::{Gazetteer, Sense};
use crate::lexicon::{Class, Cue, Tag};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{self, Case, Token};
use std::collections::HashSet;

/// Words between the capitals of a name.
const PARTICLES: [&str; 22] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "al",
    "el", "bin", "ibn", "bint", "y",
];

/// What the capitals of a document name.
pub(super) struct Names<'d, 't> {
    document: &'d Document<'t>,
    tags: &'d [Tag],
    gazetteer: &'d Gazetteer,
    is_name: Vec<bool>,
    /// For each token, where its sentence ends.
    sentence_end: Vec<u32>,
}

impl<'d, 't> Names<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>, tags: &'d [Tag], gazetteer: &'d Gazetteer) -> Self {
        let tokens = &document.tokens;
        let mut sentence_end = vec![0; tokens.len()];
        let mut first = vec![false; tokens.len()];
        for sentence in &document.sentences {
            sentence_end[sentence.tokens.range()].fill(sentence.tokens.end);
            for at in sentence.tokens.range() {
                first[at] = true;
                if tokens[at].is_word() {
                    break;
                }
            }
        }
        for at in 1..tokens.len() {
            first[at] |= matches!(
                tokens[at - 1].kind,
                tokens::Kind::Mark | tokens::Kind::Colon | tokens::Kind::Ellipsis
            ) && tokens[at].is_word();
        }
        let sure = |at: usize| can_name(&tokens[at], tags[at]) && !first[at];
        let inside: HashSet<u64> = (0..tokens.len())
            .filter(|&at| sure(at))
            .map(|at| tokens[at].key)
            .collect();
        let is_name = (0..tokens.len())
            .map(|at| {
                let (token, tag) = (&tokens[at], tags[at]);
                if !can_name(token, tag) {
                    return false;
                }
                // At a sentence's start a capital says nothing about a word usually written small.
                !first[at]
                    || !tag.is_small()
                    || inside.contains(&token.key)
                    || tag.is_title() && next_is_name(tokens, tags, at)
            })
            .collect();
        Names {
            document,
            tags,
            gazetteer,
            is_name,
            sentence_end,
        }
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_name[at]
    }

    pub(super) fn sentence_end(&self, at: usize) -> usize {
        self.sentence_end[at] as usize
    }

    /// The chain that begins at a name token.
    pub(super) fn chain(&self, start: usize, end: usize) -> Run {
        let tokens = &self.document.tokens;
        let name_at = |at: usize| at < end && tokens[at].spaced && tokens[at].breaks < 2 && self.continues(at);
        let mut at = start + 1;
        loop {
            if name_at(at) {
                at += 1;
            } else if at < end && is_particle(&tokens[at], self.document.text) && tokens[at].spaced {
                let second = at + 1 < end && is_particle(&tokens[at + 1], self.document.text);
                let name = at + 1 + usize::from(second);
                if !name_at(name) {
                    break;
                }
                at = name + 1;
            } else if at < end && self.links(at - 1, at) {
                let article = at + 1 < end && tokens[at + 1].is("the");
                let name = at + 1 + usize::from(article);
                if !name_at(name) {
                    break;
                }
                at = name + 1;
            } else if at + 1 < end && tokens[at].kind == tokens::Kind::Comma && is_suffix(&tokens[at + 1]) {
                at += 2;
            } else {
                break;
            }
        }
        Run::new(start, at)
    }

    /// Whether a capital inside a chain goes on with it.
    fn continues(&self, at: usize) -> bool {
        let (token, tag) = (&self.document.tokens[at], self.tags[at]);
        can_name(token, tag) && !(tag.class() != Class::None && token.case != Case::Upper)
    }

    /// Whether "of", "for" or "on" at a token joins what stands before to a name ("Secretary of State").
    fn links(&self, before: usize, at: usize) -> bool {
        let token = &self.document.tokens[at];
        let tag = self.tags[before];
        (token.is("of") || token.is("for") || token.is("on"))
            && (tag.is_title() || tag.head() > 0 || is_body(&self.document.tokens[before]))
    }

    /// What the gazetteer knows under a name.
    pub(super) fn senses(&self, _name: Run) -> Vec<Sense> {
        let _ = self.gazetteer;
        Vec::new()
    }

    /// The gender that a title or a given name tells.
    pub(super) fn gender(&self, group: &Group) -> Option<Gender> {
        group.tokens.range().find_map(|at| gender_of(self.tags[at]))
    }

    /// What is named, by title, by the words of the name, by the gazetteer.
    pub(super) fn kind(&self, group: &Group, senses: &[Sense]) -> Option<Kind> {
        let tokens = &self.document.tokens;
        let name = group.name.range();
        let last = group.name.end as usize - 1;
        if is_body(&tokens[last])
            || name.clone().any(|at| is_body(&tokens[at]))
            || self.tags[last].head() > 0 && !self.tags[last].is_human()
        {
            return Some(Kind::Organization);
        }
        let titled = group
            .tokens
            .range()
            .any(|at| at < last && (self.tags[at].is_title() || self.tags[at].is_human()));
        match senses.first() {
            Some(Sense::Person(_)) => Some(Kind::Person),
            Some(Sense::Place(_) | Sense::Metonym(_)) if !titled => Some(Kind::Place),
            Some(Sense::Organization(_)) if !titled => Some(Kind::Organization),
            Some(Sense::Demonym(_)) if !titled => Some(Kind::Group),
            _ if titled => Some(Kind::Person),
            _ if group.name.len() == 1 && tokens[last].case == Case::Upper && tokens[last].span.len() > 1 => {
                Some(Kind::Organization)
            }
            _ => None,
        }
    }
}

/// Whether a token can be part of a name at all.
fn can_name(token: &Token, tag: Tag) -> bool {
    if !token.is_capital() {
        return false;
    }
    matches!(
        tag.class(),
        Class::None | Class::Past | Class::Gerund | Class::Adverb | Class::Number
    )
}

fn next_is_name(tokens: &[Token], tags: &[Tag], at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|next| can_name(next, tags[at + 1]) && tags[at + 1].cue() != Cue::Strong)
}

fn is_particle(token: &Token, text: &str) -> bool {
    token.case == Case::Lower && PARTICLES.contains(&token.span.of(text))
}

fn is_suffix(token: &Token) -> bool {
    ["jr.", "sr.", "jr", "sr", "ii", "iii", "iv"]
        .iter()
        .any(|suffix| token.is(suffix))
}

/// Nouns that make a name an institution's.
fn is_body(token: &Token) -> bool {
    const BODIES: [&str; 40] = [
        "department",
        "ministry",
        "university",
        "committee",
        "commission",
        "council",
        "institute",
        "institution",
        "party",
        "agency",
        "bureau",
        "office",
        "center",
        "centre",
        "court",
        "bank",
        "foundation",
        "association",
        "organization",
        "organisation",
        "union",
        "league",
        "press",
        "times",
        "post",
        "journal",
        "news",
        "network",
        "inc.",
        "corp.",
        "co.",
        "ltd.",
        "group",
        "parliament",
        "congress",
        "senate",
        "embassy",
        "administration",
        "federation",
        "alliance",
    ];
    token.is_capital() && BODIES.iter().any(|body| token.is(body))
}
