//! Linear models as readable tables.
//!
//! A model scores an option by adding up the weights of its features. A feature has a name, `group value|value|…`,
//! and a key made from that name's parts; the weight tables in `data/weights/` hold names, the build script turns
//! them into hash tables by key, and at run time only keys are made. When names are wanted as well, for a fit or an
//! explanation, the same code makes them.

mod key;
mod packed;

use crate::span::Span;
use crate::tokens::fold;
pub use key::{feature_key, option_key};
use key::{letter_key, number_key, raw_key, with_part};
use packed::Packed;
pub use packed::pack;
use std::fmt::Write as _;

/// One value of a feature.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A name that stands in the code, with its key: [`Part::code`].
    Code(u64, &'a str),
    /// A class letter.
    Letter(u8),
    /// A small number.
    Number(i32),
    /// A word, by its key.
    Word(u64, &'a str),
    /// A word of an article, by its key: it is cut out of the text only where its name is wanted.
    Token(u64, Span, &'a str),
}

impl<'a> Part<'a> {
    /// A name that stands in the code.
    pub fn code(code: &'a str) -> Self {
        Part::Code(raw_key(code.as_bytes()), code)
    }

    #[inline(always)]
    fn key(self) -> u64 {
        match self {
            Part::Code(key, _) => key,
            Part::Letter(letter) => letter_key(letter),
            Part::Number(number) => number_key(number),
            Part::Word(key, _) | Part::Token(key, ..) => key,
        }
    }

    fn write(self, name: &mut String) {
        match self {
            Part::Code(_, code) => name.push_str(code),
            Part::Letter(letter) => name.push(char::from(letter)),
            // Writing to a string cannot fail.
            Part::Number(number) => drop(write!(name, "{number}")),
            Part::Word(_, word) => name.push_str(&fold(word).replace('%', "%25").replace('|', "%7C")),
            Part::Token(key, span, text) => Part::Word(key, span.of(text)).write(name),
        }
    }
}

/// Most features that one option has.
const MOST: usize = 128;

/// The features of one option. Only those that are `NAMED` keep their names: a fit and an explanation want them, and the
/// same code makes both.
#[derive(Debug, Clone)]
pub struct Features<const NAMED: bool = false> {
    /// The keys, in a place of fixed size: adding one must not cost more than looking it up.
    keys: [u64; MOST],
    len: usize,
    names: Vec<String>,
}

impl Features<false> {
    /// Features by key alone.
    pub fn keys_only() -> Self {
        Features::new()
    }
}

impl Features<true> {
    /// Features that keep their names.
    pub fn named() -> Self {
        Features::new()
    }
}

impl<const NAMED: bool> Features<NAMED> {
    fn new() -> Self {
        Features {
            keys: [0; MOST],
            len: 0,
            names: Vec::new(),
        }
    }

    /// Forgets all features.
    pub fn clear(&mut self) {
        self.len = 0;
        if NAMED {
            self.names.clear();
        }
    }

    /// Adds one feature; an option has no more than 128. Always inlined: the group's key is a constant then.
    #[inline(always)]
    pub fn add(&mut self, group: &'static str, parts: &[Part]) {
        let mut key = raw_key(group.as_bytes());
        for (place, part) in parts.iter().enumerate() {
            key = with_part(key, place, part.key());
        }
        debug_assert!(self.len < MOST, "too many features");
        // The remainder is cheaper than a check.
        self.keys[self.len % MOST] = key;
        self.len += 1;
        if NAMED {
            self.names.push(name(group, parts));
        }
    }

    /// The keys, in the order they were added.
    pub fn keys(&self) -> &[u64] {
        &self.keys[..self.len.min(MOST)]
    }

    /// The names, `group<TAB>value|value`, if they are kept.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

fn name(group: &str, parts: &[Part]) -> String {
    let mut name = String::from(group);
    name.push('\t');
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            name.push('|');
        }
        part.write(&mut name);
    }
    name
}

/// A model's weights. One with `LANES` scores so many options that share their features, each by weights of its own.
#[derive(Debug, Clone)]
pub struct Weights<const LANES: usize = 1> {
    packed: Packed<LANES>,
}

impl<const LANES: usize> Weights<LANES> {
    /// Weights over bytes that [`pack`] laid out; other bytes give nonsense, but never fail.
    pub const fn open(bytes: &'static [u8]) -> Self {
        Weights {
            packed: Packed::open(bytes),
        }
    }

    /// For each lane, the sum of the weights of the features.
    #[inline]
    pub fn scores<const NAMED: bool>(&self, features: &Features<NAMED>) -> [f32; LANES] {
        self.packed
            .sums(features.keys())
            .map(|steps| steps as f32 * packed::STEP)
    }

    /// Weights from one table a lane.
    pub fn from_tables(tables: [Vec<(&str, f32)>; LANES]) -> Self {
        let mut rows = Vec::new();
        for (lane, table) in tables.into_iter().enumerate() {
            rows.extend(table.into_iter().map(|(name, weight)| {
                let (group, value) = parted(name);
                (feature_key(group, value), lane, weight)
            }));
        }
        Self::from_rows(&rows)
    }

    /// Weights from one table whose features name their option, a letter of `options`, in their first part.
    pub fn from_options<'a>(rows: impl IntoIterator<Item = (&'a str, f32)>, options: &str) -> Self {
        let row = |(name, weight)| {
            let (group, value) = parted(name);
            let (lane, key) = option_key(group, value, options)?;
            Some((key, lane, weight))
        };
        Self::from_rows(&rows.into_iter().filter_map(row).collect::<Vec<_>>())
    }

    fn from_rows(rows: &[(u64, usize, f32)]) -> Self {
        Weights {
            packed: Packed::copy(&pack::<LANES>(rows)),
        }
    }
}

/// Group and value of a feature as a weight file has them, `group<TAB>value`.
fn parted(name: &str) -> (&str, &str) {
    name.split_once('\t').unwrap_or((name, ""))
}

impl Weights {
    /// Weights from feature names (`group<TAB>value`) as a weight file has them.
    pub fn from_names<'a>(rows: impl IntoIterator<Item = (&'a str, f32)>) -> Self {
        Self::from_tables([rows.into_iter().collect()])
    }

    /// The weight of a feature; 0 for one that was never seen.
    #[inline]
    pub fn of(&self, key: u64) -> f32 {
        let [steps] = self.packed.sums(&[key]);
        steps as f32 * packed::STEP
    }

    /// The sum of the weights of an option's features.
    #[inline]
    pub fn score<const NAMED: bool>(&self, features: &Features<NAMED>) -> f32 {
        let [score] = self.scores(features);
        score
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
