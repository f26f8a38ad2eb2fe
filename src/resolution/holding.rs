//! Who has a post, who had it.
//!
//! In: a figure with the posts that the article gives it, posts that a phrase asks for ("the former president", "the
//! Israeli leader"). Out: whether the figure has one of them, now or at some time, by the article or by the gazetteer on
//! the article's date.

use super::cast::{Figure, Post};
use super::likeness;
use super::pronouns::Walk;
use super::scene::Scene;
use crate::gazetteer::Sense;
use crate::span::Run;
use crate::tokens::keys;
use jiff::civil::Date;

/// When somebody has a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// On the article's date.
    Now,
    /// Before, and no more.
    Past,
    /// Now or before.
    Ever,
}

/// Offices of the gazetteer that somebody has at once.
const OFFICES: usize = 4;

/// Whether a phrase means who has a post or who had it: "the former president", "the baker and former | president".
pub(super) fn term(scene: &Scene, phrase: Run) -> Term {
    let lapsed = &keys![
        "former",
        "ex-president",
        "then",
        "late",
        "next",
        "future",
        "incoming",
        "elect",
    ];
    let start = phrase.start as usize;
    match (start.saturating_sub(1)..phrase.end as usize).any(|at| scene.is_any(at, lapsed)) {
        true => Term::Past,
        false => Term::Now,
    }
}

/// Whether a figure has one of some posts, by the article or by the gazetteer.
pub(super) fn holds(scene: &Scene, figure: &Figure, posts: &[Post], country: Option<u32>, term: Term) -> bool {
    // "The German chancellor" is not the Italian who presides over a bank.
    let home = likeness::home(scene, figure);
    let titled = figure.posts.iter().any(|own| {
        let same_country = match (own.country.or(home), country) {
            (Some(own), Some(asked)) => own == asked,
            _ => true,
        };
        // "the leader" may be a party's.
        let general = |post: &Post| (country.is_some() || post.role != "leader") && is_kind_of(own.role, post.role);
        let same = |post: &Post| post.role == own.role || general(post);
        let when = term == Term::Ever || own.past == (term == Term::Past);
        when && same_country && posts.iter().any(same)
    });
    if titled {
        return true;
    }
    let (Some(Sense::Person(person)), Some(date)) = (figure.known, scene.date) else {
        return false;
    };
    let fits = |office: u32| {
        let role = posts.iter().any(|post| scene.gazetteer.goes_by(office, post.role));
        let own = || {
            let code = scene.gazetteer.country_of_office(office)?;
            scene.gazetteer.country_place(code)
        };
        role && (country.is_none() || own() == country)
    };
    let now = || {
        let offices = scene.gazetteer.offices_on(person, date);
        offices.iter().any(|&(office, _)| fits(office))
    };
    let ever = || {
        let begun = |first: Option<Date>| first.is_none_or(|first| first <= date);
        (scene.gazetteer.career(person)).any(|tenure| begun(tenure.first_day()) && fits(tenure.office))
    };
    match term {
        Term::Now => now(),
        Term::Past => ever() && !now(),
        Term::Ever => ever(),
    }
}

/// Whether a post of a country makes its holder what another one says in general: a president is "the Israeli leader", a
/// king a head of state.
fn is_kind_of(own: &str, asked: &str) -> bool {
    let kinds: &[&str] = match asked {
        "leader" => &[
            "president",
            "prime-minister",
            "monarch",
            "supreme-leader",
            "head-of-state",
            "head-of-government",
        ],
        "head-of-state" => &["president", "monarch", "supreme-leader"],
        "head-of-government" => &["prime-minister"],
        _ => &[],
    };
    kinds.contains(&own)
}

/// The posts of a figure, by the article and, on its date, by the gazetteer.
pub(super) fn posts_of<'s>(walk: &Walk<'_, 's, '_>, figure: &Figure<'s>) -> Vec<Post<'s>> {
    let scene = walk.scene;
    let mut posts = figure.posts.clone();
    if let (Some(Sense::Person(person)), Some(date)) = (figure.known, scene.date) {
        for (office, _) in scene.gazetteer.offices_on(person, date).into_iter().take(OFFICES) {
            if let Some(role) = scene.gazetteer.role_of(office) {
                posts.push(Post::of(role, None));
            }
        }
    }
    posts
}
