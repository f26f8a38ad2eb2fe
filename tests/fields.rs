//! Fields of the record that few quotes have: nested reports, hidden speakers, alternatives. Nobody in the texts exists.

#![allow(clippy::unwrap_used)]

use attache::{Article, Extractor, Offsets, Record};
use serde_json::{Value, json};

fn record(text: &str) -> Value {
    let extractor = Extractor::new();
    let article = Article::new(text).dated("2017-03-14").unwrap();
    let extraction = extractor.extract(&article).unwrap();
    let record = Record::new(&extraction, Offsets::Char).with_alternatives(Some(extractor.gazetteer()));
    serde_json::to_value(record).unwrap()
}

fn quote<'r>(record: &'r Value, words: &str) -> &'r Value {
    let quotes = record["quotes"].as_array().unwrap();
    let found = quotes
        .iter()
        .find(|quote| quote["text"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("no quote has {words}: {record:#}"))
}

#[test]
fn what_a_report_holds_stands_within_it() {
    let text = "Ilse Brandt said Marek Orlov was “absolutely right” when he said that the dam would never be built.";
    let record = record(text);
    let outer = quote(&record, "absolutely right");
    assert_eq!(outer["speaker"]["name"], "Ilse Brandt");
    assert!(outer.get("within").is_none());
    let quotes = record["quotes"].as_array().unwrap();
    let inner = quotes.iter().find(|quote| quote["within"] == outer["id"]).unwrap();
    assert_eq!(inner["speaker"]["name"], "Marek Orlov");
    assert_eq!(inner["text"], "that the dam would never be built");
}

#[test]
fn the_reason_for_hiding_a_speaker_is_kept() {
    for (text, words, reason) in [
        (
            "A senior official who spoke on condition of anonymity because he was not authorised to discuss the talks said the deal was dead.",
            "the deal was dead",
            Some("he was not authorised to discuss the talks"),
        ),
        (
            "Two diplomats said the plan would be dropped. They asked not to be named, citing the sensitivity of the talks.",
            "the plan would be dropped",
            Some("the sensitivity of the talks"),
        ),
        (
            "An aide to the minister said no deal was near. The aide was not authorized to speak publicly.",
            "no deal was near",
            Some("not authorized to speak publicly"),
        ),
        (
            "A Western diplomat told Reuters on condition of anonymity that the deal was dead.",
            "the deal was dead",
            None,
        ),
    ] {
        let record = record(text);
        let speaker = &quote(&record, words)["speaker"];
        assert_eq!(speaker["anonymous"], true, "{text}");
        assert_eq!(speaker["reason"]["text"].as_str(), reason, "{text}");
        if let Some(reason) = reason {
            let start = speaker["reason"]["start"].as_u64().unwrap() as usize;
            assert!(text[start..].starts_with(reason));
        }
    }
}

#[test]
fn a_speaker_with_a_name_is_not_hidden() {
    let text = "Elena Marsh said the official had asked not to be named because he feared for his post.";
    let record = record(text);
    assert!(quote(&record, "the official")["speaker"].get("anonymous").is_none());
}

#[test]
fn alternatives_have_probabilities_and_are_told_on_request_only() {
    let text = "The minister met an aide in the harbour. An aide to the minister said no deal was near.";
    let with = record(text);
    let others = quote(&with, "no deal")["alternatives"].as_array().unwrap();
    assert!(!others.is_empty());
    let chosen = quote(&with, "no deal")["speaker"]["mention"]["start"].clone();
    for other in others {
        let probability = other["probability"].as_f64().unwrap();
        assert!(probability > 0.0 && probability < 1.0);
        assert_ne!(other["mention"]["start"], chosen);
    }
    let article = Article::new(text);
    let plain = Record::new(&Extractor::new().extract(&article).unwrap(), Offsets::Char).to_string();
    assert!(!plain.contains("alternatives"));
}

#[test]
fn a_surname_that_is_nobody_in_particular_tells_who_it_may_be() {
    let record = record("Johnson said the harbour was safe.");
    let speaker = &quote(&record, "the harbour")["speaker"];
    if speaker["name"] == "Johnson" {
        let candidates = speaker["candidates"].as_array().unwrap();
        assert!(!candidates.is_empty() && candidates.len() <= 5);
        assert!(
            candidates
                .iter()
                .all(|one| one["name"].as_str().unwrap().contains("Johnson"))
        );
    } else {
        assert!(speaker.get("candidates").is_none(), "{speaker}");
    }
}

/// Scare quotes, titles, nicknames, mottos, ships: nobody says them.
#[test]
fn quotations_that_are_no_speech_give_no_quotes() {
    let mut wrong = Vec::new();
    for text in [
        "The film “Harbour of Glass” opened in the capital on Friday.",
        "The frigate “Northern Light” left the port at dawn.",
        "The general, nicknamed “the Fox”, retired in March.",
        "The so-called “peace train” stopped at the border.",
        "Troops began operation “Winter Wall” on Sunday.",
        "The party’s motto is “Bread and Work”.",
        "Her novel “The Long Night” won a prize last year.",
        "The “reform” cost the province two schools.",
        "The word “harbour” comes from an old word for shelter.",
        "The programme “Morning Hour” was cancelled in May.",
        "Engineers call such a valve a “butterfly”.",
    ] {
        let record = record(&format!(
            "The talks ended on Monday.\n\n{text}\n\nThe ships left at noon."
        ));
        for quote in record["quotes"].as_array().unwrap() {
            if !quote["quoted"].as_array().unwrap().is_empty() {
                wrong.push(format!("{text} {} {}", quote["text"], quote["confidence"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of the quotes with their speakers' names, a line each.
fn said(record: &Value) -> Vec<String> {
    let quotes = record["quotes"].as_array().unwrap().iter();
    let said = quotes.map(|quote| {
        let name = quote["speaker"]["name"].as_str().unwrap_or("-");
        format!("{name}: {}", quote["text"].as_str().unwrap())
    });
    said.collect()
}

fn undated(text: &str) -> Value {
    let article = Article::new(text);
    let extraction = Extractor::new().extract(&article).unwrap();
    serde_json::to_value(Record::new(&extraction, Offsets::Char)).unwrap()
}

#[test]
fn a_header_tells_what_the_input_does_not() {
    let text = "Talks on harbour end\n\nBy Ana Orlo and Ben Sumner\n\nPublished: April 12, 2017\n\n\
                BERLIN, April 12 (Vela Wire) - The German chancellor said the talks had ended.";
    let record = undated(text);
    assert_eq!(record["author"], "Ana Orlo, Ben Sumner");
    assert_eq!(record["date"], "2017-04-12");
    assert_eq!(record["dateline"], "BERLIN, April 12 (Vela Wire)");
    assert_eq!(record["site"], "Vela Wire");
    // The day decides who holds an office.
    assert_eq!(quote(&record, "the talks")["speaker"]["name"], "Angela Merkel");
    let article = br#"{"author":"Cy Tarn","site":"Star","date":"2018-01-01","dateline":7,"text":"VELA, April 12, 2017 (AP) - Yes."}"#;
    let article = Article::from_json(article).unwrap();
    let given = Record::new(&Extractor::new().extract(&article).unwrap(), Offsets::Char).to_string();
    let given: Value = serde_json::from_str(&given).unwrap();
    for (field, want) in [("author", "Cy Tarn"), ("site", "Star"), ("date", "2018-01-01")] {
        assert_eq!(given[field], want);
    }
    assert_eq!(given["dateline"], 7);
    // The credit may have a hyphen or a slash, and a colon may stand for the dash.
    for (lead, dateline, site) in [
        (
            "VELA (Agence Norland-Presse) — ",
            "VELA (Agence Norland-Presse)",
            "Agence Norland-Presse",
        ),
        ("VELA, April 12 (RNE/RL) - ", "VELA, April 12 (RNE/RL)", "RNE/RL"),
        ("Vela, April 12 (PTN): ", "Vela, April 12 (PTN)", "PTN"),
    ] {
        let record = undated(&format!(
            "{lead}Harbours closed on Monday, and the mayor said that they would stay shut."
        ));
        assert_eq!((&record["dateline"], &record["site"]), (&json!(dateline), &json!(site)));
        assert_eq!(record["quotes"].as_array().unwrap().len(), 1, "{lead}");
    }
    assert!(undated("Vela (Greens): the talks ended.")["dateline"].is_null());
    // A day and month are no date.
    assert!(undated("BERLIN, April 12 (Vela Wire) - The talks ended.")["date"].is_null());
}

#[test]
fn a_transcript_has_turns() {
    let record = record(
        "Remarks by Chair Ilse Brandauer at the River Talks\n\nVienna, Austria\n\nApril 12, 2017\n\n\
         We are glad to be here.\n\nCHAIR BRANDAUER: Good morning.\n\nPlease sit down.\n\n\
         QUESTION: (Inaudible) will there be a treaty?\n\nCHAIR BRANDAUER: I do not predict rivers. Elena Marsh said \
         that rivers predict us.\n\nQUESTION (via interpreter): And the dams?\n\n\
         MINISTER ORLOV: (Through interpreter) Ask the engineers.",
    );
    assert_eq!(record["form"], "transcript");
    assert_eq!(
        said(&record),
        [
            "Ilse Brandauer: We are glad to be here.",
            "Ilse Brandauer: Good morning. Please sit down.",
            "QUESTION: (Inaudible) will there be a treaty?",
            "Ilse Brandauer: I do not predict rivers. Elena Marsh said that rivers predict us.",
            "Elena Marsh: that rivers predict us",
            "QUESTION: And the dams?",
            "ORLOV: Ask the engineers.",
        ]
    );
    assert_eq!(record["quotes"][4]["within"], 3);
    assert_eq!(record["quotes"][2]["speaker"]["kind"], "group");
}

#[test]
fn what_one_source_says_twice_is_two_quotes() {
    let record = undated(
        "The dams failed in spring. “It is the worst flood since the war,” Marsh said, referring to the one that took the \
         old port, “and the first that nobody was warned of,” Marsh said. “We will rebuild.”",
    );
    assert_eq!(
        said(&record),
        [
            "Marsh: It is the worst flood since the war,",
            "Marsh: and the first that nobody was warned of, We will rebuild.",
        ]
    );
}

#[test]
fn whoever_asks_may_be_a_letter_without_a_sign() {
    let record = record(
        "Press Briefing by Press Secretary Marek Orlov\n\n1:34 P.M. EDT\n\nMR. ORLOV: Good morning. Elena.\n\n\
         Q Thanks, Marek. Will you sign?\n\nMR. ORLOV: In May.\n\nQ In May?\n\nMR. ORLOV: Thank you.\n\n\
         END 1:52 P.M. EDT",
    );
    assert_eq!(
        said(&record),
        [
            "Marek Orlov: Good morning. Elena.",
            "-: Thanks, Marek. Will you sign?",
            "Marek Orlov: In May.",
            "-: In May?",
            "Marek Orlov: Thank you.",
        ]
    );
    let fever = undated("Q Fever is rare.\n\nQ Fever is not a plague.\n\nMarsh: It is over.");
    assert!(fever.get("form").is_none());
}

#[test]
fn turns_may_stand_in_marks() {
    let record = undated(
        "Elena Marsh spoke on the radio on Sunday.\n\n\"ORLOV: Will you sign the “Dam Bill” now?\n\n\"MARSH: I am not \
         sure. Ask the engineers.\n\n\"ORLOV: I asked them.",
    );
    assert_eq!(
        said(&record),
        [
            "ORLOV: Will you sign the “Dam Bill” now?",
            "Elena Marsh: I am not sure. Ask the engineers.",
            "ORLOV: I asked them.",
        ]
    );
}

#[test]
fn an_interview_has_questions_and_answers() {
    let record = record(
        "Interview with Ilse Brandauer, chair of the River Talks\n\nQ. Will there be a treaty?\n\n\
         A. I do not predict rivers.\n\nI measure them.\n\nQ: And the dams?\n\nA: Ask the engineers.",
    );
    assert_eq!(record["form"], "transcript");
    assert_eq!(
        said(&record),
        [
            "-: Will there be a treaty?",
            "Ilse Brandauer: I do not predict rivers. I measure them.",
            "-: And the dams?",
            "Ilse Brandauer: Ask the engineers.",
        ]
    );
    let list = "What it needs:\n\nA. A harbour that is deep.\n\nB. A road that is wide.\n\nA. A mayor who is patient.";
    assert!(undated(list).get("form").is_none());
}

#[test]
fn whoever_an_interview_introduces_answers() {
    let record = record(
        "River talks worry engineer Ilse Brandauer\n\nIlse Brandauer built dams with Elena Marsh. Brandauer spoke to us in \
         Vela.\n\nQ: Will there be a treaty?\n\nA: I do not predict rivers.\n\nQ: And the dams?\n\nA: Ask the mayor.",
    );
    assert_eq!(
        said(&record),
        [
            "-: Will there be a treaty?",
            "Ilse Brandauer: I do not predict rivers.",
            "-: And the dams?",
            "Ilse Brandauer: Ask the mayor.",
        ]
    );
}

#[test]
fn names_above_what_is_told_of_them_are_no_turns() {
    let places = undated(
        "Marsh: The race in five names\n\nElena Marsh: Now or never.\n\nMarsh has led since May. “I am ready,” she \
         said.\n\nMarek Orlov: Survive until autumn.\n\nOrlov has no money left.\n\nIlse Brandauer: A miracle.\n\n\
         Her shop is closed.",
    );
    assert!(places.get("form").is_none());
    assert_eq!(said(&places), ["Elena Marsh: I am ready,"]);
    let counts = undated(
        "Delegates so far.\n\nElena Marsh: 1,769.\n\nMarek Orlov: 1,501.\n\nTHE TOTAL\n\nElena Marsh: 2,316.\n\n\
         Marek Orlov: 1,547.",
    );
    assert!(counts.get("form").is_none());
}

#[test]
fn an_article_goes_on_behind_an_excerpt() {
    let record = undated(
        "Marsh: Orlov has no plan\n\nElena Marsh met Marek Orlov on the radio.\n\nMARSH: You have no plan.\n\n\
         ORLOV: I have two.\n\nBoth are good.\n\nMARSH: I have read them.\n\nI liked neither of them.\n\n\
         Orlov’s party projects that dams would “pay for themselves” in nine years.\n\nThe talks end in June.",
    );
    assert_eq!(
        said(&record),
        [
            "Elena Marsh: Orlov has no plan",
            "Elena Marsh: You have no plan.",
            "Marek Orlov: I have two. Both are good.",
            "Elena Marsh: I have read them. I liked neither of them.",
            "Orlov’s party: that dams would “pay for themselves” in nine years",
        ]
    );
}

#[test]
fn a_statement_is_its_speakers_own_words() {
    let statement = "Statement by Foreign Minister Elena Marsh on the Harbour Talks\n\nVela City, 12 April 2017\n\n\
                     We welcome the outcome of the talks.\n\n“Peace is work,” Marek Orlov said in March.\n\n\
                     I thank the delegates.\n\n###\n\nPress office, room 12.";
    let record = undated(statement);
    assert_eq!(record["form"], "statement");
    assert_eq!(record["date"], "2017-04-12");
    let quotes = said(&record);
    assert_eq!(
        quotes,
        [
            "Elena Marsh: We welcome the outcome of the talks. “Peace is work,” Marek Orlov said in March. I thank the \
             delegates.",
            "Marek Orlov: Peace is work,",
        ]
    );
    assert_eq!(record["quotes"][0]["type"], "direct");
    assert_eq!(record["quotes"][0]["rule"], "statement");
    assert_eq!(record["quotes"][1]["within"], 0);
    // A report under such a headline: somebody else speaks of her.
    let report = "Remarks by Foreign Minister Elena Marsh on Harbour Stir Anger\n\nThe remarks that Marsh made angered us \
                  all.\n\n“We are tired,” Ben Sumner said.";
    let report = undated(report);
    assert!(report.get("form").is_none(), "{report:#}");
    assert!(said(&report).iter().all(|line| !line.contains("angered us")));
}
