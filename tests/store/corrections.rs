//! Corrections: applied, listed, taken back, and there again when an article is read anew.

use super::desk::{Desk, article, river, rows, sound};
use attache::store::{Correction, Filter, Remedy};

fn quote(desk: &Desk, words: &str) -> attache::store::Hit {
    let filter = Filter {
        words: Some(words.to_owned()),
        ..Filter::default()
    };
    desk.reader().search(&filter, 1, 0).unwrap().remove(0)
}

#[test]
fn a_correction_is_applied_survives_and_is_taken_back() {
    let desk = Desk::new();
    desk.ingest(&river());
    let id = quote(&desk, "cement bill").id;
    let made = Correction::make(
        &desk.db(),
        id,
        &Remedy::Speaker("Marek Dvorsky".to_owned()),
        Some("heard it"),
    )
    .unwrap();
    let corrected = quote(&desk, "cement bill");
    assert_eq!(
        (corrected.speaker.as_deref(), corrected.corrected),
        (Some("Marek Dvorsky"), true)
    );
    let listed = desk.reader().corrections().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].extracted.as_deref(), Some("Anna Szalai"));
    assert_eq!(listed[0].note.as_deref(), Some("heard it"));
    // The article grows in front; the quote stands elsewhere and is another row now.
    let longer = format!(
        "An opening that was not there before. {}",
        river()[1]["text"].as_str().unwrap()
    );
    let closing = desk.ingest(&[article("https://herald.example/2", "2017-03-15", &longer)]);
    assert_eq!(closing.replaced, 1);
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Marek Dvorsky"));
    Correction::revert(&desk.db(), made).unwrap();
    let back = quote(&desk, "cement bill");
    assert_eq!((back.speaker.as_deref(), back.corrected), (Some("Anna Szalai"), false));
    assert_eq!(
        Correction::revert(&desk.db(), made).unwrap_err().code(),
        "invalid_query"
    );
    sound(&desk.db());
}

#[test]
fn what_is_no_quote_is_found_nowhere() {
    let desk = Desk::new();
    desk.ingest(&river());
    let before = rows(&desk.db());
    let hit = quote(&desk, "cement bill");
    let made = Correction::make(&desk.db(), hit.id, &Remedy::NotAQuote, None).unwrap();
    let reader = desk.reader();
    let filter = Filter {
        words: Some("cement bill".to_owned()),
        ..Filter::default()
    };
    assert_eq!(reader.count(&filter).unwrap(), 0);
    assert_eq!(
        reader
            .statement(hit.statement.unwrap(), 5)
            .unwrap()
            .unwrap()
            .appearances,
        0
    );
    assert!(
        reader
            .article(hit.article)
            .unwrap()
            .unwrap()
            .quotes
            .iter()
            .any(|quote| quote.retracted)
    );
    Correction::revert(&desk.db(), made).unwrap();
    let after: Vec<String> = rows(&desk.db())
        .into_iter()
        .filter(|row| !row.starts_with("corrections"))
        .collect();
    assert_eq!(after, before);
}

#[test]
fn a_second_correction_takes_the_first_ones_place() {
    let desk = Desk::new();
    desk.ingest(&river());
    let id = quote(&desk, "cement bill").id;
    Correction::make(&desk.db(), id, &Remedy::NotAQuote, None).unwrap();
    let second = Correction::make(&desk.db(), id, &Remedy::Speaker("Tomas Novy-Lind".to_owned()), None).unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Tomas Novy-Lind"));
    let listed = desk.reader().corrections().unwrap();
    assert!(listed[1].reverted.is_some() && listed[0].reverted.is_none());
    Correction::revert(&desk.db(), second).unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Anna Szalai"));
    for wrong in ["", "  ", "…"] {
        let remedy = Remedy::Speaker(wrong.to_owned());
        assert_eq!(
            Correction::make(&desk.db(), id, &remedy, None).unwrap_err().code(),
            "invalid_query"
        );
    }
    assert_eq!(
        Correction::make(&desk.db(), 77_777, &Remedy::NotAQuote, None)
            .unwrap_err()
            .code(),
        "invalid_query"
    );
}

#[test]
fn an_identifier_that_nobody_has_is_no_name() {
    let desk = Desk::new();
    desk.ingest(&river());
    let id = quote(&desk, "cement bill").id;
    let speakers = "SELECT count(*) FROM speakers";
    let before: i64 = desk.ask(speakers);
    let remedy = Remedy::Speaker("q99999999".to_owned());
    let refused = Correction::make(&desk.db(), id, &remedy, None).unwrap_err();
    assert_eq!(refused.to_string(), "the database knows nobody as q99999999");
    assert_eq!(desk.ask::<i64>(speakers), before);
    let known: i64 = desk.ask("SELECT id FROM speakers WHERE name = 'Marek Dvorsky'");
    let mark = format!("UPDATE speakers SET wikidata = 'Q99999999' WHERE id = {known}");
    rusqlite::Connection::open(desk.db())
        .unwrap()
        .execute(&mark, [])
        .unwrap();
    Correction::make(&desk.db(), id, &remedy, None).unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker_id, Some(known));
}
