//! The same spelling for what is one word in any house style.
//!
//! In: a folded word. Out: the word as it is compared: numbers in digits, American spelling. Where British spelling has a
//! rule, the rule is here; the words without one are listed.

use super::meaning::{spelled, tens};

/// Words written in two ways, and the way that stands for both.
const WORDS: [(&str, &str); 66] = [
    ("1st", "first"),
    ("2nd", "second"),
    ("3rd", "third"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("amidst", "amid"),
    ("amongst", "among"),
    ("apr", "april"),
    ("aug", "august"),
    ("axe", "ax"),
    ("burnt", "burned"),
    ("calibre", "caliber"),
    ("catalogue", "catalog"),
    ("cheque", "check"),
    ("cheques", "checks"),
    ("dec", "december"),
    ("defence", "defense"),
    ("dialogue", "dialog"),
    ("draught", "draft"),
    ("dreamt", "dreamed"),
    ("encyclopaedia", "encyclopedia"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("feb", "february"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("gaol", "jail"),
    ("grey", "gray"),
    ("instalment", "installment"),
    ("instalments", "installments"),
    ("jan", "january"),
    ("jewellery", "jewelry"),
    ("kerb", "curb"),
    ("leapt", "leaped"),
    ("learnt", "learned"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("manoeuvre", "maneuver"),
    ("manoeuvres", "maneuvers"),
    ("meagre", "meager"),
    ("mould", "mold"),
    ("moustache", "mustache"),
    ("nov", "november"),
    ("oct", "october"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("ok", "okay"),
    ("plough", "plow"),
    ("practise", "practice"),
    ("practised", "practiced"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("pyjamas", "pajamas"),
    ("sceptic", "skeptic"),
    ("sceptical", "skeptical"),
    ("scepticism", "skepticism"),
    ("sceptics", "skeptics"),
    ("sept", "september"),
    ("skilful", "skillful"),
    ("spelt", "spelled"),
    ("tyre", "tire"),
    ("tyres", "tires"),
    ("whilst", "while"),
    ("whisky", "whiskey"),
    ("wilful", "willful"),
];

/// What "centre", "litres" and the like begin with.
const RE: [&str; 12] = [
    "cent", "fib", "kilomet", "lit", "lust", "millimet", "met", "saltpet", "somb", "spect", "theat", "centimet",
];

/// What "colour" and the like begin with.
const OUR: [&str; 20] = [
    "ard", "arm", "behavi", "clam", "col", "cand", "endeav", "fav", "ferv", "glam", "harb", "hon", "hum", "lab",
    "neighb", "rum", "sav", "splend", "val", "vig",
];

const ORDINALS: [&str; 17] = [
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// What a word is compared by.
pub(super) fn styled(folded: &str) -> String {
    if let Some(number) = spelled(folded) {
        return number.to_string();
    }
    if let Some(number) = tens(folded) {
        return number.to_string();
    }
    if let Some(ordinal) = ORDINALS.iter().position(|&word| word == folded) {
        return format!("{}th", ordinal + 4);
    }
    if let Ok(at) = WORDS.binary_search_by_key(&folded, |&(word, _)| word) {
        return WORDS[at].1.to_owned();
    }
    shortened(folded)
        .or_else(|| american(folded))
        .unwrap_or_else(|| folded.to_owned())
}

/// "3bn", "1.5m": a number with what it counts.
fn shortened(folded: &str) -> Option<String> {
    let digits = folded.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = folded.split_at(digits);
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let unit = match unit {
        "m" | "mn" => "million",
        "bn" => "billion",
        "tn" | "trn" => "trillion",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

fn american(word: &str) -> Option<String> {
    if word.len() < 5 || !word.is_ascii() {
        return None;
    }
    let adviser = word.strip_prefix("advisor").filter(|rest| matches!(*rest, "" | "s"));
    if let Some(rest) = adviser {
        return Some(format!("adviser{rest}"));
    }
    for direction in ["towards", "backwards", "forwards", "afterwards", "upwards"] {
        if word == direction {
            return word.strip_suffix('s').map(str::to_owned);
        }
    }
    for (british, american) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("yses", "yzes"),
        ("ysing", "yzing"),
        ("dgement", "dgment"),
        ("dgements", "dgments"),
    ] {
        if let Some(stem) = word.strip_suffix(british)
            && word.len() > 5
        {
            return Some(format!("{stem}{american}"));
        }
    }
    for (british, american) in [("re", "er"), ("res", "ers"), ("red", "ered")] {
        if let Some(stem) = word.strip_suffix(british)
            && RE.contains(&stem)
        {
            return Some(format!("{stem}{american}"));
        }
    }
    for stem in OUR {
        if let Some(rest) = word.strip_prefix(stem).and_then(|rest| rest.strip_prefix("our")) {
            return Some(format!("{stem}or{rest}"));
        }
    }
    // "travelled", "counsellor", but not "filled": that is another word than "filed".
    for ending in ["lled", "lling", "ller", "llers", "llor", "llors"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.bytes().filter(|byte| b"aeiou".contains(byte)).count() > 1
        {
            return Some(format!("{stem}{}", &ending[1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_in_order_and_reach_their_end_at_once() {
        assert!(WORDS.is_sorted());
        for (_, american) in WORDS {
            assert_eq!(styled(american), american);
        }
    }

    #[test]
    fn two_spellings_of_one_word() {
        for (one, other) in [
            ("analysed", "analyzed"),
            ("metres", "meters"),
            ("centred", "centered"),
            ("sceptical", "skeptical"),
            ("neighbouring", "neighboring"),
            ("travelled", "traveled"),
            ("counsellor", "counselor"),
            ("signalling", "signaling"),
            ("judgement", "judgment"),
            ("advisors", "advisers"),
            ("organisations", "organizations"),
            ("20th", "twentieth"),
            ("3bn", "3billion"),
        ] {
            assert_eq!(styled(one), styled(other), "{one} {other}");
        }
        for (one, other) in [
            ("filled", "filed"),
            ("hour", "hor"),
            ("rise", "rice"),
            ("here", "heer"),
            ("hired", "hiered"),
        ] {
            assert_ne!(styled(one), styled(other), "{one} {other}");
        }
    }
}
