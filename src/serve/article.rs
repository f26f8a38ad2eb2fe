//! An article's page.
//!
//! In: an article's number. Out: its text with the quotes marked by speaker and a card for each, to be corrected there;
//! where the text was not stored, the cards alone.

use super::app::App;
use super::database::{ask, of};
use super::page::{self, Place as Here, numbered, page};
use super::problem::Problem;
use crate::offsets::{Converter, Offsets};
use crate::output::html::{Entity, Mention, More, Other, Place, Quote, Said, Speaker, heading, outside, reading};
use crate::store::{Alternative, ArticlePage, ArticleQuote, Mentioned};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

pub(crate) async fn article(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (id, json) = numbered(&name, "article")?;
    let found = ask(&app, move |reader| reader.article(id)).await?;
    let found = found.ok_or_else(|| Problem::not_found("article"))?;
    let token = of(&app)?.token();
    let title = found.title.as_deref().unwrap_or("An article");
    page::twin(json, &found, || {
        page(Here::Elsewhere, title, &content(&found, title, token))
    })
}

fn content(found: &ArticlePage, title: &str, token: Option<&str>) -> Markup {
    let text = found.text.as_deref().unwrap_or_default();
    let said = said(found, text);
    let known = [&found.outlet, &found.date, &found.author].into_iter().flatten();
    let mut about: Vec<Markup> = known.map(|part| html! { (part) }).collect();
    about.extend(found.url.as_deref().map(outside));
    about.extend(
        found
            .copy_of
            .map(|copy| html! { "a copy of " a href={ "/articles/" (copy) } { "this article" } }),
    );
    html! {
        (heading(title, &about))
        (reading(found.text.as_deref(), &said, |at| more(&found.quotes[at], token)))
    }
}

/// What the database adds to a card; with a token, the quote can be corrected there.
fn more(stored: &ArticleQuote, token: Option<&str>) -> More {
    let hit = &stored.hit;
    let form = |token: &str, fields: Markup| {
        html! {
            form method="post" action={ "/quotes/" (hit.id) "/correct" } {
                input type="hidden" name="token" value=(token);
                (fields)
            }
        }
    };
    let by = format!("speaker-{}", stored.number);
    More {
        speaker: hit.speaker_id.map(|speaker| format!("/speakers/{speaker}")),
        links: Some(html! {
            @if let Some(statement) = hit.statement {
                " " a href={ "/statements/" (statement) } { "where else" }
            }
            @if hit.corrected || stored.retracted {
                " " a href="/corrections" { "corrected" }
            }
        }),
        below: token.map(|token| {
            let speaker = html! {
                label for=(by) { "Said by" }
                input id=(by) name="speaker" required maxlength="200";
                button type="submit" { "Save" }
            };
            html! {
                details .correct {
                    summary { "Correct" }
                    (form(token, speaker))
                    (form(token, html! { button type="submit" { "It is no quote" } }))
                }
            }
        }),
    }
}

/// What is stored, as pages show it.
fn said(found: &ArticlePage, text: &str) -> Said {
    let converter = Converter::new(text, Offsets::Char);
    let place = |(start, end): (u32, u32)| {
        let border = |at: u32| converter.byte(at).unwrap_or_default() as usize;
        let (start, end) = (border(start), border(end));
        Place { start, end }
    };
    Said {
        anchor: String::new(),
        sentences: found.sentences.iter().copied().map(place).collect(),
        entities: found.mentions.iter().map(|mention| entity(mention, place)).collect(),
        quotes: found.quotes.iter().map(|stored| quote(stored, place)).collect(),
    }
}

fn other(other: &Alternative) -> Other {
    let name = other.speaker.as_ref().or(other.mention.as_ref());
    Other {
        name: name.cloned().unwrap_or_default(),
        probability: other.probability,
    }
}

fn entity(mention: &Mentioned, place: impl Fn((u32, u32)) -> Place) -> Entity {
    Entity {
        kind: mention.kind.clone().unwrap_or_default(),
        name: mention.name.clone(),
        office: None,
        mentions: vec![Mention {
            place: place((mention.start, mention.end)),
            text: mention.text.clone(),
            form: Some(mention.form.clone()),
        }],
    }
}

fn quote(stored: &ArticleQuote, place: impl Fn((u32, u32)) -> Place) -> Quote {
    let hit = &stored.hit;
    let mention = |at: Option<(u32, u32)>, text: &Option<String>| {
        let (at, text) = (at?, text.clone()?);
        let place = place(at);
        Some(Mention {
            place,
            text,
            form: None,
        })
    };
    Quote {
        id: stored.number as usize,
        kind: hit.kind.clone(),
        text: hit.text.clone(),
        spans: stored.spans.iter().copied().map(&place).collect(),
        cue: mention(stored.cue_at, &hit.cue),
        speaker: mention(stored.mention_at, &hit.mention).map(|mention| Speaker {
            entity: hit.speaker_id.and_then(|id| usize::try_from(id).ok()),
            name: hit.speaker.clone(),
            office: hit.office.clone(),
            mention,
            anonymous: hit.anonymous,
        }),
        co_speakers: hit.co_speakers.iter().map(|other| other.called().to_owned()).collect(),
        others: stored.alternatives.iter().map(other).collect(),
        confidence: hit.confidence,
        rule: stored.rule.clone(),
        attitude: stored.attitude.clone(),
        negated: hit.negated,
        hypothetical: hit.hypothetical,
    }
}
