//! How far confidence can be trusted: of what is said to be right with 80 %, are 80 % right?
//!
//! In: confidences, and what was right. Out: ten steps with the mean confidence and the share that is right, and the
//! expected calibration error: by how much the two differ, weighted by how many there are.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::fmt;

const STEPS: usize = 10;

/// Confidence by steps of a tenth.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reliability {
    steps: [Step; STEPS],
}

/// What was said with about the same confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Step {
    count: u64,
    right: u64,
    confidence: f64,
}

impl Step {
    fn confidence(&self) -> f64 {
        self.confidence / self.count.max(1) as f64
    }

    fn right(&self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

impl Reliability {
    /// Counts a prediction.
    pub fn add(&mut self, confidence: f32, right: bool) {
        let at = ((confidence * STEPS as f32) as usize).min(STEPS - 1);
        let step = &mut self.steps[at];
        step.count += 1;
        step.right += u64::from(right);
        step.confidence += f64::from(confidence);
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.steps.iter().map(|step| step.count).sum()
    }

    /// The expected calibration error, 0 to 1.
    pub fn error(&self) -> f64 {
        let apart = |step: &Step| (step.confidence() - step.right()).abs() * step.count as f64;
        self.steps.iter().map(apart).sum::<f64>() / self.count().max(1) as f64
    }

    fn filled(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.count > 0)
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:12} {:>6} {:>6} {:>13}",
            "confidence", "mean", "right", "predicted"
        )?;
        for (at, step) in self.filled() {
            let name = format!("{:.1} to {:.1}", at as f64 / 10.0, (at + 1) as f64 / 10.0);
            let (mean, right) = (step.confidence(), step.right());
            writeln!(f, "{name:12} {mean:6.2} {right:6.2} {:13}", step.count)?;
        }
        let nothing = "";
        writeln!(f, "{:12} {:6.3} {nothing:6} {:13}", "error", self.error(), self.count())
    }
}

impl Serialize for Reliability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry("error", &rounded(self.error()))?;
        let rows = self.filled().map(|(_, step)| Row {
            mean: rounded(step.confidence()),
            right: rounded(step.right()),
            predicted: step.count,
        });
        object.serialize_entry("steps", &rows.collect::<Vec<_>>())?;
        object.end()
    }
}

#[derive(Serialize)]
struct Row {
    mean: f64,
    right: f64,
    predicted: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_distance() {
        let mut of = Reliability::default();
        for right in [true, true, true, false] {
            of.add(0.95, right);
        }
        of.add(1.0, true);
        of.add(0.25, false);
        // 4 of 5 right where 0.96 was said, none of 1 where 0.25 was said.
        assert!((of.error() - (5.0 * 0.16 + 0.25) / 6.0).abs() < 1e-6, "{of}");
        assert_eq!(of.count(), 6);
        let shown = of.to_string();
        assert!(shown.contains("0.9 to 1.0     0.96   0.80             5"), "{shown}");
        assert!(shown.contains("0.2 to 0.3     0.25   0.00             1"), "{shown}");
    }
}
