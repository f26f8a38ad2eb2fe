//! Batches: the same bytes for any number of threads and any split of the input, and an end between two lines.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

/// Lines of articles, of different lengths, some of which fail.
fn lines(count: usize) -> String {
    let mut lines = String::new();
    for number in 0..count {
        match number % 11 {
            3 => writeln!(lines, "{{\"id\":{number}}}").unwrap(),
            7 => writeln!(lines, "no JSON").unwrap(),
            rest => {
                let more = "The council met in the old hall. ".repeat(rest * rest);
                let text = format!("{more}“Ferry {number} is late,” Elena Marsh said. She warned that more would be.");
                writeln!(lines, "{{\"id\":{number},\"text\":\"{text}\"}}").unwrap();
            }
        }
    }
    lines
}

fn start(threads: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_attache"))
        .args(["--jsonl", "--threads", threads])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn extract(input: &str, threads: &str) -> Vec<u8> {
    let mut child = start(threads);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeding = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    output.stdout
}

#[test]
fn threads_and_splits_change_nothing() {
    let input = lines(600);
    let whole = extract(&input, "1");
    assert_eq!(whole.iter().filter(|&&byte| byte == b'\n').count(), 600);
    for threads in ["2", "7"] {
        assert!(extract(&input, threads) == whole, "{threads} threads");
    }
    let all: Vec<&str> = input.split_inclusive('\n').collect();
    for split in [1, 250, 599] {
        let (head, tail) = all.split_at(split);
        let pieces = [extract(&head.concat(), "2"), extract(&tail.concat(), "2")].concat();
        assert!(pieces == whole, "split at {split}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_leaves_whole_lines() {
    let mut child = start("2");
    // Its reader never ends, so only the interrupt ends the work.
    let mut stdin = child.stdin.take().unwrap();
    let input = lines(100);
    let feeding = std::thread::spawn(move || while stdin.write_all(input.as_bytes()).is_ok() {});
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..50 {
        output.next().unwrap().unwrap();
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let mut seen = 0;
    for line in output {
        let line = line.unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{line}");
        seen += 1;
    }
    assert_eq!(child.wait().unwrap().code(), Some(130), "after {seen} more lines");
    feeding.join().unwrap();
}
