//! What each quotation mark of a paragraph can do.
//!
//! In: text, tokens, a paragraph. Out: its marks in order, apostrophes left out, each with its family, its look (what
//! touches it on either side tells whether it opens or closes) and whether the paragraph holds its partner.

use crate::span::Run;
use crate::tokens::{Case, Kind, Token, keys};

/// Marks that can close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `"` `“` `”` `„` `‟` ` `` ` `''`: one family, since texts mix them.
    Double,
    /// `«` `»` `‹` `›` `「` `」`
    Angle,
    /// `'` `‘` `’` `‚` `` ` ``
    Single,
}

/// What a mark can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Opens,
    Closes,
    /// Closes what is open, opens if nothing is.
    Either,
}

/// One mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) token: usize,
    pub(super) family: Family,
    pub(super) look: Look,
    /// `"` and `''`, which have no direction of their own.
    pub(super) straight: bool,
    /// Whether its partner stands in the same paragraph.
    pub(super) paired: bool,
    /// Nothing on its left, or only other marks of which that is true; the same on its right.
    free: (bool, bool),
}

/// What an apostrophe before a word stands for when it is no mark ("'em", "'til", "'s" after a space).
const ELISIONS: [u64; 25] = keys![
    "em", "til", "till", "tis", "twas", "cause", "cuz", "cos", "bout", "round", "n", "s", "t", "re", "ve", "ll", "d",
    "m", "nuff", "neath", "nother", "hood", "cept", "ere", "im",
];

/// A close that could as well be a plural's apostrophe is believed up to this many tokens after the opening mark.
const WEAK_REACH: usize = 8;

/// Reads the marks of a paragraph into `signs`.
pub(super) fn read(text: &str, tokens: &[Token], run: Run, signs: &mut Vec<Sign>) {
    signs.clear();
    for at in run.range() {
        if tokens[at].kind == Kind::Mark {
            signs.push(look_left(text, tokens, run, at, signs.last()));
        }
    }
    if signs.is_empty() {
        return;
    }
    for index in (0..signs.len()).rev() {
        let after = signs.get(index + 1).copied();
        let sign = &mut signs[index];
        sign.free.1 = free_on_the_right(tokens, run, sign.token, after);
        if let Some(look) = look(text, tokens, run, sign) {
            sign.look = look;
        } else {
            // Kept until here since its neighbours ask what stands beyond it.
            sign.token = usize::MAX;
        }
    }
    signs.retain(|sign| sign.token != usize::MAX);
    pair_doubles(tokens, signs);
    pair_singles(text, tokens, signs);
}

fn look_left(text: &str, tokens: &[Token], run: Run, at: usize, before: Option<&Sign>) -> Sign {
    let token = &tokens[at];
    let family = match token.span.of(text) {
        "«" | "»" | "‹" | "›" | "「" | "」" => Family::Angle,
        "'" | "‘" | "’" | "‚" | "`" | "ʼ" => Family::Single,
        _ => Family::Double,
    };
    let free = token.spaced
        || at == run.start as usize
        || match tokens[at - 1].kind {
            Kind::Open | Kind::Dash => true,
            Kind::Mark => before.is_some_and(|sign| sign.free.0),
            Kind::Symbol => matches!(tokens[at - 1].span.of(text), "/" | "•" | "*" | "=" | ">" | "|"),
            _ => false,
        };
    Sign {
        token: at,
        family,
        look: Look::Either,
        straight: is_straight(token.span.of(text)),
        paired: false,
        free: (free, false),
    }
}

/// Whether a mark has no direction of its own.
pub(super) fn is_straight(mark: &str) -> bool {
    matches!(mark, "\"" | "''")
}

fn free_on_the_right(tokens: &[Token], run: Run, at: usize, after: Option<Sign>) -> bool {
    if at + 1 >= run.end as usize {
        return true;
    }
    let next = &tokens[at + 1];
    next.spaced
        || match next.kind {
            Kind::Stop | Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Close | Kind::Dash => true,
            Kind::Mark => after.is_some_and(|sign| sign.free.1),
            _ => false,
        }
}

/// What a mark can do by its form and by what touches it; `None`: an apostrophe, an inch.
fn look(text: &str, tokens: &[Token], run: Run, sign: &Sign) -> Option<Look> {
    let at = sign.token;
    let touches = (!sign.free.0, !sign.free.1);
    let opening = touches == (false, true);
    let closing = touches == (true, false);
    let by_touch = match touches {
        (false, true) => Look::Opens,
        (true, false) => Look::Closes,
        _ => Look::Either,
    };
    let first = run.start as usize;
    match tokens[at].span.of(text) {
        "\"" | "''" => {
            let number = at > first && tokens[at - 1].kind == Kind::Number && !tokens[at].spaced;
            let feet =
                number && at >= first + 3 && is_single(text, &tokens[at - 2]) && tokens[at - 3].kind == Kind::Number;
            if feet && !tokens[at - 1].spaced && !tokens[at - 2].spaced {
                None
            } else if number {
                Some(Look::Closes)
            } else {
                Some(by_touch)
            }
        }
        "“" | "``" if closing => Some(Look::Either),
        "”" if opening => Some(Look::Either),
        "”" | "」" => Some(Look::Closes),
        "«" | "‹" if closing => Some(Look::Closes),
        "»" | "›" if opening => Some(Look::Opens),
        "»" | "›" => Some(Look::Closes),
        "'" | "‘" | "`" if opening => {
            let word = tokens
                .get(at + 1)
                .filter(|next| next.span.start == tokens[at].span.end)?;
            (!elided(text, word)).then_some(Look::Opens)
        }
        "'" | "’" | "ʼ" => closing.then_some(Look::Closes),
        "‘" | "`" => None,
        _ => Some(Look::Opens),
    }
}

fn is_single(text: &str, token: &Token) -> bool {
    matches!(token.span.of(text), "'" | "’" | "‘")
}

/// Whether a word stands for a longer one when an apostrophe comes before it ("'em", "'90s", "'08").
fn elided(text: &str, word: &Token) -> bool {
    let written = word.span.of(text);
    let year = written.strip_suffix('s').unwrap_or(written);
    ELISIONS.contains(&word.key) || year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// Double and angle marks have their partner where a reading of clear openings and closes as brackets gives them one.
fn pair_doubles(tokens: &[Token], signs: &mut [Sign]) {
    let mut open: Vec<usize> = Vec::new();
    // The last close that had nothing to close.
    let mut stray: Option<usize> = None;
    for index in 0..signs.len() {
        let sign = signs[index];
        if sign.family == Family::Single {
            continue;
        }
        let closes = match sign.look {
            Look::Opens => false,
            Look::Closes => true,
            Look::Either => open.last().is_some_and(|&top| signs[top].family == sign.family),
        };
        if !closes {
            open.push(index);
            continue;
        }
        match open.pop() {
            Some(partner) if signs[partner].family == sign.family => {
                signs[partner].paired = true;
                signs[index].paired = true;
            }
            Some(partner) => open.push(partner),
            // `He said" we go."`: two closes in a row are a pair whose first mark is badly spaced.
            None => match stray.take() {
                Some(first) if sign.straight && signs[first].straight && sign.family == Family::Double => {
                    signs[first].look = Look::Opens;
                    signs[first].paired = true;
                    signs[index].paired = true;
                }
                _ => {
                    let inch = sign.token > 0 && tokens[sign.token - 1].kind == Kind::Number;
                    stray = (sign.family == Family::Double && !inch).then_some(index);
                }
            },
        }
        if open.is_empty() && signs[index].paired {
            stray = None;
        }
    }
}

/// Single marks: an opening one has its partner in the last good close before the next opening one.
fn pair_singles(text: &str, tokens: &[Token], signs: &mut [Sign]) {
    let mut open: Option<usize> = None;
    let mut weak: Option<usize> = None;
    for index in 0..signs.len() {
        let sign = signs[index];
        if sign.family != Family::Single {
            continue;
        }
        if sign.look == Look::Opens {
            settle(signs, open, weak.take());
            open = Some(index);
            continue;
        }
        let Some(first) = open else { continue };
        let distance = sign.token - signs[first].token;
        if distance < 2 {
            continue;
        }
        let strength = strength(text, tokens, sign.token);
        match (strength, weak) {
            (Strength::Weak, None) if distance <= WEAK_REACH => weak = Some(index),
            (Strength::Weak, _) => {}
            // "the 'dirty tricks' campaign of the voters'": a far close without a comma is another plural.
            (Strength::Fair, Some(near)) if sign.token - signs[near].token > WEAK_REACH => {}
            _ => {
                settle(signs, open.take(), Some(index));
                weak = None;
            }
        }
    }
    settle(signs, open, weak);
}

fn settle(signs: &mut [Sign], open: Option<usize>, close: Option<usize>) {
    if let (Some(open), Some(close)) = (open, close) {
        signs[open].paired = true;
        signs[close].paired = true;
    }
}

/// How sure it is that a closing single mark is not the apostrophe of a plural ("the voters' choice").
enum Strength {
    Weak,
    Fair,
    Strong,
}

fn strength(text: &str, tokens: &[Token], at: usize) -> Strength {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return Strength::Weak;
    };
    if !before.is_word() {
        return Strength::Strong;
    }
    let written = before.span.of(text);
    let plural = written.ends_with(['s', 'S', 'x', 'z']) || written.ends_with("in");
    let followed = tokens
        .get(at + 1)
        .is_some_and(|next| next.is_word() && next.breaks == 0 && next.case != Case::None);
    match (plural, followed) {
        (true, true) => Strength::Weak,
        _ => Strength::Fair,
    }
}
