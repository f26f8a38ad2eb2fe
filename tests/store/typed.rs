//! Searching as people type: names of people, offices and countries, words with any end; and while others write.

use super::desk::{Desk, run};
use super::queries::{found, some};
use attache::store::{Filter, Incoming, Ready, Writer};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// An article of somebody's, told by its number.
fn somebody(n: usize, text: &str) -> serde_json::Value {
    json!({"schema": "attache/1", "id": n, "offsets": "char", "date": "2017-03-14",
           "entities": [{"kind": "person", "name": format!("John Vale{n}")}],
           "quotes": [{"id": 0, "type": "direct", "text": text, "spans": [{"start": 0, "end": 1}], "confidence": 0.5,
                       "speaker": {"entity": 0}}]})
}

fn stored(desk: &Desk, records: impl Iterator<Item = serde_json::Value>) {
    let mut writer = Writer::open(&desk.db(), &run()).unwrap();
    for (n, record) in records.enumerate() {
        let incoming = Incoming::from_json(record.to_string().as_bytes()).unwrap();
        writer.add(&Ready::new(incoming, n.to_string())).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_given_name_means_all_who_bear_it() {
    let desk = Desk::new();
    stored(&desk, (0..300).map(|n| somebody(n, &format!("dam {n} leaks"))));
    let john = Filter {
        speaker: some("john"),
        ..Filter::default()
    };
    assert_eq!(desk.reader().count(&john).unwrap(), 300);
}

#[test]
fn a_word_with_any_end_is_found_whatever_the_index_takes_off() {
    let desk = Desk::new();
    let words = [
        "negotiations",
        "happiness",
        "organized",
        "sanctioned",
        "école",
        "treaties",
    ];
    stored(
        &desk,
        (0..)
            .zip(words)
            .map(|(n, word)| somebody(n, &format!("no {word} at all"))),
    );
    let reader = desk.reader();
    for (asked, word) in [
        ("negotiat*", "negotiations"),
        ("negotiatio*", "negotiations"),
        ("happin*", "happiness"),
        ("organiz*", "organized"),
        ("sanctione*", "sanctioned"),
        ("treatie*", "treaties"),
        ("e\u{301}cole", "école"),
        ("e\u{301}co*", "école"),
        ("ecole", "école"),
    ] {
        let filter = Filter {
            words: some(asked),
            ..Filter::default()
        };
        assert_eq!(found(&reader, &filter), [format!("no {word} at all")], "{asked}");
    }
}

#[test]
fn a_country_is_known_by_its_names() {
    let desk = Desk::new();
    let of = |n: usize, country: &str| {
        let mut record = somebody(n, &format!("dam {n} leaks"));
        record["entities"][0]["country"] = country.into();
        record
    };
    stored(&desk, [of(0, "GB"), of(1, "US"), of(2, "RU")].into_iter());
    let reader = desk.reader();
    for (asked, n) in [
        ("UK", 0),
        ("Britain", 0),
        ("united kingdom", 0),
        ("gb", 0),
        ("USA", 1),
        ("America", 1),
        ("United States", 1),
        ("Russian Federation", 2),
    ] {
        let filter = Filter {
            country: some(asked),
            ..Filter::default()
        };
        assert_eq!(found(&reader, &filter), [format!("dam {n} leaks")], "{asked}");
    }
}

#[test]
fn a_page_of_hits_is_of_one_moment() {
    let desk = Desk::new();
    stored(&desk, (0..40).map(|n| somebody(n, &format!("dam {n} leaks"))));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let replacing = scope.spawn(|| {
            for round in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let mut writer = Writer::open(&desk.db(), &run()).unwrap();
                for n in 0..40 {
                    let record = somebody(n, &format!("dam {n} leaks in {round}"));
                    let incoming = Incoming::from_json(record.to_string().as_bytes()).unwrap();
                    writer.add(&Ready::new(incoming, format!("{n} {round}"))).unwrap();
                }
                writer.finish().unwrap();
            }
        });
        let reader = desk.reader();
        for _ in 0..300 {
            let hits = reader.search(&Filter::default(), 500, 0);
            let pages = (1..4).map(|speaker| reader.speaker_page(speaker).map(drop));
            let pages: Result<Vec<()>, _> = pages.collect();
            if hits.as_ref().map(Vec::len).ok() != Some(40) || pages.is_err() {
                done.store(true, Ordering::Relaxed);
                panic!("{:?} {:?}", hits.map(|hits| hits.len()), pages.err());
            }
        }
        done.store(true, Ordering::Relaxed);
        replacing.join().unwrap();
    });
}

#[test]
fn a_long_article_takes_time_with_its_length() {
    let desk = Desk::new();
    let mut record = somebody(0, "no");
    record["text"] = "Zoë ".repeat(120_000).into();
    let mention = |n: usize| json!({"start": n * 24, "end": n * 24 + 3, "text": "Zoë", "form": "name"});
    record["entities"][0]["mentions"] = (0..20_000).map(mention).collect::<Vec<_>>().into();
    desk.record(&record);
    let since = Instant::now();
    let mentions = desk.reader().article(1).unwrap().unwrap().mentions;
    assert!(since.elapsed() < Duration::from_secs(3), "{:?}", since.elapsed());
    assert_eq!(mentions.len(), 20_000);
    assert!(mentions.iter().all(|mention| mention.text == "Zoë"));
    // As the view tells them.
    let first = "SELECT group_concat(text) FROM (SELECT text FROM mentions WHERE article_id = 1 LIMIT 3)";
    assert_eq!(desk.ask::<String>(first), "Zoë,Zoë,Zoë");
}
