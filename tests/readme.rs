//! The README keeps its word: its example is run, its scores are those of `tests/scores.md`.
//!
//! `UPDATE_README=1 cargo test --test readme` writes both anew. Its Rust is a doc test of the library.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

const END: &str = "<!-- end -->";

#[test]
fn the_readme_shows_real_output_and_scores() {
    let text = fs::read_to_string("README.md").unwrap();
    let with_example = replace(&text, "<!-- example -->\n", |block| {
        let command = block.lines().find_map(|line| line.strip_prefix("$ ")).unwrap();
        let args = command.strip_prefix("attache ").unwrap().split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_attache")).args(args).output().unwrap();
        format!(
            "```console\n$ {command}\n{}```\n",
            String::from_utf8(output.stdout).unwrap()
        )
    });
    let whole = replace(&with_example, "<!-- scores -->\n", |block| {
        fs::read_to_string("tests/scores.md").unwrap_or(block.to_owned())
    });
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write("README.md", whole).unwrap();
    } else if text != whole {
        panic!("the README is out of date: UPDATE_README=1 cargo test --test readme");
    }
}

/// Puts something else between a marker and the end marker after it.
fn replace(text: &str, marker: &str, make: impl Fn(&str) -> String) -> String {
    let (before, rest) = text.split_once(marker).unwrap();
    let (block, after) = rest.split_once(END).unwrap();
    format!("{before}{marker}{}{END}{after}", make(block))
}
