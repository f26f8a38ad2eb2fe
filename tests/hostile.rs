//! Input made to break a reader: what might cost more than its length, what holds more than it seems, odd characters.
//!
//! `benches/hostile` does the same by hand at full size.

#![allow(clippy::unwrap_used)]

use attache::input::{Kind, Options, Raw, Source, read_bytes};
use attache::{Article, Error, Extractor, Offsets, Record};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::{Cursor, Write};
use std::time::Instant;

/// Four times the input may take four times the time, not sixteen times. Generous, because a test machine is busy, and
/// tried again where it took too long, because another process may have had the core.
fn linear(name: &str, short: usize, time: impl Fn(usize) -> f64) -> Option<String> {
    let before = time(short).max(0.02);
    let mut now = time(short * 4);
    for _ in 0..2 {
        if now > before * 10.0 && now < 5.0 {
            now = now.min(time(short * 4));
        }
    }
    (now > before * 10.0).then(|| format!("{name:?}: {before:.4} s, then {now:.4} s for four times the length"))
}

/// What looks around in a window grows with the square until the text is longer than the window; so the shortest text
/// is.
#[test]
fn hostile_text_takes_linear_time() {
    let extractor = Extractor::new();
    let mut slow = Vec::new();
    let alone = [
        "\"",
        "“",
        "‘",
        "'",
        "(",
        ".",
        ". ",
        "\n",
        "A",
        "A ",
        "a",
        "said ",
        "he said ",
        "“a” ",
        "“ ‘ ",
        "\u{301}",
        "é",
        "He ",
        "“a,” said Ann Lee. ",
        "Ann Lee ",
        "QUESTION: a\n",
        "“a\n\n",
        "according to ",
        "Moscow said ",
        "U.S. ",
        "Xq Zv ",
        "a-",
        "http://",
        "A.\n\n",
        "\u{200b}",
        "\u{202e}a",
        "👩‍👩‍👧",
        "Q. a\n\nA. b\n\n",
        "MR. LEE: “no,” said Ann Lee.\n\n",
        "QUESTION: Do you agree?\n\nMS. LEE: We do.\n\n",
        "He left. They said no. Voters who said no left. ",
        "By Ann Lee and ",
        ",",
        "7",
        "2017 ",
        "April 12, 2017 ",
        "Mr. ",
        "A said B said ",
        "Ann Lee\nCy Orlo\n",
        "THE MINISTER SAID NO.\n",
    ];
    let beneath = [
        ("Ann Lee\n\n", "“No,” said Cy Orlo. "),
        ("Statement by Ann Lee\n\n", "We said “no,” Cy Orlo said. "),
        ("Statement by Ann Lee\n\n", "We said “no,” Cy Orlo said.\n\n"),
    ];
    let alone = alone.iter().map(|&piece| ("", piece, 20_000));
    // What makes one thing of the whole text shows later that it is looked through too often.
    let beneath = beneath.iter().map(|&(head, piece)| (head, piece, 60_000));
    for (head, piece, short) in alone.chain(beneath) {
        let time = |length: usize| {
            let article = Article::new(head.to_owned() + &piece.repeat(length / piece.len()));
            let start = Instant::now();
            extractor.extract(&article).unwrap();
            start.elapsed().as_secs_f64()
        };
        slow.extend(linear(&format!("{head}{piece}"), short, time));
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

#[test]
fn hostile_pages_take_linear_time() {
    let mut slow = Vec::new();
    for piece in [
        "<div>",
        "<b>x",
        "<a href=x>y ",
        "<table><tr><td>x",
        "<p>A said b.</p>",
        "&amp;",
        "&nbsp;",
        "<!-- ",
        "<",
        "<p><font><i><table>",
        "<meta name=author content=a>",
        "<li>a",
        "</p>",
        "<p a='",
        "&#65;",
        "<svg><p>",
    ] {
        // In so short a text it does not show that each is looked for in all of it.
        let short = if piece == "&amp;" { 400_000 } else { 30_000 };
        let time = |length: usize| {
            let page = format!("<html><body><p>Yes.</p>{}", piece.repeat(length / piece.len()));
            let start = Instant::now();
            let _ = read_bytes(page.as_bytes(), Some(Kind::Html));
            start.elapsed().as_secs_f64()
        };
        slow.extend(linear(piece, short, time));
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Entities that a page declares are none: there is nothing to unfold.
#[test]
fn entities_do_not_unfold() {
    let mut page = "<!DOCTYPE html [<!ENTITY a0 'lol'>".to_owned();
    for level in 1..10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        page += &format!("<!ENTITY a{level} '{inner}'>");
    }
    page += "]><html><body><p>The minister said &a9; and left the room.</p></body></html>";
    let article = read_bytes(page.as_bytes(), Some(Kind::Html)).unwrap();
    assert!(article.text.len() <= page.len());
}

/// What is small when compressed is refused at its limit, with no more of it held than that.
#[test]
fn a_compressed_bomb_is_too_large() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..64 {
        gzip.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let gzip = gzip.finish().unwrap();
    assert!(gzip.len() < 1 << 20);
    for kind in [
        Some(Kind::Text),
        Some(Kind::Html),
        Some(Kind::Json),
        Some(Kind::Jsonl),
        None,
    ] {
        let options = Options {
            kind,
            max_size: 1 << 20,
            ..Options::default()
        };
        let mut source = Source::of_stream(Cursor::new(gzip.clone()), options);
        let failure = source.next().unwrap().and_then(Raw::read).unwrap_err();
        assert!(matches!(failure.error, Error::TooLarge { .. }), "{kind:?}: {failure}");
    }
}

/// However odd the characters are that stand in it, a plain quote is found, given to its speaker, and where the record
/// says it is, in all three units.
#[test]
fn odd_characters_neither_hide_a_quote_nor_shift_it() {
    let extractor = Extractor::new();
    let mut wrong = Vec::new();
    for (text, words, name) in [
        // Emoji of one, two and many code points.
        (
            "😀👩‍👩‍👧🇺🇳 “We are ready 😀,” said Elena Marsh.",
            "We are ready 😀,",
            "Elena Marsh",
        ),
        // Accents put together: the name is the article's own.
        (
            "“We are ready,” said Jose\u{301} Mun\u{303}oz.",
            "We are ready,",
            "Jose\u{301} Mun\u{303}oz",
        ),
        // Marks of direction.
        (
            "\u{202b}שלום.\u{202c} \u{200e}“We are ready,”\u{200e} said Elena Marsh.",
            "We are ready,",
            "Elena Marsh",
        ),
        // Spaces that do not break, and thin ones.
        (
            "“We\u{a0}are\u{202f}ready,” said Elena\u{a0}Marsh.",
            "We\u{a0}are\u{202f}ready,",
            "Elena Marsh",
        ),
        // Soft hyphens, spaces of no width.
        (
            "“We are re\u{ad}ady,” said Elena Marsh.",
            "We are re\u{ad}ady,",
            "Elena Marsh",
        ),
        (
            "\u{feff}\u{200b}“We are ready,” \u{200b}said Elena Marsh.",
            "We are ready,",
            "Elena Marsh",
        ),
        // Low marks, and marks that point inwards.
        ("„We are ready,“ said Elena Marsh.", "We are ready,", "Elena Marsh"),
        ("»We are ready,« said Elena Marsh.", "We are ready,", "Elena Marsh"),
        ("«We are ready,» said Elena Marsh.", "We are ready,", "Elena Marsh"),
        (
            "北京 𝕏. “We are ready,” said Elena Marsh.",
            "We are ready,",
            "Elena Marsh",
        ),
    ] {
        let article = Article::new(text);
        let extraction = extractor.extract(&article).unwrap();
        for offsets in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
            let record = serde_json::to_value(Record::new(&extraction, offsets)).unwrap();
            let quotes = record["quotes"].as_array().unwrap();
            let same = |quote: &&Value| quote["text"] == words && quote["speaker"]["name"] == name;
            let Some(found) = quotes.iter().find(same) else {
                wrong.push(format!("{text:?}: {}", record["quotes"]));
                break;
            };
            assert_eq!(slice(text, offsets, &found["spans"][0]), words, "{text:?}");
            let mention = slice(text, offsets, &found["speaker"]["mention"]);
            assert_eq!(mention.replace('\u{a0}', " "), name, "{text:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A span cut out the way a reader in that unit would.
fn slice(text: &str, offsets: Offsets, span: &Value) -> String {
    let at = |end: &str| span[end].as_u64().unwrap() as usize;
    let range = at("start")..at("end");
    match offsets {
        Offsets::Char => text.chars().collect::<Vec<_>>()[range].iter().collect(),
        Offsets::Byte => text[range].to_owned(),
        Offsets::Utf16 => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[range]).unwrap(),
    }
}
