//! Laws that hold for every text whatsoever: no panic, every span in place, the same bytes out each time.

#![allow(clippy::unwrap_used)]

use attache::span::Span;
use attache::{Article, Extraction, Extractor, Offsets, Record};
use proptest::prelude::*;
use serde_json::Value;
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
    let extractor = Extractor::new();
    let article = Article::new(text);
    let extraction = extractor.extract(&article).unwrap();
    stages(&extraction);
    for offsets in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
        let once = serde_json::to_string(&Record::new(&extraction, offsets)).unwrap();
        let again = extractor.extract(&article).unwrap();
        assert_eq!(once, serde_json::to_string(&Record::new(&again, offsets)).unwrap());
        record(text, offsets, &serde_json::from_str(&once).unwrap());
    }
}

/// What each stage promises of its own values.
fn stages(extraction: &Extraction) {
    let document = &extraction.document;
    let tokens = document.tokens.len() as u32;
    let in_place = |span: Span| {
        assert!(span.start <= span.end, "{span:?}");
        assert!(document.text.get(span.range()).is_some(), "{span:?}");
    };
    let mut at = 0;
    for paragraph in &document.paragraphs {
        assert_eq!(paragraph.tokens.start, at, "paragraphs hold every token once");
        at = paragraph.tokens.end;
        in_place(paragraph.span);
    }
    assert_eq!(at, tokens);
    at = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, at, "sentences hold every token once");
        assert!(!sentence.tokens.is_empty());
        at = sentence.tokens.end;
        in_place(sentence.span);
        let around = |paragraph: &&attache::text::paragraphs::Paragraph| paragraph.tokens.contains(sentence.tokens);
        assert!(
            document.paragraphs.iter().any(|p| around(&p)),
            "no sentence crosses a paragraph's end"
        );
    }
    assert_eq!(at, tokens);
    for (id, quotation) in document.quotations.iter().enumerate() {
        in_place(quotation.span);
        assert!(!quotation.tokens.is_empty());
        assert!(quotation.marked.contains(quotation.tokens));
        let earlier = quotation.inside.into_iter().chain(quotation.continues);
        assert!(earlier.into_iter().all(|other| (other as usize) < id));
    }
    let mut end = 0;
    for mention in &extraction.mentions {
        in_place(mention.span);
        assert!(mention.tokens.start >= end, "mentions are sorted and never overlap");
        assert!(!mention.tokens.is_empty() && mention.tokens.end <= tokens);
        assert!(mention.tokens.contains(mention.name) && mention.tokens.has(mention.head as usize));
        end = mention.tokens.end;
    }
    let resolution = &extraction.resolution;
    assert_eq!(resolution.entity_of.len(), extraction.mentions.len());
    for (id, entity) in resolution.entities.iter().enumerate() {
        assert!(!entity.mentions.is_empty() || !entity.passing.is_empty());
        assert!(entity.mentions.is_sorted());
        assert!(entity.passing.is_sorted_by_key(|span| span.start));
        entity.passing.iter().for_each(|&span| in_place(span));
        for &mention in &entity.mentions {
            assert_eq!(resolution.entity_of[mention as usize], Some(id as u32));
        }
    }
    for said in &extraction.attributions {
        assert!(!said.content.is_empty());
        assert!((0.0..=1.0).contains(&said.confidence), "{}", said.confidence);
        for &span in said.content.iter().chain(&said.quoted) {
            in_place(span);
            assert!(!span.is_empty());
        }
        assert!(
            said.source
                .is_none_or(|source| (source as usize) < extraction.mentions.len())
        );
        assert!(said.cue.is_none_or(|cue| !cue.is_empty() && cue.end <= tokens));
    }
}

/// What the record promises: every text is its span, whatever the unit; everything in the order of the text.
fn record(text: &str, offsets: Offsets, record: &Value) {
    let sentences = record["sentences"].as_array().unwrap();
    let mut end = 0;
    for sentence in sentences {
        assert!(!slice(text, offsets, sentence).is_empty());
        assert!(sentence["start"].as_u64().unwrap() >= end, "sentences are sorted");
        end = sentence["end"].as_u64().unwrap();
    }
    let named = |mention: &Value| assert_eq!(mention["text"], slice(text, offsets, mention));
    for (id, entity) in record["entities"].as_array().unwrap().iter().enumerate() {
        assert_eq!(entity["id"], id);
        assert_ne!(entity["name"], "");
        let mentions = entity["mentions"].as_array().unwrap();
        mentions.iter().for_each(named);
        assert!(mentions.is_sorted_by_key(|mention| mention["start"].as_u64()));
    }
    let quotes = record["quotes"].as_array().unwrap();
    assert!(
        quotes.is_sorted_by_key(|quote| {
            let verbatim = quote["quoted"].as_array().and_then(|spans| spans.first());
            verbatim.unwrap_or(&quote["spans"][0])["start"].as_u64()
        }),
        "quotes stand in the order of their first verbatim words, or of their first words"
    );
    for (id, quote) in quotes.iter().enumerate() {
        assert_eq!(quote["id"], id);
        let spans = quote["spans"].as_array().unwrap();
        let pieces: Vec<String> = spans.iter().map(|span| slice(text, offsets, span)).collect();
        assert_eq!(quote["text"], pieces.join(" "));
        assert!(spans.is_sorted_by_key(|span| span["start"].as_u64()));
        for part in quote["quoted"].as_array().unwrap() {
            assert!(!slice(text, offsets, part).is_empty());
        }
        if !quote["cue"].is_null() {
            named(&quote["cue"]);
        }
        let first = spans[0]["start"].as_u64().unwrap();
        let sentence = &sentences[quote["sentence"].as_u64().unwrap() as usize];
        assert!((sentence["start"].as_u64().unwrap()..sentence["end"].as_u64().unwrap()).contains(&first));
        let speaker = &quote["speaker"];
        if !speaker.is_null() {
            named(&speaker["mention"]);
        }
        if let Some(entity) = speaker["entity"].as_u64() {
            let entity = &record["entities"][entity as usize];
            assert_eq!((&speaker["name"], &speaker["kind"]), (&entity["name"], &entity["kind"]));
        }
    }
}

/// A span cut out the way a reader in that unit would.
fn slice(text: &str, offsets: Offsets, span: &Value) -> String {
    let start = span["start"].as_u64().unwrap() as usize;
    let end = span["end"].as_u64().unwrap() as usize;
    match offsets {
        Offsets::Char => {
            assert!(end <= text.chars().count());
            text.chars().skip(start).take(end - start).collect()
        }
        Offsets::Byte => text[start..end].to_owned(),
        Offsets::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[start..end]).unwrap()
        }
    }
}
