//! What all steps of resolution look at: the article, and where its mentions stand in it.
//!
//! In: the results of the earlier stages. Out: for each mention its sentence, paragraph, and the quote it is the source
//! of; for each quotation the mention it is said by; small questions about tokens.

use crate::attribution::Attribution;
use crate::gazetteer::{Gazetteer, Hit, Sense};
use crate::lexicon::{Class, Cue, Tag};
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Kind as Sign, Token};
use jiff::civil::Date;

/// No mention, no sentence.
pub(super) const NONE: u32 = u32::MAX;

/// The article as resolution sees it.
pub(super) struct Scene<'s, 't> {
    pub(super) document: &'s Document<'t>,
    pub(super) tags: &'s [Tag],
    pub(super) mentions: &'s [Mention],
    pub(super) gazetteer: &'s Gazetteer,
    pub(super) date: Option<Date>,
    /// For each mention, its sentence.
    pub(super) sentence_of: Vec<u32>,
    /// For each mention, its paragraph.
    pub(super) paragraph_of: Vec<u32>,
    /// For each mention, whether something is attributed to it.
    pub(super) speaks: Vec<bool>,
    /// For each quotation, the mention that says it.
    pub(super) said_by: Vec<u32>,
    /// For each mention, the first token of its sentence that is no mark.
    pub(super) opens: Vec<bool>,
}

impl<'s, 't> Scene<'s, 't> {
    pub(super) fn new(
        document: &'s Document<'t>,
        tags: &'s [Tag],
        mentions: &'s [Mention],
        attributions: &'s [Attribution],
        gazetteer: &'s Gazetteer,
        date: Option<Date>,
    ) -> Self {
        let mut scene = Scene {
            document,
            tags,
            mentions,
            gazetteer,
            date,
            sentence_of: Vec::with_capacity(mentions.len()),
            paragraph_of: Vec::with_capacity(mentions.len()),
            speaks: vec![false; mentions.len()],
            said_by: vec![NONE; document.quotations.len()],
            opens: Vec::with_capacity(mentions.len()),
        };
        let (mut sentence, mut paragraph) = (0, 0);
        for mention in mentions {
            let at = mention.tokens.start;
            while document.sentences.get(sentence).is_some_and(|s| s.tokens.end <= at) {
                sentence += 1;
            }
            while document.paragraphs.get(paragraph).is_some_and(|p| p.tokens.end <= at) {
                paragraph += 1;
            }
            scene.sentence_of.push(sentence as u32);
            scene.paragraph_of.push(paragraph as u32);
            let first = document.sentences.get(sentence).map_or(at, |s| s.tokens.start);
            let opens = (first..at).all(|token| !document.tokens[token as usize].is_word());
            scene.opens.push(opens);
        }
        for said in attributions {
            let Some(source) = said.source else { continue };
            if let Some(speaks) = scene.speaks.get_mut(source as usize) {
                *speaks = true;
            }
            for quoted in &said.quoted {
                let from = document
                    .quotations
                    .partition_point(|quotation| quotation.span.start < quoted.start);
                let within = |q: &usize| document.quotations.get(*q).is_some_and(|q| quoted.contains(q.span));
                for quotation in (from..).take_while(within) {
                    scene.said_by[quotation] = source;
                }
            }
        }
        scene
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.document.tokens.get(at)
    }

    /// The word at a token, empty past the end.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |token| token.span.of(self.document.text))
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.tags.get(at).map_or(Class::None, |tag| tag.class())
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(word))
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub(super) fn is_sign(&self, at: usize, sign: Sign) -> bool {
        self.token(at).is_some_and(|token| token.kind == sign)
    }

    /// The token before, if it stands in the same paragraph.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.token(at)?.breaks == 0).then_some(before)
    }

    /// Names of the gazetteer inside a run.
    pub(super) fn hits(&self, run: Run) -> Vec<Hit> {
        let tokens = self.document.tokens.get(run.range()).unwrap_or_default();
        if tokens.iter().any(|token| token.is_capital()) {
            self.gazetteer.find(self.document.text, tokens)
        } else {
            Vec::new()
        }
    }

    /// The country that a run names by an adjective, a place or a seat.
    pub(super) fn country_in(&self, run: Run) -> Option<u32> {
        let hits = self.hits(run);
        hits.iter().find_map(|hit| self.country_of(&hit.senses))
    }

    /// The country among the places that a name's senses point to.
    pub(super) fn country_of(&self, senses: &[Sense]) -> Option<u32> {
        match senses.first()? {
            Sense::Demonym(country) | Sense::Metonym(country) => Some(*country),
            Sense::Place(place) => self.gazetteer.place(*place).country_place,
            _ => None,
        }
    }

    /// ISO code of a country among the places.
    pub(super) fn code(&self, country: u32) -> Option<&'s str> {
        self.gazetteer.place(country).country
    }

    /// Whether a mention is the subject of its clause, as far as its neighbours tell.
    pub(super) fn is_subject(&self, mention: usize) -> bool {
        if self.opens[mention] || self.speaks[mention] {
            return true;
        }
        let tokens = self.mentions[mention].tokens;
        let Some(before) = self.before(tokens.start as usize) else {
            return true;
        };
        let tag = self.tags[before];
        match tag.class() {
            Class::Preposition | Class::To | Class::Of | Class::By | Class::As => return false,
            Class::Subordinator | Class::That | Class::Coordinator => {}
            _ => {
                let token = &self.document.tokens[before];
                if token.is_word() && tag.cue() != Cue::Strong {
                    return false;
                }
            }
        }
        let after = tokens.end as usize;
        let verb = |at: usize| {
            self.tags.get(at).is_some_and(|tag| {
                matches!(tag.class(), Class::Auxiliary | Class::Past)
                    || matches!(tag.cue(), Cue::Strong | Cue::Medium | Cue::Weak)
            })
        };
        verb(after) || verb(after + 1)
    }

    /// Whether a mention can name somebody or something by itself.
    pub(super) fn is_name(&self, mention: usize) -> bool {
        matches!(self.mentions[mention].form, Form::Name | Form::Metonym | Form::Demonym)
    }

    /// The tokens of a mention before its bare name.
    pub(super) fn title(&self, mention: usize) -> Run {
        let mention = &self.mentions[mention];
        let (start, end) = (mention.tokens.start as usize, mention.name.start as usize);
        Run::new(start, end.max(start))
    }
}
