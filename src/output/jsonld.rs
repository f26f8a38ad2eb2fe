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

fn news_article(name: &str, extraction: &Extraction) -> Value {
    let article = extraction.article;
    let named = |kind: &str, name: Option<&str>| name.map(|name| json!({"@type": kind, "name": name}));
    object([
        ("@type", Some(json!("NewsArticle"))),
        ("@id", Some(json!(name))),
        ("identifier", article.id.as_ref().map(|id| json!(id))),
        ("headline", article.title.as_ref().map(|title| json!(title))),
        ("datePublished", extraction.date().map(|date| json!(date.to_string()))),
        ("url", article.url.as_ref().map(|url| json!(url))),
        ("author", named("Person", extraction.author().as_deref())),
        ("publisher", named("Organization", extraction.site())),
    ])
}

fn said(article: &str, quote: &Quote) -> Value {
    let verbatim = quote.kind == "direct";
    let part = |words: &Joined| json!({"@type": "Quotation", "text": words.to_string()});
    let parts: Vec<Value> = if verbatim {
        Vec::new()
    } else {
        quote.passages().iter().map(part).collect()
    };
    let by = quote.speaker.as_ref();
    // A document is no creator: what is said comes from it.
    let document = by.is_some_and(|speaker| speaker.kind == Some("thing"));
    let (creator, source) = if document { (None, by) } else { (by, None) };
    object([
        ("@type", Some(json!(if verbatim { "Quotation" } else { "Claim" }))),
        ("position", Some(json!(quote.id))),
        ("text", Some(json!(quote.text.to_string()))),
        ("creator", creator.and_then(creator_of)),
        (
            "isBasedOn",
            source.map(|source| json!({"@type": "CreativeWork", "name": source.mention.text})),
        ),
        ("isPartOf", Some(json!({"@id": article}))),
        ("hasPart", (!parts.is_empty()).then(|| json!(parts))),
    ])
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
pub(crate) fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let fields = fields.into_iter();
    let fields: Map<String, Value> = fields
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    Value::Object(fields)
}
