//! The ways one name is written.
//!
//! In: a name as the tables have it. Out: the paths of word keys under which it is found: with and without hyphens,
//! initials and articles, in both orders where a language has two. Derived ways give way to names that somebody
//! really bears, so they cost no precision.

use super::layout::{LONGEST, Writing};
use crate::tokens::{Case, Token, folded_key, tokenize};

/// A token's key, the same for "U.S." and "US", "W." and "W", "St." and "St".
#[inline]
pub(crate) fn name_key(text: &str, token: &Token) -> u64 {
    if token.abbreviated {
        let bare: String = token.span.of(text).chars().filter(|&c| c != '.').collect();
        folded_key(&bare)
    } else {
        token.key
    }
}

/// How a word of the tables asks to be written.
fn writing(word: &str, token: &Token, is_word: &dyn Fn(u64) -> bool) -> Writing {
    match token.case {
        Case::Lower | Case::None => Writing::Any,
        Case::Upper => {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            // British papers write "Nato" and "Unesco"; "Who" and "Us" stay words.
            if letters == 2 || letters == 3 || letters > 3 && is_word(token.key) {
                Writing::Upper
            } else {
                Writing::Capital
            }
        }
        // "al-Assad": what counts is the part behind the hyphen, and "Al-Assad" is the same man.
        Case::Capital | Case::Mixed => Writing::Capital,
    }
}

/// Whether a token is written as asked.
#[inline]
pub(crate) fn is_written(token: &Token, asked: u32) -> bool {
    match asked & 3 {
        0 => true,
        1 => !matches!(token.case, Case::Lower | Case::None),
        _ => token.case == Case::Upper,
    }
}

/// The keys of a name's words as it stands, and how they are written.
pub(crate) fn words_of(name: &str, is_word: &dyn Fn(u64) -> bool) -> (Vec<u64>, u32) {
    let tokens = tokenize(name);
    let mut asked = 0;
    for (i, token) in tokens.iter().enumerate().take(LONGEST) {
        asked |= (writing(token.span.of(name), token, is_word) as u32) << (2 * i);
    }
    (tokens.iter().map(|token| name_key(name, token)).collect(), asked)
}

/// Spellings of a name that differ in hyphens, articles and letters alone, with the name itself first.
pub(crate) fn spellings(name: &str) -> Vec<String> {
    let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the "));
    let mut all = vec![bare.unwrap_or(name).to_owned()];
    if name.contains('-') {
        add(&mut all, name.replace('-', " "));
    }
    for (from, to) in [(" & ", " and "), (" and ", " & "), ("Saint ", "St. ")] {
        if name.contains(from) {
            add(&mut all, name.replace(from, to));
        }
    }
    // Schröder is Schroeder, Støre is Stoere; the bare fold (Schroder, Store) is in the key.
    if name.contains(['ä', 'ö', 'ü', 'ø', 'å', 'Ä', 'Ö', 'Ü', 'Ø', 'Å']) {
        let mut spelled = String::with_capacity(name.len() + 4);
        for c in name.chars() {
            match c {
                'ä' => spelled.push_str("ae"),
                'ö' | 'ø' => spelled.push_str("oe"),
                'ü' => spelled.push_str("ue"),
                'å' => spelled.push_str("aa"),
                'Ä' => spelled.push_str("Ae"),
                'Ö' | 'Ø' => spelled.push_str("Oe"),
                'Ü' => spelled.push_str("Ue"),
                'Å' => spelled.push_str("Aa"),
                c => spelled.push(c),
            }
        }
        add(&mut all, spelled);
    }
    all
}

/// Nouns for whoever stands at the head of a body, or speaks for it.
const HEADS: [&str; 19] = [
    "chief",
    "head",
    "boss",
    "president",
    "director",
    "chairman",
    "chairwoman",
    "chair",
    "prosecutor",
    "secretary-general",
    "secretary general",
    "director-general",
    "director general",
    "managing director",
    "executive director",
    "commissioner-general",
    "spokesman",
    "spokeswoman",
    "spokesperson",
];

/// Other ways to say who heads a body: "NATO's chief", "the head of NATO" for "NATO chief".
pub(crate) fn office_variants(form: &str) -> Vec<String> {
    let mut all = Vec::new();
    for noun in HEADS {
        let Some(body) = form.strip_suffix(noun).and_then(|rest| rest.strip_suffix(' ')) else {
            continue;
        };
        if !body.starts_with(char::is_uppercase)
            || body.ends_with("'s")
            || HEADS.iter().any(|noun| body.ends_with(noun))
        {
            continue;
        }
        add(&mut all, format!("{body}'s {noun}"));
        let (one, other) = if noun == "chief" {
            ("head", "chief")
        } else {
            (noun, noun)
        };
        for noun in [one, other] {
            add(&mut all, format!("{noun} of {body}"));
            add(&mut all, format!("{noun} of the {body}"));
        }
    }
    all
}

fn add(all: &mut Vec<String>, name: String) {
    if !all.contains(&name) {
        all.push(name);
    }
}

/// What else a person of this country is called in full: other order, other hyphens, without the article or initials.
pub(crate) fn person_variants<'a>(name: &str, country: &str, nicknames: &dyn Fn(&str) -> Vec<&'a str>) -> Vec<String> {
    let mut all = Vec::new();
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = words.iter().all(|w| !w.contains('-'));
    match (country, words.as_slice()) {
        ("KR" | "KP" | "TW" | "HK" | "SG" | "MO", [family, first, second]) if plain && is_family(family, country) => {
            add(&mut all, format!("{family} {first}-{}", second.to_lowercase()));
            add(&mut all, format!("{family} {first}{}", second.to_lowercase()));
        }
        ("KR" | "KP" | "TW" | "HK" | "MO", [family, given]) if given.contains('-') => {
            add(&mut all, format!("{family} {}", given.replace('-', "")));
            add(&mut all, format!("{} {family}", given));
        }
        ("CN", [family, given]) if is_family(family, country) => add(&mut all, format!("{given} {family}")),
        ("JP" | "HU", [given, family]) => add(&mut all, format!("{family} {given}")),
        _ => {}
    }
    if words.len() > 1 {
        // "Bashar Assad", "Bashar el-Assad", "Bashar al Assad" for "Bashar al-Assad".
        for (i, word) in words.iter().enumerate().skip(1) {
            if let Some((article, rest)) = split_article(word) {
                for other in ["al-", "el-", ""] {
                    let mut words: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
                    words[i] = format!("{other}{rest}");
                    if !article.eq_ignore_ascii_case(other) {
                        add(&mut all, words.join(" "));
                    }
                }
            }
        }
        // "George Bush" for "George W. Bush", and for a middle name written out only its initial.
        let inner: Vec<&str> = words[1..words.len() - 1].to_vec();
        let initial = |word: &&str| word.trim_end_matches('.').chars().count() == 1;
        if !inner.is_empty() && inner.iter().all(initial) {
            add(&mut all, format!("{} {}", words[0], words[words.len() - 1]));
        }
        for nickname in nicknames(words[0]) {
            add(&mut all, format!("{nickname} {}", words[1..].join(" ")));
        }
    }
    all
}

/// "al-" and "Assad" of "al-Assad".
pub(crate) fn split_article(word: &str) -> Option<(&str, &str)> {
    let (article, rest) = word.split_at_checked(word.find('-')? + 1)?;
    let known = [
        "al-", "el-", "ul-", "as-", "ash-", "ad-", "ar-", "an-", "at-", "az-", "es-", "ed-",
    ];
    (known.iter().any(|k| article.eq_ignore_ascii_case(k)) && rest.chars().next().is_some_and(char::is_uppercase))
        .then_some((article, rest))
}

/// Whether a word is a family name of a country that puts it first.
pub(crate) fn is_family(word: &str, country: &str) -> bool {
    let families: &[&str] = match country {
        "KR" | "KP" => &KOREAN,
        _ => &CHINESE,
    };
    families.binary_search(&word).is_ok()
}

/// Sorted; the spellings in use in South and North Korea.
const KOREAN: [&str; 111] = [
    "Ahn", "An", "Bae", "Baek", "Bahk", "Baik", "Ban", "Bang", "Byun", "Cha", "Chae", "Chang", "Cho", "Choe", "Choi",
    "Chon", "Chong", "Choo", "Chu", "Chun", "Chung", "Eom", "Gil", "Ha", "Hahn", "Ham", "Han", "Heo", "Ho", "Hong",
    "Huh", "Hur", "Hwang", "Hwangbo", "Hyon", "Hyun", "Im", "Jang", "Je", "Jeon", "Jeong", "Ji", "Jin", "Jo", "Joo",
    "Ju", "Jun", "Jung", "Kang", "Ki", "Kil", "Kim", "Ko", "Koh", "Koo", "Ku", "Kuk", "Kwak", "Kwon", "Lee", "Lim",
    "Min", "Moon", "Mun", "Na", "Nam", "No", "Noh", "O", "Oh", "Paek", "Paik", "Pak", "Park", "Pyo", "Pyon", "Ra",
    "Rhee", "Ri", "Rim", "Ro", "Roh", "Ryang", "Ryoo", "Ryu", "Seo", "Seong", "Shim", "Shin", "Sim", "Sin", "So",
    "Sohn", "Son", "Song", "Suh", "Sung", "Thae", "U", "Wi", "Won", "Woo", "Yang", "Ye", "Yeo", "Yi", "Yim", "Yoo",
    "Yoon", "Yu", "Yun",
];

/// Sorted; Mandarin, Cantonese and Hokkien spellings.
const CHINESE: [&str; 199] = [
    "An", "Au", "Bai", "Bao", "Bo", "Cai", "Cao", "Chai", "Chan", "Chang", "Chao", "Chee", "Chen", "Cheng", "Cheung",
    "Chi", "Chia", "Chiang", "Chiu", "Choi", "Chow", "Chu", "Chui", "Chun", "Chung", "Cui", "Dai", "Deng", "Ding",
    "Dong", "Dou", "Du", "Duan", "Fan", "Fang", "Feng", "Fok", "Fu", "Fung", "Gan", "Gao", "Ge", "Geng", "Goh", "Gong",
    "Gu", "Guan", "Guo", "Han", "Hao", "He", "Heng", "Ho", "Hong", "Hou", "Hsia", "Hsiao", "Hsieh", "Hsu", "Hu", "Hua",
    "Huang", "Hui", "Hung", "Ip", "Ji", "Jia", "Jiang", "Jin", "Jing", "Kang", "Khaw", "Khoo", "Ko", "Kong", "Koo",
    "Kuan", "Kung", "Kuo", "Kwan", "Kwok", "Lai", "Lam", "Lau", "Law", "Le", "Lee", "Lei", "Leung", "Li", "Lian",
    "Liang", "Liao", "Lien", "Lim", "Lin", "Ling", "Liu", "Lo", "Loh", "Lou", "Lu", "Luk", "Luo", "Lyu", "Ma", "Mak",
    "Mao", "Meng", "Mo", "Mu", "Ng", "Ngai", "Ni", "Nie", "Ning", "Niu", "Ong", "Pan", "Pang", "Pei", "Peng", "Pu",
    "Qi", "Qian", "Qiao", "Qin", "Qiu", "Ren", "Shan", "Shao", "Shen", "Sheng", "Shi", "Shih", "Siew", "Song", "Soong",
    "Su", "Suen", "Sui", "Sun", "Sung", "Tam", "Tan", "Tang", "Tao", "Teo", "Tian", "Tien", "Ting", "Tong", "Tsai",
    "Tsang", "Tse", "Tseng", "Tu", "Tung", "Wan", "Wang", "Wei", "Wen", "Weng", "Wong", "Woo", "Wu", "Xi", "Xia",
    "Xiang", "Xiao", "Xie", "Xing", "Xiong", "Xu", "Xue", "Yam", "Yan", "Yang", "Yao", "Ye", "Yeh", "Yeo", "Yi", "Yin",
    "Ying", "You", "Yu", "Yuan", "Yue", "Zeng", "Zhan", "Zhang", "Zhao", "Zheng", "Zhong", "Zhou", "Zhu", "Zhuang",
    "Zou",
];
