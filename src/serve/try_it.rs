//! Try it: an article is pasted or dropped in, and shown with its quotes marked.
//!
//! In: a form, by `POST` so that an article of any length fits and nothing is kept. Out: the page; with the form filled,
//! the text with its quotes, a card for each, and the record as JSON to copy.

use super::app::App;
use super::body;
use super::extract::counted;
use super::page::{Place, page};
use super::problem::Problem;
use crate::article::parse_date;
use crate::input;
use crate::offsets::Offsets;
use crate::output::html::{More, Said, reading};
use crate::record::Record;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// Written for this project.
const SAMPLE: &str = include_str!("../../examples/talks.txt");
const SAMPLE_DATE: &str = "2017-03-14";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    text: String,
    #[serde(default)]
    date: String,
}

pub(crate) async fn empty(RawQuery(query): RawQuery) -> Markup {
    let form = match query.as_deref() {
        Some("sample") => Form {
            text: SAMPLE.to_owned(),
            date: SAMPLE_DATE.to_owned(),
        },
        _ => Form::default(),
    };
    let content = html! {
        h1 { "Who says what?" }
        p .lead { "Paste a news article in English. Every quote is marked by its speaker, with the words that tell so." }
        (entry(&form, None))
    };
    page(Place::Try, "Try it", &content)
}

pub(crate) async fn filled(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Markup, Problem> {
    let held = body::form(&app, &headers, body, "the page /try").await?;
    let worker = app.clone();
    app.pool
        .run(move || {
            let form: Form =
                serde_urlencoded::from_bytes(&held.bytes).map_err(|why| Problem::bad_request(why.to_string()))?;
            // A browser sends line ends of its own.
            let form = Form {
                text: form.text.replace("\r\n", "\n"),
                ..form
            };
            match shown(&worker, &form) {
                Ok(content) => Ok(page(Place::Try, "Who says what", &content)),
                Err(problem) if problem.status.is_client_error() => {
                    Ok(page(Place::Try, "Try it", &entry(&form, Some(&problem))))
                }
                Err(problem) => Err(problem),
            }
        })
        .await?
}

/// The form; with what is wrong with what it held.
fn entry(form: &Form, problem: Option<&Problem>) -> Markup {
    html! {
        @if let Some(problem) = problem {
            p .problem role="alert" { (problem.message) "." }
        }
        form .entry method="post" action="/try" {
            label for="text" { "Article" }
            textarea #text name="text" rows="14" required spellcheck="false" data-drop
                placeholder="Paste the text, or drop a file here" { "\n" (form.text) }
            div .row {
                label for="date" { "Published on" }
                input #date name="date" type="date" value=(form.date) aria-describedby="date-why";
                button type="submit" { "Read it" }
                a href="/try?sample" { "Fill in a sample" }
            }
            p #date-why .hint { "The day decides who “the German chancellor” is. It may be left out." }
        }
    }
}

fn shown(app: &App, form: &Form) -> Result<Markup, Problem> {
    let mut article = input::read_bytes(form.text.as_bytes(), None).inspect_err(|_| app.metrics.failed())?;
    if !form.date.trim().is_empty() {
        article.date = Some(parse_date(&form.date)?);
    }
    let extraction = counted(app, &article)?;
    let said = Said::new(&Record::new(&extraction, Offsets::Byte), String::new());
    let json = serde_json::to_string_pretty(&Record::new(&extraction, Offsets::Char));
    let json = json.map_err(|_| Problem::internal())?;
    Ok(html! {
        h1 { "Who says what" }
        (reading(Some(&article.text), &said, |_| More::default()))
        details .json {
            summary { "The record as JSON" }
            button type="button" data-copy="json" hidden { "Copy" }
            pre #json tabindex="0" aria-label="The record" { (json) }
        }
        details .again {
            summary { "Another article" }
            (entry(form, None))
        }
    })
}
