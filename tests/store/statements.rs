//! One statement in many articles: variants, wire copies, conflicts.

use super::desk::{Desk, article, river, sound};
use attache::store::Filter;

#[test]
fn a_quote_that_is_cut_is_the_same_statement() {
    let desk = Desk::new();
    desk.ingest(&river());
    let reader = desk.reader();
    let filter = Filter {
        words: Some("nine positions".to_owned()),
        ..Filter::default()
    };
    let hits = reader.search(&filter, 10, 0).unwrap();
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[0].statement, hits[1].statement);
    let page = reader.statement(hits[0].statement.unwrap(), 10).unwrap().unwrap();
    assert_eq!((page.appearances, page.independent), (2, 2));
    assert_eq!(
        (page.first.as_deref(), page.last.as_deref()),
        (Some("2017-03-14"), Some("2017-03-15"))
    );
    assert_eq!(page.speaker.as_deref(), Some("Ilse Brandauer"));
    assert!(page.conflicts.is_empty());
    assert_eq!(page.quotes.len(), 2);
}

#[test]
fn wire_copy_counts_once() {
    let desk = Desk::new();
    let wire = &river()[0]["text"].as_str().unwrap().to_owned();
    let shortened = wire.replace("VIENNA - ", "By our own staff. ") + "\n\nThe Star has more on this on page four.";
    desk.ingest(&[
        article("https://wire.example/1", "2017-03-14", wire),
        article("https://star.example/1", "2017-03-15", wire),
        article("https://post.example/1", "2017-03-15", &shortened),
        river()[1].clone(),
    ]);
    sound(&desk.db());
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM articles WHERE copy_of = 1"), 2);
    let sql =
        "SELECT appearances || ' ' || independent || ' ' || outlets FROM statements JOIN said ON statement_id = statements.id
         WHERE text LIKE '%nine positions%' LIMIT 1";
    assert_eq!(desk.ask::<String>(sql), "4 2 4");
    // The wire takes its article back: the first copy is the original now.
    desk.ingest(&[article(
        "https://wire.example/1",
        "2017-03-14",
        "The article was withdrawn.",
    )]);
    sound(&desk.db());
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM articles WHERE copy_of = 2"), 1);
    assert_eq!(desk.ask::<String>(sql), "3 2 3");
}

/// The same words in three articles: of one speaker, of another, and of the first again on some other day.
fn thrice(desk: &Desk, words: &str, other_day: &str) {
    let said = |who: &str, day: &str| format!("\"{words},\" {who} said on {day}.");
    desk.ingest(&[
        article("https://a.example/1", "2017-03-14", &said("Ilse Brandauer", "Monday")),
        article("https://b.example/1", "2017-03-15", &said("Marek Dvorsky", "Monday")),
        article("https://c.example/1", "2017-03-16", &said("Ilse Brandauer", other_day)),
    ]);
}

#[test]
fn two_speakers_for_one_statement_are_a_conflict() {
    let desk = Desk::new();
    thrice(
        &desk,
        "The bridge at Orsova will be closed before the winter comes",
        "Monday in Graz",
    );
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM statements WHERE conflict = 1"), 1);
    let reader = desk.reader();
    let page = reader.statement(1, 10).unwrap().unwrap();
    let named: Vec<(&str, u64)> = page.conflicts.iter().map(|c| (&*c.speaker, c.appearances)).collect();
    assert_eq!(named, [("Ilse Brandauer", 2), ("Marek Dvorsky", 1)]);
}

#[test]
fn a_phrase_that_anybody_says_is_no_conflict() {
    let desk = Desk::new();
    thrice(&desk, "No comment", "Friday");
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM statements"), 2);
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM statements WHERE conflict = 1"), 0);
}
