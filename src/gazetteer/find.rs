//! Names in a text.
//!
//! In: a text and its tokens. Out: hits from left to right, none overlapping, each the longest name that begins there.
//! Names are compared by token keys, so line breaks, double spaces, diacritics and ALL CAPS do not matter; but where
//! the tables have a capital the text must have one. One probe of a hash table a word; only words with a capital, and
//! the few that begin names like "al-Qaeda", are looked up at all.

use super::layout::{Index, Section, bit, extend};
use super::names::{is_written, name_key};
use super::{Gazetteer, PlaceKind, Sense, Senses};
use crate::span::Run;
use crate::table::{Slot, lookup};
use crate::tokens::{Case, Kind, Token};

/// Most initials that are looked past.
const INITIALS: usize = 3;

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its tokens.
    pub tokens: Run,
    /// What it can stand for, the likeliest first.
    pub senses: Senses,
    /// Whether it may as well be something else: a single word that is also an ordinary word ("May", "Turkey" where a
    /// sentence begins, "Nice") or a given name with a further name behind it ("Paris Hilton").
    pub ambiguous: bool,
}

impl Gazetteer {
    /// The names in a text, longest first, from left to right.
    pub fn find(&self, text: &str, tokens: &[Token]) -> Vec<Hit> {
        let finder = self.finder(text, tokens);
        let mut hits: Vec<Hit> = Vec::with_capacity(tokens.len() / 16);
        // The table is greater than any cache: where names begin is read for all before any is decided on.
        let mut begins: Vec<Begin> = Vec::with_capacity(tokens.len() / 6);
        begins.extend((0..tokens.len()).filter_map(|at| finder.begin(at)));
        let mut next = 0;
        for begin in begins {
            if begin.at >= next
                && let Some(hit) = finder.longest(begin)
            {
                next = hit.tokens.end as usize;
                hits.push(hit);
            }
        }
        hits
    }

    /// Whether a one-word name, and its first sense, may be something else where these tokens are all there is.
    pub(crate) fn is_ambiguous(&self, text: &str, tokens: &[Token], at: usize, first: Sense) -> bool {
        self.finder(text, tokens).is_ambiguous(at, first)
    }

    fn finder<'a>(&'a self, text: &'a str, tokens: &'a [Token]) -> Finder<'a> {
        Finder {
            gazetteer: self,
            names: self.blob.index(Section::NameSlots, Section::NameLists),
            starters: self.blob.section(Section::Starters),
            firsts: self.blob.section(Section::Firsts),
            inner: self.blob.section(Section::Inner),
            text,
            tokens,
        }
    }
}

struct Finder<'a> {
    gazetteer: &'a Gazetteer,
    names: Index<'a>,
    starters: &'a [u8],
    firsts: &'a [u8],
    inner: &'a [u8],
    text: &'a str,
    tokens: &'a [Token],
}

/// A token that a name may begin with.
struct Begin {
    at: usize,
    key: u64,
    slot: Slot,
}

impl Finder<'_> {
    /// Whether a name may begin with this token.
    #[inline]
    fn may_start(&self, token: &Token) -> bool {
        match token.case {
            // The key of "U.S." is that of "US": see `name_key`.
            Case::Capital | Case::Upper | Case::Mixed => token.abbreviated || bit(self.firsts, token.key),
            Case::Lower | Case::None => bit(self.starters, token.key),
        }
    }

    /// What the table has first of a token, if a name may begin with it.
    #[inline]
    fn begin(&self, at: usize) -> Option<Begin> {
        let token = &self.tokens[at];
        self.may_start(token).then(|| {
            let key = name_key(self.text, token);
            let slot = self.names.first(key);
            Begin { at, key, slot }
        })
    }

    /// The longest name that begins so.
    #[inline]
    fn longest(&self, Begin { at, key: first, slot }: Begin) -> Option<Hit> {
        let (mut path, mut found) = (None, None);
        let mut words: [usize; super::layout::LONGEST] = [0; super::layout::LONGEST];
        let mut depth = 0;
        let mut i = at;
        while let Some(token) = self.tokens.get(i) {
            if depth == words.len() || depth > 0 && token.breaks > 1 {
                break;
            }
            let key = if i == at { first } else { name_key(self.text, token) };
            let small = matches!(token.case, Case::Lower | Case::None);
            // Most names end before a comma or a small word: that is known without a look into the table.
            if depth > 0 && small && !bit(self.inner, key) {
                break;
            }
            let longer = extend(path, key);
            let node = match depth {
                0 => self.names.node_from(slot, longer),
                _ => self.names.node(longer),
            };
            let Some(node) = node else {
                // "Donald J. Trump" where the tables have none of the initial.
                if depth == 1 && i - at <= INITIALS && is_initial(token) {
                    i += 1;
                    continue;
                }
                break;
            };
            path = Some(longer);
            words[depth] = i;
            depth += 1;
            // Senses are only gathered for the end that is kept.
            let path = || words[..depth].iter().map(|&word| &self.tokens[word]);
            if self.names.items(node).any(|(_, asked)| are_written(path(), asked)) {
                found = Some((node, depth, i));
            }
            if !node.continues() {
                break;
            }
            i += 1;
        }
        let (node, depth, last) = found?;
        let path = || words[..depth].iter().map(|&word| &self.tokens[word]);
        let items = self.names.items(node).filter(|&(_, asked)| are_written(path(), asked));
        let senses: Senses = items.filter_map(|(item, _)| Sense::of_item(item)).collect();
        if senses.is_empty() {
            return None;
        }
        Some(Hit {
            tokens: Run::new(at, last + 1),
            ambiguous: last == at && self.is_ambiguous(at, senses[0]),
            senses,
        })
    }

    /// Whether a one-word name may be another word or another's name here.
    fn is_ambiguous(&self, at: usize, first: Sense) -> bool {
        let token = &self.tokens[at];
        match lookup(self.gazetteer.blob.section(Section::Words), token.key) {
            // "US" is no "us" and "WHO" no "who", unless all is in capitals.
            Some(_) if token.case == Case::Upper && token.span.len() > 1 => self.shouts(at),
            Some(2) => true,
            // A capital inside a sentence and not beside another one makes it a name: "in Reading, police said".
            Some(_) => {
                self.opens(at)
                    || self
                        .tokens
                        .get(at + 1)
                        .is_some_and(|next| next.is_capital() && next.breaks == 0)
            }
            None => self.is_named_on(at, first),
        }
    }

    /// Whether a name is a person's first: "Jordan Smith", "Paris Hilton", but not "Jordan Foreign Minister".
    fn is_named_on(&self, at: usize, first: Sense) -> bool {
        let kind = match first {
            Sense::Place(place) => Some(self.gazetteer.place_kind(place)),
            _ => None,
        };
        let given = self.gazetteer.is_given_name(self.tokens[at].key);
        // Vladimir and Santiago are towns, but more often people.
        if given && kind == Some(PlaceKind::City) {
            return true;
        }
        if !given && matches!(kind, None | Some(PlaceKind::Country | PlaceKind::Seat)) {
            return false;
        }
        let Some(next) = self.tokens.get(at + 1) else {
            return false;
        };
        let surname = next.case == Case::Capital && next.is_word() && next.breaks == 0 && !next.abbreviated;
        surname
            && self.gazetteer.role_at(self.text, self.tokens, at + 1).is_none()
            && (given || !self.gazetteer.is_ordinary_word(next.key) && !self.is_name_of_note(next.key))
    }

    /// Whether a word alone names more than a person or a town.
    fn is_name_of_note(&self, key: u64) -> bool {
        self.names
            .get(key)
            .filter_map(|(item, _)| Sense::of_item(item))
            .any(|sense| match sense {
                Sense::Person(_) => false,
                Sense::Place(place) => matches!(self.gazetteer.place_kind(place), PlaceKind::Country | PlaceKind::Seat),
                _ => true,
            })
    }

    /// Whether a sentence may begin with this token, which would give any word a capital.
    fn opens(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else {
            return true;
        };
        self.tokens[at].breaks > 0 || !(before.is_word() || matches!(before.kind, Kind::Comma | Kind::Clitic))
    }

    /// Whether the words around are all in capitals.
    fn shouts(&self, at: usize) -> bool {
        let word = |token: &&Token| token.kind == Kind::Word && token.span.len() > 1;
        let upper = |token: &Token| token.case == Case::Upper && !token.abbreviated;
        let before = self.tokens[..at].iter().rev().take(3).find(word).map(upper);
        let after = self.tokens[at + 1..].iter().take(3).find(word).map(upper);
        !(before == Some(false) || after == Some(false) || before.is_none() && after.is_none())
    }
}

fn is_initial(token: &Token) -> bool {
    token.abbreviated && token.case == Case::Upper && token.span.len() <= 4
        || token.span.len() == 1 && token.is_capital()
}

/// Whether each token is written as its two bits ask.
fn are_written<'t>(path: impl Iterator<Item = &'t Token>, asked: u32) -> bool {
    let mut path = path.enumerate();
    path.all(|(place, token)| is_written(token, asked >> (2 * place)))
}

/// The longest path of an index that begins at a token, with its items.
pub(super) fn longest(index: &Index, text: &str, tokens: &[Token], at: usize) -> Option<(Run, Vec<u32>)> {
    let (mut path, mut found) = (None, None);
    for (i, token) in (at..).zip(tokens.get(at..)?) {
        if i > at && token.breaks > 1 {
            break;
        }
        let longer = extend(path, name_key(text, token));
        path = Some(longer);
        let Some(node) = index.node(longer) else { break };
        // Items are only gathered for the end that is kept.
        if index
            .items(node)
            .any(|(_, asked)| are_written(tokens[at..=i].iter(), asked))
        {
            found = Some((i + 1, node));
        }
        if !node.continues() || i - at + 1 == super::layout::LONGEST {
            break;
        }
    }
    let (end, node) = found?;
    let items = index
        .items(node)
        .filter(|&(_, asked)| are_written(tokens[at..end].iter(), asked));
    Some((Run::new(at, end), items.map(|(item, _)| item).collect()))
}
