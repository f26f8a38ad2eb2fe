//! A speaker's page.
//!
//! In: a speaker's number. Out: offices with their days, quotes by month, whom and what they speak about, who speaks about
//! them, who quotes them, and the latest quotes.

use super::app::App;
use super::database::ask;
use super::home::months;
use super::page::{self, Place, counted, numbered, page};
use super::problem::Problem;
use super::search::hit;
use crate::store::{Count, Filter, Hit, SpeakerPage};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    page: SpeakerPage,
    latest: Vec<Hit>,
}

pub(crate) async fn speaker(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (id, json) = numbered(&name, "speaker")?;
    let found = ask(&app, move |reader| {
        let filter = Filter {
            speaker_id: Some(id),
            ..Filter::default()
        };
        reader.at_once(|| {
            let Some(page) = reader.speaker_page(id)? else {
                return Ok(None);
            };
            let latest = reader.search(&filter, 20, 0)?;
            Ok(Some(Shown { page, latest }))
        })
    });
    let shown = found.await?.ok_or_else(|| Problem::not_found("speaker"))?;
    page::twin(json, &shown, || {
        page(Place::Elsewhere, &shown.page.speaker.name, &content(&shown))
    })
}

fn content(shown: &Shown) -> Markup {
    let SpeakerPage { speaker, offices, .. } = &shown.page;
    html! {
        h1 { (speaker.name) }
        p .lead {
            (counted(speaker.quotes, "quote"))
            @for part in [&speaker.kind, &speaker.country, &speaker.wikidata].into_iter().flatten() { " · " (part) }
        }
        @if !offices.is_empty() {
            h2 { "Offices when quoted" }
            table {
                thead { tr { th scope="col" { "Office" } th scope="col" { "First" } th scope="col" { "Last" } th scope="col" { "Quotes" } } }
                tbody {
                    @for office in offices {
                        tr {
                            td { (office.office) }
                            td { (office.first.as_deref().unwrap_or("")) }
                            td { (office.last.as_deref().unwrap_or("")) }
                            td { (office.quotes) }
                        }
                    }
                }
            }
        }
        (months(&shown.page.months))
        div .lists {
            (list("Speaks about", &shown.page.about, true))
            (list("Spoken of by", &shown.page.spoken_of_by, true))
            (list("Quoted by", &shown.page.outlets, false))
        }
        h2 { "Latest quotes" }
        ol .hits { @for found in &shown.latest { (hit(found)) } }
    }
}

fn list(title: &str, counts: &[Count], people: bool) -> Markup {
    html! {
        @if !counts.is_empty() {
            section {
                h2 { (title) }
                ol .plain {
                    @for count in counts {
                        li {
                            @match count.id.filter(|_| people) {
                                Some(id) => { a href={ "/speakers/" (id) } { (count.name) } }
                                None => { (count.name) }
                            }
                            " " span .count { (count.quotes) }
                        }
                    }
                }
            }
        }
    }
}
