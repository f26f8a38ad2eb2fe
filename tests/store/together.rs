//! Quotes that several say together: stored, found by each of them, read anew, corrected, verified.

use super::desk::{Desk, EXTRACTOR, article, rows, sound};
use attache::article::Article;
use attache::store::{Correction, Facet, Filter, Incoming, Order, Reader, Remedy, Verdict, Verifier};
use attache::{Offsets, Record};
use rusqlite::Connection;

const TEXT: &str = "Ana Marsh and Tom Orlov agreed to meet in Graz. “We will wait for the other side to move,” said Marsh \
                    and Orlov. “I brought the maps and the pencils,” said Ana Marsh.";

fn joint(text: &str) -> serde_json::Value {
    article("https://wire.example/1", "2017-03-14", text)
}

fn by(name: &str) -> Filter {
    Filter {
        speaker: Some(name.to_owned()),
        ..Filter::default()
    }
}

/// The first words of the quotes that fit, which are as many as are counted, by whatever way.
fn found(reader: &Reader, filter: &Filter) -> Vec<String> {
    let hits = reader.search(filter, 50, 0).unwrap();
    let months = reader.timeline(filter).unwrap();
    let mut table = Vec::new();
    reader
        .table(filter, Order::Article, |row| {
            table.push(row.id);
            Ok(())
        })
        .unwrap();
    let mut ids: Vec<i64> = hits.iter().map(|hit| hit.id).collect();
    ids.sort_unstable();
    table.sort_unstable();
    assert_eq!(ids, table);
    let counts = [
        reader.count(filter).unwrap(),
        months.iter().map(|month| month.quotes).sum(),
        reader.found(filter).unwrap().quotes,
        reader
            .facet(filter, Facet::Month, 9)
            .unwrap()
            .iter()
            .map(|month| month.quotes)
            .sum(),
    ];
    assert_eq!(counts, [hits.len() as u64; 4]);
    let first = |text: String| text.split(' ').take(3).collect::<Vec<_>>().join(" ");
    hits.into_iter().map(|hit| first(hit.text)).collect()
}

#[test]
fn whoever_says_it_too_finds_it() {
    let desk = Desk::new();
    desk.ingest(&[joint(TEXT)]);
    sound(&desk.db());
    let reader = desk.reader();
    let together = ["We will wait", "to meet in"];
    for name in ["Orlov", "Tom Orlov"] {
        let quotes = found(&reader, &by(name));
        assert!(
            together.iter().all(|quote| quotes.contains(&(*quote).to_owned())),
            "{quotes:?}"
        );
        assert_eq!(quotes.len(), 2, "{quotes:?}");
    }
    assert_eq!(found(&reader, &by("Marsh")).len(), 3);
    // With words, a day, an outlet, a type; and the other way round.
    for (filter, count) in [
        (
            Filter {
                words: Some("wait".to_owned()),
                ..by("Orlov")
            },
            1,
        ),
        (
            Filter {
                words: Some("pencils".to_owned()),
                ..by("Orlov")
            },
            0,
        ),
        (
            Filter {
                kind: Some("direct".to_owned()),
                ..by("Orlov")
            },
            1,
        ),
        (
            Filter {
                to: Some("2017-03-13".parse().unwrap()),
                ..by("Orlov")
            },
            0,
        ),
        (
            Filter {
                from: Some("2017-03-14".parse().unwrap()),
                outlet: Some("wire.example".to_owned()),
                ..by("Orlov")
            },
            2,
        ),
        (
            Filter {
                about: Some("Graz".to_owned()),
                ..by("Orlov")
            },
            1,
        ),
        (
            Filter {
                about: Some("Orlov".to_owned()),
                ..Filter::default()
            },
            0,
        ),
    ] {
        assert_eq!(found(&reader, &filter).len(), count, "{filter:?}");
    }
    // Each of them is counted, and the page of each has as many.
    let speakers = reader.speakers(&Filter::default(), 9, 0).unwrap();
    let counts: Vec<(&str, u64)> = speakers.iter().map(|one| (&*one.name, one.quotes)).collect();
    assert_eq!(counts, [("Ana Marsh", 3), ("Tom Orlov", 2)]);
    for speaker in &speakers {
        assert_eq!(reader.speaker(speaker.id).unwrap().as_ref(), Some(speaker));
        let own = Filter {
            speaker_id: Some(speaker.id),
            ..Filter::default()
        };
        assert_eq!(reader.count(&own).unwrap(), speaker.quotes);
    }
    let facet = reader.facet(&Filter::default(), Facet::Speaker, 9).unwrap();
    let facet: Vec<(&str, u64)> = facet.iter().map(|one| (&*one.name, one.quotes)).collect();
    assert_eq!(facet, counts);
}

/// The record of a text, with it if so wanted.
fn record(text: &str, with_text: bool, unit: Offsets) -> String {
    let article = Article::from_json(joint(text).to_string().as_bytes()).unwrap();
    let extraction = EXTRACTOR.extract(&article).unwrap();
    let record = Record::new(&extraction, unit).with_text(with_text);
    record.with_alternatives(Some(EXTRACTOR.gazetteer())).to_string()
}

/// Stores what is in one file.
fn store(desk: &Desk, line: &str) {
    std::fs::write(desk.file("one.jsonl"), format!("{line}\n")).unwrap();
    let output = desk.attache(&["ingest", "--db", "quotes.db", "one.jsonl"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// All rows, whatever they were read from.
fn hashless(desk: &Desk) -> Vec<String> {
    let connection = Connection::open(desk.db()).unwrap();
    connection.execute("UPDATE articles SET input_hash = ''", []).unwrap();
    rows(&desk.db())
}

#[test]
fn a_text_and_its_record_give_the_same_rows() {
    let text = format!("Zoë 🙂 came too. {TEXT}");
    let texts = Desk::new();
    store(&texts, &joint(&text).to_string());
    assert_eq!(texts.ask::<i64>("SELECT count(*) FROM co_speakers"), 2);
    let in_place = "SELECT count(*) FROM co_speakers c JOIN quotes q ON q.id = c.quote_id
                    JOIN articles a ON a.id = q.article_id
                    WHERE substr(a.text, c.mention_start + 1, c.mention_end - c.mention_start) = c.mention";
    assert_eq!(texts.ask::<i64>(in_place), 2);
    let wanted = hashless(&texts);
    for unit in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
        let records = Desk::new();
        store(&records, &record(&text, true, unit));
        assert_eq!(hashless(&records), wanted);
    }
    // Without its text it has the same of those who say it.
    let bare = Desk::new();
    store(&bare, &record(&text, false, Offsets::Char));
    let co_speakers = |desk: &Desk| -> Vec<String> {
        let all = hashless(desk).into_iter();
        all.filter(|row| row.starts_with("co_speakers ")).collect()
    };
    assert_eq!(co_speakers(&bare), co_speakers(&texts));
}

#[test]
fn an_article_read_anew_has_those_of_now() {
    let desk = Desk::new();
    desk.ingest(&[joint(TEXT)]);
    let alone =
        "Ana Marsh agreed to meet in Graz. “We will wait for the other side to move,” said Tom Orlov and Eva Lind.";
    assert_eq!(desk.ingest(&[joint(alone)]).replaced, 1);
    sound(&desk.db());
    let before = "SELECT group_concat(said.value ->> 'co_speakers', '|') FROM history JOIN json_each(quotes) said";
    assert_eq!(desk.ask::<String>(before), "Ana Marsh|Tom Orlov");
    let who = "SELECT group_concat(s.name || ':' || q.text) FROM co_speakers c JOIN quotes q ON q.id = c.quote_id
               JOIN speakers s ON s.id = c.speaker_id";
    assert_eq!(
        desk.ask::<String>(who),
        "Eva Lind:We will wait for the other side to move,"
    );
    assert_eq!(desk.ingest(&[joint("Nobody said anything.")]).replaced, 1);
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM co_speakers"), 0);
    assert_eq!(desk.reader().count(&by("Lind")).unwrap(), 0);
}

#[test]
fn a_correction_leaves_those_who_are_with_the_speaker() {
    let desk = Desk::new();
    desk.ingest(&[joint(TEXT)]);
    let words = |name: &str| Filter {
        words: Some("wait".to_owned()),
        ..by(name)
    };
    let hit = desk.reader().search(&words("Orlov"), 1, 0).unwrap().remove(0);
    let count = |name: &str| found(&desk.reader(), &words(name)).len();
    let made = desk
        .correct(hit.id, &Remedy::Speaker("Eva Lind".to_owned()), None)
        .unwrap();
    assert_eq!(["Lind", "Orlov", "Marsh"].map(count), [1, 1, 0]);
    Correction::revert(&desk.db(), made).unwrap();
    assert_eq!(["Lind", "Orlov", "Marsh"].map(count), [0, 1, 1]);
    // Who was with the speaker is the speaker: counted once.
    let made = desk
        .correct(hit.id, &Remedy::Speaker("Tom Orlov".to_owned()), None)
        .unwrap();
    assert_eq!(["Orlov", "Marsh"].map(count), [1, 0]);
    let speakers = desk.reader().speakers(&words("Orlov"), 9, 0).unwrap();
    assert_eq!(speakers.iter().map(|one| one.quotes).collect::<Vec<_>>(), [1]);
    let speaker = speakers[0].id;
    assert_eq!(desk.reader().speaker(speaker).unwrap().unwrap().quotes, 2);
    Correction::revert(&desk.db(), made).unwrap();
    desk.correct(hit.id, &Remedy::NotAQuote, None).unwrap();
    assert_eq!(["Orlov", "Marsh"].map(count), [0, 0]);
    assert_eq!(desk.reader().speaker(speaker).unwrap().unwrap().quotes, 1);
    sound(&desk.db());
}

#[test]
fn whoever_says_it_too_is_not_somebody_else() {
    let desk = Desk::new();
    desk.ingest(&[joint(TEXT)]);
    let verifier = Verifier::new(vec![desk.reader()]);
    let check = |who: &str| {
        let draft = format!("“We will wait for the other side to move,” {who} said on Monday.");
        let article = Article::new(draft);
        let draft = Incoming::from_extraction(&EXTRACTOR.extract(&article).unwrap());
        let check = verifier.verify(&draft).unwrap().checks.remove(0);
        (check.verdict, check.sources[0].speaker.clone())
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(check("Ana Marsh"), (Verdict::Verbatim, named("Ana Marsh")));
    assert_eq!(check("Tom Orlov"), (Verdict::Verbatim, named("Tom Orlov")));
    assert_eq!(check("Eva Lind"), (Verdict::OtherSpeaker, named("Ana Marsh")));
}

#[test]
fn a_file_of_the_first_schema_is_told_and_brought_on() {
    let desk = Desk::new();
    desk.ingest(&[joint(TEXT)]);
    let connection = Connection::open(desk.db()).unwrap();
    let first =
        "ALTER TABLE quotes DROP COLUMN extracted_office_id; ALTER TABLE quotes DROP COLUMN extracted_anonymous;
                 DROP TABLE co_speakers; PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)";
    connection.execute_batch(first).unwrap();
    drop(connection);
    let error = Reader::open(&desk.db()).unwrap_err();
    assert_eq!(error.code(), "database_older", "{error}");
    let other = article("https://wire.example/2", "2017-03-15", TEXT);
    store(&desk, &other.to_string());
    sound(&desk.db());
    // Of what was stored before nothing is known.
    let wait = Filter {
        words: Some("wait".to_owned()),
        ..by("Orlov")
    };
    let quotes = desk.reader().search(&wait, 9, 0).unwrap();
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].url.as_deref(), Some("https://wire.example/2"));
}

#[test]
fn every_format_has_all_who_say_it() {
    let desk = Desk::new();
    store(&desk, &joint(TEXT).to_string());
    let run = |args: &[&str]| {
        let output = desk.attache(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let search = |format: &str| {
        run(&[
            "search",
            "--db",
            "quotes.db",
            "wait",
            "--speaker",
            "Orlov",
            "--format",
            format,
        ])
    };
    let text = search("text");
    assert!(text.starts_with("Ana Marsh and Tom Orlov: We will wait"), "{text}");
    let hits: serde_json::Value = serde_json::from_str(&search("json")).unwrap();
    assert_eq!(hits[0]["speaker"], "Ana Marsh");
    assert_eq!(hits[0]["co_speakers"], "Tom Orlov");
    assert!(search("csv").contains(",Ana Marsh,Tom Orlov,"));
    let export = |format: &str| run(&["export", "--db", "quotes.db", "--type", "direct", "--format", format]);
    let rows = export("jsonl");
    let rows: Vec<serde_json::Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let others: Vec<_> = rows.iter().map(|row| row["co_speakers"].as_str()).collect();
    assert_eq!(others, [Some("Tom Orlov"), None]);
    let table = export("csv");
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let column = table.headers().unwrap().iter().position(|name| name == "co_speakers");
    let cells: Vec<String> = table
        .records()
        .map(|row| row.unwrap()[column.unwrap()].to_owned())
        .collect();
    assert_eq!(cells, ["Tom Orlov", ""]);
    let graph: serde_json::Value = serde_json::from_str(&export("jsonld")).unwrap();
    let said = graph["@graph"].as_array().unwrap().iter();
    let creators: Vec<_> = said
        .filter(|node| node["@type"] == "Quotation")
        .map(|node| node["creator"].clone())
        .collect();
    let person = |name: &str| serde_json::json!({"@type": "Person", "name": name});
    assert_eq!(
        creators,
        [
            serde_json::json!([person("Ana Marsh"), person("Tom Orlov")]),
            person("Ana Marsh")
        ]
    );
    let said = "SELECT group_concat(speaker || '+' || coalesce(co_speakers, '')) FROM said WHERE type = 'direct'";
    assert_eq!(desk.ask::<String>(said), "Ana Marsh+Tom Orlov,Ana Marsh+");
}

#[test]
fn whoever_is_with_the_speaker_keeps_office_and_words() {
    let desk = Desk::new();
    let mut given: serde_json::Value = serde_json::from_str(&record(TEXT, true, Offsets::Char)).unwrap();
    let quote = given["quotes"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|quote| quote["type"] == "direct")
        .unwrap();
    quote["co_speakers"][0]["office"] = "Minister of Works".into();
    // Nobody whom the article names.
    let unnamed = serde_json::json!({"entity": null, "name": null, "kind": null, "office": null,
                                     "mention": {"start": 4, "end": 9, "text": "Marsh", "form": "name"}});
    quote["co_speakers"].as_array_mut().unwrap().push(unnamed);
    store(&desk, &given.to_string());
    sound(&desk.db());
    let hit = desk.reader().search(&by("Orlov"), 9, 0).unwrap();
    let hit = hit.iter().find(|hit| hit.kind == "direct").unwrap();
    let called: Vec<&str> = hit.co_speakers.iter().map(attache::store::CoSpeaker::called).collect();
    assert_eq!(called, ["Tom Orlov", "Marsh"]);
    assert_eq!(hit.co_speakers[0].office.as_deref(), Some("Minister of Works"));
    assert_eq!(
        (hit.co_speakers[1].speaker_id, &hit.co_speakers[1].speaker),
        (None, &None)
    );
}

#[test]
fn the_country_and_the_office_of_whoever_says_it_too_find_it() {
    let desk = Desk::new();
    let mut given: serde_json::Value = serde_json::from_str(&record(TEXT, true, Offsets::Char)).unwrap();
    for entity in given["entities"].as_array_mut().unwrap() {
        match entity["name"].as_str() {
            Some("Ana Marsh") => entity["country"] = "DK".into(),
            Some("Tom Orlov") => entity["country"] = "NO".into(),
            _ => {}
        }
    }
    for quote in given["quotes"].as_array_mut().unwrap() {
        quote["speaker"]["office"] = "Minister of Works".into();
        if let Some(others) = quote.get_mut("co_speakers") {
            others[0]["office"] = "Minister of Harbours".into();
        }
    }
    store(&desk, &given.to_string());
    let reader = desk.reader();
    let of = |country: Option<&str>, office: Option<&str>| Filter {
        country: country.map(str::to_owned),
        office: office.map(str::to_owned),
        ..Filter::default()
    };
    for (filter, count) in [
        (of(Some("DK"), None), 3),
        (of(Some("no"), None), 2),
        (of(Some("SE"), None), 0),
        (of(None, Some("works")), 3),
        (of(None, Some("minister harbours")), 2),
        (of(None, Some("works harbours")), 0),
        (of(Some("NO"), Some("works")), 2),
        (
            Filter {
                words: Some("pencils OR wait".to_owned()),
                ..of(Some("NO"), None)
            },
            1,
        ),
        (
            Filter {
                kind: Some("direct".to_owned()),
                ..of(Some("DK"), Some("harbours"))
            },
            1,
        ),
        (
            Filter {
                country: Some("DK".to_owned()),
                office: Some("harbours".to_owned()),
                ..by("Orlov")
            },
            2,
        ),
    ] {
        assert_eq!(found(&reader, &filter).len(), count, "{filter:?}");
    }
    let countries = reader.facet(&Filter::default(), Facet::Country, 9).unwrap();
    let countries: Vec<(&str, u64)> = countries.iter().map(|one| (&*one.name, one.quotes)).collect();
    assert_eq!(countries, [("DK", 3), ("NO", 2)]);
    // Whoever says nothing alone is a speaker too.
    assert_eq!(reader.stats().unwrap().speakers, 2);
    assert_eq!(reader.found(&Filter::default()).unwrap().speakers, 2);
    assert_eq!(reader.found(&of(None, Some("harbours"))).unwrap().speakers, 2);
}

#[test]
fn a_quote_of_two_of_one_country_counts_once_there() {
    let desk = Desk::new();
    let mut given: serde_json::Value = serde_json::from_str(&record(TEXT, true, Offsets::Char)).unwrap();
    for entity in given["entities"].as_array_mut().unwrap() {
        entity["country"] = "DK".into();
    }
    store(&desk, &given.to_string());
    let countries = desk.reader().facet(&Filter::default(), Facet::Country, 9).unwrap();
    let countries: Vec<(&str, u64)> = countries.iter().map(|one| (&*one.name, one.quotes)).collect();
    assert_eq!(countries, [("DK", 3)]);
}
