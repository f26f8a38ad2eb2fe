//! Words set off below their cue without marks: "Marsh wrote on her blog:" and the paragraph after it.
//!
//! In: what each mention does in its sentence. Out: turns, one for each such block. The cue must have nothing else to say:
//! between it and the colon at its paragraph's end stand only when, where and to whom. The block must read like the
//! source's words, not like the article's about the source.

use super::items::{Item, NONE};
use super::opening::is_first_person;
use super::quoted::Scene;
use super::spoken::{self, Turn};
use crate::mentions::{Form, Kind as Named};
use crate::span::Run;
use crate::tokens::{Case, Kind, keys};

/// Farthest cue before the colon, in items.
const REACH: usize = 16;
/// Fewest words of a block: fewer are a heading.
const FEWEST: usize = 4;

/// The blocks of a document, in order.
pub(super) fn find(scene: &Scene) -> Vec<Turn> {
    (1..scene.items.paragraphs.len())
        .filter_map(|below| block(scene, below))
        .collect()
}

/// The block that begins with a paragraph; those after it belong to it where they stand closer to it than it to its cue.
fn block(scene: &Scene, below: usize) -> Option<Turn> {
    let (items, tokens) = (&scene.items, &scene.document.tokens);
    let (source, cue) = announced(scene, items.paragraphs[below - 1])?;
    let start = items.tokens_of(items.paragraphs[below])?.start as usize;
    let mut content: Vec<Run> = Vec::new();
    for paragraph in &items.paragraphs[below..] {
        let Some(run) = items.tokens_of(*paragraph) else {
            break;
        };
        let close = content.is_empty() || tokens[run.start as usize].breaks < tokens[start].breaks;
        if !close || !reads_like_speech(scene, *paragraph, source) {
            break;
        }
        content.push(run);
    }
    let end = content.last()?.end as usize;
    let mut words = tokens[start..end].iter().filter(|token| token.is_word());
    let heading = words.clone().count() < FEWEST || words.all(|word| word.case != Case::Lower);
    (!heading).then(|| Turn {
        label: Some(source),
        cue: items.items[cue].tokens,
        content,
        rule: "block",
    })
}

/// The source and the cue of a paragraph that ends with "…, Marsh wrote on her blog:", or is "According to Marsh:" or "From
/// the Post’s Ana Orlo:".
fn announced(scene: &Scene, paragraph: Run) -> Option<(u32, usize)> {
    let items = &scene.items.items;
    let colon = paragraph.range().next_back()?;
    if items[colon].class != b':' {
        return None;
    }
    let (first, last) = (paragraph.start as usize, colon.saturating_sub(1));
    let author = scene.mentions.get(items[last].mention as usize);
    let person = author.is_some_and(|author| author.form == Form::Name && author.kind == Some(Named::Person));
    let from = scene.word(&items[first]).is("from") && colon - first <= REACH;
    if from && person && items[first..last].iter().all(|item| b"pdwWMs".contains(&item.class)) {
        return Some((items[last].mention, first));
    }
    let near = colon
        .saturating_sub(REACH)
        .max(scene.items.sentence_of(colon).start as usize);
    let named = |item: &Item| Some(item.mention).filter(|&mention| mention != NONE);
    let own = |mention: u32| is_first_person(scene.document.tokens[scene.mentions[mention as usize].head as usize].key);
    (near..colon).rev().find_map(|at| {
        let mention = named(&items[at]).filter(|&mention| !own(mention))?;
        let grammar = scene.grammar[mention as usize].as_ref()?;
        if grammar.according {
            let cue = (near..at).rev().find(|&cue| items[cue].class == b'A')?;
            return is_quiet(&items[at + 1..colon], false).then_some((mention, cue));
        }
        let verb = grammar
            .verb_item
            .filter(|&verb| matches!(grammar.verb, b'S' | b'C' | b'G') && verb < colon)?;
        // "Ordell sent out a statement, saying:" is Ordell's.
        let subject =
            |item: &Item| named(item).filter(|&other| scene.grammar[other as usize].is_some_and(|g| g.subject));
        let first = items[near..at]
            .iter()
            .find_map(subject)
            .filter(|_| grammar.verb == b'G');
        let tells = TELLING.contains(&scene.word(&items[verb]).key);
        is_quiet(&items[verb + 1..colon], tells).then_some((first.unwrap_or(mention), verb))
    })
}

/// Verbs whose object is whom something is said to.
const TELLING: [u64; 10] = keys![
    "advised", "asked", "assured", "informed", "reminded", "tell", "tells", "told", "warned", "warns",
];

/// Whether nothing is said there: "to reporters on Monday", "in a statement, in part".
fn is_quiet(items: &[Item], tells: bool) -> bool {
    let mut object = tells;
    items.iter().all(|item| {
        object |= matches!(item.class, b'p' | b'T' | b'O');
        match item.class {
            b'p' | b'T' | b'O' | b'L' | b'n' | b'W' | b'D' | b',' | b't' => true,
            b'M' | b'd' | b'w' | b'q' | b'i' | b's' => object,
            _ => false,
        }
    })
}

/// Whether a paragraph below a cue may be what its source says.
fn reads_like_speech(scene: &Scene, paragraph: Run, source: u32) -> bool {
    let items = &scene.items.items[paragraph.range()];
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return false;
    };
    let word = scene.word(first);
    let begins = first.quotation == NONE && matches!(word.kind, Kind::Word | Kind::Ellipsis);
    let pronoun = scene.mentions[source as usize].form == Form::Pronoun;
    begins
        && last.class != b':'
        && spoken::goes_on(
            scene.document,
            scene.mentions,
            scene.items,
            paragraph,
            Some(source).filter(|_| !pronoun),
        )
}
