//! The walk: offices, noun phrases and pronouns in the order of the text.
//!
//! In: the figures that have names. Out: the same with every further mention that is resolved. This file walks and
//! resolves pronouns: by gender and number, by subject, by nearness, by who spoke last.

use super::anonymity;
use super::beside;
use super::cast::{Cast, Figure};
use super::kinds;
use super::later;
use super::names;
use super::nominals;
use super::offices::{self, PEOPLE};
use super::relatives;
use super::scene::Scene;
use super::several;
use super::speakers;
use super::things::{self, Paper};
use crate::lexicon::Class;
use crate::mentions::{Form, Gender, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, keys};
use smallvec::SmallVec;

/// How many earlier mentions a pronoun may look back over.
pub(super) const REACH: usize = 48;

/// Who asks and leaves the answer to others.
const INTERLOCUTORS: [u64; 8] = keys![
    "anchor",
    "heckler",
    "host",
    "interviewer",
    "journalist",
    "moderator",
    "questioner",
    "reporter",
];

/// Words behind a subject in which the text may say that it wants no name.
const HIDES: usize = 12;

/// Most figures that are looked back over, and mentions among which they are.
const FIGURES: usize = 4 * PEOPLE;

/// How many earlier owners it may look back over.
const OWNERS: usize = 12;

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
    /// The figures of the last of them, each once: with the place among them of its latest mention, in that order.
    latest: Vec<(u32, u32)>,
    /// Mentions that name somebody as an owner so far, each with whom.
    pub(super) owners: Vec<(u32, u32)>,
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
        latest: Vec::new(),
        owners: Vec::new(),
        speaker: None,
        papers: Vec::new(),
    };
    for mention in 0..scene.mentions.len() {
        things::note(&mut walk, mention);
        let figure = beside::fragment(&walk, mention)
            .or_else(|| speakers::government(&mut walk, mention))
            .or_else(|| walk.cast.figure(mention))
            .or_else(|| walk.resolve(mention));
        if let Some(owner) = beside::owner(&walk, mention) {
            walk.owners.push((mention as u32, owner));
        }
        let Some(figure) = figure else { continue };
        walk.cast.assign(mention, figure);
        walk.cast.touch(mention, figure);
        if scene.mentions[mention].form == Form::Pronoun {
            let entry = walk.cast.get_mut(figure);
            entry.spoken_of = scene.mentions[mention].gender.or(entry.spoken_of);
        }
        walk.note(figure, walk.recent.len());
        walk.recent.push(mention as u32);
        if scene.talks[mention] && scene.mentions[mention].quotation.is_none() {
            walk.speaker = Some(mention as u32);
        }
    }
    speakers::first_person(&mut walk);
    walk.cast
}

impl<'s> Walk<'_, 's, '_> {
    /// The figures of so many last resolved mentions, each with its latest mention, the one spoken of last first.
    pub(super) fn figures(&self, reach: usize) -> impl Iterator<Item = (u32, u32)> {
        let first = self.recent.len().saturating_sub(reach.min(FIGURES));
        let latest = self.latest.iter().rev();
        let near = latest.take_while(move |&&(_, place)| place as usize >= first);
        near.map(|&(figure, place)| (figure, self.recent[place as usize]))
    }

    /// Notes that a figure has its latest mention at a place among the resolved ones.
    fn note(&mut self, figure: u32, place: usize) {
        if let Some(at) = self.latest.iter().rposition(|&(known, _)| known == figure) {
            self.latest.remove(at);
        } else if self.latest.len() == FIGURES {
            self.latest.remove(0);
        }
        self.latest.push((figure, place as u32));
    }

    /// Notes the figures of the last mentions anew, after some of them have become another one's.
    pub(super) fn look_back(&mut self) {
        self.latest.clear();
        for place in self.recent.len().saturating_sub(FIGURES)..self.recent.len() {
            if let Some(figure) = self.cast.figure(self.recent[place] as usize) {
                self.note(figure, place);
            }
        }
    }

    fn resolve(&mut self, mention: usize) -> Option<u32> {
        let told = &self.scene.mentions[mention];
        match told.form {
            Form::Pronoun => {
                let figure = self.pronoun(mention).or_else(|| nominals::picked_out(self, mention));
                let figure = several::unnamed(self, mention, figure).or(figure)?;
                if self.cast.get(figure).kind == Some(Kind::Place) {
                    things::speaking(self, figure)
                } else {
                    Some(figure)
                }
            }
            Form::Office => names::surname(self.scene, &self.cast, mention)
                .or_else(|| beside::beside_name(self, mention))
                .or_else(|| offices::resolve(self, mention))
                .or_else(|| nominals::resolve(self, mention)),
            Form::Nominal | Form::Demonym => match beside::beside_name(self, mention) {
                Some(figure) => {
                    later::reveal(self, mention, figure);
                    nominals::note_post(self, mention, figure);
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
            Class::Relative | Class::That => relatives::resolve(self, mention),
            _ if told.gender.is_some() => self.personal(mention, told.gender),
            Class::Indefinite => beside::one_of(self, mention),
            _ if !self.scene.speaks[mention] => None,
            _ if self.scene.is(at, "it") => self.document(mention).or_else(|| {
                self.best(mention, |_, kind| match kind {
                    Kind::Organization => Some(0.0),
                    Kind::Thing => Some(-0.5),
                    Kind::Place => Some(-1.0),
                    _ => None,
                })
            }),
            // An institution has to have done something to be "they".
            _ if self.scene.is(at, "they") => self.best(mention, |other, kind| match kind {
                Kind::Group => (!self.is_one(other)).then_some(0.5),
                Kind::Organization => (self.scene.subject[other] || self.is_many(other)).then_some(0.0),
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

    /// "told Reuters", "CAIRO (AP)": who only passes on what others say.
    fn is_told(&self, other: usize) -> bool {
        let before = self.scene.before(self.scene.mentions[other].tokens.start as usize);
        before.is_some_and(|at| self.scene.is_any(at, &keys!["told", "tells"]) || self.scene.is_sign(at, Sign::Open))
    }

    /// Whether the name of an institution is one of people: "Democrats".
    fn is_many(&self, other: usize) -> bool {
        let head = self.scene.mentions[other].head as usize;
        self.scene.tags[head].is_civic() && self.scene.reads_like_plural(head)
    }

    /// Whether a mention is of one human being without a name.
    fn is_one(&self, other: usize) -> bool {
        let figure = self.cast.figure(other);
        figure.is_some_and(|figure| self.cast.get(figure).unnamed)
    }

    /// "he", "she", "him", "her".
    pub(super) fn personal(&self, mention: usize, gender: Option<Gender>) -> Option<u32> {
        self.likeliest(mention, gender, |_| true)
    }

    /// Of those who fit, whom a mention means that says nothing but the gender.
    pub(super) fn likeliest(
        &self,
        mention: usize,
        gender: Option<Gender>,
        fits: impl Fn(&Figure) -> bool,
    ) -> Option<u32> {
        let scene = self.scene;
        let told = &scene.mentions[mention];
        let object = scene.class(told.head as usize) == Class::Object;
        let silent = speakers::addressed(self, mention);
        let spoken_of = self.spoken_of(mention);
        let hidden = self.is_hidden(mention);
        let named = self.recent.iter().rev().take(REACH);
        let named = named.map(|&other| (other as usize, self.cast.figure(other as usize), false));
        let owners = self.owners.iter().rev().take(OWNERS);
        let owners = owners.map(|&(other, figure)| (other as usize, Some(figure), true));
        let mut best: Option<(f32, u32)> = None;
        for (other, figure, owner) in named.chain(owners) {
            let sentences = scene.outer_of[mention] - scene.outer_of[other];
            if sentences > SENTENCES || scene.part_of[mention] != scene.part_of[other] {
                continue;
            }
            let Some(id) = figure else { continue };
            let figure = self.cast.get(id);
            // "A man was fined after he …": whoever says nothing is forgotten with the sentence.
            // What somebody says is seldom about themselves.
            let entered = sentences == 1 && told.quotation.is_none() && self.enters(other);
            if figure.unnamed && !figure.talks && sentences > 0 && !entered {
                continue;
            }
            let human = figure.kind == Some(Kind::Person)
                || figure.unnamed && (figure.gender == gender || hidden || entered)
                || (figure.unnamed || figure.kind == Some(Kind::Office)) && self.goes_on(mention, other, figure)
                || figure.kind.is_none() && figure.words.len() > 1 && !kinds::is_nobody(scene, figure);
            if !human || !fits(figure) || !figure.may_be(gender) || Some(id) == silent || hidden && !figure.unnamed {
                continue;
            }
            let of = &scene.mentions[other];
            // "Smith met him": the subject of a verb is not its object.
            let between = told.tokens.start.saturating_sub(of.tokens.end);
            if object && sentences == 0 && between < 4 && scene.subject[other] && !owner {
                continue;
            }
            let paragraphs = scene.paragraph_of[mention] - scene.paragraph_of[other];
            let mut score = -0.8 * sentences as f32 - 0.3 * paragraphs.min(4) as f32;
            score -= 0.02 * (mention - other).min(30) as f32;
            score += 0.04 * figure.count.min(10) as f32;
            // Who is behind "the study", unlike "Smith's study", has not been spoken of as a human being.
            let owned = || of.tokens.range().any(|at| scene.is_sign(at, Sign::Clitic));
            let paper = of.form == Form::Nominal && of.kind == Some(Kind::Thing) && !owned();
            if scene.subject[other] && !paper {
                score += match owner {
                    true => 0.9,
                    // "Smith left while Brown was there, he said."
                    false if sentences == 0 && self.is_embedded(other) => 0.3,
                    false => 1.3,
                };
            }
            if self.speaker == Some(other as u32) && !paper {
                score += 0.9;
            }
            if sentences < 2 && !owner {
                score += match speakers::question(scene, other, mention) {
                    Some(speakers::Side::Asking) => -2.0,
                    Some(speakers::Side::Asked) => 2.0,
                    None => 0.0,
                };
            }
            if object && sentences == 0 {
                score += 0.8;
            }
            // Whoever has just been introduced is about to speak, unless somebody else comes between.
            let full = of.form == Form::Name && figure.words.len() > 1 && !figure.described.is_empty();
            if figure.count == 1 && full && !owner && sentences < 2 {
                score += 1.2;
            }
            if figure.unnamed && !entered {
                score -= 0.8;
            }
            if owner {
                score -= 0.5;
            }
            // "Tarvo Orlo was cautious. “…,” he said.": whom the sentence before is about, of whichever gender.
            let about = sentences == 1 && paragraphs == 0 && of.name.len() > 1 && scene.opens[other];
            let about = about && of.form == Form::Name && figure.count == 1 && figure.kind.is_some();
            if about {
                score += 0.3;
            }
            if figure.gender.is_none() && !about && !self.is_called_like(figure, gender) {
                score -= match figure.spoken_of {
                    _ if figure.kind.is_none() => 2.0,
                    Some(other) if gender.is_some_and(|gender| gender != other) => 2.0,
                    _ => 0.5,
                };
                // "Melanie" is hardly "he".
                if self.is_called_like(figure, gender.map(Gender::other)) {
                    score -= 1.5;
                }
            }
            if of.quotation.is_some() && of.quotation != told.quotation {
                score -= 3.0;
            }
            // "Also, Smith is no farmer, he said": it is somebody else as a rule.
            if spoken_of.contains(&id) {
                score -= 1.5;
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

    /// Whether a subject is that of a clause that another one goes before in its sentence: "while Brown was there".
    fn is_embedded(&self, other: usize) -> bool {
        let scene = self.scene;
        let clause = scene.before(scene.mentions[other].tokens.start as usize);
        let clause = clause.filter(|&at| scene.class(at) == Class::Subordinator);
        let first = scene.document.sentences[scene.sentence_of[other] as usize].tokens.start;
        clause.is_some_and(|at| at > first as usize)
    }

    /// "“…,” one aide said. He added …", "Norland's ambassador said …. She added …": whether somebody without a name, man or
    /// woman, spoke last and asked nothing.
    fn goes_on(&self, mention: usize, other: usize, figure: &Figure) -> bool {
        let scene = self.scene;
        let told = &scene.mentions[other];
        let end = told.tokens.end as usize;
        // "Russian institutions"
        let one = !told.plural && (told.form != Form::Demonym || told.tokens.len() > 1);
        // "who asked not to be named"
        let asking = |at: usize| scene.is_any(at, &keys!["asked", "asks", "asking"]) && !scene.is(at + 1, "not");
        let asks = (end..end + 3).any(asking) || scene.is_any(told.head as usize, &INTERLOCUTORS);
        let spoke = scene.speaks[other] || scene.paragraph_of[mention] == scene.paragraph_of[other];
        self.speaker == Some(other as u32) && spoke && figure.gender.is_none() && one && !asks
    }

    /// "A young man in a hat stood up. “…,” he said.": whether a sentence opens with somebody who does something in it.
    fn enters(&self, other: usize) -> bool {
        let scene = self.scene;
        let told = &scene.mentions[other];
        let new = scene.is_indefinite(told.tokens) || scene.class(told.tokens.start as usize) == Class::Possessive;
        let suffers = scene.class(told.tokens.end as usize) == Class::Auxiliary;
        new && scene.opens[other] && scene.subject[other] && !suffers
    }

    /// Whether the text says that the subject of a sentence wants no name: "He asked not to be named" is about nobody who
    /// has one.
    pub(super) fn is_hidden(&self, mention: usize) -> bool {
        let scene = self.scene;
        let told = &scene.mentions[mention];
        let sentence = scene.document.sentences[scene.sentence_of[mention] as usize].tokens;
        let near = Run::new(
            told.tokens.end as usize,
            (sentence.end as usize).min(told.tokens.end as usize + HIDES),
        );
        told.quotation.is_none() && scene.opens[mention] && anonymity::hiding(scene, near).is_some()
    }

    /// Whether the one name that a figure has is a given name of a gender: "Melanie".
    fn is_called_like(&self, figure: &Figure, gender: Option<Gender>) -> bool {
        let [name] = figure.words[..] else { return false };
        gender.is_some() && self.scene.gazetteer.given_name(name) == gender
    }

    /// Who is named in what a mention says outside quotation marks; inside them many speak of themselves by name.
    fn spoken_of(&self, mention: usize) -> SmallVec<[u32; 4]> {
        let scene = self.scene;
        if !scene.speaks[mention] {
            return SmallVec::new();
        }
        let named =
            |&other: &usize| scene.is_name(other) && !scene.speaks[other] && scene.mentions[other].quotation.is_none();
        let named = scene.said(mention).filter(named);
        named.filter_map(|other| self.cast.figure(other)).collect()
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
            let Some(id) = self.cast.figure(other).filter(|_| !self.is_told(other)) else {
                continue;
            };
            let figure = self.cast.get(id);
            let Some(bonus) = figure.kind.and_then(|kind| fits(other, kind)) else {
                continue;
            };
            let mut score = bonus - sentences as f32 - 0.02 * (mention - other).min(30) as f32;
            // "The ministry summoned him over what it called …": the subject of its own sentence comes first.
            if scene.subject[other] {
                score += if sentences == 0 { 2.5 } else { 1.0 };
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
