//! `attache verify` on the command line: what it reads, what it prints, how it ends.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder with a draft in it; gone when dropped.
struct Desk(PathBuf);

impl Desk {
    fn with(name: &str, draft: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("attache-verify-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("draft.txt"), draft).unwrap();
        Desk(folder)
    }

    /// Runs the program in the folder; `sources` stands for the articles of the table.
    fn run(&self, args: &[&str]) -> (Output, String) {
        let sources = std::env::current_dir().unwrap().join("tests/data/verify/sources");
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        for arg in args {
            match *arg {
                "sources" => command.arg(&sources),
                arg => command.arg(arg),
            };
        }
        let output = command.current_dir(&self.0).output().unwrap();
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        (output, text)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const RIGHT: &str = "“I will not close a school by fax,” Nadia Fenwick-Osei said. She said that pupils are few.\n";
const WRONG: &str = "“I will … close a school by fax,” Nadia Fenwick-Osei said.\n";

#[test]
fn the_exit_code_can_stop_a_publication() {
    let right = Desk::with("right", RIGHT);
    let (output, text) = right.run(&["verify", "draft.txt", "--against", "sources"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains("1 of 1 passages hold; indirect quotes, not checked: 1"),
        "{text}"
    );
    let wrong = Desk::with("wrong", WRONG);
    let (output, text) = wrong.run(&["verify", "draft.txt", "--against", "sources"]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("I will …<not> close a school by fax"), "{text}");
    assert!(!text.contains('\u{1b}'), "colours in a pipe: {text}");
    for args in [
        &["verify", "draft.txt"][..],
        &["verify", "nowhere.txt", "--against", "sources"],
        &["verify", "draft.txt", "--db", "nowhere.db"],
        &["verify", "draft.txt", "--against", "nowhere.txt"],
    ] {
        let (output, _) = wrong.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_database_does_as_well_and_a_draft_is_not_its_own_source() {
    let desk = Desk::with("database", WRONG);
    let (output, _) = desk.run(&["ingest", "--db", "quotes.db", "draft.txt"]);
    assert!(output.status.success());
    let json = |args: &[&str]| -> Value {
        let (output, text) = desk.run(args);
        assert_eq!(output.status.code(), Some(1), "{text}");
        serde_json::from_str(&text).unwrap()
    };
    let found = json(&["verify", "draft.txt", "--db", "quotes.db", "--format", "json"]);
    assert_eq!(found[0]["checks"][0]["verdict"], "not_found");
    let (output, _) = desk.run(&["ingest", "--db", "quotes.db", "sources"]);
    assert!(output.status.success());
    let found = json(&["verify", "draft.txt", "--db", "quotes.db", "--format", "json"]);
    let check = &found[0]["checks"][0];
    assert_eq!(check["verdict"], "altered");
    assert_eq!(check["sources"][0]["changes"][0]["kind"], "ellipsis");
    assert_eq!(check["sources"][0]["article"]["date"], Value::Null, "{check:#}");
    // Places are those of the texts.
    let cut = |text: &str, place: &Value| -> String {
        let (start, end) = (
            place["start"].as_u64().unwrap() as usize,
            place["end"].as_u64().unwrap() as usize,
        );
        text.chars().skip(start).take(end - start).collect()
    };
    assert_eq!(cut(WRONG, &check["spans"][0]), check["text"].as_str().unwrap());
    let source = std::fs::read_to_string("tests/data/verify/sources/2017-06-30-school.txt").unwrap();
    let span = &check["sources"][0]["span"];
    assert_eq!(cut(&source, span), "I will not close a school by fax");
    let (_, lines) = desk.run(&["verify", "draft.txt", "--db", "quotes.db", "--format", "jsonl"]);
    assert_eq!(lines.lines().count(), 1);
}
