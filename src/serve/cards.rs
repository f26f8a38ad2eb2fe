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

/// A card for each quote.
pub(crate) fn cards(said: &Said) -> Markup {
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
                    (card(quote, colour))
                }
            }
        }
    }
}

fn card(quote: &Quote, colour: Option<usize>) -> Markup {
    let colour = colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string());
    html! {
        li .card .{ "c-" (colour) } id={ "quote-" (quote.id) } tabindex="-1" {
            p .who {
                b { (quote.speaker_name()) }
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
                dt { "Kind" }
                dd { (quote.kind) ", by the rule " (quote.rule) }
                dt { "Confidence" }
                dd {
                    meter min="0" max="1" value=(quote.confidence) aria-hidden="true" {}
                    " " (percent(quote.confidence))
                }
            }
            a .back href={ "#at-" (quote.id) } { "in the text" }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
