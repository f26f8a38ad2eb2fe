//! The short names under which news speaks of a person again.
//!
//! In: a full name and a country. Out: surnames, the usual one first: with and without particles ("van der Bellen",
//! "Bellen"), the family name that stands first (Xi, Ban, Kim), both and either of two (Peña Nieto), the name itself
//! where surnames are not in use (Iceland, Indonesia, Ethiopia).

use super::names::{is_family, split_article};

/// The surnames of a full name. `is_given` tells whether a folded word is known as a given name.
pub(crate) fn surnames(name: &str, country: &str, is_given: &dyn Fn(&str) -> bool) -> Vec<String> {
    let name = name.split(',').next().unwrap_or_default();
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|w| SUFFIXES.contains(&w.trim_end_matches('.')))
    {
        words.pop();
    }
    let titled = words.len() > 1 && TITLES.contains(&words[0].trim_end_matches('.'));
    if titled {
        words.remove(0);
    }
    let Some((&last, rest)) = words.split_last() else {
        return Vec::new();
    };
    if rest.is_empty() {
        return short_forms(last);
    }
    let mut found: Vec<String> = Vec::new();
    match country {
        "CN" | "TW" | "HK" | "MO" | "SG" | "KR" | "KP" if is_family(words[0], country) && words.len() <= 3 => {
            add(&mut found, words[0].to_owned());
            // "Jack Ma Ying" has a Western name in front; so may a family name that is a given name elsewhere.
            return found;
        }
        "KH" | "MM" | "LA" => {
            add(&mut found, words.join(" "));
            if words.len() > 2 {
                add(&mut found, words[words.len() - 2..].join(" "));
            }
            add(&mut found, last.to_owned());
            return found;
        }
        "VN" => {
            add(&mut found, last.to_owned());
            add(&mut found, words[0].to_owned());
            return found;
        }
        _ => {}
    }
    // From the first particle on: "van der Bellen", "bin Salman", "von der Leyen", "Ould Abdel Aziz".
    let particle = (1..words.len() - 1).find(|&i| is_particle(words[i]));
    if let Some(at) = particle {
        let end = match words[at].to_lowercase().as_str() {
            // What follows a father's name is the tribe or the family: "bin Salman (bin Abdulaziz) Al Saud".
            "bin" | "ibn" | "ben" | "bint" => at + 2,
            _ => words.len(),
        };
        add(&mut found, words[at..end].join(" "));
        if end < words.len() || words[at].eq_ignore_ascii_case("al") {
            add(&mut found, words[words.len() - 2..].join(" "));
        }
    }
    for form in short_forms(last) {
        add(&mut found, form);
    }
    if particle.is_none() && words.len() > 2 {
        let second = words[words.len() - 2];
        let initial = second.trim_end_matches('.').chars().count() == 1;
        if !initial && !is_given(second) {
            let double = words[words.len() - 2..].join(" ");
            if DOUBLE.contains(&country) {
                found.insert(0, double);
                add(&mut found, second.to_owned());
            } else {
                add(&mut found, double);
            }
        }
    }
    if FIRST_NAMED.contains(&country) {
        add(&mut found, words[0].to_owned());
    }
    found
}

/// A last name and what it is called for short: "al-Assad" and "Assad".
fn short_forms(last: &str) -> Vec<String> {
    let mut forms = vec![last.to_owned()];
    if let Some((_, rest)) = split_article(last) {
        add(&mut forms, rest.to_owned());
        add(&mut forms, format!("al-{rest}"));
        add(&mut forms, format!("al {rest}"));
        add(&mut forms, format!("el-{rest}"));
    }
    forms
}

fn add(found: &mut Vec<String>, name: String) {
    if !found.contains(&name) {
        found.push(name);
    }
}

/// Whether a country's people commonly have two surnames.
pub(crate) fn is_doubled(country: &str) -> bool {
    DOUBLE.contains(&country)
}

/// Whether a word belongs to the surname behind it.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.iter().any(|p| word.eq_ignore_ascii_case(p))
}

const PARTICLES: [&str; 39] = [
    "abdel", "abdul", "abu", "af", "al", "ap", "av", "ben", "bin", "bint", "da", "dal", "das", "de", "del", "della",
    "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "lo", "mac", "ould", "san", "santa", "st", "st.",
    "ten", "ter", "van", "vande", "vom", "von",
];

const SUFFIXES: [&str; 6] = ["II", "III", "IV", "Jr", "Sr", "jr"];

const TITLES: [&str; 33] = [
    "Ayatollah",
    "Bishop",
    "Baron",
    "Baroness",
    "Capt",
    "Col",
    "Count",
    "Dame",
    "Dr",
    "Duke",
    "Earl",
    "Emir",
    "Father",
    "Gen",
    "General",
    "Hojatoleslam",
    "King",
    "Lady",
    "Lieutenant",
    "Lord",
    "Lt",
    "Maj",
    "Major",
    "Pope",
    "President",
    "Prince",
    "Princess",
    "Prof",
    "Queen",
    "Sheik",
    "Sheikh",
    "Sir",
    "Sultan",
];

/// Where a person commonly has two surnames, the father's first.
const DOUBLE: [&str; 20] = [
    "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV",
    "VE",
];

/// Where news uses the first name as the short one, or either.
const FIRST_NAMED: [&str; 9] = ["BT", "ER", "ET", "ID", "IS", "LK", "MN", "MY", "TH"];
