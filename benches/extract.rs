//! How fast: the whole process on one article, and text in, JSON out on many, beside what nobody can save: reading the
//! bytes and checking that they are UTF-8.
//!
//! The articles are those of `shared/corpora/political/train` beside the repository, else the sample in `examples`.
//! `cargo bench` prints a table; throughput counts bytes of article text, on one thread.

#![allow(clippy::unwrap_used, missing_docs)]

use attache::attribution::{self, Models};
use attache::lexicon::{Lexicon, Tag};
use attache::output::{Format, Style};
use attache::text::Document;
use attache::{Article, Extraction, Extractor, mentions, resolution};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

fn files() -> Vec<PathBuf> {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let folder = above.find_map(|folder| fs::read_dir(folder.join("shared/corpora/political/train/text")).ok());
    match folder {
        Some(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        None => vec!["examples/talks.txt".into()],
    }
}

fn articles() -> Vec<Article> {
    let texts = files().into_iter().map(|path| fs::read_to_string(path).unwrap());
    texts
        .map(|text| Article::new(text).dated("2016-06-01").unwrap())
        .collect()
}

fn bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.text.len()).sum::<usize>())
}

/// One process for one article: start-up, the work, the exit.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn process_one_article(bencher: Bencher) {
    bencher.bench(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command
            .arg("examples/talks.txt")
            .stdout(Stdio::null())
            .status()
            .unwrap()
    });
}

/// One process that does nothing but print its version: what a process costs at all.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn process_nothing(bencher: Bencher) {
    bencher.bench(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.arg("--version").stdout(Stdio::null()).status().unwrap()
    });
}

/// The floor: bytes read from files in the cache, and validated.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_and_validate(bencher: Bencher) {
    let files = files();
    bencher.counter(bytes(&articles())).bench_local(|| {
        for file in &files {
            black_box(String::from_utf8(fs::read(file).unwrap()).unwrap());
        }
    });
}

/// Tokens, paragraphs, sentences, quotations.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn surface(bencher: Bencher) {
    let articles = articles();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            black_box(Document::read(&article.text));
        }
    });
}

/// Each stage behind the surface, on the values of the stages before it.
fn stage(bencher: Bencher, run: impl Fn(&Extractor, &Extraction, &[Tag])) {
    let (articles, extractor, lexicon) = (articles(), Extractor::new(), Lexicon::builtin());
    let extractions: Vec<_> = (articles.iter())
        .map(|article| extractor.extract(article).unwrap())
        .map(|extraction| {
            let tags = lexicon.tag(&extraction.document.tokens, extraction.document.text);
            (extraction, tags)
        })
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (extraction, tags) in &extractions {
            run(&extractor, extraction, tags);
        }
    });
}

/// Tags of all tokens.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn lexicon(bencher: Bencher) {
    let lexicon = Lexicon::builtin();
    stage(bencher, |_, extraction, _| {
        black_box(lexicon.tag(&extraction.document.tokens, extraction.document.text));
    });
}

/// Names, offices, pronouns, noun phrases.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn mention_finding(bencher: Bencher) {
    stage(bencher, |extractor, extraction, tags| {
        let (document, gazetteer) = (&extraction.document, extractor.gazetteer());
        let hits = gazetteer.find(document.text, &document.tokens);
        black_box(mentions::find(document, tags, gazetteer, &hits));
    });
}

/// Proposals of cues, ranking of quotations, merging.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn attribution_alone(bencher: Bencher) {
    let models = Models::builtin();
    stage(bencher, |_, extraction, tags| {
        let (document, mentions) = (&extraction.document, &extraction.mentions);
        black_box(attribution::attribute(document, tags, mentions, &models));
    });
}

/// Mentions to entities.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn resolution_alone(bencher: Bencher) {
    stage(bencher, |extractor, extraction, tags| {
        let (document, gazetteer) = (&extraction.document, extractor.gazetteer());
        let hits = gazetteer.find(document.text, &document.tokens);
        black_box(resolution::resolve(
            document,
            tags,
            &extraction.mentions,
            &extraction.attributions,
            gazetteer,
            &hits,
            extraction.article.date,
        ));
    });
}

/// Everything but the writing.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn extraction(bencher: Bencher) {
    let (articles, extractor) = (articles(), Extractor::new());
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            black_box(extractor.extract(article).unwrap());
        }
    });
}

/// One line of JSON an article.
fn lines() -> Style<'static> {
    Style {
        format: Format::Jsonl,
        ..Style::default()
    }
}

/// Text in, JSON out.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn text_to_json(bencher: Bencher) {
    let (articles, extractor) = (articles(), Extractor::new());
    bencher.counter(bytes(&articles)).bench_local(|| {
        let mut output = Vec::new();
        for article in &articles {
            output.clear();
            let extraction = extractor.extract(article).unwrap();
            lines().article(0, &extraction, &mut output).unwrap();
            black_box(&output);
        }
    });
}

/// The writing alone.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn record(bencher: Bencher) {
    let (articles, extractor) = (articles(), Extractor::new());
    let extractions: Vec<_> = articles
        .iter()
        .map(|article| extractor.extract(article).unwrap())
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        let mut output = Vec::new();
        for extraction in &extractions {
            output.clear();
            lines().article(0, extraction, &mut output).unwrap();
            black_box(&output);
        }
    });
}
