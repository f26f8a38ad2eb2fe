//! Nouns that speak and are neither human nor an institution.
//!
//! In: the head of a noun phrase. Out: the kind of what it means, for words that tell nothing of it by their form.

use crate::mentions::Kind;
use crate::tokens::keys;

/// So many of those who were asked.
const SHARES: [u64; 16] = keys![
    "half",
    "handful",
    "least",
    "lot",
    "majorities",
    "majority",
    "minority",
    "most",
    "number",
    "percent",
    "percentage",
    "plurality",
    "quarter",
    "three-quarters",
    "third",
    "two-thirds",
];

/// What is written, counted or found.
const THINGS: [u64; 34] = keys![
    "ads",
    "analyses",
    "average",
    "averages",
    "cables",
    "comments",
    "data",
    "disclosures",
    "documents",
    "e-mails",
    "emails",
    "estimates",
    "evidence",
    "excerpts",
    "figures",
    "filings",
    "findings",
    "laws",
    "messages",
    "numbers",
    "papers",
    "placards",
    "polls",
    "records",
    "remarks",
    "reports",
    "results",
    "returns",
    "rules",
    "signs",
    "statistics",
    "studies",
    "summary",
    "surveys",
];

pub(super) fn kind_of(head: u64) -> Option<Kind> {
    match head {
        _ if SHARES.contains(&head) => Some(Kind::Group),
        _ if THINGS.contains(&head) => Some(Kind::Thing),
        _ => None,
    }
}
