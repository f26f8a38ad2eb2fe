//! JSON objects in any layout, one after the other: an array of them, pretty-printed ones, one in a file.
//!
//! In: a stream. Out: the bytes of each value at the top (inside the outermost array if the input is one) with the line
//! it begins on. Brackets and strings are all that is looked at: a value that is wrong inside fails when it is read, and
//! the next one is found all the same.

use super::stream::Stream;
use crate::error::{Error, Result};

/// The state between two values.
#[derive(Debug, Default)]
pub(super) struct Values {
    line: u64,
    started: bool,
    /// Whether the values are the items of an array, and whether that is closed.
    array: bool,
    closed: bool,
}

/// A value, or what became of it, and the line it begins on.
pub(super) type Value = (u64, Result<Vec<u8>>);

/// The state inside a value.
#[derive(Default)]
pub(super) struct Inside {
    depth: u64,
    string: bool,
    escaped: bool,
}

impl Values {
    /// The next value; `None` after the last one. An error of the stream itself ends the values.
    pub(super) fn next(&mut self, stream: &mut Stream, limit: u64) -> Result<Option<Value>> {
        let Some(first) = self.between(stream)? else {
            if self.array && !self.closed {
                self.closed = true;
                let why = "the array is not closed: the file may be cut short".to_owned();
                return Ok(Some((self.line + 1, Err(Error::Json(why)))));
            }
            return Ok(None);
        };
        let line = self.line + 1;
        let mut value = Vec::new();
        let mut length = 0;
        let mut inside = Inside::default();
        let bare = !matches!(first, b'{' | b'[' | b'"');
        loop {
            let bytes = stream.fill()?;
            if bytes.is_empty() {
                break;
            }
            let end = if bare {
                // The first byte is part of it, whatever it is.
                let after = bytes.iter().skip(usize::from(length == 0));
                let end = after
                    .into_iter()
                    .position(|byte| matches!(byte, b',' | b'\n' | b']' | b'{' | b'['));
                end.map(|at| at + usize::from(length == 0))
            } else {
                bytes.iter().position(|&byte| inside.ends_with(byte)).map(|at| at + 1)
            };
            let count = end.unwrap_or(bytes.len());
            let room = limit.saturating_sub(length).saturating_add(1).min(count as u64) as usize;
            value.extend_from_slice(&bytes[..room]);
            length += count as u64;
            self.line += bytes[..count].iter().filter(|&&byte| byte == b'\n').count() as u64;
            stream.consume(count);
            if end.is_some() {
                break;
            }
        }
        Ok(Some((
            line,
            if length > limit {
                Err(Error::TooLarge { limit })
            } else {
                Ok(value)
            },
        )))
    }

    /// Passes over what stands between two values; the first byte of the next one, which stays unread.
    fn between(&mut self, stream: &mut Stream) -> Result<Option<u8>> {
        loop {
            let bytes = stream.fill()?;
            let Some(&byte) = bytes.first() else {
                return Ok(None);
            };
            if !self.started && bytes.starts_with(b"\xef\xbb\xbf") {
                stream.consume(3);
                continue;
            }
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' => {}
                b'[' if !self.started => self.array = true,
                b',' if self.array && !self.closed => {}
                b']' if self.array && !self.closed => self.closed = true,
                _ => {
                    self.started = true;
                    return Ok(Some(byte));
                }
            }
            self.started |= !byte.is_ascii_whitespace();
            stream.consume(1);
        }
    }
}

impl Inside {
    /// Whether the value ends with this byte.
    pub(super) fn ends_with(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.string => self.escaped = true,
            b'"' => {
                self.string = !self.string;
                return !self.string && self.depth == 0;
            }
            b'{' | b'[' if !self.string => self.depth += 1,
            b'}' | b']' if !self.string => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// Whether every bracket and string so far is closed.
    pub(super) fn is_closed(&self) -> bool {
        self.depth == 0 && !self.string
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn values(input: &str) -> Vec<(u64, String)> {
        let bytes = Box::new(std::io::Cursor::new(input.as_bytes().to_vec()));
        let mut stream = Stream::of(bytes, &Arc::default()).unwrap();
        let mut values = Values::default();
        let mut found = Vec::new();
        while let Some((line, value)) = values.next(&mut stream, 40).unwrap() {
            found.push((
                line,
                value.map_or_else(|why| why.code().to_owned(), |v| String::from_utf8(v).unwrap()),
            ));
        }
        found
    }

    fn want(list: &[(u64, &str)]) -> Vec<(u64, String)> {
        list.iter().map(|(line, value)| (*line, (*value).to_owned())).collect()
    }

    #[test]
    fn finds_each_value() {
        assert_eq!(values(""), []);
        assert_eq!(values("[]"), []);
        assert_eq!(values("{\"a\":\"}\"}"), want(&[(1, "{\"a\":\"}\"}")]));
        assert_eq!(
            values("[{\"a\":1},\n {\"b\":[2]}]\n"),
            want(&[(1, "{\"a\":1}"), (2, "{\"b\":[2]}")])
        );
        assert_eq!(values("{\n\"a\":1}\n{}"), want(&[(1, "{\n\"a\":1}"), (3, "{}")]));
        assert_eq!(
            values("[\"\\\"\", 17, null]"),
            want(&[(1, "\"\\\"\""), (1, "17"), (1, "null")])
        );
    }

    #[test]
    fn goes_on_behind_faults() {
        assert_eq!(
            values("[{\"a\" 1}, x, {}]"),
            want(&[(1, "{\"a\" 1}"), (1, "x"), (1, "{}")])
        );
        assert_eq!(
            values("[{}, {\"a\":"),
            want(&[(1, "{}"), (1, "{\"a\":"), (1, "invalid_json")])
        );
        let long = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(50));
        assert_eq!(values(&long), want(&[(1, "too_large"), (1, "{}")]));
        assert_eq!(values("{} ]"), want(&[(1, "{}"), (1, "]")]));
    }
}
