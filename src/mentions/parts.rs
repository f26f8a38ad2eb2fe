//! What each token can be in a group.
//!
//! In: a token, its tag, what its capital tells. Out: a [`Part`]: a bit for each question that the walk over
//! groups asks of every token, most of them several times. Half of all tokens are signs, verbs and small words, with
//! which no mention begins: one look at their part tells.

use crate::lexicon::{Class, Cue, Tag};
use crate::tokens::{Case, Kind, Token};

/// What a token can be in a group.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part(u8);

const NAME: u8 = 1;
const OPENS: u8 = 1 << 1;
const PLAIN: u8 = 1 << 2;
const PLAIN_BEHIND_OPENER: u8 = 1 << 3;
const HEADS: u8 = 1 << 4;
const REFERS: u8 = 1 << 5;
const SHOUTED: u8 = 1 << 6;

/// What words of each class can be, if nothing else is known of them.
const BY_CLASS: [u8; 32] = {
    let mut bits = [0; 32];
    bits[Class::None as usize] = PLAIN | PLAIN_BEHIND_OPENER;
    bits[Class::Number as usize] = OPENS | PLAIN | PLAIN_BEHIND_OPENER;
    bits[Class::Past as usize] = PLAIN_BEHIND_OPENER;
    bits[Class::Gerund as usize] = PLAIN_BEHIND_OPENER;
    bits[Class::Adverb as usize] = PLAIN_BEHIND_OPENER;
    bits[Class::Determiner as usize] = OPENS | REFERS;
    bits[Class::Possessive as usize] = OPENS | REFERS;
    bits[Class::Indefinite as usize] = OPENS | REFERS;
    bits[Class::Subject as usize] = REFERS;
    bits[Class::Object as usize] = REFERS;
    bits[Class::Relative as usize] = REFERS;
    bits[Class::That as usize] = REFERS;
    bits
};

/// What words can be by class, by cue, and by whether they are ever the head of who speaks.
const BY_WORD: [[[u8; 2]; 8]; 32] = {
    let mut bits = [[[0; 2]; 8]; 32];
    let mut at = 0;
    while at < 32 * 8 * 2 {
        let (class, cue, head) = (at / 16, at / 2 % 8, at % 2);
        let strong = cue == Cue::Strong as usize;
        let mut can = BY_CLASS[class];
        if head == 1 && !strong {
            can |= HEADS;
        } else if strong || cue == Cue::Medium as usize {
            can &= !PLAIN;
        }
        if strong && (class == Class::Past as usize || class == Class::Gerund as usize) {
            can &= !PLAIN_BEHIND_OPENER;
        }
        bits[class][cue][head] = can;
        at += 1;
    }
    bits
};

impl Part {
    /// What a token can be by its word.
    pub(super) fn of(token: &Token, tag: Tag) -> Part {
        let bits = BY_WORD[tag.class() as usize][tag.cue() as usize][usize::from(tag.head() > 0)];
        let letter = token.case == Case::Upper && token.span.len() == 1 && !tag.is_small();
        Part(match token.kind {
            Kind::Word if !letter => bits,
            Kind::Word | Kind::Number => bits & !(PLAIN | PLAIN_BEHIND_OPENER),
            _ => bits & !(PLAIN | PLAIN_BEHIND_OPENER | OPENS),
        })
    }

    /// The same where a name can stand; "One" of a name opens nothing.
    pub(super) fn named(self, one: bool) -> Part {
        Part(if one { self.0 & !OPENS } else { self.0 } | NAME)
    }

    /// The same in a sentence that is all in capitals.
    pub(super) fn shouted(self) -> Part {
        Part(self.0 | SHOUTED)
    }

    /// Whether a mention may begin with it.
    pub(super) fn begins(self) -> bool {
        self.0 & (NAME | OPENS | PLAIN | REFERS) != 0
    }

    /// Whether a noun group may begin with it.
    pub(super) fn begins_group(self) -> bool {
        self.0 & (NAME | OPENS | PLAIN) != 0
    }

    /// Whether it may be a mention by itself, as pronouns are.
    pub(super) fn refers(self) -> bool {
        self.0 & REFERS != 0
    }

    /// Whether a name can stand there.
    pub(super) fn is_name(self) -> bool {
        self.0 & NAME != 0
    }

    /// Whether its whole sentence is in capitals.
    pub(super) fn is_shouted(self) -> bool {
        self.0 & SHOUTED != 0
    }

    /// Whether it is a determiner, a possessive, a number.
    pub(super) fn opens(self) -> bool {
        self.0 & OPENS != 0
    }

    /// Whether it can stand inside a noun phrase.
    pub(super) fn is_plain(self) -> bool {
        self.0 & PLAIN != 0
    }

    /// Whether it can stand inside a noun phrase if a determiner stands before it.
    pub(super) fn is_plain_behind_opener(self) -> bool {
        self.0 & PLAIN_BEHIND_OPENER != 0
    }

    /// Whether it is a noun that is known to speak.
    pub(super) fn heads(self) -> bool {
        self.0 & HEADS != 0
    }
}
