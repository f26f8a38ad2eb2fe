//! What all pages share: the frame around their content, and how a problem looks.
//!
//! In: a title and the content. Out: a whole HTML page. Whatever is put into the markup is escaped there.

use super::assets;
use super::problem::Problem;
use crate::output::html::FOOTER;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, Render, html};
use serde::Serialize;

/// Where a page stands in the menu.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Search,
    Corrections,
    Try,
    Elsewhere,
}

/// A page.
pub(crate) fn page(place: Place, title: &str, content: &Markup) -> Markup {
    let current = |here: Place| (here == place).then_some("page");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · attache" }
                link rel="stylesheet" href=(assets::address("style.css"));
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                script defer src=(assets::address("page.js")) {}
            }
            body {
                a .skip href="#main" { "Skip to the content" }
                header .top {
                    a .name href="/" { "attache" }
                    nav aria-label="Main" {
                        a href="/search" aria-current=[current(Place::Search)] { "Search" }
                        a href="/corrections" aria-current=[current(Place::Corrections)] { "Corrections" }
                        a href="/try" aria-current=[current(Place::Try)] { "Try it" }
                        a href="/openapi.json" { "API" }
                    }
                }
                main #main { (content) }
                footer { (FOOTER) }
            }
        }
    }
}

/// What was asked, as JSON or as a page.
pub(crate) fn twin(json: bool, data: &impl Serialize, markup: impl FnOnce() -> Markup) -> Result<Response, Problem> {
    if !json {
        return Ok(markup().into_response());
    }
    let body = serde_json::to_string(data).map_err(|_| Problem::internal())?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

/// A number from the end of a path, and whether `.json` stands behind it.
pub(crate) fn numbered(name: &str, what: &str) -> Result<(i64, bool), Problem> {
    let bare = name.strip_suffix(".json");
    Ok((number(bare.unwrap_or(name), what)?, bare.is_some()))
}

/// The last page: who wants to see more should ask for something else.
const LAST: usize = 500;

/// The page that an address asks for, from 1.
pub(crate) fn asked(page: &str) -> Result<usize, Problem> {
    if page.is_empty() {
        return Ok(1);
    }
    let number = page.parse().ok().filter(|number| (1..=LAST).contains(number));
    number.ok_or_else(|| Problem::bad_request(format!("`page` must be between 1 and {LAST}")))
}

/// The ways to the pages before and behind one.
pub(crate) fn turn(page: usize, more: bool, address: impl Fn(usize) -> String) -> Markup {
    html! {
        nav .row aria-label="Pages" {
            @if page > 1 { a rel="prev" href=(address(page - 1)) { "Back" } }
            @if page < LAST && more { a rel="next" href=(address(page + 1)) { "More" } }
        }
    }
}

/// A number in a path.
pub(crate) fn number(name: &str, what: &str) -> Result<i64, Problem> {
    name.parse().map_err(|_| Problem::not_found(what))
}

/// A number of things: "1 quote", "2 quotes".
pub(crate) fn counted(number: u64, thing: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{many}")
}

/// The numbers behind a plot; `open` if they are to be seen at once.
pub(crate) fn table(caption: &str, heads: &[&str], rows: &[Vec<impl Render>], open: bool) -> Markup {
    html! {
        details .numbers open[open] {
            summary { "The numbers" }
            table {
                caption .quiet { (caption) }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
    }
}

/// Whether the JSON behind a page is asked for.
pub(crate) fn is_json(uri: &Uri) -> bool {
    uri.path().ends_with(".json")
}

/// Around every page: a problem is a page too, for those who read pages.
pub(crate) async fn problems(request: Request, next: Next) -> Response {
    let accepted = request.headers().get_all(ACCEPT).iter();
    let mut accepted = accepted.filter_map(|accept| accept.to_str().ok());
    let reads_pages = accepted.any(|accept| accept.contains("text/html")) && !is_json(request.uri());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) if reads_pages => told(&problem),
        _ => response,
    }
}

fn told(problem: &Problem) -> Response {
    let title = problem.status.canonical_reason().unwrap_or("Problem");
    let content = html! {
        h1 { (title) }
        p .problem role="alert" { (problem.message) "." }
        p { a href="/" { "Start page" } }
    };
    let mut response = page(Place::Elsewhere, title, &content).into_response();
    problem.mark(&mut response);
    response
}
