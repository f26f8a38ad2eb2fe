//! Formats: what is written says what the record says, whatever the article holds, and files are whole or not there.

#![allow(clippy::unwrap_used)]

#[path = "formats/files.rs"]
mod files;
#[path = "formats/same.rs"]
mod same;

use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// Articles with what formats can stumble over: marks, separators, line breaks, markup, formulas, more than one byte.
fn articles() -> String {
    let texts = [
        "“We will open the harbour in June,” Édith Karlsen, the Nordland transport minister, said on Monday. \
         “It is\n\nlate 😀,” she added.\n\nShe called the delay “regrettable” and “long”.",
        "<b>\"Nothing; 'no', and\tno more,\"</b> Tomas Brekke said & left. A report said the \"plan\" <script>failed</script>.",
        "\"=1+1 is not a budget, -2 is,\" Ole Strand warned. @all he said that +5 would do.",
        "",
        "Nobody spoke.",
        "Ole Strand did not say that the ferry was late. US officials, speaking on condition of anonymity, said \"it was over\".",
        "Ole Strand and Édith Karlsen said the \"plan; all of it\" had failed.",
        "REPORTER: Will the ferry run?\n\nMARSH: It will run on time, and it will be full. Nobody doubts it.",
    ];
    let mut lines = String::new();
    for (number, text) in texts.iter().cycle().take(70).enumerate() {
        let article = match number % 10 {
            4 => json!({"id": number}),
            5 => json!({"text": text, "title": "=Talks, \"again\"\n<i>"}),
            6 => json!({"id": format!("../{number}/a,b.txt"), "text": text, "url": "javascript:alert(1)"}),
            _ => json!({"id": number, "text": text, "date": "2026-03-02", "site": "The Star",
                        "url": format!("https://www.star.example/{number}?a=1&b=<2>")}),
        };
        lines += &format!("{article}\n");
    }
    lines
}

/// What comes of the articles, or of others.
fn attache(args: &[&str], input: &str) -> Output {
    fed(Command::new(env!("CARGO_BIN_EXE_attache")).args(args), input)
}

/// A program with all its streams to itself.
fn piped(command: &mut Command) -> Child {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

/// What comes of a program with this input.
fn fed(command: &mut Command, input: &str) -> Output {
    let mut child = piped(command);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that refuses its arguments reads nothing: then this pipe is closed.
    let feeding = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = feeding.join().unwrap();
    output
}

fn written(format: &str) -> String {
    let output = attache(&["--jsonl", "--format", format], &articles());
    assert_eq!(output.status.code(), Some(1), "some records fail");
    String::from_utf8(output.stdout).unwrap()
}

/// The records, with those that failed.
fn records() -> Vec<Value> {
    let lines = written("jsonl");
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each quote with the record it is in.
fn quotes(records: &[Value]) -> impl Iterator<Item = (&Value, &Value)> {
    let of = |record: &'_ Value| record["quotes"].as_array().map_or(&[][..], Vec::as_slice).len();
    records
        .iter()
        .flat_map(move |record| (0..of(record)).map(move |at| (record, &record["quotes"][at])))
}

/// A folder of a test's own; gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("attache-formats-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// Waits until there is anything in it.
    fn wait_for_a_name(&self) {
        while self.names().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// The names of all that is in it.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
