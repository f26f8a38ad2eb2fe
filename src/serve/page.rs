//! What all pages share: the frame around their content, and how a problem looks.
//!
//! In: a title and the content. Out: a whole HTML page. Whatever is put into the markup is escaped there.

use super::assets;
use super::problem::Problem;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// Where a page stands in the menu.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
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
                        a href="/try" aria-current=[current(Place::Try)] { "Try it" }
                        a href="/openapi.json" { "API" }
                    }
                }
                main #main { (content) }
                footer { "It tells who is said to have said what, not whether it is so." }
            }
        }
    }
}

/// A problem, as a page for those who read pages and as JSON for the others.
pub(crate) fn answer(headers: &HeaderMap, uri: &Uri, problem: Problem) -> Response {
    let reads_pages = headers
        .get_all(ACCEPT)
        .iter()
        .any(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")));
    if !reads_pages || uri.path().ends_with(".json") {
        return problem.into_response();
    }
    let content = html! {
        h1 { (problem.status.canonical_reason().unwrap_or("Problem")) }
        p .problem role="alert" { (problem.message) "." }
        p { a href="/" { "Start page" } }
    };
    let title = problem.status.canonical_reason().unwrap_or("Problem");
    let mut response = page(Place::Elsewhere, title, &content).into_response();
    problem.mark(&mut response);
    response
}
