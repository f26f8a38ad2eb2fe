//! Counting word lists on annotated articles.
//!
//! In: annotated articles, the hand-written list. Out: cues, heads and small words with their counts, as rows for
//! `data/lexicon/` and as a [`Lexicon`] to fit with.

use crate::gold::Annotated;
use crate::lexicon::{Class, Cue, Lexicon, Tag, cue_name};
use crate::span::Span;
use crate::text::Document;
use crate::tokens::{Case, Kind, Token, fold, folded_key};
use std::collections::BTreeMap;

/// Counted lists.
#[derive(Debug, Default)]
pub struct Lists {
    /// Word, class, count, share of its places that are cues.
    pub cues: Vec<(String, Cue, u32, f64)>,
    /// Noun, count as a head of sources, share of its places, whether it stands bare.
    pub heads: Vec<(String, u32, f64, bool)>,
    /// Words usually written small.
    pub small: Vec<String>,
}

/// So many places of a word tell by themselves whether it is a cue.
const TOLD: u32 = 8;

/// Whether a word is in no closed class: a form of "be" is never a cue, however often one contains it.
fn open(words: &Lexicon, word: &str) -> bool {
    matches!(
        words.tag_of_word(word).class(),
        Class::None | Class::Past | Class::Gerund
    )
}

#[derive(Default)]
struct Count {
    outside: u32,
    cue: u32,
    after_determiner: u32,
    head: u32,
    bare: u32,
    lower: u32,
    capital: u32,
}

/// Counts the lists; examples do not count. `words` gives the closed classes; it need hold nothing else. `kin` are words
/// that are no cues by their counts, each with one that is used as it is.
pub fn count(articles: &[&Annotated], words: &Lexicon, kin: &[(String, String)]) -> Lists {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for article in articles.iter().filter(|article| !article.example) {
        let document = Document::read(&article.text);
        let tags = words.tag(&document.tokens, document.text);
        count_article(article, &document, &tags, &mut counts);
    }
    let mut lists = Lists::default();
    for (word, count) in &counts {
        if let Some((cue, rate)) = cue_class(word, count).filter(|_| open(words, word)) {
            lists.cues.push((word.clone(), cue, count.outside, rate));
        }
        let rate = f64::from(count.head) / f64::from(count.outside.max(1));
        if count.head >= 2 && rate > 0.01 || count.head == 1 && rate > 0.3 {
            let bare = count.bare * 4 >= count.head;
            lists.heads.push((word.clone(), count.head, rate.min(1.0), bare));
        }
        if count.lower >= 2 && count.lower > count.capital {
            lists.small.push(word.clone());
        }
    }
    let found = |word: &str| lists.cues.binary_search_by(|row| row.0.as_str().cmp(word));
    let seldom = |word: &str| counts.get(word).is_none_or(|count| count.outside < TOLD);
    let seldom = kin
        .iter()
        .filter(|(word, _)| found(word).is_err() && seldom(word) && open(words, word));
    let as_used = seldom.filter_map(|(word, like)| {
        let (_, cue, _, rate) = lists.cues[found(like).ok()?];
        Some((
            word.clone(),
            cue,
            counts.get(word).map_or(0, |count| count.outside),
            rate,
        ))
    });
    let as_used: Vec<_> = as_used.collect();
    lists.cues.extend(as_used);
    lists.cues.sort_by(|one, two| one.0.cmp(&two.0));
    lists
}

impl Lists {
    /// A lexicon of the hand-written list and these.
    pub fn lexicon(&self, words: &[(u64, Tag)]) -> Lexicon {
        let cues = self
            .cues
            .iter()
            .map(|(word, cue, _, rate)| (folded_key(word), Tag::of_cue(*cue, *rate)));
        let heads = self
            .heads
            .iter()
            .map(|(word, _, rate, bare)| (folded_key(word), Tag::of_head(*rate, *bare)));
        let small = self.small.iter().map(|word| (folded_key(word), Tag::small()));
        Lexicon::new(words.iter().copied().chain(cues).chain(heads).chain(small))
    }

    /// The three tables as text: `cues.tsv`, `heads.tsv`, `small.tsv`.
    pub fn tables(&self) -> [(&'static str, String); 3] {
        let mut cues = String::from("word\tclass\tcount\trate\n");
        for (word, cue, count, rate) in &self.cues {
            cues += &format!("{word}\t{}\t{count}\t{rate:.2}\n", cue_name(*cue));
        }
        let mut heads = String::from("word\tcount\trate\tbare\n");
        for (word, count, rate, bare) in &self.heads {
            heads += &format!("{word}\t{count}\t{rate:.2}\t{}\n", if *bare { "bare" } else { "" });
        }
        let mut small = String::from("word\n");
        for word in &self.small {
            small += word;
            small.push('\n');
        }
        [("cues.tsv", cues), ("heads.tsv", heads), ("small.tsv", small)]
    }
}

fn count_article(article: &Annotated, document: &Document, tags: &[Tag], counts: &mut BTreeMap<String, Count>) {
    let tokens = &document.tokens;
    let mut quoted = vec![false; tokens.len()];
    for quotation in &document.quotations {
        quoted[quotation.marked.range()].fill(true);
    }
    let mut first = vec![false; tokens.len()];
    for sentence in &document.sentences {
        first[sentence.tokens.start as usize] = true;
    }
    let cues: Vec<Span> = article.relations.iter().flat_map(|r| r.cue.iter().copied()).collect();
    let mut is_cue = vec![false; tokens.len()];
    mark(tokens, &cues, &mut is_cue);
    let word = |at: usize| fold(tokens[at].span.of(document.text));
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || token.case == Case::None {
            continue;
        }
        let count = counts.entry(word(at)).or_default();
        let opens = at > 0 && matches!(tokens[at - 1].kind, Kind::Mark | Kind::Colon);
        if !first[at] && !opens {
            match token.case {
                Case::Lower => count.lower += 1,
                _ => count.capital += 1,
            }
        }
        if !quoted[at] {
            count.outside += 1;
            count.cue += u32::from(is_cue[at]);
            let before = at.checked_sub(1).map_or(Class::None, |b| tags[b].class());
            let nominal = [Class::Determiner, Class::Possessive, Class::Preposition, Class::Of];
            count.after_determiner += u32::from(nominal.contains(&before));
        }
    }
    for relation in &article.relations {
        for source in &relation.source {
            if let Some((head, bare)) = head_of(tokens, tags, *source) {
                let count = counts.entry(word(head)).or_default();
                count.head += 1;
                count.bare += u32::from(bare);
            }
        }
    }
}

/// The last small word of a source before "of", "for", "who" or a sign; whether nothing opens the phrase.
fn head_of(tokens: &[Token], tags: &[Tag], source: Span) -> Option<(usize, bool)> {
    let first = tokens.partition_point(|t| t.span.start < source.start);
    let mut head = None;
    for at in first..tokens.len() {
        if tokens[at].span.end > source.end {
            break;
        }
        let cut = [
            Class::Of,
            Class::Preposition,
            Class::Relative,
            Class::That,
            Class::To,
            Class::Coordinator,
        ];
        if at > first && (cut.contains(&tags[at].class()) || !matches!(tokens[at].kind, Kind::Word | Kind::Clitic)) {
            break;
        }
        if tokens[at].case == Case::Lower && matches!(tags[at].class(), Class::None) {
            head = Some(at);
        }
    }
    let opened = [Class::Determiner, Class::Possessive].contains(&tags.get(first)?.class());
    // A name behind it makes the word a title, which is a head all the same.
    head.map(|head| (head, !opened))
}

fn mark(tokens: &[Token], spans: &[Span], marks: &mut [bool]) {
    for span in spans {
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        for at in first..tokens.len() {
            if tokens[at].span.start >= span.end {
                break;
            }
            marks[at] = true;
        }
    }
}

fn cue_class(word: &str, count: &Count) -> Option<(Cue, f64)> {
    if count.outside < 3 || !word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return None;
    }
    let rate = f64::from(count.cue) / f64::from(count.outside);
    let nominal = f64::from(count.after_determiner) / f64::from(count.outside) > 0.35;
    let cue = match rate {
        _ if word == "according" => Cue::According,
        r if word.ends_with("ing") => (r >= 0.35).then_some(Cue::Gerund)?,
        r if nominal => (r >= 0.25).then_some(Cue::Noun)?,
        r if r >= 0.7 => Cue::Strong,
        r if r >= 0.4 => Cue::Medium,
        r if r >= 0.12 => Cue::Weak,
        _ => return None,
    };
    Some((cue, rate))
}
