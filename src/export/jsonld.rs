//! Linked data, by the vocabulary of schema.org.
//!
//! In: rows, article by article. Out: one JSON-LD document whose graph holds each article and, behind it, what is said in
//! it: a `Quotation` where the words are the speaker's own, a `Claim` where the article reports them in its words, with
//! the verbatim parts as its own parts.

use crate::error::{Error, Result};
use crate::output::html::is_web;
use crate::output::jsonld::{ArticleNode, SaidNode, agent, begin, end};
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
    ArticleNode {
        name,
        identifier: row.article.as_ref().map(|id| json!(id)),
        headline: row.title.as_deref(),
        date: row.date.as_deref(),
        url: row.url.as_deref(),
        author: None,
        publisher: row.site.as_deref(),
    }
    .node()
}

fn said(article: &str, row: &Row) -> Value {
    let document = row.kind.as_deref() == Some("thing");
    let source = row.speaker.as_deref().or(row.mention.as_deref());
    SaidNode {
        verbatim: row.r#type == "direct",
        name: Some(format!("#quote-{}", row.id)),
        position: row.quote as usize,
        text: row.text.clone(),
        creator: creator(row).filter(|_| !document),
        document: source.filter(|_| document),
        article,
        passages: row.passages(),
    }
    .node()
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
