//! Names of people to figures.
//!
//! In: a full name, or a surname with its title. Out: the figure it stands for: one with the same name, or a variant of
//! it; of two namesakes the one who fits title and gender and is spoken of; what no full name explains goes to the
//! gazetteer.

use super::bodies;
use super::cast::{Cast, Figure, Post};
use super::known;
use super::scene::{NONE, Scene};
use super::titles;
use crate::gazetteer::{Gender, Sense};
use crate::lexicon::Class;
use crate::mentions::Kind;
use crate::tokens::{folded_key, keys};

/// What it adds to be named before a relative of the same surname.
const KINSHIP: u32 = 6;

/// By how much one of them must be better known than the other.
const FAME: u32 = 100;

/// Nouns for relatives.
const KIN: [u64; 22] = keys![
    "aunt",
    "brother",
    "cousin",
    "dad",
    "daughter",
    "father",
    "grandfather",
    "grandmother",
    "grandson",
    "husband",
    "mother",
    "nephew",
    "niece",
    "sister",
    "son",
    "spouse",
    "twin",
    "uncle",
    "widow",
    "widower",
    "wife",
    "ex-wife",
];

/// Titles of those who are called after a place as well, and of those who sit for one.
const PEERS: [u64; 10] = keys![
    "baron",
    "baroness",
    "cllr",
    "councillor",
    "countess",
    "dame",
    "earl",
    "lady",
    "lord",
    "viscount",
];

/// Figures that a misspelt surname is compared with.
const SPELLINGS: usize = 48;

/// Assigns a full name of a person.
pub(super) fn full_person(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    // "Peña Nieto", "Von der Leyen": two words may be the surname alone.
    let called = known::person_of(scene, &told.senses, told.gender);
    let called = called.filter(|&person| !known::is_another(scene, mention, person));
    let known = called.or_else(|| {
        if !told.senses.is_empty() || is_spoken_of(scene, cast, words) {
            return None;
        }
        let title = titles::posts(scene, scene.title(mention));
        known::by_surname(scene, mention, told.gender, &title, false)
    });
    let same_known = known.and_then(|person| cast.by_sense(Sense::Person(person)));
    let figure = same_known.or_else(|| {
        let last = words.last().copied().unwrap_or_default();
        let namesakes = cast.by_word(last).iter().chain(cast.by_word(words[0]));
        let same = |figure: &Figure| {
            figure.is_person() && figure.may_be(told.gender) && is_same_person(scene, figure, mention, words)
        };
        namesakes
            .map(|&(figure, _)| figure)
            .find(|&figure| same(cast.get(figure)) && (known.is_none() || cast.get(figure).known.is_none()))
    });
    let figure = figure.unwrap_or_else(|| cast.add(None));
    cast.assign(mention, figure);
    if let Some(person) = known {
        cast.know(figure, Sense::Person(person));
    }
    note_person(scene, cast, mention, figure, words);
    for (i, &word) in words.iter().enumerate() {
        let rank = match i {
            _ if i + 1 == words.len() => 0,
            0 if goes_first(scene, mention, words, known) => 0,
            0 => 2,
            _ => 1,
        };
        cast.index(word, figure, rank);
    }
    let last = scene.word(told.head as usize);
    if let Some(bare) = without_article(last) {
        cast.index(folded_key(bare), figure, 0);
    }
}

/// Whether somebody of the article has a name that ends in these words.
fn is_spoken_of(scene: &Scene, cast: &Cast, words: &[u64]) -> bool {
    let last = words.last().copied().unwrap_or_default();
    let mut namesakes = cast.by_word(last).iter().map(|&(figure, _)| cast.get(figure));
    namesakes.any(|figure| figure.words.ends_with(words) && scene.mentions.get(figure.fullest as usize).is_some())
}

/// A person whose full name the article never gives.
pub(super) fn lone_person(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let title = titles::posts(scene, scene.title(mention));
    // "a Christian" is nobody's name.
    let article = told.tokens.start as usize;
    let counted = scene.is_any(article, &keys!["a", "an"])
        && scene.token(article).is_some_and(|token| token.spaced)
        && told.name.start as usize == article + 1;
    let whole = || known::by_whole(scene, mention).filter(|_| !counted);
    let surname = || known::by_surname(scene, mention, told.gender, &title, false);
    // "Lord Doe of Tarvel" is no minister of that surname.
    let end = told.tokens.end as usize;
    let peer = scene
        .title(mention)
        .range()
        .next_back()
        .is_some_and(|at| scene.is_any(at, &PEERS));
    let seat = scene.token(end + 1).is_some_and(|token| token.is_capital());
    let seated = peer && scene.is(end, "of") && seat;
    let surname = || surname().filter(|_| !counted && !seated);
    // "King Abdullah" is who reigns on the day, "Mullah Omar" has no post.
    let known = if title.is_empty() {
        whole().or_else(surname)
    } else {
        surname().or_else(whole)
    };
    let last = words.last().copied().unwrap_or_default();
    if known.is_none()
        && told.gender.is_none()
        && title.is_empty()
        && told.kind.is_none()
        && let Some(figure) = bodies::namesake_body(cast, last).or_else(|| bodies::beginning_with(cast, last))
    {
        return cast.assign(mention, figure);
    }
    // "Roe v. Wade" names a case.
    if (told.tokens.start as usize)
        .checked_sub(1)
        .is_some_and(|at| scene.is_any(at, &keys!["v.", "vs.", "v", "vs"]))
    {
        return;
    }
    if let Some(place) = super::names::half_country(scene, cast, mention) {
        return cast.assign(mention, place);
    }
    // A lone capital of a heading, or an adverb, names nobody unless the text or the gazetteer does.
    if known.is_none() && (scene.in_heading(mention) || scene.class(told.head as usize) == Class::Adverb) {
        return;
    }
    let misspelt = match known {
        None => misspelt(scene, cast, mention).or_else(|| shortened(scene, cast, mention)),
        Some(person) => cast.by_sense(Sense::Person(person)),
    };
    let figure = misspelt.unwrap_or_else(|| cast.add(None));
    cast.assign(mention, figure);
    if let Some(person) = known {
        cast.know(figure, Sense::Person(person));
    }
    note_person(scene, cast, mention, figure, words);
    if cast.get(figure).gender.is_none() && scene.is_any(told.tokens.start as usize, &keys!["mr.", "mr"]) {
        cast.get_mut(figure).gender = Some(Gender::Male);
    }
    if scene.speaks[mention] {
        cast.get_mut(figure).kind = Some(Kind::Person);
    }
    cast.index(last, figure, 0);
}

/// The person that a short name means, of those whose full names have the word.
pub(super) fn namesake(scene: &Scene, cast: &Cast, mention: usize, word: u64, title: &[Post]) -> Option<u32> {
    let told = &scene.mentions[mention];
    let listed = cast.by_word(word).iter().filter(|&&(figure, _)| {
        let figure = cast.get(figure);
        figure.is_person() && figure.may_be(told.gender)
    });
    let paragraph = scene.paragraph_of[mention];
    let weight = |&(id, rank): &(u32, u8)| {
        let figure = cast.get(id);
        let seen = figure.last != NONE;
        let mut near = 0;
        if seen {
            near += match paragraph - scene.paragraph_of[figure.last as usize] {
                0 | 1 => 4,
                2 => 2,
                _ => 0,
            };
            near += 2 * u32::from(scene.subject[figure.last as usize]);
        }
        // Of two of one surname news calls one by it, and the other one, who is somebody's wife or brother, by the full name.
        let first = if is_relative(scene, cast, id, word) { 0 } else { KINSHIP };
        let fits = title.is_empty() || held(scene, figure, title);
        (
            u8::MAX - rank,
            u8::from(fits),
            u8::from(seen),
            figure.count.min(6) + near + first,
            figure.last.wrapping_add(1),
        )
    };
    listed.max_by_key(|listed| weight(listed)).map(|&(figure, _)| figure)
}

/// The person of the article who has a word for surname, the latest one.
pub(super) fn surnamed(cast: &Cast, word: u64) -> Option<u32> {
    let mut listed = cast.by_word(word).iter().rev();
    let full = |figure: &Figure| figure.kind == Some(Kind::Person) && figure.words.len() > 1;
    let named = listed.find(|&&(figure, rank)| rank == 0 && full(cast.get(figure)));
    named.map(|&(figure, _)| figure)
}

/// Whether a figure is introduced as a relative where somebody of the same surname speaks before, or is better known.
fn is_relative(scene: &Scene, cast: &Cast, figure: u32, surname: u64) -> bool {
    let own = cast.get(figure);
    let known = |figure: &Figure| match figure.known {
        Some(Sense::Person(person)) => scene.gazetteer.prominence(person, scene.date),
        _ => 0,
    };
    let leads = |other: &Figure| other.talks || other.last != NONE && known(other) > known(own) + FAME;
    let before = |&(other, rank): &(u32, u8)| rank == 0 && other < figure && leads(cast.get(other));
    own.described.iter().any(|word| KIN.contains(word)) && cast.by_word(surname).iter().any(before)
}

/// Whether the article or the gazetteer ever gave a figure one of some posts.
pub(super) fn held(scene: &Scene, figure: &Figure, title: &[Post]) -> bool {
    figure
        .posts
        .iter()
        .any(|own| title.iter().any(|post| post.role == own.role))
        || match figure.known {
            Some(Sense::Person(person)) => known::held(scene, person, title),
            _ => false,
        }
}

/// Kind, gender and fullest name of a person's figure.
fn note_person(scene: &Scene, cast: &mut Cast, mention: usize, figure: u32, words: &[u64]) {
    let told = &scene.mentions[mention];
    let of_known = match cast.get(figure).known {
        Some(Sense::Person(person)) => scene.gazetteer.gender(person),
        _ => None,
    };
    let figure = cast.get_mut(figure);
    if told.kind == Some(Kind::Person) || figure.known.is_some() {
        figure.kind = Some(Kind::Person);
    }
    figure.gender = of_known.or(figure.gender).or(told.gender);
    if words.len() > figure.words.len() {
        figure.words = words.to_vec();
        figure.fullest = mention as u32;
    }
}

/// Whether the family name stands first: "Xi Jinping", "Koh Yu-hwan".
fn goes_first(scene: &Scene, mention: usize, words: &[u64], known: Option<u32>) -> bool {
    let head = scene.word(scene.mentions[mention].head as usize);
    let hyphenated = head
        .split_once('-')
        .is_some_and(|(_, second)| second.starts_with(char::is_lowercase));
    match known {
        Some(person) => scene.gazetteer.surname(words[0]).take(64).any(|p| p == person),
        None => hyphenated && words.len() == 2,
    }
}

/// "Assad" of "al-Assad".
pub(super) fn without_article(word: &str) -> Option<&str> {
    // Articles are that short.
    let hyphen = word.bytes().take(4).position(|byte| byte == b'-')?;
    let (article, rest) = (&word[..hyphen], &word[hyphen + 1..]);
    let known = ["al", "el", "ul", "as", "ash", "ad", "ar", "an", "at", "az", "es", "ed"];
    (known.iter().any(|k| article.eq_ignore_ascii_case(k)) && rest.starts_with(char::is_uppercase)).then_some(rest)
}

/// Whether a full name may be the one of a figure: no word of it speaks against it.
fn is_same_person(scene: &Scene, figure: &Figure, mention: usize, words: &[u64]) -> bool {
    let (short, long) = if figure.words.len() < words.len() {
        (&figure.words[..], words)
    } else {
        (words, &figure.words[..])
    };
    let (Some(&first), Some(&last)) = (short.first(), short.last()) else {
        return false;
    };
    if short.len() > 1 && (long.starts_with(short) || long.ends_with(short)) {
        return true;
    }
    if long.last() != Some(&last) {
        return false;
    }
    if long.first() == Some(&first) {
        return true;
    }
    // "J. Smith" and "John Smith", "Don Fowler" and "Donald Fowler".
    let Some(other) = scene.mentions.get(figure.fullest as usize) else {
        return false;
    };
    let one = scene
        .word(scene.mentions[mention].name.start as usize)
        .trim_end_matches('.');
    let other = scene.word(other.name.start as usize).trim_end_matches('.');
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    long.starts_with(short)
}

/// The figure whose surname differs by one letter: articles misspell people whom nobody knows.
fn misspelt(scene: &Scene, cast: &Cast, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    let word = scene.word(told.head as usize);
    if word.len() < 5 || told.name.len() > 1 {
        return None;
    }
    let figures = cast.figures.iter().enumerate().rev().take(SPELLINGS);
    let mut near = figures.filter(|(_, figure)| {
        let fullest = scene.mentions.get(figure.fullest as usize);
        let full = figure.known.is_none() && figure.kind == Some(Kind::Person) && figure.words.len() > 1;
        full && figure.may_be(told.gender)
            && fullest.is_some_and(|full| is_one_letter_off(word, scene.word(full.head as usize)))
    });
    near.next().map(|(at, _)| at as u32)
}

/// The figure whose given name begins with a given name that stands alone: "Max" where Maximilian is named, if one is.
fn shortened(scene: &Scene, cast: &Cast, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    let at = told.head as usize;
    let word = scene.word(at);
    let given = told.tokens.len() == 1 && word.len() > 2 && scene.gazetteer.is_given_name(scene.token(at)?.key);
    let figures = cast.figures.iter().enumerate().rev().take(SPELLINGS);
    let mut called = figures.filter(|(_, figure)| {
        let full = figure.kind == Some(Kind::Person) && figure.words.len() > 1 && figure.may_be(told.gender);
        let first = scene.mentions.get(figure.fullest as usize).filter(|_| given && full);
        first.is_some_and(|full| scene.word(full.name.start as usize).starts_with(word))
    });
    let (figure, _) = called.next()?;
    called.next().is_none().then_some(figure as u32)
}

/// Whether two words begin alike and differ by one letter: changed, left out or put in.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > 1 || short.is_empty() || !short[0].eq_ignore_ascii_case(&long[0]) {
        return false;
    }
    let alike = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    let same = short.iter().zip(long).take_while(alike).count();
    let (mut rest, mut longer) = (&short[same..], long.get(same + 1..).unwrap_or_default());
    if short.len() == long.len() {
        rest = &short[(same + 1).min(short.len())..];
        longer = &long[(same + 1).min(long.len())..];
    }
    same < long.len() && rest.eq_ignore_ascii_case(longer)
}
