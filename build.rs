//! Compiles the tables in `data/` into files that the library includes and reads in place.
//!
//! In: the tab-separated tables a person edits. Out: hash tables in `OUT_DIR`. A row that cannot be read stops the build
//! with its file and line.

#[path = "src/attribution/indirect/forms.rs"]
#[allow(dead_code, unreachable_pub)]
mod cues;
#[path = "src/gazetteer"]
#[allow(dead_code, missing_docs, unreachable_pub)]
mod gazetteer {
    pub(crate) mod compile;
    pub(crate) mod layout;
    pub(crate) mod names;
    pub(crate) mod paths;
    pub(crate) mod surnames;
    pub(crate) mod tables;
    pub(crate) mod trie;
}
#[path = "src/attribution/indirect/lanes.rs"]
#[allow(dead_code, unreachable_pub)]
mod indirect;
#[path = "src/lexicon/tag.rs"]
#[allow(dead_code, unreachable_pub)]
mod lexicon_tag;
#[path = "src/model/key.rs"]
#[allow(dead_code, unreachable_pub)]
mod model_key;
#[path = "src/model/packed.rs"]
#[allow(dead_code, unreachable_pub)]
mod model_packed;
#[path = "src/span.rs"]
#[allow(dead_code, unreachable_pub)]
mod span;
#[path = "src/table.rs"]
#[allow(dead_code, unreachable_pub)]
mod table;
#[path = "src/tokens/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub)]
mod tokens;

use lexicon_tag::Tag;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The tables of weights in `data/weights` that score one option at a time.
const MODELS: [&str; 4] = ["quoted", "cue", "source", "keep"];

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build.rs");
    lexicon();
    for model in MODELS {
        weights(model, |_| true);
    }
    sides();
    for border in indirect::BORDERS {
        weights(border, |group| !indirect::is_of_place(group));
    }
    places();
    cue_forms();
    cities();
    gazetteer();
    println!(
        "cargo::rustc-env=ATTACHE_TABLES={:08x}",
        fingerprint(Path::new("data")) >> 32
    );
}

/// A hash of all that the tables say: what was read by other ones must be read again.
fn fingerprint(folder: &Path) -> u64 {
    let mut paths = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            paths.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "tsv") {
            files.push(path);
        }
    }
    files.sort();
    files.iter().fold(0, |sum, file| {
        let bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        gazetteer::layout::checksum(sum, &bytes)
    })
}

/// The world's people, places, organizations and offices, with their indexes.
fn gazetteer() {
    // Offices come before what names them.
    let kinds = [
        "people",
        "places",
        "organizations",
        "offices",
        "coheld",
        "roles",
        "tenures",
        "given_names",
        "words",
        "nicknames",
    ];
    let files = kinds.map(|kind| (kind, format!("data/{kind}.tsv")));
    let files = files
        .into_iter()
        .filter(|(kind, file)| *kind != "coheld" || Path::new(file).exists());
    let files: Vec<_> = files.map(|(kind, file)| (kind, text(&file), file)).collect();
    let mut tables = gazetteer::tables::Tables::default();
    for (kind, text, file) in &files {
        if let Err(error) = tables.add(kind, file, text) {
            panic!("{error}");
        }
    }
    write("gazetteer.bin", &gazetteer::compile::compile(&tables, None));
}

/// The names of capitals and of cities too large to be taken for somebody's surname, in small letters, one a line.
fn cities() {
    const LARGE: u32 = 200_000;
    let is_large = |row: &Row| row.cell(7).parse().is_ok_and(|people: u32| people >= LARGE);
    let rows = read("data/places.tsv").into_iter();
    let cities = rows.filter(|row| row.cell(2) == "capital" || row.cell(2) == "city" && is_large(row));
    let mut names: Vec<String> = cities
        .flat_map(|row| {
            let names = row.cell(4).split('|').chain([row.cell(1)]);
            names.map(str::to_lowercase).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    write("cities.txt", names.join("\n").as_bytes());
}

/// The word lists, joined into one table of tags.
fn lexicon() {
    let mut rows = Vec::new();
    for row in read("data/lexicon/words.tsv") {
        let tag = Tag::parse(row.cell(1)).unwrap_or_else(|e| row.fail(&e));
        rows.push((tokens::folded_key(row.cell(0)), tag));
    }
    for row in read("data/lexicon/cues.tsv") {
        let tag = Tag::parse_cue(row.cell(1), row.number(3)).unwrap_or_else(|| row.fail("no such cue class"));
        rows.push((tokens::folded_key(row.cell(0)), tag));
    }
    for row in read("data/lexicon/heads.tsv") {
        let tag = Tag::of_head(row.number(2), row.cell(3) == "bare");
        rows.push((tokens::folded_key(row.cell(0)), tag));
    }
    for row in read("data/lexicon/small.tsv") {
        rows.push((tokens::folded_key(row.cell(0)), Tag::small()));
    }
    write("lexicon.bin", lexicon_tag::join(rows).bytes());
}

/// The forms of cue words by key, and the lemmas they count in, one a line.
fn cue_forms() {
    let forms: Vec<cues::Form> = read("data/lexicon/cue_forms.tsv")
        .iter()
        .map(|row| cues::Form {
            form: row.cell(0).to_owned(),
            lemma: row.cell(1).to_owned(),
            count: row.number(2) as u32,
            rate: row.number(3),
        })
        .collect();
    let (table, lemmas) = cues::compile(&forms);
    write("cue_forms.bin", table.bytes());
    write("cue_lemmas.txt", lemmas.join("\n").as_bytes());
}

/// A model's weights by feature key, of the groups wanted.
fn weights(model: &str, wanted: impl Fn(&str) -> bool) {
    let rows: Vec<(u64, usize, f32)> = read(&format!("data/weights/{model}.tsv"))
        .iter()
        .filter(|row| wanted(row.cell(0)))
        .map(|row| {
            (
                model_key::feature_key(row.cell(0), row.cell(1)),
                0,
                row.number(2) as f32,
            )
        })
        .collect();
    write(&format!("{model}.bin"), &model_packed::pack::<1>(&rows));
}

/// The weights of the sides, which share their features: a lane each.
fn sides() {
    let rows: Vec<(u64, usize, f32)> = read("data/weights/side.tsv")
        .iter()
        .map(|row| {
            let found = model_key::option_key(row.cell(0), row.cell(1), indirect::SIDES);
            let (lane, key) = found.unwrap_or_else(|| row.fail("no such side"));
            (key, lane, row.number(2) as f32)
        })
        .collect();
    write("side.bin", &model_packed::pack::<3>(&rows));
}

/// What the weights of all borders say of a place by itself: a lane for each border.
fn places() {
    let mut rows = Vec::new();
    for (lane, border) in indirect::BORDERS.into_iter().enumerate() {
        for row in read(&format!("data/weights/{border}.tsv")) {
            if indirect::is_of_place(row.cell(0)) {
                let key = model_key::feature_key(row.cell(0), row.cell(1));
                rows.push((key, lane, row.number(2) as f32));
            }
        }
    }
    write("places.bin", &model_packed::pack::<4>(&rows));
}

/// One line of a table.
struct Row {
    file: PathBuf,
    line: usize,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    fn number(&self, at: usize) -> f64 {
        self.cell(at).parse().unwrap_or_else(|_| self.fail("not a number"))
    }

    fn fail(&self, why: &str) -> ! {
        panic!("{}:{}: {why}: {:?}", self.file.display(), self.line, self.cells)
    }
}

/// The rows of a table below its header line.
fn read(path: &str) -> Vec<Row> {
    let file = PathBuf::from(path);
    let text = text(path);
    let rows = text.lines().enumerate().skip(1);
    rows.map(|(line, row)| Row {
        file: file.clone(),
        line: line + 1,
        cells: row.split('\t').map(str::to_owned).collect(),
    })
    .collect()
}

fn text(path: &str) -> String {
    let file = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join(path);
    fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn write(name: &str, bytes: &[u8]) {
    let path = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join(name);
    fs::write(&path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
