//! Linked data, by the vocabulary of schema.org.
//!
//! In: rows, article by article. Out: one JSON-LD document whose graph holds each article and, behind it, what is said in
//! it: a `Quotation` where the words are the speaker's own, a `Claim` where the article reports them in its words, with
//! the verbatim parts as its own parts.

use crate::error::{Error, Result};
use crate::output::html::is_web;
use crate::output::jsonld::{ArticleNode, SaidNode, agent, begin, end, one_or_all};
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
        creator: if document { None } else { one_or_all(creators(row)) },
        document: source.filter(|_| document),
        article,
        passages: row.passages(),
    }
    .node()
}

/// All who say it; nobody, where the article does not say who it is.
fn creators(row: &Row) -> Vec<Value> {
    let speaker = (&row.kind, &row.speaker, &row.office, &row.wikidata);
    let others = row.co_speakers.iter();
    let others = others.map(|other| (&other.kind, &other.speaker, &other.office, &other.wikidata));
    let all = std::iter::once(speaker).chain(others);
    all.filter_map(|(kind, name, office, wikidata)| {
        let kind = kind.as_deref().unwrap_or("person");
        Some(agent(kind, name.as_deref()?, office.as_deref(), wikidata.as_deref()))
    })
    .collect()
}
