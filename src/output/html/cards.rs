//! What is known of each quote of an article, a card each.
//!
//! In: what an article says, and what whoever shows it adds to a card. Out: the list of cards that the marks in the text
//! lead to, and the switches above the text.

use super::said::{Quote, Said};
use maud::{Markup, html};

/// Shows sentences and entities in the text on demand, without script: the style sheet looks at what is checked.
pub(super) fn switches() -> Markup {
    html! {
        fieldset .switches {
            legend .quiet { "Show in the text" }
            label { input type="checkbox" .show-entities; " entities" }
            label { input type="checkbox" .show-sentences; " sentences" }
            label { input type="checkbox" .show-cues; " cues" }
        }
    }
}

/// What a card shows beyond the quote itself.
#[derive(Default)]
pub(crate) struct More {
    /// Where the speaker's name leads.
    pub(crate) speaker: Option<String>,
    /// Behind the link into the text.
    pub(crate) links: Option<Markup>,
    /// Below everything.
    pub(crate) below: Option<Markup>,
}

/// A card for each quote, with more of each by its place.
pub(super) fn cards(said: &Said, more: impl Fn(usize) -> More) -> Markup {
    let title = format!("cards-title{}", said.anchor);
    html! {
        section .cards aria-labelledby=(title) {
            h2 id=(title) {
                @match said.quotes.len() {
                    0 => { "No quotes" }
                    1 => { "1 quote" }
                    count => { (count) " quotes" }
                }
            }
            ol {
                @for (at, (quote, colour)) in said.quotes.iter().zip(said.colours()).enumerate() {
                    (card(quote, &said.name(quote.id), colour, &more(at)))
                }
            }
        }
    }
}

fn card(quote: &Quote, name: &str, colour: Option<usize>, more: &More) -> Markup {
    let colour = colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string());
    html! {
        li .card .{ "c-" (colour) } id={ "quote-" (name) } tabindex="-1" {
            p .who {
                @match &more.speaker {
                    Some(address) => { a href=(address) { b { (quote.speaker_name()) } } }
                    None => { b { (quote.speaker_name()) } }
                }
                @if let Some(office) = quote.speaker.as_ref().and_then(|speaker| speaker.office.as_deref()) {
                    ", " (office)
                }
                @for other in &quote.co_speakers { " and " b { (other) } }
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
                @if !quote.others.is_empty() {
                    dt { "Or else" }
                    dd {
                        @for (at, other) in quote.others.iter().enumerate() {
                            @if at > 0 { ", " }
                            (other.name) " (" (percent(other.probability)) ")"
                        }
                    }
                }
            }
            p .links {
                a .back href={ "#at-" (name) } { "in the text" }
                @if let Some(links) = &more.links { (links) }
            }
            @if let Some(below) = &more.below { (below) }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
