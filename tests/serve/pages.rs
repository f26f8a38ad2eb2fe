//! Pages of a database: what they show, that all they show is text, and who may change it.

use crate::client::{Answer, Running, serve_database};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// A database of a few articles; gone when dropped.
struct Base(PathBuf);

impl Base {
    fn of(name: &str, articles: &[Value]) -> Base {
        let folder = std::env::temp_dir().join(format!("attache-serve-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let base = Base(folder);
        base.ingest(articles);
        base
    }

    fn file(&self) -> PathBuf {
        self.0.join("quotes.db")
    }

    fn ingest(&self, articles: &[Value]) {
        let input = self.0.join("articles.jsonl");
        let lines: Vec<String> = articles.iter().map(|article| format!("{article}\n")).collect();
        std::fs::write(&input, lines.concat()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        let output = command
            .args(["ingest", "--db"])
            .args([&self.file(), &input])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn article(id: u32, text: &str) -> Value {
    json!({"id": format!("a{id}"), "title": format!("Talks {id}"), "date": format!("2017-0{}-12", id % 9 + 1),
           "url": format!("https://star.example/{id}"), "site": "The Star", "text": text})
}

fn talks() -> Vec<Value> {
    vec![
        article(
            1,
            "\"No treaty survives a dry summer without money behind it,\" Elena Marsh said in Berlin.",
        ),
        article(
            2,
            "Elena Marsh warned: \"No treaty survives a hot dry summer without money behind it.\"",
        ),
        article(
            3,
            "\"We expected a signature, not a photograph,\" Marek Dvorsky told reporters in Vienna.",
        ),
    ]
}

/// The value of the first attribute of this name behind a place of a page.
fn attribute(page: &str, behind: &str, name: &str) -> String {
    let rest = &page[page.find(behind).unwrap_or_else(|| panic!("no {behind} in {page}"))..];
    let rest = rest.split_once(&format!("{name}=\"")).unwrap().1;
    rest.split_once('"').unwrap().0.to_owned()
}

fn send(server: &Running, target: &str, headers: &str, body: &str) -> Answer {
    let request = format!(
        "POST {target} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n{headers}\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    server.raw(request.as_bytes())
}

#[test]
fn an_article_tells_who_else_may_have_said_it() {
    let text = "Elena Marsh met Marek Dvorsky in Vienna on Tuesday. Both spoke to reporters after the talks.\n\n\
                \"We expected a signature, not a photograph.\"\n\nDvorsky left early. \"The water is not ours to sell,\" the envoy said.";
    let base = Base::of("others", &[article(1, text)]);
    let server = serve_database(&base.file(), false);
    let twin = server.get("/articles/1.json").json();
    let quotes = twin["quotes"].as_array().unwrap();
    let others = quotes
        .iter()
        .flat_map(|quote| quote["alternatives"].as_array().unwrap());
    let others: Vec<&Value> = others.collect();
    assert!(others.iter().any(|other| other["speaker"] == "Elena Marsh"), "{twin}");
    assert!(others.iter().all(|other| other["probability"].as_f64().unwrap() < 1.0));
    let page = server.page("/articles/1").body;
    let or_else = page.split("<dt>Or else</dt>").skip(1);
    let mut or_else = or_else.filter_map(|rest| rest.split("</dd>").next());
    assert!(or_else.any(|names| names.contains("Elena Marsh (")), "{page}");
}

#[test]
fn those_who_say_it_together_are_named_and_found_together() {
    let text = "Ana Marsh and Tom Orlov met in Graz. “We will wait for the other side,” said Marsh and Orlov.";
    let base = Base::of("together", &[article(1, text)]);
    let server = serve_database(&base.file(), false);
    let found = server.get("/search.json?speaker=Orlov").json();
    assert_eq!(found["count"], 1, "{found}");
    let hit = &found["hits"][0];
    assert_eq!(
        (&hit["speaker"], &hit["co_speakers"]),
        (&"Ana Marsh".into(), &"Tom Orlov".into())
    );
    let page = server.page("/search?speaker=Orlov").body;
    let (_, behind) = page.split_once("<b>Ana Marsh</b></a> and <a href=\"").unwrap();
    let (orlov, behind) = behind.split_once('"').unwrap();
    assert!(behind.starts_with("><b>Tom Orlov</b></a>"), "{page}");
    assert!(server.page(orlov).body.contains("1 quote"));
    let page = server.page("/articles/1").body;
    assert!(page.contains("<b>Ana Marsh</b></a> and <b>Tom Orlov</b>"), "{page}");
    let twin = server.get("/articles/1.json").json();
    assert_eq!(twin["quotes"][0]["co_speakers"], "Tom Orlov");
}

#[test]
fn every_page_has_a_twin_in_json_and_links_lead_on() {
    let base = Base::of("twins", &talks());
    let server = serve_database(&base.file(), false);
    let found = server.get("/search.json?speaker=Marsh&from=2017-01-01").json();
    assert_eq!(
        (&found["count"], found["hits"].as_array().unwrap().len()),
        (&2.into(), 2)
    );
    let hit = &found["hits"][0];
    for (path, of) in [
        ("/search?q=treaty&type=direct".to_owned(), "hits"),
        (format!("/speakers/{}", hit["speaker_id"]), "months"),
        (format!("/statements/{}", hit["statement"]), "variants"),
        (format!("/articles/{}", hit["article"]), "mentions"),
        ("/corrections".to_owned(), ""),
    ] {
        let page = server.page(&path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        let (bare, query) = path.split_once('?').unwrap_or((&path, ""));
        let twin = server.get(&format!("{bare}.json?{query}"));
        assert_eq!(
            (twin.status, &*twin.headers["content-type"]),
            (200, "application/json"),
            "{path}"
        );
        assert!(of.is_empty() || twin.json()[of].is_array(), "{path}: {}", twin.body);
    }
    let marked = server.page("/search?q=treaty").body;
    assert!(marked.contains("<mark>treaty</mark>"), "{marked}");
    let statement = server.page(&format!("/statements/{}", hit["statement"])).body;
    assert!(
        statement.contains("<ins>hot") || statement.contains("<del>hot"),
        "{statement}"
    );
    let start = server.page("/").body;
    assert_eq!(start.matches("class=\"plot\"").count(), 2);
    for (caption, row) in [
        ("Quotes by month", "<tr><td>2017-02</td><td>1</td><td>0 %</td></tr>"),
        ("Quotes by speaker", "Elena Marsh</a></td><td>2</td></tr>"),
    ] {
        assert!(
            start.contains(&format!("<caption class=\"quiet\">{caption}</caption>")),
            "{start}"
        );
        assert!(start.contains(row), "{row}: {start}");
    }
}

#[test]
fn the_form_takes_every_filter_of_the_address() {
    let base = Base::of("filters", &talks());
    let server = serve_database(&base.file(), false);
    let api = server.get("/openapi.json").json();
    let page = server.page("/search?min_confidence=0.999&speaker=Marsh").body;
    for parameter in api["paths"]["/search.json"]["get"]["parameters"].as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        assert_eq!(page.contains(&format!("name=\"{name}\"")), name != "page", "{name}");
    }
    assert_eq!(attribute(&page, "name=\"min_confidence\"", "value"), "0.999");
    let count = |least: &str| server.get(&format!("/search.json?min_confidence={least}")).json()["count"].clone();
    assert_eq!((count("0"), count("")), (3.into(), 3.into()));
    assert_eq!(count("1"), 0);
    // A month is all of its days, and in the form they are whole ones.
    let page = server.page("/search?from=2016&to=2017-02").body;
    assert_eq!(attribute(&page, "name=\"from\"", "value"), "2016-01-01");
    assert_eq!(attribute(&page, "name=\"to\"", "value"), "2017-02-28");
    let within = |days: &str| server.get(&format!("/search.json?{days}")).json()["count"].clone();
    assert_eq!((within("from=2017&to=2017"), within("from=2018")), (3.into(), 0.into()));
}

#[test]
fn health_is_that_of_the_database_too() {
    let base = Base::of("health", &talks());
    let server = serve_database(&base.file(), true);
    let answer = server.get("/healthz");
    assert_eq!((answer.status, answer.json()), (200, json!({"status": "ok"})));
    let size = std::fs::metadata(base.file()).unwrap().len();
    std::fs::write(base.file(), vec![b'x'; usize::try_from(size).unwrap()]).unwrap();
    let answer = server.get("/healthz");
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(answer.headers["retry-after"], "1");
}

#[test]
fn what_is_not_there_or_not_understood_is_told_so() {
    let base = Base::of("wrong", &talks());
    let server = serve_database(&base.file(), false);
    for (target, status) in [
        ("/speakers/99999", 404),
        ("/speakers/x", 404),
        ("/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/search?q=-only", 400),
        ("/search?from=soon", 400),
        ("/search?to=2017-13", 400),
        ("/search?min_confidence=2", 400),
        ("/search?page=0", 400),
        ("/search?colour=red", 400),
        ("/search?type=odd", 400),
        ("/search?q=%22%27%20OR%201%3D1%20--%00", 200),
    ] {
        let page = server.page(target);
        assert_eq!(page.status, status, "{target}: {}", page.body);
        assert!(page.headers["content-type"].starts_with("text/html"), "{target}");
    }
}

#[test]
fn nothing_from_an_article_or_a_query_becomes_markup() {
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let text = format!("\"{evil} We are ready,\" Elena <b onclick=x>Marsh</b> said. Elena Marsh said \"{evil}\".");
    let articles = [
        json!({"id": evil, "title": evil, "site": evil, "author": evil, "url": "javascript:alert(3)", "text": text,
               "date": "2017-04-12"}),
        json!({"id": "2", "title": "T", "url": format!("https://star.example/{evil}"), "text": text}),
    ];
    let base = Base::of("evil", &articles);
    let server = serve_database(&base.file(), false);
    let query: String = evil.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let mut pages = vec![
        "/".to_owned(),
        "/corrections".to_owned(),
        format!("/search?q={query}&outlet={query}"),
    ];
    pages.extend((1..=2).map(|id| format!("/articles/{id}")));
    pages.push("/search".to_owned());
    let hits = server.get("/search.json").json();
    for hit in hits["hits"].as_array().unwrap() {
        pages.push(format!("/statements/{}", hit["statement"]));
        if !hit["speaker_id"].is_null() {
            pages.push(format!("/speakers/{}", hit["speaker_id"]));
        }
    }
    for page in pages {
        let answer = server.page(&page);
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        for tag in ["<script>", "<img", "<b onclick", "href=\"javascript:"] {
            assert!(!answer.body.contains(tag), "{page}: {tag}\n{}", answer.body);
        }
    }
    assert!(server.page("/articles/1").body.contains("javascript:alert(3)"));
}

#[test]
fn a_correction_needs_a_page_of_this_server() {
    let base = Base::of("correct", &talks());
    let server = serve_database(&base.file(), false);
    let page = server.page("/articles/3").body;
    let (target, token) = (
        attribute(&page, "details class=\"correct\"", "action"),
        attribute(&page, "name=\"token\"", "value"),
    );
    let form = format!("token={token}&speaker=Ilse+Brandauer");
    for (headers, body) in [
        ("", "token=&speaker=Ilse+Brandauer"),
        ("sec-fetch-site: cross-site\r\n", &*form),
        ("sec-fetch-site: same-site\r\n", &*form),
        ("origin: https://evil.example\r\n", &*form),
        ("origin: null\r\n", &*form),
    ] {
        let answer = send(&server, &target, headers, body);
        assert_eq!((answer.status, &*answer.code()), (403, "foreign_form"), "{headers}");
    }
    assert_eq!(server.get(&target).status, 405);
    assert_eq!(server.get("/corrections.json").json(), json!([]));
    let answer = send(
        &server,
        &target,
        "sec-fetch-site: same-origin\r\norigin: http://localhost\r\n",
        &form,
    );
    assert_eq!((answer.status, &*answer.headers["location"]), (303, "/articles/3"));
    let page = server.page("/articles/3").body;
    assert!(page.contains("<b>Ilse Brandauer</b>"), "{page}");
    let list = server.page("/corrections").body;
    let back = send(
        &server,
        &attribute(&list, "<form", "action"),
        "",
        &format!("token={token}"),
    );
    assert_eq!(back.status, 303);
    assert!(server.page("/articles/3").body.contains("<b>Marek Dvorsky</b>"));
}

#[test]
fn corrections_come_in_pages() {
    let base = Base::of("pages", &talks());
    let made = "INSERT INTO corrections(article_key, quote_key, action, made, reverted)
                WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 120)
                SELECT 'url:gone', n, 'not-a-quote', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z' FROM n";
    rusqlite::Connection::open(base.file())
        .unwrap()
        .execute(made, [])
        .unwrap();
    let server = serve_database(&base.file(), true);
    let ids = |page: &str| {
        let listed = server.get(&format!("/corrections.json{page}")).json();
        let listed = listed.as_array().unwrap().clone();
        (listed.len(), listed[0]["id"].as_i64().unwrap())
    };
    assert_eq!(
        [ids(""), ids("?page=2"), ids("?page=3")],
        [(50, 120), (50, 70), (20, 20)]
    );
    assert!(
        server
            .page("/corrections?page=2")
            .body
            .contains("href=\"/corrections?page=3\"")
    );
    assert!(!server.page("/corrections?page=3").body.contains("rel=\"next\""));
    assert_eq!(server.get("/corrections?page=0").status, 400);
}

#[test]
fn whoever_waits_to_correct_keeps_nobody_from_reading() {
    let base = Base::of("waits", &talks());
    let server = serve_database(&base.file(), false);
    let page = server.page("/articles/3").body;
    let (target, token) = (
        attribute(&page, "details class=\"correct\"", "action"),
        attribute(&page, "name=\"token\"", "value"),
    );
    let writer = rusqlite::Connection::open(base.file()).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let form = format!("token={token}&speaker=Ilse+Brandauer");
    std::thread::scope(|scope| {
        let corrections: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| send(&server, &target, "", &form).status))
            .collect();
        std::thread::sleep(Duration::from_millis(300));
        let since = Instant::now();
        assert_eq!(
            server
                .post("/extract", "text/plain", "“Ja,” Ann Lee said.".as_bytes())
                .status,
            200
        );
        assert!(since.elapsed() < Duration::from_secs(3), "{:?}", since.elapsed());
        writer.execute_batch("COMMIT").unwrap();
        assert!(
            corrections
                .into_iter()
                .all(|correction| correction.join().unwrap() == 303)
        );
    });
}

#[test]
fn a_server_that_only_reads_changes_nothing() {
    let base = Base::of("read-only", &talks());
    let server = serve_database(&base.file(), true);
    assert!(!server.page("/articles/3").body.contains("name=\"token\""));
    let answer = send(&server, "/quotes/1/correct", "", "token=x&speaker=Ilse+Brandauer");
    assert_eq!((answer.status, &*answer.code()), (403, "read_only"));
    assert_eq!(server.get("/corrections.json").json(), json!([]));
}

#[test]
fn an_ingest_is_seen_while_the_server_reads() {
    let base = Base::of("wal", &talks()[..1]);
    let server = serve_database(&base.file(), false);
    let count = || server.get("/search.json").json()["count"].as_u64().unwrap();
    let before = count();
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| (0..50).all(|_| server.get("/search.json?q=treaty").status == 200));
        base.ingest(&talks()[1..]);
        assert!(reading.join().unwrap());
    });
    assert!(count() > before, "{before}");
}
