//! Measures counted by hand on small texts. Nobody in them exists.

use super::*;
use serde_json::{Value, json};

/// Quotations of five words, of one, and a title.
const TEXT: &str = "“We are ready to talk,” Édith Karlsen said. She called the plan “bold”.\n\
                    The film “Long Night” opened. Nordland said it would wait.";

/// Code points of the first place of these words; `|` separates pieces.
fn places(text: &str, words: &str) -> Vec<(usize, usize)> {
    let place = |piece: &str| {
        let byte = text.find(piece).unwrap();
        let start = text[..byte].chars().count();
        (start, start + piece.chars().count())
    };
    words.split('|').map(place).collect()
}

/// An article with contents and their sources; an empty source is none.
fn gold(text: &str, relations: &[(&str, &str)]) -> Vec<Annotated> {
    let mut lines = String::new();
    for (n, (content, source)) in relations.iter().enumerate() {
        let pieces = |words| {
            let pieces = places(text, words)
                .into_iter()
                .map(|(start, end)| format!("{start} {end}"));
            pieces.collect::<Vec<_>>().join(";")
        };
        lines += &format!("T{}\tContent {}\t…\n", 2 * n + 1, pieces(content));
        let mut roles = format!("Content:T{}", 2 * n + 1);
        if !source.is_empty() {
            lines += &format!("T{}\tSource {}\t…\n", 2 * n + 2, pieces(source));
            roles += &format!(" Source:T{}", 2 * n + 2);
        }
        lines += &format!("E{}\t{roles}\n", n + 1);
    }
    vec![Annotated::new("a", text, &lines, "a.ann").unwrap()]
}

/// Predicted contents, their mentions, and the speakers' names.
fn predict<'a>(articles: &'a [Annotated], quotes: &[(&str, &str, &str)]) -> Predictions<'a> {
    let text = &articles[0].text;
    let places = |words: &str| {
        let places = places(text, words).into_iter();
        places
            .map(|(start, end)| json!({"start": start, "end": end}))
            .collect::<Vec<_>>()
    };
    let quote = |&(content, mention, name): &(&str, &str, &str)| match mention {
        "" => json!({"spans": places(content), "speaker": null}),
        _ => {
            let name = if name.is_empty() { Value::Null } else { name.into() };
            json!({"spans": places(content), "speaker": {"mention": places(mention)[0], "name": name}})
        }
    };
    let quotes: Vec<Value> = quotes.iter().map(quote).collect();
    let record = json!({"id": "a", "quotes": quotes}).to_string();
    let mut predictions = Predictions::new(articles);
    predictions.add(record.as_bytes(), "p", 1).unwrap();
    predictions
}

fn count(gold: u64, predicted: u64, right: u64) -> Count {
    Count { gold, predicted, right }
}

fn scores(relations: &[(&str, &str)], quotes: &[(&str, &str, &str)]) -> Scores {
    let articles = gold(TEXT, relations);
    score(&articles, &predict(&articles, quotes), None, 0).0
}

const TRUTH: [(&str, &str); 3] = [
    ("“We are ready to talk,”", "Édith Karlsen"),
    ("the plan “bold”", "She"),
    ("it would wait", "Nordland"),
];

#[test]
fn quotations_are_found_and_attributed() {
    let scores = scores(
        &TRUTH,
        &[
            ("We are ready to talk", "Karlsen", ""),
            ("bold", "Nordland", ""),
            ("Long Night", "", ""),
        ],
    );
    // Two are speech; three were found, of which two have a mention, of which one is right.
    assert_eq!(scores.quoted, count(2, 2, 1));
    assert_eq!(scores.detected, count(2, 3, 2));
    assert_eq!(scores.quoted5, count(1, 1, 1));
    assert_eq!(scores.detected5, count(1, 1, 1));
}

#[test]
fn half_a_quotation_is_enough() {
    // “We are ready to talk,” has 17 characters between its marks.
    for (words, found) in [("ready to ta", 1), ("ready to t", 0), ("We|are re|ta", 1)] {
        assert_eq!(
            scores(&TRUTH[..1], &[(words, "Karlsen", "")]).quoted,
            count(1, found, found),
            "{words}"
        );
    }
    for (words, speech) in [("ready to ta", 1), ("ready to t", 0)] {
        assert_eq!(
            scores(&[(words, "Nordland")], &[]).quoted,
            count(speech, 0, 0),
            "{words}"
        );
    }
}

#[test]
fn the_prediction_that_covers_most_counts() {
    let few_and_all = [
        ("We are ready to", "Karlsen", ""),
        ("We are ready to talk,", "Nordland", ""),
    ];
    assert_eq!(scores(&TRUTH[..1], &few_and_all).quoted, count(1, 1, 0));
    let twice = [
        ("We are ready to talk,", "Karlsen", ""),
        ("We are ready to talk,", "Nordland", ""),
    ];
    assert_eq!(scores(&TRUTH[..1], &twice).quoted, count(1, 1, 1));
}

#[test]
fn what_has_no_source_counts_neither_for_nor_against() {
    let without = [("“We are ready to talk,”", "")];
    for quotes in [&[][..], &[("We are ready to talk,", "Karlsen", "")]] {
        let scores = scores(&without, quotes);
        assert_eq!(scores.quoted, count(0, 0, 0));
        assert_eq!(scores.detected, count(0, 0, 0));
        assert_eq!(scores.relations, count(0, 0, 0));
    }
}

#[test]
fn relations_share_half_of_what_they_cover() {
    // 11 characters of "it would wait" are no white space; with "said " there are 15, with "Nordland said " 23.
    for (words, right) in [
        ("it would wait", 1),
        ("said it would wait", 1),
        ("Nordland said it would wait", 0),
        ("would", 0),
        ("would w", 1),
    ] {
        let scores = scores(&TRUTH, &[(words, "Nordland", "")]);
        assert_eq!(scores.relations, count(3, 1, right), "{words}");
        assert_eq!(scores.by_type[2], count(1, 0, right), "{words}");
    }
}

#[test]
fn attributions_are_typed_by_their_marks() {
    let scores = scores(
        &TRUTH,
        &[("We are ready to talk,", "Karlsen", ""), ("the plan “bold”", "She", "")],
    );
    let [direct, mixed, indirect] = scores.by_type;
    assert_eq!(direct, count(1, 0, 1));
    assert_eq!(mixed, count(1, 0, 1));
    assert_eq!(indirect, count(1, 0, 0));
    assert_eq!(scores.relations, count(3, 2, 2));
}

#[test]
fn an_annotation_is_matched_once() {
    let twice = [("it would wait", "She", ""), ("it would wait", "Nordland", "")];
    assert_eq!(scores(&TRUTH[2..], &twice).relations, count(1, 2, 1));
}

#[test]
fn content_is_counted_by_character() {
    // Annotated: 19, 13 and 11. Predicted: 17 inside the first; "Nordland" and "it", of which 2 inside the third.
    let scores = scores(
        &TRUTH,
        &[("We are ready to talk,", "", ""), ("Nordland|it would|would", "", "")],
    );
    assert_eq!(scores.content, count(43, 17 + 8 + 7, 17 + 7));
}

#[test]
fn names_are_those_of_the_person() {
    let articles = gold(TEXT, &TRUTH);
    let (source, she) = (places(TEXT, "Édith Karlsen")[0], places(TEXT, "She")[0]);
    let table = format!(
        "id\tstart\tend\tname\na\t{}\t{}\tÉdith Karlsen|E. Karlsen\na\t{}\t{}\tÉdith Karlsen\nb\t0\t999\tNobody\n",
        source.0, source.1, she.0, she.1
    );
    let names = Names::new(&articles, &table, "names.tsv").unwrap();
    let predictions = predict(
        &articles,
        &[
            ("We are ready to talk,", "Karlsen", "Karlsen"),
            ("bold", "She", "Anna Karlsen"),
        ],
    );
    let (scores, faults) = score(&articles, &predictions, Some(&names), 1);
    assert_eq!(scores.names, count(2, 2, 1));
    assert_eq!(faults.count(Kind::Name), 1);
    assert_eq!(faults.examples(Kind::Name)[0].predicted, "Anna Karlsen");
    for (row, why) in [
        ("a\t1\t2", "n:1: a row has four columns: article, start, end, name"),
        ("a\t1\tx\tA", "n:1: \"x\" is no offset"),
        (
            "a\t1\t999\tA",
            "n:1: 1-999 lies outside the text, which has 130 code points",
        ),
    ] {
        assert_eq!(Names::new(&articles, row, "n").unwrap_err().to_string(), why);
    }
}

#[test]
fn faults_are_told_by_kind() {
    let articles = gold(TEXT, &TRUTH);
    let predictions = predict(
        &articles,
        &[
            ("We are ready to talk,", "Nordland", ""),
            ("Long Night", "Nordland", ""),
            ("would", "Nordland", ""),
        ],
    );
    let (_, faults) = score(&articles, &predictions, None, 1);
    let told = faults.to_string();
    let told: Vec<&str> = told.lines().collect();
    let wanted = [
        "missed 1, spurious 1, speaker 1, name 0, \
         relation missed 1, relation spurious 1, relation source 1, relation borders 1",
        "missed\ta:1\t“We are ready to talk,” Édith Karlsen said. She called the plan “⟦bold⟧”.¶\
         The film “Long Night” opened. Nordland said it would wait.\tgold: She\tpredicted: -",
        "spurious\ta:2\te are ready to talk,” Édith Karlsen said. She called the plan “bold”.¶\
         The film “⟦Long Night⟧” opened. Nordland said it would wait.\tgold: -\tpredicted: Nordland",
        "speaker\ta:1\t“⟦We are ready to talk,⟧” Édith Karlsen said. She called the plan “bold”.¶\
         The film “Long Night” opened. \tgold: Édith Karlsen\tpredicted: Nordland",
        "relation missed\ta:1\tthe plan “bold”\tgold: She\tpredicted: -",
        "relation spurious\ta:2\tLong Night\tgold: -\tpredicted: Nordland",
        "relation source\ta:1\t“We are ready to talk,”\tgold: Édith Karlsen\tpredicted: Nordland",
        "relation borders\ta:2\tit would wait\tgold: Nordland\tpredicted: Nordland: would",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_measure_without_annotations_is_not_printed() {
    let scores = scores(&[("“We are ready to talk,”", "Édith Karlsen")], &[]);
    let json = serde_json::to_string(&scores).unwrap();
    let none = r#"{"p":0.0,"r":0.0,"f1":0.0,"gold":1,"pred":0}"#;
    let wanted = format!(
        r#"{{"quoted":{none},"quoted.det":{none},"quoted5":{none},"quoted5.det":{none},"relations":{none},"content":{},"direct_recall":0.0,"docs":1}}"#,
        none.replace("1,", "19,")
    );
    assert_eq!(json, wanted);
    assert!(!scores.to_string().contains("names"));
}
