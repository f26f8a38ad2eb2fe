//! How good the answers are, on annotated articles that cannot be shipped with the project.
//!
//! They are looked for in a folder `shared` beside the repository (or `ATTACHE_SHARED`); without them nothing is
//! measured, and that is said. `tests/scores.md` keeps the table and the floors: a score may not fall more than 0.3
//! below its floor. `UPDATE_SCORES=1 cargo test --test scores` writes the table anew; floors only rise.

#![allow(clippy::unwrap_used)]

use attache::eval::{Predictions, score as score_all};
use attache::{Article, Extractor, Offsets, Record, gold};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TABLE: &str = "tests/scores.md";
const TOLERANCE: f64 = 0.3;

/// Articles with annotated quotes: the folder, and which of its measures mean something there.
const QUOTES: [(&str, &[&str]); 2] = [
    ("political", &["quoted", "quoted5", "names", "relations", "content"]),
    ("diplomatic", &["quoted", "quoted5", "names"]),
];

#[derive(Clone, Copy)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

#[test]
fn scores_stay_above_their_floors() {
    let Some(shared) = shared() else {
        println!("not measured: there is no folder `shared` with annotated articles beside the repository");
        return;
    };
    let bench = Bench {
        shared,
        extractor: Extractor::new(),
    };
    let mut scores = Vec::new();
    for (set, measures) in QUOTES {
        let gold = format!("corpora/{set}/dev");
        let names = bench.shared.join(&gold).join("names.tsv");
        let report = bench.measure("score.py", &gold, &["--json", "--resolved", names.to_str().unwrap()]);
        for measure in measures {
            scores.push((format!("{set} {measure}"), score(&report[0][measure], ["p", "r", "f1"])));
        }
    }
    for set in ["gum", "ewt"] {
        let report = bench.measure("sentences.py", &format!("corpora/sentences/{set}-dev.conllu"), &[]);
        scores.push((format!("sentences {set}"), score(&report[0], ["p", "r", "f1"])));
    }
    for line in bench.measure("entities.py", "corpora/entities/politics-dev.txt", &[]) {
        let kind = line["kind"].as_str().unwrap();
        scores.push((
            format!("entities {kind}"),
            score(&line, ["loose_p", "loose_r", "loose_f1"]),
        ));
    }
    let floors = floors();
    let table = table(&scores, &floors);
    println!("{table}");
    if std::env::var_os("UPDATE_SCORES").is_some() {
        fs::write(TABLE, table).unwrap();
    }
    let mut fallen = String::new();
    for (name, score) in &scores {
        let floor = floors.get(name).copied().unwrap_or_default();
        if score.f1 < floor - TOLERANCE {
            writeln!(fallen, "{name}: {:.1}, and the floor is {floor:.1}", score.f1).unwrap();
        }
    }
    assert!(fallen.is_empty(), "{fallen}");
}

/// By how much confidence and the share that is right may differ on political news, in the mean.
const MOST_APART: f64 = 0.03;

#[test]
fn confidence_is_the_share_that_is_right() {
    let Some(shared) = shared() else {
        println!("not measured: there is no folder `shared` with annotated articles beside the repository");
        return;
    };
    let articles = gold::read(&shared.join("corpora/political/dev")).unwrap();
    let predictions = Predictions::made(&articles, &Extractor::new()).unwrap();
    let (scores, _) = score_all(&articles, &predictions, None, 0);
    println!("{}", scores.reliability);
    let apart = scores.reliability.error();
    assert!(scores.reliability.count() > 1000 && apart <= MOST_APART, "{apart:.3}");
}

struct Bench {
    shared: PathBuf,
    extractor: Extractor,
}

impl Bench {
    /// Lets a script of `eval` make the articles, reads them, and lets it judge what was read.
    fn measure(&self, script: &str, gold: &str, options: &[&str]) -> Vec<Value> {
        let articles = self.python(script, &["jsonl", gold]);
        let mut records = Vec::new();
        for line in articles.lines() {
            let article = Article::from_json(line.as_bytes()).unwrap();
            let extraction = self.extractor.extract(&article).unwrap();
            serde_json::to_writer(&mut records, &Record::new(&extraction, Offsets::Char)).unwrap();
            records.push(b'\n');
        }
        let name = format!("attache-scores-{}-{}", std::process::id(), gold.replace('/', "-"));
        let path = std::env::temp_dir().join(name);
        fs::write(&path, records).unwrap();
        let said = self.python(script, &[&["score", gold, path.to_str().unwrap()], options].concat());
        fs::remove_file(path).unwrap();
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn python(&self, script: &str, args: &[&str]) -> String {
        let mut command = Command::new("python3");
        command
            .current_dir(&self.shared)
            .arg(Path::new("eval").join(script))
            .args(args);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("ATTACHE_SHARED").map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let mut places = given.into_iter().chain(here.map(|folder| folder.join("shared")));
    places.find(|place| place.join("eval/score.py").exists() && place.join("corpora").exists())
}

fn score(report: &Value, [precision, recall, f1]: [&str; 3]) -> Score {
    Score {
        precision: report[precision].as_f64().unwrap(),
        recall: report[recall].as_f64().unwrap(),
        f1: report[f1].as_f64().unwrap(),
    }
}

/// The last column of the table that is kept.
fn floors() -> BTreeMap<String, f64> {
    let kept = fs::read_to_string(TABLE).unwrap_or_default();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = kept.lines().map(cells).filter(|cells| cells.len() > 5);
    rows.filter_map(|cells| Some((cells[1].clone(), cells[5].parse().ok()?)))
        .collect()
}

fn table(scores: &[(String, Score)], floors: &BTreeMap<String, f64>) -> String {
    let mut table = String::from("| measure | P | R | F1 | floor |\n|---|---:|---:|---:|---:|\n");
    for (name, Score { precision, recall, f1 }) in scores {
        let floor = floors.get(name).copied().unwrap_or_default().max(*f1);
        writeln!(
            table,
            "| {name} | {precision:.1} | {recall:.1} | {f1:.1} | {floor:.1} |"
        )
        .unwrap();
    }
    table
}

/// Words of an article of 12 April 2017, who says them, by which mention, and how much of it is verbatim.
const TILLERSON: [(&str, &str, &str, &str); 9] = [
    ("areas of sharp difference", "Rex Tillerson", "he", "mixed"),
    (
        "a very open, candid and frank exchange",
        "Rex Tillerson",
        "Tillerson",
        "mixed",
    ),
    ("Our meeting today comes", "Rex Tillerson", "he", "direct"),
    ("real intentions", "Sergei Lavrov", "Lavrov", "mixed"),
    ("fundamentally important", "Sergei Lavrov", "Lavrov", "mixed"),
    ("above all on the formation", "Sergei Lavrov", "He", "mixed"),
    (
        "relations between Washington and Moscow have worsened",
        "Vladimir Putin",
        "Putin",
        "indirect",
    ),
    (
        "Russian forces may have colluded",
        "US officials",
        "US officials",
        "indirect",
    ),
    (
        "planning to stage chemical attacks",
        "Vladimir Putin",
        "Putin",
        "indirect",
    ),
];

#[test]
fn the_article_this_project_started_from() {
    let path = shared().map(|shared| shared.join("articles/tillerson-lavrov-2017-04-12.txt"));
    let Some(text) = path.and_then(|path| fs::read_to_string(path).ok()) else {
        println!("not measured: the article is not there");
        return;
    };
    let article = Article::new(text).dated("2017-04-12").unwrap();
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let record = serde_json::to_value(Record::new(&extraction, Offsets::Byte)).unwrap();
    let quotes = record["quotes"].as_array().unwrap();
    let mut missing = String::new();
    for (words, name, mention, kind) in TILLERSON {
        let fits = |quote: &&Value| {
            let speaker = &quote["speaker"];
            let said = quote["text"].as_str().unwrap().contains(words);
            said && speaker["name"] == name && speaker["mention"]["text"] == mention && quote["type"] == kind
        };
        if quotes.iter().find(fits).is_none() {
            writeln!(missing, "{kind} “{words}” <- {name} [{mention}]").unwrap();
        }
    }
    let entity = |name: &str| {
        let mut entities = record["entities"].as_array().unwrap().iter();
        entities.find(|entity| entity["name"].as_str().unwrap().contains(name))
    };
    for name in ["Assad", "Trump", "Moscow", "Washington", "Damascus", "Syria"] {
        if entity(name).is_none() {
            writeln!(missing, "@ {name}").unwrap();
        }
    }
    for (name, office) in [("Tillerson", "Secretary of State"), ("Lavrov", "oreign")] {
        let held = entity(name).and_then(|entity| entity["office"].as_str());
        if !held.is_some_and(|held| held.contains(office)) {
            writeln!(missing, "@ {name}, {office}, not {held:?}").unwrap();
        }
    }
    let end = article.text.find("Disclaimer:").unwrap() as u64;
    for quote in quotes {
        if quote["spans"][0]["start"].as_u64().unwrap() >= end {
            writeln!(missing, "a quote out of boilerplate: {}", quote["text"]).unwrap();
        }
    }
    for entity in record["entities"].as_array().unwrap() {
        let late = |mention: &&Value| mention["start"].as_u64().unwrap() >= end;
        if let Some(mention) = entity["mentions"].as_array().unwrap().iter().find(late) {
            writeln!(missing, "an entity out of boilerplate: {}", mention["text"]).unwrap();
        }
    }
    assert!(missing.is_empty(), "{missing}");
}
