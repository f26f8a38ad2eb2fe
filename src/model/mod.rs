//! Linear models as readable tables.
//!
//! A model scores an option by adding up the weights of its features. A feature has a name, `group value|value|…`,
//! and a key made from that name's parts; the weight tables in `data/weights/` hold names, the build script turns
//! them into hash tables by key, and at run time only keys are made. When names are wanted as well, for a fit or an
//! explanation, the same code makes them.

mod key;
mod packed;

use crate::tokens::{fold, join_keys};
pub use key::feature_key;
use key::{number_key, raw_key};
pub use packed::pack;
use std::borrow::Cow;
use std::fmt::Write as _;

/// One value of a feature.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A name that stands in the code.
    Code(&'a str),
    /// A class letter.
    Letter(u8),
    /// A small number.
    Number(i32),
    /// A word of the article, by its key.
    Word(u64, &'a str),
}

impl Part<'_> {
    #[inline(always)]
    fn key(self) -> u64 {
        match self {
            Part::Code(code) => raw_key(code.as_bytes()),
            Part::Letter(letter) => raw_key(&[letter]),
            Part::Number(number) => number_key(number),
            Part::Word(key, _) => key,
        }
    }

    fn write(self, name: &mut String) {
        match self {
            Part::Code(code) => name.push_str(code),
            Part::Letter(letter) => name.push(char::from(letter)),
            // Writing to a string cannot fail.
            Part::Number(number) => drop(write!(name, "{number}")),
            Part::Word(_, word) => name.push_str(&fold(word).replace('%', "%25").replace('|', "%7C")),
        }
    }
}

/// The features of one option.
#[derive(Debug, Clone, Default)]
pub struct Features {
    keys: Vec<u64>,
    names: Option<Vec<String>>,
}

impl Features {
    /// Features by key alone.
    pub fn keys_only() -> Self {
        Features::default()
    }

    /// Features that keep their names.
    pub fn named() -> Self {
        Features {
            keys: Vec::new(),
            names: Some(Vec::new()),
        }
    }

    /// Forgets all features.
    pub fn clear(&mut self) {
        self.keys.clear();
        if let Some(names) = &mut self.names {
            names.clear();
        }
    }

    /// Adds one feature. Always inlined: the group's key is a constant then.
    #[inline(always)]
    pub fn add(&mut self, group: &'static str, parts: &[Part]) {
        let mut key = raw_key(group.as_bytes());
        for part in parts {
            key = join_keys(key, part.key());
        }
        self.keys.push(key);
        if self.names.is_some() {
            self.add_name(group, parts);
        }
    }

    #[cold]
    fn add_name(&mut self, group: &str, parts: &[Part]) {
        let mut name = String::from(group);
        name.push('\t');
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                name.push('|');
            }
            part.write(&mut name);
        }
        self.names.get_or_insert_default().push(name);
    }

    /// The keys, in the order they were added.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The names, `group<TAB>value|value`, if they are kept.
    pub fn names(&self) -> &[String] {
        self.names.as_deref().unwrap_or_default()
    }
}

/// A model's weights.
#[derive(Debug, Clone)]
pub struct Weights {
    bytes: Cow<'static, [u8]>,
}

impl Weights {
    /// Weights over bytes that [`pack`] laid out; other bytes give nonsense, but never fail.
    pub const fn open(bytes: &'static [u8]) -> Self {
        Weights {
            bytes: Cow::Borrowed(bytes),
        }
    }

    /// Weights from feature names (`group<TAB>value`) as a weight file has them.
    pub fn from_names<'a>(rows: impl IntoIterator<Item = (&'a str, f32)>) -> Self {
        let rows: Vec<(u64, f32)> = rows
            .into_iter()
            .map(|(name, weight)| {
                let (group, value) = name.split_once('\t').unwrap_or((name, ""));
                (feature_key(group, value), weight)
            })
            .collect();
        Weights {
            bytes: Cow::Owned(pack(&rows)),
        }
    }

    /// The weight of a feature; 0 for one that was never seen.
    #[inline]
    pub fn of(&self, key: u64) -> f32 {
        packed::steps_of(&self.bytes, key) as f32 * packed::STEP
    }

    /// The sum of the weights of an option's features.
    #[inline]
    pub fn score(&self, features: &Features) -> f32 {
        let steps: i32 = features
            .keys
            .iter()
            .map(|&key| packed::steps_of(&self.bytes, key))
            .sum();
        steps as f32 * packed::STEP
    }
}

/// Scores to probabilities, in place.
pub fn soft_max(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// The probability of "yes" at a score.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::folded_key;

    #[test]
    fn a_feature_and_its_written_name_have_one_key() {
        let mut features = Features::named();
        let word = "Señor|A%7";
        features.add(
            "verb",
            &[Part::Letter(b'S'), Part::Number(-3), Part::Word(folded_key(word), word)],
        );
        for number in [-2147483648, -10, -9, 0, 7, 12, 100, 101] {
            features.add("n", &[Part::Number(number)]);
        }
        features.add("bias", &[]);
        for (key, name) in features.keys().iter().zip(features.names()) {
            let (group, value) = name.split_once('\t').unwrap();
            assert_eq!(*key, feature_key(group, value), "{name}");
        }
        let weights = Weights::from_names([("bias\t", 1.5)]);
        assert_eq!(weights.score(&features), 1.5);
    }

    #[test]
    fn class_letters_differ_by_case() {
        assert_ne!(feature_key("g", "S"), feature_key("g", "s"));
    }
}
