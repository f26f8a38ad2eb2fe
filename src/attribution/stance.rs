//! What a source does with its words, by the cue: states, denies, demands, threatens …
//!
//! In: a cue, the clause around it, its source. Out: a [`Stance`]: the [`Attitude`], whether the cue is denied ("did not
//! say") and whether it is only thought of ("would say"). The lemmas are `data/lexicon/attitudes.tsv`, written by hand; of
//! the attributions in the articles that the cue words were counted on they class more than nine in ten.

use super::indirect::Cues;
use crate::lexicon::{Class, Tag};
use crate::mentions::Mention;
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{KeyMap, Kind, Token, keys, raw_key};
use std::sync::LazyLock;

macro_rules! attitudes {
    ($($name:ident $code:literal $what:literal),* $(,)?) => {
        /// What a source does with its words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Attitude {
            $(#[doc = $what] $name,)*
        }

        impl Attitude {
            /// Its name in tables and records.
            pub fn name(self) -> &'static str {
                match self {
                    $(Attitude::$name => $code,)*
                }
            }

            /// The attitude of this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($code => Some(Attitude::$name),)*
                    _ => None,
                }
            }
        }
    };
}

attitudes! {
    Statement "statement" "Says without taking a side.",
    Claim "claim" "Says what others may not grant.",
    Belief "belief" "Thinks, expects, knows.",
    Desire "desire" "Wants, hopes.",
    Support "support" "Favours, endorses, defends.",
    Promise "promise" "Promises, plans.",
    Demand "demand" "Asks for, orders, urges.",
    Question "question" "Asks.",
    Denial "denial" "Denies, refuses, rejects.",
    Criticism "criticism" "Blames, accuses, mocks.",
    Praise "praise" "Praises, thanks.",
    Threat "threat" "Threatens.",
    Warning "warning" "Warns.",
    Admission "admission" "Admits, confirms, agrees.",
}

/// What a cue says of its content and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stance {
    /// What the source does; `None` where there is no cue, or one that the table does not know.
    pub attitude: Option<Attitude>,
    /// Whether the article denies that it was said: "did not say", "nobody said", "declined to say".
    pub negated: bool,
    /// Whether it is only thought of or still to come: "would say", "if he says", "is expected to say".
    pub hypothetical: bool,
}

/// By the keys of lemmas.
static TABLE: LazyLock<KeyMap<Attitude>> = LazyLock::new(|| {
    let rows = include_str!("../../data/lexicon/attitudes.tsv").lines().skip(1);
    let rows = rows.filter_map(|row| row.split_once('\t'));
    rows.filter_map(|(lemma, name)| Some((raw_key(lemma.as_bytes()), Attitude::parse(name)?)))
        .collect()
});

fn of_lemma(lemma: &str) -> Option<Attitude> {
    TABLE.get(&raw_key(lemma.as_bytes())).copied()
}

/// The attitude of a regular form of a verb in the table: "deplored", "implies", "forbids", "imploring".
fn of_form(form: &str) -> Option<Attitude> {
    let form = form.to_ascii_lowercase();
    let stem = |ending: &str, instead: &str| {
        let stem = form.strip_suffix(ending)?;
        let twice = stem.len() > 2 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        let single = stem
            .get(..stem.len().saturating_sub(1))
            .filter(|_| twice && instead.is_empty());
        let whole = match instead {
            "" => of_lemma(stem),
            _ => of_lemma(&format!("{stem}{instead}")),
        };
        whole.or_else(|| of_lemma(single?))
    };
    let endings = [
        ("", ""),
        ("ied", "y"),
        ("ies", "y"),
        ("d", ""),
        ("ed", ""),
        ("s", ""),
        ("es", ""),
        ("ing", ""),
        ("ing", "e"),
    ];
    endings.into_iter().find_map(|(ending, instead)| stem(ending, instead))
}

/// The stance of a cue, whose last token is its head.
pub(crate) fn of(document: &Document, tags: &[Tag], cues: &Cues, cue: Run, source: Option<&Mention>) -> Stance {
    let Some(head) = (cue.end as usize).checked_sub(1).filter(|_| !cue.is_empty()) else {
        return Stance::default();
    };
    let clause = Clause { document, tags, cues };
    // A colon is neither denied nor thought of.
    let (negated, hypothetical) = if document.tokens[head].is_word() {
        clause.modes(head)
    } else {
        (false, false)
    };
    Stance {
        attitude: clause.attitude(head),
        negated: negated != clause.denies(source),
        hypothetical,
    }
}

/// The words around a cue.
#[derive(Clone, Copy)]
struct Clause<'d> {
    document: &'d Document<'d>,
    tags: &'d [Tag],
    cues: &'d Cues,
}

/// Farthest look from a cue to its object's end or its clause's beginning, in tokens.
const REACH: usize = 8;

impl<'d> Clause<'d> {
    fn token(self, at: usize) -> Option<&'d Token> {
        self.document.tokens.get(at)
    }

    fn class(self, at: usize) -> Class {
        self.tags.get(at).map_or(Class::None, |tag| tag.class())
    }

    fn is_any(self, at: Option<usize>, keys: &[u64]) -> bool {
        at.and_then(|at| self.token(at))
            .is_some_and(|token| keys.contains(&token.key))
    }

    fn lemma(self, at: usize) -> &'d str {
        let hit = self.token(at).map(|token| self.cues.get(token.key));
        hit.filter(|hit| hit.bucket() > 0)
            .map_or("", |hit| self.cues.lemma(hit).1)
    }

    fn attitude(self, head: usize) -> Option<Attitude> {
        let lemma = self.lemma(head);
        let form = self.token(head)?.span.of(self.document.text);
        let found = of_lemma(lemma).or_else(|| of_form(form))?;
        let next = |keys: &[u64]| self.is_any(Some(head + 1), keys);
        Some(match lemma {
            // "asked whether" is a question, "asked him to" a demand; "told them to" and "called on them" are too.
            "ask" | "tell" if self.orders(head) => Attitude::Demand,
            "call" if next(&keys!["for", "on", "upon"]) => Attitude::Demand,
            "push" if next(&keys!["back"]) => Attitude::Denial,
            // "agreed that" admits, "agreed to" binds.
            "agree" | "decide" | "offer" if next(&keys!["to"]) => Attitude::Promise,
            _ => found,
        })
    }

    /// Whether a cue goes on with "for", or with "to" behind no more than an object; "asked that" orders too.
    fn orders(self, head: usize) -> bool {
        for at in head + 1..head + REACH {
            if self.token(at).is_none_or(|token| !token.is_word()) {
                return false;
            }
            match self.class(at) {
                Class::To => return true,
                Class::Preposition => return at == head + 1 && self.is_any(Some(at), &keys!["for"]),
                // "asked that it be kept", but "told them that"
                Class::That => return at == head + 1 && self.lemma(head) == "ask",
                Class::Subordinator | Class::Question | Class::Auxiliary => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a cue is negated, and whether it is hypothetical.
    fn modes(self, head: usize) -> (bool, bool) {
        let own = self.group(head);
        let hypothetical = own.hypothetical() && !self.is_all_said(&own, head);
        let (mut negated, mut hypothetical, mut start) = (own.negated, hypothetical, own.start);
        let before = |back: usize| start.checked_sub(back);
        let gerund = self
            .token(head)
            .is_some_and(|token| token.span.of(self.document.text).ends_with("ing"));
        if before(1).is_some_and(|at| self.class(at) == Class::To)
            && let Some(verb) = before(2)
        {
            // "declined to say", "is expected to say": the verb above decides.
            let above = self.group(verb);
            let hidden = matches!(self.lemma(verb), "decline" | "refuse")
                || self.is_any(Some(verb), FAILS)
                || self.is_any(Some(verb), &keys!["unable", "unwilling", "reluctant"]);
            negated ^= hidden ^ above.negated;
            hypothetical |= above.hypothetical() || self.is_any(Some(verb), PLANS);
            start = above.start;
        } else if gerund {
            let outside = self.is_any(before(1), &keys!["without", "denied", "denies", "deny", "denying"])
                || self.is_any(before(1), &keys!["avoided", "avoids", "avoid", "avoiding"])
                || self.is_any(before(1), &keys!["of"]) && self.is_any(before(2), &keys!["short", "instead"])
                || self.is_any(before(1), &keys!["from"])
                    && self.is_any(before(2), &keys!["far", "refrained", "refrain"]);
            negated ^= outside;
        }
        (negated, hypothetical || self.conditional(start))
    }

    /// The verb group that ends with a token.
    fn group(self, verb: usize) -> Group {
        let mut group = Group {
            start: verb,
            negated: false,
            modal: false,
            past_modal: false,
        };
        while let Some(at) = group.start.checked_sub(1) {
            match self.class(at) {
                Class::Negation => group.negated = true,
                Class::Adverb => group.negated |= self.is_any(Some(at), &keys!["never"]),
                Class::Auxiliary if !self.is_any(Some(at), &keys!["'s"]) => {
                    group.modal |= self.is_any(Some(at), MODALS);
                    group.past_modal |= self.is_any(Some(at), &keys!["would", "could"]);
                }
                _ => break,
            }
            group.start = at;
        }
        group
    }

    /// "would only say", "would say only", "was all she would say": that was said, and no more.
    fn is_all_said(self, group: &Group, head: usize) -> bool {
        let only = (group.start..head + 2).any(|at| self.is_any(Some(at), &keys!["only"]));
        let before = group.start.saturating_sub(REACH)..group.start.saturating_sub(1);
        let word = |at: &usize| self.token(*at).is_some_and(Token::is_word) && self.class(*at) != Class::Auxiliary;
        let all = || {
            before
                .rev()
                .take_while(word)
                .any(|at| self.is_any(Some(at), &keys!["all"]))
        };
        group.past_modal && (only || all())
    }

    /// Whether "if" or "unless" opens the clause whose verb group starts here.
    fn conditional(self, start: usize) -> bool {
        for at in (start.saturating_sub(REACH)..start).rev() {
            if self.is_any(Some(at), &keys!["if", "unless", "whether"]) {
                return true;
            }
            let verb = matches!(self.class(at), Class::Auxiliary | Class::Past) && !self.is_any(Some(at), &keys!["'s"]);
            if verb
                || self
                    .token(at)
                    .is_none_or(|token| !matches!(token.kind, Kind::Word | Kind::Clitic))
            {
                return false;
            }
        }
        false
    }

    /// Whether the source is nobody: "no official", "none of them", "nobody", "neither side".
    fn denies(self, source: Option<&Mention>) -> bool {
        let Some(source) = source else { return false };
        let start = source.tokens.start as usize;
        let first = self.is_any(Some(start), &keys!["nobody", "none", "neither", "no", "no-one"]);
        first || self.is_any(start.checked_sub(1), &keys!["no"])
    }
}

const FAILS: &[u64] = &keys!["failed", "fails", "fail", "failing", "forgot", "neglected", "omitted"];

const PLANS: &[u64] = &keys![
    "expected",
    "likely",
    "due",
    "set",
    "scheduled",
    "prepared",
    "poised",
    "ready",
    "going",
    "plans",
    "planned",
    "planning",
    "intends",
    "intended",
    "hopes",
    "about",
];

const MODALS: &[u64] = &keys![
    "would", "could", "should", "might", "may", "can", "will", "shall", "must", "'ll", "wo", "ca",
];

/// A verb with what stands before it.
struct Group {
    start: usize,
    negated: bool,
    modal: bool,
    past_modal: bool,
}

impl Group {
    /// "would not say" is how news says that somebody refused to: that is no thought.
    fn hypothetical(&self) -> bool {
        self.modal && !(self.negated && self.past_modal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_known() {
        let rows = include_str!("../../data/lexicon/attitudes.tsv").lines().skip(1);
        let lemmas: Vec<&str> = rows.filter_map(|row| Some(row.split_once('\t')?.0)).collect();
        assert_eq!(lemmas.len(), TABLE.len());
        assert!(lemmas.is_sorted_by(|a, b| a < b));
        assert_eq!(of_lemma("warn"), Some(Attitude::Warning));
    }

    #[test]
    fn regular_forms_are_known_by_their_verb() {
        for (form, attitude) in [
            ("denies", Attitude::Denial),
            ("denied", Attitude::Denial),
            ("Deploring", Attitude::Criticism),
            ("deplored", Attitude::Criticism),
            ("commends", Attitude::Praise),
            ("forbidding", Attitude::Demand),
        ] {
            assert_eq!(of_form(form), Some(attitude), "{form}");
        }
        assert_eq!(of_form("harbours"), None);
    }
}
