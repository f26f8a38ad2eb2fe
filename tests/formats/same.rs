//! Each format, read back by a program that knows the format, says what the record says.

use super::{Folder, articles, attache, quotes, records, written};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;

#[test]
fn threads_change_nothing_in_any_format() {
    let input = articles().repeat(3);
    for format in ["text", "html", "csv", "tsv", "jsonld", "quotebank"] {
        let made = |threads| attache(&["--jsonl", "--format", format, "--threads", threads], &input).stdout;
        let one = made("1");
        assert!(!one.is_empty(), "{format}");
        for threads in ["2", "7"] {
            assert!(made(threads) == one, "{format}, {threads} threads");
        }
    }
}

#[test]
fn tables_hold_each_quote_in_a_row() {
    let records = records();
    for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
        let table = written(format);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .from_reader(table.as_bytes());
        let head = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), quotes(&records).count(), "{format}");
        for (row, (record, quote)) in rows.iter().zip(quotes(&records)) {
            let cell = |name: &str| &row[head.iter().position(|column| column == name).unwrap()];
            let spans = quote["spans"].as_array().unwrap();
            let speaker = &quote["speaker"];
            let entity = speaker["entity"].as_u64().map(|id| &record["entities"][id as usize]);
            for (name, value) in [
                ("article", &record["id"]),
                ("title", &record["title"]),
                ("date", &record["date"]),
                ("url", &record["url"]),
                ("quote", &quote["id"]),
                ("type", &quote["type"]),
                ("text", &quote["text"]),
                ("start", &spans[0]["start"]),
                ("end", &spans[spans.len() - 1]["end"]),
                ("offsets", &record["offsets"]),
                ("speaker", &speaker["name"]),
                ("kind", &speaker["kind"]),
                ("wikidata", entity.map_or(&Value::Null, |entity| &entity["wikidata"])),
                ("country", entity.map_or(&Value::Null, |entity| &entity["country"])),
                ("office", &speaker["office"]),
                ("anonymous", speaker.get("anonymous").unwrap_or(&json!(false))),
                ("mention", &speaker["mention"]["text"]),
                ("mention_start", &speaker["mention"]["start"]),
                ("cue", &quote["cue"]["text"]),
                ("negated", quote.get("negated").unwrap_or(&json!(false))),
                ("rule", &quote["rule"]),
            ] {
                let want = match value {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell(name), want, "{format}: {name} of {quote}");
            }
            let others = quote["co_speakers"].as_array().into_iter().flatten();
            let others: Vec<&str> = others.map(|other| other["name"].as_str().unwrap()).collect();
            assert_eq!(cell("co_speakers"), others.join("; "));
            assert_eq!(
                cell("confidence").parse::<f64>().unwrap(),
                quote["confidence"].as_f64().unwrap()
            );
        }
        assert!(quotes(&records).any(|(_, quote)| quote.get("co_speakers").is_some()));
        // Nothing is put before what a table program may take for a formula.
        assert!(rows.iter().any(|row| row.iter().any(|cell| cell.starts_with("=1+1"))));
    }
}

#[test]
fn no_articles_are_an_empty_table_and_whole_documents() {
    let head = attache(&["--jsonl", "--format", "csv"], "").stdout;
    assert_eq!(head.iter().filter(|&&byte| byte == b'\n').count(), 1);
    assert!(head.starts_with(b"article,title,date,"));
    let graph = attache(&["--jsonl", "--format", "jsonld"], "").stdout;
    assert!(serde_json::from_slice::<Value>(&graph).is_ok());
    let page = attache(&["--jsonl", "--format", "html"], "").stdout;
    assert!(page.ends_with(b"</html>\n"));
}

#[test]
fn linked_data_holds_each_article_and_quote() {
    let document: Value = serde_json::from_str(&written("jsonld")).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let of = |kinds: &[&str]| -> Vec<&Value> {
        let is = |node: &&Value| kinds.iter().any(|&kind| node["@type"] == kind);
        graph.iter().filter(is).collect()
    };
    let records = records();
    let articles = of(&["NewsArticle"]);
    assert_eq!(
        articles.len(),
        records.iter().filter(|record| record.get("error").is_none()).count()
    );
    let names: HashSet<&str> = articles.iter().map(|node| node["@id"].as_str().unwrap()).collect();
    assert_eq!(names.len(), articles.len());
    let said = of(&["Quotation", "Claim"]);
    assert_eq!(said.len(), quotes(&records).count());
    for (node, (_, quote)) in said.iter().zip(quotes(&records)) {
        assert_eq!(node["text"], quote["text"]);
        assert_eq!(node["@type"] == "Quotation", quote["type"] == "direct");
        assert!(names.contains(node["isPartOf"]["@id"].as_str().unwrap()));
        let parts = node["hasPart"].as_array().map_or(0, Vec::len);
        assert_eq!(
            parts,
            if quote["type"] == "mixed" {
                quote["quoted"].as_array().unwrap().len()
            } else {
                0
            }
        );
        if let Some(creator) = node.get("creator") {
            let all: Vec<&Value> = creator
                .as_array()
                .map_or_else(|| vec![creator], |all| all.iter().collect());
            assert_eq!(all[0]["name"], quote["speaker"]["name"]);
            assert_eq!(all.len(), 1 + quote["co_speakers"].as_array().map_or(0, Vec::len));
        }
    }
    let known = attache(
        &["--format", "jsonld", "--date", "2017-04-12", "examples/moscow.txt"],
        "",
    )
    .stdout;
    let known: Value = serde_json::from_slice(&known).unwrap();
    let creator = &known["@graph"][2]["creator"];
    assert_eq!(
        (&creator["@type"], &creator["sameAs"]),
        (&json!("Person"), &json!("http://www.wikidata.org/entity/Q331401"))
    );
}

#[test]
fn quotebank_lines_are_verbatim_and_their_probabilities_sum_to_one() {
    let lines = written("quotebank");
    let mut names = HashSet::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let fields: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        let want = "quoteID quotation speaker qids date numOccurrences probas urls phase domains";
        assert_eq!(fields, want.split(' ').collect::<Vec<_>>());
        assert!(names.insert(line["quoteID"].to_string()), "{line}");
        let of: Vec<(String, String)> = serde_json::from_value(line["probas"].clone()).unwrap();
        assert_eq!(line["speaker"], of[0].0);
        let sum: f64 = of
            .iter()
            .map(|(_, probability)| probability.parse::<f64>().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 0.001, "{line}");
    }
    let records = records();
    let passages: usize = quotes(&records)
        .map(|(_, quote)| match quote["type"].as_str().unwrap() {
            "direct" => 1,
            _ => quote["quoted"].as_array().unwrap().len(),
        })
        .sum();
    assert_eq!(names.len(), passages);
    assert!(lines.contains("\"quotation\":\"regrettable\",\"speaker\":\"Édith Karlsen\""));
    assert!(lines.contains("\"domains\":[\"star.example\"]"));
    assert!(!lines.contains("javascript"));
}

#[test]
fn a_page_shows_each_text_and_nothing_else_runs() {
    let page = written("html");
    for refused in [
        "<script",
        "javascript:\"",
        "href=\"javascript",
        "src=",
        "@import",
        "url(",
    ] {
        assert!(!page.contains(refused), "{refused}");
    }
    let texts: Vec<String> = page
        .split("<div class=\"text\">")
        .skip(1)
        .map(|rest| bare(rest.split_once("</div>").unwrap().0))
        .collect();
    let input = articles();
    let input = input.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let wanted: Vec<String> = input
        .filter_map(|article| Some(article["text"].as_str()?.to_owned()))
        .collect();
    assert_eq!(texts, wanted);
    // Every link inside the page leads somewhere, and to one place.
    let after = |mark: &str| -> Vec<String> {
        page.split(mark)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let places: Vec<String> = after(" id=\"");
    let known: HashSet<&String> = places.iter().collect();
    assert_eq!(known.len(), places.len());
    let links = after("href=\"#");
    assert!(links.len() > 20);
    assert!(links.iter().all(|link| known.contains(link)));
}

/// The text of markup: without its tags and the numbers of sentences.
fn bare(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        text += if tag.contains("\"number\"") { "" } else { words };
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&amp;", "&")
}

#[test]
fn text_has_a_block_for_each_quote_and_steers_no_terminal() {
    let text = written("text");
    let records = records();
    let words = text
        .lines()
        .filter(|line| line.starts_with("    ") && *line != "    no quotes");
    assert_eq!(words.count(), quotes(&records).count());
    assert!(text.contains("Édith Karlsen, Nordland transport minister (said, "));
    assert!(
        text.contains("    “We will open the harbour in June, … It is”\n"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && !text.contains('\t'));
}

/// Annotations made of predictions are right by those very predictions.
#[test]
fn brat_files_are_what_eval_reads() {
    let folder = Folder::new("brat");
    let mut input = String::new();
    let mut texts: Vec<String> = fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .map(|file| {
            file.split_once("\n\n")
                .unwrap()
                .1
                .split_once("\n====\n")
                .unwrap()
                .0
                .to_owned()
        })
        .collect();
    texts.push(fs::read_to_string("examples/talks.txt").unwrap());
    texts.extend(articles().lines().filter_map(|line| {
        let article: Value = serde_json::from_str(line).unwrap();
        article["text"].as_str().map(str::to_owned)
    }));
    for (number, text) in texts.iter().enumerate() {
        input += &format!("{}\n", json!({"id": format!("a{number}"), "text": text}));
    }
    let gold = folder.path("gold");
    let made = attache(&["--jsonl", "--format", "brat", "--output", &gold], &input);
    assert_eq!((made.status.code(), made.stdout.len()), (Some(0), 0));
    assert_eq!(fs::read_dir(&gold).unwrap().count(), texts.len() * 2 + 1);
    for (number, text) in texts.iter().enumerate() {
        assert_eq!(&fs::read_to_string(format!("{gold}/a{number}.txt")).unwrap(), text);
        let lines = fs::read_to_string(format!("{gold}/a{number}.ann")).unwrap();
        let chars: Vec<char> = text.chars().collect();
        for line in lines.lines().filter(|line| line.starts_with('T')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (_, places) = cells[1].split_once(' ').unwrap();
            let words = places.split(';').map(|place| {
                let (start, end) = place.split_once(' ').unwrap();
                chars[start.parse().unwrap()..end.parse().unwrap()]
                    .iter()
                    .collect::<String>()
            });
            assert_eq!(cells[2..], [words.collect::<Vec<_>>().join(" ")], "{line}");
        }
    }
    let said = folder.path("said.jsonl");
    fs::write(&said, attache(&["--jsonl"], &input).stdout).unwrap();
    let scores = attache(&["eval", &gold, &said, "--json"], "");
    assert_eq!(String::from_utf8_lossy(&scores.stderr), "");
    let scores: Value = serde_json::from_slice(&scores.stdout).unwrap();
    for measure in ["quoted", "quoted5", "relations", "content"] {
        let score = &scores[measure];
        assert_eq!(score["f1"], 100.0, "{measure}: {scores}");
        assert!(score["gold"].as_u64().unwrap() > 20);
    }
}
