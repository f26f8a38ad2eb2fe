//! The figures of an article: entities in the making.
//!
//! In: mentions, one after another. Out: who they are so far, found by the words of their names and by what the
//! gazetteer calls them.

use super::scene::{NONE, Scene};
use crate::gazetteer::{Gender, Sense};
use crate::mentions::Kind;
use crate::span::Run;
use crate::tokens::{KeyHasher, KeyMap};
use smallvec::SmallVec;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Among more namesakes than these nobody chooses.
const NAMESAKES: usize = 16;

/// A post that the article or the gazetteer gives to somebody.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post<'g> {
    /// The role ("foreign-minister") or, for an office without one, its id.
    pub(super) role: &'g str,
    /// The country among the places.
    pub(super) country: Option<u32>,
    /// Whether it is theirs no more: "former president".
    pub(super) past: bool,
}

impl<'g> Post<'g> {
    /// A post that somebody has.
    pub(super) fn of(role: &'g str, country: Option<u32>) -> Self {
        Post {
            role,
            country,
            past: false,
        }
    }
}

/// An entity in the making.
#[derive(Debug, Clone)]
pub(super) struct Figure<'g> {
    pub(super) kind: Option<Kind>,
    /// Keys of the words of its fullest name.
    pub(super) words: Vec<u64>,
    /// The mention with the fullest name.
    pub(super) fullest: u32,
    pub(super) known: Option<Sense>,
    pub(super) gender: Option<Gender>,
    /// The gender of the pronouns that were taken for it, where nothing else tells: evidence, but no knowledge.
    pub(super) spoken_of: Option<Gender>,
    pub(super) posts: Vec<Post<'g>>,
    /// Keys of the words of its titles and appositions ("spokesman", "senator").
    pub(super) described: Vec<u64>,
    /// Its age in years: "Doe, 44,".
    pub(super) age: Option<u8>,
    /// Whether its title is one of former days: "former Senator".
    pub(super) former: bool,
    /// The country among the places that its titles name.
    pub(super) country: Option<u32>,
    /// The words that the article has for its office.
    pub(super) office: Option<Run>,
    /// A name that is not the one of a mention.
    pub(super) label: Option<String>,
    pub(super) anonymous: bool,
    /// Whether it says something under its name, between quotation marks or not.
    pub(super) talks: bool,
    /// Whether it is one human being whom nobody names ("a young woman").
    pub(super) unnamed: bool,
    /// Mentions so far.
    pub(super) count: u32,
    /// The latest mention so far.
    pub(super) last: u32,
}

impl Figure<'_> {
    pub(super) fn is_person(&self) -> bool {
        matches!(self.kind, Some(Kind::Person) | None)
    }

    /// Whether it may be spoken of by this gender.
    pub(super) fn may_be(&self, gender: Option<Gender>) -> bool {
        gender.is_none() || self.gender.is_none() || gender == self.gender
    }
}

/// The figures of an article and who is who.
#[derive(Debug)]
pub(super) struct Cast<'g> {
    pub(super) figures: Vec<Figure<'g>>,
    /// For each mention, its figure.
    pub(super) of: Vec<u32>,
    /// By a word of the name: figures, each with how good a short form the word is (0 the best).
    by_word: KeyMap<SmallVec<[(u32, u8); 2]>>,
    by_sense: HashMap<Sense, u32, BuildHasherDefault<KeyHasher>>,
    /// By an age: the figures that have it.
    by_age: KeyMap<SmallVec<[u32; 1]>>,
}

impl<'g> Cast<'g> {
    pub(super) fn new(scene: &Scene) -> Self {
        Cast {
            figures: Vec::new(),
            of: vec![NONE; scene.mentions.len()],
            by_word: KeyMap::with_capacity_and_hasher(scene.mentions.len() / 2, Default::default()),
            by_sense: HashMap::default(),
            by_age: KeyMap::default(),
        }
    }

    /// A new figure, without any mention yet.
    pub(super) fn add(&mut self, kind: Option<Kind>) -> u32 {
        self.figures.push(Figure {
            kind,
            words: Vec::new(),
            fullest: NONE,
            known: None,
            gender: None,
            spoken_of: None,
            posts: Vec::new(),
            described: Vec::new(),
            age: None,
            former: false,
            country: None,
            office: None,
            label: None,
            anonymous: false,
            talks: false,
            unnamed: false,
            count: 0,
            last: NONE,
        });
        self.figures.len() as u32 - 1
    }

    pub(super) fn get(&self, figure: u32) -> &Figure<'g> {
        &self.figures[figure as usize]
    }

    pub(super) fn get_mut(&mut self, figure: u32) -> &mut Figure<'g> {
        &mut self.figures[figure as usize]
    }

    /// The figure of a mention.
    pub(super) fn figure(&self, mention: usize) -> Option<u32> {
        self.of.get(mention).copied().filter(|&figure| figure != NONE)
    }

    /// Figures with this word in their names.
    pub(super) fn by_word(&self, word: u64) -> &[(u32, u8)] {
        self.by_word.get(&word).map_or(&[], SmallVec::as_slice)
    }

    /// Has a figure found by a word.
    pub(super) fn index(&mut self, word: u64, figure: u32, rank: u8) {
        let listed = self.by_word.entry(word).or_default();
        match listed.iter().position(|(known, _)| *known == figure) {
            Some(at) => listed[at].1 = rank.min(listed[at].1),
            None => {
                if listed.len() < NAMESAKES {
                    listed.push((figure, rank));
                }
            }
        }
    }

    /// The figure that stands for an entry of the gazetteer.
    pub(super) fn by_sense(&self, sense: Sense) -> Option<u32> {
        self.by_sense.get(&sense).copied()
    }

    /// Says what the gazetteer has under a figure.
    pub(super) fn know(&mut self, figure: u32, sense: Sense) {
        self.get_mut(figure).known = Some(sense);
        self.by_sense.entry(sense).or_insert(figure);
    }

    /// Assigns a mention to a figure.
    pub(super) fn assign(&mut self, mention: usize, figure: u32) {
        self.of[mention] = figure;
    }

    /// Notes an age, the first one that the article tells of a figure.
    pub(super) fn age(&mut self, figure: u32, age: u8) {
        let entry = self.get_mut(figure);
        if entry.age.is_none() {
            entry.age = Some(age);
            self.by_age.entry(u64::from(age)).or_default().push(figure);
        }
    }

    /// The only one of whom the article tells this age.
    pub(super) fn of_age(&self, age: u8) -> Option<u32> {
        match self.by_age.get(&u64::from(age))?.as_slice() {
            &[figure] => Some(figure),
            _ => None,
        }
    }

    /// Notes, on the walk through the text, that a figure is spoken of.
    pub(super) fn touch(&mut self, mention: usize, figure: u32) {
        let figure = self.get_mut(figure);
        figure.count += 1;
        figure.last = mention as u32;
    }
}
