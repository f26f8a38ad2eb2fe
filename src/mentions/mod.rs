//! Spans that name or refer to somebody.
//!
//! In: a [`Document`] and the gazetteer. Out: mentions in order of their first token: names, offices, pronouns, noun
//! phrases. Mentions never overlap.

pub use crate::gazetteer::Gender;
use crate::gazetteer::{Gazetteer, Sense};
use crate::span::{Run, Span};
use crate::text::Document;

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
    /// The tokens of the bare name ("Rex Tillerson"); of the office or noun phrase, without a determiner, when it has no name.
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
    /// The innermost quotation it lies in.
    pub quotation: Option<u32>,
    /// What the gazetteer knows under this name; empty for others.
    pub senses: Vec<Sense>,
}

/// Finds the mentions of a document.
pub fn find(_document: &Document, _gazetteer: &Gazetteer) -> Vec<Mention> {
    Vec::new()
}
