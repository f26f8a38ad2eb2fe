//! How the gazetteer lies in bytes: made once by the compiler, read in place.
//!
//! In: sections of bytes. Out: a [`Blob`] that hands out strings, records and indexes without parsing or allocating
//! anything. All numbers are little-endian 32-bit words. The build script writes with this file and the
//! library reads with it, so the two cannot drift apart.

use std::sync::Arc;

use crate::table::Slot;
use crate::tokens::join_keys;

/// The first word of every blob; its last byte is the version of the layout.
pub(crate) const MAGIC: u32 = u32::from_le_bytes(*b"ATG\x01");

/// The parts of a blob, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Strings, each a 32-bit length and its bytes, padded to whole words; a reference is an offset.
    Strings,
    People,
    Places,
    Organizations,
    Offices,
    Roles,
    /// Tenures, grouped by office.
    Tenures,
    /// Tenure numbers, grouped by person.
    Careers,
    /// Names of everything: items are senses.
    NameSlots,
    NameLists,
    /// Surnames: items are people.
    SurnameSlots,
    SurnameLists,
    /// Role nouns: items are roles.
    RoleSlots,
    RoleLists,
    /// Role and country to offices.
    PostSlots,
    PostLists,
    /// Given names to genders.
    GivenNames,
    /// Ordinary words that are names as well.
    Words,
    /// References to the lists of given names that stand for one another.
    Nicknames,
    /// Bits of the first words of names that may begin in lower case.
    Starters,
    /// Bits of the first words of all names.
    Firsts,
    /// Bits of the first words of role nouns and office phrases.
    RoleFirsts,
    /// Bits of the words behind the first ones of names that need no capital there.
    Inner,
}

/// Bytes before the bounds.
const HEAD: usize = 16;

/// How many sections there are.
pub(crate) const SECTIONS: usize = Section::Inner as usize + 1;

/// Words in one record of each kind.
pub(crate) const PERSON: usize = 8;
pub(crate) const PLACE: usize = 10;
pub(crate) const ORGANIZATION: usize = 6;
pub(crate) const OFFICE: usize = 8;
pub(crate) const ROLE: usize = 2;
pub(crate) const TENURE: usize = 6;

/// Bits in the sections of starters, of roles' first words and of inner words: small enough for the nearest cache, since every word is asked of it.
pub(crate) const STARTER_BITS: usize = 1 << 15;
/// Bits in the section of first words: one in twelve is set, so that other words with a capital seldom reach the table.
pub(crate) const FIRST_BITS: usize = 1 << 19;

/// "No record".
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Debug, Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
}

/// A compiled gazetteer.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    bytes: Bytes,
    bounds: [(u32, u32); SECTIONS],
}

impl Blob {
    /// A gazetteer that knows nothing.
    pub(crate) const EMPTY: Blob = Blob {
        bytes: Bytes::Static(&[]),
        bounds: [(0, 0); SECTIONS],
    };

    /// Opens bytes that live as long as the program.
    pub(crate) fn open(bytes: &'static [u8]) -> Option<Blob> {
        bounds(bytes).map(|bounds| Blob {
            bytes: Bytes::Static(bytes),
            bounds,
        })
    }

    /// Opens bytes made or read at run time.
    pub(crate) fn share(bytes: Vec<u8>) -> Option<Blob> {
        bounds(&bytes).map(|bounds| Blob {
            bytes: Bytes::Shared(Arc::new(bytes)),
            bounds,
        })
    }

    /// The bytes of one section.
    #[inline]
    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let bytes: &[u8] = match &self.bytes {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        };
        let (start, end) = self.bounds[section as usize];
        bytes.get(start as usize..end as usize).unwrap_or_default()
    }

    /// A number that tells one compiled gazetteer from another.
    pub(crate) fn checksum(&self) -> u64 {
        let bytes = self.bytes();
        (u64::from(word(bytes, 12)) << 32) | u64::from(word(bytes, 8))
    }

    /// All bytes, as written.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }

    /// A string by its reference.
    pub(crate) fn string(&self, reference: u32) -> &str {
        std::str::from_utf8(self.letters(reference)).unwrap_or_default()
    }

    /// The bytes of a string: enough to compare it.
    #[inline]
    pub(crate) fn letters(&self, reference: u32) -> &[u8] {
        let strings = self.section(Section::Strings);
        let at = reference as usize;
        let length = word(strings, at) as usize;
        strings.get(at + 4..at + 4 + length).unwrap_or_default()
    }

    /// One word of a record.
    pub(crate) fn field(&self, section: Section, size: usize, record: u32, field: usize) -> u32 {
        word(self.section(section), (record as usize * size + field) * 4)
    }

    /// How many records of `size` words a section holds.
    pub(crate) fn records(&self, section: Section, size: usize) -> u32 {
        (self.section(section).len() / (size * 4)) as u32
    }

    /// The index made of these two sections.
    pub(crate) fn index(&self, slots: Section, lists: Section) -> Index<'_> {
        Index {
            slots: self.section(slots),
            lists: self.section(lists),
        }
    }
}

fn bounds(bytes: &[u8]) -> Option<[(u32, u32); SECTIONS]> {
    if word(bytes, 0) != MAGIC || word(bytes, 4) as usize != SECTIONS {
        return None;
    }
    let mut bounds = [(0, 0); SECTIONS];
    for (i, bound) in bounds.iter_mut().enumerate() {
        *bound = (word(bytes, HEAD + i * 8), word(bytes, HEAD + 4 + i * 8));
        if bound.0 > bound.1 || bound.1 as usize > bytes.len() {
            return None;
        }
    }
    Some(bounds)
}

/// Whether the bit of a key is set, in a section of a power of two of bits.
#[inline]
pub(crate) fn bit(bytes: &[u8], key: u64) -> bool {
    let at = key as usize & (bytes.len() * 8).wrapping_sub(1);
    bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
}

/// The word at a byte; 0 beyond the end.
#[inline]
pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Puts sections together, behind a head of magic, number of sections, checksum and bounds.
pub(crate) fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let size: usize = sections.iter().map(|section| section.len() + 8).sum();
    let mut bytes = Vec::with_capacity(HEAD + size);
    bytes.extend(MAGIC.to_le_bytes());
    bytes.extend((SECTIONS as u32).to_le_bytes());
    let sum = sections.iter().fold(0, |sum, section| checksum(sum, section));
    bytes.extend(sum.to_le_bytes());
    let mut start = HEAD + SECTIONS * 8;
    for section in sections {
        bytes.extend((start as u32).to_le_bytes());
        bytes.extend(((start + section.len()) as u32).to_le_bytes());
        start += section.len();
    }
    for section in sections {
        bytes.extend(section);
    }
    bytes
}

/// Mixes bytes into a number, eight at a time.
pub(crate) fn checksum(sum: u64, bytes: &[u8]) -> u64 {
    let chunks = bytes
        .chunks(8)
        .map(|chunk| chunk.iter().rev().fold(0, |word, &byte| (word << 8) | u64::from(byte)));
    chunks.fold(join_keys(sum, bytes.len() as u64), join_keys)
}

/// A trie over word keys, kept as a hash table of its paths: one probe a word, wherever the path stands.
///
/// A slot is 32 bits of the path's hash and 32 of value: bit 31 tells that longer paths go through this one, the rest
/// is 0 or one more than the place, in words, of the list of items that end here. A list is its length, then for
/// each item the item and how its words must be written (two bits a word: see [`Writing`]).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index<'a> {
    slots: &'a [u8],
    lists: &'a [u8],
}

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node(u32);

impl Node {
    /// Whether longer paths go on from here.
    #[inline]
    pub(crate) fn continues(self) -> bool {
        self.0 >> 31 == 1
    }
}

/// The path one word longer; paths start from `None`.
#[inline]
pub(crate) fn extend(path: Option<u64>, key: u64) -> u64 {
    match path {
        None => key,
        Some(path) => join_keys(path, key),
    }
}

impl<'a> Index<'a> {
    /// The node of a path.
    #[inline]
    pub(crate) fn node(&self, path: u64) -> Option<Node> {
        crate::table::lookup(self.slots, path).map(Node)
    }

    /// The slot that a path is looked for in first, and below the node of a path whose slot is known: see [`Slot`].
    #[inline]
    pub(crate) fn first(&self, path: u64) -> Slot {
        crate::table::first(self.slots, path)
    }

    #[inline]
    pub(crate) fn node_from(&self, first: Slot, path: u64) -> Option<Node> {
        crate::table::lookup_from(self.slots, first, path).map(Node)
    }

    /// Items that end at a node, with how they are written.
    pub(crate) fn items(self, node: Node) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let lists = self.lists;
        let place = (node.0 & 0x7fff_ffff) as usize;
        let (at, count) = match place {
            0 => (0, 0),
            place => ((place - 1) * 4, word(lists, (place - 1) * 4) as usize),
        };
        (0..count).map(move |i| (word(lists, at + 4 + i * 8), word(lists, at + 8 + i * 8)))
    }

    /// Items of a path.
    pub(crate) fn get(self, path: u64) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        self.node(path).into_iter().flat_map(move |node| self.items(node))
    }
}

/// How a word of a name must be written in the text to be that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Writing {
    /// "of", "bin", "minister"
    Any = 0,
    /// "Putin", "Nato"
    Capital = 1,
    /// "US", "WHO": other words when written otherwise
    Upper = 2,
}

/// How many words of a name can be indexed: two bits each in one word.
pub(crate) const LONGEST: usize = 16;
