//! One statement in many articles: variants, wire copies, conflicts, and figures that are right whatever comes and goes.

use super::desk::{Desk, EXTRACTOR, article, river, rows, run, sound};
use attache::article::Article;
use attache::store::{Correction, Filter, Outcome, Prepared, Preparer, Remedy, Writer};

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

#[test]
fn a_wire_copy_is_found_among_others_from_the_same_press_conference() {
    let desk = Desk::new();
    let said = [
        "\"We came here with nine positions and we leave with two,\" said Ilse Brandauer.",
        "\"The dams were never ours to open on a Sunday,\" Brandauer said.",
        "\"Nobody has asked the people who live along the canal,\" she added.",
    ];
    // The first one quotes no less of it, in a story of its own.
    let own = format!(
        "The river has not been so low since the mill burnt down, and the anglers of Torn went home.\n\n{}\n\n\
         None of that will bring the pike back to the weir, where anybody could catch three of them in an hour, and now \
         there is nobody on the banks.\n\n{}\n\n{}",
        said[0], said[1], said[2]
    );
    let wire = format!(
        "GRAZ - The third round about the water treaty is over, and no date was set for the next one.\n\n{}\n\n{}\n\n\
         Delegates from four countries left the hall by the back door while it was still raining in the city.\n\n{}",
        said[0], said[1], said[2]
    );
    let printed = wire.replace("GRAZ - ", "By our own staff. ") + "\n\nThe Star has more on page four.";
    desk.ingest(&[
        article("https://anglers.example/1", "2017-03-14", &own),
        article("https://wire.example/1", "2017-03-14", &wire),
        article("https://star.example/1", "2017-03-15", &printed),
    ]);
    let copies = "SELECT group_concat(id || ' of ' || copy_of) FROM articles WHERE copy_of IS NOT NULL";
    assert_eq!(desk.ask::<Option<String>>(copies).as_deref(), Some("3 of 2"));
}

#[test]
fn an_article_that_gives_the_same_words_to_two_is_no_conflict() {
    let desk = Desk::new();
    let words = "We shall not pay for the harbour before the winter is over";
    let one = format!("\"{words},\" Ilse Brandauer said in Graz.");
    let both = format!("{one}\n\nIt rained all day. \"{words},\" Marek Dvorsky said later.");
    desk.ingest(&[
        article("https://a.example/1", "2017-03-14", &one),
        article("https://b.example/1", "2017-03-15", &both),
    ]);
    assert_eq!(desk.ask::<i64>("SELECT count(DISTINCT speaker_id) FROM quotes"), 2);
    let statement: i64 = desk.ask("SELECT id FROM statements WHERE appearances > 1");
    assert_eq!(
        desk.ask::<i64>("SELECT conflict FROM statements WHERE appearances > 1"),
        0
    );
    let page = desk.reader().statement(statement, 10).unwrap().unwrap();
    assert_eq!(page.conflicts, []);
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

/// The figures of all statements as they are stored, and as they are counted of the quotes.
fn figures(desk: &Desk) -> [Vec<String>; 2] {
    let connection = rusqlite::Connection::open(desk.db()).unwrap();
    let stored = "SELECT json_array(id, first_seen, last_seen, appearances, independent, outlets, conflict, speaker_id)
                  FROM statements ORDER BY id";
    let counted = "
        WITH standing AS (SELECT q.statement_id, q.id, q.date, q.source_id, q.speaker_id, coalesce(a.copy_of, a.id) AS original
                          FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.retracted = 0),
             named AS (SELECT statement_id, speaker_id, count(*) AS quotes, min(id) AS first, count(DISTINCT original) AS originals
                       FROM standing WHERE speaker_id IS NOT NULL GROUP BY statement_id, speaker_id)
        SELECT json_array(s.id, (SELECT min(date) FROM standing WHERE statement_id = s.id),
                 (SELECT max(date) FROM standing WHERE statement_id = s.id),
                 (SELECT count(*) FROM standing WHERE statement_id = s.id),
                 (SELECT count(DISTINCT original) FROM standing WHERE statement_id = s.id),
                 (SELECT count(DISTINCT source_id) FROM standing WHERE statement_id = s.id),
                 coalesce((SELECT count(DISTINCT original) FROM standing WHERE statement_id = s.id AND speaker_id IS NOT NULL)
                          > (SELECT max(originals) FROM named WHERE statement_id = s.id), 0),
                 (SELECT speaker_id FROM named WHERE statement_id = s.id ORDER BY quotes DESC, first LIMIT 1))
        FROM (SELECT DISTINCT statement_id AS id FROM quotes) s ORDER BY s.id";
    [stored, counted].map(|sql| {
        let mut rows = connection.prepare(sql).unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

/// An outlet's print of one of two stories of the wire: the whole of it, a cut one, or one of its own words around the
/// quotes, which some outlets give to somebody else.
fn print(n: usize) -> serde_json::Value {
    let who = if n % 9 == 4 { "Marek Dvorsky" } else { "Ilse Brandauer" };
    let (opening, quotes) = if n.is_multiple_of(2) {
        (
            "The ferry over the lake of Torn will stop in May, the board decided on Monday after a long night of talks.",
            [
                "The ferry has lost money in each of the last nine winters",
                "Whoever lives on the island will get a seat on the mail boat",
                "We asked the ministry eleven times and heard nothing",
            ],
        )
    } else {
        (
            "The new bridge over the lake of Torn opened on Friday, four years late, before a small crowd in the rain.",
            [
                "The bridge will carry lorries before it carries ministers",
                "Nobody on the island will miss the ferry and its whistle",
                "We asked the ministry eleven times and heard nothing",
            ],
        )
    };
    let [one, two, three] = quotes;
    let around = match n % 5 {
        3 => format!(
            "Our reporter {n} stood at the quay of harbour {n} all morning and drank coffee {n} with sailor {n} and \
             pilot {n} while gull {n} and crow {n} fought over loaf {n}, and then over herring {n}."
        ),
        _ => opening.to_owned(),
    };
    let text = format!(
        "Print {n}.\n\n{around}\n\n\"{one},\" {who} said on Monday.\n\n\"{two},\" {who} said.\n\n\"{three},\" {who} said.\n\n\
         Page {}.",
        n % 7
    );
    let mut print = article(
        &format!("https://paper{}.example/{n}", n % 6),
        &format!("2017-03-{:02}", (n * 17) % 28 + 1),
        &text,
    );
    print["id"] = format!("print {n}").into();
    print
}

/// Stories come, change, are corrected and go, in batches of one writer or each in one of a writer of its own.
fn tale_of_the_ferry(one_writer: bool) -> Vec<Vec<String>> {
    let desk = Desk::new();
    let mut writer = Writer::open(&desk.db(), &run()).unwrap();
    let preparer = Preparer::new(&EXTRACTOR, &run(), None, None);
    let mut told = Vec::new();
    let mut batch = |articles: &[serde_json::Value], wanted: Outcome| {
        for article in articles {
            let article = Article::from_json(article.to_string().as_bytes()).unwrap();
            let Prepared::Ready(ready) = preparer.prepare_article(&article).unwrap() else {
                panic!("{article:?}");
            };
            assert_eq!(writer.add(&ready).unwrap(), wanted);
        }
        writer.commit().unwrap();
        let [stored, counted] = figures(&desk);
        assert_eq!(stored, counted);
        told.push(rows(&desk.db()));
        if !one_writer {
            writer = Writer::open(&desk.db(), &run()).unwrap();
        }
    };
    let prints = |from: usize, to: usize| (from..to).map(print).collect::<Vec<_>>();
    let ask = |sql: &str| desk.ask::<i64>(sql);
    let most = "SELECT max(appearances) FROM statements";
    for from in [0, 70, 140] {
        batch(&prints(from, from + 70), Outcome::Added);
    }
    assert_eq!(ask(most), 210);
    assert_eq!(ask("SELECT count(*) FROM statements WHERE conflict = 1"), 5);
    let copies = ask("SELECT count(*) FROM articles WHERE copy_of IS NOT NULL");
    assert!((100..200).contains(&copies), "{copies}");
    // The first print of a story is taken back, so that its copies get another original; others print the other story.
    let withdrawn = |n: usize| {
        let mut withdrawn = print(n);
        withdrawn["text"] = "The article was withdrawn.".into();
        withdrawn
    };
    batch(&[withdrawn(0)], Outcome::Replaced);
    assert_eq!(ask(most), 209);
    let other_story = |n: usize| {
        let mut other = print(n);
        other["text"] = print(n + 1)["text"].clone();
        other
    };
    batch(&(1..40).map(other_story).collect::<Vec<_>>(), Outcome::Replaced);
    batch(&prints(210, 250), Outcome::Added);
    // Somebody else corrects quotes between two batches.
    let of = |who: &str| {
        let sql = format!(
            "SELECT q.id FROM quotes q JOIN speakers s ON s.id = q.speaker_id
             WHERE s.name = '{who}' AND q.text LIKE 'We asked the ministry%' LIMIT 1"
        );
        ask(&sql)
    };
    let not_said = desk.correct(of("Ilse Brandauer"), &Remedy::NotAQuote, None).unwrap();
    let by_another = Remedy::Speaker("Anna Szalai".to_owned());
    desk.correct(of("Marek Dvorsky"), &by_another, None).unwrap();
    batch(&prints(250, 260), Outcome::Added);
    Correction::revert(&desk.db(), not_said).unwrap();
    batch(&prints(260, 270), Outcome::Added);
    // Added, replaced and added in one batch; then all of it goes.
    let mixed = [withdrawn(3), other_story(100), withdrawn(1), print(0)];
    batch(&mixed, Outcome::Replaced);
    batch(&prints(270, 280), Outcome::Added);
    let all: Vec<_> = (0..280).filter(|n| ![1, 3].contains(n)).map(withdrawn).collect();
    batch(&all, Outcome::Replaced);
    assert_eq!(ask("SELECT count(*) FROM statements"), 0);
    batch(&prints(280, 300), Outcome::Added);
    assert_eq!(ask(most), 20);
    sound(&desk.db());
    told
}

#[test]
fn what_a_writer_remembers_changes_nothing() {
    let (one, many) = (tale_of_the_ferry(true), tale_of_the_ferry(false));
    assert!(one.len() > 8 && one.iter().any(|rows| rows.len() > 2000));
    for (batch, (one, many)) in one.iter().zip(&many).enumerate() {
        assert!(one == many, "batch {batch}");
    }
}

#[test]
fn however_many_say_the_same_each_says_it_once() {
    let desk = Desk::new();
    let given = [
        "Ada", "Bela", "Cora", "Dov", "Edda", "Finn", "Gerd", "Hana", "Ivo", "Jana",
    ];
    let names = ["Torvald", "Ostrem", "Pellgrin", "Quistorp", "Rademak", "Sillanp"];
    let mut articles = Vec::new();
    for print in 0..3 {
        for (at, given) in given.iter().enumerate() {
            for (number, name) in names.iter().enumerate() {
                let url = format!("https://paper{print}.example/{at}/{number}");
                let text = format!("\"No comment on that ferry story,\" {given} {name}{at} said on day {print}.");
                articles.push(article(&url, &format!("2017-03-{:02}", print + 1), &text));
            }
        }
    }
    desk.ingest(&articles);
    assert_eq!(
        desk.ask::<i64>("SELECT count(*) FROM speakers WHERE kind = 'person'"),
        60
    );
    let three = "SELECT count(*) FROM statements WHERE appearances = 3 AND independent = 3";
    assert_eq!(desk.ask::<i64>(three), 60);
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM statements"), 60);
    sound(&desk.db());
}
