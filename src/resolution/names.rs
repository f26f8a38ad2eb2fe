//! Names to figures.
//!
//! In: the mentions that are names. Out: a [`Cast`] in which each name stands for one figure: full names first, over the
//! whole article, so that a surname before its full name is found too; then short names in the order of the text, to
//! the namesake who is spoken of. What no full name explains goes to the gazetteer.

use super::cast::{Cast, Figure, Post};
use super::known;
use super::scene::{NONE, Scene};
use super::titles;
use crate::gazetteer::{Gender, PlaceKind, Sense};
use crate::mentions::{Form, Kind, Mention};
use crate::span::Run;
use crate::tokens::{Case, Kind as Sign, folded_key};

/// Figures that a misspelt surname is compared with.
const SPELLINGS: usize = 48;

/// Tells the keys of institutions' last words from those of people.
const ORGANIZATION: u64 = 0x9e37_79b9_7f4a_7c15;

/// Gathers all names of an article into figures.
pub(super) fn gather<'s>(scene: &Scene<'s, '_>) -> Cast<'s> {
    let mut cast = Cast::new(scene);
    let mut words = Vec::new();
    for mention in 0..scene.mentions.len() {
        // The capitals of a heading say little about where a name ends.
        if !scene.is_name(mention) || scene.in_heading(mention) {
            continue;
        }
        name_words(scene, &scene.mentions[mention], &mut words);
        match kind_of(scene, mention) {
            Some(Kind::Person) if words.len() > 1 => full_person(scene, &mut cast, mention, &words),
            None if words.len() > 1 && reads_like_person(scene, mention) => {
                full_person(scene, &mut cast, mention, &words)
            }
            Some(Kind::Organization) if words.len() > 1 => organization(scene, &mut cast, mention, &words),
            _ => {}
        }
    }
    for mention in 0..scene.mentions.len() {
        if !scene.is_name(mention) {
            continue;
        }
        if cast.figure(mention).is_none() {
            name_words(scene, &scene.mentions[mention], &mut words);
            if scene.in_heading(mention) && words.len() > 1 {
                heading(scene, &mut cast, mention, &words);
            } else {
                short(scene, &mut cast, mention, &words);
            }
        }
        if let Some(figure) = cast.figure(mention) {
            titles::read(scene, &mut cast, mention, figure);
            cast.touch(mention, figure);
        }
    }
    for figure in &mut cast.figures {
        (figure.count, figure.last) = (0, NONE);
    }
    cast
}

/// What a name names, looked at again: "the Republican National Convention" is nobody, "the group X" an institution.
fn kind_of(scene: &Scene, mention: usize) -> Option<Kind> {
    let told = &scene.mentions[mention];
    let title = scene.title(mention);
    match told.kind {
        None if title
            .range()
            .any(|at| scene.tags[at].head() > 0 && !scene.tags[at].is_human()) =>
        {
            Some(Kind::Organization)
        }
        Some(Kind::Person) if told.senses.is_empty() && told.name.len() > 1 => {
            let given = scene
                .token(told.name.start as usize)
                .is_some_and(|t| scene.gazetteer.is_given_name(t.key));
            (given || reads_like_person(scene, mention)).then_some(Kind::Person)
        }
        kind => kind,
    }
}

/// Keys of the words of a bare name, without "Jr." and the like.
fn name_words(scene: &Scene, mention: &Mention, words: &mut Vec<u64>) {
    words.clear();
    for at in mention.name.range() {
        let Some(token) = scene.token(at) else { break };
        if token.is_word() && !(at > mention.name.start as usize && is_suffix(scene.word(at))) {
            words.push(token.key);
        }
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Whether a chain of capitals that nobody knows may be a person's name: two to four words, no "of" between them.
fn reads_like_person(scene: &Scene, mention: usize) -> bool {
    let name = scene.mentions[mention].name;
    name.len() <= 4
        && name.range().all(|at| {
            let word = scene.word(at);
            let tag = scene.tags[at];
            !matches!(word, "of" | "for" | "on" | "the") && !tag.is_thing() && !tag.is_small() && tag.head() == 0
        })
}

/// Assigns a name of several words that stands in a heading: to somebody whom the text names, or whom all know.
fn heading(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let known = told.senses.iter().any(|sense| match sense {
        Sense::Person(_) => told.kind == Some(Kind::Person),
        Sense::Organization(_) => told.kind == Some(Kind::Organization),
        Sense::Place(_) => told.kind == Some(Kind::Place),
        _ => false,
    });
    match told.kind {
        Some(Kind::Person) if known => return full_person(scene, cast, mention, words),
        Some(_) if known => return short(scene, cast, mention, words),
        _ => {}
    }
    let figure = words.windows(2).find_map(|pair| {
        let named = cast
            .by_word(pair[1])
            .iter()
            .find(|&&(figure, rank)| rank == 0 && cast.get(figure).words.first() == Some(&pair[0]));
        named.map(|&(figure, _)| figure)
    });
    let figure = figure.or_else(|| {
        // "Bill Clinton Calls Plan Crazy"
        let known = scene.hits(told.name).into_iter().find_map(|hit| {
            let full = hit.tokens.len() > 1 && matches!(hit.senses.first(), Some(Sense::Person(_)));
            full.then(|| known::person_of(scene, &hit.senses, None)).flatten()
        })?;
        Some(cast.by_sense(Sense::Person(known)).unwrap_or_else(|| {
            let figure = cast.add(Some(Kind::Person));
            cast.know(figure, Sense::Person(known));
            cast.get_mut(figure).gender = scene.gazetteer.person(known).gender;
            figure
        }))
    });
    if let Some(figure) = figure {
        cast.assign(mention, figure);
    }
}

/// Assigns a full name of a person.
fn full_person(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let known = known::person_of(scene, &told.senses, told.gender);
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

/// Kind, gender and fullest name of a person's figure.
fn note_person(scene: &Scene, cast: &mut Cast, mention: usize, figure: u32, words: &[u64]) {
    let told = &scene.mentions[mention];
    let of_known = match cast.get(figure).known {
        Some(Sense::Person(person)) => scene.gazetteer.person(person).gender,
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
fn without_article(word: &str) -> Option<&str> {
    let (article, rest) = word.split_once('-')?;
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

/// Assigns an institution's name of several words.
fn organization(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let known = told
        .senses
        .iter()
        .copied()
        .find(|s| matches!(s, Sense::Organization(_)))
        .or_else(|| longer(scene, mention));
    let country = scene.country_in(told.tokens);
    let last = words.last().copied().unwrap_or_default();
    let same = |figure: &Figure| {
        let countries = figure.country.is_none() || country.is_none() || figure.country == country;
        let related = figure.words.ends_with(words) || words.ends_with(&figure.words) && figure.words.len() > 1;
        figure.kind == Some(Kind::Organization) && countries && related && (known.is_none() || figure.known.is_none())
    };
    let figure = known.and_then(|sense| cast.by_sense(sense)).or_else(|| {
        let namesakes = cast.by_word(last ^ ORGANIZATION).iter().rev();
        namesakes
            .map(|&(figure, _)| figure)
            .find(|&figure| same(cast.get(figure)))
    });
    let figure = figure.unwrap_or_else(|| cast.add(Some(Kind::Organization)));
    cast.assign(mention, figure);
    if let Some(sense) = known {
        cast.know(figure, sense);
    }
    let longer = cast.get(figure).words.len() < words.len();
    let entry = cast.get_mut(figure);
    entry.country = entry.country.or(country);
    if longer {
        entry.words = words.to_vec();
        entry.fullest = mention as u32;
    }
    if scene.tags[told.head as usize].head() > 0 {
        cast.index(last, figure, 1);
    }
    cast.index(last ^ ORGANIZATION, figure, 0);
    if let Some(acronym) = initials(scene, mention) {
        cast.index(acronym, figure, 1);
    }
    if let Some(acronym) = in_parentheses(scene, mention) {
        cast.index(acronym, figure, 0);
    }
}

/// What the gazetteer has under a longer name that begins with the mention's: "the Organization for the Prohibition of
/// Chemical Weapons" where the mention ends early.
fn longer(scene: &Scene, mention: usize) -> Option<Sense> {
    let told = &scene.mentions[mention];
    let end = told.name.end as usize;
    if !scene.is_any(end, &["of", "for", "in", "on", "and"]) {
        return None;
    }
    let start = told.name.start as usize;
    let hits = scene.hits(Run::new(start, (end + 8).min(scene.document.tokens.len())));
    let hit = hits.into_iter().next()?;
    let whole = hit.tokens.start == 0 && hit.tokens.len() > told.name.len();
    let organization = |sense: &Sense| matches!(sense, Sense::Organization(_));
    whole.then(|| hit.senses.into_iter().find(organization)).flatten()
}

/// The key of the initials of an institution's capitals, with three letters at least.
fn initials(scene: &Scene, mention: usize) -> Option<u64> {
    let mut letters = String::new();
    for at in scene.mentions[mention].name.range() {
        if scene.token(at).is_some_and(|token| token.is_capital()) {
            letters.extend(scene.word(at).chars().next());
        }
    }
    (letters.len() > 2).then(|| folded_key(&letters))
}

/// The key of an acronym in parentheses behind a name: "(SOHR)".
fn in_parentheses(scene: &Scene, mention: usize) -> Option<u64> {
    let end = scene.mentions[mention].tokens.end as usize;
    let acronym = scene.token(end + 1)?;
    let framed = scene.is_sign(end, Sign::Open) && scene.is_sign(end + 2, Sign::Close);
    (framed && acronym.case == Case::Upper).then_some(acronym.key)
}

/// Assigns a name of one word, or one that is no person's.
fn short(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let Some(&last) = words.last() else { return };
    let bare = without_article(scene.word(told.head as usize)).map(folded_key);
    let single = words.len() == 1 || words.len() == 2 && bare.is_some();
    let namesake = match told.kind {
        _ if !single => None,
        Some(Kind::Place) if !is_rather_person(scene, mention) => None,
        Some(Kind::Group) => None,
        Some(Kind::Organization) => namesake_body(cast, last),
        _ => {
            let title = titles::posts(scene, scene.title(mention));
            let found =
                namesake(scene, cast, mention, last, &title).or_else(|| namesake(scene, cast, mention, bare?, &title));
            // "President Obama" is not Michelle Obama.
            let stranger = found.is_some_and(|figure| !title.is_empty() && !held(scene, cast.get(figure), &title));
            let other = stranger
                .then(|| known::by_surname(scene, mention, told.gender, &title, true))
                .flatten();
            if other.is_some() { None } else { found }
        }
    };
    if let Some(figure) = namesake {
        cast.assign(mention, figure);
        let gender = told.gender;
        let entry = cast.get_mut(figure);
        entry.gender = entry.gender.or(gender);
        return;
    }
    match told.kind {
        Some(Kind::Place) => known_thing(scene, cast, mention, words),
        Some(Kind::Organization) if words.len() > 1 => organization(scene, cast, mention, words),
        Some(Kind::Organization) => known_thing(scene, cast, mention, words),
        Some(Kind::Person) | None => lone_person(scene, cast, mention, words),
        _ => {}
    }
}

/// Whether the name of a place may be a person's here: no country's, and somebody speaks or has a title.
fn is_rather_person(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let country = told.senses.iter().any(|sense| match sense {
        Sense::Place(place) => {
            matches!(
                scene.gazetteer.place(*place).kind,
                PlaceKind::Country | PlaceKind::Capital
            )
        }
        Sense::Metonym(_) => true,
        _ => false,
    });
    let town = told.form == Form::Name && !country;
    town || scene.speaks[mention] && !matches!(told.senses.first(), Some(Sense::Metonym(_)))
}

/// The person that a short name means, of those whose full names have the word.
fn namesake(scene: &Scene, cast: &Cast, mention: usize, word: u64, title: &[Post]) -> Option<u32> {
    let told = &scene.mentions[mention];
    let listed = cast.by_word(word).iter().filter(|&&(figure, _)| {
        let figure = cast.get(figure);
        figure.is_person() && figure.may_be(told.gender)
    });
    let paragraph = scene.paragraph_of[mention];
    let weight = |&(figure, rank): &(u32, u8)| {
        let figure = cast.get(figure);
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
        let fits = title.is_empty() || held(scene, figure, title);
        (
            u8::MAX - rank,
            u8::from(fits),
            u8::from(seen),
            figure.count.min(6) + near,
            figure.last.wrapping_add(1),
        )
    };
    listed.max_by_key(|listed| weight(listed)).map(|&(figure, _)| figure)
}

/// Whether the article or the gazetteer ever gave a figure one of some posts.
fn held(scene: &Scene, figure: &Figure, title: &[Post]) -> bool {
    figure
        .posts
        .iter()
        .any(|own| title.iter().any(|post| post.role == own.role))
        || match figure.known {
            Some(Sense::Person(person)) => known::held(scene, person, title),
            _ => false,
        }
}

/// The institution that a short name means.
fn namesake_body(cast: &Cast, word: u64) -> Option<u32> {
    let listed = cast.by_word(word).iter().rev();
    let mut bodies = listed.filter(|&&(figure, _)| cast.get(figure).kind == Some(Kind::Organization));
    bodies.next().map(|&(figure, _)| figure)
}

/// A place, or an institution of one word: by the gazetteer's entry, else by its word.
fn known_thing(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let sense = told.senses.iter().copied().find(|sense| match told.kind {
        Some(Kind::Place) => matches!(sense, Sense::Place(_)),
        _ => matches!(sense, Sense::Organization(_)),
    });
    // "the Kremlin" is known as what it stands for alone.
    let key = words
        .iter()
        .fold(told.kind.map_or(0, |k| k as u64), |key, word| key.rotate_left(7) ^ word);
    let figure = match sense {
        Some(sense) => cast.by_sense(sense),
        None => cast.by_word(key).first().map(|&(figure, _)| figure),
    };
    let figure = figure.unwrap_or_else(|| {
        let figure = cast.add(told.kind);
        match sense {
            Some(sense) => cast.know(figure, sense),
            None => cast.index(key, figure, 3),
        }
        let country = scene.country_of(&told.senses);
        let entry = cast.get_mut(figure);
        entry.fullest = mention as u32;
        entry.words = words.to_vec();
        entry.country = country;
        figure
    });
    if told.kind == Some(Kind::Organization)
        && let Some(&word) = words.last()
    {
        cast.index(word, figure, 0);
    }
    cast.assign(mention, figure);
}

/// "the North" where the article speaks of North Korea.
fn half_country(scene: &Scene, cast: &mut Cast, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    if !scene.is_any(told.head as usize, &["north", "south"]) || told.tokens.len() != 2 {
        return None;
    }
    let half = scene.word(told.head as usize);
    let country = scene.countries.iter().copied().filter(|&country| {
        let rest = scene.gazetteer.place(country).name.strip_prefix(half);
        rest.is_some_and(|rest| rest.starts_with(' '))
    });
    let sense = Sense::Place(country.min()?);
    Some(cast.by_sense(sense).unwrap_or_else(|| {
        let figure = cast.add(Some(Kind::Place));
        cast.know(figure, sense);
        figure
    }))
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
            && fullest.is_some_and(|full| is_one_letter_off(word.as_bytes(), scene.word(full.head as usize).as_bytes()))
    });
    near.next().map(|(at, _)| at as u32)
}

/// Whether two words begin alike and differ by one letter: changed, left out or put in.
fn is_one_letter_off(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > 1 || short.is_empty() || short[0] != long[0] {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (mut rest, mut longer) = (&short[same..], &long[same + 1..]);
    if short.len() == long.len() {
        rest = &short[(same + 1).min(short.len())..];
        longer = &long[(same + 1).min(long.len())..];
    }
    same < long.len() && rest == longer
}

/// A person whose full name the article never gives.
fn lone_person(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let title = titles::posts(scene, scene.title(mention));
    let known = known::by_surname(scene, mention, told.gender, &title, false);
    let last = words.last().copied().unwrap_or_default();
    if known.is_none()
        && told.gender.is_none()
        && title.is_empty()
        && told.kind.is_none()
        && let Some(figure) = namesake_body(cast, last)
    {
        return cast.assign(mention, figure);
    }
    // "Roe v. Wade" names a case.
    if (told.tokens.start as usize)
        .checked_sub(1)
        .is_some_and(|at| scene.is_any(at, &["v.", "vs.", "v", "vs"]))
    {
        return;
    }
    if let Some(place) = half_country(scene, cast, mention) {
        return cast.assign(mention, place);
    }
    // A lone capital of a heading names nobody unless the text or the gazetteer does.
    if known.is_none() && scene.in_heading(mention) {
        return;
    }
    let misspelt = match known {
        None => misspelt(scene, cast, mention),
        Some(person) => cast.by_sense(Sense::Person(person)),
    };
    let figure = misspelt.unwrap_or_else(|| cast.add(None));
    cast.assign(mention, figure);
    if let Some(person) = known {
        cast.know(figure, Sense::Person(person));
    }
    note_person(scene, cast, mention, figure, words);
    if cast.get(figure).gender.is_none() && scene.is_any(told.tokens.start as usize, &["mr.", "mr"]) {
        cast.get_mut(figure).gender = Some(Gender::Male);
    }
    if scene.speaks[mention] {
        cast.get_mut(figure).kind = Some(Kind::Person);
    }
    cast.index(last, figure, 0);
}
