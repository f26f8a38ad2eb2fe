//! What the gazetteer knows under a person's name.
//!
//! In: the senses of a full name, or a surname with its title. Out: the one person who is meant on the article's date,
//! or nobody where two are as likely or none is well known.

use super::cast::Post;
use super::scene::Scene;
use crate::gazetteer::{Gender, Sense};
use crate::lexicon::Class;
use crate::tokens::keys;

/// Bearers of a surname that are looked at; the best known come first.
const BEARERS: usize = 48;

/// A surname alone stands for nobody less prominent. In office on the date gives 100 to 400, lately 40 to 280.
const PROMINENT: u32 = 190;

/// More is asked of a surname that is a given name or an ordinary word as well ("Christian", "May").
const AMBIGUOUS: u32 = 300;

/// A surname that is a given name as well and has so many bearers ("Ali") means none of them by itself.
const EVERYBODYS: usize = 16;

/// By how much the likeliest must lead.
const MARGIN: u32 = 50;

/// Titles of members of other parliaments than Congress.
const PARLIAMENTS: [u64; 3] = keys!["mp", "mep", "lord"];

/// Titles of members of Congress.
const CONGRESS: [u64; 7] = keys![
    "senator",
    "sen.",
    "sen",
    "rep.",
    "representative",
    "congressman",
    "congresswoman",
];

/// Titles of those who do a work that is no politician's.
const CALLINGS: [u64; 18] = keys![
    "capt.",
    "captain",
    "coach",
    "constable",
    "corporal",
    "cpl.",
    "detective",
    "inspector",
    "judge",
    "justice",
    "nurse",
    "officer",
    "pastor",
    "principal",
    "rev.",
    "sergeant",
    "sgt.",
    "trooper",
];

/// What it adds that the article names the person's country.
const AT_HOME: u32 = 60;

/// What it takes away that the article does not name it, save for those of whom news speaks without their country.
const AWAY: u32 = 150;

/// Countries whose politicians news names without them.
const EVERYWHERE: [&str; 6] = ["CN", "DE", "FR", "GB", "RU", "US"];

/// The person meant by a full name: of several the most prominent.
pub(super) fn person_of(scene: &Scene, senses: &[Sense], gender: Option<Gender>) -> Option<u32> {
    let fits = |person: &u32| {
        let known = scene.gazetteer.gender(*person);
        gender.is_none() || known.is_none() || known == gender
    };
    let mut people = senses.iter().filter_map(|sense| match sense {
        Sense::Person(person) => Some(*person),
        _ => None,
    });
    let first = people.next()?;
    // Another country's member of parliament is a namesake where the article does not name that country.
    let fits = |person: &u32| fits(person) && !is_namesake_abroad(scene, *person);
    if senses.len() == 1 {
        return fits(&first).then_some(first);
    }
    let all = std::iter::once(first).chain(people).filter(fits);
    all.take(BEARERS)
        .map(|person| {
            (
                scene.gazetteer.prominence(person, scene.date),
                std::cmp::Reverse(person),
            )
        })
        .max()
        .map(|(_, std::cmp::Reverse(person))| person)
}

fn is_namesake_abroad(scene: &Scene, person: u32) -> bool {
    let gazetteer = scene.gazetteer;
    let minor = || {
        let mut career = gazetteer.career(person).peekable();
        career.peek().is_some() && career.all(|tenure| gazetteer.role_of(tenure.office) == Some("legislator"))
    };
    let abroad = gazetteer.home(person).is_some_and(|code| code != "US");
    abroad && !is_at_home(scene, person) && minor()
}

fn is_known_everywhere(scene: &Scene, person: u32) -> bool {
    let home = scene.gazetteer.home(person);
    home.is_some_and(|code| EVERYWHERE.contains(&code))
}

/// Whether the article names the person's country.
fn is_at_home(scene: &Scene, person: u32) -> bool {
    let home = scene.gazetteer.home(person);
    let country = home.and_then(|code| scene.gazetteer.country_place(code));
    country.is_some_and(|country| scene.countries.contains(&country))
}

/// The one person known by title and name together: "Mullah Omar".
pub(super) fn by_whole(scene: &Scene, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    if told.tokens.start == told.name.start {
        return None;
    }
    let hits = scene.hits(told.tokens);
    let hit = hits.iter().find(|hit| hit.tokens.end as usize == told.tokens.len())?;
    match hit.senses[..] {
        [Sense::Person(person)] if (hit.tokens.start + told.tokens.start) < told.name.start => Some(person),
        _ => None,
    }
}

/// Whether somebody ever held one of some posts.
pub(super) fn held(scene: &Scene, person: u32, posts: &[Post]) -> bool {
    scene.gazetteer.career(person).any(|tenure| {
        posts
            .iter()
            .any(|post| scene.gazetteer.goes_by(tenure.office, post.role))
    })
}

/// Whether somebody never had the title that stands before a name: "Judge Lopez" is nobody who governs, nor is "Rep. Noble"
/// who was never in Congress.
pub(super) fn is_another(scene: &Scene, mention: usize, person: u32) -> bool {
    let title = scene.title(mention);
    let Some(last) = title.range().next_back() else {
        return false;
    };
    let mut career = scene.gazetteer.career(person);
    if scene.mentions[mention].name.len() == 1 && scene.is_any(last, &CALLINGS) {
        let word = scene.word(last).trim_end_matches('.').to_lowercase();
        return !career.any(|tenure| {
            let label = scene.gazetteer.office(tenure.office).label.to_lowercase();
            label.contains(&word) || label.contains("court")
        });
    }
    scene.is_any(last, &CONGRESS)
        && scene.gazetteer.home(person) == Some("US")
        && !career.any(|tenure| scene.gazetteer.role_of(tenure.office) == Some("legislator"))
}

/// The person meant by a surname alone; with `titled`, only one who held a post that the title names.
pub(super) fn by_surname(
    scene: &Scene,
    mention: usize,
    gender: Option<Gender>,
    title: &[Post],
    titled: bool,
) -> Option<u32> {
    let name = scene.mentions[mention].name;
    let (run, people) = scene
        .gazetteer
        .surname_at(scene.document.text, &scene.document.tokens, name.start as usize)?;
    if run.end < name.end {
        return None;
    }
    let fits = |person: &&u32| {
        let known = scene.gazetteer.gender(**person);
        gender.is_none() || known.is_none() || known == gender
    };
    let sits = |at: usize| scene.is_any(at, &CONGRESS) || scene.is_any(at, &PARLIAMENTS);
    let legislator = scene.title(mention).range().any(sits);
    let first = scene.token(name.start as usize)?.key;
    let ambiguous = run.len() == 1 && (scene.gazetteer.is_given_name(first) || scene.gazetteer.is_ordinary_word(first));
    let after = scene.class((name.start as usize).checked_sub(1).unwrap_or(usize::MAX));
    let common = after == Class::Determiner && name.start == scene.mentions[mention].tokens.start + 1;
    let everybodys = ambiguous && scene.gazetteer.is_given_name(first) && people.len() >= EVERYBODYS;
    let bare = scene.mentions[mention].tokens.start == name.start;
    let (mut best, mut second) = ((0, None), 0);
    let another = |person: &&u32| is_another(scene, mention, **person);
    for &person in people
        .iter()
        .filter(fits)
        .take(BEARERS)
        .filter(|person| !another(person))
    {
        let mut prominence = scene.gazetteer.prominence(person, scene.date);
        if !title.is_empty() && held(scene, person, title) {
            prominence += 100;
        } else if titled {
            continue;
        }
        if is_at_home(scene, person) {
            prominence += AT_HOME;
        } else if everybodys && title.is_empty() {
            continue;
        } else if bare && !is_known_everywhere(scene, person) {
            prominence = prominence.saturating_sub(AWAY);
        }
        if legislator
            && scene
                .gazetteer
                .career(person)
                .any(|tenure| scene.gazetteer.role_of(tenure.office) == Some("legislator"))
        {
            prominence += 100;
        }
        if prominence > best.0 {
            second = best.0;
            best = (prominence, Some(person));
        } else {
            second = second.max(prominence);
        }
    }
    let least = if ambiguous || common { AMBIGUOUS } else { PROMINENT };
    (best.0 >= least && best.0 >= second + MARGIN).then_some(best.1)?
}
