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

impl Part {
    /// What a token can be by its word.
    pub(super) fn of(token: &Token, tag: Tag) -> Part {
        let class = tag.class();
        let refers = matches!(
            class,
            Class::Subject
                | Class::Object
                | Class::Relative
                | Class::Possessive
                | Class::That
                | Class::Indefinite
                | Class::Determiner
        );
        let opens = matches!(
            class,
            Class::Determiner | Class::Possessive | Class::Indefinite | Class::Number
        ) && token.is_word();
        let heads = tag.head() > 0 && tag.cue() != Cue::Strong;
        let letter = token.case == Case::Upper && token.span.len() == 1 && !tag.is_small();
        let (plain, behind_opener) = match class {
            _ if token.kind != Kind::Word || letter => (false, false),
            Class::None | Class::Number => (heads || !matches!(tag.cue(), Cue::Strong | Cue::Medium), true),
            Class::Past | Class::Gerund => (false, tag.cue() != Cue::Strong),
            Class::Adverb => (false, true),
            _ => (false, false),
        };
        let bit = |is: bool, bit: u8| if is { bit } else { 0 };
        Part(
            bit(opens, OPENS)
                | bit(plain, PLAIN)
                | bit(behind_opener, PLAIN_BEHIND_OPENER)
                | bit(heads, HEADS)
                | bit(refers, REFERS),
        )
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
