//! The table of cue words as it is fitted and stored. The build script uses this file too.

use crate::table::Table;
use crate::tokens::folded_key;

/// One row of the fitted table.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The word in small letters.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// How many attributions it heads.
    pub count: u32,
    /// The share of its places outside quotation marks that head one.
    pub rate: f64,
}

/// What the table knows of a word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hit(pub(super) u32);

/// Upper ends of the rate buckets 1 to 6.
const RATES: [f64; 6] = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7];

impl Hit {
    fn new(lemma: usize, rate: f64) -> Self {
        let bucket = 1 + RATES.iter().filter(|&&end| rate >= end).count();
        Hit((lemma as u32) << 3 | bucket as u32)
    }

    /// 0 for no cue word at all, 1-7 by rising rate.
    #[inline]
    pub fn bucket(self) -> u8 {
        (self.0 & 7) as u8
    }

    /// The number of its lemma.
    #[inline]
    pub fn lemma(self) -> usize {
        (self.0 >> 3) as usize
    }
}

/// Hits by the keys of forms, and the lemmas they count in.
pub(super) fn compile(forms: &[Form]) -> (Table, Vec<&str>) {
    let mut lemmas: Vec<&str> = forms.iter().map(|form| form.lemma.as_str()).collect();
    lemmas.sort_unstable();
    lemmas.dedup();
    let rows: Vec<(u64, u32)> = forms
        .iter()
        .map(|form| {
            let lemma = lemmas.binary_search(&form.lemma.as_str()).unwrap_or_default();
            (folded_key(&form.form), Hit::new(lemma, form.rate).0)
        })
        .collect();
    (Table::new(&rows), lemmas)
}
