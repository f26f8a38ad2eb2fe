//! The start page: how much there is, plotted.
//!
//! In: nothing. Out: with a database, quotes by month and by speaker and the share of anonymous sources; without one, the
//! way to the form.

use super::app::App;
use super::database::ask;
use super::page::{self, Place, counted, page};
use super::problem::Problem;
use super::search;
use crate::plot::{self, Bar};
use crate::store::{Count, Facet, Filter, Month, Stats};
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Home {
    stats: Stats,
    months: Vec<Month>,
    speakers: Vec<Count>,
}

pub(crate) async fn home(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Problem> {
    let json = page::is_json(&uri);
    if app.database.is_none() && !json {
        return Ok(Redirect::to("/try").into_response());
    }
    let home = ask(&app, |reader| {
        let all = Filter::default();
        Ok(Home {
            stats: reader.stats()?,
            months: reader.timeline(&all)?,
            speakers: reader.facet(&all, Facet::Speaker, 12)?,
        })
    });
    let home = home.await?;
    page::twin(json, &home, || {
        let content = html! {
            h1 { "Who said what" }
            p .lead {
                (counted(home.stats.quotes, "quote")) " of " (counted(home.stats.speakers, "speaker")) " in "
                (counted(home.stats.articles, "article"))
                @if let (Some(first), Some(last)) = (&home.stats.first, &home.stats.last) { ", " (first) " to " (last) }
            }
            (search::entry(&search::Query::default()))
            (months(&home.months))
            section aria-labelledby="by-speaker" {
                h2 #by-speaker { "Most quoted" }
                (PreEscaped(plot::rows("Quotes by speaker", &bars(&home.speakers))))
                (page::table("Quotes by speaker", &["Speaker", "Quotes"], &speakers(&home.speakers), true))
            }
        };
        page(Place::Elsewhere, "Start", &content)
    })
}

fn bars(counts: &[Count]) -> Vec<Bar> {
    let bar = |count: &Count| Bar {
        label: count.name.clone(),
        value: count.quotes,
        part: 0,
    };
    counts.iter().map(bar).collect()
}

/// Each with the way to its page.
fn speakers(counts: &[Count]) -> Vec<Vec<Markup>> {
    let row = |count: &Count| {
        let name = match count.id {
            Some(id) => html! { a href={ "/speakers/" (id) } { (count.name) } },
            None => html! { (count.name) },
        };
        vec![name, html! { (count.quotes) }]
    };
    counts.iter().map(row).collect()
}

/// Quotes by month, those of anonymous sources told apart.
pub(crate) fn months(months: &[Month]) -> Markup {
    let bars: Vec<Bar> = months.iter().map(Month::bar).collect();
    let share = |month: &Month| 100.0 * month.anonymous as f64 / month.quotes.max(1) as f64;
    let row = |month: &Month| {
        let quotes = month.quotes.to_string();
        vec![month.month.clone(), quotes, format!("{:.0} %", share(month))]
    };
    let rows: Vec<Vec<String>> = months.iter().map(row).collect();
    html! {
        section aria-labelledby="by-month" {
            h2 #by-month { "By month" }
            p .hint { "Blue: quotes; ochre: of them those whose source the text hides." }
            (PreEscaped(plot::columns("Quotes by month", &bars)))
            (page::table("Quotes by month", &["Month", "Quotes", "Anonymous"], &rows, false))
        }
    }
}
