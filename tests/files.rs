//! Files and folders that are not as they should be: not to be read, not to be written, changed while they are read.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ATTACHE: &str = env!("CARGO_BIN_EXE_attache");

/// A folder that everybody may look into and that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("attache-files-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, text: &str, mode: u32) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.0.join("shut"), fs::Permissions::from_mode(0o755));
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A run as a user who is not told by the system that everything is allowed. None where there is no such user.
fn as_anybody(args: &[&str]) -> Option<Output> {
    const NOBODY: u32 = 65534;
    let mut command = Command::new(ATTACHE);
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.args(args).stdin(Stdio::null()).output();
    if output.is_err() {
        println!("skipped: another user may not start {ATTACHE}");
    }
    output.ok()
}

/// What became of each record: its id, and the code of its error or its number of sentences.
fn told(stdout: &[u8], folder: &Path) -> Vec<String> {
    let lines = std::str::from_utf8(stdout).unwrap().lines();
    let records = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let tell = |record: Value| {
        let id = record["id"].as_str().unwrap();
        let id = Path::new(id).strip_prefix(folder).unwrap().display();
        match &record["error"]["code"] {
            Value::String(code) => format!("{id}: {code}"),
            _ => format!("{id}: {}", record["sentences"].as_array().unwrap().len()),
        }
    };
    records.map(tell).collect()
}

#[test]
fn what_may_not_be_read_is_a_failure_in_its_place() {
    let folder = Folder::new("unread");
    folder.file("a.txt", "One. Two.", 0o644);
    let secret = folder.file("b.txt", "Secret.", 0o000);
    folder.file("shut/c.txt", "Shut.", 0o644);
    fs::set_permissions(folder.0.join("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    folder.file("z.txt", "Three.", 0o644);
    let Some(output) = as_anybody(&[folder.0.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(
        told(&output.stdout, &folder.0),
        ["a.txt: 2", "b.txt: read", "shut: read", "z.txt: 1"],
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let alone = as_anybody(&[&secret]).unwrap();
    let stderr = String::from_utf8(alone.stderr).unwrap();
    assert!(
        stderr.starts_with(&format!("attache: cannot read {secret}: Permission denied")),
        "{stderr}"
    );
    assert_eq!((alone.status.code(), alone.stdout.len()), (Some(2), 0));
}

#[test]
fn what_may_not_be_written_is_told_and_left_alone() {
    let folder = Folder::new("unwritten");
    let article = folder.file("a.txt", "“We are ready,” Elena Marsh said.", 0o644);
    let mine = folder.file("mine.csv", "mine", 0o444);
    let new = folder.0.join("new.csv").display().to_string();
    for path in [&mine, &new] {
        let Some(output) = as_anybody(&["--output", path, &article]) else {
            return;
        };
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.starts_with(&format!("attache: cannot write {path}: Permission denied")),
            "{stderr}"
        );
        assert_eq!(output.status.code(), Some(2));
    }
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2);
}

/// A table of one's own is compiled anew each time where its compiled form cannot be kept.
#[test]
fn a_cache_that_cannot_be_written_does_no_harm() {
    let run = |cache: &str| {
        let mut command = Command::new(ATTACHE);
        command.env("XDG_CACHE_HOME", cache);
        command.args(["--gazetteer", "tests/data/own.tsv", "examples/moscow.txt"]);
        command.output().unwrap()
    };
    let folder = Folder::new("cache");
    let kept = run(folder.0.to_str().unwrap());
    assert!(fs::read_dir(&folder.0).unwrap().next().is_some(), "nothing is kept");
    for cache in ["/proc", "/dev/full"] {
        let output = run(cache);
        assert_eq!(output.status.code(), Some(0), "{cache}: {output:?}");
        assert!(output.stdout == kept.stdout, "{cache}");
    }
}

/// Whether files are there is known when a folder is opened; what they are, when it is their turn.
#[test]
fn a_folder_may_change_while_it_is_read() {
    let folder = Folder::new("changing");
    // So much that nothing behind it is looked at before somebody takes the output.
    let line = format!(
        "{{\"id\":\"{}\",\"text\":\"{}\"}}\n",
        folder.0.join("a.jsonl").display(),
        "The council met in the old hall. ".repeat(400)
    );
    folder.file("a.jsonl", &line.repeat(800), 0o644);
    for name in ["b.txt", "c.txt", "d.txt", "e.txt", "f/1.txt", "g/1.txt"] {
        folder.file(name, "One.", 0o644);
    }
    let mut child = Command::new(ATTACHE)
        .args(["--threads", "2", folder.0.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();

    fs::remove_file(folder.0.join("b.txt")).unwrap();
    folder.file("bb.txt", "New.", 0o644);
    fs::remove_file(folder.0.join("c.txt")).unwrap();
    fs::create_dir(folder.0.join("c.txt")).unwrap();
    folder.file("d.txt", "", 0o644);
    folder.file("e.txt", "One. Two. Three.", 0o644);
    fs::remove_dir_all(folder.0.join("f")).unwrap();
    folder.file("g/2.txt", "New.", 0o644);

    let mut rest = Vec::new();
    while stdout.read_until(b'\n', &mut rest).unwrap() > 0 {}
    let mut seen = told(&rest, &folder.0);
    assert_eq!(seen.iter().filter(|line| *line == "a.jsonl: 400").count(), 799);
    seen.retain(|line| !line.starts_with("a.jsonl"));
    assert_eq!(
        seen,
        [
            "b.txt: read",
            "c.txt: read",
            "d.txt: empty",
            "e.txt: 3",
            "f: read",
            "g/1.txt: 1",
            "g/2.txt: 1"
        ],
    );
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// Neither does a stream go on that nobody can take any more, nor is it waited for.
#[test]
fn a_full_disk_ends_a_batch() {
    for threads in ["1", "2"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = Command::new(ATTACHE)
            .args(["--jsonl", "--threads", threads])
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        while stdin.write_all(b"{\"text\":\"The talks ended.\"}\n").is_ok() {}
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.starts_with("attache: cannot write the output: No space left"),
            "{stderr}"
        );
        assert_eq!(output.status.code(), Some(2));
    }
}
