//! Searching: filters, ranks, facets, pages; and whatever a user may type.

use super::desk::{Desk, article, river, run};

use attache::store::{Facet, Filter, Incoming, Reader, Ready, Writer};
use serde_json::json;

pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(crate) fn found(reader: &Reader, filter: &Filter) -> Vec<String> {
    let hits = reader.search(filter, 50, 0).unwrap();
    assert_eq!(reader.count(filter).unwrap() as usize, hits.len());
    hits.into_iter().map(|hit| hit.text).collect()
}

#[test]
fn filters_keep_what_fits() {
    let desk = Desk::new();
    desk.ingest(&river());
    let reader = desk.reader();
    let all = Filter::default();
    let total = found(&reader, &all).len();
    assert!(total >= 6, "{total}");
    let cases = [
        (
            Filter {
                words: some("sanctions"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                words: some("sanction drought"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                words: some("sanctions -drought"),
                ..all.clone()
            },
            0,
        ),
        (
            Filter {
                words: some("\"nine positions\""),
                ..all.clone()
            },
            2,
        ),
        (
            Filter {
                words: some("\"positions nine\""),
                ..all.clone()
            },
            0,
        ),
        (
            Filter {
                words: some("droug*"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                words: some("drought OR positions"),
                ..all.clone()
            },
            3,
        ),
        (
            Filter {
                speaker: some("Szalai"),
                ..all.clone()
            },
            2,
        ),
        (
            Filter {
                speaker: some("anna SZALAI"),
                ..all.clone()
            },
            2,
        ),
        (
            Filter {
                speaker: some("Nobody Known"),
                ..all.clone()
            },
            0,
        ),
        (
            Filter {
                words: some("dams"),
                speaker: some("Szalai"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                about: some("Poland"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                outlet: some("herald.example"),
                speaker: some("Brandauer"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                from: "2017-04-01".parse().ok(),
                speaker: some("Szalai"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                to: "2017-04-01".parse().ok(),
                speaker: some("Szalai"),
                ..all.clone()
            },
            1,
        ),
        (
            Filter {
                kind: some("direct"),
                speaker: some("Brandauer"),
                ..all.clone()
            },
            2,
        ),
        (
            Filter {
                min_confidence: Some(1.1),
                ..all.clone()
            },
            0,
        ),
    ];
    for (filter, wanted) in cases {
        let found = found(&reader, &filter);
        assert_eq!(found.len(), wanted, "{filter:?}: {found:#?}");
    }
}

#[test]
fn facets_add_up() {
    let desk = Desk::new();
    desk.ingest(&river());
    let reader = desk.reader();
    let all = Filter::default();
    let total = reader.count(&all).unwrap();
    for facet in [Facet::Outlet, Facet::Month, Facet::Type] {
        let counts = reader.facet(&all, facet, 100).unwrap();
        assert_eq!(counts.iter().map(|count| count.quotes).sum::<u64>(), total, "{facet:?}");
        assert!(counts.is_sorted_by(|a, b| a.quotes >= b.quotes));
    }
    let months = reader.timeline(&all).unwrap();
    assert_eq!(months.iter().map(|month| month.quotes).sum::<u64>(), total);
    assert_eq!(
        months.iter().map(|month| &*month.month).collect::<Vec<_>>(),
        ["2017-03", "2017-05"]
    );
    assert!(months[1].anonymous >= 1, "{months:?}");
    let speakers = reader.speakers(&all, 10, 0).unwrap();
    let brandauer = speakers
        .iter()
        .find(|speaker| speaker.name == "Ilse Brandauer")
        .unwrap();
    assert_eq!(brandauer.quotes, 2);
    let page = reader.speaker_page(brandauer.id).unwrap().unwrap();
    assert_eq!(page.outlets.len(), 2);
    assert!(reader.speaker_page(999_999).unwrap().is_none());
    let stats = reader.stats().unwrap();
    assert_eq!((stats.articles, stats.quotes), (3, total));
    assert!(stats.anonymous >= 1);
}

#[test]
fn a_snippet_marks_the_words() {
    let desk = Desk::new();
    desk.ingest(&river());
    let filter = Filter {
        words: some("positions"),
        ..Filter::default()
    };
    let hits = desk.reader().search(&filter, 1, 0).unwrap();
    assert!(hits[0].snippet.contains("\u{2}positions\u{3}"), "{:?}", hits[0].snippet);
}

#[test]
fn whatever_is_typed_is_only_words() {
    let desk = Desk::new();
    desk.ingest(&river());
    let reader = desk.reader();
    let before = reader.stats().unwrap();
    let megabyte = "x".repeat(1 << 20);
    let many = "word ".repeat(1 << 18);
    let signs = "\" ' ; -- ) ( * : ^ + NEAR AND OR NOT { } \\ % _ \0 \u{202e}";
    let typed = [
        "'",
        "\"",
        "\"\"",
        "';DROP TABLE quotes;--",
        "a' OR '1'='1",
        "text : we",
        "{text} : we",
        "we NEAR/2 came",
        "NEAR(we came, 2)",
        "we AND",
        "AND",
        "OR",
        "NOT",
        "we OR",
        "OR we",
        "(we",
        "we)",
        "^we",
        "we*",
        "*",
        "we + came",
        "\0",
        "we\0came",
        "-",
        "--",
        "-we",
        "we -",
        "“we came”",
        "\u{feff}we",
        "١٢٣",
        "we%",
        "_e",
        "🙂",
        signs,
        &megabyte,
        &many,
    ];
    for typed in typed {
        for filter in [
            Filter {
                words: some(typed),
                ..Filter::default()
            },
            Filter {
                speaker: some(typed),
                ..Filter::default()
            },
            Filter {
                about: some(typed),
                ..Filter::default()
            },
            Filter {
                office: some(typed),
                ..Filter::default()
            },
            Filter {
                country: some(typed),
                ..Filter::default()
            },
            Filter {
                outlet: some(typed),
                ..Filter::default()
            },
            Filter {
                kind: some(typed),
                ..Filter::default()
            },
        ] {
            // An answer, or an error that tells the user what is wrong with the question; never one of SQLite.
            if let Err(error) = reader.search(&filter, 10, 0) {
                assert_eq!(
                    error.code(),
                    "invalid_query",
                    "{:?}: {error}",
                    typed.chars().take(40).collect::<String>()
                );
            }
        }
    }
    assert_eq!(reader.stats().unwrap(), before);
}

#[test]
fn a_surname_means_all_who_bear_it() {
    let desk = Desk::new();
    desk.ingest(&river());
    let by_surname = Filter {
        speaker: some("Szalai"),
        ..Filter::default()
    };
    let before = desk.reader().count(&by_surname).unwrap();
    let text = "\"The river is lower than last year, and so are our hopes,\" Szalai said.";
    desk.ingest(&[article("https://c.example/9", "2017-06-01", text)]);
    assert_eq!(
        desk.ask::<i64>("SELECT count(*) FROM speakers WHERE folded = 'szalai'"),
        1
    );
    assert_eq!(desk.reader().count(&by_surname).unwrap(), before + 1);
}

/// Seven thousand quotes of two outlets. Three speakers take turns, two of whom a surname means; each fourth quote has no
/// "we", each fifth mentions the first speaker.
pub(crate) fn month_of_dams(desk: &Desk) {
    let mut writer = Writer::open(&desk.db(), &run()).unwrap();
    let mentions: Vec<_> = (0..250)
        .step_by(5)
        .map(|n| json!({"start": n, "end": n + 1, "text": "Ilse Brandauer", "form": "name"}))
        .collect();
    let person = |name: &str, country: &str| json!({"kind": "person", "name": name, "country": country});
    let mut entities = [
        person("Ilse Brandauer", "AT"),
        person("Marek Dvorsky", "CZ"),
        person("Anna Dvorsky", "AT"),
    ];
    entities[0]["mentions"] = mentions.into();
    for day in 1..=28 {
        let outlet = ["herald.example", "ledger.example"][day % 2];
        let quotes = (0..250).map(|n| {
            let who = if n % 4 == 3 { "they" } else { "we" };
            let text = format!("{who} shall inspect dam {} of {day}", n * 37 % 250);
            let office = ["minister", "mayor"].get(n % 3);
            let kind = ["direct", "direct", "mixed"][n * 3 / 250];
            json!({"id": n, "type": kind, "text": text, "spans": [{"start": n, "end": n + 1}],
                   "confidence": (n % 10) as f64 / 10.0,
                   "speaker": {"entity": n % 3, "office": office, "anonymous": n % 7 == 0}})
        });
        let record = json!({"schema": "attache/1", "id": day, "date": format!("2017-{:02}-{day:02}", 1 + day / 14),
                            "site": outlet, "offsets": "char",
                            "entities": entities, "quotes": quotes.collect::<Vec<_>>()});
        let incoming = Incoming::from_json(record.to_string().as_bytes()).unwrap();
        writer.add(&Ready::new(incoming, day.to_string())).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn words_that_stand_nearly_everywhere_find_the_newest() {
    let desk = Desk::new();
    month_of_dams(&desk);
    let reader = desk.reader();
    for speaker in [None, some("Dvorsky")] {
        let words = |words: &str| Filter {
            words: some(words),
            speaker: speaker.clone(),
            ..Filter::default()
        };
        // What is looked up one by one, and what is not.
        let few = reader.search(&words("we"), 300, 0).unwrap();
        let many = reader.search(&words("we"), 3000, 0).unwrap();
        assert_eq!(few, many[..300]);
        assert_eq!(reader.search(&words("we"), 100, 200).unwrap(), many[200..300]);
        assert!(many.is_sorted_by_key(|hit| std::cmp::Reverse((hit.date.clone(), hit.id))));
        assert!(many.iter().all(|hit| hit.text.starts_with("we ")));
        assert!(few.iter().all(|hit| hit.snippet.contains('\u{2}')));
        // A word that tells something ranks: the shortest text first, which is no matter of the day.
        let rare = reader.search(&words("they 111"), 3000, 0).unwrap();
        assert_eq!(rare.is_empty(), speaker.is_some());
        assert!(
            rare.iter()
                .all(|hit| hit.text.starts_with("they ") && hit.text.contains(" 111 "))
        );
    }
}

#[test]
fn a_page_has_what_search_and_survey_tell() {
    let desk = Desk::new();
    month_of_dams(&desk);
    let reader = desk.reader();
    let all = Filter::default();
    let filters = [
        all.clone(),
        Filter {
            words: some("we"),
            ..all.clone()
        },
        Filter {
            words: some("w*"),
            ..all.clone()
        },
        Filter {
            words: some("they"),
            ..all.clone()
        },
        Filter {
            words: some("inspect -they"),
            ..all.clone()
        },
        Filter {
            words: some("we OR they"),
            from: Some(jiff::civil::date(2017, 2, 1)),
            ..all.clone()
        },
        Filter {
            about: some("Brandauer"),
            ..all.clone()
        },
        Filter {
            about: some("Brandauer"),
            outlet: some("herald.example"),
            ..all.clone()
        },
        Filter {
            words: some("we"),
            about: some("Brandauer"),
            min_confidence: Some(0.5),
            ..all.clone()
        },
        Filter {
            country: some("AT"),
            ..all.clone()
        },
        Filter {
            words: some("shall"),
            country: some("AT"),
            kind: some("mixed"),
            ..all.clone()
        },
        Filter {
            words: some("dam"),
            office: some("mayor"),
            ..all.clone()
        },
        Filter {
            words: some("we"),
            speaker: some("Dvorsky"),
            ..all.clone()
        },
        Filter {
            min_confidence: Some(0.9),
            ..all
        },
    ];
    for filter in filters {
        let facets = [Facet::Speaker, Facet::Month, Facet::About];
        let survey = reader.survey(&filter, &facets, 5).unwrap();
        let whole = reader.search(&filter, usize::MAX, 0).unwrap();
        assert_eq!(whole.len() as u64, survey.count, "{filter:?}");
        assert!(survey.count > 100, "{filter:?}");
        for offset in [0, 40, whole.len() - 10] {
            let page = reader.search_and_survey(&filter, 20, offset, &facets, 5).unwrap();
            let wanted = whole[offset..].iter().take(20).cloned().collect::<Vec<_>>();
            assert_eq!(page, (wanted, survey.clone()), "{filter:?} {offset}");
        }
        let marked = |hit: &attache::store::Hit| hit.snippet.contains(attache::store::MARK_START);
        assert!(
            whole.iter().all(|hit| marked(hit) == filter.words.is_some()),
            "{filter:?}"
        );
    }
}
