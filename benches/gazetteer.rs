//! How fast names are found, beside a bare Aho-Corasick scan over the same names.
//!
//! In: the political training articles if they lie beside the project, else the golden articles of the tests, repeated.
//! Out: megabytes a second, single thread, for cutting tokens, for finding names in them, for both, and for the scan.
//! The scan answers less (no case, no line breaks, no word borders) and takes most of a second to build; it is the
//! yardstick because every other tool would use it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use attache::gazetteer::Gazetteer;
use attache::tokens::tokenize;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

fn main() {
    divan::main();
}

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &Path| -> Vec<String> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = files.map(|file| file.path()).collect();
        paths.sort();
        paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
    };
    let corpora = ["../shared", "../../shared"].map(|shared| root.join(shared).join("corpora/political/train/text"));
    let articles = corpora
        .iter()
        .map(|folder| read(folder))
        .find(|texts| !texts.is_empty());
    articles.unwrap_or_else(|| {
        let golden = read(&root.join("tests/golden"));
        golden.iter().cycle().take(golden.len() * 20).cloned().collect()
    })
});

static SCAN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let gazetteer = Gazetteer::builtin();
    let mut names: Vec<&str> = Vec::new();
    for i in 0..gazetteer.people() {
        let person = gazetteer.person(i);
        names.extend(std::iter::once(person.name).chain(person.aliases.split('|')));
    }
    for i in 0..gazetteer.places() {
        let place = gazetteer.place(i);
        names.extend(
            std::iter::once(place.name)
                .chain(place.aliases.split('|'))
                .chain(place.demonyms.split('|')),
        );
    }
    for i in 0..gazetteer.organizations() {
        let organization = gazetteer.organization(i);
        names.extend(std::iter::once(organization.name).chain(organization.aliases.split('|')));
    }
    names.retain(|name| !name.is_empty());
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names)
        .expect("names fit")
});

fn bytes() -> BytesCount {
    BytesCount::from(TEXTS.iter().map(String::len).sum::<usize>())
}

#[divan::bench(sample_count = 20)]
fn tokens(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| TEXTS.iter().map(|text| tokenize(black_box(text)).len()).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn find(bencher: Bencher) {
    let gazetteer = Gazetteer::builtin();
    let tokens: Vec<_> = TEXTS.iter().map(|text| tokenize(text)).collect();
    bencher.counter(bytes()).bench(|| {
        let each = TEXTS.iter().zip(&tokens);
        each.map(|(text, tokens)| gazetteer.find(black_box(text), tokens).len())
            .sum::<usize>()
    });
}

#[divan::bench(sample_count = 20)]
fn tokens_and_find(bencher: Bencher) {
    let gazetteer = Gazetteer::builtin();
    bencher.counter(bytes()).bench(|| {
        let each = TEXTS.iter();
        each.map(|text| gazetteer.find(text, &tokenize(black_box(text))).len())
            .sum::<usize>()
    });
}

#[divan::bench(sample_count = 20)]
fn aho_corasick(bencher: Bencher) {
    let scan = &*SCAN;
    bencher.counter(bytes()).bench(|| {
        TEXTS
            .iter()
            .map(|text| scan.find_iter(black_box(text)).count())
            .sum::<usize>()
    });
}

#[divan::bench]
fn open() -> Gazetteer {
    Gazetteer::builtin()
}
