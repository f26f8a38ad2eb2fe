//! Which words are cues, and how often.
//!
//! In: articles and a table of lemmas. Out: the rows of `cue_forms.tsv`, and for each attribution the token that heads
//! its cue: the one whose word stands in cues most often.

use super::Prepared;
use super::gold::Gold;
use crate::attribution::indirect::Form;
use crate::lexicon::Class;
use crate::tokens::{Case, Kind, fold};
use std::collections::{BTreeMap, HashMap};

/// A lemma heads at least so many attributions.
const LEAST_COUNT: u32 = 4;
/// In at least this share of its places.
const LEAST_RATE: f64 = 0.02;

/// The share of each word's places that lie in cues; by the word's key.
pub(crate) struct Rates(HashMap<u64, f64>);

impl Rates {
    pub(crate) fn count(articles: &[Prepared]) -> Self {
        let mut counts: HashMap<u64, (u32, u32)> = HashMap::new();
        for article in articles {
            let mut marked = vec![false; article.document.tokens.len()];
            for &at in article.gold.iter().flat_map(|gold| &gold.cue) {
                marked[at] = true;
            }
            for (at, &marked) in marked.iter().enumerate() {
                if may_head(article, at) && !article.quoted[at] {
                    let count = counts.entry(article.document.tokens[at].key).or_default();
                    count.0 += 1;
                    count.1 += u32::from(marked);
                }
            }
        }
        let rate = |(key, (all, cues)): (u64, (u32, u32))| (key, f64::from(cues) / (f64::from(all) + 2.0));
        Rates(counts.into_iter().map(rate).collect())
    }

    /// The token that heads an attribution's cue.
    pub(crate) fn head(&self, article: &Prepared, gold: &Gold) -> Option<usize> {
        let rate = |at: usize| self.0.get(&article.document.tokens[at].key).copied().unwrap_or(0.0);
        let heads = gold.cue.iter().copied().filter(|&at| may_head(article, at));
        // The first one of equals, so that the order of tokens decides and nothing else.
        heads.rev().max_by(|&a, &b| rate(a).total_cmp(&rate(b)))
    }
}

/// Whether a token's class allows it to head a cue.
fn may_head(article: &Prepared, at: usize) -> bool {
    let token = &article.document.tokens[at];
    match token.kind {
        Kind::Word => {
            token.case != Case::Upper && matches!(article.tags[at].class(), Class::None | Class::Past | Class::Gerund)
        }
        Kind::Colon | Kind::Dash => true,
        _ => false,
    }
}

/// The share of a word's places that head an attribution, as far as so many places tell, to three digits.
fn smoothed(heads: u32, places: u32, expected: f64) -> f64 {
    let rate = (f64::from(heads) + 2.0 * expected) / (f64::from(places) + 2.0);
    (rate * 1000.0).round() / 1000.0
}

/// The rows of the cue table, sorted by form. `kin` are words too seldom to have a row, each with one that is used as it is.
pub(crate) fn fit(
    articles: &[Prepared],
    lemmas: &HashMap<String, String>,
    kin: &[(String, String)],
) -> (Rates, Vec<Form>) {
    let rates = Rates::count(articles);
    // For each form: places outside marks, heads outside marks, heads anywhere.
    let mut counts: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for article in articles {
        let mut heads = vec![false; article.document.tokens.len()];
        for at in article.gold.iter().filter_map(|gold| rates.head(article, gold)) {
            heads[at] = true;
        }
        for (at, &head) in heads.iter().enumerate() {
            if may_head(article, at) {
                let form = fold(article.document.tokens[at].span.of(article.document.text));
                let count = counts.entry(form).or_default();
                let outside = u32::from(!article.quoted[at]);
                count[0] += outside;
                count[1] += outside * u32::from(head);
                count[2] += u32::from(head);
            }
        }
    }
    let lemma_of = |form: &str| lemmas.get(form).cloned().unwrap_or_else(|| form.to_owned());
    let mut by_lemma: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for (form, count) in &counts {
        let sum = by_lemma.entry(lemma_of(form)).or_default();
        for (sum, count) in sum.iter_mut().zip(count) {
            *sum += count;
        }
    }
    let mut forms = Vec::new();
    for (form, &[places, heads, count]) in &counts {
        let lemma = lemma_of(form);
        let [all_places, all_heads, all] = by_lemma.get(&lemma).copied().unwrap_or_default();
        let lemma_rate = f64::from(all_heads) / f64::from(all_places.max(1));
        let rate = smoothed(heads, places, lemma_rate);
        if all >= LEAST_COUNT && lemma_rate >= LEAST_RATE && (rate >= LEAST_RATE || count >= 2) {
            forms.push(Form {
                form: form.clone(),
                lemma,
                count,
                rate,
            });
        }
    }
    let found = |word: &str| forms.binary_search_by(|row| row.form.as_str().cmp(word));
    let seldom = kin.iter().filter(|(word, _)| found(word).is_err());
    let as_used = seldom.filter_map(|(word, like)| {
        let like = &forms[found(like).ok()?];
        let [places, heads, count] = counts.get(word).copied().unwrap_or_default();
        let rate = smoothed(heads, places, like.rate);
        (rate >= LEAST_RATE).then(|| Form {
            form: word.clone(),
            lemma: like.lemma.clone(),
            count,
            rate,
        })
    });
    let as_used: Vec<Form> = as_used.collect();
    forms.extend(as_used);
    forms.sort_by(|one, two| one.form.cmp(&two.form));
    (rates, forms)
}
