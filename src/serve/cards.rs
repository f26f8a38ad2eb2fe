//! What is known of each quote of an article, a card each.
//!
//! In: what an article says. Out: the list of cards that the marks in the text lead to, and the switches above the text.

use super::said::{Quote, Said};
use maud::{Markup, html};

/// Shows sentences and entities in the text on demand, without script: the style sheet looks at what is checked.
pub(crate) fn switches() -> Markup {
    html! {
        fieldset .switches {
            legend .quiet { "Show in the text" }
            label { input type="checkbox" .show-entities; " entities" }
            label { input type="checkbox" .show-sentences; " sentences" }
            label { input type="checkbox" .show-cues; " cues" }
        }
    }
}

/// A card for each quote; with a token, each can be corrected.
pub(crate) fn cards(said: &Said, token: Option<&str>) -> Markup {
    html! {
        section .cards aria-labelledby="cards-title" {
            h2 #cards-title {
                @match said.quotes.len() {
                    0 => { "No quotes" }
                    1 => { "1 quote" }
                    count => { (count) " quotes" }
                }
            }
            ol {
                @for (quote, colour) in said.quotes.iter().zip(said.colours()) {
                    (card(quote, colour, token))
                }
            }
        }
    }
}

fn card(quote: &Quote, colour: Option<usize>, token: Option<&str>) -> Markup {
    let colour = colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string());
    html! {
        li .card .{ "c-" (colour) } id={ "quote-" (quote.id) } tabindex="-1" {
            p .who {
                @match quote.stored.as_ref().and_then(|stored| stored.speaker) {
                    Some(speaker) => { a href={ "/speakers/" (speaker) } { b { (quote.speaker_name()) } } }
                    None => { b { (quote.speaker_name()) } }
                }
                @if let Some(office) = quote.speaker.as_ref().and_then(|speaker| speaker.office.as_deref()) {
                    ", " (office)
                }
            }
            blockquote { (quote.text) }
            dl {
                @if let Some(speaker) = &quote.speaker {
                    dt { "Called" }
                    dd { "“" (speaker.mention.text) "”" @if let Some(form) = &speaker.mention.form { " (" (form) ")" } }
                }
                @if let Some(cue) = &quote.cue {
                    dt { "Cue" }
                    dd { "“" (cue.text) "”" }
                }
                @if let Some(attitude) = &quote.attitude {
                    dt { "Attitude" }
                    dd { (attitude) @if quote.negated { ", denied" } @if quote.hypothetical { ", imagined" } }
                }
                dt { "Kind" }
                dd { (quote.kind) ", by the rule " (quote.rule) }
                dt { "Confidence" }
                dd {
                    meter min="0" max="1" value=(quote.confidence) aria-hidden="true" {}
                    " " (percent(quote.confidence))
                }
            }
            p .links {
                a .back href={ "#at-" (quote.id) } { "in the text" }
                @if let Some(statement) = quote.stored.as_ref().and_then(|stored| stored.statement) {
                    " " a href={ "/statements/" (statement) } { "where else" }
                }
                @if quote.stored.as_ref().is_some_and(|stored| stored.corrected || stored.retracted) {
                    " " a href="/corrections" { "corrected" }
                }
            }
            @if let (Some(stored), Some(token)) = (&quote.stored, token) {
                details .correct {
                    summary { "Correct" }
                    form method="post" action={ "/quotes/" (stored.quote) "/correct" } {
                        input type="hidden" name="token" value=(token);
                        label for={ "speaker-" (quote.id) } { "Said by" }
                        input id={ "speaker-" (quote.id) } name="speaker" required maxlength="200";
                        button type="submit" { "Save" }
                    }
                    form method="post" action={ "/quotes/" (stored.quote) "/correct" } {
                        input type="hidden" name="token" value=(token);
                        button type="submit" { "It is no quote" }
                    }
                }
            }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
