//! Corrections, made from a page and listed.
//!
//! In: forms of this server's own pages, by `POST` only. Out: the page that the quote stands on, or the list of
//! corrections. A form of another site, or without the token, changes nothing; nor does any on a server that only reads.

use super::app::App;
use super::body;
use super::database::{ask, of};
use super::page::{self, Place, page};
use super::problem::Problem;
use crate::error::Result as Read;
use crate::store::{Correction, Remedy};
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query as Given, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use std::path::Path as File;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
struct Form {
    token: String,
    /// Who said it; if missing, nobody did.
    speaker: Option<String>,
}

/// Corrections on a page.
const SHOWN: usize = 50;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    #[serde(default)]
    page: String,
}

pub(crate) async fn list(
    State(app): State<Arc<App>>,
    uri: Uri,
    query: Result<Given<Query>, QueryRejection>,
) -> Result<Response, Problem> {
    let Given(query) = query.map_err(|why| Problem::bad_request(why.body_text()))?;
    let number = page::asked(&query.page)?;
    // One more than is shown tells whether there is another page.
    let made = ask(&app, move |reader| reader.corrections(SHOWN + 1, (number - 1) * SHOWN)).await?;
    let (shown, more) = (&made[..made.len().min(SHOWN)], made.len() > SHOWN);
    let token = of(&app)?.token();
    page::twin(page::is_json(&uri), &shown, || {
        let pages = page::turn(number, more, |page| format!("/corrections?page={page}"));
        page(Place::Corrections, "Corrections", &content(shown, token, &pages))
    })
}

fn content(made: &[Correction], token: Option<&str>, pages: &Markup) -> Markup {
    html! {
        h1 { "Corrections" }
        @if made.is_empty() { p .lead { "None were made." } }
        ol .hits {
            @for one in made {
                li .hit {
                    blockquote { (one.text.as_deref().unwrap_or("a quote that is gone")) }
                    p .hint {
                        @match &one.speaker { Some(name) => { "Said by " b { (name) } }, None => { "No quote" } }
                        @if let Some(extracted) = &one.extracted { ", not by " (extracted) }
                        " · " (one.made)
                        @if let Some(reverted) = &one.reverted { " · taken back " (reverted) }
                    }
                    @if let (None, Some(token)) = (&one.reverted, token) {
                        form method="post" action={ "/corrections/" (one.id) "/revert" } {
                            input type="hidden" name="token" value=(token);
                            button type="submit" { "Take back" }
                        }
                    }
                }
            }
        }
        (pages)
    }
}

pub(crate) async fn correct(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Body,
) -> Result<Redirect, Problem> {
    let gazetteer = app.extractor.gazetteer().clone();
    let made = changed(
        &app,
        &headers,
        body,
        page::number(&id, "quote"),
        move |file, quote, form| {
            let remedy = form.speaker.map_or(Remedy::NotAQuote, Remedy::Speaker);
            Correction::make(file, quote, &remedy, None, &gazetteer).map(drop)
        },
    );
    let quote = made.await?;
    let hit = ask(&app, move |reader| reader.quote(quote)).await?;
    let to = hit.map_or("/corrections".to_owned(), |hit| format!("/articles/{}", hit.article));
    Ok(Redirect::to(&to))
}

pub(crate) async fn revert(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Body,
) -> Result<Redirect, Problem> {
    let reverted = changed(
        &app,
        &headers,
        body,
        page::number(&id, "correction"),
        |file, correction, _| Correction::revert(file, correction),
    );
    reverted.await?;
    Ok(Redirect::to("/corrections"))
}

/// Changes the database as a form says, if the form may; the number that it was about.
async fn changed(
    app: &Arc<App>,
    headers: &HeaderMap,
    body: Body,
    id: Result<i64, Problem>,
    change: impl FnOnce(&File, i64, Form) -> Read<()> + Send + 'static,
) -> Result<i64, Problem> {
    let database = of(app)?;
    let held = body::form(app, headers, body, "a page of this server").await?;
    let form: Form = serde_urlencoded::from_bytes(&held.bytes).map_err(|why| Problem::bad_request(why.to_string()))?;
    database.may_write(headers, &form.token)?;
    let id = id?;
    let file = database.file.clone();
    database.writes.run(move || change(&file, id, form)).await??;
    Ok(id)
}
