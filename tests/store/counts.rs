//! Counts: whichever way they are found, they are those of the quotes that a search finds.

use super::desk::Desk;
use super::queries::{month_of_dams, some};
use attache::store::{Count, Facet, Filter, Hit, Reader, Remedy, Remembered};
use std::collections::BTreeMap;

const FACETS: [Facet; 7] = [
    Facet::Speaker,
    Facet::Office,
    Facet::Country,
    Facet::Outlet,
    Facet::Month,
    Facet::Type,
    Facet::About,
];

type Tally = BTreeMap<String, u64>;

fn tally(values: impl Iterator<Item = String>) -> Tally {
    let mut tally = Tally::new();
    values.for_each(|value| *tally.entry(value).or_default() += 1);
    tally
}

fn told(counts: &[Count]) -> Tally {
    assert!(counts.is_sorted_by(|a, b| a.quotes >= b.quotes));
    let told = counts.iter().map(|count| (count.name.clone(), count.quotes));
    told.collect()
}

fn expected(desk: &Desk, hits: &[Hit], facet: Facet) -> Tally {
    let all = hits.iter();
    match facet {
        Facet::Speaker => tally(all.filter_map(|hit| hit.speaker.clone())),
        Facet::Office => tally(all.filter_map(|hit| hit.office.clone())),
        Facet::Outlet => tally(all.filter_map(|hit| hit.outlet.clone())),
        Facet::Month => tally(all.filter_map(|hit| hit.date.as_ref().map(|day| day[..7].to_owned()))),
        Facet::Type => tally(all.map(|hit| hit.kind.clone())),
        Facet::Country => tally(all.filter_map(|hit| {
            let country = |name: &str| if name == "Marek Dvorsky" { "CZ" } else { "AT" };
            hit.speaker.as_deref().map(|name| country(name).to_owned())
        })),
        Facet::About => {
            let connection = rusqlite::Connection::open(desk.db()).unwrap();
            let sql = "SELECT b.quote_id, s.name FROM about b JOIN speakers s ON s.id = b.speaker_id";
            let mut about = connection.prepare(sql).unwrap();
            let rows = about
                .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
                .unwrap();
            let about: BTreeMap<i64, String> = rows.map(Result::unwrap).collect();
            tally(all.filter_map(|hit| about.get(&hit.id).cloned()))
        }
    }
}

fn agree(desk: &Desk, reader: &Reader, filter: &Filter) -> usize {
    let hits = reader.search(filter, 10_000, 0).unwrap();
    let survey = reader.survey(filter, &FACETS, 100).unwrap();
    assert_eq!(survey.count, hits.len() as u64, "{filter:?}");
    assert_eq!(reader.count(filter).unwrap(), survey.count, "{filter:?}");
    for (facet, counts) in FACETS.into_iter().zip(&survey.facets) {
        assert_eq!(told(counts), expected(desk, &hits, facet), "{facet:?} of {filter:?}");
        assert_eq!(
            &reader.facet(filter, facet, 100).unwrap(),
            counts,
            "{facet:?} of {filter:?}"
        );
        let first: Vec<Count> = counts.iter().take(1).cloned().collect();
        assert_eq!(
            reader.facet(filter, facet, 1).unwrap(),
            first,
            "{facet:?} of {filter:?}"
        );
    }
    let hidden = |of: &dyn Fn(&Hit) -> bool| hits.iter().filter(|hit| hit.anonymous && of(hit)).count() as u64;
    let months = reader.timeline(filter).unwrap();
    assert!(months.is_sorted_by(|a, b| a.month < b.month));
    let by_month = months.iter().map(|month| (month.month.clone(), month.quotes));
    assert_eq!(
        by_month.collect::<Tally>(),
        expected(desk, &hits, Facet::Month),
        "{filter:?}"
    );
    for month in months {
        let of = |hit: &Hit| hit.date.as_ref().is_some_and(|day| day.starts_with(&month.month));
        assert_eq!(month.anonymous, hidden(&of), "{filter:?}");
    }
    for outlet in reader.outlets(filter, 100).unwrap() {
        let of = |hit: &Hit| hit.outlet == outlet.outlet;
        assert_eq!(
            outlet.quotes,
            hits.iter().filter(|&hit| of(hit)).count() as u64,
            "{filter:?}"
        );
        assert_eq!(outlet.anonymous, hidden(&of), "{filter:?}");
    }
    let speakers = reader.speakers(filter, 100, 0).unwrap();
    for speaker in &speakers {
        let own = || hits.iter().filter(|hit| hit.speaker_id == Some(speaker.id));
        assert_eq!(speaker.quotes, own().count() as u64, "{filter:?}");
        assert_eq!(
            speaker.first,
            own().filter_map(|hit| hit.date.clone()).min(),
            "{filter:?}"
        );
        assert_eq!(
            speaker.last,
            own().filter_map(|hit| hit.date.clone()).max(),
            "{filter:?}"
        );
    }
    assert_eq!(
        reader.speakers(filter, 100, 1).unwrap(),
        speakers.get(1..).unwrap_or_default()
    );
    hits.len()
}

#[test]
fn counts_are_those_of_the_hits() {
    let desk = Desk::new();
    month_of_dams(&desk);
    let all = Filter::default();
    // What is remembered of before is no answer to what is asked later.
    let together = Remembered::default();
    let remembering = desk.reader().remembering(&together);
    assert_eq!(agree(&desk, &remembering, &all), 7000);
    // One that mentions somebody and one that does not are no quotes after all.
    for words in [
        "\"we shall inspect dam 0 of 3\"",
        "\"they shall inspect dam 111 of 20\"",
    ] {
        let of = Filter {
            words: some(words),
            ..all.clone()
        };
        let hit = desk.reader().search(&of, 1, 0).unwrap().remove(0);
        desk.correct(hit.id, &Remedy::NotAQuote, None).unwrap();
        assert_eq!(desk.reader().count(&of).unwrap(), 0);
    }
    let reader = desk.reader();
    let stats = reader.stats().unwrap();
    assert_eq!((stats.quotes, stats.attributed), (6998, 6998));
    let stand: i64 = desk.ask("SELECT count(*) FROM statements WHERE appearances > 0");
    let made: i64 = desk.ask("SELECT count(*) FROM statements");
    assert_eq!((stats.statements, made), (stand as u64, stand + 2));
    assert_eq!(remembering.stats().unwrap(), stats);
    for reader in [&reader, &remembering] {
        assert_eq!(agree(&desk, reader, &all), 6998);
    }
    let mut sizes = Vec::new();
    for words in [None, some("we"), some("we -37"), some("they 111"), some("nowhere")] {
        let with = Filter { words, ..all.clone() };
        let filters = [
            with.clone(),
            Filter {
                speaker: some("Dvorsky"),
                ..with.clone()
            },
            Filter {
                from: "2017-02-20".parse().ok(),
                ..with.clone()
            },
            Filter {
                speaker: some("Brandauer"),
                to: "2017-01-03".parse().ok(),
                ..with.clone()
            },
            Filter {
                outlet: some("ledger.example"),
                kind: some("mixed"),
                ..with.clone()
            },
            Filter {
                min_confidence: Some(0.55),
                ..with.clone()
            },
            Filter {
                about: some("Brandauer"),
                country: some("AT"),
                ..with.clone()
            },
            Filter {
                office: some("minister"),
                ..with.clone()
            },
        ];
        for filter in filters {
            let size = agree(&desk, &reader, &filter);
            assert_eq!(agree(&desk, &remembering, &filter), size, "{filter:?}");
            sizes.push(size);
        }
    }
    // Few and many were among them.
    assert!(sizes.iter().any(|&size| (1..100).contains(&size)), "{sizes:?}");
    assert!(sizes.iter().any(|&size| size > 4000), "{sizes:?}");
}
