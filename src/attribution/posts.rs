//! Posts of social media with their signatures: "The harbour is not for sale. — Ana Orlo (@orlo) March 4, 2021".
//!
//! In: the items. Out: turns, one for each post: the words before the dash, or those of the paragraph above where the
//! signature stands by itself, as it does on pages. A signature is a name, a handle in brackets, and a day; below a
//! quotation that is all of the paragraph the name alone: "“The harbour is not for sale.” — Ana Orlo". As a page shows it
//! the name and the handle stand above the post, and the day below.

use super::items::{Item, NONE};
use super::quoted::Scene;
use super::spoken::{self, Turn};
use crate::lexicon::Class;
use crate::mentions::{Form, Kind as Named};
use crate::span::Run;
use crate::tokens::Kind;

/// Longest day below a post, in items.
const DAY: usize = 12;

/// The posts of a document, in order.
pub(super) fn find(scene: &Scene) -> Vec<Turn> {
    let mut posts = Vec::new();
    if !scene.document.text.contains(['@', '—', '–', '―']) {
        return posts;
    }
    posts.extend(shown(scene));
    let mut above: Option<Run> = None;
    for paragraph in &scene.items.paragraphs {
        let Some(whole) = scene.items.tokens_of(*paragraph) else {
            continue;
        };
        match signature(scene, *paragraph, above) {
            Some((mention, dash)) => {
                let before = Run::new(whole.start as usize, dash);
                let content = if before.is_empty() { above.take() } else { Some(before) };
                posts.extend(content.and_then(|content| words(scene, content)).map(|content| Turn {
                    label: Some(mention),
                    cue: Run::new(dash, dash + 1),
                    content: vec![content],
                    rule: "post",
                }));
                above = None;
            }
            None => above = Some(whole),
        }
    }
    posts
}

/// The posts as a page shows them: "Ana Orlo (@orlo)", the words, "4 March 2021", a line each; the handle may have its own.
fn shown(scene: &Scene) -> Vec<Turn> {
    let (document, items) = (scene.document, &scene.items.items);
    let handle = |at: usize| {
        document
            .tokens
            .get(at)
            .is_some_and(|token| token.span.of(document.text).starts_with('@'))
    };
    let post = |lines: &[Run]| {
        let [name, head, post, day] = lines else { return None };
        let head_tokens = scene.items.tokens_of(*head)?;
        let (first, last) = (head_tokens.start as usize, head_tokens.end as usize - 1);
        let alone = first == last && handle(first);
        let author = items[if alone { name } else { head }.start as usize];
        let mention = scene
            .mentions
            .get(author.mention as usize)
            .filter(|mention| mention.form == Form::Name)?;
        let end = mention.tokens.end as usize;
        let signs = match alone {
            true => scene.items.tokens_of(*name)?.end as usize == end,
            false => end + 2 == last && handle(end + 1),
        };
        let cue = if alone { first } else { end + 1 };
        let dated = scene
            .items
            .tokens_of(*day)?
            .range()
            .any(|at| scene.tags[at].class() == Class::Calendar);
        let numbers = |item: &Item| {
            matches!(
                item.class,
                b'n' | b'D' | b'd' | b'W' | b'-' | b',' | b':' | b'p' | b'.' | b'M'
            )
        };
        let short = day.len() <= DAY && items[day.range()].iter().all(numbers);
        let content = scene.items.tokens_of(*post).and_then(|content| words(scene, content))?;
        (signs && dated && short).then(|| Turn {
            label: Some(author.mention),
            cue: Run::new(cue, cue + 1),
            content: vec![content],
            rule: "post",
        })
    };
    scene.items.filled().windows(4).filter_map(post).collect()
}

/// Who signs a paragraph, or the one above it, and the dash before the name.
fn signature(scene: &Scene, paragraph: Run, above: Option<Run>) -> Option<(u32, usize)> {
    /// Most tokens behind the name of who is quoted: "(R-Ohio), on the radio".
    const TAIL: usize = 12;
    let whole = scene.items.tokens_of(paragraph)?;
    let tokens = &scene.document.tokens;
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let handle = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.span.of(scene.document.text).starts_with('@'))
    };
    let dated = |at: usize| {
        let day = |at: usize| scene.tags.get(at).is_some_and(|tag| tag.class() == Class::Calendar);
        day(at) || kind(at) == Some(Kind::Number) && day(at + 1)
    };
    let items = scene.items.items[paragraph.range()].iter().rev();
    items.filter(|item| item.mention != NONE).find_map(|item| {
        let mention = &scene.mentions[item.mention as usize];
        let (start, end) = (mention.tokens.start as usize, mention.tokens.end as usize);
        let dash = start.checked_sub(1).filter(|&at| kind(at) == Some(Kind::Dash))?;
        // A dash at the end of the paragraph above signs nothing.
        if tokens[start].breaks > 0 {
            return None;
        }
        let signed = kind(end) == Some(Kind::Open) && handle(end + 1) && kind(end + 2) == Some(Kind::Close);
        let before = Run::new(whole.start as usize, dash);
        let below = || {
            let ends = end == whole.end as usize || matches!(kind(end), Some(Kind::Open | Kind::Comma));
            let person = matches!(mention.kind, None | Some(Named::Person));
            let words = if before.is_empty() { above } else { Some(before) };
            person && ends && whole.end as usize - end <= TAIL && words.is_some_and(|words| is_quoted(scene, words))
        };
        let post = signed && dated(end + 3);
        (mention.form == Form::Name && (post || below())).then_some((item.mention, dash))
    })
}

/// Whether words are one quotation, and a sentence.
fn is_quoted(scene: &Scene, words: Run) -> bool {
    let ends = |last: u32| scene.document.tokens[last as usize - 1].kind == Kind::Stop;
    spoken::marked(scene.document, words).is_some_and(|quotation| ends(quotation.tokens.end))
}

/// The words of a post without what is left of a page's markup and without the marks that hold all of it.
fn words(scene: &Scene, post: Run) -> Option<Run> {
    let (tokens, text) = (&scene.document.tokens, scene.document.text);
    let is = |at: usize, sign: &str| &text[tokens[at].span.range()] == sign;
    let (mut start, end) = (post.start as usize, post.end as usize);
    if is(start, "<") {
        start = (start..end).find(|&at| is(at, ">"))? + 1;
    }
    let run = Run::new(start, end);
    let words = spoken::marked(scene.document, run).map_or(run, |quotation| quotation.tokens);
    Some(words).filter(|words| !words.is_empty())
}
