//! How fast the surface of an article is read: tokens, paragraphs, sentences, quotations, and all of them together,
//! beside the mere validation of the same bytes and beside the sentences of Unicode's rules, which know no abbreviations. Reads the political training articles where they lie beside the
//! project, otherwise a sample of its own. The second group reads hostile texts at two sizes: time per byte must not
//! grow with the size.

use attache::text::{Document, paragraphs, quotations, sentences};
use attache::tokens::tokenize;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fs;
use std::path::Path;
use unicode_segmentation::UnicodeSegmentation;

const ARTICLES: &str = "../shared/corpora/political/train/text";

const SAMPLE: &str = "VELA (Reuters) - The foreign minister of Vela, Ana Orlo, said on Monday that talks with Tarn would \
    resume. “We are closer than we have been,” she told reporters. “Nobody should expect a signed paper before the \
    spring, but we won't give up.”\nHer counterpart, Sen. Ben Sumner, wasn't sure. He called it 'a good start' and \
    left for the U.S. The talks began in 2015.\n";

fn main() {
    divan::main();
}

fn articles() -> Vec<String> {
    let found = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(ARTICLES));
    let texts: Vec<String> = found
        .into_iter()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
        .collect();
    if texts.is_empty() {
        vec![SAMPLE.repeat(1000)]
    } else {
        texts
    }
}

fn read(bencher: Bencher, work: impl Fn(&str) -> usize + Sync) {
    let texts = articles();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| texts.iter().map(|text| work(black_box(text))).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn a_validate(bencher: Bencher) {
    read(bencher, |text| {
        usize::from(std::str::from_utf8(text.as_bytes()).is_ok())
    });
}

#[divan::bench(sample_count = 20)]
fn b_tokens(bencher: Bencher) {
    read(bencher, |text| tokenize(text).len());
}

#[divan::bench(sample_count = 20)]
fn c_all(bencher: Bencher) {
    read(bencher, |text| Document::read(text).quotations.len());
}

/// The sentences of unicode-segmentation: no paragraphs, no quotations.
#[divan::bench(sample_count = 20)]
fn c_unicode_sentences(bencher: Bencher) {
    read(bencher, |text| text.unicode_sentences().count());
}

/// The stages behind the tokens, each from values made before.
#[divan::bench(sample_count = 20, args = ["paragraphs", "sentences", "quotations"])]
fn d_stage(bencher: Bencher, stage: &str) {
    let texts = articles();
    let bytes: usize = texts.iter().map(String::len).sum();
    let documents: Vec<Document> = texts.iter().map(|text| Document::read(text)).collect();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let count = |document: &Document| match stage {
            "paragraphs" => paragraphs::lay_out(document.text, &document.tokens).len(),
            "sentences" => sentences::split(document.text, &document.tokens, &document.paragraphs).len(),
            _ => quotations::find(document.text, &document.tokens, &document.paragraphs).len(),
        };
        documents.iter().map(count).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10, consts = [50_000, 500_000], args = ["\"", "'", "“a ‘b ", ". ", ".\")", "A — ", "(", "a", "\u{301}", "é’"])]
fn e_hostile<const SIZE: usize>(bencher: Bencher, unit: &str) {
    let text = unit.repeat(SIZE / unit.len());
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| Document::read(black_box(&text)).tokens.len());
}
