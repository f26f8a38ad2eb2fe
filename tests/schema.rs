//! The published schema fits what the program prints.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::process::{Command, Stdio};
use std::{fs, io::Write};

fn attache(args: &[&str], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn real_output_fits_the_schema() {
    let schema: Value = serde_json::from_str(&attache(&["schema"], "")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut input = String::new();
    let mut files: Vec<_> = fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.push("examples/talks.txt".into());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        input += &serde_json::json!({"id": file, "text": text, "date": "2017-04-12", "more": [1]}).to_string();
        input += "\n";
    }
    input += "{\"id\":1}\n{\"text\":\"\\u0000“😀” he said\"}\nno json\n{\"text\":\"\",\"title\":\"T\"}\n[]\n";
    let output = attache(&["--jsonl"], &input);
    assert_eq!(output.lines().count(), input.lines().count());
    let mut wrong = Vec::new();
    for line in output.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for error in validator.iter_errors(&record) {
            wrong.push(format!("{error} at {}\n{line}", error.instance_path()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let schema: Value = serde_json::from_str(&attache(&["schema"], "")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let record: Value = serde_json::from_str(&attache(&[], "The talks ended.\n")).unwrap();
    assert!(validator.is_valid(&record));
    for field in ["schema", "id", "sentences", "entities", "quotes", "offsets"] {
        let mut less = record.clone();
        less.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&less), "{field} may be missing");
    }
    let mut wrong = record.clone();
    wrong["sentences"][0]["end"] = (-1).into();
    assert!(!validator.is_valid(&wrong));
}
