//! Fitting a choice model: softmax over the options of each instance, L2, L-BFGS.
//!
//! In: instances, each a list of options with feature names and a mark on the right ones. Out: a weight for each feature
//! seen often enough. Where several options are right the *sum* of their probabilities is raised, so that nobody has to
//! pick one by hand. A yes/no decision is an instance with an option "yes" and an option without features. The result
//! does not depend on the number of cores: the data are cut into a fixed number of parts, added up in order.

use crate::model::Features;
use crate::tokens::join_keys;
use std::collections::HashMap;

/// Tells the features of examples from the others.
const EXAMPLE: u64 = 0x6578;

/// How a model is fitted.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Strength of the penalty `l2 / 2 * |w|²` against the summed loss.
    pub l2: f64,
    /// Features seen in fewer options are left out.
    pub min_count: u32,
    /// Most steps of L-BFGS.
    pub steps: usize,
}

/// A weight for each feature name, `group<TAB>value`, sorted by name.
pub type Rows = Vec<(String, f32)>;

/// The data of one model, collected instance by instance.
#[derive(Debug, Default)]
pub struct Data {
    names: Vec<String>,
    by_key: HashMap<u64, u32>,
    counts: Vec<u32>,
    /// Features of all options, one after another.
    features: Vec<u32>,
    /// Where each option's features end.
    option_ends: Vec<usize>,
    right: Vec<bool>,
    /// Where each instance's options end.
    instance_ends: Vec<usize>,
}

impl Data {
    /// Adds an option to the instance being collected.
    pub fn option<const NAMED: bool>(&mut self, features: &Features<NAMED>, right: bool) {
        for (i, &key) in features.keys().iter().enumerate() {
            self.feature(key, || features.names().get(i).cloned().unwrap_or_default());
        }
        self.end_option(right);
    }

    /// Adds an option of an example. The features of the groups that are `usual` are there twice, once as features of
    /// examples alone: what is usual in examples only goes to those, and not to what they share with articles.
    pub fn option_of_example(&mut self, features: &Features<true>, right: bool, usual: impl Fn(&str) -> bool) {
        for (name, &key) in features.names().iter().zip(features.keys()) {
            self.feature(key, || name.clone());
            if usual(name.split('\t').next().unwrap_or(name)) {
                self.feature(join_keys(key, EXAMPLE), || format!("{}{name}", Self::OF_EXAMPLES));
            }
        }
        self.end_option(right);
    }

    /// What the names of features of examples alone begin with.
    pub const OF_EXAMPLES: &'static str = "example ";

    /// Adds one option for each letter of `options`, all with the same features: the letter becomes their first part.
    pub fn options(&mut self, features: &Features<true>, options: &str, right: usize) {
        for (lane, letter) in options.chars().enumerate() {
            for (name, &key) in features.names().iter().zip(features.keys()) {
                self.feature(join_keys(key, lane as u64 + 1), || {
                    let (group, value) = name.split_once('\t').unwrap_or((name, ""));
                    let bar = if value.is_empty() { "" } else { "|" };
                    format!("{group}\t{letter}{bar}{value}")
                });
            }
            self.end_option(lane == right);
        }
    }

    fn feature(&mut self, key: u64, name: impl FnOnce() -> String) {
        let next = self.names.len() as u32;
        let id = *self.by_key.entry(key).or_insert(next);
        if id == next {
            self.names.push(name());
            self.counts.push(0);
        }
        self.counts[id as usize] += 1;
        self.features.push(id);
    }

    fn end_option(&mut self, right: bool) {
        self.option_ends.push(self.features.len());
        self.right.push(right);
    }

    /// Ends the instance. One that has no right option, or nothing else, teaches nothing and is dropped.
    pub fn end_instance(&mut self) {
        let start = self.instance_ends.last().copied().unwrap_or(0);
        let right = self.right[start..].iter().filter(|&&r| r).count();
        if right == 0 || right == self.right.len() - start {
            self.right.truncate(start);
            self.option_ends.truncate(start);
            self.features.truncate(self.option_ends.last().copied().unwrap_or(0));
        } else {
            self.instance_ends.push(self.right.len());
        }
    }

    /// Number of instances.
    pub fn len(&self) -> usize {
        self.instance_ends.len()
    }

    /// Whether there is no instance.
    pub fn is_empty(&self) -> bool {
        self.instance_ends.is_empty()
    }

    /// Fits weights, rounded to three decimals, zeros left out.
    pub fn fit(mut self, settings: Settings) -> Rows {
        let mut ids = vec![u32::MAX; self.names.len()];
        let mut kept = Vec::new();
        for (old, count) in self.counts.iter().enumerate() {
            if *count >= settings.min_count {
                ids[old] = kept.len() as u32;
                kept.push(old);
            }
        }
        // Rare features are taken out of the data once, not skipped at every step.
        let mut features = Vec::with_capacity(self.features.len());
        let mut start = 0;
        for end in &mut self.option_ends {
            let named = self.features[start..*end].iter().map(|&f| ids[f as usize]);
            features.extend(named.filter(|&f| f != u32::MAX));
            start = std::mem::replace(end, features.len());
        }
        self.features = features;
        let weights = lbfgs(kept.len(), settings.steps, |w| self.loss(w, settings.l2));
        let mut rows: Rows = kept
            .iter()
            .zip(weights)
            .map(|(&old, w)| (self.names[old].clone(), ((w * 1000.0).round() / 1000.0) as f32))
            .filter(|(_, w)| *w != 0.0)
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    }

    /// Loss and gradient.
    fn loss(&self, weights: &[f64], l2: f64) -> (f64, Vec<f64>) {
        const PARTS: usize = 4;
        let size = self.instance_ends.len().div_ceil(PARTS).max(1);
        let parts: Vec<(f64, Vec<f64>)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..PARTS)
                .map(|part| {
                    let first = (part * size).min(self.instance_ends.len());
                    let last = ((part + 1) * size).min(self.instance_ends.len());
                    scope.spawn(move || self.part_loss(first, last, weights))
                })
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let mut loss = 0.5 * l2 * weights.iter().map(|w| w * w).sum::<f64>();
        let mut gradient: Vec<f64> = weights.iter().map(|w| l2 * w).collect();
        for (part_loss, part_gradient) in parts {
            loss += part_loss;
            for (sum, value) in gradient.iter_mut().zip(part_gradient) {
                *sum += value;
            }
        }
        (loss, gradient)
    }

    fn part_loss(&self, first: usize, last: usize, weights: &[f64]) -> (f64, Vec<f64>) {
        let mut gradient = vec![0.0; weights.len()];
        let mut loss = 0.0;
        let mut scores: Vec<f64> = Vec::new();
        for instance in first..last {
            let start = if instance == 0 {
                0
            } else {
                self.instance_ends[instance - 1]
            };
            let options = start..self.instance_ends[instance];
            scores.clear();
            let sums = options
                .clone()
                .map(|o| self.of_option(o).iter().map(|&f| weights[f as usize]).sum::<f64>());
            scores.extend(sums);
            let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (mut all, mut good) = (0.0, 0.0);
            for (score, o) in scores.iter_mut().zip(options.clone()) {
                *score = (*score - top).exp();
                all += *score;
                if self.right[o] {
                    good += *score;
                }
            }
            let good = f64::max(good, f64::MIN_POSITIVE);
            loss -= (good / all).ln();
            for (score, o) in scores.iter().zip(options) {
                let mut slope = score / all;
                if self.right[o] {
                    slope -= score / good;
                }
                if slope != 0.0 {
                    for &f in self.of_option(o) {
                        gradient[f as usize] += slope;
                    }
                }
            }
        }
        (loss, gradient)
    }

    fn of_option(&self, option: usize) -> &[u32] {
        let start = if option == 0 { 0 } else { self.option_ends[option - 1] };
        &self.features[start..self.option_ends[option]]
    }
}

/// Minimises a smooth function from zero with limited memory and backtracking (Nocedal & Wright, algorithm 7.4).
fn lbfgs(size: usize, steps: usize, f: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    const MEMORY: usize = 8;
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut at = vec![0.0; size];
    let (mut value, mut gradient) = f(&at);
    let mut history: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for step in 0..steps {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut alphas = Vec::new();
        for (s, y, rho) in history.iter().rev() {
            let alpha = rho * dot(s, &direction);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= alpha * y);
            alphas.push(alpha);
        }
        if let Some((s, y, _)) = history.last() {
            let scale = dot(s, y) / dot(y, y);
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((s, y, rho), alpha) in history.iter().zip(alphas.iter().rev()) {
            let beta = rho * dot(y, &direction);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += (alpha - beta) * s);
        }
        let slope = dot(&gradient, &direction);
        let mut length = if step == 0 {
            1.0 / dot(&gradient, &gradient).sqrt().max(1e-12)
        } else {
            1.0
        };
        let (next, next_value, next_gradient) = loop {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(a, d)| a + length * d).collect();
            let (v, g) = f(&next);
            if v <= value + 1e-4 * length * slope {
                break (next, v, g);
            }
            length *= 0.5;
            if length < 1e-10 {
                return at;
            }
        };
        let s: Vec<f64> = next.iter().zip(&at).map(|(n, a)| n - a).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(n, g)| n - g).collect();
        let curvature = dot(&s, &y);
        if curvature > 1e-10 {
            if history.len() == MEMORY {
                history.remove(0);
            }
            history.push((s, y, 1.0 / curvature));
        }
        let gain = (value - next_value) / value.abs().max(1e-12);
        (at, value, gradient) = (next, next_value, next_gradient);
        if gain < 1e-8 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Part, Weights};

    #[test]
    fn learns_which_option_is_right() {
        let mut data = Data::default();
        let mut features = Features::named();
        for i in 0..40 {
            for option in 0..3 {
                features.clear();
                features.add("option", &[Part::Number(option)]);
                features.add("noise", &[Part::Number((i * 7 + option) % 5)]);
                data.option(&features, option == 1);
            }
            data.end_instance();
        }
        let settings = Settings {
            l2: 0.1,
            min_count: 1,
            steps: 50,
        };
        let rows = data.fit(settings);
        let weights = Weights::from_names(rows.iter().map(|(n, w)| (n.as_str(), *w)));
        let score = |option| {
            let mut features = Features::keys_only();
            features.add("option", &[Part::Number(option)]);
            weights.score(&features)
        };
        assert!(score(1) > score(0) + 2.0 && score(1) > score(2) + 2.0);
    }
}
