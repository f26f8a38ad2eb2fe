//! What all steps of resolution look at: the article, and where its mentions stand in it.
//!
//! In: the results of the earlier stages. Out: for each mention its sentence, paragraph, and the quote it is the source
//! of; for each quotation the mention it is said by; small questions about tokens.

use crate::attribution::{Attribution, Type};
use crate::gazetteer::{Gazetteer, Hit};
use crate::lexicon::{Class, Tag};
use crate::mentions::{Form, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::text::paragraphs::Role;
use crate::tokens::{Case, KeyHasher, Kind as Sign, Token, keys};
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

/// Endings of nouns for people, and of nouns for things that end so too.
const HUMAN: [&str; 12] = [
    "er",
    "or",
    "ist",
    "man",
    "woman",
    "person",
    "ee",
    "ian",
    "runner",
    "year-old",
    "surgeon",
    "assailant",
];
const THINGS: [&str; 14] = [
    "paper",
    "letter",
    "center",
    "order",
    "number",
    "chapter",
    "quarter",
    "matter",
    "committee",
    "former",
    "roster",
    "banner",
    "poster",
    "error",
];

/// Endings of nouns for what is done, thought or made.
const ABSTRACT: [&str; 18] = [
    "tion", "sion", "ment", "ness", "ance", "ence", "ity", "ship", "ism", "ing", "ure", "ics", "acy", "ory", "ery",
    "ade", "ology", "graph",
];

/// Nouns for things that are shown, done or gone through, and look like nouns for people.
const OBJECTS: [u64; 40] = keys![
    "action",
    "age",
    "bill",
    "camp",
    "case",
    "center",
    "centre",
    "clip",
    "day",
    "deal",
    "discovery",
    "episode",
    "event",
    "film",
    "footage",
    "hall",
    "image",
    "island",
    "map",
    "model",
    "move",
    "movie",
    "new",
    "outcome",
    "picture",
    "pitch",
    "policy",
    "program",
    "race",
    "room",
    "same",
    "show",
    "speech",
    "spot",
    "stop",
    "team",
    "trip",
    "video",
    "vote",
    "year",
];

/// No mention, no sentence.
pub(super) const NONE: u32 = u32::MAX;

/// The article as resolution sees it.
pub(super) struct Scene<'s, 't> {
    pub(super) document: &'s Document<'t>,
    pub(super) tags: &'s [Tag],
    pub(super) mentions: &'s [Mention],
    pub(super) gazetteer: &'s Gazetteer,
    /// What the gazetteer knows in the whole text.
    pub(super) found: &'s [Hit],
    pub(super) date: Option<Date>,
    /// For each mention, its sentence.
    pub(super) sentence_of: Vec<u32>,
    /// For each mention, its paragraph.
    pub(super) paragraph_of: Vec<u32>,
    /// For each mention, whether something is attributed to it.
    pub(super) speaks: Vec<bool>,
    /// For each quotation, the mention that says it.
    pub(super) said_by: Vec<u32>,
    /// What mentions without a name say: the mention, and the first mention inside the words and the first behind them; sorted.
    contents: Vec<(u32, u32, u32)>,
    /// For each mention inside a turn of a transcript, the mention that says it.
    pub(super) turn_of: Vec<u32>,
    /// For each mention, the number of sentences up to it that do not begin inside a quotation.
    pub(super) outer_of: Vec<u32>,
    /// For each mention, how many lines of signs alone ("___") stand before it: what is said in one part of a live report
    /// is about nobody of another.
    pub(super) part_of: Vec<u32>,
    /// For each mention, whether it is the first word of its sentence.
    pub(super) opens: Vec<bool>,
    /// For each mention, whether it is the subject of its clause, as far as its neighbours tell.
    pub(super) subject: Vec<bool>,
    /// For each mention, whether it says something, between quotation marks or not.
    pub(super) talks: Vec<bool>,
    /// The countries that the article speaks of, by code, the most frequent one first; counted when they are asked for.
    pub(super) by_weight: OnceCell<Vec<&'s str>>,
    /// Countries that the article names.
    pub(super) countries: HashSet<u32, BuildHasherDefault<KeyHasher>>,
}

impl<'s, 't> Scene<'s, 't> {
    pub(super) fn new(
        document: &'s Document<'t>,
        tags: &'s [Tag],
        mentions: &'s [Mention],
        attributions: &'s [Attribution],
        gazetteer: &'s Gazetteer,
        found: &'s [Hit],
        date: Option<Date>,
    ) -> Self {
        let mut scene = Scene {
            document,
            tags,
            mentions,
            gazetteer,
            found,
            date,
            sentence_of: Vec::with_capacity(mentions.len()),
            paragraph_of: Vec::with_capacity(mentions.len()),
            speaks: vec![false; mentions.len()],
            said_by: vec![NONE; document.quotations.len()],
            contents: Vec::with_capacity(attributions.len()),
            turn_of: vec![NONE; mentions.len()],
            outer_of: Vec::with_capacity(mentions.len()),
            part_of: Vec::with_capacity(mentions.len()),
            opens: Vec::with_capacity(mentions.len()),
            subject: Vec::with_capacity(mentions.len()),
            talks: Vec::with_capacity(mentions.len()),
            by_weight: OnceCell::new(),
            countries: HashSet::default(),
        };
        let (mut sentence, mut paragraph, mut outer, mut quotation, mut part) = (0, 0, 0, 0, 0);
        for mention in mentions {
            let at = mention.tokens.start;
            while document.sentences.get(sentence).is_some_and(|s| s.tokens.end <= at) {
                sentence += 1;
                let start = document.sentences.get(sentence).map_or(at, |s| s.tokens.start);
                while document
                    .quotations
                    .get(quotation)
                    .is_some_and(|q| q.tokens.end <= start)
                {
                    quotation += 1;
                }
                let within = document
                    .quotations
                    .get(quotation)
                    .is_some_and(|q| q.tokens.start < start);
                outer += u32::from(!within);
            }
            scene.outer_of.push(outer);
            while let Some(above) = document.paragraphs.get(paragraph).filter(|p| p.tokens.end <= at) {
                part += u32::from(is_rule(document, above.tokens));
                paragraph += 1;
            }
            scene.part_of.push(part);
            scene.sentence_of.push(sentence as u32);
            scene.paragraph_of.push(paragraph as u32);
            let first = document.sentences.get(sentence).map_or(at, |s| s.tokens.start);
            let opens = (first..at).all(|token| !document.tokens[token as usize].is_word());
            scene.opens.push(opens);
        }
        for said in attributions {
            let Some(source) = said.source else { continue };
            for &speaker in said.with.iter().chain([&source]) {
                let Some(speaks) = scene.speaks.get_mut(speaker as usize) else {
                    continue;
                };
                *speaks = true;
                if let Some(meant) = scene.meant_by_relative(speaker as usize) {
                    scene.speaks[meant] = true;
                }
            }
            let turn = said.kind == Type::Direct && said.quoted.is_empty();
            // Whoever has a name needs no telling.
            let named = !turn && mentions.get(source as usize).is_some_and(|by| by.form == Form::Name);
            for piece in said.content.iter().filter(|_| !named) {
                let first = mentions.partition_point(|mention| mention.span.start < piece.start);
                let last = mentions.partition_point(|mention| mention.span.start < piece.end);
                if turn {
                    scene.turn_of[first..last.max(first)].fill(source);
                } else if first < last {
                    scene.contents.push((source, first as u32, last as u32));
                }
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
        scene.contents.sort_unstable();
        scene.countries = mentions
            .iter()
            .filter_map(|mention| scene.country_of(&mention.senses))
            .collect();
        for mention in 0..mentions.len() {
            let (subject, talks) = scene.stand(mention);
            scene.subject.push(subject);
            scene.talks.push(talks);
        }
        scene
    }

    #[inline]
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

    #[inline(always)]
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(word))
    }

    /// Whether a token is one of some words, by their [`keys`](crate::tokens::keys).
    #[inline]
    pub(super) fn is_any(&self, at: usize, keys: &[u64]) -> bool {
        self.token(at).is_some_and(|token| keys.contains(&token.key))
    }

    pub(super) fn is_sign(&self, at: usize, sign: Sign) -> bool {
        self.token(at).is_some_and(|token| token.kind == sign)
    }

    /// The token before, if it stands in the same paragraph.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        (self.token(at)?.breaks == 0).then_some(before)
    }

    /// The mention that says the quotation, or else the turn, that a mention stands in.
    pub(super) fn spoken_by(&self, mention: usize) -> u32 {
        let quotation = self.mentions[mention].quotation;
        quotation.map_or(self.turn_of[mention], |quotation| self.said_by[quotation as usize])
    }

    /// The mentions inside what a mention says that is no name, turns of a transcript apart.
    pub(super) fn said(&self, source: usize) -> impl Iterator<Item = usize> {
        let first = self.contents.partition_point(|&(by, ..)| (by as usize) < source);
        let own = self.contents[first..].iter();
        let own = own.take_while(move |&&(by, ..)| by as usize == source);
        own.flat_map(|&(_, from, to)| from as usize..to as usize)
    }

    /// Whether a mention is the label of a turn: one word in capitals at a paragraph's start, or behind the quotation mark
    /// there, before a colon.
    pub(super) fn is_label(&self, mention: usize) -> bool {
        let tokens = self.mentions[mention].tokens;
        let at = tokens.start as usize;
        let first = self.token(at);
        let begins = |at: usize| at == 0 || self.token(at).is_some_and(|token| token.breaks > 0);
        let behind_mark = || at > 0 && self.is_sign(at - 1, Sign::Mark) && begins(at - 1);
        let opens = begins(at) || behind_mark();
        let capitals = first.is_some_and(|token| token.case == Case::Upper);
        tokens.len() == 1 && opens && capitals && self.speaks[mention] && self.is_sign(tokens.end as usize, Sign::Colon)
    }

    /// Whether a mention can name somebody or something by itself.
    pub(super) fn is_name(&self, mention: usize) -> bool {
        matches!(self.mentions[mention].form, Form::Name | Form::Metonym | Form::Demonym)
    }

    /// Whether a noun is said of human beings: by the lexicon, else by its ending ("developer", "activist").
    pub(super) fn is_human_noun(&self, at: usize) -> bool {
        let Some(tag) = self.tags.get(at) else { return false };
        if tag.is_human() || tag.is_thing() || tag.is_body() {
            return tag.is_human();
        }
        let word = self.word(at);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let ending = HUMAN.iter().any(|ending| singular.ends_with(ending)) || word.ends_with("men");
        ending && singular.len() > 5 && !THINGS.iter().any(|thing| singular.ends_with(thing))
    }

    /// Whether a noun that no list knows is hardly said of one human being: a plural, or one in -tion and the like.
    pub(super) fn reads_like_thing(&self, at: usize) -> bool {
        let word = self.word(at);
        self.reads_like_plural(at)
            || ABSTRACT.iter().any(|ending| word.ends_with(ending))
            || self.tags[at].is_event()
            || self.is_any(at, &OBJECTS)
    }

    /// Whether a noun ends as plurals do.
    pub(super) fn reads_like_plural(&self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
    }

    /// Whether "the" or "his" stands at a token.
    pub(super) fn is_definite(&self, at: usize) -> bool {
        self.is(at, "the") || self.class(at) == Class::Possessive
    }

    /// Whether a phrase begins with "the", "his" or an owner ("Obama's former strategist", "Stiles' aide").
    pub(super) fn is_settled(&self, phrase: Run) -> bool {
        let owns = |at: usize| self.is_sign(at, Sign::Clitic) || self.is(at, "'");
        self.is_definite(phrase.start as usize) || phrase.range().any(owns)
    }

    /// Whether a phrase brings in somebody new: "a minister", "another one".
    pub(super) fn is_indefinite(&self, phrase: Run) -> bool {
        self.is_any(phrase.start as usize, &keys!["a", "an", "another", "one"])
    }

    /// The word before the first "'s" of a phrase: "Obama" of "Obama's former strategist".
    pub(super) fn owner_in(&self, phrase: Run) -> Option<&Token> {
        let owner = phrase.range().find(|&at| self.is_sign(at + 1, Sign::Clitic))?;
        self.token(owner)
    }

    /// Whether a mention stands in a title or a heading.
    pub(super) fn in_heading(&self, mention: usize) -> bool {
        let paragraph = self.paragraph_of[mention] as usize;
        let role = self.document.paragraphs.get(paragraph).map(|paragraph| paragraph.role);
        role == Some(Role::Heading) && !self.speaks[mention]
    }

    /// The tokens of a mention before its bare name.
    pub(super) fn title(&self, mention: usize) -> Run {
        let mention = &self.mentions[mention];
        let (start, end) = (mention.tokens.start as usize, mention.name.start as usize);
        Run::new(start, end.max(start))
    }
}

/// Words with one space between two of them.
pub(super) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a paragraph is a line between two parts: "___", "* * *".
fn is_rule(document: &Document, paragraph: Run) -> bool {
    let words = document.words(paragraph);
    words.len() > 2
        && words
            .chars()
            .all(|sign| matches!(sign, '_' | '*' | '-' | '.' | ' ' | '–' | '—' | '•'))
}
