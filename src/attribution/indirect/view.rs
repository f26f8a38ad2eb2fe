//! What the models see of a document: one letter a token, and the sentences that quotations hold together.
//!
//! In: a document, its tags, the cue words. Out: a [`View`], made once a document; every feature reads it and no text.
//! An outer sentence has no break inside a quotation: “A. B,” he said. is one.

use super::cues::{Cues, Hit};
use super::edges::edges;
use crate::attribution::items::LONGEST_SENTENCE;
use crate::attribution::voice::is_be;
use crate::lexicon::{self, Class, Tag};
use crate::model::Part;
use crate::span::Run;
use crate::text::Document;
use crate::text::paragraphs::Role;
use crate::tokens::{Case, Kind, Token, keys, word_key};

/// A document as the models see it.
pub(crate) struct View<'d> {
    pub(crate) document: &'d Document<'d>,
    pub(crate) tags: &'d [Tag],
    pub(crate) cues: &'d Cues,
    /// The class of each token, a letter; [`letter_of`] lists them.
    pub(crate) letters: Vec<u8>,
    /// What the cue words know of each token.
    pub(crate) hits: Vec<Hit>,
    /// The tokens that the cue words know, in order: one in twelve.
    known: Vec<u32>,
    /// For each token, 1 + the outermost quotation it lies in (its marks do not), or 0.
    pub(crate) quote: Vec<u32>,
    /// For each place, the border before a token, whether content may start or end there: [`edges`] tells.
    pub(crate) edges: Vec<u8>,
    /// Outer sentences, in order, and for each token its own.
    pub(crate) sentences: Vec<Run>,
    pub(crate) sentence_of: Vec<u32>,
    /// For each token, the paragraph's number, and whether it is the article's own.
    pub(crate) paragraph_of: Vec<u32>,
    pub(crate) own: Vec<bool>,
    /// How many commas, conjunctions, verb-like words, strong cues and marks stand before each token.
    counts: Vec<Counts>,
}

/// What [`View::crossed`] counts.
#[derive(Clone, Copy)]
pub(crate) enum Crossed {
    Commas,
    Conjunctions,
    Verbs,
    Cues,
    Marks,
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document<'d>, tags: &'d [Tag], cues: &'d Cues) -> Self {
        let tokens = &document.tokens;
        let mut quote = vec![0; tokens.len()];
        let seen = |at: usize| {
            let (token, class) = (&tokens[at], class_of(document, tags, at));
            let open = matches!(class, Class::None | Class::Past | Class::Gerund);
            let hit = match token.kind {
                // The tags know "Per Strand": there it is no preposition.
                Kind::Word if token.is("per") && open && tags[at].class() == Class::Preposition => {
                    cues.get(word_key("according"))
                }
                Kind::Word if lexicon::is_finding(tokens, tags, at) => cues.get(word_key("ruled")),
                Kind::Word if open && token.case != Case::Upper => cues.get(token.key),
                Kind::Colon | Kind::Dash => cues.get(token.key),
                _ => Hit::default(),
            };
            (hit, letter_of(token, tags[at], class, hit))
        };
        let (hits, mut letters): (Vec<Hit>, Vec<u8>) = (0..tokens.len()).map(seen).unzip();
        for (index, quotation) in document.quotations.iter().enumerate() {
            if quotation.inside.is_none() {
                quote[quotation.tokens.range()].fill(index as u32 + 1);
                let (first, last) = (quotation.marked.start as usize, quotation.marked.end as usize - 1);
                if first < quotation.tokens.start as usize {
                    letters[first] = b'<';
                }
                if quotation.closed {
                    letters[last] = b'>';
                }
            }
        }
        let mut paragraph_of = vec![0; tokens.len()];
        let mut own = vec![false; tokens.len()];
        for (index, paragraph) in document.paragraphs.iter().enumerate() {
            paragraph_of[paragraph.tokens.range()].fill(index as u32);
            let body = !matches!(paragraph.role, Role::Boilerplate(_));
            own[paragraph.tokens.range()].fill(body);
        }
        let sentences = outer_sentences(document, &quote);
        let mut sentence_of = vec![0; tokens.len()];
        for (index, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.range()].fill(index as u32);
        }
        let counts = count(&letters, &hits);
        let words = (0..).zip(&hits).filter(|(_, hit)| hit.bucket() > 0);
        let known = words.map(|(at, _)| at).collect();
        View {
            document,
            tags,
            cues,
            edges: edges(&letters),
            letters,
            hits,
            known,
            quote,
            sentences,
            sentence_of,
            paragraph_of,
            own,
            counts,
        }
    }

    /// The class of a token; `^` outside of `within`.
    #[inline]
    pub(crate) fn letter(&self, within: Run, at: isize) -> u8 {
        match usize::try_from(at) {
            Ok(at) if within.has(at) => self.letters.get(at).copied().unwrap_or(b'^'),
            _ => b'^',
        }
    }

    /// The classes of so many tokens from `first` on; `^` outside of the document.
    #[inline]
    pub(crate) fn letters_from<const N: usize>(&self, first: isize) -> [u8; N] {
        let inside = usize::try_from(first).ok().and_then(|at| self.letters.get(at..at + N));
        match inside.and_then(|letters| letters.try_into().ok()) {
            Some(letters) => letters,
            None => self.letters_at_edge(first),
        }
    }

    #[cold]
    fn letters_at_edge<const N: usize>(&self, first: isize) -> [u8; N] {
        std::array::from_fn(|offset| {
            let at = usize::try_from(first + offset as isize).ok();
            at.and_then(|at| self.letters.get(at)).copied().unwrap_or(b'^')
        })
    }

    /// The classes of so many tokens from `first` on; `^` outside of `within`.
    #[inline]
    pub(crate) fn letters_within<const N: usize>(&self, within: Run, first: isize) -> [u8; N] {
        if first >= within.start as isize && first + N as isize <= within.end as isize {
            self.letters_from(first)
        } else {
            std::array::from_fn(|offset| self.letter(within, first + offset as isize))
        }
    }

    /// A token's word as part of a feature: `#` for a number, `^` outside of `within`.
    #[inline(always)]
    pub(crate) fn word(&self, within: Run, at: isize) -> Part<'d> {
        let inside = usize::try_from(at).ok().filter(|at| within.has(*at));
        match inside.and_then(|at| self.document.tokens.get(at)) {
            Some(token) if token.kind == Kind::Number => Part::Letter(b'#'),
            Some(token) => Part::Token(token.key, token.span, self.document.text),
            None => Part::Letter(b'^'),
        }
    }

    /// How many of a kind stand between two token borders.
    #[inline]
    pub(crate) fn crossed(&self, what: Crossed, start: usize, end: usize) -> i32 {
        let at = |index: usize| self.counts.get(index).map_or(0, |c| c[what as usize]);
        i32::from(at(end.max(start)).wrapping_sub(at(start.min(end))))
    }

    /// The outer sentence of a token.
    #[inline]
    pub(crate) fn sentence(&self, at: usize) -> Run {
        let index = self.sentence_of.get(at).copied().unwrap_or(0);
        self.sentences.get(index as usize).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn quoted(&self, at: usize) -> bool {
        self.quote.get(at).is_some_and(|&q| q > 0)
    }

    #[inline]
    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn bucket(&self, at: usize) -> u8 {
        self.hits.get(at).map_or(0, |h| h.bucket())
    }

    /// The tokens between two places that the cue words know.
    pub(crate) fn known(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let first = self.known.partition_point(|&at| (at as usize) < start);
        let behind = self.known[first..].iter().map(|&at| at as usize);
        behind.take_while(move |&at| at < end)
    }

    /// The first token of the noun phrase that ends with `head`, as far as classes tell.
    pub(crate) fn phrase_start(&self, within: Run, head: usize) -> usize {
        let mut start = head;
        while start > within.start as usize {
            let before = start - 1;
            match self.letters[before] {
                b'd' | b'H' => {
                    start = before;
                    // "the party 's leader" goes on; "the leader" ends here.
                    if self.letter(within, before as isize - 1) != b'x' {
                        break;
                    }
                }
                b'W' | b'w' | b'u' | b'y' | b'#' | b'x' | b'M' => start = before,
                // "the poll" and "a claim" are nouns; "said Clinton" is none.
                b'S' | b'C' | b'c' | b'e' | b'g' | b'G'
                    if matches!(self.letter(within, before as isize - 1), b'd' | b'H' | b'x') =>
                {
                    start = before;
                }
                _ => break,
            }
        }
        start
    }
}

/// The letter of a token's class.
///
/// `.` `~` `,` `:` `;` `-` `` ` `` `(` `)` `$` signs (`<` and `>` open and close a quotation); `#` number, `M` calendar;
/// `d` determiner, `p` preposition, `&` coordinator, `s` subordinator, `t` that, `r` relative, `T` to, `o` of, `b` by,
/// `A` as, `q` question; `B` be, `h` have, `D` do, `m` modal, `x` 's; `P` subject, `O` object, `H` possessive,
/// `I` indefinite; `l` adverb, `N` negation; `S` `C` `c` strong, medium and weak cue, `G` a cue in -ing; `u` human,
/// `y` speaking thing, `e` in -ed, `g` in -ing, `W` capital, `w` any other word.
fn letter_of(token: &Token, tag: Tag, class: Class, hit: Hit) -> u8 {
    // By the numbers of kinds and classes, blank where more is asked: a table has no branch to guess wrong.
    const SIGNS: [u8; 13] = *b" # .~,:;-`()$";
    const WORDS: [u8; 23] = *b" dp&s trTobAPOHI#lNqM  ";
    let sign = SIGNS[token.kind as usize];
    if sign != b' ' {
        return sign;
    }
    match (WORDS[class as usize], class) {
        (b' ', Class::Auxiliary) => auxiliary(token),
        (b' ', class) => open_class(token, tag, class, hit),
        (letter, _) => letter,
    }
}

/// The class of a token; "per the bylaws", "per Reuters" is a source's as "according to" is, "per head" a measure.
fn class_of(document: &Document, tags: &[Tag], at: usize) -> Class {
    let class = tags[at].class();
    if class != Class::Preposition || !document.tokens[at].is("per") {
        return class;
    }
    let sourced = |next: &Token| next.is_capital() || next.is("the") || tags[at + 1].class() == Class::Possessive;
    let next = document.tokens.get(at + 1).filter(|next| next.kind == Kind::Word);
    if next.is_some_and(sourced) { Class::None } else { class }
}

/// The letter of a word of no closed class.
fn open_class(token: &Token, tag: Tag, class: Class, hit: Hit) -> u8 {
    let small = token.case == Case::Lower;
    match (hit.bucket(), class, small) {
        (2.., Class::Gerund, true) => b'G',
        (5.., _, true) => b'S',
        (4, _, true) => b'C',
        (_, Class::Past, true) => b'e',
        (_, Class::Gerund, true) => b'g',
        (_, _, true) if tag.is_human() || tag.head() > 0 => b'u',
        (_, _, true) if tag.is_thing() => b'y',
        (2 | 3, _, true) => b'c',
        (_, _, true) => b'w',
        _ if tag.is_small() => b'w',
        _ => b'W',
    }
}

fn auxiliary(token: &Token) -> u8 {
    const HAVE: [u64; 5] = keys!["have", "has", "had", "'ve", "having",];
    const DO: [u64; 3] = keys!["do", "does", "did"];
    match token.key {
        _ if is_be(token) => b'B',
        key if HAVE.contains(&key) => b'h',
        key if DO.contains(&key) => b'D',
        key if key == word_key("'s") => b'x',
        _ => b'm',
    }
}

/// Sentences without the breaks that lie inside a quotation; a dateline is one by itself.
fn outer_sentences(document: &Document, quote: &[u32]) -> Vec<Run> {
    let mut outer: Vec<Run> = Vec::with_capacity(document.sentences.len());
    let behind = document.behind_dateline();
    for sentence in &document.sentences {
        let mut tokens = sentence.tokens;
        let start = tokens.start as usize;
        if let Some(behind) = behind.filter(|&behind| behind > start && tokens.has(behind)) {
            outer.push(Run::new(start, behind));
            tokens.start = behind as u32;
        }
        let inside = start > 0 && quote[start] > 0 && quote[start] == quote[start - 1];
        match outer.last_mut() {
            Some(last) if inside && last.len() < LONGEST_SENTENCE => last.end = tokens.end,
            _ => outer.push(tokens),
        }
        // What is left over of a text without stops is cut up.
        while let Some(last) = outer.last_mut().filter(|last| last.len() > 2 * LONGEST_SENTENCE) {
            let end = last.end as usize;
            last.end = last.start + LONGEST_SENTENCE as u32;
            let rest = Run::new(last.end as usize, end);
            outer.push(rest);
        }
    }
    outer
}

/// So many of each kind in [`Crossed`]; eight, since so many are added up at once.
type Counts = [u16; 8];

/// What a token with a letter adds to the counts; in the second half, one that is a strong cue.
const COUNTED: [Counts; 256] = {
    let mut counted = [[0; 8]; 256];
    let mut letter = 0;
    while letter < 256 {
        let counts = &mut counted[letter];
        match letter as u8 & 127 {
            b',' => counts[Crossed::Commas as usize] = 1,
            b'&' | b's' | b'r' => counts[Crossed::Conjunctions as usize] = 1,
            b'B' | b'h' | b'D' | b'm' | b'S' | b'C' | b'G' | b'e' => counts[Crossed::Verbs as usize] = 1,
            b'<' | b'>' => counts[Crossed::Marks as usize] = 1,
            _ => {}
        }
        if letter >= 128 && letter as u8 & 127 != b':' {
            counts[Crossed::Cues as usize] = 1;
        }
        letter += 1;
    }
    counted
};

/// How many of each kind stand before each token, and before the end.
fn count(letters: &[u8], hits: &[Hit]) -> Vec<Counts> {
    let mut counts = Vec::with_capacity(letters.len() + 1);
    let mut now = Counts::default();
    counts.push(now);
    counts.extend(letters.iter().zip(hits).map(|(letter, hit)| {
        let strong = u8::from(hit.bucket() >= 5) << 7;
        let counted = &COUNTED[usize::from(letter & 127 | strong)];
        for (now, one) in now.iter_mut().zip(counted) {
            *now = now.wrapping_add(*one);
        }
        now
    }));
    counts
}
