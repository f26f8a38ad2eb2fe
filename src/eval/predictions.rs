//! Predictions: what a program says was said, from its JSON.
//!
//! In: records of schema `attache/1`, one a line, of which only `id`, `offsets` and `quotes` with `spans`, `mention`,
//! `name`, `type` and `confidence` are read; or what attache itself makes of the articles. Out: the predictions of each
//! annotated article, in bytes; whatever cannot be read is refused, and the message names file and line.

use crate::article::Article;
use crate::error::{Error, Result};
use crate::extractor::Extractor;
use crate::gold::Annotated;
use crate::offsets::{Converter, Offsets};
use crate::record::{Record, SCHEMA};
use crate::span::Span;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::HashMap;

/// One predicted attribution.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Predicted {
    /// What is said.
    pub content: Vec<Span>,
    /// How the text calls the speaker.
    pub mention: Option<Span>,
    /// Who the speaker is.
    pub name: Option<String>,
    /// Whether all of it stands between quotation marks.
    pub direct: bool,
    /// How probable it is said to be that words and speaker are right.
    pub confidence: Option<f32>,
}

/// What was predicted for annotated articles.
#[derive(Debug)]
pub struct Predictions<'a> {
    articles: &'a [Annotated],
    numbers: HashMap<&'a str, usize>,
    /// By article, with the line that they stand on.
    of: Vec<Option<(usize, Vec<Predicted>)>>,
    unknown: Vec<String>,
}

impl<'a> Predictions<'a> {
    /// No predictions yet.
    pub fn new(articles: &'a [Annotated]) -> Self {
        Predictions {
            articles,
            numbers: articles.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect(),
            of: vec![None; articles.len()],
            unknown: Vec::new(),
        }
    }

    /// What attache makes of the articles, which have no dates.
    ///
    /// # Errors
    /// An article cannot be extracted.
    pub fn made(articles: &'a [Annotated], extractor: &Extractor) -> Result<Self> {
        let mut predictions = Predictions::new(articles);
        for (number, annotated) in articles.iter().enumerate() {
            let article = Article {
                id: Some(annotated.id.as_str().into()),
                ..Article::new(annotated.text.as_str())
            };
            let extraction = extractor.extract(&article)?;
            let record = serde_json::to_vec(&Record::new(&extraction, Offsets::Char));
            let record = record.map_err(|why| Error::Write(why.into()))?;
            predictions.add(&record, &annotated.id, number + 1)?;
        }
        Ok(predictions)
    }

    /// Adds what was predicted for an article, by its number.
    pub fn insert(&mut self, article: usize, predicted: Vec<Predicted>) {
        self.of[article] = Some((0, predicted));
    }

    /// Adds the record on a line of a file; `file` is how messages call it. Blank lines are passed over, and so are the
    /// records of articles that failed.
    ///
    /// # Errors
    /// It is no such record, its offsets do not fit the article, or the article has predictions already.
    pub fn add(&mut self, line: &[u8], file: &str, number: usize) -> Result<()> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        self.add_record(line, number).map_err(|what| Error::Line {
            file: file.to_owned(),
            line: number,
            what,
        })
    }

    fn add_record(&mut self, line: &[u8], number: usize) -> std::result::Result<(), String> {
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        let record: RecordIn = serde_json::from_slice(line).map_err(|why| told(&why))?;
        let id = match record.id {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err("the record has no `id`, so it is of no article".to_owned()),
        };
        if let Some(schema) = record.schema.filter(|schema| schema != SCHEMA) {
            return Err(format!("the schema is {schema:?}; only {SCHEMA:?} can be read"));
        }
        let Some(&at) = self.numbers.get(id.as_str()) else {
            self.unknown.push(id);
            return Ok(());
        };
        if let Some((earlier, _)) = self.of[at] {
            return Err(format!("{id} has a record on line {earlier} already"));
        }
        let quotes = match (record.quotes, record.error) {
            (Some(quotes), _) => quotes,
            (None, Some(_)) => return Ok(()),
            (None, None) => return Err("the record has no `quotes`".to_owned()),
        };
        let converter = Converter::new(&self.articles[at].text, record.offsets.unwrap_or_default());
        let read = |(at, quote): (usize, QuoteIn)| {
            let quote = quote.read(&converter);
            quote.map_err(|why| format!("quote {} of {id}: {why}", at + 1))
        };
        let quotes = quotes.into_iter().enumerate().map(read);
        self.of[at] = Some((number, quotes.collect::<std::result::Result<_, _>>()?));
        Ok(())
    }

    /// What was predicted for an article, by its number.
    pub fn of(&self, article: usize) -> &[Predicted] {
        match &self.of[article] {
            Some((_, predicted)) => predicted,
            None => &[],
        }
    }

    /// The articles without a prediction.
    pub fn missing(&self) -> Vec<&'a str> {
        let articles = self.articles.iter().zip(&self.of);
        let missing = articles.filter(|(_, predicted)| predicted.is_none());
        missing.map(|(article, _)| article.id.as_str()).collect()
    }

    /// The ids of predictions for articles that nobody annotated.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

/// What is wrong with a line of JSON. Its number in the file is told elsewhere; to the parser it is always line 1.
fn told(why: &serde_json::Error) -> String {
    let what = why.to_string();
    let what = what
        .split_once(" at line 1 column ")
        .map_or(what.as_str(), |(what, _)| what);
    let sort = if why.is_data() { "no record" } else { "not JSON" };
    format!("{sort}: {what} (column {})", why.column())
}

#[derive(Deserialize)]
struct RecordIn {
    schema: Option<String>,
    id: Option<Value>,
    offsets: Option<Offsets>,
    quotes: Option<Vec<QuoteIn>>,
    error: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct QuoteIn {
    spans: Vec<SpanIn>,
    speaker: Option<SpeakerIn>,
    r#type: Option<String>,
    confidence: Option<f32>,
}

#[derive(Deserialize)]
struct SpeakerIn {
    mention: Option<SpanIn>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct SpanIn {
    start: u32,
    end: u32,
}

impl QuoteIn {
    fn read(self, converter: &Converter<'_>) -> std::result::Result<Predicted, String> {
        let span = |span: SpanIn| converter.span(span.start, span.end);
        let (mention, name) = match self.speaker {
            Some(speaker) => (speaker.mention, speaker.name),
            None => (None, None),
        };
        Ok(Predicted {
            content: self
                .spans
                .into_iter()
                .map(span)
                .collect::<std::result::Result<_, _>>()?,
            mention: mention.map(span).transpose()?,
            name,
            direct: self.r#type.as_deref() == Some("direct"),
            confidence: self.confidence,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Vec<Annotated> {
        vec![Annotated::new("a", "“Да” 😀, Édith said.", "", "a.ann").unwrap()]
    }

    fn refusal(line: &str) -> String {
        let articles = article();
        let mut predictions = Predictions::new(&articles);
        predictions.add(line.as_bytes(), "p", 3).unwrap_err().to_string()
    }

    #[test]
    fn reads_every_unit() {
        let articles = article();
        for (unit, content, mention) in [
            ("char", (1, 3), (8, 13)),
            ("byte", (3, 7), (17, 23)),
            ("utf16", (1, 3), (9, 14)),
        ] {
            let line = format!(
                r#"{{"schema":"attache/1","id":"a","offsets":"{unit}","quotes":[{{"spans":[{{"start":{},"end":{}}}],
                "speaker":{{"name":"Édith","mention":{{"start":{},"end":{}}}}}}}]}}"#,
                content.0, content.1, mention.0, mention.1
            );
            let mut predictions = Predictions::new(&articles);
            predictions.add(line.as_bytes(), "p", 1).unwrap();
            let text = &articles[0].text;
            let read = &predictions.of(0)[0];
            assert_eq!(read.content[0].of(text), "Да", "{unit}");
            assert_eq!(read.mention.unwrap().of(text), "Édith", "{unit}");
            assert_eq!(read.name.as_deref(), Some("Édith"));
        }
    }

    #[test]
    fn tells_what_is_missing_and_what_nobody_annotated() {
        let articles = article();
        let mut predictions = Predictions::new(&articles);
        for line in ["", r#"{"id":7,"quotes":[]}"#, r#"{"id":"a","error":{"code":"empty"}}"#] {
            predictions.add(line.as_bytes(), "p", 1).unwrap();
        }
        assert_eq!(predictions.missing(), ["a"]);
        assert_eq!(predictions.unknown(), ["7"]);
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        for (line, message) in [
            ("{", "p:3: not JSON: EOF while parsing an object (column 1)"),
            (
                "[]",
                "p:3: no record: invalid length 0, expected struct RecordIn with 5 elements (column 2)",
            ),
            (
                r#"{"quotes":[]}"#,
                "p:3: the record has no `id`, so it is of no article",
            ),
            (r#"{"id":"a"}"#, "p:3: the record has no `quotes`"),
            (
                r#"{"id":"a","schema":"attache/9","quotes":[]}"#,
                "p:3: the schema is \"attache/9\"; only \"attache/1\" can be read",
            ),
            (
                r#"{"id":"a","offsets":"word","quotes":[]}"#,
                "p:3: no record: unknown variant `word`, expected one of `char`, `byte`, `utf16` (column 26)",
            ),
            (
                r#"{"id":"a","quotes":[{}]}"#,
                "p:3: no record: missing field `spans` (column 22)",
            ),
            (
                r#"{"id":"a","quotes":[{"spans":[{"start":3,"end":99}]}]}"#,
                "p:3: quote 1 of a: 3-99 lies outside the text, which has 19 code points",
            ),
        ] {
            assert_eq!(refusal(line), message);
        }
    }

    #[test]
    fn refuses_a_second_record_of_an_article() {
        let articles = article();
        let mut predictions = Predictions::new(&articles);
        let line = br#"{"id":"a","quotes":[]}"#;
        predictions.add(line, "p", 1).unwrap();
        let why = predictions.add(line, "p", 2).unwrap_err().to_string();
        assert_eq!(why, "p:2: a has a record on line 1 already");
    }
}
