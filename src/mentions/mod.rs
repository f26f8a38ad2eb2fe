//! Spans that name or refer to somebody.
//!
//! In: a [`Document`], its tags and the gazetteer. Out: mentions in order of their first token: names, offices, pronouns,
//! noun phrases. Mentions never overlap. No parser: a name is a chain of capitals, a noun phrase a run of plain words that
//! ends in a noun which is known to speak or begins with a determiner.

pub(crate) mod built;
mod capitals;
mod groups;
mod kinds;
mod names;
mod nicknames;
mod parts;
mod posts;
mod titles;

pub use crate::gazetteer::Gender;
use crate::gazetteer::{Gazetteer, Hit, Sense, Senses};
use crate::lexicon::{Class, Cue, Tag};
use crate::span::{Run, Span};
use crate::text::Document;
use crate::text::paragraphs::Role;
use crate::tokens::{self, Case, keys};
use groups::Group;
use names::Names;

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// "Rex Tillerson", "Secretary of State Rex Tillerson", "the State Department"
    Name,
    /// "the Secretary of State", "the French foreign minister"
    Office,
    /// "he", "they", "who"
    Pronoun,
    /// "the spokesman", "US officials", "a mother of three"
    Nominal,
    /// "Moscow", "the Kremlin" where a place may stand for those who govern from it
    Metonym,
    /// "the Russian", "Americans"
    Demonym,
}

/// What a mention seems to refer to, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One human being.
    Person,
    /// A country, region, city or seat.
    Place,
    /// An institution, party, company, medium.
    Organization,
    /// An office whose holder is not named.
    Office,
    /// Several people, or one who stays anonymous.
    Group,
    /// A document or another thing that can say ("the report").
    Thing,
}

/// A span that names or refers to somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// All its tokens ("Secretary of State Rex Tillerson").
    pub tokens: Run,
    /// All its bytes.
    pub span: Span,
    /// The tokens of the bare name ("Rex Tillerson"); without a name, those of the noun phrase after its determiner.
    pub name: Run,
    /// Its head: the last word of the name, the noun, the pronoun.
    pub head: u32,
    /// How it refers.
    pub form: Form,
    /// What it seems to refer to; `None` where the form does not tell ("Clinton" before anything is known of her).
    pub kind: Option<Kind>,
    /// Known from a title ("Mrs."), a given name, a noun ("spokeswoman") or a pronoun.
    pub gender: Option<Gender>,
    /// Whether it is plural ("they", "officials").
    pub plural: bool,
    /// Whether its head is a noun that is not known to speak ("the tycoon").
    pub unknown_head: bool,
    /// The outermost quotation it lies in.
    pub quotation: Option<u32>,
    /// What the gazetteer knows under this name; empty for others.
    pub senses: Senses,
}

/// Finds the mentions of a document in which the gazetteer found these hits.
pub fn find(document: &Document, tags: &[Tag], gazetteer: &Gazetteer, hits: &[Hit]) -> Vec<Mention> {
    let names = Names::new(document, tags, gazetteer, hits);
    let mut mentions = Vec::with_capacity(document.tokens.len() / 4);
    let mut outermost = document.quotations.iter().zip(0..).filter(|(q, _)| q.inside.is_none());
    let mut quotation = outermost.next();
    for paragraph in &document.paragraphs {
        if matches!(paragraph.role, Role::Boilerplate(_)) {
            continue;
        }
        let end = paragraph.tokens.end as usize;
        let mut at = paragraph.tokens.start as usize;
        while at < end {
            let part = names.part(at);
            if !part.begins() {
                at += 1;
                continue;
            }
            let group = part.refers().then(|| pronoun(document, tags, at, end)).flatten();
            match group.map_or_else(|| groups::at(document, tags, &names, at, end), Ok) {
                Ok(group) => {
                    at = (group.tokens.end as usize).max(at + 1);
                    while quotation.is_some_and(|(q, _)| q.marked.end <= group.tokens.start) {
                        quotation = outermost.next();
                    }
                    let within = quotation.filter(|(q, _)| q.marked.start <= group.tokens.start);
                    mentions.push(mention(document, tags, &names, within.map(|(_, i)| i), group));
                }
                Err(next) => at = next,
            }
        }
    }
    mentions
}

/// What somebody's words are called: "in her words", "his answer".
pub(crate) const WORDS: [u64; 15] = keys![
    "account",
    "answer",
    "comeback",
    "estimation",
    "formulation",
    "parlance",
    "phrase",
    "phrasing",
    "rejoinder",
    "reply",
    "response",
    "retort",
    "telling",
    "verdict",
    "words",
];

/// A pronoun, or "that" before a cue.
fn pronoun(document: &Document, tags: &[Tag], at: usize, end: usize) -> Option<Group> {
    let tag = tags[at];
    let token = &document.tokens[at];
    let pointed = match tag.class() {
        Class::Determiner => counted(document, tags, at, end),
        Class::That => pointed_at(document, tags, at, end),
        _ => None,
    };
    if pointed.is_some() {
        return pointed;
    }
    let next = (at + 1 < end).then(|| tags[at + 1]);
    let next_noun = || {
        next.is_some_and(|t| t.class() == Class::None && t.cue() < Cue::Medium)
            && document.tokens.get(at + 1).is_some_and(|t| t.is_word())
    };
    let is = match tag.class() {
        Class::Subject | Class::Object => true,
        Class::Relative => !token.is("whom") && !token.is("whose"),
        // "her" may stand for "she"; before a noun it opens a noun phrase.
        Class::Possessive if token.is("her") && !next_noun() => true,
        // "in his words": whose they are says them.
        Class::Possessive => document
            .tokens
            .get(at + 1)
            .is_some_and(|next| WORDS.contains(&next.key)),
        Class::That => {
            let auxiliary = next.is_some_and(|t| t.class() == Class::Auxiliary);
            let verb = if auxiliary { tags.get(at + 2).copied() } else { next };
            verb.is_some_and(|t| matches!(t.cue(), Cue::Strong | Cue::Medium))
        }
        Class::Indefinite | Class::Determiner if token.is("another") || tag.class() == Class::Indefinite => {
            let verb = next.is_some_and(|t| {
                t.class() == Class::Auxiliary || !t.is_human() && matches!(t.cue(), Cue::Strong | Cue::Medium)
            });
            let of = next.is_some_and(|t| matches!(t.class(), Class::Of | Class::Preposition | Class::Relative));
            let sign = document.tokens.get(at + 1).map(|next| next.kind);
            let comma = sign == Some(tokens::Kind::Comma);
            // "Another: “…”", "in the words of another, “…”"
            let apart = token.is("another")
                && (sign == Some(tokens::Kind::Colon) || comma && at > 0 && tags[at - 1].class() == Class::Of);
            // "The other, who was not authorized to speak, said …"
            let told = token.is("other") && comma && tags.get(at + 2).is_some_and(|tag| tag.class() == Class::Relative);
            // "“…,” said one, who asked not to be named."
            let said = at > 0 && tags[at - 1].cue() == Cue::Strong && tags[at - 1].class() == Class::None;
            verb || of || told || apart || said && document.tokens.get(at + 1).is_none_or(|token| !token.is_word())
        }
        _ => false,
    };
    is.then(|| Group::of_words(at, at, Form::Pronoun))
}

/// "A second said it was worse", "the third: “…”": one more of those who were spoken of.
fn counted(document: &Document, tags: &[Tag], at: usize, end: usize) -> Option<Group> {
    const ORDINALS: [u64; 6] = keys!["second", "third", "fourth", "fifth", "sixth", "seventh"];
    let tokens = &document.tokens;
    let head = at + 1;
    let verb = (head + 1 < end).then_some(head + 1)?;
    // "A third say": so many of all.
    let says = tags[verb].cue() == Cue::Strong && !tokens[verb].is("say");
    let speaks = says || tokens[verb].kind == tokens::Kind::Colon;
    let opens = tokens[at].is("a") || tokens[at].is("the");
    (opens && speaks && ORDINALS.contains(&tokens[head].key)).then(|| Group::of_words(at, head, Form::Pronoun))
}

/// "That doctor said it was worse", "“…,” said that doctor": one human being, and no clause.
fn pointed_at(document: &Document, tags: &[Tag], at: usize, end: usize) -> Option<Group> {
    let (tokens, head) = (&document.tokens, at + 1);
    let says = |at: usize| at < end && tags[at].cue() == Cue::Strong && tags[at].class() != Class::Gerund;
    let ends = head + 1 >= end || !tokens[head + 1].is_word();
    let opens = at == 0 || tokens[at].breaks > 0 || !tokens[at - 1].is_word();
    let speaks = opens && says(head + 1) || ends && at > 0 && says(at - 1);
    let one = head < end && tags[head].is_human() && !tags[head].is_plural() && tokens[head].case == Case::Lower;
    (one && speaks).then(|| Group::of_words(at, head, Form::Nominal))
}

/// A group with what its words tell of the one it refers to.
fn mention(document: &Document, tags: &[Tag], names: &Names, quotation: Option<u32>, group: Group) -> Mention {
    let head = group.head as usize;
    let head_tag = tags[head];
    let senses = if group.form == Form::Pronoun {
        Senses::new()
    } else {
        names.senses(group.name)
    };
    let mut gender = gender_of(head_tag);
    let mut plural = head_tag.is_plural();
    // What is known under its name is no office, save as one, nor is what nobody is called ("the week").
    let named = group.form == Form::Name && senses.first().is_some_and(|sense| !matches!(sense, Sense::Office(_)));
    let office = group.form != Form::Pronoun && !named && !group.unknown_head && names.is_office(&group);
    let post =
        group.form == Form::Name && senses.is_empty() && !office && posts::is_post(document, tags, names, &group);
    let kind = match group.form {
        _ if office => Some(Kind::Office),
        _ if post && head_tag.is_plural() => Some(Kind::Group),
        // "one Republican"
        _ if post && head_tag.is_civic() => Some(Kind::Person),
        _ if post => Some(Kind::Office),
        Form::Pronoun => pronoun_kind(tags[head], gender, plural),
        Form::Name => {
            plural = false;
            gender = names.gender(&group, &senses);
            names.kind(&group, &senses)
        }
        _ if head_tag.is_human() && plural => Some(Kind::Group),
        _ if head_tag.is_human() || gender.is_some() && !plural => Some(Kind::Person),
        _ if !plural && document.tokens[head].is("head") => Some(Kind::Person),
        _ if head_tag.is_thing() => Some(Kind::Thing),
        _ if head_tag.head() > 0 && is_label(document, group.tokens) => Some(Kind::Group),
        _ if (head_tag.head() > 0 || head_tag.is_body()) && !group.unknown_head => Some(Kind::Organization),
        _ => None,
    };
    let form = match (group.form, senses.first()) {
        _ if post && head_tag.is_civic() => Form::Nominal,
        _ if office || post && !head_tag.is_plural() => Form::Office,
        (Form::Name, Some(Sense::Demonym(_))) if group.tokens.len() <= 2 => Form::Demonym,
        (form, _) => form,
    };
    Mention {
        tokens: group.tokens,
        span: document.span(group.tokens),
        name: group.name,
        head: group.head,
        form,
        kind,
        gender,
        plural,
        unknown_head: group.unknown_head,
        quotation,
        senses,
    }
}

/// "QUESTION:", "CROWD:", "QUESTION (through an interpreter):": people whom a transcript does not name.
fn is_label(document: &Document, run: Run) -> bool {
    let (first, next) = (run.start as usize, document.tokens.get(run.end as usize));
    let token = &document.tokens[first];
    let begins = run.len() == 1 && token.case == Case::Upper && (first == 0 || token.breaks > 0);
    begins && next.is_some_and(|next| matches!(next.kind, tokens::Kind::Colon | tokens::Kind::Open))
}

fn pronoun_kind(tag: Tag, gender: Option<Gender>, plural: bool) -> Option<Kind> {
    match (gender, plural, tag.class()) {
        (Some(_), ..) => Some(Kind::Person),
        (None, true, _) => Some(Kind::Group),
        _ => None,
    }
}

fn gender_of(tag: Tag) -> Option<Gender> {
    match (tag.is_female(), tag.is_male()) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}
