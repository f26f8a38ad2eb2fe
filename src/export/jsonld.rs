//! Linked data, by the vocabulary of schema.org.
//!
//! In: rows, article by article. Out: one JSON-LD document whose graph holds each article and, behind it, what is said in
//! it: a `Quotation` where the words are the speaker's own, a `Claim` where the article reports them in its words, with
//! the verbatim parts as its own parts.

use crate::error::{Error, Result};
use crate::output::html::is_web;
use crate::output::jsonld::{agent, begin, end, object};
use crate::store::{Filter, Order, Reader, Row};
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(reader: &Reader, filter: &Filter, to: &mut impl Write) -> Result<()> {
    begin(to).map_err(Error::Write)?;
    let mut article = None;
    reader.table(filter, Order::Article, |row| {
        let name = name(&row);
        if article.replace(row.article_id) != Some(row.article_id) {
            write!(to, ",\n{}", news_article(&name, &row)).map_err(Error::Write)?;
        }
        write!(to, ",\n{}", said(&name, &row)).map_err(Error::Write)
    })?;
    end(to).map_err(Error::Write)
}

/// What an article is pointed to by: its address, if it has one on the web.
fn name(row: &Row) -> String {
    let url = row.url.as_deref().filter(|url| is_web(url));
    url.map_or_else(|| format!("#article-{}", row.article_id), str::to_owned)
}

fn news_article(name: &str, row: &Row) -> Value {
    object([
        ("@type", Some(json!("NewsArticle"))),
        ("@id", Some(json!(name))),
        ("identifier", row.article.as_ref().map(|id| json!(id))),
        ("headline", row.title.as_ref().map(|title| json!(title))),
        ("datePublished", row.date.as_ref().map(|date| json!(date))),
        ("url", row.url.as_ref().map(|url| json!(url))),
        (
            "publisher",
            row.site
                .as_ref()
                .map(|name| json!({"@type": "Organization", "name": name})),
        ),
    ])
}

fn said(article: &str, row: &Row) -> Value {
    let verbatim = row.r#type == "direct";
    let parts = if verbatim { Vec::new() } else { row.passages() };
    let parts: Vec<Value> = parts
        .iter()
        .map(|words| json!({"@type": "Quotation", "text": words}))
        .collect();
    // A document is no creator: what is said comes from it.
    let document = row.kind.as_deref() == Some("thing");
    let source = row.speaker.as_ref().or(row.mention.as_ref()).filter(|_| document);
    object([
        ("@type", Some(json!(if verbatim { "Quotation" } else { "Claim" }))),
        ("@id", Some(json!(format!("#quote-{}", row.id)))),
        ("position", Some(json!(row.quote))),
        ("text", Some(json!(row.text))),
        ("creator", creator(row).filter(|_| !document)),
        (
            "isBasedOn",
            source.map(|name| json!({"@type": "CreativeWork", "name": name})),
        ),
        ("isPartOf", Some(json!({"@id": article}))),
        ("hasPart", (!parts.is_empty()).then(|| json!(parts))),
    ])
}

/// Nobody, where the article does not say who it is.
fn creator(row: &Row) -> Option<Value> {
    let kind = row.kind.as_deref().unwrap_or("person");
    Some(agent(
        kind,
        row.speaker.as_deref()?,
        row.office.as_deref(),
        row.wikidata.as_deref(),
    ))
}
