//! Text to tokens: words, numbers, stops, marks.
//!
//! In: any text. Out: tokens in order, none empty, none overlapping; what lies between them is white space and
//! nothing else, so tokens and gaps rebuild the text. Clitics ('s, n't, 'll) are tokens of their own, hyphenated words
//! and abbreviations ("anti-terrorist", "U.S.", "Sen.", "J.") are one token. ASCII is read through a byte table;
//! Unicode's word rules are asked only where a character beyond ASCII begins.

mod abbreviations;
mod class;
mod cutter;
mod key;
mod special;

use crate::span::Span;
pub use key::{KeyHasher, KeyMap, KeySet, Listed, fold, folded_key, join_keys, raw_key, word_key};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A word, an abbreviation with its stop, a handle, an address.
    Word,
    /// A number with its inner punctuation ("1,200.5", "2015-16").
    Number,
    /// "'s", "n't", "'re" … cut off the word before.
    Clitic,
    /// One of `.` `!` `?`.
    Stop,
    /// Two or more stops, or `…`.
    Ellipsis,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `-` alone, `--`, `–`, `—`.
    Dash,
    /// Something that may be a quotation mark, apostrophes standing alone among them.
    Mark,
    /// `(` `[` `{`
    Open,
    /// `)` `]` `}`
    Close,
    /// Anything else.
    Symbol,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Case {
    /// No letter at all.
    None,
    /// "word"
    Lower,
    /// "Word", "O'Malley", "McCain", "al-Assad" (a capital after the first hyphen does not count)
    Capital,
    /// "NATO", "U.S.", a single capital
    Upper,
    /// "iPhone"
    Mixed,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// Line breaks between it and the token before: 0, 1, or 2 for more.
    pub breaks: u8,
    /// Whether white space (or the start of the text) comes before it.
    pub spaced: bool,
    /// Whether it is an abbreviation that keeps its stop ("U.S.", "Sen.", "J.").
    pub abbreviated: bool,
    /// Equal for words that differ only in case, diacritics or apostrophes.
    pub key: u64,
}

impl Token {
    /// Whether it is a word or a number.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// Whether it is a word that begins with a capital.
    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word && matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether it is this word, however written. `word` must be ASCII.
    #[inline(always)]
    pub fn is(&self, word: &str) -> bool {
        self.key == word_key(word)
    }
}

/// The keys of some ASCII words. They are made when the program is compiled, however many there are.
#[allow(unused_macros, reason = "the build script has no use for it")]
macro_rules! keys {
    ($($word:literal),* $(,)?) => {
        const { [$($crate::tokens::word_key($word)),*] }
    };
}
#[allow(unused_imports, reason = "the build script has no use for it")]
pub(crate) use keys;

/// Cuts a text of at most 4 GiB into tokens.
pub fn tokenize(text: &str) -> Vec<Token> {
    cutter::cut(text)
}

#[cfg(test)]
mod tests;
