//! Laws that hold for every text whatsoever: no panic, every span in place, the same bytes out each time.

#![allow(clippy::unwrap_used)]

#[path = "laws/sound.rs"]
mod sound;
#[path = "laws/stream.rs"]
mod stream;
#[path = "laws/text.rs"]
mod text;

use attache::{Article, Extractor, Offsets, Record};
use proptest::prelude::*;
use std::thread;

/// What news is made of, and what breaks readers of it.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "``",
    "''",
    "„",
    "(",
    ")",
    "[",
    "…",
    "...",
    ". ",
    ".",
    ", ",
    ": ",
    "; ",
    "? ",
    "! ",
    " - ",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "e\u{301}",
    "é",
    "Łódź",
    "北京",
    "😀",
    "👩‍👩‍👧",
    "🇺🇳",
    "İ",
    "ß",
    "ﬁ",
    "said ",
    "he said ",
    "she ",
    "He ",
    "They ",
    "according to ",
    "added ",
    "told reporters ",
    "that ",
    "who ",
    "the ",
    "his Russian counterpart ",
    "Moscow ",
    "the Kremlin ",
    "US officials ",
    "Angela Merkel ",
    "Merkel ",
    "Mrs. ",
    "Sen. ",
    "J. ",
    "U.S. ",
    "Secretary of State ",
    "Rex Tillerson ",
    "the German chancellor ",
    "the spokesman ",
    "QUESTION: ",
    "MR. SMITH: ",
    "By Clara Winter",
    "Read more: ",
    "Copyright 2017 ",
    "Yes",
    "No",
    "talks ",
    "ended ",
    "in ",
    "and ",
    "1,200.50 ",
    "12 April 2017 ",
    "https://a.example/b?c=d ",
    "@name ",
    "a.m. ",
    "O'Malley ",
    "don’t ",
    "-- ",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..80);
    prop_oneof![
        4 => pieces.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "\\PC{0,200}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_gives_a_sound_record(text in texts()) {
        check(&text);
    }
}

#[test]
fn texts_that_once_broke_a_reader() {
    for text in [
        "",
        " ",
        "\0",
        "\u{feff}",
        "“",
        "”",
        "\"",
        "'",
        "'''",
        "““““",
        "””””",
        "“”",
        "“ ”",
        ".",
        "...",
        "said",
        "he said",
        "“said",
        "said “",
        "“a” said",
        "\u{301}",
        "“\u{301}”",
        "A",
        "é",
        "\r",
        "\n\n\n",
        "İİİ said “İ”",
        "a:“",
        ":",
        "A:",
        "QUESTION:",
        "“a\n\n“b\n\n“c",
        "“a ‘b “c ‘d",
        "Mr.",
        "Mr. “Mr.” Mr.",
        "🇺🇳🇺🇳 said “🇺🇳”",
        &format!("{}.", "a".repeat(129)),
        &format!("{}@b.com", "a".repeat(1000)),
    ] {
        check(text);
    }
}

#[test]
fn all_threads_give_the_same_bytes() {
    let extractor = Extractor::new();
    let texts: Vec<String> = golden_texts();
    let once: Vec<String> = texts.iter().map(|text| json(&extractor, text, Offsets::Char)).collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (text, want) in texts.iter().zip(&once) {
                    assert_eq!(*want, json(&extractor, text, Offsets::Char));
                }
            });
        }
    });
}

fn golden_texts() -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

fn json(extractor: &Extractor, text: &str, offsets: Offsets) -> String {
    let article = Article::new(text).dated("2017-04-12").unwrap();
    let extraction = extractor.extract(&article).unwrap();
    serde_json::to_string(&Record::new(&extraction, offsets)).unwrap()
}

fn check(text: &str) {
    sound::article(&Extractor::new(), &Article::new(text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_are_the_same_in_whatever_pieces_they_come(lines in inputs(), piece in 1_usize..9) {
        stream::KINDS.into_iter().for_each(|kind| stream::check(lines.as_bytes(), piece, kind));
    }
}

/// What may stand in a file: records and what is none, pages, prose.
fn inputs() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "{\"text\":\"“No,” said Ann Lee.\"}",
        "{\"id\":7,\"text\":\"Ja — né\"}",
        "{\"id\":7,",
        "\"text\":\"Yes.\"}",
        "{\"title\":1}",
        "[",
        "]",
        ",",
        "{}",
        "<p>",
        "<!DOCTYPE html>",
        "<html><body><p>The talks ended.</p>",
        "</p>",
        "The talks ended.",
        "“Łódź",
        "\u{feff}",
        "\0",
        "\u{1f}",
    ]);
    let end = prop::sample::select(vec!["\n", "\n", "\r\n", " ", ""]);
    prop::collection::vec((line, end), 0..12).prop_map(|lines| lines.iter().flat_map(|(l, e)| [*l, *e]).collect())
}

#[test]
fn a_byte_order_mark_hides_nothing() {
    let read = |bytes: &[u8], piece| {
        let mut documents = stream::source(bytes, piece, None);
        let article = documents.next().unwrap().unwrap().read().unwrap();
        assert!(documents.next().is_none());
        article.text
    };
    let page = "\r\n<!DOCTYPE html><html><body><p>“Ja,” Ann Lee said.</p></body></html>";
    for text in [
        "{\"text\":\"“Ja,” Ann Lee said.\"}\n",
        "[{\"text\":\"“Ja,” Ann Lee said.\"}]",
        page,
    ] {
        let units = || text.encode_utf16();
        let little: Vec<u8> = [0xfeff].into_iter().chain(units()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(units()).flat_map(u16::to_be_bytes).collect();
        let utf8 = format!("\u{feff}{text}").into_bytes();
        for piece in [1, 2, 5, usize::MAX] {
            assert_eq!(read(&utf8, piece), "“Ja,” Ann Lee said.", "{text}");
            for utf16 in [&little, &big] {
                assert!(text != page || read(utf16, piece) == "“Ja,” Ann Lee said.", "{text}");
            }
        }
    }
}

/// Compressed ones too, and those that are not what their name says.
#[test]
fn files_are_the_same_in_whatever_pieces_they_come() {
    let mut files = 0;
    for folder in [
        "tests/data",
        "tests/data/inputs",
        "tests/data/inputs/b",
        "tests/data/fuzz/input",
        "examples",
    ] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(path).unwrap();
                // The fuzzer's first byte says how the others are read.
                let bytes = &bytes[usize::from(folder.contains("fuzz"))..];
                for piece in [1, 2, 3, 14, 1000] {
                    stream::KINDS
                        .into_iter()
                        .for_each(|kind| stream::check(bytes, piece, kind));
                }
                files += 1;
            }
        }
    }
    assert!(files > 15, "{files}");
}
