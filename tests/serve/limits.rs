//! No client can hold the server: sizes, numbers and times have limits, and each limit its status.

use crate::client::{read, serve};
use attache::serve::Limits;
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

const HEAD: &str = "POST /extract HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\n";

#[test]
fn a_body_too_large_is_refused_announced_or_not() {
    let mut limits = Limits::default();
    limits.body_bytes = 10_000;
    let server = serve(1, limits);
    let just = "Yes. ".repeat(2000);
    assert_eq!(server.post("/extract", "text/plain", just.as_bytes()).status, 200);
    let answer = server.post("/extract", "text/plain", format!("{just}!").as_bytes());
    assert_eq!((answer.status, &*answer.code()), (413, "too_large"));
    assert_eq!(answer.headers["connection"], "close");
    // The whole of it is sent before the answer is read, as simple clients do.
    let answer = server.post("/extract", "text/plain", "Yes. ".repeat(1_000_000).as_bytes());
    assert_eq!(answer.status, 413);
    let chunk = format!("{:x}\r\n{just}\r\n", just.len());
    let chunked = format!("{HEAD}transfer-encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
    assert_eq!(server.raw(chunked.as_bytes()).status, 413);
    let form = format!("text={just}!");
    let answer = server.post("/try", "application/x-www-form-urlencoded", form.as_bytes());
    assert_eq!(answer.status, 413);
}

#[test]
fn a_head_that_does_not_come_ends_the_connection() {
    let mut limits = Limits::default();
    limits.head_time = Duration::from_millis(200);
    let server = serve(1, limits);
    for sent in ["", "GET /healthz HTTP/1.1\r\n"] {
        let mut stream = server.connect();
        stream.write_all(sent.as_bytes()).unwrap();
        let mut rest = Vec::new();
        // Closed or reset: either way it is over.
        let _ = stream.read_to_end(&mut rest);
        assert!(!String::from_utf8_lossy(&rest).contains("200 OK"), "{sent:?}");
    }
    // One byte at a time does not buy more time.
    let begun = Instant::now();
    let mut stream = server.connect();
    while stream.write_all(b"x").is_ok() {
        thread::sleep(Duration::from_millis(20));
        assert!(begun.elapsed() < Duration::from_secs(20), "still open");
    }
    while server.metric("attache_connections") > 1.0 {
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_body_that_does_not_come_is_answered_408() {
    let mut limits = Limits::default();
    limits.body_time = Duration::from_millis(200);
    let server = serve(1, limits);
    let mut stream = server.connect();
    write!(stream, "{HEAD}content-length: 100\r\n\r\nYes.").unwrap();
    let answer = read(&mut stream);
    assert_eq!((answer.status, &*answer.code()), (408, "too_slow"));
    assert_eq!(answer.headers["connection"], "close");
    // The worker was never held.
    assert_eq!(server.post("/extract", "text/plain", b"Yes.").status, 200);
}

#[test]
fn one_request_too_many_is_answered_503_with_a_time_to_come_back() {
    let mut limits = Limits::default();
    limits.queue = 1;
    limits.body_bytes = 4 << 20;
    let server = serve(1, limits);
    let long = "Elena Marsh said she was ready. ".repeat(60_000);
    thread::scope(|scope| {
        let asked: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| server.post("/extract", "text/plain", long.as_bytes())))
            .collect();
        let answers: Vec<_> = asked.into_iter().map(|asked| asked.join().unwrap()).collect();
        let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(!busy.is_empty() && busy.len() <= 4, "{}", busy.len());
        for answer in busy {
            assert_eq!((&*answer.code(), &*answer.headers["retry-after"]), ("busy", "1"));
        }
        assert_eq!(server.get("/healthz").status, 200);
    });
}

#[test]
fn work_that_takes_too_long_is_answered_503() {
    let mut limits = Limits::default();
    limits.work_time = Duration::from_millis(1);
    let server = serve(1, limits);
    let long = "Elena Marsh said she was ready. ".repeat(30_000);
    let answer = server.post("/extract", "text/plain", long.as_bytes());
    assert_eq!((answer.status, &*answer.code()), (503, "timeout"));
    assert_eq!(answer.headers["retry-after"], "1");
}

#[test]
fn bodies_share_a_memory_that_ends() {
    let mut limits = Limits::default();
    limits.memory_bytes = 150_000;
    let server = serve(1, limits);
    // Until the first one holds its share: while the other one is answered, it may be refused itself.
    let (first, answer) = loop {
        let mut first = server.connect();
        write!(first, "{HEAD}content-length: 100000\r\n\r\nYes.").unwrap();
        let answer = server.post("/extract", "text/plain", "Yes. ".repeat(20_000).as_bytes());
        if answer.status != 200 {
            break (first, answer);
        }
    };
    assert_eq!((answer.status, &*answer.code()), (503, "busy"));
    assert_eq!(
        server
            .post("/extract", "text/plain", "Yes. ".repeat(4000).as_bytes())
            .status,
        200
    );
    drop(first);
    while server
        .post("/extract", "text/plain", "Yes. ".repeat(20_000).as_bytes())
        .status
        != 200
    {
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn one_connection_too_many_is_told_so() {
    let mut limits = Limits::default();
    limits.connections = 2;
    let server = serve(1, limits);
    let mut held: Vec<_> = (0..2).map(|_| server.connect()).collect();
    for stream in &mut held {
        write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        assert_eq!(read(stream).status, 200);
    }
    let mut third = server.connect();
    let answer = read(&mut third);
    assert_eq!((answer.status, &*answer.headers["retry-after"]), (503, "1"));
    drop(held);
    while server.connect().write_all(b"GET").is_err() {}
}

#[test]
fn an_answer_that_is_not_read_ends_the_connection() {
    let mut limits = Limits::default();
    limits.grace = Duration::from_millis(300);
    limits.pace = 1 << 30;
    let server = serve(1, limits);
    let mut stream = server.connect();
    let lines = "{\"text\":\"Elena Marsh said she was ready. Elena Marsh said she was ready.\"}\n".repeat(40_000);
    let head = format!(
        "POST /extract/batch HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n",
        lines.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The answer has begun: the connection is counted from here on.
    stream.read_exact(&mut [0; 12]).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    // Written without ever reading: sooner or later the server takes no more, and then hangs up.
    let written = stream.write_all(lines.as_bytes());
    while server.metric("attache_connections") > 1.0 {
        thread::sleep(Duration::from_millis(10));
    }
    let mut rest = Vec::new();
    let ended = stream.read_to_end(&mut rest);
    assert!(written.is_err() || ended.is_err() || !rest.ends_with(b"0\r\n\r\n"));
}

#[test]
fn a_batch_that_drips_or_breaks_off_is_not_whole() {
    let mut limits = Limits::default();
    limits.grace = Duration::from_millis(300);
    let server = serve(1, limits);
    let head = "POST /extract/batch HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n";
    let mut stream = server.connect();
    writeln!(stream, "{head}{{\"id\":1,\"text\":\"Yes.\"}}").unwrap();
    let answer = read(&mut stream);
    assert_eq!((answer.status, answer.whole), (200, false));
    assert!(answer.body.contains("\"id\":1"), "{}", answer.body);
    let mut stream = server.connect();
    writeln!(stream, "{head}{{\"id\":1,\"text\":\"Yes.\"}}").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(!read(&mut stream).whole);
}

#[test]
fn batches_too_many_are_told_to_come_back() {
    let mut limits = Limits::default();
    limits.batches = 1;
    let server = serve(1, limits);
    let mut first = server.connect();
    write!(
        first,
        "POST /extract/batch HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n"
    )
    .unwrap();
    let answer = loop {
        let answer = server.post("/extract/batch", "application/x-ndjson", b"");
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!((answer.status, &*answer.headers["retry-after"]), (503, "1"));
    drop(first);
    while server.post("/extract/batch", "application/x-ndjson", b"").status != 200 {
        thread::sleep(Duration::from_millis(5));
    }
}
