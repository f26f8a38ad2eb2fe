//! What a source does with its words, by the cue's lemma: states, denies, demands, threatens …
//!
//! In: a cue and what stands around it. Out: an [`Attitude`], whether the cue is negated ("did not say") and whether it
//! is hypothetical ("would say"). The lemmas are `data/lexicon/attitudes.tsv`, written by hand; of the attributions in
//! the articles that the cue words were counted on they class more than nine in ten.

use super::draft::Draft;
use super::view::View;
use std::sync::LazyLock;

macro_rules! attitudes {
    ($($name:ident $code:literal $what:literal),* $(,)?) => {
        /// What a source does with its words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Attitude {
            $(#[doc = $what] $name,)*
        }

        impl Attitude {
            /// Its name in tables and records.
            pub fn name(self) -> &'static str {
                match self {
                    $(Attitude::$name => $code,)*
                }
            }

            /// The attitude of this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($code => Some(Attitude::$name),)*
                    _ => None,
                }
            }
        }
    };
}

attitudes! {
    Statement "statement" "Says without taking a side.",
    Claim "claim" "Says what others may not grant.",
    Belief "belief" "Thinks, expects, knows.",
    Desire "desire" "Wants, hopes.",
    Support "support" "Favours, endorses, defends.",
    Promise "promise" "Promises, plans.",
    Demand "demand" "Asks for, orders, urges.",
    Question "question" "Asks.",
    Denial "denial" "Denies, refuses, rejects.",
    Criticism "criticism" "Blames, accuses, mocks.",
    Praise "praise" "Praises, thanks.",
    Threat "threat" "Threatens.",
    Warning "warning" "Warns.",
    Admission "admission" "Admits, confirms, agrees.",
}

static TABLE: LazyLock<Vec<(&'static str, Attitude)>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/lexicon/attitudes.tsv").lines().skip(1);
    let rows = rows.filter_map(|row| row.split_once('\t'));
    rows.filter_map(|(lemma, name)| Some((lemma, Attitude::parse(name)?)))
        .collect()
});

fn of_lemma(lemma: &str) -> Option<Attitude> {
    let at = TABLE.binary_search_by(|row| row.0.cmp(lemma)).ok()?;
    Some(TABLE[at].1)
}

/// The attitude of a draft's cue; `None` where the table does not know its lemma.
pub(crate) fn of(view: &View, draft: &Draft) -> Option<Attitude> {
    let (_, lemma) = view.cues.lemma(view.hits[draft.cue.at]);
    let found = of_lemma(lemma)?;
    // "asked whether" is a question, "asked him to" a demand.
    if lemma == "ask" && demands(view, draft) {
        return Some(Attitude::Demand);
    }
    Some(found)
}

/// Whether "ask" goes on with "for" or, before the content says anything else, with "to".
fn demands(view: &View, draft: &Draft) -> bool {
    let at = draft.cue.at as isize;
    let sentence = draft.cue.sentence;
    let letters = (at + 1..at + 8).map(|next| (next, view.letter(sentence, next)));
    for (next, letter) in letters {
        match letter {
            b'q' | b's' | b'<' | b',' | b':' | b'^' | b'.' | b'm' | b'B' => return false,
            b'T' => return true,
            b'p' => return view.token(next as usize).is_some_and(|t| t.is("for")),
            _ => {}
        }
    }
    false
}

/// Whether the cue is denied: "did not say", "declined to say", "never promised".
pub(crate) fn is_negated(view: &View, draft: &Draft) -> bool {
    let cue = &draft.cue;
    if cue.negated || view.letter(cue.sentence, cue.at as isize + 1) == b'N' {
        return true;
    }
    let before = cue.at as isize - 2;
    let infinitive = view.letter(cue.sentence, cue.at as isize - 1) == b'T' && before >= 0;
    infinitive && {
        let lemma = view.cues.lemma(view.hits[before as usize]).1;
        view.bucket(before as usize) > 0 && matches!(lemma, "decline" | "refuse" | "fail")
    }
}

/// Whether the cue says what might be said: a modal verb governs it.
pub(crate) fn is_hypothetical(draft: &Draft) -> bool {
    draft.cue.auxiliaries.1 == b'm'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_known() {
        let rows = include_str!("../../../data/lexicon/attitudes.tsv").lines().skip(1);
        assert_eq!(rows.count(), TABLE.len());
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(of_lemma("warn"), Some(Attitude::Warning));
    }
}
