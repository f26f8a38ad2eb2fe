//! The walk: offices, noun phrases and pronouns in the order of the text.
//!
//! In: the figures that have names. Out: the same with every further mention that is resolved. This file walks and
//! resolves pronouns: by gender and number, by subject, by nearness, by who spoke last.

use super::beside;
use super::cast::{Cast, Figure};
use super::kinds;
use super::later;
use super::names;
use super::nominals;
use super::offices;
use super::scene::{NONE, Scene};
use super::speakers;
use super::things::{self, Paper};
use crate::lexicon::Class;
use crate::mentions::{Form, Gender, Kind};
use crate::tokens::Kind as Sign;

/// How many earlier mentions a pronoun may look back over.
pub(super) const REACH: usize = 48;

/// How many sentences it may look back over.
const SENTENCES: u32 = 9;

/// How many sentences after a document has spoken "it" is still that document.
const DOCUMENT: u32 = 2;

/// What is known at a place of the walk.
pub(super) struct Walk<'w, 's, 't> {
    pub(super) scene: &'w Scene<'s, 't>,
    pub(super) cast: Cast<'s>,
    /// Resolved mentions so far.
    pub(super) recent: Vec<u32>,
    /// The mention that spoke last, outside quotations.
    pub(super) speaker: Option<u32>,
    /// Documents with whoever issued them.
    pub(super) papers: Vec<Paper>,
}

/// Resolves what has no name.
pub(super) fn walk<'s>(scene: &Scene<'s, '_>, named: Cast<'s>) -> Cast<'s> {
    let mut walk = Walk {
        scene,
        cast: named,
        recent: Vec::with_capacity(scene.mentions.len()),
        speaker: None,
        papers: Vec::new(),
    };
    for mention in 0..scene.mentions.len() {
        things::note(&mut walk, mention);
        let figure = beside::fragment(&walk, mention)
            .or_else(|| speakers::government(&mut walk, mention))
            .or_else(|| walk.cast.figure(mention))
            .or_else(|| walk.resolve(mention));
        let Some(figure) = figure else { continue };
        walk.cast.assign(mention, figure);
        walk.cast.touch(mention, figure);
        walk.recent.push(mention as u32);
        if scene.talks[mention] && scene.mentions[mention].quotation.is_none() {
            walk.speaker = Some(mention as u32);
        }
    }
    speakers::first_person(&mut walk);
    walk.cast
}

impl<'s> Walk<'_, 's, '_> {
    fn resolve(&mut self, mention: usize) -> Option<u32> {
        let told = &self.scene.mentions[mention];
        match told.form {
            Form::Pronoun => {
                let figure = self.pronoun(mention)?;
                if self.cast.get(figure).kind == Some(Kind::Place) {
                    things::speaking(self, figure)
                } else {
                    Some(figure)
                }
            }
            Form::Office => beside::beside_name(self, mention)
                .or_else(|| offices::resolve(self, mention))
                .or_else(|| nominals::resolve(self, mention)),
            Form::Nominal | Form::Demonym => match beside::beside_name(self, mention) {
                Some(figure) => {
                    later::reveal(self, mention, figure);
                    Some(figure)
                }
                None => nominals::resolve(self, mention),
            },
            Form::Name if names::is_partisan(self.scene, mention) => nominals::resolve(self, mention),
            Form::Name | Form::Metonym => None,
        }
    }

    fn pronoun(&self, mention: usize) -> Option<u32> {
        let told = &self.scene.mentions[mention];
        let at = told.head as usize;
        match self.scene.class(at) {
            Class::Relative | Class::That => self.relative(mention),
            _ if told.gender.is_some() => self.personal(mention, told.gender),
            _ if !self.scene.speaks[mention] => None,
            _ if self.scene.is(at, "it") => self.document(mention).or_else(|| {
                self.best(mention, |_, kind| match kind {
                    Kind::Organization => Some(0.0),
                    Kind::Thing => Some(-0.5),
                    Kind::Place => Some(-1.0),
                    _ => None,
                })
            }),
            _ if self.scene.is(at, "they") => self.best(mention, |_, kind| match kind {
                Kind::Group => Some(0.5),
                Kind::Organization => Some(0.0),
                _ => None,
            }),
            _ => None,
        }
    }

    /// "The letter called for talks. It said …": whoever the document that spoke last stands for, a human being as well.
    fn document(&self, mention: usize) -> Option<u32> {
        let speaker = self.speaker? as usize;
        let told = &self.scene.mentions[speaker];
        let near = self.scene.outer_of[mention] - self.scene.outer_of[speaker] <= DOCUMENT;
        let document = told.form == Form::Nominal && told.kind == Some(Kind::Thing);
        (near && document).then(|| self.cast.figure(speaker)).flatten()
    }

    /// "who", "which": what stands right before, or the nearest of its kind in the sentence.
    fn relative(&self, mention: usize) -> Option<u32> {
        let told = &self.scene.mentions[mention];
        let who = self.scene.is(told.head as usize, "who");
        let start = told.tokens.start as usize;
        let near = (0..mention).rev().take(6);
        let mut fallback = None;
        for other in near {
            if self.scene.sentence_of[other] != self.scene.sentence_of[mention] {
                break;
            }
            let end = self.scene.mentions[other].tokens.end as usize;
            let beside = end == start || end + 1 == start && self.scene.is_sign(end, Sign::Comma);
            let figure = self.cast.figure(other);
            let human = figure.is_some_and(|figure| {
                let figure = self.cast.get(figure);
                figure.is_person() || figure.kind == Some(Kind::Group)
            });
            if beside && (figure.is_none() || human == who) {
                return figure;
            }
            if fallback.is_none() && human == who {
                fallback = figure;
            }
        }
        fallback
    }

    /// "he", "she", "him", "her".
    pub(super) fn personal(&self, mention: usize, gender: Option<Gender>) -> Option<u32> {
        let scene = self.scene;
        let told = &scene.mentions[mention];
        let object = scene.class(told.head as usize) == Class::Object;
        let silent = self.addressed(mention);
        let mut best: Option<(f32, u32)> = None;
        for &other in self.recent.iter().rev().take(REACH) {
            let other = other as usize;
            let sentences = scene.outer_of[mention] - scene.outer_of[other];
            if sentences > SENTENCES {
                break;
            }
            let Some(id) = self.cast.figure(other) else { continue };
            let figure = self.cast.get(id);
            let human = figure.kind == Some(Kind::Person)
                || figure.unnamed && figure.gender == gender
                || figure.kind.is_none() && figure.words.len() > 1 && !kinds::is_nobody(scene, figure);
            if !human || !figure.may_be(gender) || Some(id) == silent {
                continue;
            }
            let of = &scene.mentions[other];
            // "Smith met him": the subject of a verb is not its object.
            let between = told.tokens.start.saturating_sub(of.tokens.end);
            if object && sentences == 0 && between < 4 && scene.subject[other] {
                continue;
            }
            let paragraphs = scene.paragraph_of[mention] - scene.paragraph_of[other];
            let mut score = -0.8 * sentences as f32 - 0.3 * paragraphs.min(4) as f32;
            score -= 0.02 * (mention - other).min(30) as f32;
            score += 0.04 * figure.count.min(10) as f32;
            if scene.subject[other] {
                score += 1.3;
            }
            if self.speaker == Some(other as u32) {
                score += 0.9;
            }
            if object && sentences == 0 {
                score += 0.8;
            }
            // Whoever has just been introduced is about to speak.
            if figure.count == 1 && of.form == Form::Name && figure.words.len() > 1 && !figure.described.is_empty() {
                score += 1.2;
            }
            if figure.unnamed {
                score -= 0.8;
            }
            if figure.gender.is_none() && !self.is_called_like(figure, gender) {
                score -= if figure.kind.is_none() { 2.0 } else { 0.5 };
            }
            if of.quotation.is_some() && of.quotation != told.quotation {
                score -= 3.0;
            }
            if told.quotation.is_some() && of.quotation != told.quotation {
                score -= 0.5;
            }
            if best.is_none_or(|(least, _)| score > least) {
                best = Some((score, id));
            }
        }
        best.filter(|(score, _)| *score > -8.0).map(|(_, id)| id)
    }

    /// Whether the one name that a figure has is a given name of a gender: "Melanie".
    fn is_called_like(&self, figure: &Figure, gender: Option<Gender>) -> bool {
        let [name] = figure.words[..] else { return false };
        gender.is_some() && self.scene.gazetteer.given_name(name) == gender
    }

    /// Who says the quotation that a mention stands in: "he" there is somebody else.
    fn addressed(&self, mention: usize) -> Option<u32> {
        let quotation = self.scene.mentions[mention].quotation?;
        let source = self.scene.said_by[quotation as usize];
        (source != NONE).then(|| self.cast.figure(source as usize)).flatten()
    }

    /// The likeliest figure of the kinds that get a score.
    pub(super) fn best(&self, mention: usize, fits: impl Fn(usize, Kind) -> Option<f32>) -> Option<u32> {
        let scene = self.scene;
        let mut best: Option<(f32, u32)> = None;
        for &other in self.recent.iter().rev().take(REACH) {
            let other = other as usize;
            let sentences = scene.sentence_of[mention] - scene.sentence_of[other];
            if sentences > 4 {
                break;
            }
            let Some(id) = self.cast.figure(other) else { continue };
            let figure = self.cast.get(id);
            let Some(bonus) = figure.kind.and_then(|kind| fits(other, kind)) else {
                continue;
            };
            let mut score = bonus - sentences as f32 - 0.02 * (mention - other).min(30) as f32;
            if scene.subject[other] {
                score += 1.0;
            }
            if self.speaker == Some(other as u32) {
                score += 2.0;
            }
            if scene.mentions[other].quotation.is_some() {
                score -= 3.0;
            }
            if best.is_none_or(|(least, _)| score > least) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }
}
