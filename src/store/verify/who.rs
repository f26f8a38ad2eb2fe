//! Whether two articles name the same speaker.
//!
//! In: two speakers as records have them. Out: the same, another one, or that it cannot be told: one of them is not named,
//! or one is a person and the other the body that the person may speak for.

use crate::store::words::fold_name;
use serde::Serialize;

/// A speaker.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Who {
    pub(super) name: Option<String>,
    pub(super) wikidata: Option<String>,
    pub(super) kind: Option<String>,
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
        _ if both && (within(&name, &theirs) || within(&theirs, &name)) => Relation::Same,
        _ => Relation::Unknown,
    }
}

impl Who {
    fn is_person(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == "person")
    }
}

/// Whether two names may be one person's: the same surname, and first names that do not contradict each other.
fn compatible(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (Some((last, firsts)), Some((theirs, others))) = (one.split_last(), other.split_last()) else {
        return false;
    };
    let alike = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
    last == theirs
        && match (firsts.first(), others.first()) {
            // A middle name or a title in one of them: some first name must agree.
            (Some(_), Some(_)) => firsts.iter().any(|one| others.iter().any(|other| alike(one, other))),
            _ => true,
        }
}

/// Whether all words of one name are in the other.
fn within(one: &str, other: &str) -> bool {
    let words: Vec<&str> = other.split(' ').collect();
    one.split(' ').all(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str, kind: &str, wikidata: Option<&str>) -> Who {
        Who {
            name: (!name.is_empty()).then(|| name.to_owned()),
            kind: Some(kind.to_owned()),
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
        ] {
            assert_eq!(compare(&one, &other), wanted, "{one:?} {other:?}");
            assert_eq!(compare(&other, &one), wanted, "{other:?} {one:?}");
        }
    }
}
