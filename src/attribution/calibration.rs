//! From the models' probabilities to confidence.
//!
//! In: how probable the models find an attribution, and its type. Out: the share of such attributions that are right. The
//! models are too sure of clauses and not sure enough of quotations; a slope and an offset for each type, fitted on
//! articles that the models had not seen (`data/weights/calibration.tsv`), put that right.

use super::Type;
use crate::model::logistic;

/// Slope and offset on the scale of log odds: direct, mixed, indirect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration(pub [(f32, f32); 3]);

const TABLE: &str = include_str!("../../data/weights/calibration.tsv");

/// Nothing is surer than this.
const SUREST: f32 = 0.999;

impl Calibration {
    /// Leaves probabilities as they are.
    pub const NONE: Calibration = Calibration([(1.0, 0.0); 3]);

    /// The one the binary was built with.
    pub fn builtin() -> Self {
        let mut rows = Self::NONE.0;
        for (row, line) in rows.iter_mut().zip(TABLE.lines().skip(1)) {
            let mut numbers = line.split('\t').skip(1).map_while(|number| number.parse().ok());
            if let (Some(slope), Some(offset)) = (numbers.next(), numbers.next()) {
                *row = (slope, offset);
            }
        }
        Calibration(rows)
    }

    /// The table of `data/weights/calibration.tsv`.
    pub fn table(&self) -> String {
        let rows = ["direct", "mixed", "indirect"].into_iter().zip(self.0);
        let rows = rows.map(|(name, (slope, offset))| format!("{name}\t{slope:.3}\t{offset:.3}\n"));
        std::iter::once("type\tslope\toffset\n".to_owned())
            .chain(rows)
            .collect()
    }

    /// The confidence that a probability deserves.
    pub fn confidence(&self, kind: Type, probability: f32) -> f32 {
        let (slope, offset) = self.0[kind as usize];
        logistic(slope * log_odds(probability) + offset).min(SUREST)
    }
}

/// The log odds of a probability; what is certain counts as nearly so.
pub(crate) fn log_odds(probability: f32) -> f32 {
    let probability = probability.clamp(0.001, SUREST);
    (probability / (1.0 - probability)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_what_it_was_written_from() {
        let builtin = Calibration::builtin();
        assert_eq!(builtin.table(), TABLE);
        assert!(builtin.0.iter().all(|(slope, _)| *slope > 0.0), "{builtin:?}");
    }

    #[test]
    fn order_is_kept() {
        let builtin = Calibration::builtin();
        for kind in [Type::Direct, Type::Mixed, Type::Indirect] {
            let mut last = 0.0;
            for step in 1..=100 {
                let confidence = builtin.confidence(kind, step as f32 / 100.0);
                assert!(confidence >= last && confidence < 1.0, "{kind:?} {step}");
                last = confidence;
            }
        }
        assert!((Calibration::NONE.confidence(Type::Mixed, 0.25) - 0.25).abs() < 1e-6);
    }
}
