//! What is named: sentences whose names stand in braces with the kind that they are of, `{words=place}`.
//!
//! `person`, `place` and `organization`; `-` is none of these: an event, a treaty, a language. All names are asked, so a
//! name that is found but not in braces is a fault too. Places and people of the cases are invented where they can be.

#![allow(clippy::unwrap_used)]

use attache::{Article, Extractor, Offsets, Record};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

#[test]
fn names_are_of_the_kind_that_their_words_and_their_place_tell() {
    let cases = fs::read_to_string("tests/data/kinds.txt").unwrap();
    let extractor = Extractor::new();
    let mut wrong = String::new();
    let mut asked = 0;
    for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, names) = marked(case);
        let article = Article::new(text.clone());
        let extraction = extractor.extract(&article).unwrap();
        let record = serde_json::to_value(Record::new(&extraction, Offsets::Byte)).unwrap();
        let found = found(&record);
        asked += names.len();
        for (&(start, end), kind) in &names {
            let words = &text[start..end];
            let over: Vec<&str> = (found.iter())
                .filter(|((from, to), _)| *from < end && start < *to)
                .map(|(_, kind)| kind.as_str())
                .collect();
            let right = if kind == "-" {
                over.is_empty()
            } else {
                over.contains(&kind.as_str())
            };
            if !right {
                writeln!(wrong, "{words}: {over:?}, not {kind}, in: {case}").unwrap();
            }
        }
        for ((from, to), kind) in &found {
            // "Norland Senator Ana Orlo" is a person's, with a place in it.
            let mut over = names.iter().filter(|((start, end), _)| from < end && start < to);
            if !over.any(|(_, asked)| asked == kind) {
                writeln!(wrong, "{}: {kind} is not asked for in: {case}", &text[*from..*to]).unwrap();
            }
        }
    }
    assert!(asked > 40, "{asked}");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The text without its braces, and for each name where it is and what.
fn marked(case: &str) -> (String, BTreeMap<(usize, usize), String>) {
    let (mut text, mut names) = (String::from("The talks of the week were short.\n\n"), BTreeMap::new());
    let mut rest = case;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (inner, behind) = after.split_once('}').unwrap();
        let (words, kind) = inner.rsplit_once('=').unwrap();
        names.insert((text.len(), text.len() + words.len()), kind.to_owned());
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    (text, names)
}

/// Names of people, places and organizations in a record: where each is and of which kind.
fn found(record: &Value) -> Vec<((usize, usize), String)> {
    let mut found = Vec::new();
    for entity in record["entities"].as_array().unwrap() {
        let kind = entity["kind"].as_str().unwrap();
        if !matches!(kind, "person" | "place" | "organization") {
            continue;
        }
        for mention in entity["mentions"].as_array().unwrap() {
            if matches!(mention["form"].as_str().unwrap(), "name" | "metonym") {
                let at = |end: &str| mention[end].as_u64().unwrap() as usize;
                found.push(((at("start"), at("end")), kind.to_owned()));
            }
        }
    }
    found
}
