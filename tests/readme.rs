//! The README keeps its word: its examples are run, its scores are those of `tests/scores.md`.
//!
//! `UPDATE_README=1 cargo test --test readme` writes both anew. Its Rust is a doc test of the library.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

const END: &str = "<!-- end -->";

#[test]
fn the_readme_shows_real_output_and_scores() {
    let text = fs::read_to_string("README.md").unwrap();
    let with_examples = replace(&text, "<!-- example -->\n", |block| {
        let command = block.lines().find_map(|line| line.strip_prefix("$ ")).unwrap();
        format!("```console\n$ {command}\n{}\n```\n", shown(command).trim_end())
    });
    let whole = replace(&with_examples, "<!-- scores -->\n", |block| {
        fs::read_to_string("tests/scores.md").unwrap_or(block.to_owned())
    });
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write("README.md", whole).unwrap();
    } else if text != whole {
        panic!("the README is out of date: UPDATE_README=1 cargo test --test readme");
    }
}

/// What a command prints, run by a shell in a folder of its own that has the examples in it.
fn shown(command: &str) -> String {
    let folder = std::env::temp_dir().join(format!("attache-readme-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("examples")).unwrap();
    for example in fs::read_dir("examples").unwrap() {
        let path = example.unwrap().path();
        fs::copy(&path, folder.join(&path)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_attache")).parent().unwrap();
    let found = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(&folder)
        .env("PATH", format!("{}:{found}", program.display()))
        .output()
        .unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{command}: {output:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Puts something else between each marker and the end marker after it.
fn replace(text: &str, marker: &str, make: impl Fn(&str) -> String) -> String {
    let mut pieces = text.split(marker);
    let mut whole = pieces.next().unwrap().to_owned();
    let before = whole.len();
    for piece in pieces {
        let (block, after) = piece.split_once(END).unwrap();
        whole += &format!("{marker}{}{END}{after}", make(block));
    }
    assert!(whole.len() > before, "the README has no {marker}");
    whole
}
