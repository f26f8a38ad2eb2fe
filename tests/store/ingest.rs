//! The same again changes nothing; a changed article replaces its quotes and keeps what it was; records of others.

use super::desk::{Desk, EXTRACTOR, article, river, rows, run, sound};
use attache::store::{Closing, Filter, Incoming};
use attache::{Article, Offsets, Record};

#[test]
fn the_same_again_changes_nothing() {
    let desk = Desk::new();
    let closing = desk.ingest(&river());
    assert_eq!((closing.added, closing.failed), (3, 0));
    let before = rows(&desk.db());
    assert!(before.len() > 60, "{}", before.len());
    let again = desk.ingest(&river());
    let wanted = Closing {
        unchanged: 3,
        ..Closing::default()
    };
    assert_eq!(again, wanted);
    assert_eq!(rows(&desk.db()), before);
    sound(&desk.db());
}

#[test]
fn a_changed_article_replaces_its_quotes_and_keeps_its_history() {
    let desk = Desk::new();
    desk.ingest(&river());
    let text = "Correction: \"The dams are everybody's, and so is the bill,\" Anna Szalai said.";
    let closing = desk.ingest(&[article("https://herald.example/2", "2017-03-15", text)]);
    assert_eq!((closing.added, closing.replaced), (0, 1));
    sound(&desk.db());
    let reader = desk.reader();
    let id = desk.ask("SELECT id FROM articles WHERE url = 'https://herald.example/2'");
    let page = reader.article(id).unwrap().unwrap();
    assert_eq!(page.text.as_deref(), Some(text));
    assert_eq!(page.quotes.len(), 1);
    assert_eq!(page.history.len(), 1);
    assert!(
        page.history[0]
            .text
            .as_ref()
            .unwrap()
            .contains("the bill for the cement")
    );
    assert!(
        page.history[0].quotes.contains("Anna Szalai"),
        "{}",
        page.history[0].quotes
    );
    // Nothing of the old quotes is found any more.
    let words = |words: &str| Filter {
        words: Some(words.to_owned()),
        ..Filter::default()
    };
    assert_eq!(reader.count(&words("cement bill")).unwrap(), 0);
    assert_eq!(reader.count(&words("everybody's bill")).unwrap(), 1);
    // And back: the same rows as if it had never changed, but for the history.
    desk.ingest(&[river()[1].clone()]);
    sound(&desk.db());
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM history"), 2);
}

#[test]
fn every_place_slices_back_to_the_text() {
    let desk = Desk::new();
    let text = "“Ça suffit – enough 🙂,” said Zoë Århus. She told the Herald that “nobody’s naïve”.";
    desk.ingest(&[article("https://x.example/1", "2017-01-01", text)]);
    let wrong = "SELECT count(*) FROM mentions m JOIN articles a ON a.id = m.article_id
                 WHERE substr(a.text, m.start + 1, m.stop - m.start) <> m.text";
    assert_eq!(desk.ask::<i64>(wrong), 0);
    let wrong = "SELECT count(*) FROM quotes q JOIN articles a ON a.id = q.article_id
                 WHERE substr(a.text, q.mention_start + 1, q.mention_end - q.mention_start) <> q.mention";
    assert_eq!(desk.ask::<i64>(wrong), 0);
    assert!(desk.ask::<i64>("SELECT count(*) FROM mentions") > 0);
    assert!(desk.ask::<i64>("SELECT count(*) FROM quotes WHERE mention_start IS NOT NULL") > 0);
}

#[test]
fn records_of_any_unit_give_the_same_rows() {
    let text = "“Ça suffit 🙂,” said Zoë Århus, the envoy. Later she said that naïve men 🙂 had “no plan”.";
    let article = Article {
        url: Some("https://x.example/1".to_owned()),
        ..Article::new(text).dated("2017-01-01").unwrap()
    };
    let extraction = EXTRACTOR.extract(&article).unwrap();
    let read = [Offsets::Char, Offsets::Byte, Offsets::Utf16].map(|unit| {
        let mut record = serde_json::to_value(Record::new(&extraction, unit)).unwrap();
        record["text"] = text.into();
        Incoming::from_json(record.to_string().as_bytes()).unwrap()
    });
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
    assert!(!read[0].quotes.is_empty());
}

#[test]
fn a_record_without_its_text_takes_none_away() {
    let text = "“Ça suffit 🙂,” said Zoë Århus, the envoy. Later she said that naïve men 🙂 had “no plan”.";
    let given = |text: &str| article("https://x.example/1", "2017-01-01", text);
    let bare = |text: &str, unit| {
        let article = Article::from_json(given(text).to_string().as_bytes()).unwrap();
        let extraction = EXTRACTOR.extract(&article).unwrap();
        let record = Record::new(&extraction, unit).with_alternatives(Some(EXTRACTOR.gazetteer()));
        record.to_string()
    };
    for unit in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
        let desk = Desk::new();
        desk.ingest(&[given(text)]);
        let before = rows(&desk.db());
        let record = |text: &str| {
            std::fs::write(desk.file("said.jsonl"), bare(text, unit)).unwrap();
            let output = desk.attache(&["ingest", "--db", "quotes.db", "said.jsonl"]);
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        assert_eq!(record(text), "0 added, 0 unchanged, 1 replaced, 0 failed\n");
        assert_eq!(record(text), "0 added, 1 unchanged, 0 replaced, 0 failed\n");
        // All is as it was, and nothing was replaced but what the article was read from.
        let without = |rows: Vec<String>| -> Vec<String> {
            let hash = desk.ask::<String>("SELECT input_hash FROM articles");
            rows.into_iter().filter(|row| !row.contains(&hash)).collect()
        };
        let after = without(rows(&desk.db()));
        let kept = before.iter().filter(|row| !row.starts_with("articles"));
        assert_eq!(after, kept.cloned().collect::<Vec<_>>(), "{unit:?}");
        assert_eq!(desk.ask::<String>("SELECT text FROM articles"), text);
        assert_eq!(desk.ask::<String>("SELECT offsets FROM articles"), "char");
        // Of another text the old one is not.
        record(&text.replace("naïve", "foolish"));
        assert_eq!(desk.ask::<Option<String>>("SELECT text FROM articles"), None);
        assert_eq!(desk.ask::<String>("SELECT text FROM history"), text);
    }
}

#[test]
fn what_is_extracted_is_what_its_record_says() {
    let mut articles = river();
    for article in &mut articles {
        article["outlet"] = "The Herald".into();
        article["dateline"] = serde_json::json!({"place": "Vienna"});
        article["id"] = 17.into();
    }
    articles.push(serde_json::json!({ "text": STATED, "outlet": "The Herald" }));
    articles.push(serde_json::json!({
        "text": "ELENA MARSH: Thank you all for coming to the quay.\n\nQUESTION: How long will the ferry be?\n\n\
                 ELENA MARSH: Until the ice is gone.\n\nQUESTION: And then?\n\nELENA MARSH: Then we shall walk.",
        "outlet": "The Herald", "form": "letter",
    }));
    for article in articles {
        let article = Article::from_json(article.to_string().as_bytes()).unwrap();
        let extraction = EXTRACTOR.extract(&article).unwrap();
        let record = Record::new(&extraction, Offsets::Char)
            .with_text(true)
            .with_alternatives(Some(EXTRACTOR.gazetteer()))
            .to_string();
        let (mut read, direct) = (
            Incoming::from_json(record.as_bytes()).unwrap(),
            Incoming::from_extraction(&extraction),
        );
        // The words of these are the text's.
        for mention in read.entities.iter_mut().flat_map(|entity| &mut entity.mentions) {
            mention.text.clear();
        }
        assert_eq!(direct, read);
        let letter = article.extra.contains_key("form");
        assert_eq!(direct.form.as_deref(), letter.then_some("transcript"));
        assert!(direct.outlet().as_deref() == Some("The Herald") && direct.quotes.len() > 1);
    }
}

/// An article whose first lines say what its publisher does not.
const STATED: &str = "By Ana Orlo\nBERLIN, 12 April 2017 (AP) - The council met on Monday, and then it met again.\n\n\
                      \"We are ready for the ferry,\" Elena Marsh said. \"Nobody else is,\" she added.";

#[test]
fn what_the_first_lines_state_is_stored() {
    let desk = Desk::new();
    let with = |url: Option<&str>| serde_json::json!({ "text": STATED, "url": url });
    desk.ingest(&[with(None), with(Some("https://herald.example/1"))]);
    let stored = |of: &str| desk.ask::<String>(&format!("SELECT {of} FROM articles WHERE url IS NULL"));
    assert_eq!(stored("date"), "2017-04-12");
    assert_eq!(stored("author"), "Ana Orlo");
    assert_eq!(stored("dateline"), "BERLIN, 12 April 2017 (AP)");
    // Who wrote it is told only where nobody knows who printed it.
    let outlets = "SELECT group_concat(s.name) FROM articles a JOIN sources s ON s.id = a.source_id";
    assert_eq!(desk.ask::<String>(outlets), "AP,herald.example");
    let filter = Filter {
        from: "2017-04-12".parse().ok(),
        outlet: Some("AP".to_owned()),
        ..Filter::default()
    };
    assert_eq!(desk.reader().count(&filter).unwrap(), 2);
}

/// What is made of a right record to make it wrong.
type Change<'c> = &'c dyn Fn(&mut serde_json::Value);

#[test]
fn what_is_no_record_is_refused_with_its_reason() {
    let record = |change: &dyn Fn(&mut serde_json::Value)| {
        let article = Article::new("“We are ready,” Elena Marsh said in Berlin.");
        let extraction = EXTRACTOR.extract(&article).unwrap();
        let mut record = serde_json::to_value(Record::new(&extraction, Offsets::Char)).unwrap();
        change(&mut record);
        Incoming::from_json(record.to_string().as_bytes())
    };
    assert!(record(&|_| ()).is_ok());
    let changes: [(Change, &str); 8] = [
        (&|r| r["schema"] = "attache/2".into(), "attache/2"),
        (&|r| r["quotes"][0]["type"] = "loud".into(), "loud"),
        (&|r| r["quotes"][0]["confidence"] = 7.into(), "confidence 7"),
        (
            &|r| r["quotes"][0]["speaker"]["entity"] = 99.into(),
            "none of the entities",
        ),
        (
            &|r| r["quotes"][0]["co_speakers"] = serde_json::json!([{"entity": 99}]),
            "none of the entities",
        ),
        (&|r| r["quotes"][0]["id"] = 3.into(), "id 3"),
        (&|r| r["quotes"][0]["spans"] = serde_json::json!([]), "no spans"),
        (&|r| r["text"] = "short".into(), "no place in the text"),
    ];
    for (change, why) in changes {
        let error = record(change).unwrap_err();
        assert_eq!(error.code(), "invalid_record");
        assert!(error.to_string().contains(why), "{error}");
    }
    assert_eq!(
        record(&|r| r["date"] = "2017-02-30".into()).unwrap_err().code(),
        "invalid_date"
    );
    assert_eq!(Incoming::from_json(b"{\"schema\":").unwrap_err().code(), "invalid_json");
}

#[test]
fn the_command_reads_articles_and_records_and_tells_what_failed() {
    let desk = Desk::new();
    std::fs::write(desk.file("a.txt"), "“We are ready,” Elena Marsh said in Berlin.").unwrap();
    let lines = "{\"id\":1,\"text\":\"“Never,” Marek Dvorsky said.\"}\n{\"id\":2}\n{\"text\"\n";
    std::fs::write(desk.file("b.jsonl"), lines).unwrap();
    let records = desk.attache(&["--id", "c", "a.txt"]).stdout;
    std::fs::write(desk.file("c.jsonl"), records).unwrap();
    let output = desk.attache(&["ingest", "--db", "quotes.db", "a.txt", "b.jsonl", "c.jsonl"]);
    let (out, err) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert_eq!(out, "3 added, 0 unchanged, 0 replaced, 2 failed\n", "{err}");
    // What has no name is told by its place.
    let told: Vec<&str> = err.lines().collect();
    assert_eq!(told[0], "attache: 2: the record has no `text`");
    assert!(told[1].starts_with("attache: \"b.jsonl, line 3\": not JSON: "), "{err}");
    assert_eq!(output.status.code(), Some(1));
    sound(&desk.db());
    let output = desk.attache(&["ingest", "--db", "quotes.db", "a.txt", "c.jsonl"]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "0 added, 2 unchanged, 0 replaced, 0 failed\n"
    );
    // The same record without its text, and the article: two articles with the same words.
    assert_eq!(
        desk.ask::<i64>("SELECT count(*) FROM quotes WHERE text LIKE 'We are ready%'"),
        2
    );
}

#[test]
fn what_other_tables_read_is_read_again_and_keeps_its_numbers() {
    let desk = Desk::new();
    desk.ingest(&river());
    let before: Vec<String> = rows(&desk.db())
        .into_iter()
        .filter(|row| !row.starts_with("articles "))
        .collect();
    let newer = attache::store::Run {
        version: "test+2".to_owned(),
        ..run()
    };
    let closing = desk.ingest_as(&newer, &river());
    assert_eq!((closing.replaced, closing.unchanged), (3, 0));
    let after: Vec<String> = rows(&desk.db())
        .into_iter()
        .filter(|row| !row.starts_with("articles "))
        .collect();
    assert_eq!(after, before);
    assert_eq!(desk.ingest_as(&newer, &river()).unchanged, 3);
    sound(&desk.db());
    let (version, tables) = attache::VERSION.split_once('+').unwrap();
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert!(
        tables.len() == 8 && tables.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{tables}"
    );
}

#[test]
fn who_else_may_have_said_it_is_kept_and_goes_with_the_quote() {
    let desk = Desk::new();
    let text = "Elena Marsh met Marek Dvorsky in Vienna on Tuesday. Both spoke to reporters after the talks.\n\n\
                \"We expected a signature, not a photograph.\"\n\nDvorsky left early. \"The water is not ours to sell,\" the envoy said.";
    desk.ingest(&[article("https://x.example/1", "2017-01-01", text)]);
    let article = Article::new(text).dated("2017-01-01").unwrap();
    let extraction = EXTRACTOR.extract(&article).unwrap();
    let record = Record::new(&extraction, Offsets::Char).with_alternatives(Some(EXTRACTOR.gazetteer()));
    let record = serde_json::to_value(record).unwrap();
    let quotes = record["quotes"].as_array().unwrap();
    let told: Vec<(Option<&str>, f64)> = quotes
        .iter()
        .flat_map(|quote| quote["alternatives"].as_array().unwrap())
        // Those that are no entity have no name in the database.
        .map(|other| {
            (
                other["entity"].as_u64().and(other["name"].as_str()),
                other["probability"].as_f64().unwrap(),
            )
        })
        .collect();
    let page = desk.reader().article(1).unwrap().unwrap();
    let kept: Vec<(Option<&str>, f64)> = page
        .quotes
        .iter()
        .flat_map(|quote| &quote.alternatives)
        .map(|other| (other.speaker.as_deref(), other.probability))
        .collect();
    assert_eq!(kept, told);
    assert!(kept.iter().any(|(name, _)| *name == Some("Elena Marsh")), "{kept:?}");
    let text = "\"We expected a signature, not a photograph,\" Elena Marsh said in Vienna.";
    desk.ingest(&[crate::desk::article("https://x.example/1", "2017-01-01", text)]);
    let stale = "SELECT count(*) FROM alternatives WHERE quote_id NOT IN (SELECT id FROM quotes)";
    assert_eq!(desk.ask::<i64>(stale), 0);
    sound(&desk.db());
}

#[test]
fn a_database_is_no_article_of_the_folder_it_stands_in() {
    let desk = Desk::new();
    std::fs::write(desk.file("one.json"), river()[0].to_string()).unwrap();
    for told in [
        "1 added, 0 unchanged, 0 replaced, 0 failed\n",
        "0 added, 1 unchanged, 0 replaced, 0 failed\n",
    ] {
        let output = desk.attache(&["ingest", "--db", "quotes.db", "."]);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), told);
    }
}

#[test]
fn an_article_that_names_a_schema_of_somebody_else_is_an_article() {
    let desk = Desk::new();
    let mut article = river()[0].clone();
    article["schema"] = "newsroom/7".into();
    std::fs::write(desk.file("one.json"), article.to_string()).unwrap();
    let output = desk.attache(&["ingest", "--db", "quotes.db", "one.json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(desk.ask::<i64>("SELECT count(*) FROM quotes") > 0);
}
