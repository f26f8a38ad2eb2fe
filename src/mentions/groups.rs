//! Noun groups: a determiner, modifiers, a noun, a name.
//!
//! In: a place in the text. Out: the group that begins there ("the Russian foreign minister", "campaign spokesman Josh
//! Earnest", "Clinton's campaign", "the 46-year-old", "US officials"), if one does.

use super::Form;
use super::names::Names;
use super::posts;
use crate::lexicon::{Class, Cue, Tag};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Case, Kind, Token, keys};

/// Longest walk, in words, from a group's first word to its last.
const LONGEST: usize = 9;

/// Whoever speaks for an owner and is neither a human being nor called an institution.
const VOICES: [u64; 9] = keys![
    "board",
    "camp",
    "campaign",
    "family",
    "government",
    "opposition",
    "regime",
    "staff",
    "team",
];

/// Whether a noun is for such a one.
fn is_voice(noun: &Token) -> bool {
    VOICES.contains(&noun.key)
}

/// A span that may refer, before it is known to whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) tokens: Run,
    pub(super) name: Run,
    pub(super) head: u32,
    pub(super) form: Form,
    pub(super) unknown_head: bool,
}

impl Group {
    /// A determiner and a noun, or one word alone.
    pub(super) fn of_words(first: usize, head: usize, form: Form) -> Group {
        Group {
            tokens: Run::new(first, head + 1),
            name: Run::new(head, head + 1),
            head: head as u32,
            form,
            unknown_head: false,
        }
    }

    /// The same, going on to a noun that heads it.
    fn up_to(self, names: &Names, head: usize) -> Group {
        Group {
            tokens: Run::new(self.tokens.start as usize, head + 1),
            name: Run::new(self.name.start as usize, head + 1),
            head: head as u32,
            unknown_head: !names.part(head).heads(),
            ..self
        }
    }
}

/// The group that begins at a token; if none does, the next token at which one may.
pub(super) fn at(document: &Document, tags: &[Tag], names: &Names, at: usize, end: usize) -> Result<Group, usize> {
    let tokens = &document.tokens;
    if !names.part(at).begins_group() {
        return Err(at + 1);
    }
    let opener = opener(tokens, names, at, end);
    // A plain word begins neither of these.
    if opener > 0 || names.is_name(at) {
        let phrase = posts::event(document, tags, names, at, end);
        if let Some(phrase) = phrase.or_else(|| posts::at(document, tags, names, at, opener, end)) {
            return Ok(phrase);
        }
    }
    let first = at + opener;
    let end = end.min(names.sentence_end(at));
    let mut walk = Walk::default();
    let mut i = first;
    while i < end && i - first < LONGEST {
        if i > first && tokens[i].breaks > 1 {
            break;
        }
        if names.is_name(i) || i == first && opener == 0 && names.begins_surname(i, end) {
            // A plain word before a name belongs to it only if it is a title or a noun that speaks.
            let chain = names.chain(i, end);
            let apart = walk.last_plain.is_some_and(|p| p + 1 == i) && !leads_to_name(tags[i - 1]);
            // "Former Norland attorney general X"
            let former = || tokens[i - 1].case == Case::Capital && posts::modifies(&tokens[i - 1]);
            let belongs = || names.is_nationality(chain) || names.ends_in_member(chain) || former();
            if apart && !belongs() || names.is_letter(chain) {
                break;
            }
            walk.chain = Some(chain);
            i = chain.end as usize;
            if let Some(next) = possessive(tokens, i, end) {
                // "Norland's embattled president"
                let suffered = tags[next].class() == Class::Past && names.part(next).is_plain_behind_opener();
                if names.part(next).is_plain() || names.is_name(next) || suffered {
                    walk.owner = Some(chain);
                    walk.says = subject_of_saying(document, tags, names, next, end);
                    walk.suffered = suffered.then_some(next);
                    i = next;
                    continue;
                }
                break;
            }
            continue;
        }
        let part = names.part(i);
        let after_opener = i == first && opener > 0 || walk.suffered == Some(i);
        if !(part.is_plain() || after_opener && part.is_plain_behind_opener()) {
            break;
        }
        // "Rex Tillerson officials": behind a full name only the next word may still belong to the group.
        if walk.last_plain.is_none()
            && walk
                .chain
                .is_some_and(|c| c.len() > 1 && c.end as usize == i && !part.heads() && !names.is_nationality(c))
        {
            break;
        }
        // "Smith left", "a lawmaker left": behind a name or a noun for one human being it is the verb, not the party.
        let one = |head: usize| head + 1 == i && tags[head].is_human() && !tags[head].is_plural();
        if tokens[i].is("left") && (walk.chain.is_some_and(|c| c.end as usize == i) || walk.head.is_some_and(one)) {
            break;
        }
        // "The Harbor Times reports that …", "The Harbor Times reports:", "Marsh calls it …"
        if walk
            .chain
            .is_some_and(|c| c.end as usize == i && says(document, tags, names, c, i, end))
        {
            break;
        }
        walk.last_plain = Some(i);
        // "the general assembly"
        let body = walk.head.is_some_and(|head| head + 1 == i) && tags[i].is_body();
        if part.heads() || body || year_old(tokens, document.text, i) {
            if walk.head.is_some_and(|head| {
                is_verb_between(document, tags, head, i) || acts(document, tags, names, head, i, end)
            }) {
                break;
            }
            walk.head = Some(i);
        }
        i += 1;
    }
    // From a word inside a run of plain ones in which nothing heads a group, the same words are walked again.
    let again = opener > 0 || walk.chain.is_some() || walk.head.is_some() || i - first == LONGEST;
    let opens = |&at: &usize| tags[at].class() == Class::Number;
    let next = if again {
        at + 1
    } else {
        (at + 1..i).find(opens).unwrap_or(i.max(at + 1))
    };
    let head = walk.head.or_else(|| Some(walk.chain?.end as usize - 1));
    if let Some(named) = head.and_then(|head| posts::sent(document, tags, names, at, head, end)) {
        return Ok(named);
    }
    walk.says = walk.says.or_else(|| {
        let behind = head? + 1;
        let noun = subject_of_saying(document, tags, names, behind, end).filter(|&noun| noun == behind)?;
        (opener > 0
            && walk
                .head
                .is_none_or(|head| tags[head].is_body() || is_voice(&tokens[head])))
        .then_some(noun)
    });
    let group = walk.finish(document, tags, names, at, first, opener > 0).ok_or(next)?;
    let group = gathered(document, tags, names, group, end).unwrap_or(group);
    let group = owned(document, tags, names, group, end).unwrap_or(group);
    Ok(posts::completed(document, tags, names, group, end))
}

/// "a group of Norland doctors": those of whom a word for several is said.
fn gathered(document: &Document, tags: &[Tag], names: &Names, group: Group, end: usize) -> Option<Group> {
    const SEVERAL: [u64; 16] = keys![
        "band",
        "bunch",
        "coalition",
        "couple",
        "crowd",
        "delegation",
        "group",
        "handful",
        "majority",
        "minority",
        "number",
        "pair",
        "panel",
        "series",
        "team",
        "trio",
    ];
    let of = group.tokens.end as usize;
    let several = group.form == Form::Nominal && SEVERAL.contains(&document.tokens[group.head as usize].key);
    if !several || of + 1 >= end || tags[of].class() != Class::Of {
        return None;
    }
    let belongs = |&at: &usize| {
        let part = names.part(at);
        document.tokens[at].breaks < 2 && (part.is_plain() || part.opens() || names.is_name(at))
    };
    let people = |&at: &usize| tags[at].is_human() && tags[at].is_plural() && names.part(at).heads();
    let last = (of + 1..end.min(of + LONGEST)).take_while(belongs).find(people)?;
    Some(group.up_to(names, last))
}

/// "the minister's spokesman", "the islands' government": whoever speaks for an owner that has no name, if that is what
/// the phrase goes on to; what stands before a name is a title and begins a group of its own.
fn owned(document: &Document, tags: &[Tag], names: &Names, owner: Group, end: usize) -> Option<Group> {
    let tokens = &document.tokens;
    let start = owner.tokens.end as usize;
    // "the mayor of Brenholm's spokesman"
    let of = tags.get(start).is_some_and(|tag| tag.class() == Class::Of) && start + 1 < end && names.is_name(start + 1);
    let start = if of {
        names.chain(start + 1, end).end as usize
    } else {
        start
    };
    let next = possessive(tokens, start, end).filter(|_| owner.form == Form::Nominal)?;
    // "the panel's No. 2 Democrat"
    let ranked = |at: usize| tags[at].class() == Class::Number || tokens[at].is("no.");
    // "the panel's ranking Republican"
    let first = |at: usize| at == next && names.part(at).is_plain_behind_opener();
    let plain = |at: usize| names.part(at).is_plain() || first(at);
    let belongs = |&at: &usize| tokens[at].breaks < 2 && (plain(at) || names.is_name(at) || ranked(at));
    let speaks = |&at: &usize| {
        let human = tags[at].is_human() || tags[at].is_body() || is_voice(&tokens[at]);
        let says = names.part(at).heads() && (human || tags[at].is_thing());
        // "the port's head of security"
        let heads = tokens[at].is("head") && tags.get(at + 1).is_some_and(|tag| tag.class() == Class::Of);
        (says || heads) && (!names.is_name(at) || names.is_member(Run::new(at, at + 1)))
    };
    let first = || (next..end.min(next + LONGEST)).take_while(belongs).find(speaks);
    // "the union's press office manager", but "the port's director sent word".
    let known = || (first()?..end.min(next + LONGEST)).take_while(speaks).last();
    let last = subject_of_saying(document, tags, names, next, end).or_else(known)?;
    // "an official of Norland's water ministry" is the official.
    let kept = !of || tags[last].is_human() || is_voice(&tokens[last]) || tokens[last].is("office");
    let kept = kept || !tags[owner.head as usize].is_human() && !tokens[owner.head as usize].is("head");
    kept.then(|| owner.up_to(names, last))
}

/// The last of some plain words behind an owner, whatever it means, where a verb of saying follows: "harbourmaster" of "the
/// port's new harbourmaster told reporters".
fn subject_of_saying(document: &Document, tags: &[Tag], names: &Names, from: usize, end: usize) -> Option<usize> {
    let plain = |&at: &usize| {
        let small = document.tokens[at].breaks < 2 && document.tokens[at].case == Case::Lower;
        small && names.part(at).is_plain() && tags[at].class() == Class::None && tags[at].cue() == Cue::None
    };
    let last = (from..end.min(from + LONGEST)).take_while(plain).last()?;
    let verb = last + 1;
    let says = verb < end && tags[verb].cue() == Cue::Strong && document.tokens[verb].case == Case::Lower;
    says.then_some(last)
}

/// Whether what could be a noun behind another one is its verb: "the ministry calls the plan …", "the court rules that …".
fn acts(document: &Document, tags: &[Tag], names: &Names, subject: usize, at: usize, end: usize) -> bool {
    subject + 1 == at && is_one(document, tags, subject) && is_verb(document, tags, names, at, end)
}

/// The same behind a name: "Marsh calls the plan …".
fn says(document: &Document, tags: &[Tag], names: &Names, name: Run, at: usize, end: usize) -> bool {
    let reports = document.tokens[at].is("reports") && reports(&document.tokens, tags, at + 1, end);
    let calls = tags[at].cue() != Cue::None && !names.is_nationality(name) && is_verb(document, tags, names, at, end);
    reports || calls
}

/// Whether a word that may be a plural noun is a verb by what follows.
fn is_verb(document: &Document, tags: &[Tag], names: &Names, at: usize, end: usize) -> bool {
    let (tokens, next) = (&document.tokens, at + 1);
    if !is_third_person(document, at) || tags[at].is_human() || next >= end || tokens[next].breaks > 0 {
        return false;
    }
    match tags[next].class() {
        Class::Determiner | Class::Possessive | Class::Subject | Class::Object | Class::Number => true,
        // "office records that show …"
        Class::That => tags
            .get(next + 1)
            .is_some_and(|tag| tag.class() != Class::Auxiliary && !matches!(tag.cue(), Cue::Strong | Cue::Medium)),
        _ => tokens[next].kind == Kind::Mark || names.is_name(next) || tokens[at].is("calls") && tokens[next].is("for"),
    }
}

/// Whether a word has the ending of "calls".
fn is_third_person(document: &Document, at: usize) -> bool {
    let word = document.tokens[at].span.of(document.text);
    word.ends_with('s') && !word.ends_with("ss") && document.tokens[at].case == Case::Lower
}

/// Whether a noun is for one who can act: a human being or whoever stands for people.
fn is_one(document: &Document, tags: &[Tag], noun: usize) -> bool {
    let can = tags[noun].is_human() || tags[noun].is_body() || is_voice(&document.tokens[noun]);
    can && !tags[noun].is_plural()
}

/// Whether what stands between two nouns is the verb of the first one: "the mayor calls critics", "her team tells reporters".
fn is_verb_between(document: &Document, tags: &[Tag], subject: usize, object: usize) -> bool {
    let third_person = is_third_person(document, subject + 1);
    let one = tags[subject].is_human() && !tags[subject].is_plural();
    let speaks = tags[subject].is_body() || is_voice(&document.tokens[subject]);
    let people = tags[object].is_human() && tags[object].is_plural();
    subject + 1 < object && third_person && people && (one || speaks && tags[subject + 1].cue() != Cue::None)
}

#[derive(Default)]
struct Walk {
    /// The last chain of capitals.
    chain: Option<Run>,
    /// The chain before the last possessive.
    owner: Option<Run>,
    /// What is said to say something, right behind it.
    says: Option<usize>,
    /// The participle right behind it.
    suffered: Option<usize>,
    /// The last plain word.
    last_plain: Option<usize>,
    /// The last noun that is known to speak.
    head: Option<usize>,
}

impl Walk {
    fn finish(
        self,
        document: &Document,
        tags: &[Tag],
        names: &Names,
        at: usize,
        first: usize,
        opened: bool,
    ) -> Option<Group> {
        let named = |chain: Run, tokens: Run| {
            let name = names.bare(chain);
            Group {
                tokens,
                name,
                head: name.end - 1,
                form: Form::Name,
                unknown_head: false,
            }
        };
        let nominal = |head: usize, unknown_head: bool| Group {
            tokens: Run::new(at, head + 1),
            name: Run::new(first, head + 1),
            head: head as u32,
            form: Form::Nominal,
            unknown_head,
        };
        match (self.chain, self.head) {
            // "the party stalwart said": no party.
            (_, Some(head)) if self.says == Some(head + 1) => Some(nominal(head + 1, true)),
            (Some(chain), Some(head)) if head > chain.start as usize => {
                // "Clinton's campaign", "Trump supporters": the noun is what speaks.
                Some(nominal(head, false))
            }
            // "Marsh's acolyte said", "the Harbor native said": whoever it is, it is not Marsh.
            (Some(chain), None)
                if self
                    .says
                    .is_some_and(|noun| self.owner == Some(chain) || noun == chain.end as usize) =>
            {
                self.says.map(|head| nominal(head, true))
            }
            // "Zambia's President Kenneth Kaunda" names two.
            (Some(chain), _) if self.owner.is_some_and(|owner| owner.end < chain.start) => {
                let owner = self.owner.unwrap_or(chain);
                Some(named(owner, Run::new(at, owner.end as usize)))
            }
            // "Smith's view": Smith alone is the mention.
            (Some(chain), _) => Some(named(chain, Run::new(at, chain.end as usize))),
            (None, Some(head)) => {
                let bare = tags[head].is_bare()
                    || head > first && document.tokens[head].case == Case::Lower && tags[head].is_plural();
                if opened || bare {
                    // Three words before a bare noun are enough: what stands farther left is a verb's.
                    let start = if opened { at } else { at.max(head.saturating_sub(3)) };
                    let mut group = nominal(head, false);
                    group.tokens.start = start as u32;
                    group.name.start = group.name.start.max(group.tokens.start);
                    Some(group)
                } else {
                    None
                }
            }
            (None, None) => {
                let unknown = self
                    .last_plain
                    .filter(|&head| opened && tags[head].class() == Class::None && tags[head].cue() == Cue::None);
                // "her claim", "their chants": the owner speaks.
                let owner = || (tags[at].class() == Class::Possessive).then(|| Group::of_words(at, at, Form::Pronoun));
                unknown.map(|head| nominal(head, true)).or_else(owner)
            }
        }
    }
}

/// How many tokens of determiners, possessives and numbers open a group.
fn opener(tokens: &[Token], names: &Names, at: usize, end: usize) -> usize {
    // "the No. 3 Republican"
    let numbers = |i: usize| i > at && tokens[i].is("no.") && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number);
    let opens = |i: &usize| (names.part(*i).opens() || numbers(*i)) && (*i == at || tokens[*i].breaks < 2);
    (at..end.min(at + 3)).take_while(opens).count()
}

fn leads_to_name(tag: Tag) -> bool {
    tag.is_title() || tag.is_human() || tag.head() > 1
}

fn year_old(tokens: &[Token], text: &str, at: usize) -> bool {
    let word = tokens[at].span.of(text);
    word.ends_with("-old") || word.ends_with("-olds")
}

/// Whether "reports" before a token is a verb: a clause or a colon follows.
fn reports(tokens: &[Token], tags: &[Tag], at: usize, end: usize) -> bool {
    at >= end || tags[at].class() == Class::That || matches!(tokens[at].kind, Kind::Colon | Kind::Comma | Kind::Mark)
}

/// The token after "'s", or after the apostrophe of a plural possessive.
fn possessive(tokens: &[Token], at: usize, end: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let apostrophe = token.kind == Kind::Clitic && token.is("'s")
        || token.kind == Kind::Mark && token.span.len() <= 3 && !token.spaced && token.is("'");
    (apostrophe && at + 1 < end).then_some(at + 1)
}
