//! The cutting itself: one walk over the bytes.
//!
//! In: a text. Out: its tokens. The common case, an ASCII word before a space or a comma, touches each byte once; all
//! else (apostrophes, hyphens, stops, letters beyond ASCII) branches off from it.

use super::class::{self, Class};
use super::{Case, Kind, Token, abbreviations, folded_key, key, special};
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes(),
        // News has a token every five bytes, lists of results one every four.
        tokens: Vec::with_capacity(text.len() / 4 + 8),
        breaks: 0,
        spaced: true,
    };
    let mut at = 0;
    while let Some(&byte) = cutter.bytes.get(at) {
        if byte == b' ' {
            cutter.spaced = true;
            at += 1;
        } else {
            at = cutter.step(at);
        }
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
            Some(_) => self.look_beyond(at),
        }
    }

    fn look_beyond(&self, at: usize) -> (Class, usize) {
        match self.text[at..].chars().next() {
            Some(c) => (class::of_char(c), c.len_utf8()),
            None => (Class::Space, 0),
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
            Class::Stop => self.stop(at, at + len),
            Class::Apostrophe => self.apostrophe(at, len),
            Class::Mark => {
                let doubled = self.bytes[at] == b'`' && self.bytes.get(at + 1) == Some(&b'`');
                self.sign(at, if doubled { 2 } else { len }, Kind::Mark)
            }
            Class::Hyphen => {
                let mut end = at + len;
                while self.look(end).0 == Class::Hyphen {
                    end += self.look(end).1;
                }
                self.push(at, end, Kind::Dash)
            }
            Class::Comma => self.sign(at, len, Kind::Comma),
            Class::Colon | Class::Semicolon => {
                let after_stop = self.tokens.last().is_some_and(|last| last.kind == Kind::Stop);
                if (self.spaced || after_stop)
                    && let Some(end) = special::face(self.bytes, at)
                {
                    return self.push(at, end, Kind::Symbol);
                }
                let colon = class == Class::Colon;
                self.sign(at, len, if colon { Kind::Colon } else { Kind::Semicolon })
            }
            Class::Open => self.sign(at, len, Kind::Open),
            Class::Close => self.sign(at, len, Kind::Close),
            Class::Symbol => self.symbol(at, len),
            Class::Script => self.script(at),
        }
    }

    /// "?!" and "!!" are one stop; two dots or more, and "…", are an ellipsis.
    fn stop(&mut self, at: usize, mut end: usize) -> usize {
        if end == at + 1 && self.look(end).0 != Class::Stop {
            return self.sign(at, 1, Kind::Stop);
        }
        while self.look(end).0 == Class::Stop {
            end += self.look(end).1;
        }
        let dots = end - at > 1 && self.text[at..end].chars().all(|c| c == '.' || c == '…');
        self.push(at, end, if dots { Kind::Ellipsis } else { Kind::Stop })
    }

    /// `''`, the clitic behind a closing mark or a number (“Vela Post”'s, 1990's), or a mark.
    fn apostrophe(&mut self, at: usize, len: usize) -> usize {
        if self.bytes[at] == b'\'' && self.bytes.get(at + 1) == Some(&b'\'') {
            return self.push(at, at + 2, Kind::Mark);
        }
        let clitic = !self.spaced
            && matches!(self.bytes.get(at + len), Some(b's' | b'S'))
            && !matches!(self.look(at + len + 1).0, Class::Letter | Class::Digit);
        if clitic {
            self.push(at, at + len + 1, Kind::Clitic)
        } else {
            self.sign(at, len, Kind::Mark)
        }
    }

    /// A handle, a row of one sign ("*****"), a face or a sign.
    fn symbol(&mut self, at: usize, len: usize) -> usize {
        let byte = self.bytes[at];
        if matches!(byte, b'@' | b'#') && self.look(at + 1).0 == Class::Letter {
            return self.word(at, at + 1);
        }
        if byte == b'='
            && self.spaced
            && let Some(end) = special::face(self.bytes, at)
        {
            return self.push(at, end, Kind::Symbol);
        }
        let mut end = at + len;
        if byte < 128 {
            while self.bytes.get(end) == Some(&byte) {
                end += 1;
            }
        }
        self.push(at, end, Kind::Symbol)
    }

    /// Words of a script without spaces, by Unicode's rules.
    fn script(&mut self, at: usize) -> usize {
        let run = self.text[at..]
            .find(|c: char| !matches!(class::of_char(c), Class::Script | Class::Letter) || c.is_ascii())
            .unwrap_or(self.text.len() - at);
        let text = self.text;
        let mut from = at;
        for word in text[at..at + run].split_word_bounds() {
            self.push(from, from + word.len(), Kind::Word);
            from += word.len();
        }
        from
    }

    /// The end of a run of letters and digits from `at`.
    #[inline]
    fn letters(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(&byte) if class::is_wordy(byte) => at += 1,
                Some(128..) => match self.look_beyond(at) {
                    (Class::Letter | Class::Digit, len) => at += len,
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// A word whose letters begin at `body` (after an `@` or `#` at `start`).
    #[inline]
    fn word(&mut self, start: usize, body: usize) -> usize {
        let look = key::look_at_letters(self.bytes, body);
        if start == body && look.end > start && self.ends_word(look.end) {
            return self.push_seen(start, look, Kind::Word);
        }
        let end = self.letters(look.end);
        if self.ends_word(end) {
            return self.push(start, end, Kind::Word);
        }
        self.long_word(start, end.max(body + self.look(body).1))
    }

    /// Whether what stands at a place never belongs to the word before it.
    #[inline]
    fn ends_word(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b',' | b'\n'))
    }

    /// A word behind whose first letters something else than a space stands.
    fn long_word(&mut self, start: usize, mut end: usize) -> usize {
        let next = self.bytes.get(end).copied().unwrap_or(b' ');
        if matches!(next, b':' | b'.')
            && let Some(end) = special::link(self.bytes, start)
        {
            return self.push(start, end, Kind::Word);
        }
        // The last apostrophe inside the word: what follows it may be a clitic.
        let mut apostrophe = None;
        loop {
            let (class, len) = self.look(end);
            let joins = match class {
                Class::Hyphen => len == 1,
                Class::Apostrophe => true,
                Class::Symbol => self.bytes[end] == b'&' && end - start <= 2 || self.is_joining_hyphen(end),
                _ => false,
            };
            if !joins
                || !matches!(self.look(end + len).0, Class::Letter | Class::Digit)
                || class == Class::Hyphen && special::is_slug(self.bytes, start, end)
            {
                break;
            }
            apostrophe = match class {
                Class::Apostrophe => Some(end),
                Class::Hyphen => None,
                _ => apostrophe,
            };
            end = self.letters(end + len);
        }
        if let Some(cut) = apostrophe.and_then(|cut| self.clitic(start, cut, end)) {
            self.push(start, cut, Kind::Word);
            return self.push(cut, end, Kind::Clitic);
        }
        match self.bytes.get(end) {
            Some(b'.' | b'@') => self.dotted_word(start, end),
            _ => self.push(start, end, Kind::Word),
        }
    }

    /// A word before a stop or an `@`: an address, an abbreviation or only a word.
    fn dotted_word(&mut self, start: usize, end: usize) -> usize {
        if let Some(end) = special::dotted(self.bytes, start, end) {
            return self.push(start, end, Kind::Word);
        }
        if self.bytes[end] == b'.' {
            // "Sen. Ann Doe, D-N.H.": the place behind the party.
            let party = matches!(self.bytes[start..end], [b'D' | b'R' | b'I', b'-', _, ..]);
            let place = start + if party { 2 } else { 0 };
            if let Some(stop) = abbreviations::initials(self.bytes, place, end) {
                return self.push_abbreviation(start, stop);
            }
            if abbreviations::is_abbreviation(&self.text[place..end], &self.text[end + 1..]) {
                return self.push_abbreviation(start, end + 1);
            }
        }
        self.push(start, end, Kind::Word)
    }

    fn is_joining_hyphen(&self, at: usize) -> bool {
        self.text[at..].starts_with(['‐', '‑'])
    }

    /// Where a clitic at the end of `start..end` begins, whose apostrophe stands at `cut`.
    fn clitic(&self, start: usize, cut: usize, end: usize) -> Option<usize> {
        let tail = self.text[cut..end].trim_start_matches(['\'', '’', 'ʼ']).as_bytes();
        let clitics: [&[u8]; 6] = [b"s", b"re", b"ve", b"ll", b"d", b"m"];
        if clitics.iter().any(|clitic| tail.eq_ignore_ascii_case(clitic)) {
            return Some(cut);
        }
        let negated = tail.eq_ignore_ascii_case(b"t") && self.bytes[cut - 1].eq_ignore_ascii_case(&b'n');
        (negated && cut - 1 > start).then_some(cut - 1)
    }

    fn number(&mut self, start: usize) -> usize {
        let mut end = self.letters(start);
        loop {
            let joins = match self.bytes.get(end) {
                Some(b'.' | b',' | b':' | b'/') => self.look(end + 1).0 == Class::Digit,
                Some(b'-') => {
                    let word = matches!(self.look(end + 1).0, Class::Digit | Class::Letter);
                    word && !special::is_numbered_slug(self.bytes, start, end)
                }
                _ => false,
            };
            if !joins {
                break;
            }
            end = self.letters(end + 1);
        }
        // Digits that the ASCII test does not know stand at `start`.
        let end = end.max(start + self.look(start).1);
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

    /// A sign of so many bytes, most often one.
    #[inline]
    fn sign(&mut self, at: usize, len: usize, kind: Kind) -> usize {
        match key::SIGNS.get(self.bytes[at] as usize) {
            Some(&key) if len == 1 => {
                let look = key::Look {
                    end: at + 1,
                    key,
                    ascii: true,
                    upper: false,
                    lower: false,
                };
                self.push_seen(at, look, kind)
            }
            _ => self.push(at, at + len, kind),
        }
    }

    #[inline(never)]
    fn push(&mut self, start: usize, end: usize, kind: Kind) -> usize {
        self.push_seen(start, key::look(self.bytes, start, end), kind)
    }

    /// A token that starts here and ends where a look at it ended.
    #[inline(always)]
    fn push_seen(&mut self, start: usize, look: key::Look, kind: Kind) -> usize {
        let end = look.end;
        let written = || &self.text[start..end];
        let key = if look.ascii { look.key } else { folded_key(written()) };
        let case = match kind {
            Kind::Word if look.ascii => self.ascii_case(start, &look),
            Kind::Word => case_of(written()),
            _ => Case::None,
        };
        self.tokens.push(Token {
            span: Span::new(start, end),
            kind,
            case,
            breaks: self.breaks,
            spaced: self.spaced,
            abbreviated: false,
            key,
        });
        self.breaks = 0;
        self.spaced = false;
        end
    }

    #[inline]
    fn ascii_case(&self, start: usize, look: &key::Look) -> Case {
        match (look.upper, look.lower) {
            (false, false) => Case::None,
            (false, true) => Case::Lower,
            (true, false) => Case::Upper,
            (true, true) if self.bytes[start].is_ascii_uppercase() => Case::Capital,
            (true, true) => mixed_case(&self.bytes[start..look.end]),
        }
    }
}

/// The case of an ASCII word of capitals and small letters that does not begin with a capital: "@Name", "al-Assad",
/// "diMarco".
fn mixed_case(word: &[u8]) -> Case {
    let first = word.iter().position(u8::is_ascii_alphabetic).unwrap_or(0);
    let inner = |pair: &[u8]| matches!(pair[0], b'-' | b'\'' | b'#' | b'@') && pair[1].is_ascii_uppercase();
    let particle = word.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let behind = word.get(particle + 1..particle + 3);
    let joined = (2..=3).contains(&particle)
        && word[particle].is_ascii_uppercase()
        && behind.is_some_and(|rest| rest.iter().all(u8::is_ascii_lowercase));
    if word[first].is_ascii_uppercase() || word.windows(2).any(inner) || joined {
        Case::Capital
    } else {
        Case::Mixed
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
