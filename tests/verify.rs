//! Drafts against sources: each row of `tests/data/verify/drafts.tsv` is a draft of its own, checked against all articles
//! of `tests/data/verify/sources`. People and words are invented.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]

use attache::Extractor;
use attache::article::Article;
use attache::store::{Edit, Incoming, Prepared, Preparer, Reader, Ready, Run, Verdict, Verification, Verifier, Writer};
use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

#[path = "verify/commands.rs"]
mod commands;
#[path = "verify/pairs.rs"]
mod pairs;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

const VERDICTS: [(&str, Verdict); 5] = [
    ("verbatim", Verdict::Verbatim),
    ("altered", Verdict::Altered),
    ("unmarked", Verdict::Unmarked),
    ("other_speaker", Verdict::OtherSpeaker),
    ("not_found", Verdict::NotFound),
];

fn run() -> Run {
    Run {
        version: "test".to_owned(),
        gazetteer: "built in".to_owned(),
        options: String::new(),
    }
}

fn incoming(article: &Article) -> Incoming {
    match Preparer::new(&EXTRACTOR, &run(), None, None)
        .prepare_article(article)
        .unwrap()
    {
        Prepared::Ready(ready) => ready.into_incoming(),
        other => panic!("{other:?}"),
    }
}

/// All sources in a database; without their texts, if so wanted.
fn sources(with_text: bool) -> Reader {
    let mut writer = Writer::in_memory(&run()).unwrap();
    let mut files: Vec<_> = fs::read_dir("tests/data/verify/sources")
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let article = Article {
            id: Some(name.into()),
            ..Article::new(fs::read_to_string(&file).unwrap())
                .dated(&name[..10])
                .unwrap()
        };
        let mut incoming = incoming(&article);
        if !with_text {
            incoming.text = None;
        }
        writer.add(&Ready::new(incoming, name)).unwrap();
    }
    writer.into_reader().unwrap()
}

fn verify(verifier: &Verifier, draft: &str) -> Verification {
    let article = Article {
        date: Some("2017-10-20".parse().unwrap()),
        ..Article::new(draft)
    };
    verifier.verify(&incoming(&article)).unwrap()
}

struct Row {
    wanted: String,
    how: String,
    draft: String,
}

fn rows() -> Vec<Row> {
    let table = fs::read_to_string("tests/data/verify/drafts.tsv").unwrap();
    let mut rows = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [wanted, how, draft] = cells[..] else {
            panic!("three columns: {line}")
        };
        assert!(VERDICTS.iter().any(|(name, _)| *name == wanted), "{wanted}");
        rows.push(Row {
            wanted: wanted.to_owned(),
            how: how.to_owned(),
            draft: draft.replace("\\n", "\n"),
        });
    }
    rows
}

/// The verdict of a whole draft: that of its worst passage.
fn worst(found: &Verification) -> &'static str {
    let at = |verdict| VERDICTS.iter().position(|(_, other)| *other == verdict).unwrap();
    let worst = found.checks.iter().map(|check| at(check.verdict)).max();
    worst.map_or("nothing checked", |worst| VERDICTS[worst].0)
}

#[test]
fn drafts_get_the_verdict_that_an_editor_gives() {
    let verifier = Verifier::new(vec![sources(true)]);
    let rows = rows();
    let mut table: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let found = verify(&verifier, &row.draft);
        let verdict = worst(&found);
        *table.entry((row.wanted.clone(), verdict)).or_default() += 1;
        assert!(
            row.wanted == "verbatim" || !found.holds,
            "passed: {}\n{found:#?}",
            row.draft
        );
        assert_eq!(found.holds, verdict == "verbatim", "{}", row.draft);
        if verdict != row.wanted {
            let best = found.checks.iter().flat_map(|check| check.sources.first());
            let changes: Vec<_> = best.map(|best| (&best.changes, best.likeness)).collect();
            wrong.push(format!(
                "{} ({}), not {verdict}: {}\n    {changes:?}",
                row.wanted, row.how, row.draft
            ));
        }
    }
    println!("{:>14} | found", "wanted");
    for (name, _) in VERDICTS {
        let found = VERDICTS.map(|(found, _)| table.get(&(name.to_owned(), found)).copied().unwrap_or(0));
        println!("{name:>14} | {found:>4?}");
    }
    let right = 100.0 * (1.0 - wrong.len() as f64 / rows.len() as f64);
    println!("{right:.1} % of {} drafts right\n{}", rows.len(), wrong.join("\n"));
    assert!(rows.len() >= 200, "{} drafts", rows.len());
    assert!(right >= 98.0, "{}", wrong.join("\n"));
}

/// Records without their texts have the quotes still: nothing is in doubt but what was never a quote.
#[test]
fn quotes_are_enough_where_texts_are_not_stored() {
    let verifier = Verifier::new(vec![sources(false)]);
    let mut right = 0;
    let mut all = 0;
    for row in rows() {
        let found = verify(&verifier, &row.draft);
        assert!(row.wanted == "verbatim" || !found.holds, "passed: {}", row.draft);
        if row.wanted == "verbatim" {
            all += 1;
            right += usize::from(found.holds);
        }
    }
    println!("{right} of {all} verbatim drafts hold without texts");
    assert!(right * 100 >= all * 80, "{right} of {all}");
}

/// Whatever is compared: the pieces that are the draft's give the draft.
#[test]
fn pieces_give_the_draft_back() {
    let texts = [
        "",
        "…",
        "[",
        "]",
        "[sic]",
        "[T]he end",
        "a … b",
        "not",
        "we will not [never] … sign",
        "“We” – 25 % of $5",
        "We came … and [they] left.",
        "\u{301}e\u{300}",
        "U.S. co-operation",
        "ten hundred thousand",
        "… … […] (...)",
    ];
    for from in texts {
        for to in texts {
            let pieces = attache::store::differences(from, to);
            let own = pieces
                .iter()
                .filter(|piece| !matches!(piece.edit, Edit::Dropped | Edit::Elided | Edit::Replaced));
            assert_eq!(
                own.map(|piece| &*piece.text).collect::<String>(),
                to,
                "{from:?} {pieces:?}"
            );
        }
    }
}

#[test]
fn one_word_exchanged_near_an_end_stands_beside_the_other() {
    let shown = |from: &str, to: &str| {
        let pieces = attache::store::differences(from, to);
        let piece = pieces.iter().map(|piece| match piece.edit {
            Edit::Same => piece.text.clone(),
            Edit::Added => format!("+{}+", piece.text),
            Edit::Dropped => format!("-{}-", piece.text),
            other => panic!("{other:?}"),
        });
        piece.collect::<String>()
    };
    let boats = "He says we have four boats and two crews and that nobody rows all of these.";
    assert_eq!(
        shown(boats, "We have three boats and two crews"),
        "We have -four-+three+ boats and two crews"
    );
    assert_eq!(
        shown(boats, "four boats and two crews and that nobody rows seven of these"),
        "four boats and two crews and that nobody rows -all-+seven+ of these"
    );
    // More than one is another beginning.
    assert_eq!(
        shown(boats, "We need three boats and two crews"),
        "+We need three+ boats and two crews"
    );
}
