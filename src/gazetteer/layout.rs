//! How the gazetteer lies in bytes: made once by the compiler, read in place.
//!
//! In: sections of bytes. Out: a [`Blob`] that hands out strings, records and indexes without parsing or allocating
//! anything. All numbers are little-endian 32-bit words. The build script writes with this file and the
//! library reads with it, so the two cannot drift apart.

use std::sync::Arc;

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
    /// Bits of the first words of names that may begin in lower case.
    Starters,
}

/// How many sections there are.
pub(crate) const SECTIONS: usize = Section::Starters as usize + 1;

/// Words in one record of each kind.
pub(crate) const PERSON: usize = 8;
pub(crate) const PLACE: usize = 10;
pub(crate) const ORGANIZATION: usize = 6;
pub(crate) const OFFICE: usize = 8;
pub(crate) const ROLE: usize = 2;
pub(crate) const TENURE: usize = 6;

/// Bits in the starters section.
pub(crate) const STARTER_BITS: usize = 1 << 15;

/// "No record".
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Debug, Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
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
    pub(crate) fn share(bytes: Arc<[u8]>) -> Option<Blob> {
        bounds(&bytes).map(|bounds| Blob {
            bytes: Bytes::Shared(bytes),
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

    /// All bytes, as written.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }

    /// A string by its reference.
    pub(crate) fn string(&self, reference: u32) -> &str {
        let strings = self.section(Section::Strings);
        let at = reference as usize;
        let length = word(strings, at) as usize;
        strings
            .get(at + 4..at + 4 + length)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
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
        *bound = (word(bytes, 8 + i * 8), word(bytes, 12 + i * 8));
        if bound.0 > bound.1 || bound.1 as usize > bytes.len() {
            return None;
        }
    }
    Some(bounds)
}

/// The word at a byte; 0 beyond the end.
#[inline]
pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Puts sections together.
pub(crate) fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let head = 8 + SECTIONS * 8;
    let mut bytes = Vec::with_capacity(head + sections.iter().map(|s| s.len() + 8).sum::<usize>());
    bytes.extend(MAGIC.to_le_bytes());
    bytes.extend((SECTIONS as u32).to_le_bytes());
    let mut start = head;
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

/// A path with the item at its end, before it is compiled.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// Keys of the words, at most [`LONGEST`].
    pub(crate) keys: Vec<u64>,
    /// How the words are written.
    pub(crate) writing: u32,
    /// What is found there.
    pub(crate) item: u32,
    /// Derived paths give way to others with the same keys.
    pub(crate) derived: bool,
}

/// Compiles paths into the slots and lists of an [`Index`]. Items stand in the order they were given.
pub(crate) fn compile_index(paths: &[Path]) -> (Vec<u8>, Vec<u8>) {
    let mut ends: Vec<(u64, bool, usize)> = Vec::with_capacity(paths.len());
    let mut values = std::collections::HashMap::new();
    for (i, path) in paths.iter().enumerate() {
        let mut hash = None;
        for (depth, &key) in path.keys.iter().enumerate() {
            let longer = extend(hash, key);
            hash = Some(longer);
            if depth + 1 < path.keys.len() {
                *values.entry(longer).or_insert(0u32) |= 1 << 31;
            }
        }
        if let Some(hash) = hash {
            ends.push((hash, path.derived, i));
        }
    }
    ends.sort_unstable();
    let mut lists: Vec<u8> = Vec::new();
    // The spellings of a name end in equal lists: one is kept.
    let mut kept: std::collections::HashMap<Vec<(u32, u32)>, u32> = std::collections::HashMap::new();
    for group in ends.chunk_by(|a, b| a.0 == b.0) {
        let given = group.iter().any(|end| !end.1);
        let mut items: Vec<(u32, u32)> = Vec::new();
        for end in group.iter().filter(|end| !(given && end.1)) {
            let item = (paths[end.2].item, paths[end.2].writing);
            if !items.contains(&item) {
                items.push(item);
            }
        }
        let place = kept.get(&items).copied().unwrap_or_else(|| {
            let place = (lists.len() / 4) as u32 + 1;
            lists.extend((items.len() as u32).to_le_bytes());
            for (item, writing) in &items {
                lists.extend(item.to_le_bytes());
                lists.extend(writing.to_le_bytes());
            }
            place
        });
        *values.entry(group[0].0).or_insert(0) |= place;
        kept.insert(items, place);
    }
    let mut entries: Vec<(u64, u32)> = values.into_iter().collect();
    entries.sort_unstable();
    (crate::table::dense(&entries), lists)
}
