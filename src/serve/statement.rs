//! A statement's page.
//!
//! In: a statement's number. Out: its wordings, with what each changes in the commonest one, whom articles name as its
//! speaker where they disagree, and all its appearances.

use super::app::App;
use super::database::ask;
use super::page::{self, Place, counted, numbered, page};
use super::problem::Problem;
use super::search::hit;
use crate::store::{Edit, Piece, StatementPage};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

/// Appearances and wordings shown.
const SHOWN: usize = 100;

pub(crate) async fn statement(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (id, json) = numbered(&name, "statement")?;
    let found = ask(&app, move |reader| reader.statement(id, SHOWN)).await?;
    let found = found.ok_or_else(|| Problem::not_found("statement"))?;
    page::twin(json, &found, || page(Place::Elsewhere, "Statement", &content(&found)))
}

fn content(found: &StatementPage) -> Markup {
    html! {
        h1 { "A statement" }
        blockquote .large { (found.text) }
        p .lead {
            @match (found.speaker_id, &found.speaker) {
                (Some(id), Some(name)) => { a href={ "/speakers/" (id) } { (name) } }
                _ => { "nobody named" }
            }
            ", " (counted(found.appearances, "time")) " in " (counted(found.independent, "article"))
            @if found.independent < found.appearances { ", copies not counted" }
            @for (word, day) in [("first", &found.first), ("last", &found.last)] {
                @if let Some(day) = day { ", " (word) " on " (day) }
            }
        }
        @if !found.conflicts.is_empty() {
            section .problem {
                h2 { "Articles disagree on who said it" }
                ul { @for other in &found.conflicts {
                    li { a href={ "/speakers/" (other.speaker_id) } { (other.speaker) } ": " (other.appearances) }
                } }
            }
        }
        @if found.variants.len() > 1 {
            h2 { "Wordings" }
            ol .variants {
                @for variant in found.variants.iter().take(SHOWN) {
                    li { (changed(&variant.pieces)) " " span .count { (variant.appearances) } }
                }
            }
        }
        h2 { "Appearances" }
        ol .hits { @for quote in &found.quotes { (hit(&quote.hit)) } }
    }
}

/// A wording, with the words that are not in the commonest one, and those that only the commonest one has.
fn changed(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece.edit {
                Edit::Added | Edit::Bracketed => { ins { (piece.text) } }
                Edit::Dropped | Edit::Replaced => { del { (piece.text) } " " }
                Edit::Elided => { del .elided { (piece.text) } }
                _ => { (piece.text) }
            }
        }
    }
}
