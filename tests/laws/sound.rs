//! What is checked of every text: its tokens, sentences and quotations, what is read from it, and all that is written of
//! it. The fuzzer's targets check the same.

use attache::output::{Format, Style};
use attache::span::{Run, Span};
use attache::text::Document;
use attache::text::paragraphs::Paragraph;
use attache::tokens::Token;
use attache::{Article, Extraction, Extractor, Offsets, Record};
use serde_json::Value;

/// Panics if a law is broken for this article.
pub(crate) fn article(extractor: &Extractor, article: &Article) {
    let read = || extractor.extract(article).expect("it is not too large");
    let extraction = read();
    document(&extraction.document);
    stages(&extraction);
    let again = read();
    for offsets in [Offsets::Char, Offsets::Byte, Offsets::Utf16] {
        let once = Record::new(&extraction, offsets).to_string();
        assert_eq!(
            once,
            Record::new(&again, offsets).to_string(),
            "read again, it is another one"
        );
        let value = serde_json::from_str(&once).expect("a record is JSON");
        record(&Units::new(&article.text, offsets), &value);
    }
    for &format in Format::ALL {
        written(&extraction, format);
    }
}

/// What the surface promises.
pub(crate) fn document(document: &Document) {
    let count = document.tokens.len();
    tokens(document.text, &document.tokens);
    partition(document.paragraphs.iter().map(|paragraph| paragraph.tokens), count);
    partition(document.sentences.iter().map(|sentence| sentence.tokens), count);
    for paragraph in &document.paragraphs {
        assert_eq!(paragraph.span, document.span(paragraph.tokens));
    }
    for sentence in &document.sentences {
        assert_eq!(sentence.span, document.span(sentence.tokens));
        assert!(
            around(document, sentence.tokens.start).tokens.contains(sentence.tokens),
            "no sentence crosses a paragraph's end"
        );
    }
    quotations(document);
    let header = &document.header;
    let spans = header
        .authors
        .iter()
        .chain(&header.dateline)
        .chain(&header.agency)
        .copied();
    spans
        .chain(header.date.map(|date| date.span))
        .for_each(|span| in_place(document.text, span));
    assert!(header.lines.is_sorted_by(|one, other| one < other));
    assert!(
        header
            .lines
            .iter()
            .all(|&line| (line as usize) < document.paragraphs.len())
    );
}

/// The paragraph of a token.
fn around<'d>(document: &'d Document, token: u32) -> &'d Paragraph {
    let next = document
        .paragraphs
        .partition_point(|paragraph| paragraph.tokens.start <= token);
    &document.paragraphs[next - 1]
}

/// Whether a character may stand between tokens: white space, controls, invisible signs.
fn ignorable(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn in_place(text: &str, span: Span) {
    assert!(span.start < span.end, "{span:?} is empty");
    assert!(text.get(span.range()).is_some(), "{span:?} is off a border");
}

fn partition(runs: impl Iterator<Item = Run>, tokens: usize) {
    let mut at = 0;
    for run in runs {
        assert_eq!(run.start, at, "a token is lost or taken twice");
        assert!(!run.is_empty());
        at = run.end;
    }
    assert_eq!(at as usize, tokens);
}

/// Tokens and gaps rebuild the text.
fn tokens(text: &str, tokens: &[Token]) {
    let mut at = 0;
    for token in tokens {
        in_place(text, token.span);
        let gap = &text[at..token.span.start as usize];
        assert!(gap.chars().all(ignorable), "{gap:?} is in no token");
        let breaks = gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']);
        assert_eq!(token.breaks > 0, breaks, "{gap:?}");
        assert_eq!(token.spaced, !gap.is_empty() || at == 0, "{gap:?}");
        at = token.span.end as usize;
    }
    assert!(text[at..].chars().all(ignorable));
}

fn quotations(document: &Document) {
    let quotations = &document.quotations;
    for (index, quotation) in quotations.iter().enumerate() {
        in_place(document.text, quotation.span);
        assert_eq!(quotation.span, document.span(quotation.tokens));
        assert!(quotation.marked.contains(quotation.tokens));
        assert!(
            around(document, quotation.marked.start)
                .tokens
                .contains(quotation.marked)
        );
        for earlier in [quotation.inside, quotation.continues].into_iter().flatten() {
            assert!((earlier as usize) < index);
        }
        if let Some(outer) = quotation.inside {
            assert!(quotations[outer as usize].tokens.contains(quotation.marked));
        }
        if let Some(earlier) = quotation.continues {
            assert!(!quotations[earlier as usize].closed);
        }
        // Two that meet lie one in the other.
        let meeting = quotations[index + 1..]
            .iter()
            .take_while(|other| other.marked.start < quotation.marked.end);
        for other in meeting {
            assert!(quotation.tokens.contains(other.marked), "{quotation:?} {other:?}");
        }
    }
    assert!(quotations.is_sorted_by_key(|quotation| quotation.marked.start));
}

/// What the stages above the surface promise of their own values.
fn stages(extraction: &Extraction) {
    let document = &extraction.document;
    let tokens = document.tokens.len() as u32;
    let mut end = 0;
    for mention in &extraction.mentions {
        in_place(document.text, mention.span);
        assert!(mention.tokens.start >= end, "mentions are sorted and never overlap");
        assert!(!mention.tokens.is_empty() && mention.tokens.end <= tokens);
        assert!(mention.tokens.contains(mention.name) && mention.tokens.has(mention.head as usize));
        end = mention.tokens.end;
    }
    let resolution = &extraction.resolution;
    assert_eq!(resolution.entity_of.len(), extraction.mentions.len());
    for (id, entity) in resolution.entities.iter().enumerate() {
        assert!(!entity.mentions.is_empty() || !entity.passing.is_empty());
        assert!(entity.mentions.is_sorted());
        assert!(entity.passing.is_sorted_by_key(|span| span.start));
        entity.passing.iter().for_each(|&span| in_place(document.text, span));
        for &mention in &entity.mentions {
            assert_eq!(resolution.entity_of[mention as usize], Some(id as u32));
        }
    }
    for (id, said) in extraction.attributions.iter().enumerate() {
        assert!(!said.content.is_empty());
        assert!((0.0..=1.0).contains(&said.confidence), "{}", said.confidence);
        for &span in said.content.iter().chain(&said.quoted) {
            in_place(document.text, span);
        }
        assert!(
            said.source
                .is_none_or(|source| (source as usize) < extraction.mentions.len())
        );
        assert!(said.cue.is_none_or(|cue| !cue.is_empty() && cue.end <= tokens));
        let outer = said.within.map(|outer| outer as usize);
        assert!(outer.is_none_or(|outer| outer != id && outer < extraction.attributions.len()));
    }
}

/// What the record promises: every text is its span, whatever the unit; everything in the order of the text.
fn record(text: &Units, record: &Value) {
    let sentences = list(&record["sentences"]);
    let mut end = 0;
    for sentence in sentences {
        assert!(!text.slice(sentence).is_empty());
        assert!(start(sentence) >= end, "sentences are sorted");
        end = number(&sentence["end"]);
    }
    let named = |mention: &Value| assert_eq!(mention["text"], text.slice(mention));
    for (id, entity) in list(&record["entities"]).iter().enumerate() {
        assert_eq!(entity["id"], id);
        assert_ne!(entity["name"], "");
        let mentions = list(&entity["mentions"]);
        mentions.iter().for_each(named);
        assert!(mentions.is_sorted_by_key(start));
    }
    let quotes = list(&record["quotes"]);
    assert!(
        quotes.is_sorted_by_key(|quote| start(list(&quote["quoted"]).first().unwrap_or(&quote["spans"][0]))),
        "quotes stand in the order of their first verbatim words, or of their first words"
    );
    for (id, quote) in quotes.iter().enumerate() {
        assert_eq!(quote["id"], id);
        let spans = list(&quote["spans"]);
        let pieces: Vec<String> = spans.iter().map(|span| text.slice(span)).collect();
        assert_eq!(quote["text"], pieces.join(" "));
        assert!(spans.is_sorted_by_key(start));
        for part in list(&quote["quoted"]) {
            assert!(!text.slice(part).is_empty());
        }
        if !quote["cue"].is_null() {
            named(&quote["cue"]);
        }
        let sentence = &sentences[number(&quote["sentence"])];
        assert!((start(sentence)..number(&sentence["end"])).contains(&start(&spans[0])));
        let speaker = &quote["speaker"];
        if !speaker.is_null() {
            named(&speaker["mention"]);
        }
        if let Some(entity) = speaker["entity"].as_u64() {
            let entity = &record["entities"][entity as usize];
            assert_eq!((&speaker["name"], &speaker["kind"]), (&entity["name"], &entity["kind"]));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}

fn start(value: &Value) -> usize {
    number(&value["start"])
}

/// A text as a reader sees it who counts in that unit.
enum Units {
    Chars(Vec<char>),
    Bytes(String),
    Utf16(Vec<u16>),
}

impl Units {
    fn new(text: &str, offsets: Offsets) -> Units {
        match offsets {
            Offsets::Char => Units::Chars(text.chars().collect()),
            Offsets::Byte => Units::Bytes(text.to_owned()),
            Offsets::Utf16 => Units::Utf16(text.encode_utf16().collect()),
        }
    }

    /// A span cut out the way such a reader would.
    fn slice(&self, span: &Value) -> String {
        let range = start(span)..number(&span["end"]);
        match self {
            Units::Chars(text) => text[range].iter().collect(),
            Units::Bytes(text) => text[range].to_owned(),
            Units::Utf16(text) => String::from_utf16(&text[range]).expect("no half of a pair"),
        }
    }
}

/// Every format takes every article, and those of JSON stay that.
fn written(extraction: &Extraction, format: Format) {
    let style = Style {
        format,
        ..Style::default()
    };
    let mut bytes = Vec::new();
    let done = style.begin(&mut bytes);
    let done = done.and_then(|()| style.article(1, extraction, &mut bytes));
    done.and_then(|()| style.end(&mut bytes)).expect("memory takes it");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let json = |text: &str| assert!(serde_json::from_str::<Value>(text).is_ok(), "{format:?}: {text}");
    match format {
        Format::Json | Format::Jsonld => json(&text),
        Format::Jsonl | Format::Quotebank => text.lines().for_each(json),
        _ => {}
    }
}
