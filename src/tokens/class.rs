//! What a byte or a character is to the tokeniser.
//!
//! ASCII goes through a table; the rest is asked of Unicode, once a character.

/// The classes the tokeniser tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Space,
    Newline,
    Letter,
    Digit,
    Stop,
    Apostrophe,
    Hyphen,
    Comma,
    Colon,
    Semicolon,
    Mark,
    Open,
    Close,
    Symbol,
    /// A letter of a script that does not put spaces between its words, or not as Latin does.
    Script,
    /// Not ASCII: ask [`of_char`].
    Beyond,
}

const TABLE: [Class; 256] = {
    let mut table = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        table[byte] = match c {
            b'\n' | b'\r' => Class::Newline,
            0..=32 | 127 => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'.' | b'!' | b'?' => Class::Stop,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b',' => Class::Comma,
            b':' => Class::Colon,
            b';' => Class::Semicolon,
            b'"' | b'`' => Class::Mark,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            _ => Class::Symbol,
        };
        byte += 1;
    }
    table
};

/// Letters, digits and `_`: what goes on with a word.
const WORDY: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

#[inline]
pub(super) fn is_wordy(byte: u8) -> bool {
    WORDY[byte as usize]
}

#[inline]
pub(super) fn of_byte(byte: u8) -> Class {
    TABLE[byte as usize]
}

pub(super) fn of_char(c: char) -> Class {
    match c {
        c if c.is_ascii() => of_byte(c as u8),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Class::Newline,
        '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            Class::Space
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '‚' | '「' | '」' => Class::Mark,
        '’' | 'ʼ' => Class::Apostrophe,
        '–' | '—' | '―' | '−' => Class::Hyphen,
        '…' | '。' | '！' | '？' => Class::Stop,
        c if c.is_whitespace() => Class::Space,
        c if c.is_numeric() => Class::Digit,
        c if c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c) => Class::Letter,
        c if c.is_alphabetic() && spaced_script(c) => Class::Letter,
        c if c.is_alphabetic() => Class::Script,
        _ => Class::Symbol,
    }
}

/// Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India, Georgian, Ethiopic …: words have spaces
/// between them. Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean go by Unicode's word rules.
fn spaced_script(c: char) -> bool {
    matches!(c, '\0'..='\u{dff}' | '\u{f00}'..='\u{fff}' | '\u{10a0}'..='\u{16ff}' | '\u{1800}'..='\u{1fff}' | '\u{a640}'..='\u{a9ff}' | '\u{fb00}'..='\u{feff}')
        || matches!(c, '\u{2100}'..='\u{2dff}' | '\u{10000}'..='\u{1afff}' | '\u{1d400}'..='\u{1ffff}')
}
