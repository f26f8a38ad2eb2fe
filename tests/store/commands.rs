//! The commands that ask a database and correct it, as people type them.

use super::desk::{Desk, river};
use std::process::Output;

/// A database of three articles about a river.
fn desk() -> Desk {
    let desk = Desk::new();
    let lines: Vec<String> = river().iter().map(ToString::to_string).collect();
    std::fs::write(desk.file("river.jsonl"), lines.join("\n")).unwrap();
    said(&desk.attache(&["ingest", "--db", "quotes.db", "river.jsonl"]));
    desk
}

/// What a command says that ends well.
fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*errors), (Some(0), ""));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command complains of.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn ask(desk: &Desk, args: &[&str]) -> String {
    said(&desk.attache(&[&args[..1], &["--db", "quotes.db"], &args[1..]].concat()))
}

fn json(desk: &Desk, args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&ask(desk, &[&args[..1], &["--format", "json"], &args[1..]].concat())).unwrap()
}

#[test]
fn search_keeps_what_each_filter_says() {
    let desk = desk();
    let all = json(&desk, &["search"]).as_array().unwrap().len();
    let cases: [(&[&str], usize); 18] = [
        (&["sanctions"], 1),
        (&["--", "sanctions", "-drought"], 0),
        (&["--speaker", "Szalai"], 2),
        (&["--speaker", "Szalai", "--from", "2017-04-01"], 1),
        (&["--speaker", "Szalai", "--to", "2017-04-01"], 1),
        (&["--speaker", "Szalai", "--from", "2017-05"], 1),
        (&["--speaker", "Szalai", "--to", "2017-05"], 2),
        (&["--speaker", "Szalai", "--to", "2017-04"], 1),
        (&["--from", "2017", "--to", "2017"], all),
        (&["--from", "2018"], 0),
        (&["--outlet", "herald.example", "--speaker", "Brandauer"], 1),
        (&["--type", "direct", "--speaker", "Brandauer"], 2),
        (&["--type", "indirect", "--speaker", "Brandauer"], 0),
        (&["--about", "Poland"], 1),
        (&["--country", "Chad"], 0),
        (&["--min-confidence", "1"], 0),
        (&["--min-confidence", "0"], all),
        (&["--limit", "2"], 2),
    ];
    for (args, wanted) in cases {
        let found = json(&desk, &[&["search"], args].concat());
        assert_eq!(found.as_array().unwrap().len(), wanted, "{args:?}: {found:#}");
    }
    let wrong: [(&[&str], &str); 6] = [
        (&["--type", "loud"], "possible values: direct, mixed, indirect"),
        (&["--min-confidence", "80"], "it must be a number from 0 to 1"),
        (&["--from", "2017-02-30"], "no such date"),
        (&["--to", "2017-13"], "write 2017-04-12, 2017-04 or 2017"),
        (&["--from", "17"], "write 2017-04-12, 2017-04 or 2017"),
        (&["--limit", "-1"], "unexpected argument"),
    ];
    for (args, why) in wrong {
        let told = refused(&desk.attache(&[&["search", "--db", "quotes.db"], args].concat()));
        assert!(told.contains(why), "{args:?}: {told}");
    }
}

#[test]
fn search_writes_each_format() {
    let desk = desk();
    let text = ask(&desk, &["search", "drought"]);
    assert!(
        text.starts_with("Anna Szalai: Sanctions were never on the table"),
        "{text}"
    );
    assert!(text.contains(", herald.example, 2017-05-02"), "{text}");
    let lines = ask(&desk, &["search", "--speaker", "Szalai", "--format", "jsonl"]);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((lines.lines().count(), &first["speaker"]), (2, &"Anna Szalai".into()));
    let table = ask(&desk, &["search", "--speaker", "Szalai", "--format", "csv"]);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    assert!(table.headers().unwrap().iter().any(|name| name == "speaker"));
    assert_eq!(table.records().count(), 2);
}

#[test]
fn speakers_come_by_how_often_they_are_quoted() {
    let desk = desk();
    let listed = json(&desk, &["speakers"]);
    let counts: Vec<u64> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["quotes"].as_u64().unwrap())
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] >= 2, "{listed}");
    let text = ask(&desk, &["speakers", "--outlet", "danubewire.example"]);
    assert!(
        text.contains("  Ilse Brandauer\n") && !text.contains("Szalai"),
        "{text}"
    );
}

#[test]
fn a_timeline_is_of_one_speaker_or_of_all() {
    let desk = desk();
    let one = ask(&desk, &["timeline", "Szalai"]);
    let months: Vec<&str> = one.lines().map(|line| &line[..7]).collect();
    assert_eq!(months, ["2017-03", "2017-05"]);
    assert_eq!(ask(&desk, &["timeline", "--speaker", "Szalai"]), one);
    assert_ne!(ask(&desk, &["timeline"]), one);
    let svg = ask(&desk, &["timeline", "Szalai", "--svg"]);
    assert!(
        svg.starts_with("<svg") && svg.contains("Quotes of Szalai by month"),
        "{svg}"
    );
    let both = desk.attache(&["timeline", "--db", "quotes.db", "Szalai", "--speaker", "Dvorsky"]);
    assert!(refused(&both).contains("cannot be used with"));
}

#[test]
fn stats_count_speakers_and_hidden_sources() {
    let desk = desk();
    let counted = json(&desk, &["stats"]);
    let total = &counted["database"]["quotes"];
    for table in ["outlets", "months"] {
        let rows = counted[table].as_array().unwrap();
        let sum = |field: &str| rows.iter().map(|row| row[field].as_u64().unwrap()).sum::<u64>();
        assert_eq!(&serde_json::json!(sum("quotes")), total, "{table}");
        assert_eq!(sum("anonymous"), 1, "{table}: {counted:#}");
    }
    assert_eq!(counted["speakers"][0]["quotes"], 2);
    let text = ask(&desk, &["stats"]);
    assert!(text.contains("        3  articles\n"), "{text}");
    let may = text.lines().find(|line| line.ends_with("  2017-05")).unwrap();
    assert!(may.split_whitespace().nth(1) == Some("1") && may.contains('%'), "{may}");
    let march = json(&desk, &["stats", "--to", "2017-04-01"]);
    assert_eq!(march["months"].as_array().unwrap().len(), 1);
    // Of what was asked for, the head tells as well, and what all of it is.
    let found = &march["found"];
    assert_eq!(
        (&found["quotes"], &found["last"]),
        (&march["months"][0]["quotes"], &"2017-03-15".into())
    );
    assert_eq!(
        (&found["anonymous"], &march["database"]["anonymous"]),
        (&0.into(), &1.into())
    );
    let all = &counted["found"];
    assert_eq!(
        (&all["quotes"], &all["anonymous"], &all["speakers"]),
        (total, &1.into(), &counted["database"]["speakers"])
    );
    let text = ask(&desk, &["stats", "--speaker", "Szalai"]);
    let head: Vec<&str> = text.lines().take(5).map(str::trim_start).collect();
    let of_all = format!("of {total} quotes in the database");
    let wanted = [
        "2  quotes that fit",
        "2  of them with a speaker",
        "1  speakers",
        "from 2017-03-15 to 2017-05-02",
        &*of_all,
    ];
    assert_eq!(head, wanted, "{text}");
}

#[test]
fn corrections_are_made_listed_kept_and_taken_back() {
    let desk = desk();
    let number = |words: &str| json(&desk, &["search", words])[0]["id"].to_string();
    let cement = number("bill");
    let correct = ["correct", "--db", "quotes.db", &cement, "--speaker"];
    let made = desk.attache(&[&correct[..], &["dvorsky marek", "--note", "the other way round"]].concat());
    let told = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(
        (told(&made.stdout), &*told(&made.stderr)),
        (
            format!("correction 1: quote {cement} was said by dvorsky marek\n"),
            "attache: nobody was known as dvorsky marek: this is a new person\n"
        )
    );
    let made = desk.attache(&[&correct[..], &["Brandauer"]].concat());
    assert_eq!(
        (told(&made.stdout), &*told(&made.stderr)),
        (
            format!("correction 2: quote {cement} was said by Ilse Brandauer\n"),
            "attache: Brandauer is Ilse Brandauer, the only one of that surname in the database\n"
        )
    );
    let made = ask(&desk, &["correct", &cement, "--speaker", "MAREK DVORSKY"]);
    assert_eq!(
        made,
        format!("correction 3: quote {cement} was said by Marek Dvorsky\n")
    );
    let drought = number("drought");
    ask(&desk, &["correct", &drought, "--not-a-quote", "--note", "heard\nwrong"]);
    assert_eq!(json(&desk, &["search", "drought"]), serde_json::json!([]));
    let listed = ask(&desk, &["corrections"]);
    assert!(
        listed.contains("4: no quote, not Anna Szalai: Sanctions were never"),
        "{listed}"
    );
    assert!(listed.contains("    heard wrong\n"), "{listed}");
    let listed = json(&desk, &["corrections"]);
    assert!(
        listed[2]["reverted"].is_string() && listed[1]["reverted"].is_null(),
        "{listed:#}"
    );
    // The article is read anew; the correction stands.
    let mut changed = river()[1].clone();
    changed["title"] = "Talks".into();
    std::fs::write(desk.file("changed.jsonl"), changed.to_string()).unwrap();
    let closing = ask(&desk, &["ingest", "changed.jsonl"]);
    assert_eq!(closing, "0 added, 0 unchanged, 1 replaced, 0 failed\n");
    assert_eq!(json(&desk, &["search", "bill"])[0]["speaker"], "Marek Dvorsky");
    assert_eq!(
        ask(&desk, &["corrections", "--revert", "3"]),
        "correction 3 taken back\n"
    );
    assert_eq!(json(&desk, &["search", "bill"])[0]["speaker"], "Anna Szalai");
    let wrong: [(&[&str], &str); 6] = [
        (&["corrections", "--revert", "3"], "no correction 3"),
        (&["corrections", "--revert", "99"], "no correction 99"),
        (&["correct", "99999", "--not-a-quote"], "no quote 99999"),
        (&["correct", &drought], "required"),
        (
            &["correct", &drought, "--not-a-quote", "--speaker", "Szalai"],
            "cannot be used with",
        ),
        (&["correct", &drought, "--speaker", "…"], "is no name"),
    ];
    for (args, why) in wrong {
        let told = refused(&desk.attache(&[&args[..1], &["--db", "quotes.db"], &args[1..]].concat()));
        assert!(told.contains(why), "{args:?}: {told}");
    }
    let none = desk.attache(&["correct", "--db", "none.db", "1", "--not-a-quote"]);
    assert!(refused(&none).contains("none.db") && !desk.file("none.db").exists());
}

#[test]
fn an_export_has_what_the_filter_lets_through_and_a_name_when_it_is_whole() {
    let desk = desk();
    let lines = ask(&desk, &["export", "--speaker", "Szalai"]);
    let rows: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row["speaker"] == "Anna Szalai" && row["article"].is_null()),
        "{lines}"
    );
    // CSV has the same columns in the same order.
    assert_eq!(
        ask(&desk, &["export", "--output", "quotes.csv", "--speaker", "Szalai"]),
        ""
    );
    let mut table = csv::Reader::from_path(desk.file("quotes.csv")).unwrap();
    let columns: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        columns,
        rows[0].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    );
    let texts: Vec<String> = table.records().map(|row| row.unwrap()[7].to_owned()).collect();
    assert_eq!(
        texts,
        rows.iter()
            .map(|row| row["text"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    );
    // One statement that two articles quote is one line of Quotebank.
    let lines = ask(&desk, &["export", "nine positions", "--format", "quotebank"]);
    let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(
        (&line["numOccurrences"], &line["speaker"]),
        (&2.into(), &"Ilse Brandauer".into())
    );
    assert_eq!(
        line["domains"],
        serde_json::json!(["danubewire.example", "herald.example"])
    );
    assert_eq!(line["date"], "2017-03-14 00:00:00");
    let graph: serde_json::Value = serde_json::from_str(&ask(&desk, &["export", "--format", "jsonld"])).unwrap();
    let of = |kind: &str| {
        graph["@graph"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|node| node["@type"] == kind)
            .count()
    };
    assert_eq!(of("NewsArticle"), 3);
    assert!(of("Quotation") >= 4 && of("Claim") >= 1, "{graph:#}");
    // What fails leaves the file that was there before, and none beside it.
    std::fs::write(desk.file("kept.csv"), "before").unwrap();
    std::fs::write(desk.file("broken.db"), "no database").unwrap();
    let broken = desk.attache(&["export", "--db", "broken.db", "--output", "kept.csv"]);
    assert!(refused(&broken).contains("broken.db"));
    assert_eq!(std::fs::read(desk.file("kept.csv")).unwrap(), b"before");
    let full = desk.attache(&["export", "--db", "quotes.db", "--output", "/dev/full"]);
    if cfg!(target_os = "linux") {
        assert!(refused(&full).contains("cannot write /dev/full"));
    }
}

#[test]
fn an_export_is_what_the_ending_of_its_name_says() {
    let desk = desk();
    let first = |name: &str, more: &[&str]| {
        ask(&desk, &[&["export", "--output", name], more].concat());
        std::fs::read(desk.file(name)).unwrap()[..4].to_owned()
    };
    assert_eq!(first("said.csv", &[]), b"arti");
    assert_eq!(first("said.CSV", &[]), b"arti");
    assert_eq!(first("said.jsonl", &[]), b"{\"ar");
    assert_eq!(first("said", &[]), b"{\"ar");
    assert_eq!(first("said.quotebank", &[]), b"{\"qu");
    assert_eq!(first("said.jsonld", &[]), b"{\"@c");
    #[cfg(feature = "parquet")]
    assert_eq!(first("said.parquet", &[]), b"PAR1");
    assert_eq!(first("said.txt", &["--format", "csv"]), b"arti");
    for name in ["said.xyz", "said.csv.gz", "said.json"] {
        let told = refused(&desk.attache(&["export", "--db", "quotes.db", "--output", name]));
        assert!(
            told.contains(name) && told.contains(".jsonl, .csv,") && told.contains("--format"),
            "{told}"
        );
        assert!(!desk.file(name).exists());
    }
    let shown = ask(&desk, &["export", "--output", "-", "--speaker", "Szalai"]);
    assert_eq!((shown.lines().count(), desk.file("-").exists()), (2, false));
}

#[test]
fn tables_of_ones_own_are_offered_where_they_are_used() {
    let desk = Desk::new();
    let all = [
        "extract",
        "explain",
        "ingest",
        "verify",
        "serve",
        "correct",
        "search",
        "speakers",
        "timeline",
        "export",
        "stats",
        "corrections",
        "schema",
        "eval",
        "fit",
    ];
    for command in all {
        let offered = said(&desk.attache(&[command, "--help"])).contains("--gazetteer");
        let used = ["extract", "explain", "ingest", "verify", "serve", "correct"].contains(&command);
        assert_eq!(offered, used, "{command}");
    }
    let told = refused(&desk.attache(&["search", "--db", "quotes.db", "--gazetteer", "own.tsv"]));
    assert!(told.contains("unexpected argument"), "{told}");
}

#[test]
fn people_are_told_that_there_is_nothing_and_programs_see_it() {
    let desk = desk();
    for (args, nothing) in [
        (&["search", "--db", "quotes.db", "zeppelin"][..], ""),
        (
            &["speakers", "--db", "quotes.db", "--type", "indirect", "--from", "2018"],
            "",
        ),
        (&["search", "--db", "quotes.db", "zeppelin", "--format", "json"], "[]\n"),
    ] {
        let output = desk.attache(args);
        let told = if nothing.is_empty() {
            "attache: nothing found\n"
        } else {
            ""
        };
        assert_eq!(String::from_utf8(output.stderr).unwrap(), told, "{args:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), nothing);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn people_are_told_which_name_nobody_has() {
    let desk = desk();
    for (args, told) in [
        (
            &["speakers", "--office", "emperor"][..],
            "no office is known as \"emperor\"",
        ),
        (&["timeline", "Nobody"], "no speaker is known as \"Nobody\""),
        (
            &["search", "--country", "Atlantis"],
            "no country is known as \"Atlantis\"",
        ),
        (
            &["search", "--about", "Atlantis", "--format", "json"],
            "no name is known as \"Atlantis\"",
        ),
        (
            &["stats", "--outlet", "nowhere.example"],
            "no outlet is known as \"nowhere.example\"",
        ),
        (
            &["export", "--outlet", "nowhere.example"],
            "no outlet is known as \"nowhere.example\"",
        ),
        (&["search", "--country", "UK"], "nothing found"),
    ] {
        let output = desk.attache(&[args, &["--db", "quotes.db"]].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(stderr.lines().next(), Some(&*format!("attache: {told}")), "{args:?}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_table_without_rows_has_its_columns() {
    let desk = desk();
    for (args, begins) in [
        (&["search", "zeppelin"][..], "id,statement,article,type,text,"),
        (&["speakers", "--from", "2018"], "id,name,kind,"),
        (&["corrections"], "id,quote,text,action,"),
    ] {
        let output = desk.attache(&[args, &["--db", "quotes.db", "--format", "csv"]].concat());
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(
            stdout.starts_with(begins) && stdout.lines().count() == 1,
            "{args:?}: {stdout}"
        );
    }
}
