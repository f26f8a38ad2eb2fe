//! Search: the query of the address is the search.
//!
//! In: words and filters. Out: the quotes that fit, best first, with the values that would narrow them down.

use super::app::App;
use super::database::ask;
use super::page::{self, Place, counted, page};
use super::problem::Problem;
use crate::article::{first_day, last_day};
use crate::error::Error;
use crate::store::{Count, Facet, Filter, Hit, MARK_END, MARK_START};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Given, State};
use axum::http::Uri;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Hits on a page.
const SHOWN: usize = 20;
/// What a search can be narrowed down by, and the field of the form that does.
const FACETS: [(&str, Facet); 5] = [
    ("speaker", Facet::Speaker),
    ("outlet", Facet::Outlet),
    ("country", Facet::Country),
    ("type", Facet::Type),
    ("about", Facet::About),
];
/// Values shown of a facet.
const VALUES: usize = 8;

/// What a form may say; what is empty is not asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    speaker: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    office: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    country: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    outlet: String,
    #[serde(default, rename = "type", skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    min_confidence: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    page: String,
}

impl Query {
    fn filter(&self) -> Result<Filter, Problem> {
        let word = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let least = word(&self.min_confidence).map(|value| value.parse::<f64>());
        let least = least
            .transpose()
            .ok()
            .filter(|least| least.is_none_or(|least| (0.0..=1.0).contains(&least)));
        if !matches!(self.kind.as_str(), "" | "direct" | "mixed" | "indirect") {
            return Err(Problem::bad_request("`type` must be direct, mixed or indirect"));
        }
        Ok(Filter {
            words: word(&self.q),
            speaker: word(&self.speaker),
            speaker_id: None,
            office: word(&self.office),
            country: word(&self.country),
            from: word(&self.from).map(|from| first_day(&from)).transpose()?,
            to: word(&self.to).map(|to| last_day(&to)).transpose()?,
            outlet: word(&self.outlet),
            kind: word(&self.kind),
            about: word(&self.about),
            min_confidence: least.ok_or_else(|| Problem::bad_request("`min_confidence` must be between 0 and 1"))?,
        })
    }

    fn address(&self) -> String {
        format!("/search?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }

    /// The same search on its first page, with one more filter.
    fn narrowed(&self, facet: &str, value: &str) -> String {
        let mut narrowed = self.clone();
        narrowed.page.clear();
        let field = match facet {
            "speaker" => &mut narrowed.speaker,
            "country" => &mut narrowed.country,
            "outlet" => &mut narrowed.outlet,
            "type" => &mut narrowed.kind,
            _ => &mut narrowed.about,
        };
        value.clone_into(field);
        narrowed.address()
    }
}

#[derive(Serialize)]
struct Found {
    count: u64,
    page: usize,
    hits: Vec<Hit>,
    facets: Vec<(&'static str, Vec<Count>)>,
    /// What the search names that nothing is called.
    #[serde(skip)]
    unknown: Vec<String>,
}

pub(crate) async fn search(
    State(app): State<Arc<App>>,
    uri: Uri,
    query: Result<Given<Query>, QueryRejection>,
) -> Result<Response, Problem> {
    let Given(query) = query.map_err(|why| Problem::bad_request(why.body_text()))?;
    let (filter, number) = (query.filter()?, page::asked(&query.page)?);
    let found = ask(&app, move |reader| {
        let (from, facets) = ((number - 1) * SHOWN, FACETS.map(|(_, facet)| facet));
        let (hits, survey) = reader.search_and_survey(&filter, SHOWN, from, &facets, VALUES)?;
        let unknown = reader.unknown(&filter)?.into_iter();
        let unknown = unknown
            .map(|(what, name)| format!("No {what} is known as “{name}”."))
            .collect();
        Ok(Found {
            count: survey.count,
            page: number,
            hits,
            facets: FACETS.iter().map(|(name, _)| *name).zip(survey.facets).collect(),
            unknown,
        })
    });
    let found = found.await?;
    page::twin(page::is_json(&uri), &found, || {
        page(Place::Search, "Search", &shown(&query, &found))
    })
}

fn shown(query: &Query, found: &Found) -> Markup {
    html! {
        h1 { "Search" }
        (entry(query))
        div .found {
            section aria-labelledby="hits" {
                h2 #hits { (counted(found.count, "quote")) }
                @for unknown in &found.unknown { p .hint { (unknown) } }
                ol .hits { @for found in &found.hits { (hit(found)) } }
                (pages(query, found))
            }
            nav .facets aria-label="Narrow down" {
                @for (name, counts) in found.facets.iter().filter(|(_, counts)| !counts.is_empty()) {
                    h2 { (name) }
                    ul {
                        @for count in counts {
                            li { a href=(query.narrowed(name, &count.name)) { (count.name) } " " span .count { (count.quotes) } }
                        }
                    }
                }
            }
        }
    }
}

fn pages(query: &Query, found: &Found) -> Markup {
    let at = |page: usize| {
        Query {
            page: page.to_string(),
            ..query.clone()
        }
        .address()
    };
    let more = (found.page * SHOWN) < usize::try_from(found.count).unwrap_or(usize::MAX);
    page::turn(found.page, more, at)
}

/// The form.
pub(crate) fn entry(query: &Query) -> Markup {
    let field = |name: &str, label: &str, kind: &str, value: &str| {
        html! { span .field { label for=(name) { (label) } input id=(name) name=(name) type=(kind) value=(value); } }
    };
    // A field for dates shows whole days only, and would forget a month.
    let day = |day: Result<Date, Error>, given: &str| day.map_or_else(|_| given.to_owned(), |day| day.to_string());
    html! {
        form .search method="get" action="/search" role="search" {
            (field("q", "Words", "search", &query.q))
            (field("speaker", "Speaker", "text", &query.speaker))
            (field("about", "About", "text", &query.about))
            (field("office", "Office", "text", &query.office))
            (field("country", "Country", "text", &query.country))
            (field("outlet", "Outlet", "text", &query.outlet))
            (field("from", "From", "date", &day(first_day(&query.from), &query.from)))
            (field("to", "To", "date", &day(last_day(&query.to), &query.to)))
            span .field {
                label for="type" { "Kind" }
                select #type name="type" {
                    option value="" { "any" }
                    @for kind in ["direct", "mixed", "indirect"] { option value=(kind) selected[query.kind == kind] { (kind) } }
                }
            }
            span .field {
                label for="min_confidence" { "Least confidence" }
                input #min_confidence name="min_confidence" type="number" min="0" max="1" step="any" placeholder="0 to 1"
                    value=(query.min_confidence);
            }
            button type="submit" { "Search" }
        }
    }
}

/// One quote in a list.
pub(crate) fn hit(hit: &Hit) -> Markup {
    let speaker = hit
        .speaker
        .as_deref()
        .or(hit.mention.as_deref())
        .unwrap_or("nobody named");
    html! {
        li .hit {
            p .who {
                @match hit.speaker_id {
                    Some(id) => { a href={ "/speakers/" (id) } { b { (speaker) } } }
                    None => { b { (speaker) } }
                }
                @if let Some(office) = &hit.office { ", " (office) }
                @for other in &hit.co_speakers {
                    " and "
                    @match other.speaker_id {
                        Some(id) => { a href={ "/speakers/" (id) } { b { (other.called()) } } }
                        None => { b { (other.called()) } }
                    }
                    @if let Some(office) = &other.office { ", " (office) }
                }
            }
            blockquote { @if hit.snippet.is_empty() { (hit.text) } @else { (marked(&hit.snippet)) } }
            p .hint {
                a href={ "/articles/" (hit.article) } {
                    @match hit.title.as_deref().or(hit.record_id.as_deref()) { Some(title) => { (title) }, None => { "article" } }
                }
                @for part in [&hit.outlet, &hit.date].into_iter().flatten() { ", " (part) }
                @if let Some(id) = hit.statement {
                    " · " a href={ "/statements/" (id) } { "statement" }
                    @if hit.independent > 1 { " in " (hit.independent) " articles" }
                }
            }
        }
    }
}

/// A snippet with the words looked for marked.
fn marked(snippet: &str) -> Markup {
    html! {
        @for piece in snippet.split_inclusive([MARK_START, MARK_END]) {
            @let text = piece.trim_end_matches([MARK_START, MARK_END]);
            @if piece.ends_with(MARK_END) { mark { (text) } } @else { (text) }
        }
    }
}
