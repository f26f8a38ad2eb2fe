use super::*;
use crate::tokens::{folded_key, tokenize};
use jiff::civil::date;

fn hits(text: &str) -> Vec<(&str, Hit)> {
    let tokens = tokenize(text);
    let hits = Gazetteer::builtin().find(text, &tokens);
    let words = |hit: Hit| {
        let words = &tokens[hit.tokens.range()];
        (
            &text[words[0].span.start as usize..words[words.len() - 1].span.end as usize],
            hit,
        )
    };
    hits.into_iter().map(words).collect()
}

fn names(text: &str) -> Vec<&str> {
    hits(text).into_iter().map(|(name, _)| name).collect()
}

/// Who the surname at the beginning of a text can mean.
fn surnames(text: &str) -> (usize, Vec<&'static str>) {
    let gazetteer: &'static Gazetteer = Box::leak(Box::new(Gazetteer::builtin()));
    let tokens = tokenize(text);
    match gazetteer.surname_at(text, &tokens, 0) {
        Some((run, people)) => (run.len(), people.iter().map(|&p| gazetteer.person(p).name).collect()),
        None => (0, Vec::new()),
    }
}

#[test]
fn opens_the_built_in_tables() {
    let gazetteer = Gazetteer::builtin();
    assert!(gazetteer.people() > 20_000);
    assert!(gazetteer.places() > 5_000);
    assert!(gazetteer.organizations() > 1_000);
    assert!(gazetteer.offices() > 5_000);
}

#[test]
fn finds_names_however_they_are_set() {
    let one: [(&str, &str); 14] = [
        ("met Ban Ki-moon today", "Ban Ki-moon"),
        ("met Ban Ki Moon today", "Ban Ki Moon"),
        ("met Bashar al-Assad", "Bashar al-Assad"),
        ("met Bashar al Assad", "Bashar al Assad"),
        ("met Bashar Assad", "Bashar Assad"),
        ("VLADIMIR PUTIN SPOKE", "VLADIMIR PUTIN"),
        ("Enrique Peña\nNieto", "Enrique Peña\nNieto"),
        ("Enrique  Pena Nieto", "Enrique  Pena Nieto"),
        ("Sergey Lavrov left", "Sergey Lavrov"),
        ("Donald J. Trump won", "Donald J. Trump"),
        ("the New York Times", "New York Times"),
        ("in Côte d’Ivoire", "Côte d’Ivoire"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdogan"),
        ("the U.S. and", "U.S."),
    ];
    for (text, name) in one {
        assert_eq!(names(text), [name], "{text}");
    }
    assert_eq!(names("let us go; who knows; putin; it may be"), [""; 0]);
    assert_eq!(names("Angela\n\nMerkel"), [""; 0]);
}

#[test]
fn tells_what_a_name_can_mean() {
    let gazetteer = Gazetteer::builtin();
    let first = |text: &str| hits(text)[0].1.senses.clone();
    let russia = gazetteer.country_place("RU").expect("a country");
    assert!(first("Moscow").contains(&Sense::Metonym(russia)));
    assert!(first("the Kremlin").contains(&Sense::Metonym(russia)));
    assert_eq!(first("Russian")[0], Sense::Demonym(russia));
    assert_eq!(first("Russia")[0], Sense::Place(russia));
    let Sense::Person(putin) = first("Vladimir Putin")[0] else {
        panic!("no person")
    };
    assert_eq!(gazetteer.person(putin).wikidata(), Some("Q7747"));
    assert_eq!(gazetteer.by_id("Q7747"), Some(Sense::Person(putin)));
    assert_eq!(gazetteer.by_id("Q0"), None);
}

#[test]
fn finds_people_by_surname() {
    for (text, words, name) in [
        ("Xi said", 1, "Xi Jinping"),
        ("Ban said", 1, "Ban Ki-moon"),
        ("Assad said", 1, "Bashar al-Assad"),
        ("al-Assad said", 1, "Bashar al-Assad"),
        ("bin Salman said", 2, "Mohammed bin Salman"),
        ("Peña Nieto said", 2, "Enrique Peña Nieto"),
        ("Pena said", 1, "Enrique Peña Nieto"),
        ("Orban said", 1, "Viktor Orbán"),
        ("Abe said", 1, "Shinzo Abe"),
        ("Merkel said", 1, "Angela Merkel"),
        ("Van der Bellen said", 3, "Alexander Van der Bellen"),
    ] {
        let (length, people) = surnames(text);
        assert_eq!(length, words, "{text}");
        assert!(people.contains(&name), "{text}: {people:?}");
    }
    let gazetteer = Gazetteer::builtin();
    assert!(gazetteer.surname(folded_key("Tillerson")).next().is_some());
    assert_eq!(gazetteer.given_name(folded_key("Angela")), Some(Gender::Female));
}

#[test]
fn knows_who_held_an_office() {
    let gazetteer = Gazetteer::builtin();
    for (role, country, on, name) in [
        ("foreign-minister", "US", date(2017, 4, 12), "Rex Tillerson"),
        ("foreign-minister", "RU", date(2017, 4, 12), "Sergei Lavrov"),
        ("president", "US", date(2016, 4, 12), "Barack Obama"),
        ("prime-minister", "GB", date(2018, 4, 12), "Theresa May"),
        ("prime-minister", "DE", date(2014, 4, 12), "Angela Merkel"),
    ] {
        let holders = gazetteer.role_holders(role, country, on);
        let holders: Vec<&str> = holders.iter().map(|(_, h)| gazetteer.person(h.person).name).collect();
        assert_eq!(holders, [name], "{role} {country}");
    }
    assert!(gazetteer.role_holders("president", "US", date(1850, 1, 1)).is_empty());
}

#[test]
fn reads_role_nouns() {
    let text = "the U.S. Secretary of State and the Foreign Minister";
    let tokens = tokenize(text);
    let gazetteer = Gazetteer::builtin();
    let secretary = gazetteer.role_at(text, &tokens, 2).expect("a role");
    assert_eq!(secretary.tokens.len(), 3);
    assert!(
        secretary
            .offices
            .iter()
            .any(|&o| gazetteer.office(o).id == "us-secretary-of-state")
    );
    let minister = gazetteer.role_at(text, &tokens, 7).expect("a role");
    assert!(minister.roles.contains(&"foreign-minister"));
}
