//! Bytes to characters, in whatever encoding they are.
//!
//! In: bytes, and the encoding that they declare. Out: text without its byte order mark, and the encoding's name. UTF-8
//! goes before everything but a byte order mark: a page that says `iso-8859-1` and holds valid UTF-8 is UTF-8. Text that
//! is UTF-8 but for a few bytes keeps its good ones and gets U+FFFD for the others.

use crate::article::MAX_BYTES;
use crate::error::{Error, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// Bytes that statistics look at.
const SAMPLE: usize = 1 << 20;
/// A page declares its charset among its first bytes.
const HEAD: usize = 4096;
/// This many whole characters beyond ASCII for each broken one make a text UTF-8 with faults.
const SOUND: usize = 4;

/// A text and what it was written in.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding's name, as the web has it: `UTF-8`, `windows-1252`.
    pub(super) encoding: &'static str,
}

/// The text that bytes hold.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::TooLarge { limit: MAX_BYTES });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = &bytes[mark..];
        if encoding == UTF_8 {
            refuse_binary(rest)?;
        }
        return Ok(decoded(rest, encoding));
    }
    refuse_binary(bytes)?;
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) if is_nearly_utf8(bytes) => UTF_8,
        // Who declares UTF-8 and is not is found out like anybody else; nor can ASCII letters have declared UTF-16.
        Err(_) => match declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
            Some(encoding) => encoding,
            None => guess(bytes),
        },
    };
    Ok(decoded(bytes, encoding))
}

/// The encoding that an HTML page declares: `<meta charset=…>`, `<meta … content="…; charset=…">`.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static CHARSET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?i-u)charset\s*=\s*["']?([a-z0-9._:-]+)"#).ok());
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut labels = CHARSET.as_ref()?.captures_iter(head);
    labels.find_map(|label| Encoding::for_label(label.get(1)?.as_bytes()))
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<()> {
    match bytes.iter().position(|&byte| byte == 0) {
        Some(at) => Err(Error::Binary { at }),
        None => Ok(()),
    }
}

/// Whether nearly all that is beyond ASCII is UTF-8.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= SOUND * broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    // English text: what a site under this domain would be most likely to use.
    detector.guess(Some(b"gov"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, declared(bytes)).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn finds_out_the_encoding() {
        let smart = b"\x93We are ready,\x94 she said. \x91Yes,\x92 he said \x96 it\x92s a caf\xe9.";
        assert_eq!(
            text(smart),
            (
                "“We are ready,” she said. ‘Yes,’ he said – it’s a café.".into(),
                "windows-1252"
            )
        );
        assert_eq!(text("“Да”".as_bytes()), ("“Да”".into(), "UTF-8"));
        assert_eq!(text(b"\xef\xbb\xbfYes."), ("Yes.".into(), "UTF-8"));
        assert_eq!(text(b"\xff\xfeY\0e\0s\0"), ("Yes".into(), "UTF-16LE"));
        assert_eq!(text(b"\xfe\xff\0Y\0e\0s"), ("Yes".into(), "UTF-16BE"));
    }

    #[test]
    fn believes_a_declaration_unless_the_bytes_are_utf8() {
        let russian = b"<meta charset=\"windows-1251\"><p>\xcc\xee\xf1\xea\xe2\xe0";
        assert_eq!(text(russian).0, "<meta charset=\"windows-1251\"><p>Москва");
        let wrong = "<meta http-equiv=x content='text/html; charset=iso-8859-1'>“Yes”".as_bytes();
        assert_eq!(text(wrong).1, "UTF-8");
        let utf16 = b"<meta charset=utf-16><p>caf\xe9 cr\xe8me br\xfbl\xe9e";
        assert_eq!(text(utf16).1, "windows-1252");
    }

    #[test]
    fn a_declaration_may_be_written_in_many_ways() {
        for (head, want) in [
            ("<META CHARSET = 'windows-1251' >", Some("windows-1251")),
            ("<meta content=\"text/html;charset=koi8-r\">", Some("KOI8-R")),
            (
                "<p>charset<meta charset=latin9><meta charset=latin1>",
                Some("windows-1252"),
            ),
            ("<meta charset=>", None),
        ] {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), want, "{head}");
        }
    }

    #[test]
    fn a_broken_byte_does_not_spoil_the_others() {
        let broken = b"\xe2\x80\x9cWe\xe2\x80\x99re ready,\xe2\x80\x9d he said \xe2\x80\x94 and left\xe2\x80 the room.";
        assert_eq!(
            text(broken),
            ("“We’re ready,” he said — and left\u{fffd} the room.".into(), "UTF-8")
        );
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert!(matches!(decode(b"PNG\0", None), Err(Error::Binary { at: 3 })));
    }
}
