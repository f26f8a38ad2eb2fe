//! Which texts are one statement: the thresholds of the database, measured on pairs of `tests/data/pairs.tsv`.

use attache::store::{alike, same_statement};
use std::fs;

struct Pair {
    same: bool,
    how: String,
    one: String,
    other: String,
}

fn pairs() -> Vec<Pair> {
    let table = fs::read_to_string("tests/data/pairs.tsv").unwrap();
    let mut pairs = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [same, how, one, other] = cells[..] else {
            panic!("four columns: {line}")
        };
        assert!(matches!(same, "same" | "other"), "{line}");
        pairs.push(Pair {
            same: same == "same",
            how: how.to_owned(),
            one: one.to_owned(),
            other: other.to_owned(),
        });
    }
    pairs
}

/// Precision and recall of a rule, in per cent.
fn measure(pairs: &[Pair], rule: impl Fn(&Pair) -> bool) -> (f64, f64) {
    let found = pairs.iter().filter(|pair| rule(pair));
    let right = found.clone().filter(|pair| pair.same).count() as f64;
    let (found, same) = (
        found.count() as f64,
        pairs.iter().filter(|pair| pair.same).count() as f64,
    );
    (100.0 * right / found.max(1.0), 100.0 * right / same)
}

#[test]
fn thresholds_keep_statements_apart() {
    let pairs = pairs();
    assert!(pairs.len() >= 300, "{} pairs", pairs.len());
    println!("{} pairs; likeness at least, precision, recall", pairs.len());
    for step in 8..=20 {
        let least = f64::from(step) / 20.0;
        let (precision, recall) = measure(&pairs, |pair| alike(&pair.one, &pair.other) >= least);
        println!("{least:.2} {precision:>6.1} {recall:>6.1}");
    }
    for (name, speakers, precise, complete) in [
        ("same speaker", Some(true), 98.0, 80.0),
        ("one of them not known", None, 98.0, 50.0),
        ("other speakers", Some(false), 98.0, 25.0),
    ] {
        let (precision, recall) = measure(&pairs, |pair| same_statement(&pair.one, &pair.other, speakers));
        println!("{name}: precision {precision:.1}, recall {recall:.1}");
        for pair in &pairs {
            let found = same_statement(&pair.one, &pair.other, speakers);
            if speakers == Some(true) && found != pair.same {
                let likeness = alike(&pair.one, &pair.other);
                println!(
                    "  {likeness:.2} {} ({}): {} | {}",
                    pair.same, pair.how, pair.one, pair.other
                );
            }
        }
        assert!(
            precision >= precise && recall >= complete,
            "{name}: {precision:.1} {recall:.1}"
        );
    }
}
