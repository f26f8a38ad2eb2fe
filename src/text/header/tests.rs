//! Headers of invented articles: what is read from them, and what is not.

use super::*;
use crate::text::Document;
use proptest::prelude::*;

/// What is read, as "authors; day; dateline; agency".
fn read_as(text: &str) -> String {
    let document = Document::read(text);
    let header = &document.header;
    let of = |span: Option<Span>| span.map_or("-", |span| span.of(text)).to_owned();
    format!(
        "{}; {}; {}; {}",
        header.author(text).unwrap_or("-".to_owned()),
        header.date.map_or("-".to_owned(), |date| date.day.to_string()),
        of(header.dateline),
        of(header.agency),
    )
}

#[test]
fn datelines() {
    for (line, want) in [
        (
            "MOSCOW, April 12 (Reuters) - The talks ended.",
            "-; -; MOSCOW, April 12 (Reuters); Reuters",
        ),
        ("WASHINGTON (AP) — The talks ended.", "-; -; WASHINGTON (AP); AP"),
        (
            "Berlin, 3 May 2018 – The talks ended.",
            "-; 2018-05-03; Berlin, 3 May 2018; -",
        ),
        (
            "LONDON/PARIS, Sept. 4, 2016 (AFP) -- The talks ended.",
            "-; 2016-09-04; LONDON/PARIS, Sept. 4, 2016 (AFP); AFP",
        ),
        (
            "Kiev, Ukraine (CNN) -- The talks ended.",
            "-; -; Kiev, Ukraine (CNN); CNN",
        ),
        ("(CNN)The talks ended.", "-; -; (CNN); CNN"),
        ("(CNN) -- The talks ended.", "-; -; (CNN); CNN"),
        (
            "MOSCOW, April 12. /TASS/. The talks ended.",
            "-; -; MOSCOW, April 12. /TASS/; TASS",
        ),
        ("UNITED NATIONS — The talks ended.", "-; -; UNITED NATIONS; -"),
        ("WASHINGTON, D.C. — The talks ended.", "-; -; WASHINGTON, D.C.; -"),
        ("São Tomé, 3 May – The talks ended.", "-; -; São Tomé, 3 May; -"),
        ("Berlin (dpa) - The talks ended.", "-; -; Berlin (dpa); dpa"),
        (
            "PORT-AU-PRINCE, Haiti (AP) — The talks ended.",
            "-; -; PORT-AU-PRINCE, Haiti (AP); AP",
        ),
        ("NEW DELHI: The talks ended.", "-; -; NEW DELHI; -"),
        ("Lahore, May 4: The talks ended.", "-; -; Lahore, May 4; -"),
        // Sentences.
        ("OPINION: The talks ended.", "-; -; -; -"),
        ("Vela: The talks ended.", "-; -; -; -"),
        ("VELA, Norland — The talks ended.", "-; -; VELA, Norland; -"),
        ("Vela — the capital — is quiet.", "-; -; -; -"),
        ("EXCLUSIVE - The talks ended.", "-; -; -; -"),
        ("Elena Marsh (Reform) won the seat.", "-; -; -; -"),
        ("(Laughter.) The talks ended.", "-; -; -; -"),
        ("(Inaudible) The talks ended.", "-; -; -; -"),
        ("On April 12 the talks ended - at last.", "-; -; -; -"),
        ("NATO. The talks ended.", "-; -; -; -"),
        ("The U.S.-led talks ended.", "-; -; -; -"),
        // A day that does not exist.
        ("VELA, Feb. 30, 2017 - The talks ended.", "-; -; VELA, Feb. 30, 2017; -"),
    ] {
        assert_eq!(
            read_as(&format!("Talks on harbour end\n\n{line}\n\nNobody smiled.")),
            want,
            "{line}"
        );
        assert_eq!(read_as(line), want, "{line}");
    }
}

#[test]
fn a_label_of_a_transcript_is_no_dateline() {
    let read = read_as("LAGOS: We will not sign.\n\nMARSH: Why not?\n\nLAGOS: It is late.");
    assert_eq!(read, "-; -; -; -");
}

#[test]
fn bylines_and_credits() {
    for (line, want) in [
        ("By Ana Orlo", "Ana Orlo"),
        ("By Ana Orlo and Ben Sumner", "Ana Orlo, Ben Sumner"),
        ("By Ana Orlo and Ben Sumner, Staff Writer", "Ana Orlo, Ben Sumner"),
        ("BY ANA ORLO, BEN SUMNER and CY TARN", "ANA ORLO, BEN SUMNER, CY TARN"),
        (
            "By Ana Orlo, Ben Sumner, and Cy van der Tarn",
            "Ana Orlo, Ben Sumner, Cy van der Tarn",
        ),
        (
            "By Zoë O’Tarn & Łucja Orlo-Sumner | The Vela Star",
            "Zoë O’Tarn, Łucja Orlo-Sumner",
        ),
        ("By Ana Orlo, Chief Diplomatic Correspondent", "Ana Orlo"),
        ("By Ana Orlo, New York", "Ana Orlo"),
        ("By Ana Orlo Staff Writer", "Ana Orlo"),
        ("By Vela News", "-"),
        ("By the Editorial Board", "-"),
        ("By Monday the envoys had left.", "-"),
        ("By Ana Orlo, Middle East Correspondent", "Ana Orlo"),
        ("By Ana Orlo, Vela Post", "Ana Orlo"),
        ("By: Ana Orlo", "Ana Orlo"),
        (
            "By Ana Orlo and Ben Sumner April 12 at 10:15 AM",
            "Ana Orlo, Ben Sumner",
        ),
        ("By Ana May and Ben Sumner", "Ana May, Ben Sumner"),
        // No month, whatever it begins with.
        ("By Ana Orlo and Ben Marsh 3 hours ago", "Ana Orlo, Ben Marsh"),
        ("By Ana Orlo and Ben Sumner Sept. 12", "Ana Orlo, Ben Sumner"),
        ("by Ana Orlo | 10:15 AM", "Ana Orlo"),
        ("by Ana Orlo on Monday", "-"),
        ("Written by Ana Orlo", "Ana Orlo"),
        ("Authors: Ana Orlo, Ben Sumner", "Ana Orlo, Ben Sumner"),
        ("Ana Orlo, Staff Writer", "Ana Orlo"),
        ("ANA ORLO and BEN SUMNER, Associated Press", "ANA ORLO, BEN SUMNER"),
        ("Ana Orlo, Chief Diplomatic Correspondent, The Vela Star", "Ana Orlo"),
        ("Ana Orlo, Reuters", "Ana Orlo"),
        ("Ana Orlo Staff Writer", "Ana Orlo"),
        ("Ana Orlo, Vela bureau chief", "Ana Orlo"),
        ("ANA ORLO | The Vela Times", "ANA ORLO"),
        ("Ana Orlo & Ben Sumner | BBC", "Ana Orlo, Ben Sumner"),
        // What looks like one and is a line of the article.
        ("Ana Orlo in Vela", "-"),
        ("Ana Orlo, Foreign Minister", "-"),
        ("Ana Orlo, Chief of Staff", "-"),
        ("Ana Orlo, MP", "-"),
        ("Ana Orlo, White House Press Secretary", "-"),
        ("Ana Orlo, Veteran Correspondent, Dies at 80", "-"),
        ("Ana Orlo, Editor, Leaves the Vela Star", "-"),
        ("Talks End Badly | The Vela Times", "-"),
        ("World News | Middle East", "-"),
        ("Elena Marsh Fires Staff", "-"),
    ] {
        let text = format!("Talks on harbour end\n{line}\n\nThe talks ended.\n\nNobody smiled.");
        assert_eq!(read_as(&text), format!("{want}; -; -; -"), "{line}");
    }
    for (line, want) in [
        ("(Reporting by Ana Orlo; Editing by Cy Tarn)", "Ana Orlo"),
        (
            "(Reporting by Ana Orlo in Vela and Ben Sumner in Port Tarn; editing by Cy Tarn)",
            "Ana Orlo, Ben Sumner",
        ),
        ("Reporting by the Vela Star showed that the envoy had lied.", "-"),
    ] {
        let text = format!("The talks ended.\n\nNobody smiled.\n\n{line}");
        assert_eq!(read_as(&text), format!("{want}; -; -; -"), "{line}");
    }
}

/// What else is a line of the header, and what then is a caption or a headline.
#[test]
fn bylines_with_a_place_stand_beside_dates() {
    let read = |line: &str| {
        read_as(&format!(
            "Talks on harbour end\n{line}\n12 April 2017\n\nThe talks ended."
        ))
    };
    for (line, want) in [
        ("Ana Orlo in Vela", "Ana Orlo"),
        ("Ana Orlo in Vela and Ben Sumner in Port Tarn", "Ana Orlo, Ben Sumner"),
        ("From Ana Orlo in Vela", "Ana Orlo"),
        ("From Ana Orlo", "-"),
        ("Talks Resume in Vela", "-"),
        ("Elena Marsh Arrives in Port Tarn", "-"),
    ] {
        assert_eq!(read(line), format!("{want}; 2017-04-12; -; -"), "{line}");
    }
}

#[test]
fn what_stands_behind_a_day() {
    for (line, want) in [
        ("April 12, 2017 5:30 am EDT by Ana Orlo", "Ana Orlo; 2017-04-12; -; -"),
        ("April 12, 2017 / 2:05 PM / CBS/AP", "-; 2017-04-12; -; -"),
        ("April 12, 2017, 12:01am, The Vela Times", "-; 2017-04-12; -; -"),
        ("Xinhua, April 12, 2017", "-; 2017-04-12; -; Xinhua"),
        ("(Updated April 12, 2017, at 2 p.m.)", "-; 2017-04-12; -; -"),
        (
            "VELA, Apr 12, 2017 (AFP) -",
            "-; 2017-04-12; VELA, Apr 12, 2017 (AFP); AFP",
        ),
        ("Elena Marsh (Reform)", "-; -; -; -"),
        ("April 12, 2017 by the sea", "-; -; -; -"),
        ("April 12, 2017: Marsh Wins", "-; -; -; -"),
    ] {
        let text = format!("Talks on harbour end\n\n{line}\n\nThe talks ended.\n\nNobody smiled.");
        assert_eq!(read_as(&text), want, "{line}");
    }
}

#[test]
fn credits_to_agencies() {
    for (line, want) in [
        ("Reuters", "Reuters"),
        ("(AP)", "AP"),
        ("— AFP", "AFP"),
        ("Source: Reuters", "Reuters"),
        (
            "Copyright 2017 The Associated Press. All rights reserved.",
            "Associated Press",
        ),
        ("© 2017 AFP", "AFP"),
        ("Reuters says no", "-"),
        ("APPLAUSE", "-"),
        ("Copyright 2017 The Vela Star", "-"),
    ] {
        let text = format!("Talks on harbour end\n\nThe talks ended.\n\nNobody smiled.\n\n{line}");
        assert_eq!(read_as(&text), format!("-; -; -; {want}"), "{line}");
    }
    let both = "VELA, April 12 (Reuters) - The talks ended.\n\nNobody smiled.\n\n© 2017 AFP";
    assert!(read_as(both).ends_with("; Reuters"));
    let beside = "Talks on harbour end\n\nBy Ana Orlo\nAssociated Press\n\nThe talks ended.";
    assert_eq!(read_as(beside), "Ana Orlo; -; -; Associated Press");
    // A picture's.
    let within = "Talks on harbour end\n\nThe talks ended.\n\nAP\n\nNobody smiled.";
    assert_eq!(read_as(within), "-; -; -; -");
}

#[test]
fn lines_of_dates() {
    for (line, want) in [
        ("Published: April 12, 2017", "2017-04-12"),
        ("12 Apr 2017 10:15 GMT", "2017-04-12"),
        ("Wednesday, April 12th, 2017 at 10:15 a.m. ET", "2017-04-12"),
        ("10:15 AM, Wed 12 April 2017", "2017-04-12"),
        ("First published on 12 April 2017 10.15 BST", "2017-04-12"),
        ("2017-04-12T10:15:00Z", "2017-04-12"),
        ("Updated April 13, 2017 | Published April 12, 2017", "2017-04-13"),
        ("Published April 12, 2017, Updated April 13, 2017 9:00 pm", "2017-04-12"),
        ("April 12, 2017 · 4 min read", "2017-04-12"),
        ("Vela City, 12 April 2017", "2017-04-12"),
        ("Updated 1:14 PM ET, Wed April 12, 2017", "2017-04-12"),
        ("April 12, 2017 9:30 a.m. EDT", "2017-04-12"),
        ("Last modified on Wed 12 Apr 2017 10.15 BST", "2017-04-12"),
        ("Wed, 12 Apr 2017 10:15:00 -0400", "2017-04-12"),
        ("12 April 2017, 0930 GMT+3", "2017-04-12"),
        (
            "Posted at 9:30am (Eastern Standard Time) on April 12, 2017",
            "2017-04-12",
        ),
        ("This article was first published on 12 April 2017.", "2017-04-12"),
        ("The Vela Star / 12th of April 2017", "2017-04-12"),
        ("Date published: 12-Apr-2017", "2017-04-12"),
        ("2017/04/12 22:10 MSK", "2017-04-12"),
        ("12 April 2017 – 3 minutes read", "2017-04-12"),
        // Numbers that can be read in one way only, or that something beside them decides.
        ("13/04/2017", "2017-04-13"),
        ("Published: 04/13/2017", "2017-04-13"),
        ("13.04.2017 | 14:05", "2017-04-13"),
        ("04/04/2017", "2017-04-04"),
        ("Wednesday 12/04/2017", "2017-04-12"),
        ("Wed., 04/12/2017", "2017-04-12"),
        ("04/12/2017 09:30 am ET", "2017-04-12"),
        ("12.04.2017 10:15 CEST", "2017-04-12"),
        ("12/04/2017, Updated 13/04/2017", "-"),
        ("12/04/2017", "-"),
        ("12.04.2017 10:15 GMT", "-"),
        ("12-04-2017", "-"),
        ("Mon 12/04/2017", "2017-12-04"),
        ("Sun 12/04/2017", "-"),
        ("31/31/2017", "-"),
        ("12/04/17", "-"),
        ("12/04.2017", "-"),
        ("By Ana Orlo | April 12, 2017", "2017-04-12"),
        ("April 12", "-"),
        ("April 31, 2017", "-"),
        ("04/12/2017", "-"),
        ("On April 12, 2017 the talks ended.", "-"),
        ("Marsh resigned on April 12, 2017", "-"),
        ("April 12, 20170", "-"),
        ("Route 12/04/2017 reopens", "-"),
        ("Published in 2017", "-"),
    ] {
        let text = format!("Talks on harbour end\n\n{line}\n\nThe talks ended.\n\nNobody smiled.");
        let day = Document::read(&text)
            .header
            .date
            .map_or("-".to_owned(), |date| date.day.to_string());
        assert_eq!(day, want, "{line}");
    }
    // Another day of the article tells which of the numbers is the month.
    for (lines, want) in [
        ("12/04/2017\n\nUpdated: 13/04/2017", "2017-04-12"),
        ("Published: 04/12/2017\n\nUpdated: 04/13/2017", "2017-04-12"),
        (
            "12/04/2017\n\nVELA, April 12 (Reuters) - The talks had begun.",
            "2017-04-12",
        ),
        ("04/12/2017\n\nVELA, 12 April – The talks had begun.", "2017-04-12"),
        ("12/04/2017\n\nVELA, April 11 (Reuters) - The talks had begun.", "-"),
    ] {
        let text = format!("Talks on harbour end\n\n{lines}\n\nThe talks ended.\n\nNobody smiled.");
        let date = Document::read(&text).header.date;
        assert_eq!(
            date.map_or("-".to_owned(), |date| date.day.to_string()),
            want,
            "{lines}"
        );
    }
    // A headline may begin with a place and a day in history.
    assert_eq!(read_as("Port Tarn, 6 June 1944\n\nThe war had ended."), "-; -; -; -");
    // Below the text only a line that says what day it is counts.
    let long = "The talks ended.\n\n".repeat(12);
    assert_eq!(read_as(&format!("{long}April 12, 2017")), "-; -; -; -");
    assert_eq!(
        read_as(&format!("{long}Published: April 12, 2017")),
        "-; 2017-04-12; -; -"
    );
    // The day of a change only where there is no other.
    let both = "Updated: April 13, 2017\n\nVELA, April 12, 2017 - The talks ended.";
    assert_eq!(Document::read(both).header.date.map(|date| date.day.day()), Some(12));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a header, in whatever order: what is read from it stands there, and its lines are lines.
    #[test]
    fn what_is_read_stands_there(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24)) {
        let text = pieces.concat();
        let document = Document::read(&text);
        let header = &document.header;
        let spans = header.authors.iter().chain(&header.dateline).chain(&header.agency);
        for span in spans.copied().chain(header.date.map(|date| date.span)) {
            prop_assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?}");
            let whole = document.paragraphs.iter().any(|paragraph| paragraph.span.contains(span));
            prop_assert!(whole, "{span:?}");
        }
        for name in &header.authors {
            prop_assert!(name.of(&text).contains(' '), "{:?}", name.of(&text));
        }
        if let Some(date) = header.date {
            prop_assert!(date.span.of(&text).contains(&date.day.year().to_string()));
        }
        prop_assert!(header.lines.is_sorted_by(|one, other| one < other));
        prop_assert!(header.lines.iter().all(|&line| (line as usize) < document.paragraphs.len()));
    }
}

const PIECES: [&str; 48] = [
    " ",
    " ",
    " ",
    ", ",
    "\n",
    "\n\n",
    " | ",
    " - ",
    " – ",
    ".",
    "(",
    ")",
    "/",
    ":",
    "é",
    "’",
    "\u{a0}",
    "By",
    "By: ",
    "Written by ",
    "Ana",
    "Orlo",
    "Žofia Łuk",
    "van der",
    "Staff Writer",
    "Correspondent",
    "in",
    "and",
    "&",
    "Vela",
    "VELA",
    "Reuters",
    "The Associated Press",
    "© ",
    "Source: ",
    "The Vela Times",
    "April",
    "Sept.",
    "12",
    "13th",
    "2017",
    "12/04/2017",
    "2017-04-12",
    "Wed",
    "10:15",
    "p.m. ET",
    "Updated",
    "(Reporting by ",
];
