//! Output to files and folders: complete under its name, or not there at all.

use super::{Folder, articles, attache};
use std::fs;
use std::process::Output;

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = Folder::new("file");
    let input = articles();
    for (name, format) in [
        ("a.jsonl", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "tsv"),
        ("a.html", "html"),
        ("a.txt", "text"),
        ("a.jsonld", "jsonld"),
    ] {
        let path = folder.path(name);
        let output = attache(&["--input", "jsonl", "--output", &path], &input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{name}");
        let printed = attache(&["--jsonl", "--format", format], &input).stdout;
        assert!(fs::read(&path).unwrap() == printed, "{name}");
    }
    assert_eq!(folder.names().len(), 6);
    // What the format option says counts more than the name.
    let path = folder.path("b.csv");
    attache(&["--output", &path, "--format", "quotebank", "examples/talks.txt"], "");
    assert!(fs::read_to_string(&path).unwrap().starts_with("{\"quoteID\":"));
}

#[test]
fn a_name_that_tells_no_format_is_refused() {
    let folder = Folder::new("ending");
    for name in ["a.xyz", "a.json.gz"] {
        let path = folder.path(name);
        let output = attache(&["--output", &path, "examples/talks.txt"], "");
        assert_eq!(output.status.code(), Some(2), "{name}");
        let told = "tells no format: let it end in .json, .jsonl, .text, .html, .csv, .tsv, .jsonld, .quotebank or .txt, or say \
                    --format\n";
        assert_eq!(stderr(&output), format!("attache: the name {path} {told}"));
    }
    assert!(folder.names().is_empty());
    for (name, options, start) in [
        ("a.xyz", &["--format", "csv"][..], "article,"),
        ("b.xyz", &["--input", "text", "--format", "json"], "{\"schema\":"),
        ("plain", &[], "{\"schema\":"),
        ("upper.CSV", &[], "article,"),
    ] {
        let path = folder.path(name);
        let output = attache(&[&["--output", &path], options, &["examples/talks.txt"]].concat(), "");
        assert!(output.status.success(), "{name} {output:?}");
        assert!(
            fs::read_to_string(&path)
                .unwrap()
                .trim_start_matches('\u{feff}')
                .starts_with(start),
            "{name}"
        );
    }
    // Lines were asked for, whatever the name.
    let path = folder.path("lines.xyz");
    attache(&["--jsonl", "--output", &path], &articles());
    assert!(fs::read_to_string(&path).unwrap().lines().count() > 1);
}

#[test]
fn work_that_fails_leaves_the_file_as_it_was() {
    let folder = Folder::new("fail");
    let (kept, fresh) = (folder.path("kept.csv"), folder.path("fresh.csv"));
    fs::write(&kept, "mine").unwrap();
    for path in [&kept, &fresh] {
        let output = attache(&["--jsonl", "--on-error", "fail", "--output", path], &articles());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with("attache: record 5 (4): the record has no `text`"),
            "{output:?}"
        );
    }
    assert_eq!(folder.names(), ["kept.csv"]);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    // Standard output keeps what came before the failure, and is closed as its format asks.
    let output = attache(&["--jsonl", "--on-error", "fail", "--format", "jsonld"], &articles());
    assert_eq!(output.status.code(), Some(2));
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_read() {
    let folder = Folder::new("told");
    let (nowhere, itself) = (folder.path("none/a.csv"), folder.path(""));
    for (path, why) in [(&nowhere, "No such file or directory"), (&itself, "is a directory")] {
        let output = attache(&["--jsonl", "--output", path], &articles());
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert!(
            told.starts_with(&format!("attache: cannot write {path}: ")) && told.contains(why),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1);
    }
    let full = folder.path("annotated");
    fs::create_dir(&full).unwrap();
    fs::write(folder.path("annotated/a.ann"), "mine").unwrap();
    let output = attache(&["--jsonl", "--format", "brat", "--output", &full], &articles());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there are files in it"), "{output:?}");
    assert_eq!(fs::read_to_string(folder.path("annotated/a.ann")).unwrap(), "mine");
    let output = attache(&["--format", "brat", "examples/talks.txt"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("name it with --output"), "{output:?}");
    assert_eq!(folder.names(), ["annotated"]);
}

#[test]
fn a_folder_has_a_name_of_its_own_for_each_article() {
    let folder = Folder::new("names");
    let path = folder.path("gold");
    fs::create_dir(&path).unwrap();
    let ids = [
        "\"a/b\"",
        "\"a_b\"",
        "\"A_B\"",
        "\"annotation\"",
        "\"../..\"",
        "7",
        "null",
    ];
    let lines = ids.map(|id| format!("{{\"id\":{id},\"text\":\"Yes.\"}}\n")).concat();
    let output = attache(&["--jsonl", "--format", "brat", "--output", &path], &lines);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut names: Vec<String> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    let want = ["7", "A_B-3", "a_b-2", "a_b", "annotation-2", "article-5", "article-7"];
    assert_eq!(names, want.map(|name| format!("{name}.txt")));
    assert_eq!(folder.names(), ["gold"]);
}

#[cfg(target_os = "linux")]
mod linux {
    use super::super::{fed, piped};
    use super::*;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::os::unix::fs::PermissionsExt;
    use std::process::{Child, Command};

    #[test]
    fn a_full_disk_is_told_and_leaves_nothing() {
        // A device is written to as it is, never replaced.
        for format in ["json", "csv", "html", "text", "jsonld", "quotebank"] {
            let output = attache(&["--format", format, "--output", "/dev/full", "examples/talks.txt"], "");
            assert_eq!(output.status.code(), Some(2), "{format}");
            assert!(stderr(&output).starts_with("attache: cannot write /dev/full: No space left on device"));
        }
        assert!(!fs::metadata("/dev/full").unwrap().is_file());
        let folder = Folder::new("full");
        let path = folder.path("a.csv");
        fs::write(&path, "mine").unwrap();
        let output = limited(&["--jsonl", "--output", &path], &articles().repeat(20));
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(
            stderr(&output).contains(&format!("\nattache: cannot write {path}: File too large")),
            "{output:?}"
        );
        assert_eq!(folder.names(), ["a.csv"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn what_may_only_be_read_is_told() {
        // Not even root may make files there.
        let output = attache(&["--output", "/proc/said.csv", "examples/talks.txt"], "");
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with("attache: cannot write /proc/said.csv: "),
            "{output:?}"
        );
        let output = attache(&["--output", "/proc/version", "examples/talks.txt"], "");
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with("attache: cannot write /proc/version: "),
            "{output:?}"
        );
    }

    /// Where no file may have more than a few blocks.
    fn limited(args: &[&str], input: &str) -> Output {
        let limit = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
        let mut shell = Command::new("sh");
        fed(
            shell.args(["-c", limit, env!("CARGO_BIN_EXE_attache")]).args(args),
            input,
        )
    }

    #[test]
    fn a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own() {
        let folder = Folder::new("mode");
        let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (plain, made, kept, link) = (
            folder.path("p"),
            folder.path("a.csv"),
            folder.path("k.csv"),
            folder.path("l.csv"),
        );
        fs::write(&plain, "").unwrap();
        fs::write(&kept, "old").unwrap();
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink(&kept, &link).unwrap();
        for path in [&made, &link] {
            assert_eq!(
                attache(&["--output", path, "examples/talks.txt"], "").status.code(),
                Some(0)
            );
        }
        assert_eq!((mode(&made), mode(&kept)), (mode(&plain), 0o600));
        // A link stays one; what it leads to is written.
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(&kept).unwrap().starts_with("article,"));
    }

    /// What asks a process to end, with the exit codes that shells give to it.
    fn ends() -> Vec<(&'static str, i32)> {
        let mut ends = vec![("INT", 130), ("TERM", 143)];
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
        // A process that is started under `nohup` hears no hangup, and nor do those that it starts.
        if u64::from_str_radix(ignored.trim(), 16).unwrap() & 1 == 0 {
            ends.push(("HUP", 129));
        } else {
            println!("hangups are left out: these tests are not to hear any");
        }
        ends
    }

    #[test]
    fn whoever_is_told_to_end_leaves_no_file() {
        for (signal, code) in ends() {
            for format in ["csv", "brat"] {
                let folder = Folder::new("told-to-end");
                let path = folder.path("a");
                let (mut child, feeding) = endless(&["--jsonl", "--format", format, "--output", &path]);
                folder.wait_for_a_name();
                std::thread::sleep(std::time::Duration::from_millis(200));
                send(signal, &child);
                let mut told = String::new();
                child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
                assert_eq!(child.wait().unwrap().code(), Some(code), "{told}");
                feeding.join().unwrap();
                assert!(
                    told.contains("interrupted; nothing is written"),
                    "{signal} {format}: {told}"
                );
                assert_eq!(folder.names(), Vec::<String>::new(), "{signal} {format}");
            }
        }
    }

    /// A single article comes from a pipe as a feed does, and the file is open before it.
    #[test]
    fn whoever_is_told_to_end_before_anything_was_read_leaves_no_file() {
        for (signal, code) in ends() {
            let folder = Folder::new("waiting");
            let path = folder.path("a.csv");
            let mut child = piped(Command::new(env!("CARGO_BIN_EXE_attache")).args(["--output", &path]));
            // At its end there would be an article without a text.
            let stdin = child.stdin.take();
            folder.wait_for_a_name();
            send(signal, &child);
            let end = child.wait_with_output().unwrap();
            drop(stdin);
            assert_eq!(end.status.code(), Some(code));
            assert_eq!(stderr(&end), "\nattache: interrupted; nothing is written\n");
            assert_eq!(folder.names(), Vec::<String>::new(), "{signal}");
        }
    }

    /// As `nohup` does it.
    #[test]
    fn a_hangup_that_is_to_be_ignored_is_ignored() {
        let folder = Folder::new("nohup");
        let path = folder.path("a.csv");
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_attache")]);
        let mut child = piped(shell.args(["--output", &path]));
        folder.wait_for_a_name();
        send("HUP", &child);
        std::thread::sleep(std::time::Duration::from_millis(200));
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"\xe2\x80\x9cNo,\xe2\x80\x9d said Ole Strand.")
            .unwrap();
        let end = child.wait_with_output().unwrap();
        assert_eq!((end.status.code(), stderr(&end).as_str()), (Some(0), ""));
        assert!(fs::read_to_string(&path).unwrap().contains("Ole Strand"));
    }

    #[test]
    fn whoever_is_told_to_end_closes_a_stream_as_its_format_asks() {
        for (signal, code) in ends() {
            let (mut child, feeding) = endless(&["--jsonl", "--format", "jsonld", "--on-error", "skip"]);
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            let mut text = String::new();
            for _ in 0..50 {
                stdout.read_line(&mut text).unwrap();
            }
            send(signal, &child);
            stdout.read_to_string(&mut text).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(code));
            feeding.join().unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{signal}");
        }
    }

    #[test]
    fn a_closed_pipe_is_quiet_success_in_any_format() {
        for format in ["text", "html", "csv", "jsonld", "quotebank"] {
            let (mut child, feeding) = endless(&["--jsonl", "--format", format, "--on-error", "skip"]);
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            stdout.read_line(&mut String::new()).unwrap();
            drop(stdout);
            feeding.join().unwrap();
            let end = child.wait_with_output().unwrap();
            assert_eq!((end.status.code(), stderr(&end).as_str()), (Some(0), ""), "{format}");
        }
    }

    /// The program with input that does not end before it.
    fn endless(args: &[&str]) -> (Child, std::thread::JoinHandle<()>) {
        let mut child = piped(Command::new(env!("CARGO_BIN_EXE_attache")).args(args));
        let mut stdin = child.stdin.take().unwrap();
        let lines: String = articles()
            .lines()
            .filter(|line| line.contains("\"text\""))
            .map(|l| format!("{l}\n"))
            .collect();
        let feeding = std::thread::spawn(move || while stdin.write_all(lines.as_bytes()).is_ok() {});
        (child, feeding)
    }

    fn send(signal: &str, child: &Child) {
        let sent = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }
}
