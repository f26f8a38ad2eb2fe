//! The words that attribute, and how often they do.
//!
//! In: a fitted table of word forms with their lemma and their rate, the share of their places outside quotation marks
//! that are the head of an attribution. Out: a [`Hit`] for a token's key. 200 lemmas hold most of the score, 450 all of
//! it; the rest of the table is kept for what it says about the words near a cue.

use super::forms::compile;
pub use super::forms::{Form, Hit};
use crate::table::Table;
use crate::tokens::folded_key;
use std::borrow::Cow;

/// The cue words.
#[derive(Debug, Clone)]
pub struct Cues {
    table: Table,
    lemmas: Vec<(u64, Cow<'static, str>)>,
}

impl Cues {
    /// The words the binary was built with.
    pub fn builtin() -> Self {
        const TABLE: Table = Table::open(include_bytes!(concat!(env!("OUT_DIR"), "/cue_forms.bin")));
        let lemmas = include_str!(concat!(env!("OUT_DIR"), "/cue_lemmas.txt")).lines();
        Cues {
            table: TABLE,
            lemmas: lemmas.map(|lemma| (folded_key(lemma), lemma.into())).collect(),
        }
    }

    /// The words of a fit.
    pub fn new(forms: &[Form]) -> Self {
        let (table, lemmas) = compile(forms);
        Cues {
            table,
            lemmas: lemmas.iter().map(|l| (folded_key(l), l.to_string().into())).collect(),
        }
    }

    /// What is known of a word, by its key.
    #[inline]
    pub fn get(&self, key: u64) -> Hit {
        self.table.get(key).map_or(Hit::default(), Hit)
    }

    /// The lemma of a hit: its key and its letters.
    #[inline]
    pub fn lemma(&self, hit: Hit) -> (u64, &str) {
        self.lemmas
            .get(hit.lemma())
            .map_or((0, ""), |(key, lemma)| (*key, lemma))
    }
}
