//! Articles with their annotation under them, in `tests/golden`.
//!
//! Each file: lines of what is known of the article (`date:`, `title:`), a blank line, the article, a line `====`, then
//! one line a quote, `“words” <- speaker (kind) and co-speaker [mention; cue; type]`, and one line an entity, `@ name (kind, office)`
//! with its mentions. After a change for the better, `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew: then
//! read the difference, line by line.

#![allow(clippy::unwrap_used)]

use attache::{Article, Extraction, Extractor, Offsets, Record};
use serde_json::Value;
use std::fmt::Write;
use std::fs;

const RULE: &str = "\n====\n";

#[test]
fn golden_articles() {
    let extractor = Extractor::new();
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = String::new();
    let mut files: Vec<_> = fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 12);
    for path in files {
        let file = fs::read_to_string(&path).unwrap();
        let (input, want) = file.split_once(RULE).unwrap_or((file.trim_end(), ""));
        let article = parse(input);
        let have = annotation(&extractor.extract(&article).unwrap());
        if update {
            fs::write(&path, format!("{input}{RULE}{have}")).unwrap();
        } else if want != have {
            writeln!(wrong, "{}:\n{}", path.display(), difference(want, &have)).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "(-) is what the file says, (+) what came out\n{wrong}"
    );
}

fn parse(input: &str) -> Article {
    let (head, text) = input.split_once("\n\n").unwrap();
    let mut article = Article::new(text);
    for line in head.lines() {
        article = match line.split_once(": ") {
            Some(("date", date)) => article.dated(date).unwrap(),
            Some(("title", title)) => Article {
                title: Some(title.to_owned()),
                ..article
            },
            _ => panic!("a golden article's head cannot say: {line}"),
        };
    }
    article
}

/// The record, for people.
fn annotation(extraction: &Extraction) -> String {
    let record = serde_json::to_value(Record::new(extraction, Offsets::Char)).unwrap();
    let mut lines = String::new();
    for quote in record["quotes"].as_array().unwrap() {
        let pieces = quote["spans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| slice(extraction, span));
        write!(lines, "“{}”", pieces.collect::<Vec<_>>().join(" … ")).unwrap();
        let (speaker, cue) = (&quote["speaker"], quote["cue"]["text"].as_str().unwrap_or("-"));
        let kind = quote["type"].as_str().unwrap();
        if speaker.is_null() {
            writeln!(lines, " <- nobody [-; {cue}; {kind}]").unwrap();
            continue;
        }
        let name = speaker["name"].as_str().unwrap_or("?");
        let what = speaker["kind"].as_str().unwrap_or("?");
        let mention = one_line(speaker["mention"]["text"].as_str().unwrap());
        write!(lines, " <- {name} ({what})").unwrap();
        for other in quote["co_speakers"].as_array().into_iter().flatten() {
            write!(lines, " and {}", other["name"].as_str().unwrap_or("?")).unwrap();
        }
        writeln!(lines, " [{mention}; {cue}; {kind}]").unwrap();
    }
    for entity in record["entities"].as_array().unwrap() {
        let words = |value: &Value| value.as_str().map(str::to_owned);
        let what: Vec<_> = [words(&entity["kind"]), words(&entity["office"])]
            .into_iter()
            .flatten()
            .collect();
        let mentions = entity["mentions"].as_array().unwrap().iter();
        let mentions: Vec<_> = mentions
            .map(|mention| one_line(mention["text"].as_str().unwrap()))
            .collect();
        let name = entity["name"].as_str().unwrap();
        writeln!(lines, "@ {name} ({}): {}", what.join(", "), mentions.join(" | ")).unwrap();
    }
    lines
}

fn slice(extraction: &Extraction, span: &Value) -> String {
    let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
    let text = extraction.document.text.chars();
    one_line(
        &text
            .skip(start as usize)
            .take((end - start) as usize)
            .collect::<String>(),
    )
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that only one of the two has.
fn difference(want: &str, have: &str) -> String {
    let mut lines = String::new();
    for line in want.lines().filter(|line| !have.lines().any(|other| other == *line)) {
        writeln!(lines, "  - {line}").unwrap();
    }
    for line in have.lines().filter(|line| !want.lines().any(|other| other == *line)) {
        writeln!(lines, "  + {line}").unwrap();
    }
    if lines.is_empty() {
        lines += "  the same lines in another order\n";
    }
    lines
}
