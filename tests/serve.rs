//! The server, asked over real sockets: what it answers, what it refuses, what it does when it is told to stop.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used)]

#[path = "serve/client.rs"]
mod client;
#[path = "serve/limits.rs"]
mod limits;
#[path = "serve/pages.rs"]
mod pages;

use attache::serve::Limits;
use client::{read, serve};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const ARTICLE: &str = "\"We are ready,\" Elena Marsh said in Berlin. She warned that \"time is short\".";

#[test]
fn an_article_gets_the_record_that_the_command_line_prints() {
    let server = serve(1, Limits::default());
    let json = json!({"text": ARTICLE, "id": 7, "date": "2017-04-12", "paper": "The Star"}).to_string();
    for (kind, target, body, args) in [
        ("text/plain", "/extract", ARTICLE, vec![]),
        (
            "text/plain; charset=utf-8",
            "/extract?date=2017-04-12",
            ARTICLE,
            vec!["--date", "2017-04-12"],
        ),
        (
            "application/json",
            "/extract?offsets=utf16",
            &json,
            vec!["--jsonl", "--offsets", "utf16"],
        ),
    ] {
        let answer = server.post(target, kind, body.as_bytes());
        assert_eq!(
            (answer.status, &*answer.headers["content-type"]),
            (200, "application/json")
        );
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        let mut child = command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
        let printed = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(answer.body, printed, "{target}");
    }
    assert_eq!(server.metric("attache_articles_total{outcome=\"done\"}"), 3.0);
    let page = "<!doctype html><title>Talks</title><article><h1>Talks</h1><p>“We are ready,” Elena Marsh said in Berlin \
                on Monday, before the talks with her neighbours began again.</p></article>";
    let record = server.post("/extract", "text/html", page.as_bytes()).json();
    assert_eq!(
        (&record["title"], &record["quotes"][0]["text"]),
        (&"Talks".into(), &"We are ready,".into())
    );
}

#[test]
fn what_is_wrong_with_a_request_is_told_with_a_status_and_a_code() {
    let server = serve(1, Limits::default());
    let (text, json, lines) = ("text/plain", "application/json", "application/x-ndjson");
    for (target, kind, body, status, code) in [
        ("/extract", text, &b""[..], 400, "empty"),
        ("/extract", text, b" \n", 400, "empty"),
        ("/extract", text, b"a\0b", 400, "binary"),
        ("/extract", json, b"{", 400, "invalid_json"),
        ("/extract", json, b"[]", 400, "wrong_type"),
        ("/extract", json, b"{\"text\":1}", 400, "wrong_type"),
        ("/extract", json, b"{\"id\":1}", 400, "missing_text"),
        (
            "/extract",
            json,
            b"{\"text\":\"a\",\"date\":\"soon\"}",
            400,
            "invalid_date",
        ),
        ("/extract?date=2017-02-30", text, b"a", 400, "invalid_date"),
        ("/extract?offsets=words", text, b"a", 400, "bad_request"),
        ("/extract?colour=red", text, b"a", 400, "bad_request"),
        ("/extract", "image/png", b"a", 415, "unsupported_media_type"),
        ("/extract/batch", json, b"{}", 415, "unsupported_media_type"),
        ("/extract/batch?date=x", lines, b"{}", 400, "invalid_date"),
        ("/healthz", text, b"", 405, "method_not_allowed"),
        ("/nowhere", text, b"", 404, "not_found"),
        ("/assets/../Cargo.toml", text, b"", 404, "not_found"),
    ] {
        let answer = server.post(target, kind, body);
        assert_eq!((answer.status, &*answer.code()), (status, code), "{target} {body:?}");
        assert_eq!(answer.headers["content-type"], "application/json");
    }
    let answer = server.raw(b"PUT /extract HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert_eq!((answer.status, &*answer.headers["allow"]), (405, "POST"));
}

#[test]
fn a_batch_gives_a_line_for_a_line_in_order() {
    let mut limits = Limits::default();
    limits.body_bytes = 4000;
    let server = serve(2, limits);
    let mut input = String::new();
    let mut wanted = Vec::new();
    for id in 0..300 {
        if id % 50 == 7 {
            input += "no json\n\n";
            wanted.push((Value::Null, "invalid_json"));
        } else if id % 50 == 9 {
            input += &format!("{{\"id\":{id},\"text\":\"{}\"}}\n", "Yes. ".repeat(1000));
            wanted.push((Value::Null, "too_large"));
        } else {
            input += &format!("{}\n", json!({"id": id, "text": ARTICLE}));
            wanted.push((id.into(), ""));
        }
    }
    let answer = server.post("/extract/batch", "application/x-ndjson", input.trim_end().as_bytes());
    assert_eq!((answer.status, answer.whole), (200, true));
    let lines = answer
        .body
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let had: Vec<(Value, String)> = lines
        .map(|line| {
            (
                line["id"].clone(),
                line["error"]["code"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    assert_eq!(had.len(), wanted.len());
    for ((id, code), (wanted_id, wanted_code)) in had.iter().zip(&wanted) {
        assert_eq!((id, code.as_str()), (wanted_id, *wanted_code));
    }
    assert_eq!(server.metric("attache_articles_total{outcome=\"failed\"}"), 12.0);
}

#[test]
fn lines_of_a_batch_are_answered_while_others_are_still_to_come() {
    let server = serve(1, Limits::default());
    let mut stream = server.connect();
    write!(
        stream,
        "POST /extract/batch HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: \
         chunked\r\n\r\n"
    )
    .unwrap();
    let mut seen = Vec::new();
    for id in 0..3 {
        // The beginning of the next line already waits: it must not hold the answer back.
        let line = format!("{{\"id\":{id},\"text\":\"Yes.\"}}\n  ");
        write!(stream, "{:x}\r\n{line}\r\n", line.len()).unwrap();
        while !String::from_utf8_lossy(&seen).contains(&format!("\"id\":{id},")) {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).unwrap();
            assert!(count > 0);
            seen.extend_from_slice(&piece[..count]);
        }
    }
    write!(stream, "0\r\n\r\n").unwrap();
    while !seen.ends_with(b"\r\n0\r\n\r\n") {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&piece[..count]);
    }
}

#[test]
fn every_answer_carries_the_headers_that_guard_it() {
    let server = serve(1, Limits::default());
    let answers = [
        server.page("/try"),
        server.get("/nowhere"),
        server.page("/nowhere"),
        server.get("/metrics"),
        server.get("/assets/page.js"),
        server.post("/extract", "text/plain", b"Yes."),
        server.post("/healthz", "text/plain", b""),
    ];
    for answer in answers {
        let policy = &answer.headers["content-security-policy"];
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        if answer.headers["content-type"].starts_with("text/html") {
            assert!(
                !answer.body.contains("<style") && !answer.body.contains(" style="),
                "{}",
                answer.body
            );
            assert!(!answer.body.contains("<script>"), "{}", answer.body);
        }
    }
}

#[test]
fn a_page_of_another_name_cannot_ask_a_loopback_server() {
    let server = serve(1, Limits::default());
    let asked =
        |host: &str| server.raw(format!("GET /try HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes());
    assert_eq!(asked("localhost:99").status, 200);
    assert_eq!(asked("127.0.0.1").status, 200);
    let answer = asked("rebound.example");
    assert_eq!((answer.status, &*answer.code()), (421, "misdirected"));
}

#[test]
fn what_is_pasted_is_shown_as_text_whatever_it_says() {
    let server = serve(1, Limits::default());
    let text = "\"<script>alert(1)</script> & <img src=x onerror=alert(2)>,\" Elena <b>Marsh</b> said.\n\n\
                </textarea><script>alert(3)</script> \"'><svg onload=alert(4)>";
    let form = serde_urlencoded::to_string([("text", text), ("date", "2017-04-12")]).unwrap();
    let answer = server.post("/try", "application/x-www-form-urlencoded", form.as_bytes());
    assert_eq!(answer.status, 200);
    for tag in ["<script>", "<img", "<svg", "<b>M"] {
        assert!(!answer.body.contains(tag), "{tag}\n{}", answer.body);
    }
    assert_eq!(answer.body.matches("</textarea>").count(), 1);
    assert!(answer.body.contains("&lt;script&gt;alert(1)"), "{}", answer.body);
    let wrong = serde_urlencoded::to_string([("text", "Yes."), ("date", "\"><script>alert(5)</script>")]).unwrap();
    let answer = server.post("/try", "application/x-www-form-urlencoded", wrong.as_bytes());
    assert!(
        answer.body.contains("no such date") && !answer.body.contains("<script>"),
        "{}",
        answer.body
    );
}

#[test]
fn the_form_marks_quotes_and_tells_of_each() {
    let server = serve(1, Limits::default());
    let form = serde_urlencoded::to_string([("text", ARTICLE)]).unwrap();
    let answer = server.post("/try", "application/x-www-form-urlencoded", form.as_bytes());
    assert_eq!(answer.status, 200);
    for piece in [
        "href=\"#quote-0\"",
        "id=\"quote-0\"",
        "id=\"at-1\"",
        "<b>Elena Marsh</b>",
        "&quot;schema&quot;",
    ] {
        assert!(answer.body.contains(piece), "{piece}\n{}", answer.body);
    }
    // Two who may be meant: the card tells of the second as well.
    let aide = b"text=The+minister+met+an+aide+in+the+harbour.+An+aide+to+the+minister+said+no+deal+was+near.";
    let aide = server.post("/try", "application/x-www-form-urlencoded", aide).body;
    assert!(aide.contains("<dt>Or else</dt><dd>the minister ("), "{aide}");
    let empty = server.post("/try", "application/x-www-form-urlencoded", b"text=+");
    assert!(empty.body.contains("role=\"alert\""), "{}", empty.body);
    assert!(server.page("/try?sample").body.contains("Ilse Brandauer"));
}

#[test]
fn the_description_of_the_api_names_every_address_of_it() {
    let server = serve(1, Limits::default());
    let api = server.get("/openapi.json").json();
    for (path, methods) in api["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let answer = match method.as_str() {
                "get" => server.get(&path.replace("{id}", "1")),
                _ => server.post(&path.replace("{id}", "1"), "text/plain", b"Yes."),
            };
            // Without a database its pages are not there, and say so; no address that is described is unknown.
            let unknown = answer.status == 405 || answer.status == 404 && !answer.body.contains("without a database");
            assert!(!unknown, "{method} {path}: {}", answer.body);
        }
    }
    let record = server.post("/extract", "text/plain", ARTICLE.as_bytes()).json();
    let schema = json!({"$ref": "#/components/schemas/record", "components": api["components"]});
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&record));
    assert!(!validator.is_valid(&json!({"schema": "attache/1"})));
}

#[test]
fn requests_are_told_to_the_log_on_one_line_each() {
    let server = serve(1, Limits::default());
    server.get("/try?x=%0Aforged");
    let events = server.events.lock().unwrap();
    let lines: Vec<String> = events.iter().map(ToString::to_string).collect();
    assert!(lines[0].starts_with("127.0.0.1 GET /try?x=%0Aforged 200 "), "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains('\n')));
}

#[test]
fn the_server_stops_after_the_requests_under_way() {
    let mut server = serve(1, Limits::default());
    let mut idle = server.connect();
    write!(idle, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert_eq!(read(&mut idle).status, 200);
    let mut busy = server.connect();
    let head =
        "POST /extract HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\nYes.";
    busy.write_all(head.as_bytes()).unwrap();
    while server.metric("attache_connections") < 3.0 {
        std::thread::yield_now();
    }
    server.stop();
    // An idle connection is closed at once.
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
    busy.write_all(b" Said.").unwrap();
    let answer = read(&mut busy);
    assert_eq!((answer.status, &*answer.headers["connection"]), (200, "close"));
    server.join();
    assert!(std::net::TcpStream::connect(server.address).is_err());
}

#[cfg(unix)]
#[test]
fn the_command_says_where_it_listens_and_ends_by_a_signal() {
    // A terminal that is closed ends it as gracefully as a service manager; not so if the tests themselves run under
    // `nohup`, which whatever they start must heed.
    ends_by("-TERM");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    if ignored.is_some_and(|mask| mask & 1 == 0) {
        ends_by("-HUP");
    } else {
        println!("not tested: whoever started the tests has hung up on SIGHUP");
    }
}

#[cfg(unix)]
fn ends_by(signal: &str) {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let address = first.strip_prefix("attache: listening on http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert_eq!(read(&mut stream).status, 200);
    assert!(lines.next().unwrap().unwrap().contains(" 127.0.0.1 GET /healthz 200 "));
    let killed = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(lines.next().unwrap().unwrap().contains("stopping, 1 connections open"));
}

#[cfg(unix)]
#[test]
fn a_log_that_nobody_reads_stops_no_request() {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let mut stream =
        std::net::TcpStream::connect(first.strip_prefix("attache: listening on http://").unwrap()).unwrap();
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(10)))
        .unwrap();
    // More lines than may wait, and a line of a kilobyte each: a pipe holds 64 of these.
    // One packet a request: the second of two would wait for the first one's answer.
    let requests = 1500;
    let request = format!("GET /healthz?{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(1000));
    for _ in 0..requests {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(read(&mut stream).status, 200);
    }
    drop(stream);
    let killed = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let told = std::thread::spawn(move || lines.map(Result::unwrap).collect::<Vec<_>>());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let (mut written, mut missing) = (0, 0);
    for line in told.join().unwrap() {
        written += usize::from(line.contains(" GET /healthz?aaa"));
        let number = line.strip_suffix(" lines left out: the log is read too slowly");
        missing += number.map_or(0, |number| number.parse::<usize>().unwrap());
    }
    // The two last lines, of the end, may be among those that are left out.
    assert!(
        missing > 0 && (requests..=requests + 2).contains(&(written + missing)),
        "{written} {missing}"
    );
}
