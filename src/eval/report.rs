//! Scores as people and programs read them.
//!
//! In: [`Scores`]. Out: a table (`Display`) or JSON (`Serialize`), in percent with one decimal. A measure of which
//! nothing was annotated is left out.

use super::{Count, Scores};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::{fmt, ops};

const TYPES: [&str; 3] = ["direct", "mixed", "indirect"];

impl Count {
    /// How much of what was predicted is right, in percent.
    pub fn precision(&self) -> f64 {
        100.0 * share(self.right, self.predicted)
    }

    /// How much of what was annotated was predicted rightly, in percent.
    pub fn recall(&self) -> f64 {
        100.0 * share(self.right, self.gold)
    }

    /// The harmonic mean of both, in percent.
    pub fn f1(&self) -> f64 {
        let (p, r) = (share(self.right, self.predicted), share(self.right, self.gold));
        // In this order: others compute it so, and the last decimal shall be theirs.
        200.0 * p * r / (p + r).max(1e-9)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.right += other.right;
    }
}

impl Scores {
    /// The measures by name, those with something annotated only.
    fn measures(&self) -> impl Iterator<Item = (&'static str, Count)> {
        let measures = [
            ("quoted", self.quoted),
            ("quoted.det", self.detected),
            ("quoted5", self.quoted5),
            ("quoted5.det", self.detected5),
            ("relations", self.relations),
            ("content", self.content),
        ];
        measures.into_iter().filter(|(_, count)| count.gold > 0)
    }

    fn recalls(&self) -> impl Iterator<Item = (&'static str, Count)> {
        TYPES.into_iter().zip(self.by_type).filter(|(_, count)| count.gold > 0)
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:12} {:>6} {:>6} {:>6} {:>8} {:>9}",
            "", "P", "R", "F1", "gold", "predicted"
        )?;
        let mut row = |name: &str, count: Count| {
            let (p, r, f1) = (count.precision(), count.recall(), count.f1());
            let (gold, predicted) = (count.gold, count.predicted);
            writeln!(f, "{name:12} {p:6.1} {r:6.1} {f1:6.1} {gold:8} {predicted:9}")
        };
        for (name, count) in self.measures() {
            row(name, count)?;
        }
        if self.names.gold > 0 {
            row("names", self.names)?;
        }
        for (name, count) in self.recalls() {
            let nothing = "";
            writeln!(
                f,
                "{name:12} {nothing:6} {:6.1} {nothing:6} {:8}",
                count.recall(),
                count.gold
            )?;
        }
        if self.reliability.count() > 0 {
            write!(f, "\n{}\n", self.reliability)?;
        }
        writeln!(f, "{} articles", self.articles)
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (name, count) in self.measures() {
            object.serialize_entry(name, &Figures::from(count))?;
        }
        for (name, count) in self.recalls() {
            object.serialize_entry(&format!("{name}_recall"), &rounded(count.recall()))?;
        }
        if self.names.gold > 0 {
            object.serialize_entry("names", &Figures::from(self.names))?;
        }
        if self.reliability.count() > 0 {
            object.serialize_entry("reliability", &self.reliability)?;
        }
        object.serialize_entry("docs", &self.articles)?;
        object.end()
    }
}

#[derive(Serialize)]
struct Figures {
    p: f64,
    r: f64,
    f1: f64,
    gold: u64,
    pred: u64,
}

impl From<Count> for Figures {
    fn from(count: Count) -> Self {
        Figures {
            p: rounded(count.precision()),
            r: rounded(count.recall()),
            f1: rounded(count.f1()),
            gold: count.gold,
            pred: count.predicted,
        }
    }
}

/// To one decimal, halves as they are written, not as they multiply.
fn rounded(percent: f64) -> f64 {
    format!("{percent:.1}").parse().unwrap_or(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_one_decimal() {
        let count = Count {
            gold: 3,
            predicted: 8,
            right: 2,
        };
        let figures = serde_json::to_string(&Figures::from(count)).unwrap();
        assert_eq!(figures, r#"{"p":25.0,"r":66.7,"f1":36.4,"gold":3,"pred":8}"#);
        assert_eq!(Count::default().f1(), 0.0);
    }
}
