//! The measures keep their laws, and agree with the script that the floors are measured with.
//!
//! The script and its articles cannot be shipped with the project; they are looked for in a folder `shared` beside the
//! repository (or `ATTACHE_SHARED`). Without them, or without python3, nothing is compared, and that is said.

#![allow(clippy::unwrap_used)]

use attache::eval::{Kind, Names, Predictions, Scores, score};
use attache::gold::{self, Annotated};
use attache::{Article, Extractor, Offsets, Record};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const SETS: [&str; 2] = ["political/dev", "diplomatic/dev"];

#[test]
fn all_figures_are_those_of_the_script() {
    let Some(shared) = shared() else {
        println!("not compared: there is no folder `shared` beside the repository, or no python3");
        return;
    };
    let extractor = Extractor::new();
    for set in SETS {
        let folder = shared.join("corpora").join(set);
        let names = folder.join("names.tsv");
        let articles = gold::read(&folder).unwrap();
        for unit in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
            let path = temporary(&format!("{}-{unit:?}.jsonl", set.replace('/', "-")));
            let mut records = Vec::new();
            for annotated in &articles {
                let article = Article {
                    id: Some(annotated.id.as_str().into()),
                    ..Article::new(annotated.text.as_str())
                };
                let extraction = extractor.extract(&article).unwrap();
                serde_json::to_writer(&mut records, &Record::new(&extraction, unit)).unwrap();
                records.push(b'\n');
            }
            fs::write(&path, records).unwrap();
            let args = [folder.as_path(), path.as_path()];
            let options = ["--json", "--errors", "1000000", "--resolved", names.to_str().unwrap()];
            let ours = run(Command::new(env!("CARGO_BIN_EXE_attache"))
                .arg("eval")
                .args(args)
                .args(options));
            if unit == Offsets::Char {
                let mut script = Command::new("python3");
                let script = script.arg(shared.join("eval/score.py")).arg("score");
                let theirs = run(script.args(args).args(options));
                println!("{set}: {}", String::from_utf8_lossy(&ours.stdout));
                assert_eq!(figures(&ours), figures(&theirs), "{set}");
                for kind in ["missed", "spurious", "speaker", "name"] {
                    assert_eq!(lines_of(&ours, kind), lines_of(&theirs, kind), "{set}: {kind}");
                }
                fs::write(temporary(set.split('/').next().unwrap()), &ours.stdout).unwrap();
            } else {
                let kept = fs::read(temporary(set.split('/').next().unwrap())).unwrap();
                assert_eq!(ours.stdout, kept, "{set} in {unit:?}");
            }
            fs::remove_file(path).unwrap();
        }
        fs::remove_file(temporary(set.split('/').next().unwrap())).unwrap();
    }
}

#[test]
fn annotations_are_right_by_themselves() {
    let Some(shared) = shared() else {
        println!("not measured: there is no folder `shared` beside the repository, or no python3");
        return;
    };
    for set in SETS {
        let articles = gold::read(&shared.join("corpora").join(set)).unwrap();
        let articles: Vec<Annotated> = articles.into_iter().map(sourced).collect();
        assert_perfect(&by_itself(&articles));
    }
}

/// A text that holds all that is counted apart: marks, blanks, line breaks, characters of one to four bytes.
fn a_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "be", "word ", "Édith ", "😀", "“", "”", "\"", "''", " ", "\n", "\u{a0}", ".", "_", "don't ",
    ]);
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

/// Contents and sources as pairs of numbers, to be bent into the text.
type Places = Vec<((u16, u16), (u16, u16))>;

fn some_places() -> impl Strategy<Value = Places> {
    prop::collection::vec((any::<(u16, u16)>(), any::<(u16, u16)>()), 0..12)
}

/// Brat lines for places bent into a text.
fn brat(text: &str, places: &Places) -> String {
    let count = text.chars().count();
    let bent = |(a, b): (u16, u16)| {
        let (a, b) = (usize::from(a) % (count + 1), usize::from(b) % (count + 1));
        (a.min(b), a.max(b))
    };
    let mut lines = String::new();
    for (n, &(content, source)) in places.iter().enumerate() {
        let (content, source) = (bent(content), bent(source));
        lines += &attribution(n, content, source);
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_up_annotations_are_right_by_themselves(text in a_text(), places in some_places()) {
        let article = sourced(Annotated::new("a", text.as_str(), &brat(&text, &places), "a.ann").unwrap());
        assert_perfect(&by_itself(&[article]));
    }

    #[test]
    fn scores_never_pass_their_bounds(text in a_text(), places in some_places(), others in some_places()) {
        let articles = [Annotated::new("a", text.as_str(), &brat(&text, &places), "a.ann").unwrap()];
        let other = Annotated::new("a", text.as_str(), &brat(&text, &others), "a.ann").unwrap();
        let mut predictions = Predictions::new(&articles);
        predictions.add(record(&other).as_bytes(), "p", 1).unwrap();
        let (scores, faults) = score(&articles, &predictions, None, 3);
        for count in [scores.quoted, scores.detected, scores.quoted5, scores.detected5, scores.relations, scores.content] {
            prop_assert!(count.right <= count.gold && count.right <= count.predicted);
            prop_assert!((0.0..=100.0).contains(&count.f1()));
        }
        prop_assert_eq!(scores.detected.gold - scores.detected.right, faults.count(Kind::Missed));
        prop_assert_eq!(scores.detected.predicted - scores.detected.right, faults.count(Kind::Spurious));
        let lost = [Kind::RelationMissed, Kind::RelationSource, Kind::RelationBorders].map(|kind| faults.count(kind));
        prop_assert_eq!(scores.relations.gold - scores.relations.right, lost.iter().sum::<u64>());
    }

    #[test]
    fn broken_files_are_refused_or_read(
        text in a_text(),
        places in some_places(),
        cuts in prop::collection::vec((any::<u16>(), "[TE0-9\t :;,\\-\n\\[\\]{}\"x]{0,3}"), 1..6),
    ) {
        let whole = Annotated::new("a", text.as_str(), &brat(&text, &places), "a.ann").unwrap();
        let broken = |good: &str| {
            let mut chars: Vec<char> = good.chars().collect();
            for (at, new) in &cuts {
                let at = usize::from(*at) % (chars.len() + 1);
                let end = (at + new.len() / 2).min(chars.len());
                chars.splice(at..end, new.chars());
            }
            chars.into_iter().collect::<String>()
        };
        let article = Annotated::new("a", text.as_str(), &broken(&brat(&text, &places)), "a.ann");
        let articles = [article.unwrap_or(whole.clone())];
        let mut predictions = Predictions::new(&articles);
        for (at, line) in broken(&record(&whole)).lines().enumerate() {
            if let Err(why) = predictions.add(line.as_bytes(), "p", at + 1) {
                let place = format!("p:{}: ", at + 1);
                prop_assert!(why.to_string().starts_with(&place));
            }
        }
        let names = Names::new(&articles, &broken("a\t0\t1\tÉdith|E.\na\t1\t2\tX"), "n").unwrap_or_default();
        score(&articles, &predictions, Some(&names), 2).1.to_string();
    }
}

/// One megabyte of nothing but quotations: time that grew with their square would pass the limit by far.
#[test]
fn time_grows_with_the_text() {
    let line = "“We are ready to talk,” Édith Karlsen said on Monday.\n";
    let lines = 20_000;
    let text = line.repeat(lines);
    let mut annotation = String::new();
    for n in 0..lines {
        let start = n * line.chars().count();
        let (content, source) = ((start, start + 23), (start + 24, start + 37));
        annotation += &attribution(n, content, source);
    }
    let started = Instant::now();
    let articles = [Annotated::new("a", text, &annotation, "a.ann").unwrap()];
    let scores = by_itself(&articles);
    assert_eq!(scores.quoted.right, lines as u64);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

/// The article without what no prediction can match: contents of nothing, mentions and attributions without words.
fn sourced(article: Annotated) -> Annotated {
    let words = |spans: &[attache::span::Span]| spans.iter().any(|span| !span.of(&article.text).trim().is_empty());
    let relations = article
        .relations
        .iter()
        .filter(|r| words(&r.content) && !r.source.is_empty());
    Annotated {
        relations: relations.cloned().collect(),
        ..article
    }
}

/// A record that predicts what was annotated.
fn record(article: &Annotated) -> String {
    let place = |span: &attache::span::Span| json!({"start": span.start, "end": span.end});
    let quote = |relation: &gold::Relation| {
        let mention = relation.source.first().map(|source| json!({"mention": place(source)}));
        json!({"spans": relation.content.iter().map(place).collect::<Vec<_>>(), "speaker": mention})
    };
    let quotes: Vec<Value> = article.relations.iter().map(quote).collect();
    json!({"id": article.id, "offsets": "byte", "quotes": quotes}).to_string()
}

fn by_itself(articles: &[Annotated]) -> Scores {
    let mut predictions = Predictions::new(articles);
    for (at, article) in articles.iter().enumerate() {
        predictions.add(record(article).as_bytes(), "p", at + 1).unwrap();
    }
    let (scores, faults) = score(articles, &predictions, None, 0);
    assert_eq!(
        faults.count(Kind::RelationMissed) + faults.count(Kind::RelationBorders),
        0
    );
    scores
}

fn assert_perfect(scores: &Scores) {
    for count in [
        scores.quoted,
        scores.quoted5,
        scores.detected,
        scores.relations,
        scores.content,
    ] {
        assert_eq!((count.predicted, count.right), (count.gold, count.gold));
    }
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// What the script measures too.
fn figures(output: &Output) -> Value {
    let mut figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    figures.as_object_mut().unwrap().remove("reliability");
    figures
}

/// How many lines tell of a fault of this kind.
fn lines_of(output: &Output, kind: &str) -> usize {
    let told = String::from_utf8_lossy(&output.stderr);
    told.lines()
        .filter(|line| line.split('\t').next() == Some(kind))
        .count()
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("attache-eval-{}-{name}", std::process::id()))
}

fn shared() -> Option<PathBuf> {
    Command::new("python3").arg("--version").output().ok()?;
    let given = std::env::var_os("ATTACHE_SHARED").map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let mut places = given.into_iter().chain(here.map(|folder| folder.join("shared")));
    places.find(|place| place.join("eval/score.py").exists() && place.join("corpora").exists())
}

/// The lines of an attribution with one piece of content and one source.
fn attribution(n: usize, content: (usize, usize), source: (usize, usize)) -> String {
    let (t, u) = (2 * n, 2 * n + 1);
    format!(
        "T{t}\tContent {} {}\t\nT{u}\tSource {} {}\t\nE{n}\tContent:T{t} Source:T{u}\n",
        content.0, content.1, source.0, source.1
    )
}
