//! The command line: cases kept as data in `tests/cases`, and what a case cannot say: pipes, sizes, depth.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::{env, fs};

/// One run of the program, and what must come of it. `tests/cases/*.case` are read by eye:
///
/// - `attache …` the arguments, cut at blanks;
/// - `stdin:` a line of input; `bytes:` input with `\n`, `\r`, `\t`, `\\`, `\xHH` and no line end of its own;
/// - `stdout:`, `stderr:` something that stands there, each after the one before; `stdout is:`, `stderr is:` whole lines,
///   together all of it; `no stdout`, `no stderr`;
/// - `exit:` the exit code.
#[derive(Default)]
struct Case {
    title: String,
    args: Vec<String>,
    stdin: Vec<u8>,
    wants: Vec<(String, String)>,
}

#[test]
fn cases() {
    let mut wrong = String::new();
    let mut count = 0;
    for name in ["input", "options", "commands", "jsonl", "gazetteer", "eval"] {
        let text = fs::read_to_string(format!("tests/cases/{name}.case")).unwrap();
        for case in text.split("\n\n").map(parse) {
            count += 1;
            let output = run(&case);
            if let Err(why) = check(&case, &output) {
                let (out, err) = (
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr),
                );
                writeln!(
                    wrong,
                    "{name}: {}\n{why}\n--- stdout\n{out}--- stderr\n{err}",
                    case.title
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    println!("{count} cases");
}

fn parse(block: &str) -> Case {
    let mut case = Case::default();
    for line in block.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            case.title += title;
        } else if let Some(args) = line.strip_prefix("attache") {
            case.args = args.split_whitespace().map(str::to_owned).collect();
        } else if let Some(input) = line.strip_prefix("stdin: ") {
            case.stdin.extend_from_slice(input.as_bytes());
            case.stdin.push(b'\n');
        } else if let Some(input) = line.strip_prefix("bytes: ") {
            case.stdin.extend(unescape(input));
        } else if let Some((what, value)) = line.split_once(": ") {
            case.wants.push((what.to_owned(), value.to_owned()));
        } else {
            case.wants.push((line.to_owned(), String::new()));
        }
    }
    case
}

fn unescape(input: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, len) = match rest.as_bytes()[at + 1] {
            b'n' => (b'\n', 2),
            b'r' => (b'\r', 2),
            b't' => (b'\t', 2),
            b'x' => (u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap(), 4),
            other => (other, 2),
        };
        bytes.push(byte);
        rest = &rest[at + len..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

fn check(case: &Case, output: &Output) -> Result<(), String> {
    let stdout = String::from_utf8(output.stdout.clone()).map_err(|why| why.to_string())?;
    let stderr = String::from_utf8(output.stderr.clone()).map_err(|why| why.to_string())?;
    let (mut rest_out, mut rest_err) = (stdout.as_str(), stderr.as_str());
    let (mut whole_out, mut whole_err) = (None, None);
    for (what, value) in &case.wants {
        match what.as_str() {
            "stdout" => rest_out = after(rest_out, value).ok_or(format!("not in stdout: {value}"))?,
            "stderr" => rest_err = after(rest_err, value).ok_or(format!("not in stderr: {value}"))?,
            "stdout is" => *whole_out.get_or_insert_with(String::new) += &format!("{value}\n"),
            "stderr is" => *whole_err.get_or_insert_with(String::new) += &format!("{value}\n"),
            "no stdout" => whole_out = Some(String::new()),
            "no stderr" => whole_err = Some(String::new()),
            "exit" if output.status.code() == value.parse().ok() => {}
            "exit" => return Err(format!("exit code {:?}, not {value}", output.status.code())),
            other => return Err(format!("a case cannot say: {other}")),
        }
    }
    for (whole, have) in [(whole_out, stdout), (whole_err, stderr)] {
        if whole.as_ref().is_some_and(|whole| *whole != have) {
            return Err(format!("wanted all of it to be: {}", whole.unwrap_or_default()));
        }
    }
    Ok(())
}

/// What follows the first `piece` of a text.
fn after<'t>(text: &'t str, piece: &str) -> Option<&'t str> {
    text.find(piece).map(|at| &text[at + piece.len()..])
}

fn attache(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn run(case: &Case) -> Output {
    feed(&case.args.iter().map(String::as_str).collect::<Vec<_>>(), &case.stdin)
}

fn feed(args: &[&str], input: &[u8]) -> Output {
    let mut child = attache(args);
    // A program that refuses its arguments reads nothing: then this pipe is closed.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[test]
fn a_closed_pipe_is_quiet_success() {
    let line = b"{\"text\":\"The talks ended. Nobody smiled.\"}\n";
    let mut child = attache(&["--jsonl"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut first = String::new();
    stdin.write_all(line).unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    assert!(first.ends_with("}\n"));
    drop(stdout);
    // Until the program is gone and the pipe into it breaks.
    while stdin.write_all(line).is_ok() {}
    let end = child.wait_with_output().unwrap();
    assert_eq!(end.status.code(), Some(0));
    assert_eq!(String::from_utf8(end.stderr).unwrap(), "");
}

/// How a run ends whose output nobody reads.
fn unread(args: &[&str]) -> Option<i32> {
    let mut child = attache(args);
    drop((child.stdin.take(), child.stdout.take()));
    let end = child.wait_with_output().unwrap();
    end.status.code()
}

#[test]
fn what_is_wrong_is_wrong_though_nobody_reads_it() {
    let folder = env::temp_dir().join(format!("attache-unread-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let source = file("source.txt", "“We will not sign the treaty,” Elena Marsh said.");
    let draft = file("draft.txt", "“We will sign the whole treaty now,” Elena Marsh said.");
    let faulty = file("faulty.jsonl", "{\"text\":\n");
    let db = folder.join("quotes.db").display().to_string();
    let table = "tests/data/faulty.tsv";
    assert_eq!(unread(&["verify", &draft, "--against", &source]), Some(1));
    assert_eq!(unread(&["ingest", "--db", &db, &faulty]), Some(1));
    assert_eq!(unread(&["gazetteer", "lint", table]), Some(1));
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn each_line_is_answered_before_the_next_one_comes() {
    let mut child = attache(&["--jsonl"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        // The beginning of the next line already waits: it must not hold the answer back.
        write!(stdin, "{{\"id\":{id},\"text\":\"Yes.\"}}\n{{\"te").unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.contains("\"sentences\""), "{answer}");
        writeln!(stdin, "xt\":\"\"}}").unwrap();
        answer.clear();
        stdout.read_line(&mut answer).unwrap();
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn deep_json_is_an_error_record() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let output = feed(
            &["--jsonl"],
            format!("{{\"text\":\"Yes.\",\"more\":{deep}}}\n").as_bytes(),
        );
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(stdout.contains("\"code\":\"invalid_json\""), "{stdout}");
        assert!(stdout.contains("recursion limit"), "{stdout}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn an_article_of_more_than_the_limit_is_refused_unread() {
    // A file of zeros that takes no room on the disk.
    let path = std::env::temp_dir().join(format!("attache-large-{}", std::process::id()));
    fs::File::create(&path).unwrap().set_len((4 << 30) + 1).unwrap();
    let output = feed(&[path.to_str().unwrap()], b"");
    fs::remove_file(&path).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        stderr,
        "attache: the input is too large: an article may have at most 128 MiB\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for args in [
        "examples/talks.txt",
        "--help",
        "--version",
        "help",
        "extract --help",
        "completions bash",
        "man",
        "man extract",
        "schema",
        "explain examples/talks.txt",
        "gazetteer stats",
        "eval tests/data/gold",
        "fit tests/data/gold --cross-validate",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        let output = command.args(args.split(' ')).stdout(full()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.starts_with("attache: cannot write the output: No space left"),
            "{args}: {stderr}"
        );
        assert_eq!(output.status.code(), Some(2), "{args}");
    }
}

/// What cannot be told does not end the work.
#[cfg(target_os = "linux")]
#[test]
fn messages_that_cannot_be_written_change_nothing_else() {
    for (args, code) in [
        ("--jsonl tests/data/pairs.tsv", 1),
        ("none.txt", 2),
        ("--nonsense", 2),
        ("man nonsense", 2),
        ("gazetteer holder nonsense --date 2017-04-12", 1),
    ] {
        let run = |quiet: bool| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
            let command = command.args(args.split(' '));
            let command = if quiet { command.stderr(full()) } else { command };
            command.output().unwrap()
        };
        let (told, quiet) = (run(false), run(true));
        assert_eq!(
            (told.status.code(), quiet.status.code()),
            (Some(code), Some(code)),
            "{args}"
        );
        assert!(!told.stderr.is_empty() && told.stdout == quiet.stdout, "{args}");
    }
}

/// A device that is always full.
#[cfg(target_os = "linux")]
fn full() -> fs::File {
    fs::OpenOptions::new().write(true).open("/dev/full").unwrap()
}
