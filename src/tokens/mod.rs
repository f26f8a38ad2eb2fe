//! Text to tokens: words, numbers, stops, marks.
//!
//! In: any text. Out: tokens in order, none empty, none overlapping; what lies between them is white space and
//! nothing else, so tokens and gaps rebuild the text. Clitics ('s, n't, 'll) are tokens of their own, hyphenated words
//! and abbreviations ("anti-terrorist", "U.S.", "Sen.", "J.") are one token. ASCII is read through a byte table;
//! Unicode's word rules are asked only where a character beyond ASCII begins.

mod abbreviations;
mod class;
mod key;

use crate::span::Span;
use class::Class;
pub use key::{fold, folded_key, join_keys, word_key};
use unicode_segmentation::UnicodeSegmentation;

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
    pub fn is(&self, word: &str) -> bool {
        self.key == word_key(word)
    }
}

/// Cuts a text of at most 4 GiB into tokens.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes(),
        tokens: Vec::with_capacity(text.len() / 5 + 8),
        breaks: 0,
        spaced: true,
    };
    let mut at = 0;
    while at < text.len() {
        at = cutter.step(at);
    }
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    tokens: Vec<Token>,
    breaks: u8,
    spaced: bool,
}

impl Cutter<'_> {
    /// The class and the length in bytes of what stands at a place.
    #[inline]
    fn look(&self, at: usize) -> (Class, usize) {
        match self.bytes.get(at) {
            None => (Class::Space, 0),
            Some(&byte) if byte < 128 => (class::of_byte(byte), 1),
            Some(_) => match self.text[at..].chars().next() {
                Some(c) => (class::of_char(c), c.len_utf8()),
                None => (Class::Space, 0),
            },
        }
    }

    fn step(&mut self, at: usize) -> usize {
        let (class, len) = self.look(at);
        match class {
            Class::Space | Class::Beyond => {
                self.spaced = true;
                at + len
            }
            Class::Newline => {
                let crlf = self.bytes[at] == b'\r' && self.bytes.get(at + 1) == Some(&b'\n');
                self.breaks = (self.breaks + 1).min(2);
                self.spaced = true;
                at + if crlf { 2 } else { len }
            }
            Class::Letter => self.word(at, at),
            Class::Digit => self.number(at),
            Class::Stop => {
                let mut end = at + len;
                while self.look(end).0 == Class::Stop {
                    end += self.look(end).1;
                }
                // "?!" and "!!" end a sentence; two dots or more, and "…", are an ellipsis.
                let dots = self.text[at..end].chars().all(|c| c == '.' || c == '…');
                let kind = if dots && (end - at > 1) {
                    Kind::Ellipsis
                } else {
                    Kind::Stop
                };
                self.push(at, end, kind)
            }
            Class::Apostrophe => {
                let doubled = self.bytes[at] == b'\'' && self.bytes.get(at + 1) == Some(&b'\'');
                self.push(at, at + if doubled { 2 } else { len }, Kind::Mark)
            }
            Class::Mark => {
                let doubled = self.bytes[at] == b'`' && self.bytes.get(at + 1) == Some(&b'`');
                self.push(at, at + if doubled { 2 } else { len }, Kind::Mark)
            }
            Class::Hyphen => {
                let mut end = at + len;
                while self.look(end).0 == Class::Hyphen {
                    end += self.look(end).1;
                }
                self.push(at, end, Kind::Dash)
            }
            Class::Comma => self.push(at, at + len, Kind::Comma),
            Class::Colon => self.push(at, at + len, Kind::Colon),
            Class::Semicolon => self.push(at, at + len, Kind::Semicolon),
            Class::Open => self.push(at, at + len, Kind::Open),
            Class::Close => self.push(at, at + len, Kind::Close),
            Class::Symbol => {
                let handle = matches!(self.bytes[at], b'@' | b'#');
                if handle && self.look(at + 1).0 == Class::Letter {
                    self.word(at, at + 1)
                } else {
                    self.push(at, at + len, Kind::Symbol)
                }
            }
        }
    }

    /// The end of a run of letters and digits from `at`.
    fn letters(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
                Some(b'_') => at += 1,
                Some(&byte) if byte >= 128 => {
                    if !matches!(self.look(at).0, Class::Letter | Class::Digit) {
                        return at;
                    }
                    // Unicode keeps an apostrophe inside a word; it is cut here as it is in ASCII.
                    let word = self.text[at..].split_word_bounds().next().unwrap_or_default();
                    let inner = word.find(['’', '\'', '.', ':', '·']).unwrap_or(word.len());
                    at += if inner == 0 { word.len() } else { inner };
                }
                _ => return at,
            }
        }
    }

    /// A word whose letters begin at `body` (after an `@` or `#` at `start`).
    fn word(&mut self, start: usize, body: usize) -> usize {
        if let Some(end) = self.address(start) {
            return self.push(start, end, Kind::Word);
        }
        let mut end = self.letters(body).max(body + self.look(body).1);
        // The last apostrophe inside the word: what follows it may be a clitic.
        let mut apostrophe = None;
        loop {
            let (class, len) = self.look(end);
            let joins = match class {
                Class::Hyphen => len == 1 || self.text[end..].starts_with('‑'),
                Class::Apostrophe => true,
                Class::Symbol => self.bytes[end] == b'&' && end - start <= 2,
                _ => self.text[end..].starts_with('‐'),
            };
            if !joins || !matches!(self.look(end + len).0, Class::Letter | Class::Digit) {
                break;
            }
            apostrophe = match class {
                Class::Apostrophe => Some(end),
                Class::Hyphen => None,
                _ => apostrophe,
            };
            end = self.letters(end + len);
        }
        if let Some(cut) = self.clitic(start, end, apostrophe) {
            self.push(start, cut, Kind::Word);
            return self.push(cut, end, Kind::Clitic);
        }
        if self.bytes.get(end) == Some(&b'.') {
            if let Some(stop) = self.initials(start, end) {
                return self.push_abbreviation(start, stop);
            }
            if abbreviations::is_abbreviation(&self.text[start..end], &self.text[end + 1..]) {
                return self.push_abbreviation(start, end + 1);
            }
        }
        self.push(start, end, Kind::Word)
    }

    /// Where a clitic at the end of `start..end` begins.
    fn clitic(&self, start: usize, end: usize, apostrophe: Option<usize>) -> Option<usize> {
        let cut = apostrophe?;
        let tail = &self.text[cut..end];
        let tail = tail.strip_prefix('\'').or_else(|| tail.strip_prefix('’'))?;
        let tail = tail.as_bytes();
        if ["s", "re", "ve", "ll", "d", "m"]
            .iter()
            .any(|c| tail.eq_ignore_ascii_case(c.as_bytes()))
        {
            return Some(cut);
        }
        let negated = tail.eq_ignore_ascii_case(b"t") && self.bytes[cut - 1].eq_ignore_ascii_case(&b'n');
        (negated && cut - 1 > start).then_some(cut - 1)
    }

    /// The end of "U.S.", "J.", "a.m." if the letters before the stop at `end` are the first of such a chain.
    fn initials(&self, start: usize, end: usize) -> Option<usize> {
        let single = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        if end - start != 1 || !single(start) {
            return (self.text[start..end].eq("Ph") && self.text[end..].starts_with(".D")).then(|| {
                let dotted = self.text[end..].starts_with(".D.");
                end + 2 + usize::from(dotted)
            });
        }
        let mut stop = end + 1;
        while single(stop) && self.bytes.get(stop + 1) == Some(&b'.') {
            stop += 2;
        }
        // "U.S" without the last stop, as in "U.S-led"; a lone small letter before a stop is a word.
        let chain = stop - start > 2;
        (chain || self.bytes[start].is_ascii_uppercase() && self.text[start..end] != *"I").then_some(stop)
    }

    /// The end of a web or mail address.
    fn address(&self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        if !(rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")) {
            return None;
        }
        let run = rest
            .find(|c: char| c.is_whitespace() || "\"”“<>".contains(c))
            .unwrap_or(rest.len());
        Some(
            start
                + rest[..run]
                    .trim_end_matches(['.', ',', ')', ';', ':', '!', '?', '\'', '’'])
                    .len(),
        )
    }

    fn number(&mut self, start: usize) -> usize {
        let mut end = self.letters(start);
        loop {
            let joins = match self.bytes.get(end) {
                Some(b'.' | b',' | b':' | b'/') => self.look(end + 1).0 == Class::Digit,
                Some(b'-') => matches!(self.look(end + 1).0, Class::Digit | Class::Letter),
                _ => false,
            };
            if !joins {
                break;
            }
            end = self.letters(end + 1);
        }
        let wordy = self.bytes[start..end].iter().any(u8::is_ascii_alphabetic);
        self.push(start, end, if wordy { Kind::Word } else { Kind::Number })
    }

    fn push_abbreviation(&mut self, start: usize, end: usize) -> usize {
        self.push(start, end, Kind::Word);
        if let Some(last) = self.tokens.last_mut() {
            last.abbreviated = true;
        }
        end
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) -> usize {
        let written = &self.text[start..end];
        self.tokens.push(Token {
            span: Span::new(start, end),
            kind,
            case: if kind == Kind::Word {
                case_of(written)
            } else {
                Case::None
            },
            breaks: self.breaks,
            spaced: self.spaced,
            abbreviated: false,
            key: folded_key(written),
        });
        self.breaks = 0;
        self.spaced = false;
        end
    }
}

fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first, mut inner) = (0, 0, None, false);
    let mut last = ' ';
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
            first.get_or_insert(true);
        } else if c.is_lowercase() {
            lower += 1;
            first.get_or_insert(false);
        }
        inner |= c.is_uppercase() && matches!(last, '-' | '\'' | '’' | '#' | '@');
        last = c;
    }
    match (upper, lower, first) {
        (0, 0, _) => Case::None,
        (0, _, _) => Case::Lower,
        (_, 0, _) => Case::Upper,
        (_, _, Some(true)) => Case::Capital,
        _ if inner => Case::Capital,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests;
