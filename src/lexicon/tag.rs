//! The tag of a word: 32 bits that say what the lists know of it. The build script uses this file too.

use crate::table::Table;
use std::collections::BTreeMap;

/// Closed classes, by which a clause can be read without a parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// No function word.
    None,
    /// "the", "a", "this"
    Determiner,
    /// "in", "with", "against"
    Preposition,
    /// "and", "or", "but"
    Coordinator,
    /// "because", "if", "while", "when"
    Subordinator,
    /// Forms of be, have, do, and modals.
    Auxiliary,
    /// "that"
    That,
    /// "who", "which", "whose"
    Relative,
    /// "to"
    To,
    /// "of"
    Of,
    /// "by"
    By,
    /// "as", "like"
    As,
    /// "he", "she", "they", "I", "we", "you", "it"
    Subject,
    /// "him", "them", "me", "us"
    Object,
    /// "his", "their", "my"; "her"
    Possessive,
    /// "some", "many", "others", "both"
    Indefinite,
    /// "two", "dozens"; figures
    Number,
    /// "also", "later", words in -ly
    Adverb,
    /// "not", "never", "n't"
    Negation,
    /// "what", "how", "whether"
    Question,
    /// Months and days of the week.
    Calendar,
    /// Small words in -ed.
    Past,
    /// Small words in -ing.
    Gerund,
}

const CLASSES: [(Class, &str); 23] = [
    (Class::None, "none"),
    (Class::Determiner, "determiner"),
    (Class::Preposition, "preposition"),
    (Class::Coordinator, "coordinator"),
    (Class::Subordinator, "subordinator"),
    (Class::Auxiliary, "auxiliary"),
    (Class::That, "that"),
    (Class::Relative, "relative"),
    (Class::To, "to"),
    (Class::Of, "of"),
    (Class::By, "by"),
    (Class::As, "as"),
    (Class::Subject, "subject"),
    (Class::Object, "object"),
    (Class::Possessive, "possessive"),
    (Class::Indefinite, "indefinite"),
    (Class::Number, "number"),
    (Class::Adverb, "adverb"),
    (Class::Negation, "negation"),
    (Class::Question, "question"),
    (Class::Calendar, "calendar"),
    (Class::Past, "past"),
    (Class::Gerund, "gerund"),
];

/// How strongly a word outside quotation marks points to an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cue {
    /// Not at all.
    None,
    /// In 12-40 of 100 places.
    Weak,
    /// In 40-70 of 100 places.
    Medium,
    /// In 70 or more of 100 places ("said").
    Strong,
    /// A form in -ing ("adding"), in 35 or more.
    Gerund,
    /// A noun ("statement"), in 25 or more.
    Noun,
    /// "according" (to).
    According,
}

const CUES: [(Cue, &str); 7] = [
    (Cue::None, "none"),
    (Cue::Weak, "weak"),
    (Cue::Medium, "medium"),
    (Cue::Strong, "strong"),
    (Cue::Gerund, "gerund"),
    (Cue::Noun, "noun"),
    (Cue::According, "according"),
];

/// What the lists know of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tag(u32);

const CUE: u32 = 5;
const CUE_RATE: u32 = 8;
const HEAD: u32 = 11;
const SMALL: u32 = 1 << 14;
const TITLE: u32 = 1 << 15;
const FEMALE: u32 = 1 << 16;
const MALE: u32 = 1 << 17;
const PLURAL: u32 = 1 << 18;
const BARE: u32 = 1 << 19;
const HUMAN: u32 = 1 << 20;
const THING: u32 = 1 << 21;
const BODY: u32 = 1 << 22;
const PARTICLE: u32 = 1 << 23;
const EVENT: u32 = 1 << 24;
const LAND: u32 = 1 << 25;
const CIVIC: u32 = 1 << 26;

/// Names of the flags, as `words.tsv` has them.
const FLAGS: [(u32, &str); 12] = [
    (SMALL, "small"),
    (TITLE, "title"),
    (FEMALE, "female"),
    (MALE, "male"),
    (PLURAL, "plural"),
    (HUMAN, "human"),
    (THING, "thing"),
    (BODY, "body"),
    (PARTICLE, "particle"),
    (EVENT, "event"),
    (LAND, "land"),
    (CIVIC, "civic"),
];

impl Tag {
    /// A tag as the table stores it.
    pub const fn from_bits(bits: u32) -> Self {
        Tag(bits)
    }

    /// Its closed class.
    #[inline]
    pub fn class(self) -> Class {
        const NUMBERED: [Class; 32] = {
            let mut numbered = [Class::None; 32];
            let mut at = 0;
            while at < CLASSES.len() {
                numbered[at] = CLASSES[at].0;
                at += 1;
            }
            numbered
        };
        NUMBERED[(self.0 & 31) as usize]
    }

    /// How strongly it points to an attribution.
    #[inline]
    pub fn cue(self) -> Cue {
        const NUMBERED: [Cue; 8] = {
            let mut numbered = [Cue::None; 8];
            let mut at = 0;
            while at < CUES.len() {
                numbered[at] = CUES[at].0;
                at += 1;
            }
            numbered
        };
        NUMBERED[(self.0 >> CUE & 7) as usize]
    }

    /// The share of its places that are cues, in eighths (0-7).
    #[inline]
    pub fn cue_rate(self) -> u8 {
        (self.0 >> CUE_RATE & 7) as u8
    }

    /// Whether noun phrases that speak have it as their head, and how often: 0 never, 1-7 by eighths of its places.
    #[inline]
    pub fn head(self) -> u8 {
        (self.0 >> HEAD & 7) as u8
    }

    /// Whether it is usually written small: a capital at a sentence's start says nothing then.
    #[inline]
    pub fn is_small(self) -> bool {
        self.0 & SMALL != 0
    }

    /// Whether it stands before names ("President", "Sen.").
    #[inline]
    pub fn is_title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// Whether it is said of women.
    #[inline]
    pub fn is_female(self) -> bool {
        self.0 & FEMALE != 0
    }

    /// Whether it is said of men.
    #[inline]
    pub fn is_male(self) -> bool {
        self.0 & MALE != 0
    }

    /// Whether it is a plural.
    #[inline]
    pub fn is_plural(self) -> bool {
        self.0 & PLURAL != 0
    }

    /// Whether it may be a source without a determiner ("officials say").
    #[inline]
    pub fn is_bare(self) -> bool {
        self.0 & BARE != 0
    }

    /// Whether it is said of human beings.
    #[inline]
    pub fn is_human(self) -> bool {
        self.0 & HUMAN != 0
    }

    /// Whether it is a thing that can say ("report", "poll").
    #[inline]
    pub fn is_thing(self) -> bool {
        self.0 & THING != 0
    }

    /// Whether it makes a name an institution's ("Ministry", "University").
    #[inline]
    pub fn is_body(self) -> bool {
        self.0 & BODY != 0
    }

    /// Whether it stands small between the capitals of a name ("van", "bin").
    #[inline]
    pub fn is_particle(self) -> bool {
        self.0 & PARTICLE != 0
    }

    /// Whether it makes a name that of what happens, is signed, given or spoken ("War", "Treaty", "Prize", "Hindi").
    #[inline]
    pub fn is_event(self) -> bool {
        self.0 & EVENT != 0
    }

    /// Whether it makes a name that of a place ("Island", "County", "Empire").
    #[inline]
    pub fn is_land(self) -> bool {
        self.0 & LAND != 0
    }

    /// Whether parties and movements have it in their names, in English and as news quotes them ("Liberal", "Partido").
    #[inline]
    pub fn is_civic(self) -> bool {
        self.0 & CIVIC != 0
    }

    /// With a closed class, when it has none yet.
    pub fn with_class(self, class: Class) -> Self {
        if self.0 & 31 == 0 {
            Tag(self.0 | class as u32)
        } else {
            self
        }
    }

    /// With the class that a small word's ending gives.
    pub fn with_ending(self, word: &[u8]) -> Self {
        let class = match word {
            // "ally", "assembly"
            [_, _, .., b'l', b'y'] if self.is_human() || self.is_body() => return self,
            [_, _, .., b'l', b'y'] => Class::Adverb,
            [_, _, .., b'i', b'n', b'g'] => Class::Gerund,
            [_, _, .., b'e', b'd'] => Class::Past,
            _ => return self,
        };
        self.with_class(class)
    }

    /// A cue, by class and by the share of its places that are cues.
    pub fn of_cue(cue: Cue, rate: f64) -> Self {
        Tag((cue as u32) << CUE | eighths(rate) << CUE_RATE)
    }

    /// A head noun, by the share of its places that are sources; whether it may stand bare.
    pub fn of_head(rate: f64, bare: bool) -> Self {
        Tag(eighths(rate).max(1) << HEAD | if bare { BARE } else { 0 })
    }

    /// A word usually written small.
    pub fn small() -> Self {
        Tag(SMALL)
    }

    /// A tag from a word list's names of classes and flags, space-separated.
    ///
    /// # Errors
    /// The name that is none.
    pub fn parse(names: &str) -> Result<Self, String> {
        let mut tag = Tag::default();
        for name in names.split_whitespace() {
            if let Some((class, _)) = CLASSES.iter().find(|c| c.1 == name) {
                tag = tag.with_class(*class);
            } else if let Some((flag, _)) = FLAGS.iter().find(|f| f.1 == name) {
                tag.0 |= flag;
            } else if name == "head" {
                tag = Tag(tag.0 | Tag::of_head(0.3, false).0);
            } else if name == "bare" {
                tag = Tag(tag.0 | Tag::of_head(0.3, true).0);
            } else {
                return Err(format!("no class or flag is called {name:?}"));
            }
        }
        Ok(tag)
    }

    /// The cue class by its name in `cues.tsv`.
    pub fn parse_cue(name: &str, rate: f64) -> Option<Self> {
        let (cue, _) = CUES.iter().find(|c| c.1 == name)?;
        Some(Tag::of_cue(*cue, rate))
    }
}

/// The name of a cue class in `cues.tsv`.
pub fn cue_name(cue: Cue) -> &'static str {
    CUES.iter().find(|c| c.0 == cue).map_or("none", |c| c.1)
}

fn eighths(rate: f64) -> u32 {
    ((rate * 8.0) as u32).min(7)
}

/// One table from all lists. Of two entries for one word the fields that the first leaves empty are filled by the second.
pub(crate) fn join(rows: impl IntoIterator<Item = (u64, Tag)>) -> Table {
    let mut joined: BTreeMap<u64, u32> = BTreeMap::new();
    for (key, Tag(bits)) in rows {
        let have = joined.entry(key).or_default();
        for field in [31, 7 << CUE | 7 << CUE_RATE, 7 << HEAD] {
            if *have & field == 0 {
                *have |= bits & field;
            }
        }
        *have |= bits & !(31 | 7 << CUE | 7 << CUE_RATE | 7 << HEAD);
    }
    let entries: Vec<(u64, u32)> = joined.into_iter().collect();
    Table::new(&entries)
}
