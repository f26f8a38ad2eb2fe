//! Whether two articles name the same speaker.
//!
//! In: two speakers as records have them. Out: the same, another one, or that it cannot be told: one of them is not named,
//! or one is a person and the other the body that the person may speak for.

use crate::store::meaning::{Class, stem};
use crate::store::wording::{Word, source_words};
use crate::store::words::fold_name;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::LazyLock;

/// A speaker.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Who {
    pub(super) name: Option<String>,
    pub(super) wikidata: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) country: Option<String>,
    pub(super) anonymous: bool,
}

/// What two articles say of who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same speaker.
    Same,
    /// Somebody else.
    Other,
    /// One of them does not name anybody, or a person and a body: it cannot be told.
    Unknown,
}

/// Labels of turns, whoever speaks there.
const LABELS: [&str; 6] = ["answer", "moderator", "q", "question", "reporter", "participant"];

/// Compares a draft's speaker with one of an article, which calls that one as `mention` says. Whom the article hides is
/// nobody whom the draft names; a person and a body may stand for each other if they are of one country, or if the article
/// names both.
pub(super) fn in_article(draft: &Who, theirs: &Who, mention: Option<&str>, words: &[Word]) -> Relation {
    let relation = compare(draft, theirs);
    let (Some(name), Some(other), Relation::Unknown) = (&draft.name, &theirs.name, relation) else {
        return relation;
    };
    let (name, other) = (fold_name(name), fold_name(other));
    let hidden = |who: &Who, name: &str| who.anonymous || LABELS.contains(&name);
    let somebody = mention.is_some_and(|mention| {
        let first = mention.split(' ').next().unwrap_or_default().to_lowercase();
        matches!(&*first, "a" | "an" | "another" | "one" | "some")
    });
    if hidden(theirs, &other) || somebody && theirs.is_group() {
        return match hidden(draft, &name) || draft.is_group() {
            true => Relation::Unknown,
            false => Relation::Other,
        };
    }
    // A document may have anybody's words.
    let thing = |who: &Who| who.kind.as_deref() == Some("thing");
    if hidden(draft, &name) || thing(draft) || thing(theirs) || draft.is_person() == theirs.is_person() {
        return Relation::Unknown;
    }
    if let (Some(one), Some(other)) = (&draft.country, &theirs.country) {
        return if one == other {
            Relation::Unknown
        } else {
            Relation::Other
        };
    }
    let there = |word: &Word| words.iter().any(|other| stem(&other.key) == stem(&word.key));
    let named = source_words(&name);
    let tied = match draft.is_person() {
        // A surname will do.
        true => named.last().is_some_and(there),
        false => named.iter().filter(|word| word.class == Class::Content).all(there),
    };
    if tied { Relation::Unknown } else { Relation::Other }
}

/// Compares two speakers.
pub(super) fn compare(one: &Who, other: &Who) -> Relation {
    let (Some(name), Some(theirs)) = (&one.name, &other.name) else {
        return Relation::Unknown;
    };
    let (name, theirs) = (fold_name(name), fold_name(theirs));
    let (person, both) = (one.is_person(), one.is_person() == other.is_person());
    if one.anonymous || other.anonymous {
        return if name == theirs {
            Relation::Same
        } else {
            Relation::Unknown
        };
    }
    match (&one.wikidata, &other.wikidata) {
        (Some(one), Some(other)) if one == other => Relation::Same,
        (Some(_), Some(_)) if both => Relation::Other,
        _ if name == theirs => Relation::Same,
        _ if both && person && compatible(&name, &theirs) => Relation::Same,
        _ if both && person => Relation::Other,
        _ if both && (within(&split(&name), &split(&theirs)) || within(&split(&theirs), &split(&name))) => {
            Relation::Same
        }
        _ => Relation::Unknown,
    }
}

impl Who {
    fn is_group(&self) -> bool {
        self.kind.as_deref() == Some("group")
    }

    fn is_person(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == "person")
    }
}

/// Whether two names may be one person's: all words of one are in the other, in whatever order, or the same surname and
/// first names that do not contradict each other.
fn compatible(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    let (Some((last, firsts)), Some((theirs, others))) = (one.split_last(), other.split_last()) else {
        return false;
    };
    let (few, many) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let surname = |words: &[&str]| words.len() > 1 || few.len() == many.len() || many.last() == words.last();
    if within(few, many) && (surname(few) || many.first() == few.first() && is_family_first(many)) {
        return true;
    }
    let alike = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one) || is_one_name(one, other);
    last == theirs
        && match (firsts.first(), others.first()) {
            // A middle name or a title in one of them: some first name must agree.
            (Some(_), Some(_)) => firsts.iter().any(|one| others.iter().any(|other| alike(one, other))),
            _ => true,
        }
}

/// The words of a folded name that tell people apart.
fn parts(name: &str) -> Vec<&str> {
    let words = name.split([' ', '-']).filter(|word| !word.is_empty());
    words
        .filter(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "dr" | "mr" | "mrs" | "ms"))
        .collect()
}

/// "Park Jae-min": a name of one syllable before one of two is the family's.
fn is_family_first(name: &[&str]) -> bool {
    name.len() == 3 && name.iter().all(|word| word.len() < 6)
}

/// "Sergei" and "Sergey", "Bill" and "William": names that one human being may go by, or two spellings of one.
fn is_one_name(one: &str, other: &str) -> bool {
    static NAMES: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut names: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let classes = include_str!("../../../data/nicknames.tsv").lines().skip(1);
        for (number, class) in classes.enumerate() {
            class
                .split('|')
                .for_each(|name| names.entry(name).or_default().push(number));
        }
        names
    });
    let (Some(one), Some(other)) = (NAMES.get(one), NAMES.get(other)) else {
        return false;
    };
    one.iter().any(|class| other.contains(class))
}

fn split(name: &str) -> Vec<&str> {
    name.split(' ').collect()
}

/// Whether all words of one name are in the other.
fn within(one: &[&str], other: &[&str]) -> bool {
    one.iter().all(|word| other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str, kind: &str, wikidata: Option<&str>) -> Who {
        Who {
            name: (!name.is_empty()).then(|| name.to_owned()),
            kind: Some(kind.to_owned()),
            country: None,
            wikidata: wikidata.map(str::to_owned),
            anonymous: false,
        }
    }

    #[test]
    fn names_and_identifiers() {
        use Relation::{Other, Same, Unknown};
        for (one, other, wanted) in [
            (who("Elena Marsh", "person", None), who("Marsh", "person", None), Same),
            (
                who("Elena Marsh", "person", Some("Q1")),
                who("E. Marsh", "person", None),
                Same,
            ),
            (
                who("Elena Marsh", "person", None),
                who("Jan Marsh", "person", None),
                Other,
            ),
            (
                who("Elena Marsh", "person", Some("Q1")),
                who("Elena Marsh", "person", Some("Q2")),
                Other,
            ),
            (
                who("Sergey Orlin", "person", Some("Q1")),
                who("Sergei Orlin", "person", Some("Q1")),
                Same,
            ),
            (
                who("Elena Marsh", "person", None),
                who("Danube Commission", "organization", None),
                Unknown,
            ),
            (
                who("Danube Commission", "organization", None),
                who("the Commission", "organization", None),
                Unknown,
            ),
            (
                who("Danube Commission", "organization", None),
                who("Commission", "organization", None),
                Same,
            ),
            (who("", "person", None), who("Elena Marsh", "person", None), Unknown),
            (
                who("Teresa Almarza Ruiz", "person", None),
                who("Teresa Almarza", "person", None),
                Same,
            ),
            (
                who("Bill Harrow", "person", None),
                who("William Harrow", "person", None),
                Same,
            ),
            (
                who("Sergei Orlin", "person", None),
                who("Sergey Orlin", "person", None),
                Same,
            ),
            (
                who("Roy Tibben Jr.", "person", None),
                who("Roy Tibben", "person", None),
                Same,
            ),
            (who("Park Jae-min", "person", None), who("Park", "person", None), Same),
            (
                who("Anna Szalai-Korda", "person", None),
                who("Anna Szalai", "person", None),
                Same,
            ),
            (who("Orlin", "person", None), who("Orlin Marsh", "person", None), Other),
        ] {
            assert_eq!(compare(&one, &other), wanted, "{one:?} {other:?}");
            assert_eq!(compare(&other, &one), wanted, "{other:?} {one:?}");
        }
    }

    #[test]
    fn a_person_and_a_body_belong_together_or_not() {
        use Relation::{Other, Unknown};
        let of = |country: &str, who: Who| Who {
            country: Some(country.to_owned()),
            ..who
        };
        let marsh = || who("Elena Marsh", "person", None);
        let ministry = || who("foreign ministry", "organization", None);
        let official = || who("official", "group", None);
        for (draft, theirs, mention, text, wanted) in [
            (
                ministry(),
                marsh(),
                None,
                "Elena Marsh of the Foreign Ministry spoke.",
                Unknown,
            ),
            (ministry(), marsh(), None, "Elena Marsh spoke.", Other),
            (
                of("NL", ministry()),
                of("NL", marsh()),
                None,
                "Elena Marsh spoke.",
                Unknown,
            ),
            (
                of("NL", ministry()),
                of("PL", marsh()),
                None,
                "The foreign ministry wrote to Elena Marsh.",
                Other,
            ),
            (
                marsh(),
                official(),
                Some("an official"),
                "An official spoke of Marsh.",
                Other,
            ),
            (
                marsh(),
                official(),
                Some("the official"),
                "The official, Marsh, spoke.",
                Unknown,
            ),
            (
                official(),
                official(),
                Some("an official"),
                "An official spoke.",
                Relation::Same,
            ),
            (
                marsh(),
                who("QUESTION", "group", None),
                Some("QUESTION"),
                "QUESTION: Ms. Marsh?",
                Other,
            ),
        ] {
            assert_eq!(
                in_article(&draft, &theirs, mention, &source_words(text)),
                wanted,
                "{draft:?} {theirs:?}"
            );
        }
    }
}
