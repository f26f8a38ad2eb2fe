//! What every fuzz target checks of an article: it is read without a panic, every text in the record is its span, in all
//! three units, and reading it again gives the same bytes.

use attache::{Article, Extractor, Offsets, Record};
use serde_json::Value;
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Panics if a law is broken.
pub fn check(article: &Article) {
    let extraction = EXTRACTOR.extract(article).expect("no input of a fuzzer is too large");
    let again = EXTRACTOR.extract(article).expect("it was read before");
    for offsets in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
        let json = Record::new(&extraction, offsets).to_string();
        assert_eq!(json, Record::new(&again, offsets).to_string());
        let record: Value = serde_json::from_str(&json).expect("a record is JSON");
        let units = Units::new(&article.text, offsets);
        for field in ["entities", "quotes"] {
            walk(&record[field], &units);
        }
    }
}

/// Every object with a start, an end and a text is that text; a quote's text are its spans.
fn walk(value: &Value, units: &Units) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, units)),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let slice = units.slice(start, end);
                if let Some(text) = fields.get("text") {
                    assert_eq!(text, &slice);
                }
            }
            if let Some(Value::Array(spans)) = fields.get("spans") {
                let pieces: Vec<String> = spans.iter().map(|s| units.slice(&s["start"], &s["end"])).collect();
                assert_eq!(fields["text"], pieces.join(" "));
            }
            fields.values().for_each(|value| walk(value, units));
        }
        _ => {}
    }
}

/// A text as a reader sees it who counts in that unit.
enum Units {
    Chars(Vec<char>),
    Bytes(String),
    Utf16(Vec<u16>),
}

impl Units {
    fn new(text: &str, offsets: Offsets) -> Units {
        match offsets {
            Offsets::Char => Units::Chars(text.chars().collect()),
            Offsets::Byte => Units::Bytes(text.to_owned()),
            Offsets::Utf16 => Units::Utf16(text.encode_utf16().collect()),
        }
    }

    fn slice(&self, start: &Value, end: &Value) -> String {
        let at = |value: &Value| value.as_u64().expect("offsets are numbers") as usize;
        let range = at(start)..at(end);
        match self {
            Units::Chars(text) => text[range].iter().collect(),
            Units::Bytes(text) => text[range].to_owned(),
            Units::Utf16(text) => String::from_utf16(&text[range]).expect("no half of a pair"),
        }
    }
}
