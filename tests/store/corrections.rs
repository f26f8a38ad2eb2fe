//! Corrections: applied, listed, taken back, and there again when an article is read anew.

use super::desk::{Desk, EXTRACTOR, article, river, rows, run, sound};
use attache::store::{By, Correction, Filter, Remedy, Writer};
use rusqlite::Connection;
use serde_json::json;

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
    let made = desk
        .correct(id, &Remedy::Speaker("Marek Dvorsky".to_owned()), Some("heard it"))
        .unwrap();
    let corrected = quote(&desk, "cement bill");
    assert_eq!(
        (corrected.speaker.as_deref(), corrected.corrected),
        (Some("Marek Dvorsky"), true)
    );
    let listed = desk.reader().corrections(9, 0).unwrap();
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
    let made = desk.correct(hit.id, &Remedy::NotAQuote, None).unwrap();
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
    desk.correct(id, &Remedy::NotAQuote, None).unwrap();
    let second = desk
        .correct(id, &Remedy::Speaker("Tomas Novy-Lind".to_owned()), None)
        .unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Tomas Novy-Lind"));
    let listed = desk.reader().corrections(9, 0).unwrap();
    assert!(listed[1].reverted.is_some() && listed[0].reverted.is_none());
    assert_eq!(desk.reader().corrections(1, 1).unwrap(), listed[1..]);
    Correction::revert(&desk.db(), second).unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Anna Szalai"));
    for wrong in ["", "  ", "…", "Ilse\nBrandauer", "Q999999999999", &"Ilse ".repeat(1000)] {
        let remedy = Remedy::Speaker(wrong.to_owned());
        assert_eq!(desk.correct(id, &remedy, None).unwrap_err().code(), "invalid_query");
    }
    assert_eq!(
        desk.correct(77_777, &Remedy::NotAQuote, None).unwrap_err().code(),
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
    let refused = desk.correct(id, &remedy, None).unwrap_err();
    assert_eq!(refused.to_string(), "nobody is known as q99999999");
    assert_eq!(desk.ask::<i64>(speakers), before);
    let known: i64 = desk.ask("SELECT id FROM speakers WHERE name = 'Marek Dvorsky'");
    let mark = format!("UPDATE speakers SET wikidata = 'Q99999999' WHERE id = {known}");
    rusqlite::Connection::open(desk.db())
        .unwrap()
        .execute(&mark, [])
        .unwrap();
    desk.correct(id, &remedy, None).unwrap();
    assert_eq!(quote(&desk, "cement bill").speaker_id, Some(known));
}

#[test]
fn a_surname_is_the_one_who_bears_it() {
    let desk = Desk::new();
    let mut articles = river();
    articles.push(article(
        "https://herald.example/4",
        "2017-04-12",
        "\"The ferry will sail,\" Elena Marsh said. \"It will sink,\" Oswin Tarrel said. \"It will float,\" Petra Tarrel \
         said.\n\nKrevin, a city councillor, said: \"I shall walk.\"",
    ));
    desk.ingest(&articles);
    let id = quote(&desk, "cement bill").id;
    let correct = |name: &str| {
        let remedy = Remedy::Speaker(name.to_owned());
        let made = Correction::make(&desk.db(), id, &remedy, None, EXTRACTOR.gazetteer())?;
        let meant = made.speaker.unwrap();
        assert_eq!(quote(&desk, "cement bill").speaker.as_ref(), Some(&meant.name));
        Ok((meant.name, meant.by))
    };
    let whom = |name: &str| correct(name).unwrap_or_else(|why: attache::Error| panic!("{name}: {why}"));
    let speakers = || desk.ask::<i64>("SELECT count(*) FROM speakers");
    let before = speakers();
    assert_eq!(whom(" marsh "), ("Elena Marsh".to_owned(), By::Surname));
    assert_eq!(whom("Elena Marsh"), ("Elena Marsh".to_owned(), By::Name));
    assert_eq!(whom("Krevin"), ("Krevin".to_owned(), By::Name));
    let several = correct("Tarrel").unwrap_err();
    assert_eq!(
        several.to_string(),
        "\"Tarrel\" may be Oswin Tarrel, Petra Tarrel: give the whole name, or the Wikidata identifier"
    );
    assert_eq!(quote(&desk, "cement bill").speaker.as_deref(), Some("Krevin"));
    assert_eq!(speakers(), before);
    // The gazetteer tells who bore the name in an office on the day of the article.
    assert_eq!(whom("Tillerson"), ("Rex Tillerson".to_owned(), By::Gazetteer));
    assert_eq!(whom("Rex Tillerson"), ("Rex Tillerson".to_owned(), By::Name));
    assert_eq!(whom("Q331401"), ("Rex Tillerson".to_owned(), By::Name));
    assert_eq!(whom("Q58217"), ("Sergei Lavrov".to_owned(), By::Gazetteer));
    let known = "SELECT key || ' ' || wikidata || ' ' || country FROM speakers WHERE name = 'Rex Tillerson'";
    assert_eq!(desk.ask::<String>(known), "Q331401 Q331401 US");
    let several = correct("Smith").unwrap_err().to_string();
    assert!(
        several.contains(" (Q") && several.contains(" more: give the whole name"),
        "{several}"
    );
    assert_eq!(speakers(), before + 2);
    assert_eq!(whom("Zzyzxov"), ("Zzyzxov".to_owned(), By::Nothing));
    assert_eq!(whom("Ilse Zzyzxova"), ("Ilse Zzyzxova".to_owned(), By::Nothing));
    assert_eq!(speakers(), before + 4);
    sound(&desk.db());
}

/// A minister and somebody unnamed, in an article with so many sentences.
fn ministers(sentences: u32) -> serde_json::Value {
    let sentence = |n: u32| json!({"start": n, "end": n + 1});
    let quote = |id: u32, text: &str, speaker: serde_json::Value| {
        json!({"id": id, "type": "direct", "text": text, "spans": [{"start": id, "end": id + 1}], "confidence": 0.75,
               "speaker": speaker})
    };
    json!({"schema": "attache/1", "id": "ministers", "offsets": "char", "date": "2017-03-14",
           "sentences": (0..sentences).map(sentence).collect::<Vec<_>>(),
           "entities": [{"kind": "person", "name": "Ilse Brandauer"}, {"kind": "person", "name": "Marek Dvorsky"}],
           "quotes": [quote(0, "the dams are ours", json!({"entity": 0, "office": "Minister of Works"})),
                      quote(1, "the cement is paid for", json!({"mention": {"start": 5, "end": 9, "text": "a man"}, "anonymous": true}))]})
}

#[test]
fn an_office_and_a_hidden_source_are_not_those_of_somebody_else() {
    let desk = Desk::new();
    desk.record(&ministers(2));
    let told = || {
        let reader = desk.reader();
        let works = Filter {
            office: Some("works".to_owned()),
            ..Filter::default()
        };
        let dams = quote(&desk, "dams");
        let hidden = reader.stats().unwrap().anonymous;
        assert_eq!(reader.found(&Filter::default()).unwrap().anonymous, hidden);
        assert_eq!(u64::from(quote(&desk, "cement").anonymous), hidden);
        assert_eq!(reader.count(&works).unwrap(), u64::from(dams.office.is_some()));
        (dams.office.is_some(), hidden == 1)
    };
    assert_eq!(told(), (true, true));
    let by = |name: &str| Remedy::Speaker(name.to_owned());
    let dams = desk
        .correct(quote(&desk, "dams").id, &by("Marek Dvorsky"), None)
        .unwrap();
    assert_eq!(told(), (false, true));
    let cement = desk
        .correct(quote(&desk, "cement").id, &by("Marek Dvorsky"), None)
        .unwrap();
    assert_eq!(told(), (false, false));
    assert!(desk.reader().speaker_page(2).unwrap().unwrap().offices.is_empty());
    // Read anew.
    desk.record(&ministers(3));
    assert_eq!(told(), (false, false));
    sound(&desk.db());
    // Of whom the article was read to name, they are again.
    let same = desk
        .correct(quote(&desk, "dams").id, &by("Ilse Brandauer"), None)
        .unwrap();
    assert_eq!(told(), (true, false));
    Correction::revert(&desk.db(), same).unwrap();
    Correction::revert(&desk.db(), cement).unwrap();
    assert!(Correction::revert(&desk.db(), dams).is_err());
    assert_eq!(told(), (true, true));
    sound(&desk.db());
}

#[test]
fn what_was_corrected_before_there_was_such_a_column_is_brought_on() {
    let desk = Desk::new();
    desk.record(&ministers(2));
    let made = desk
        .correct(
            quote(&desk, "dams").id,
            &Remedy::Speaker("Marek Dvorsky".to_owned()),
            None,
        )
        .unwrap();
    let after = rows(&desk.db());
    let older = "UPDATE quotes SET office_id = coalesce(office_id, extracted_office_id);
                 ALTER TABLE quotes DROP COLUMN extracted_office_id; ALTER TABLE quotes DROP COLUMN extracted_anonymous;
                 PRAGMA user_version = 3; PRAGMA wal_checkpoint(TRUNCATE)";
    Connection::open(desk.db()).unwrap().execute_batch(older).unwrap();
    drop(Writer::open(&desk.db(), &run()).unwrap());
    assert_eq!(rows(&desk.db()), after);
    assert_eq!(quote(&desk, "dams").office, None);
    Correction::revert(&desk.db(), made).unwrap();
    assert_eq!(quote(&desk, "dams").office.as_deref(), Some("Minister of Works"));
}
