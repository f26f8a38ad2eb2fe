//! Fitting how far the models are to be trusted.
//!
//! In: probabilities of attributions in articles that the models had not seen, and whether they were right. Out: for each
//! type the slope and the offset that make the outcomes most likely, by Newton's method.

use crate::attribution::{Calibration, Type, log_odds};

/// So many steps are more than enough for two numbers.
const STEPS: usize = 25;

/// Fits the calibration.
pub(crate) fn fit(outcomes: &[(Type, f32, bool)]) -> Calibration {
    Calibration([Type::Direct, Type::Mixed, Type::Indirect].map(|kind| {
        let of_kind = outcomes.iter().filter(|(other, ..)| *other == kind);
        line(
            &of_kind
                .map(|&(_, p, right)| (f64::from(log_odds(p)), right))
                .collect::<Vec<_>>(),
        )
    }))
}

/// Slope and offset of the logistic curve through points.
fn line(points: &[(f64, bool)]) -> (f32, f32) {
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..STEPS {
        // A little weight on "leave it as it is" keeps few points from saying anything wild.
        let (mut by_slope, mut by_offset) = (slope - 1.0, offset);
        let (mut aa, mut ab, mut bb) = (1.0, 0.0, 1.0);
        for &(x, right) in points {
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let wrong = p - f64::from(u8::from(right));
            by_slope += wrong * x;
            by_offset += wrong;
            let weight = p * (1.0 - p);
            aa += weight * x * x;
            ab += weight * x;
            bb += weight;
        }
        let determinant = aa * bb - ab * ab;
        slope -= (by_slope * bb - by_offset * ab) / determinant;
        offset -= (by_offset * aa - by_slope * ab) / determinant;
    }
    // As many digits as the table has.
    let rounded = |number: f64| ((number * 1000.0).round() / 1000.0) as f32;
    (rounded(slope), rounded(offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_curve_that_points_lie_on() {
        // Said with probability 0.9, right in 7 of 10; said with 0.5, right in 4 of 10.
        let points = (0..10_000).map(|i| match i % 2 {
            0 => (Type::Mixed, 0.9, i / 2 % 10 < 7),
            _ => (Type::Mixed, 0.5, i / 2 % 10 < 4),
        });
        let found = fit(&points.collect::<Vec<_>>());
        assert!((found.confidence(Type::Mixed, 0.9) - 0.7).abs() < 0.01, "{found:?}");
        assert!((found.confidence(Type::Mixed, 0.5) - 0.4).abs() < 0.01, "{found:?}");
        assert_eq!(found.0[0], (1.0, 0.0), "no point, no change");
    }
}
