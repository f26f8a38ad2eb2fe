//! What a byte or a character is to the tokeniser.
//!
//! ASCII goes through a table of 128 classes; the rest is asked of Unicode, once a word.

/// The classes the tokeniser tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Beyond,
}

const TABLE: [Class; 128] = {
    let mut table = [Class::Symbol; 128];
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

#[inline]
pub(super) fn of_byte(byte: u8) -> Class {
    if byte < 128 {
        TABLE[byte as usize]
    } else {
        Class::Beyond
    }
}

pub(super) fn of_char(c: char) -> Class {
    match c {
        c if c.is_ascii() => of_byte(c as u8),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Class::Newline,
        '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Class::Space
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '‚' | '「' | '」' => Class::Mark,
        '’' | 'ʼ' => Class::Apostrophe,
        '–' | '—' | '―' | '−' => Class::Hyphen,
        '…' | '。' | '！' | '？' => Class::Stop,
        c if c.is_whitespace() => Class::Space,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() || c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c) => Class::Letter,
        _ => Class::Symbol,
    }
}
