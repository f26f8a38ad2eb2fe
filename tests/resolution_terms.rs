//! Offices whose terms have no known end: who is found by them is told with the last day known, and trusted less.

#![allow(clippy::unwrap_used)]

use attache::gazetteer::Gazetteer;
use attache::{Article, Extractor, Offsets, Record};
use serde_json::Value;
use std::path::PathBuf;

const BY_OFFICE: &str = "The foreign minister of Malta arrived on Monday. “We are ready to begin,” she said.";
const BY_NAME: &str =
    "Sela Orvik, the foreign minister of Malta, arrived on Monday. “We are ready to begin,” she said.";

/// The record of an article, with an invented minister known to have been in office until 1 March 2026.
fn record(text: &str, date: &str) -> Value {
    let table = PathBuf::from("tests/data/later.tsv");
    let gazetteer = Gazetteer::builtin().with_files(&[table], None).unwrap();
    let extractor = Extractor::new().with_gazetteer(gazetteer);
    let article = Article::new(text).dated(date).unwrap();
    let extraction = extractor.extract(&article).unwrap();
    serde_json::to_value(Record::new(&extraction, Offsets::Byte)).unwrap()
}

/// Who speaks, how confident that is, and the day that is told of them.
fn speaker(record: &Value) -> (&str, f64, Option<&str>) {
    let quote = &record["quotes"][0];
    let entity = quote["speaker"]["entity"].as_u64().unwrap() as usize;
    (
        quote["speaker"]["name"].as_str().unwrap(),
        quote["confidence"].as_f64().unwrap(),
        record["entities"][entity]["last_known"].as_str(),
    )
}

#[test]
fn a_speaker_found_by_a_term_without_an_end_is_less_sure_the_later_it_is() {
    let records = ["2026-02-10", "2026-05-01", "2026-12-01"].map(|date| record(BY_OFFICE, date));
    let [(known, sure, none), (stale, less, day), (late, least, _)] = [0, 1, 2].map(|at| speaker(&records[at]));
    assert_eq!([known, stale, late], ["Sela Orvik"; 3]);
    assert_eq!((none, day), (None, Some("2026-03-01")));
    assert!(sure > less && less > least, "{sure} {less} {least}");
    // 61 days later 96 of 100 are in office still.
    let share = less / sure;
    assert!((0.94..0.98).contains(&share), "{share}");
}

#[test]
fn whoever_is_named_is_as_sure_as_the_words_are() {
    let records = ["2026-02-10", "2026-12-01"].map(|date| record(BY_NAME, date));
    let [(_, sure, none), (name, late, day)] = [0, 1].map(|at| speaker(&records[at]));
    assert_eq!((name, none, day), ("Sela Orvik", None, None));
    assert!((sure - late).abs() < 1e-9, "{sure} {late}");
}

#[test]
fn headings_in_capitals_name_whom_the_text_names() {
    let text = "PUTIN SAYS TALKS WILL GO ON\n\nRussian President Vladimir Putin spoke on Monday.\n\nBAN WELCOMES TALKS\n\n\
                UN chief Ban Ki-moon arrived. Ban said that the talks would go on.";
    let article = Article::new(text).dated("2015-03-03").unwrap();
    let extraction = Extractor::new().extract(&article).unwrap();
    let record = serde_json::to_value(Record::new(&extraction, Offsets::Byte)).unwrap();
    let entities = record["entities"].as_array().unwrap();
    let names = |name: &str| -> Vec<&str> {
        let entity = entities.iter().find(|entity| entity["name"] == name).unwrap();
        let mentions = entity["mentions"].as_array().unwrap().iter();
        mentions.map(|mention| mention["text"].as_str().unwrap()).collect()
    };
    assert_eq!(names("Vladimir Putin")[0], "PUTIN");
    assert!(names("Ban Ki-moon").contains(&"Ban"));
    assert!(entities.iter().all(|entity| entity["name"] != "PUTIN"), "{entities:#?}");
    assert_eq!(record["quotes"][0]["speaker"]["name"], "Ban Ki-moon");
}
