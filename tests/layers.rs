//! The layers of the house: a module uses only what stands below it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Modules on one line do not know each other.
const FLOORS: &[&[&str]] = &[
    &["plot", "span", "table", "error"],
    &["offsets"],
    &["article", "gold"],
    &["input", "batch"],
    &["tokens"],
    &["lexicon"],
    &["text"],
    &["gazetteer"],
    &["mentions"],
    &["model"],
    &["attribution"],
    &["resolution"],
    &["extractor"],
    &["record"],
    &["output"],
    &["eval"],
    &["fit"],
    &["store"],
    &["export", "serve"],
];

#[test]
fn every_module_uses_only_what_stands_below_it() {
    let floor = |module: &str| FLOORS.iter().position(|floor| floor.contains(&module));
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files(Path::new("src")) {
        let module = module_of(&file);
        if module == "lib" || module == "main" || module == "cli" {
            continue;
        }
        let Some(own) = floor(&module) else {
            wrong.push(format!(
                "{module} has no place in the house: give it one in tests/layers.rs"
            ));
            continue;
        };
        for used in uses(&fs::read_to_string(&file).unwrap(), "crate::") {
            if used != module && floor(&used).is_none_or(|used| used >= own) {
                wrong.push(format!("{} uses {used}", file.display()));
            }
        }
        seen.insert(module);
    }
    for module in FLOORS.iter().copied().flatten() {
        if !seen.contains(*module) {
            wrong.push(format!("there is no module {module}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_command_line_is_used_by_nobody() {
    for file in files(Path::new("src")) {
        let module = module_of(&file);
        let text = fs::read_to_string(&file).unwrap();
        let inside = module == "cli" || module == "main";
        assert!(inside || !text.contains("cli::"), "{}", file.display());
        assert!(inside || !text.contains("clap"), "{}", file.display());
    }
}

/// The library never prints: whoever calls it decides what is shown.
#[test]
fn the_library_never_prints() {
    for file in files(Path::new("src")) {
        if matches!(module_of(&file).as_str(), "cli" | "main") {
            continue;
        }
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let prints = ["println!(", "print!(", "dbg!("].iter().any(|p| line.contains(p));
            let code = !line.trim_start().starts_with("//");
            assert!(!(prints && code), "{}:{}: {line}", file.display(), number + 1);
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The module right under the crate that a file belongs to.
fn module_of(file: &Path) -> String {
    let first = file.components().nth(1).unwrap();
    Path::new(first.as_os_str())
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

/// The modules that a file names: `crate::span::Span`, `use crate::{span, text::Document}`.
fn uses(text: &str, root: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices(root) {
        let rest = &code[at + root.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let (mut depth, mut name) = (0, String::new());
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.extend(first_name(&std::mem::take(&mut name))),
                    _ if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            found.extend(first_name(&name));
        } else {
            found.extend(first_name(rest));
        }
    }
    found
}

fn first_name(path: &str) -> Option<String> {
    let path = path.trim();
    let end = path
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(path.len());
    (end > 0).then(|| path[..end].to_owned())
}
