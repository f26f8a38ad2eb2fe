//! Which capitals can name somebody.
//!
//! In: a document, its tags, what the gazetteer found in it. Out: for each token whether a name can stand there. A capital
//! inside a sentence tells it; one at a sentence's start, or where all is in capitals, does not: there the words around
//! tell, and whether the article has the word as a name elsewhere. "May" and "Will" are names behind a given name or a
//! title, or where they do what only people do.

use crate::gazetteer::{Gazetteer, Hit, PlaceKind, Sense};
use crate::lexicon::{Class, Cue, Tag};
use crate::text::Document;
use crate::tokens::{self, Case, KeySet, Token, keys};

/// "Hussein Tuesday announced": a calendar word behind a given name, and no surname.
const WEEKDAYS: [u64; 7] = keys![
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words of every day before titles: "Former President X", "Majority Leader X".
const BEFORE_TITLES: [u64; 12] = keys![
    "former",
    "incoming",
    "interim",
    "late",
    "longtime",
    "majority",
    "minority",
    "nominated",
    "outgoing",
    "retired",
    "shadow",
    "then",
];

/// Longest title behind such a word.
const LONGEST_TITLE: usize = 4;

/// Longest name of a town behind a party.
const LONGEST_TOWN: usize = 4;

/// A token with a capital.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capital {
    pub(super) at: usize,
    /// Whether it can be part of a name at all.
    can: bool,
    /// Whether any word would have a capital there.
    first: bool,
    /// Whether its whole sentence is in capitals.
    pub(super) shouted: bool,
}

/// What is known of the tokens with a capital.
pub(super) struct Capitals<'d, 't> {
    document: &'d Document<'t>,
    tags: &'d [Tag],
    gazetteer: &'d Gazetteer,
    hits: &'d [Hit],
    /// For each token, the hit that it lies in, plus 1.
    hit_of: &'d [u32],
    /// The tokens with a capital, one in six: no other is a name.
    capitals: Vec<Capital>,
    /// Words that have a capital inside a sentence.
    inside: KeySet,
    /// Function words that are surnames here: "George Will".
    surnames: KeySet,
    /// Surnames of known people who are named in full.
    named: KeySet,
}

impl<'d, 't> Capitals<'d, 't> {
    pub(super) fn new(
        document: &'d Document<'t>,
        tags: &'d [Tag],
        gazetteer: &'d Gazetteer,
        hits: &'d [Hit],
        hit_of: &'d [u32],
    ) -> Self {
        let tokens = &document.tokens;
        let mut found: Vec<Capital> = Vec::with_capacity(tokens.len() / 4);
        let written = (0..).zip(tokens).filter(|(_, token)| token.is_capital());
        found.extend(written.map(|(at, token)| Capital {
            at,
            can: can_name(token, tags[at], document.text)
                && !is_behind_party(tokens, document.text, at)
                && !is_numbering(tokens, at),
            first: false,
            shouted: false,
        }));
        starts(document, &mut found);
        let mut capitals = Capitals {
            document,
            tags,
            gazetteer,
            hits,
            hit_of,
            capitals: found,
            inside: KeySet::default(),
            surnames: KeySet::default(),
            named: KeySet::default(),
        };
        let keys = |room: usize, fits: &dyn Fn(&Capital) -> bool| -> KeySet {
            let mut keys = KeySet::with_capacity_and_hasher(room, Default::default());
            let fitting = capitals.capitals.iter().filter(|capital| fits(capital));
            keys.extend(fitting.map(|capital| tokens[capital.at].key));
            keys
        };
        let inside = keys(capitals.capitals.len(), &|capital| capital.can && !capital.first);
        let surnames = keys(0, &|capital| capitals.is_after_given(capital.at));
        let full = hits
            .iter()
            .filter(|hit| hit.tokens.len() > 1 && matches!(hit.senses.first(), Some(Sense::Person(_))));
        capitals.named = full.map(|hit| tokens[hit.tokens.end as usize - 1].key).collect();
        (capitals.inside, capitals.surnames) = (inside, surnames);
        capitals
    }

    /// The tokens with a capital, each with whether a name can stand there.
    pub(super) fn names(&self) -> impl Iterator<Item = (&Capital, bool)> {
        self.capitals.iter().map(|capital| (capital, self.is_name(capital)))
    }

    fn is_name(&self, capital: &Capital) -> bool {
        let Capital { at, first, .. } = *capital;
        let (token, tag) = (&self.document.tokens[at], self.tags[at]);
        if !capital.can {
            let surname = self.surnames.contains(&token.key) && !is_month(self.document, self.tags, at);
            let acts = !first || !tag.is_small() || self.is_after_given(at) || self.acts(at);
            return token.case == Case::Capital
                && (surname && acts
                    || self.is_spoken_of(at)
                    || self.is_given(at, first)
                    || !first && self.is_motto(at));
        }
        if !first {
            return true;
        }
        if tag.is_title() && next_is_name(self.document, self.tags, at) {
            return true;
        }
        if self.opens_title(at) || self.opens_surname(at) {
            return true;
        }
        if self.is_ordinary(capital) || self.is_doing(at) {
            return false;
        }
        !tag.is_small()
            || self.inside.contains(&token.key)
            || self.is_in_full(at)
            || self.named.contains(&token.key) && self.acts(at)
    }

    /// "Foreign Minister X", "Former President X": a word of every day that begins somebody's title.
    fn opens_title(&self, at: usize) -> bool {
        let (tokens, tags) = (&self.document.tokens, self.tags);
        let goes_on = |at: &usize| {
            let next = tokens.get(*at);
            next.is_some_and(|next| next.is_capital() && next.spaced && next.breaks == 0)
        };
        let titled = |at: usize| tags[at].is_title() && next_is_name(self.document, tags, at);
        let behind = || (at + 1..at + 1 + LONGEST_TITLE).take_while(goes_on);
        if BEFORE_TITLES.contains(&tokens[at].key) {
            return behind().any(titled);
        }
        if tags[at].class() != Class::None || tags[at].cue() != Cue::None || !goes_on(&(at + 1)) {
            return false;
        }
        let held = |key| keys!["minister", "ministry", "secretary"].contains(&key);
        let role = || self.gazetteer.role_at(self.document.text, tokens, at);
        let post = || role().is_some_and(|role| role.tokens.len() > 1 && titled(role.tokens.end as usize - 1));
        held(tokens[at + 1].key) || post() && behind().next().is_some()
    }

    /// "De Tarvel said", "Van der Tarvel said": a particle of a surname that is named elsewhere.
    fn opens_surname(&self, at: usize) -> bool {
        let tokens = &self.document.tokens;
        let part = |at: &usize| self.tags.get(*at).is_some_and(|tag| tag.is_particle());
        let name = at + (at..at + 3).take_while(part).count();
        let joined = |next: &Token| next.is_capital() && next.breaks == 0 && self.inside.contains(&next.key);
        name > at && tokens.get(name).is_some_and(joined)
    }

    /// "Terming the plan a mess, …": a verb that no list has.
    fn is_doing(&self, at: usize) -> bool {
        let word = self.document.tokens[at].span.of(self.document.text);
        let next = self.tags.get(at + 1).map(|tag| tag.class());
        let doing = word.len() > 5 && word.ends_with("ing") && self.hit(at).is_none();
        doing && matches!(next, Some(Class::Determiner | Class::Possessive))
    }

    /// "George Will", "Theresa May": behind a given name even a function word is a surname, there and later on.
    fn is_after_given(&self, at: usize) -> bool {
        let tokens = &self.document.tokens;
        at > 0
            && tokens[at].case == Case::Capital
            && matches!(
                self.tags[at].class(),
                Class::Auxiliary | Class::Preposition | Class::Calendar
            )
            && !WEEKDAYS.contains(&tokens[at].key)
            && tokens[at].spaced
            && tokens[at].breaks == 0
            && tokens[at - 1].case == Case::Capital
            && self.gazetteer.is_given_name(tokens[at - 1].key)
    }

    /// "May said", "Mrs May": what a month and an auxiliary never do.
    fn is_spoken_of(&self, at: usize) -> bool {
        let (tokens, tags) = (&self.document.tokens, self.tags);
        if tokens[at].breaks > 0 || !keys!["may", "will"].contains(&tokens[at].key) {
            return false;
        }
        let says = tokens.get(at + 1).is_some_and(|next| {
            let finite = next.span.of(self.document.text).ends_with(['d', 's']);
            finite && next.case == Case::Lower && tags[at + 1].cue() == Cue::Strong
        });
        let titled = at > 0 && tags[at - 1].is_title() && tags[at - 1].is_human() && tokens[at - 1].is_capital();
        says || titled && tokens[at].spaced
    }

    /// "the analyst June Berg", "said April Dunn", "June Berg, who": before a surname a month is a given name, where a noun
    /// for people or a verb of speech stands before it, or one opens a sentence about it.
    fn is_given(&self, at: usize, first: bool) -> bool {
        let (tokens, tags) = (&self.document.tokens, self.tags);
        if !keys!["april", "august", "june"].contains(&tokens[at].key) {
            return false;
        }
        let surname = tokens.get(at + 1).is_some_and(|next| {
            next.breaks == 0 && can_name(next, tags[at + 1], self.document.text) && self.hit(at + 1).is_none()
        });
        let comma = tokens.get(at + 2).is_some_and(|sign| sign.kind == tokens::Kind::Comma);
        let introduced = at > 0 && tokens[at].breaks == 0 && {
            let before = tags[at - 1];
            before.is_human() || before.is_title() || before.cue() == Cue::Strong
        };
        surname && (introduced || first && (comma || self.acts(at + 1)))
    }

    /// "One Norland": inside a sentence the number with a capital belongs to the name.
    fn is_motto(&self, at: usize) -> bool {
        let next = self.document.tokens.get(at + 1);
        let place = |hit: &Hit| matches!(hit.senses.first(), Some(Sense::Place(_)));
        self.document.tokens[at].is("one")
            && next.is_some_and(|next| next.is_capital() && next.breaks == 0)
            && self.hit(at + 1).is_some_and(place)
    }

    /// Whether a verb follows.
    fn acts(&self, at: usize) -> bool {
        let next = self.tags.get(at + 1).copied().unwrap_or_default();
        let lower = self
            .document
            .tokens
            .get(at + 1)
            .is_some_and(|token| token.case == Case::Lower);
        lower && (next.cue() == Cue::Strong || matches!(next.class(), Class::Past | Class::Auxiliary))
    }

    fn hit(&self, at: usize) -> Option<&Hit> {
        self.hits.get((self.hit_of[at] as usize).checked_sub(1)?)
    }

    /// Whether the full name of a person or an institution that is known goes over the token: "Human Rights Watch".
    fn is_in_full(&self, at: usize) -> bool {
        let hit = self.hit(at).filter(|hit| hit.tokens.len() > 1);
        hit.is_some_and(|hit| match hit.senses.first() {
            Some(Sense::Person(_)) => true,
            Some(Sense::Organization(_)) => self.document.tokens[hit.tokens.range()].iter().all(Token::is_capital),
            _ => false,
        })
    }

    /// "Bush fires", "Turkey and chicken": a word of every day where any word has a capital, and nothing tells a name.
    fn is_ordinary(&self, capital: &Capital) -> bool {
        let (tokens, at) = (&self.document.tokens, capital.at);
        let token = &tokens[at];
        let beside = tokens
            .get(at + 1)
            .is_some_and(|next| next.is_capital() && next.breaks == 0);
        if beside && !capital.shouted || !self.gazetteer.is_ordinary_word(token.key) {
            return false;
        }
        let hit = self.hit(at);
        let country = hit.is_some_and(|hit| match hit.senses.first() {
            Some(Sense::Place(place)) => self.gazetteer.place_kind(*place) == PlaceKind::Country,
            _ => false,
        });
        hit.is_none_or(|hit| hit.tokens.len() == 1)
            && !self.inside.contains(&token.key)
            && !self.named.contains(&token.key)
            && !behaves(tokens, self.tags, at + 1, country)
    }
}

/// Notes whether the whole sentence of each capital is in capitals, and whether any word would have one there.
fn starts(document: &Document, capitals: &mut [Capital]) {
    let tokens = &document.tokens;
    let mut behind = &mut *capitals;
    for sentence in &document.sentences {
        let range = sentence.tokens.range();
        let (own, rest) = behind.split_at_mut(behind.partition_point(|capital| capital.at < range.end));
        behind = rest;
        let upper = own
            .iter()
            .filter(|capital| tokens[capital.at].case == Case::Upper)
            .count();
        let words = || {
            range
                .clone()
                .filter(|&at| tokens[at].kind == tokens::Kind::Word)
                .count()
        };
        if upper > 2 && upper * 5 >= words() * 4 {
            for capital in own {
                (capital.first, capital.shouted) = (true, true);
            }
        } else if let Some(capital) = own.first_mut() {
            capital.first = !(range.start..capital.at).any(|at| tokens[at].is_word());
        }
    }
    for capital in capitals.iter_mut().filter(|capital| capital.at > 0) {
        let at = capital.at;
        // Behind “…,” nothing begins: a capital is a name's.
        let closed =
            at > 1 && tokens[at].spaced && !tokens[at - 1].spaced && tokens[at - 2].kind == tokens::Kind::Comma;
        capital.first |= match tokens[at - 1].kind {
            tokens::Kind::Mark => !closed,
            tokens::Kind::Colon | tokens::Kind::Ellipsis => true,
            _ => false,
        };
    }
}

/// Whether a token can be part of a name at all.
pub(super) fn can_name(token: &Token, tag: Tag, text: &str) -> bool {
    if !token.is_capital() {
        return false;
    }
    if is_party(token, text) {
        return false;
    }
    matches!(
        tag.class(),
        Class::None | Class::Past | Class::Gerund | Class::Adverb | Class::Number
    )
}

/// "Sen. Ann Doe, D-Mass.": a party and a state, no name.
fn is_party(token: &Token, text: &str) -> bool {
    let start = token.span.start as usize;
    token.span.len() > 3 && matches!(text.as_bytes().get(start..start + 2), Some(b"D-" | b"R-" | b"I-"))
}

/// Whether a capital belongs to the town behind somebody's party: "Rep. Ann Doe, D-St. Louis, said".
fn is_behind_party(tokens: &[Token], text: &str, at: usize) -> bool {
    let joined = |at: &usize| tokens[*at].is_capital() && tokens[*at].breaks == 0;
    let mut before = (at.saturating_sub(LONGEST_TOWN)..=at).rev().take_while(joined);
    before.any(|at| at > 0 && is_party(&tokens[at], text) && !tokens[at - 1].is_word())
}

/// Whether a word stands before a number: "the No. 2 Republican".
fn is_numbering(tokens: &[Token], at: usize) -> bool {
    let number = |next: &Token| next.kind == tokens::Kind::Number;
    keys!["no.", "nos."].contains(&tokens[at].key) && tokens.get(at + 1).is_some_and(number)
}

/// Whether a token goes on as behind a name: "'s", "said", "has said"; behind a country also "has", "and Russia".
fn behaves(tokens: &[Token], tags: &[Tag], at: usize, country: bool) -> bool {
    let (Some(token), Some(tag)) = (tokens.get(at), tags.get(at)) else {
        return false;
    };
    let has_said = || {
        let verb = tags[at + 1..].iter().take(3).find(|tag| tag.class() != Class::Adverb);
        keys!["has", "had"].contains(&token.key) && verb.is_some_and(|tag| tag.cue() == Cue::Strong)
    };
    let verb = match tag.cue() {
        Cue::Strong => true,
        Cue::None if has_said() => true,
        Cue::Medium => country,
        _ => country && matches!(tag.class(), Class::Past | Class::Auxiliary),
    };
    let joined = country
        && (tag.class() == Class::Coordinator || token.kind == tokens::Kind::Comma)
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.is_capital() || token.kind == tokens::Kind::Comma);
    token.kind == tokens::Kind::Clitic || verb && token.case == Case::Lower || joined
}

/// Whether a word that is a month and a surname ("May") is the month: "in May", "May 2017", "early May".
fn is_month(document: &Document, tags: &[Tag], at: usize) -> bool {
    if document.tokens[at].key != tokens::word_key("may") {
        return false;
    }
    let number = tags.get(at + 1).is_some_and(|tag| tag.class() == Class::Number);
    let before = at.checked_sub(1).map(|before| &document.tokens[before]);
    let dated = |token: &Token| {
        keys![
            "in", "since", "until", "till", "during", "through", "on", "early", "late", "mid", "last", "next", "this",
        ]
        .contains(&token.key)
    };
    number || before.is_some_and(|before| dated(before) || tags[at - 1].class() == Class::Number)
}

fn next_is_name(document: &Document, tags: &[Tag], at: usize) -> bool {
    let (tokens, text) = (&document.tokens, document.text);
    // "Secretary of State John Doe", "Leader of the Opposition John Doe", "Minister for Health John Doe"
    let of = tags.get(at + 1).is_some_and(|tag| tag.class() == Class::Of);
    let the = of && tags.get(at + 2).is_some_and(|tag| tag.class() == Class::Determiner);
    let field = tags.get(at + 2).is_some_and(|tag| tag.is_small());
    let of = of || field && tokens.get(at + 1).is_some_and(|link| link.is("for"));
    let at = at + usize::from(of) + usize::from(the);
    tokens
        .get(at + 1)
        .is_some_and(|next| can_name(next, tags[at + 1], text) && tags[at + 1].cue() != Cue::Strong)
}
