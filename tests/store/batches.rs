//! Rows are a function of the articles in their order: where batches end, where a process was killed and another one went
//! on, and what a writer remembers change none of them.

use super::desk::{Desk, EXTRACTOR, article, rows, run, sound};
use attache::article::Article;
use attache::store::{Outcome, Prepared, Preparer, Ready, Writer};

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.below(list.len())]
    }
}

/// The same in other words, cuts, cases and marks, of a place §; some are too short to be known without their speaker.
const WORDINGS: [&[&str]; 6] = [
    // A name is another one than the name in its place; a common word may be another word for the same.
    &[
        "All of us know that the Ferry of § lost money in each winter and that the council will not pay for another year",
        "All of us know that the ferry of § lost money in each winter and that the council will not pay for another year",
        "All of us know that the Boat of § lost money in each winter and that the council will not pay for another year",
        "All of us know that the boat of § lost money in each winter and that the council will not pay for another year",
    ],
    &[
        "The Ferry of § has lost money in each of the last nine winters and nobody in the council wants to pay for a tenth",
        "the ferry of § has lost money in each of the last nine winters and nobody in the Council wants to pay for a tenth",
        "The ferry of § has lost money in each of the last nine winters",
        "The ferry of § has lost money … and nobody in the council wants to pay for a tenth",
        "Nobody in the council of § wants to pay for a tenth",
        "The ferry of § has lost money in nearly all of the last nine winters and nobody wants to pay for a tenth",
    ],
    &[
        "Whoever lives near § will get a seat on the mail boat and a ticket for the winter that costs nothing",
        "Whoever lives near § will get a Seat on the mail boat",
        "Whoever lives near § will get a ticket for the winter that costs nothing",
        "People near § will get a seat on the mail boat and a ticket for the winter that costs nothing",
        "A seat on the mail boat to § and a ticket for the winter",
    ],
    &[
        "We asked the mayor of § eleven times and heard nothing but the noise of shredders",
        "We asked the mayor of § eleven times and heard nothing",
        "We asked the Mayor of § eleven times, and heard nothing but the noise of shredders",
        "We have asked the mayor of § twelve times and heard nothing but the noise of shredders",
    ],
    &[
        "No comment on §",
        "no comment at all on §",
        "No comment on §!",
        "No comment",
    ],
    &["§ will wait", "§ will not wait for the ministry", "§ waits"],
];

const PLACES: [&str; 9] = [
    "Torn", "Orsova", "Velm", "Karst", "Lund", "Brod", "Senta", "Ruse", "Pola",
];

/// Who says it, and how: mostly one of two people, who are often taken for each other; or nobody who is named.
const ATTRIBUTIONS: [&str; 7] = [
    "Ilse Brandauer said on Monday",
    "Ilse Brandauer said",
    "Marek Dvorsky said on Monday",
    "Marek Dvorsky told reporters",
    "Anna Szalai said",
    "it was said in the corridor",
    "said the man at the quay",
];

/// An article made by chance of what was said, so that many are nearly the same.
fn chance(n: usize, dice: &mut Dice) -> serde_json::Value {
    let place = dice.of(&PLACES);
    let mut text = match dice.below(3) {
        0 => format!("The ferry to {place} will stop in May, the board decided on Monday after a long night of talks."),
        1 => format!("The new bridge of {place} opened on Friday, four years late, before a small crowd in the rain."),
        _ => "The council met on Monday.".to_owned(),
    };
    for _ in 0..dice.below(5) {
        let words = WORDINGS[dice.below(WORDINGS.len())];
        let words = dice.of(words).replace('§', place);
        text += &format!("\n\n\"{words},\" {}.", dice.of(&ATTRIBUTIONS));
    }
    let url = format!("https://paper{}.example/{n}", n % 7);
    let mut made = article(&url, &format!("2017-03-{:02}", dice.below(28) + 1), &text);
    made["id"] = format!("chance {n}").into();
    made
}

/// The same article, its words in other cases.
fn in_other_cases(article: &serde_json::Value) -> serde_json::Value {
    let mut other = article.clone();
    let text = article["text"].as_str().unwrap();
    let swapped = ["Ferry", "Boat", "Seat", "Council"]
        .iter()
        .fold(text.to_owned(), |text, word| {
            let lower = word.to_lowercase();
            text.replace(word, "§").replace(&lower, word).replace('§', &lower)
        });
    other["text"] = format!("{swapped}\n\nThis was corrected.").into();
    other
}

/// First new articles; then changed ones among more new ones.
fn material(seed: u64) -> [Vec<Ready>; 2] {
    let mut dice = Dice(seed);
    let new: Vec<_> = (0..260).map(|n| chance(n, &mut dice)).collect();
    let mut then: Vec<_> = (260..340).map(|n| chance(n, &mut dice)).collect();
    for (n, article) in new[..250].iter().enumerate() {
        match dice.below(8) {
            0 => then.push(chance(n, &mut dice)),
            1 | 2 => then.push(in_other_cases(article)),
            // Several versions in one input, some of them twice.
            3 => {
                let other = chance(n, &mut dice);
                then.extend([other.clone(), in_other_cases(article), other]);
            }
            _ => {}
        }
    }
    for at in (1..then.len()).rev() {
        then.swap(at, dice.below(at + 1));
    }
    // The numbers of the last quotes become free.
    for article in &new[250..] {
        let mut withdrawn = article.clone();
        withdrawn["text"] = "The article was withdrawn.".into();
        then.insert(0, withdrawn);
    }
    let preparer = Preparer::new(&EXTRACTOR, &run(), None, None);
    let ready = |article: &serde_json::Value| {
        let article = Article::from_json(article.to_string().as_bytes()).unwrap();
        match preparer.prepare_article(&article).unwrap() {
            Prepared::Ready(ready) => *ready,
            other => panic!("{other:?}"),
        }
    };
    [new, then].map(|part| part.iter().map(ready).collect())
}

/// Ingests both parts in batches of this size. With dice, processes are killed, and what comes then begins anew.
fn ingest(parts: &[Vec<Ready>; 2], size: usize, mut dice: Option<&mut Dice>) -> Vec<String> {
    let desk = Desk::new();
    for part in parts {
        let mut writer = Writer::open(&desk.db(), &run()).unwrap();
        let (mut at, mut kills) = (0, 0);
        while at < part.len() {
            writer.add(&part[at]).unwrap();
            at += 1;
            if at.is_multiple_of(size) {
                writer.commit().unwrap();
            }
            if let Some(dice) = dice.as_deref_mut()
                && kills < 12
                && dice.below(20) == 0
            {
                drop(writer);
                writer = Writer::open(&desk.db(), &run()).unwrap();
                (at, kills) = (0, kills + 1);
            }
        }
        writer.commit().unwrap();
    }
    sound(&desk.db());
    let mut rows = rows(&desk.db());
    rows.push(desk.ask("SELECT group_concat(superseded ORDER BY id) FROM articles"));
    rows
}

#[test]
fn where_batches_end_changes_no_row() {
    for seed in [88_172_645_463_325_252, 362_436_069_521_288_629, 1_812_433_253] {
        let parts = material(seed);
        let whole = ingest(&parts, usize::MAX, None);
        for size in [1, 7, 64] {
            assert!(ingest(&parts, size, None) == whole, "batches of {size}, seed {seed}");
        }
        let mut dice = Dice(seed + 1);
        for size in [1, 5, 23, 64] {
            let killed = ingest(&parts, size, Some(&mut dice));
            assert!(killed == whole, "batches of {size}, killed, seed {seed}");
        }
    }
}

#[test]
fn the_material_is_of_the_kind_that_is_hard() {
    let parts = material(88_172_645_463_325_252);
    let desk = Desk::new();
    let mut writer = Writer::open(&desk.db(), &run()).unwrap();
    let mut outcomes = Vec::new();
    for ready in parts.iter().flatten() {
        outcomes.push(writer.add(ready).unwrap());
    }
    writer.finish().unwrap();
    let ask = |sql: &str| desk.ask::<i64>(sql);
    let replaced = outcomes.iter().filter(|&&outcome| outcome == Outcome::Replaced);
    assert!(replaced.count() > 40);
    let of = [
        ("conflicts", "SELECT count(*) FROM statements WHERE conflict = 1", 4),
        ("copies", "SELECT count(*) FROM articles WHERE copy_of IS NOT NULL", 10),
        (
            "quotes without a speaker",
            "SELECT count(*) FROM quotes WHERE speaker_id IS NULL",
            10,
        ),
        ("statements", "SELECT count(*) FROM statements", 30),
        ("wordings", "SELECT count(*) FROM variants WHERE variant > 0", 10),
        (
            "wordings in other marks or cases",
            "SELECT count(*) FROM (SELECT 1 FROM quotes GROUP BY statement_id, variant HAVING count(DISTINCT text) > 1)",
            10,
        ),
    ];
    for (what, sql, least) in of {
        let count = ask(sql);
        println!("{what}: {count}");
        assert!(count >= least, "{what}: {count}");
    }
}

/// The statements of the quotes of three articles, all in one batch: words of a boat called so, the same again, and others
/// that are the same thing only if neither "Ferry" nor "Boat" is a name. The first article is read anew before the third
/// one comes: with other words, or with none.
fn statements_of(first: &str, second: &str, anew: Option<&str>) -> Vec<i64> {
    let said = |name: &str| {
        format!(
            "\"All of us know that the {name} of Torn lost money in each winter and that the council will not pay for \
             another year,\" Ilse Brandauer said."
        )
    };
    let anew = match anew {
        Some(name) => said(name) + " It rained.",
        None => "The article was withdrawn.".to_owned(),
    };
    let desk = Desk::new();
    desk.ingest(&[
        article("https://a.example/1", "2017-03-14", &said(first)),
        article("https://b.example/1", "2017-03-15", &said(second)),
        article("https://a.example/1", "2017-03-14", &anew),
        article("https://c.example/1", "2017-03-16", &said("Boat")),
    ]);
    let connection = rusqlite::Connection::open(desk.db()).unwrap();
    let mut read = connection
        .prepare("SELECT statement_id FROM quotes ORDER BY article_id")
        .unwrap();
    let statements = read.query_map([], |row| row.get(0)).unwrap();
    statements.map(Result::unwrap).collect()
}

#[test]
fn words_are_compared_with_those_of_the_first_quote_that_is_there() {
    let (name, none) = ("Ferry", "ferry");
    assert_eq!(statements_of(name, none, Some(name)), [1, 1, 2]);
    assert_eq!(statements_of(name, none, Some(none)), [1, 1, 1]);
    assert_eq!(statements_of(none, name, Some(none)), [1, 1, 1]);
    assert_eq!(statements_of(none, name, Some(name)), [1, 1, 2]);
    assert_eq!(statements_of(name, none, None), [1, 1]);
    assert_eq!(statements_of(none, name, None), [1, 2]);
}

#[test]
fn the_last_version_of_an_article_stays_whenever_it_is_looked_for() {
    let desk = Desk::new();
    let of = |words: &str, day: &str| {
        let text = format!("\"We shall close the {words} of Torn before the winter comes,\" Ilse Brandauer said.");
        article("https://a.example/1", day, &text)
    };
    let mut versions = vec![of("ferry", "2017-03-14"), of("bridge", "2017-03-15")];
    // Far behind, and so in the same batch, but looked for before the first one is written.
    versions.extend((0..40).map(|n| chance(n, &mut Dice(n as u64 + 1))));
    versions.push(of("harbour", "2017-03-16"));
    let lines: Vec<String> = versions.iter().map(ToString::to_string).collect();
    std::fs::write(desk.file("articles.jsonl"), lines.join("\n")).unwrap();
    let last =
        "SELECT text FROM quotes q WHERE article_id = (SELECT id FROM articles WHERE url = 'https://a.example/1')";
    // By the program, which has a version of its own, and by the library: the second time nothing changes.
    let mut history = Vec::new();
    for told in [
        "41 added, 0 unchanged, 2 replaced, 0 failed\n",
        "0 added, 43 unchanged, 0 replaced, 0 failed\n",
    ] {
        let output = desk.attache(&["ingest", "--db", "quotes.db", "articles.jsonl"]);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), told);
        assert!(desk.ask::<String>(last).contains("harbour"));
        history.push(desk.ask::<i64>("SELECT count(*) FROM history"));
    }
    for replaced in [43, 0] {
        assert_eq!(desk.ingest(&versions).replaced, replaced);
        assert!(desk.ask::<String>(last).contains("harbour"));
        history.push(desk.ask::<i64>("SELECT count(*) FROM history"));
    }
    assert_eq!(history, [2, 2, 5, 5]);
    sound(&desk.db());
}

#[test]
fn what_an_article_was_before_another_input_changed_it_is_a_change() {
    let desk = Desk::new();
    let of = |words: &str| {
        let text = format!("\"We shall close the {words} of Torn before the winter comes,\" Ilse Brandauer said.");
        article("https://a.example/1", "2017-03-14", &text)
    };
    let [ferry, bridge, harbour] = ["ferry", "bridge", "harbour"].map(of);
    let ingest = |versions: &[&serde_json::Value]| {
        let closing = desk.ingest(&versions.iter().map(|&version| version.clone()).collect::<Vec<_>>());
        (closing.unchanged, closing.replaced)
    };
    ingest(&[&ferry]);
    assert_eq!(ingest(&[&bridge]), (0, 1));
    assert_eq!(ingest(&[&ferry]), (0, 1));
    // One that grows, and goes back and forth.
    assert_eq!(ingest(&[&ferry, &bridge]), (1, 1));
    assert_eq!(ingest(&[&ferry, &bridge, &ferry, &harbour]), (2, 2));
    assert_eq!(ingest(&[&ferry, &bridge, &ferry, &harbour]), (4, 0));
    assert_eq!(ingest(&[&bridge, &harbour]), (2, 0));
    // In another order they are other changes.
    assert_eq!(ingest(&[&harbour, &bridge]), (1, 1));
    assert_eq!(ingest(&[&harbour, &bridge]), (2, 0));
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM history"), 6);
    sound(&desk.db());
}
