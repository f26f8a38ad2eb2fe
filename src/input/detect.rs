//! What a file holds, by its first bytes and its name.
//!
//! In: the head of an input. Out: its [`Kind`], or `None` while more of it is needed to tell. The name decides for
//! `.jsonl`, `.ndjson`, `.html` and the like; otherwise the content does, because names such as `page` or `17.txt` say
//! nothing of what was saved under them.

use super::Kind;
use super::json::Inside;
use std::path::Path;

/// Tags that a page or a piece of one begins with.
const TAGS: [&str; 22] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "article",
    "main",
    "section",
    "header",
    "div",
    "p",
    "h1",
    "h2",
    "span",
    "table",
    "ul",
    "a",
    "blockquote",
    "br",
];

/// White space before the first word is passed over, but not without end.
const BLANK: usize = 1 << 16;

/// The kind of an input that begins with `head`; with `whole`, that is all of it.
pub(super) fn kind(head: &[u8], name: Option<&Path>, whole: bool) -> Option<Kind> {
    if let Some(kind) = name.and_then(by_name) {
        return Some(kind);
    }
    let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // Bytes of a mark or of white space may still be missing.
    match body {
        [] => (whole || head.len() > BLANK).then_some(Kind::Text),
        [b'<', ..] => html(body, whole),
        [b'{', ..] => json_object(body, whole),
        [b'[', rest @ ..] => match rest.trim_ascii_start() {
            [] => whole.then_some(Kind::Text),
            [b'{', inner @ ..] => match inner.trim_ascii_start() {
                [] => whole.then_some(Kind::Json),
                [b'"' | b'}', ..] => Some(Kind::Json),
                _ => Some(Kind::Text),
            },
            _ => Some(Kind::Text),
        },
        _ => match utf16(head) {
            Some(text) if text.trim_start().starts_with('<') => Some(Kind::Html),
            Some(text) if text.trim_start().is_empty() && !whole && head.len() < 128 => None,
            _ => Some(Kind::Text),
        },
    }
}

/// The kind that a name gives away; the suffixes of compression do not count.
fn by_name(name: &Path) -> Option<Kind> {
    let ending = |path: &Path| Some(path.extension()?.to_str()?.to_ascii_lowercase());
    let outer = ending(name)?;
    let ending = match outer.as_str() {
        "gz" | "zst" => ending(Path::new(name.file_stem()?))?,
        _ => outer,
    };
    match ending.as_str() {
        "jsonl" | "ndjson" => Some(Kind::Jsonl),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        _ => None,
    }
}

/// A page, or text that happens to begin with `<`.
fn html(body: &[u8], whole: bool) -> Option<Kind> {
    let mut rest = &body[..body.len().min(4096)];
    // Comments and processing instructions say nothing yet.
    loop {
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b">",
            _ => break,
        };
        match rest.windows(end.len()).position(|window| window == end) {
            Some(at) => rest = rest[at + end.len()..].trim_ascii_start(),
            None if whole || rest.len() >= 2048 => return Some(Kind::Html),
            None => return None,
        }
    }
    let [b'<', rest @ ..] = rest else {
        return if rest.is_empty() && !whole {
            None
        } else {
            Some(Kind::Text)
        };
    };
    let tag = |tag: &&str| {
        let tag = tag.as_bytes();
        let same = rest.len() > tag.len() && rest[..tag.len()].eq_ignore_ascii_case(tag);
        same && (rest[tag.len()].is_ascii_whitespace() || matches!(rest[tag.len()], b'>' | b'/'))
    };
    match TAGS.iter().any(tag) {
        true => Some(Kind::Html),
        false if whole || rest.len() > 16 => Some(Kind::Text),
        false => None,
    }
}

/// Objects line by line, or one laid out over lines.
fn json_object(body: &[u8], whole: bool) -> Option<Kind> {
    match body[1..].trim_ascii_start() {
        [] => return whole.then_some(Kind::Text),
        [b'"' | b'}', ..] => {}
        _ => return Some(Kind::Text),
    }
    let line = match body.iter().position(|&byte| byte == b'\n') {
        Some(end) => &body[..end],
        None if whole => body,
        None => return None,
    };
    Some(if closes(line) { Kind::Jsonl } else { Kind::Json })
}

/// Whether every bracket of a line is closed on it, so that the line can be a record of its own.
fn closes(line: &[u8]) -> bool {
    let mut inside = Inside::default();
    for &byte in line {
        inside.ends_with(byte);
    }
    inside.is_closed()
}

/// The ASCII that UTF-16 with a byte order mark begins with.
fn utf16(head: &[u8]) -> Option<String> {
    let low = match head {
        [0xff, 0xfe, ..] => 0,
        [0xfe, 0xff, ..] => 1,
        _ => return None,
    };
    let units = head[2..].chunks_exact(2).take(64);
    Some(units.map(|unit| char::from(unit[low])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_kinds_by_content() {
        for (head, want) in [
            ("The talks ended.", Some(Kind::Text)),
            ("", None),
            (" \n", None),
            ("<!DOCTYPE html>\n<html>", Some(Kind::Html)),
            ("\u{feff}\n<html lang=en>", Some(Kind::Html)),
            ("<!-- saved --><?xml version=\"1.0\"?> <HTML>", Some(Kind::Html)),
            ("<p>Yes.", Some(Kind::Html)),
            ("<pre", None),
            ("<person> spoke to reporters", Some(Kind::Text)),
            ("{\"text\":\"a\"}\n", Some(Kind::Jsonl)),
            ("{\"text\":\"{\"}\n{", Some(Kind::Jsonl)),
            ("{\n \"text\":", Some(Kind::Json)),
            ("{\"text\":", None),
            ("{applause}", Some(Kind::Text)),
            ("[\n {\"text\"", Some(Kind::Json)),
            ("[MOSCOW] ", Some(Kind::Text)),
        ] {
            assert_eq!(kind(head.as_bytes(), None, false), want, "{head:?}");
            assert!(kind(head.as_bytes(), None, true).is_some(), "{head:?}");
        }
    }

    #[test]
    fn tells_kinds_of_two_bytes_a_sign() {
        for (head, want) in [
            (&b"\xff\xfe"[..], None),
            (b"\xff\xfe\n\0", None),
            (b"\xff\xfe\n\0<\0", Some(Kind::Html)),
            (b"\xfe\xff\0<", Some(Kind::Html)),
            (b"\xfe\xff\0T", Some(Kind::Text)),
        ] {
            assert_eq!(kind(head, None, false), want, "{head:?}");
        }
    }

    #[test]
    fn tells_kinds_by_name() {
        for (name, want) in [
            ("a.jsonl", Kind::Jsonl),
            ("a.ndjson.gz", Kind::Jsonl),
            ("b/a.HTM", Kind::Html),
            ("a.html.zst", Kind::Html),
            ("a.txt", Kind::Text),
            ("gz", Kind::Text),
        ] {
            assert_eq!(kind(b"Yes.", Some(Path::new(name)), true), Some(want), "{name}");
        }
    }
}
