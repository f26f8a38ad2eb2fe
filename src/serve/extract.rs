//! `POST /extract`: one article in, its record out.
//!
//! In: a body of text, HTML or a JSON article, and the same options as the command line's. Out: the record, or a problem
//! with the code that the command line's error records have.

use super::app::App;
use super::body::{self, Held};
use super::problem::Problem;
use crate::article::{Article, parse_date};
use crate::error::Result as Read;
use crate::extractor::Extraction;
use crate::input::{self, Kind};
use crate::offsets::Offsets;
use crate::record::Record;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// What the query of `/extract` and `/extract/batch` may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Options {
    /// Day of publication, for articles that do not say.
    date: Option<String>,
    /// What offsets count.
    offsets: Option<Offsets>,
}

/// The same, read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) date: Option<Date>,
    pub(crate) offsets: Offsets,
}

impl Options {
    pub(crate) fn read(query: Result<Query<Options>, QueryRejection>) -> Result<Wanted, Problem> {
        let Query(options) = query.map_err(|why| Problem::bad_request(why.body_text()))?;
        Ok(Wanted {
            date: options.date.as_deref().map(parse_date).transpose()?,
            offsets: options.offsets.unwrap_or_default(),
        })
    }
}

pub(crate) async fn one(
    State(app): State<Arc<App>>,
    query: Result<Query<Options>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let wanted = Options::read(query);
    let kind = kind(&headers);
    let (wanted, kind) = match (wanted, kind) {
        (Ok(wanted), Ok(kind)) => (wanted, kind),
        (Err(problem), _) | (_, Err(problem)) => {
            body::drain(body).await;
            return Err(problem);
        }
    };
    let held = body::whole(&app, body).await?;
    let worker = app.clone();
    let record = app.pool.run(move || record(&worker, kind, &held, wanted)).await??;
    Ok(([(CONTENT_TYPE, "application/json")], record).into_response())
}

fn record(app: &App, kind: Kind, held: &Held, wanted: Wanted) -> Result<Vec<u8>, Problem> {
    let article = input::read_bytes(&held.bytes, Some(kind)).inspect_err(|_| app.metrics.failed())?;
    let article = Article {
        date: article.date.or(wanted.date),
        ..article
    };
    let extraction = counted(app, &article)?;
    let mut record = serde_json::to_vec(&Record::new(&extraction, wanted.offsets)).map_err(|_| Problem::internal())?;
    record.push(b'\n');
    Ok(record)
}

/// An extraction, counted.
pub(crate) fn counted<'a>(app: &App, article: &'a Article) -> Read<Extraction<'a>> {
    let extraction = app.extractor.extract(article).inspect_err(|_| app.metrics.failed())?;
    app.metrics.article(article.text.len(), extraction.attributions.len());
    Ok(extraction)
}

/// What the headers say the body is: text, if they say nothing.
fn kind(headers: &HeaderMap) -> Result<Kind, Problem> {
    match body::media_type(headers).as_deref() {
        None | Some("text/plain") => Ok(Kind::Text),
        Some("text/html" | "application/xhtml+xml") => Ok(Kind::Html),
        Some("application/json") => Ok(Kind::Json),
        _ => Err(Problem::unsupported(
            "send text/plain, text/html or application/json; many articles go to /extract/batch",
        )),
    }
}
