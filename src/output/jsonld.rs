//! Linked data, by the vocabulary of schema.org.
//!
//! In: records. Out: one JSON-LD document whose graph holds each article and, behind it, what is said in it: a
//! `Quotation` where the words are the speaker's own, a `Claim` where the article reports them in its words, with the
//! verbatim parts as its own parts. Whatever is written begins with a comma: the graph starts with what made it.

use super::html::is_web;
use crate::extractor::Extraction;
use crate::record::{Joined, Quote, Record, Speaker};
use serde_json::{Map, Value, json};
use std::io::{Result, Write};
use std::iter;

/// What stands before the articles.
pub(crate) fn begin(to: &mut impl Write) -> Result<()> {
    let made_by = json!({
        "@type": "SoftwareApplication",
        "name": env!("CARGO_PKG_NAME"),
        "softwareVersion": env!("CARGO_PKG_VERSION"),
    });
    write!(to, "{{\"@context\":\"https://schema.org\",\"@graph\":[\n{made_by}")
}

pub(super) fn write(number: u64, record: &Record, to: &mut impl Write) -> Result<()> {
    let article = record.extraction().article;
    let url = article.url.as_deref().filter(|url| is_web(url));
    let name = url.map_or_else(|| format!("#article-{number}"), str::to_owned);
    write!(to, ",\n{}", news_article(&name, record.extraction()))?;
    for quote in record.quotes() {
        write!(to, ",\n{}", said(&name, &quote))?;
    }
    Ok(())
}

/// What stands behind them.
pub(crate) fn end(to: &mut impl Write) -> Result<()> {
    to.write_all(b"\n]}\n")
}

/// An article as a node of the graph.
pub(crate) struct ArticleNode<'a> {
    /// What it is pointed to by.
    pub(crate) name: &'a str,
    pub(crate) identifier: Option<Value>,
    pub(crate) headline: Option<&'a str>,
    pub(crate) date: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) author: Option<&'a str>,
    pub(crate) publisher: Option<&'a str>,
}

impl ArticleNode<'_> {
    pub(crate) fn node(self) -> Value {
        let named = |kind: &str, name: Option<&str>| name.map(|name| json!({"@type": kind, "name": name}));
        object([
            ("@type", Some(json!("NewsArticle"))),
            ("@id", Some(json!(self.name))),
            ("identifier", self.identifier),
            ("headline", self.headline.map(|title| json!(title))),
            ("datePublished", self.date.map(|date| json!(date))),
            ("url", self.url.map(|url| json!(url))),
            ("author", named("Person", self.author)),
            ("publisher", named("Organization", self.publisher)),
        ])
    }
}

/// What is said, as a node of the graph.
pub(crate) struct SaidNode<'a> {
    /// Whether all of it is the speaker's own words.
    pub(crate) verbatim: bool,
    /// What it is pointed to by.
    pub(crate) name: Option<String>,
    pub(crate) position: usize,
    pub(crate) text: String,
    pub(crate) creator: Option<Value>,
    /// The document that says it: no creator.
    pub(crate) document: Option<&'a str>,
    /// What its article is pointed to by.
    pub(crate) article: &'a str,
    /// The verbatim parts.
    pub(crate) passages: Vec<String>,
}

impl SaidNode<'_> {
    pub(crate) fn node(self) -> Value {
        let part = |words: &String| json!({"@type": "Quotation", "text": words});
        let parts: Vec<Value> = self.passages.iter().filter(|_| !self.verbatim).map(part).collect();
        let kind = if self.verbatim { "Quotation" } else { "Claim" };
        let source = self.document.map(|name| json!({"@type": "CreativeWork", "name": name}));
        object([
            ("@type", Some(json!(kind))),
            ("@id", self.name.map(|name| json!(name))),
            ("position", Some(json!(self.position))),
            ("text", Some(json!(self.text))),
            ("creator", self.creator),
            ("isBasedOn", source),
            ("isPartOf", Some(json!({"@id": self.article}))),
            ("hasPart", (!parts.is_empty()).then(|| json!(parts))),
        ])
    }
}

fn news_article(name: &str, extraction: &Extraction) -> Value {
    let article = extraction.article;
    ArticleNode {
        name,
        identifier: article.id.as_ref().map(|id| json!(id)),
        headline: article.title.as_deref(),
        date: extraction.date().map(|date| date.to_string()).as_deref(),
        url: article.url.as_deref(),
        author: extraction.author().as_deref(),
        publisher: extraction.site(),
    }
    .node()
}

fn said(article: &str, quote: &Quote) -> Value {
    let by = quote.speaker.as_ref();
    let document = by.is_some_and(|speaker| speaker.kind == Some("thing"));
    let (creator, document) = if document { (None, by) } else { (by, None) };
    SaidNode {
        verbatim: quote.kind == "direct",
        name: None,
        position: quote.id,
        text: quote.text.to_string(),
        creator: creator.and_then(|creator| creators(creator, &quote.co_speakers)),
        document: document.map(|source| source.mention.text),
        article,
        passages: quote.passages().iter().map(Joined::to_string).collect(),
    }
    .node()
}

/// The speaker, or an array where others say it too.
fn creators(speaker: &Speaker, others: &[Speaker]) -> Option<Value> {
    one_or_all(iter::once(speaker).chain(others).filter_map(creator_of).collect())
}

/// The only one, or an array of several.
pub(crate) fn one_or_all(mut all: Vec<Value>) -> Option<Value> {
    if all.len() > 1 {
        Some(Value::Array(all))
    } else {
        all.pop()
    }
}

/// Nobody, where the article does not say who it is.
fn creator_of(speaker: &Speaker) -> Option<Value> {
    let wikidata = speaker.known.and_then(|entity| entity.wikidata.as_deref());
    Some(agent(speaker.kind?, speaker.name?, speaker.office, wikidata))
}

/// A person or a body.
pub(crate) fn agent(kind: &str, name: &str, office: Option<&str>, wikidata: Option<&str>) -> Value {
    let kind = match kind {
        "person" | "office" => "Person",
        _ => "Organization",
    };
    object([
        ("@type", Some(json!(kind))),
        ("name", Some(json!(name))),
        (
            "jobTitle",
            office.filter(|_| kind == "Person").map(|office| json!(office)),
        ),
        (
            "sameAs",
            wikidata.map(|id| json!(format!("http://www.wikidata.org/entity/{id}"))),
        ),
    ])
}

/// An object of the fields that there are.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let fields = fields.into_iter();
    let fields: Map<String, Value> = fields
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    Value::Object(fields)
}
