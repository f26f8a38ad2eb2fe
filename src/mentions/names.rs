//! Chains of capitals.
//!
//! In: a document, its tags, the gazetteer. Out: for each token whether a name can stand there, how far a chain goes,
//! which part of it is the bare name, what the gazetteer has under it.

use super::Form;
use super::built;
use super::capitals::{Capitals, can_name};
use super::groups::Group;
use super::parts::Part;
use crate::gazetteer::{Gazetteer, Hit, PlaceKind, RoleHit, Sense, Senses};
use crate::lexicon::{Class, Tag};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{self, Case, Token, keys};

/// Most tokens of a chain: titles and names of ministries get that long, only headings in capitals get longer.
const LONGEST_CHAIN: usize = 24;

/// Longest phrase for an office, in tokens: "managing director of the International Monetary Fund".
const LONGEST_OFFICE: usize = 9;

/// Longest name behind a party's "for", in words.
const LONGEST_MOTTO: usize = 4;

/// Whose people are of more than one country, or of none: "a senior Western official".
const PEOPLES: [u64; 12] = keys![
    "arab",
    "baltic",
    "christian",
    "eastern",
    "gulf",
    "jewish",
    "kurdish",
    "muslim",
    "nordic",
    "shiite",
    "sunni",
    "western"
];

/// What the capitals of a document name.
pub(super) struct Names<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) tags: &'d [Tag],
    pub(super) gazetteer: &'d Gazetteer,
    parts: Vec<Part>,
    hits: &'d [Hit],
    /// For each token, the hit that it lies in, plus 1.
    hit_of: Vec<u32>,
    /// For each token, where its sentence ends.
    sentence_end: Vec<u32>,
}

impl<'d, 't> Names<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>, tags: &'d [Tag], gazetteer: &'d Gazetteer, hits: &'d [Hit]) -> Self {
        let tokens = &document.tokens;
        let mut sentence_end = vec![0; tokens.len()];
        for sentence in &document.sentences {
            sentence_end[sentence.tokens.range()].fill(sentence.tokens.end);
        }
        let mut hit_of = vec![0; tokens.len()];
        for (i, hit) in hits.iter().enumerate() {
            hit_of[hit.tokens.range()].fill(i as u32 + 1);
        }
        let capitals = Capitals::new(document, tags, gazetteer, hits, &hit_of);
        let words = tokens.iter().zip(tags);
        let mut parts: Vec<Part> = words.map(|(token, tag)| Part::of(token, *tag)).collect();
        for (capital, is_name) in capitals.names() {
            let part = &mut parts[capital.at];
            if capital.shouted {
                *part = part.shouted();
            }
            if is_name {
                *part = part.named(tokens[capital.at].is("one"));
            }
        }
        Names {
            document,
            tags,
            gazetteer,
            parts,
            hits,
            hit_of,
            sentence_end,
        }
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        self.parts[at].is_name()
    }

    /// What a token can be in a group.
    pub(super) fn part(&self, at: usize) -> Part {
        self.parts[at]
    }

    pub(super) fn sentence_end(&self, at: usize) -> usize {
        self.sentence_end[at] as usize
    }

    /// The chain that begins at a name token.
    pub(super) fn chain(&self, start: usize, end: usize) -> Run {
        let tokens = &self.document.tokens;
        let end = end.min(start + LONGEST_CHAIN);
        let name_at = |at: usize| at < end && tokens[at].spaced && tokens[at].breaks < 2 && self.continues(at);
        let mut at = start + 1;
        // "Trinidad and Tobago", "Democratic Republic of the Congo": what the gazetteer knows stays whole.
        if let Some(hit) = self.hit_from(start).filter(|hit| !hit.ambiguous) {
            at = at.max((hit.tokens.end as usize).min(end));
        }
        loop {
            if name_at(at) {
                at += 1;
            } else if at < end && self.particle(at) && tokens[at].spaced {
                let second = at + 1 < end && self.particle(at + 1);
                let name = at + 1 + usize::from(second);
                if !name_at(name) {
                    break;
                }
                at = name + 1;
            } else if at < end && self.links(at - 1, at) {
                let article = at + 1 < end && tokens[at + 1].is("the");
                let name = at + 1 + usize::from(article);
                if !name_at(name) {
                    break;
                }
                at = self.whole_place(name, end);
            } else if at + 1 < end
                && (built::is_many(&tokens[at - 1]) || tokens[at - 1].is("dato"))
                && is_apostrophe(&tokens[at])
                && name_at(at + 1)
            {
                // "the Norland People's Party", "Dato' Sri Ann Doe"
                at += 2;
            } else if self.is_retired(at, end) && name_at(at + 3) {
                // "Brig (retd) Ann Doe"
                at += 4;
            } else if at + 1 < end && tokens[at].is("and") && name_at(at + 1) && self.is_field(start, at + 1) {
                // "Minister for Trade and Industry"
                at += 2;
            } else if at + 1 < end && tokens[at].kind == tokens::Kind::Comma && is_suffix(&tokens[at + 1])
                || self.is_firm(at) && name_at(at + 1)
            {
                at += 2;
            } else if self.is_child_of(at) && name_at(at + 3) {
                // "Kumar a/l Ramasamy"
                at += 4;
            } else if let Some(name) = self.behind_nickname(at, end).filter(|&name| name_at(name)) {
                at = name + 1;
            } else {
                break;
            }
        }
        // "the Law Society of England and Wales"
        let known = self.hit_from(start).is_some_and(|hit| {
            hit.tokens.end as usize == at && matches!(hit.senses.first(), Some(Sense::Organization(_)))
        });
        // "U.N. Resolution 1970"
        if at < end && tokens[at - 1].is("resolution") && tokens[at].kind == tokens::Kind::Number {
            at += 1;
        }
        if let Some(stop) = built::before_acronym(self.document.text, tokens, Run::new(start, at), end) {
            return Run::new(start, stop);
        }
        // "Democratic Choice of Norland": words that name no person.
        let phrase = || at > start + 1 && (start..at).all(|at| self.tags[at].is_small() || self.tags[at].is_civic());
        let of = at + 1 < end && tokens[at].is("of");
        let of = of && (known || (start..at).any(|at| self.body(at)) || phrase());
        // "the U.S. Embassy in Kabul"
        let posted = at + 1 < end && (tokens[at].is("in") || tokens[at].is("to"));
        let posted = posted && POSTED.contains(&tokens[at - 1].key);
        if of || posted {
            let place = at + 1 + usize::from(tokens[at + 1].is("the"));
            let hit = self.hit_from(place).filter(|hit| hit.tokens.end as usize <= end);
            if let Some(hit) = hit.filter(|hit| matches!(hit.senses.first(), Some(Sense::Place(_)))) {
                at = hit.tokens.end as usize;
            }
        }
        Run::new(start, at)
    }

    /// "Holt & Brand", where neither is known for anything else.
    fn is_firm(&self, at: usize) -> bool {
        let both = self
            .document
            .tokens
            .get(at)
            .is_some_and(|token| token.is("&") && token.spaced);
        both && self.hit(at - 1).is_none() && self.hit(at + 1).is_none()
    }

    /// The end of the place that begins at a token, or of the word: "Bosnia and Herzegovina".
    fn whole_place(&self, at: usize, end: usize) -> usize {
        let hit = self.hit_from(at).filter(|hit| hit.tokens.end as usize <= end);
        let place = hit.filter(|hit| matches!(hit.senses.first(), Some(Sense::Place(_))));
        place.map_or(at + 1, |hit| hit.tokens.end as usize)
    }

    pub(super) fn particle(&self, at: usize) -> bool {
        self.tags[at].is_particle() && self.document.tokens[at].case == Case::Lower
    }

    pub(super) fn body(&self, at: usize) -> bool {
        self.tags[at].is_body() && self.document.tokens[at].is_capital()
    }

    /// Whether a capital inside a chain goes on with it.
    fn continues(&self, at: usize) -> bool {
        let (token, tag) = (&self.document.tokens[at], self.tags[at]);
        // "PUTIN | SAYS": where all is in capitals, words of every day name nothing.
        if token.case == Case::Upper && token.span.len() > 1 && !self.is_name(at) {
            return false;
        }
        if self.is_name(at) && !can_name(token, tag, self.document.text) {
            return true;
        }
        can_name(token, tag, self.document.text) && !(tag.class() != Class::None && token.case != Case::Upper)
    }

    /// Whether "of", "for" or "on" at a token joins what stands before to a name ("Secretary of State").
    fn links(&self, before: usize, at: usize) -> bool {
        let (tokens, tag) = (&self.document.tokens, self.tags[before]);
        if !keys!["of", "for", "on"].contains(&tokens[at].key) {
            return false;
        }
        let land = tag.is_land() || built::needs_of(&tokens[before]);
        let party = || tokens[at].is("for") && self.is_land(before) && self.is_party_from(at + 1);
        if built::joins(&tokens[before], tag, &tokens[at]) || party() {
            return true;
        }
        // "the MP for Tarvel"
        if tokens[at].is("for") && tag.is_civic() && tag.is_human() {
            return false;
        }
        let names = tag.is_title() || tag.head() > 0 || tag.is_event() || land || self.body(before);
        // "the Charity Commission for Norland": the first word is a given name as well.
        names && (self.body(before) || !self.is_surname(before))
    }

    /// Whether a chain begins with a post and goes on, up to a token and with it, to nothing but what the post is for.
    fn is_field(&self, start: usize, last: usize) -> bool {
        let tokens = &self.document.tokens;
        let linked = |at: &usize| tokens[*at].case == Case::Lower && !tokens[*at].is("and");
        let Some(link) = (start + 1..last).rfind(linked) else {
            return false;
        };
        let post = self.tags[link - 1].is_title() && self.tags[link - 1].is_human();
        post && (link + 1..=last).all(|at| self.is_field_word(at))
    }

    /// Whether a word may be of what a post is for: "Foreign", "Affairs", "Health".
    pub(super) fn is_field_word(&self, at: usize) -> bool {
        let tag = self.tags[at];
        let word = tag.is_small() || tag.is_civic() || tag.is_body() || tag.class() != Class::None;
        (word || self.is_land(at)) && !(tag.is_human() && !tag.is_plural() || tag.is_title())
    }

    /// Whether a word is for one who sits in a parliament, or ends such a phrase.
    pub(super) fn is_seat(&self, at: usize) -> bool {
        let tag = self.tags[at];
        tag.is_civic() && tag.is_human() || keys!["member", "parliament"].contains(&self.document.tokens[at].key)
    }

    /// Whether the name that begins behind "for" ends as a party's: "Norland for | Citizens Movement", "the Norland for |
    /// the Norlanders coalition".
    fn is_party_from(&self, at: usize) -> bool {
        let tokens = &self.document.tokens;
        let start = at + usize::from(tokens.get(at).is_some_and(|token| token.is("the")));
        let named = |at: &usize| tokens.get(*at).is_some_and(|token| token.breaks == 0) && self.continues(*at);
        let end = start + (start..start + LONGEST_MOTTO).take_while(named).count();
        let called =
            |next: &Token| keys!["alliance", "bloc", "coalition", "list", "movement", "party"].contains(&next.key);
        end > start && (end > start + 1 && self.body(end - 1) || tokens.get(end).is_some_and(called))
    }

    pub(super) fn given(&self, at: usize) -> bool {
        self.gazetteer.is_given_name(self.document.tokens[at].key)
    }

    /// What the gazetteer knows under a name that begins at a token.
    pub(super) fn hit_from(&self, at: usize) -> Option<&Hit> {
        let hit = self.hits.get((*self.hit_of.get(at)? as usize).checked_sub(1)?)?;
        (hit.tokens.start as usize == at).then_some(hit)
    }

    /// The role noun or office phrase that begins at a token.
    pub(super) fn role_at(&self, at: usize) -> Option<RoleHit<'d>> {
        self.gazetteer.role_at(self.document.text, &self.document.tokens, at)
    }

    pub(super) fn hit(&self, at: usize) -> Option<&Hit> {
        self.hits.get((self.hit_of[at] as usize).checked_sub(1)?)
    }

    /// What the gazetteer knows under a name.
    pub(super) fn senses(&self, name: Run) -> Senses {
        let mut end = name.end as usize;
        // "Joe Manchin III", "Joseph R. Biden Jr."
        while end > name.start as usize + 2
            && (is_suffix(&self.document.tokens[end - 1]) || !self.document.tokens[end - 1].is_word())
            && self.hit(end - 1).is_none()
        {
            end -= 1;
        }
        let name = Run::new(name.start as usize, end);
        match self.hit(end - 1) {
            Some(hit) if hit.tokens == name => hit.senses.clone(),
            // "the Kremlin" is looked up with its article, "Republic of Korea" may be longer than the mention.
            Some(hit) if hit.tokens.end == name.end && hit.tokens.start < name.start => hit.senses.clone(),
            _ => Senses::new(),
        }
    }

    /// Whether a chain is a nationality or a country's short form, as stands before nouns: "a senior European official".
    pub(super) fn is_nationality(&self, chain: Run) -> bool {
        let at = chain.start as usize;
        let short = self.document.tokens[at].case == Case::Upper;
        match self
            .hit(at)
            .filter(|hit| hit.tokens == chain)
            .and_then(|hit| hit.senses.first())
        {
            Some(Sense::Demonym(_)) => true,
            Some(Sense::Place(_) | Sense::Organization(_)) => short && chain.len() == 1,
            _ => chain.len() == 1 && PEOPLES.contains(&self.document.tokens[at].key),
        }
    }

    /// Whether a word belongs to the name of a place or is a nationality.
    pub(super) fn is_land(&self, at: usize) -> bool {
        let sense = self.hit(at).and_then(|hit| hit.senses.first());
        matches!(sense, Some(Sense::Place(_) | Sense::Demonym(_)))
    }

    /// Whether a word belongs to the name of a known institution.
    pub(super) fn is_known_body(&self, at: usize) -> bool {
        let sense = self.hit(at).and_then(|hit| hit.senses.first());
        matches!(sense, Some(Sense::Organization(_)))
    }

    /// Whether a name is, or may be, that of a country or a region: "New York".
    pub(super) fn is_wide(&self, hit: &Hit) -> bool {
        hit.senses.iter().any(|sense| match sense {
            Sense::Place(place) => matches!(
                self.gazetteer.place_kind(*place),
                PlaceKind::Country | PlaceKind::Region
            ),
            _ => false,
        })
    }

    /// Whether a word is a nationality: "Northern European" is no place.
    pub(super) fn is_demonym(&self, at: usize) -> bool {
        let sense = self.hit(at).and_then(|hit| hit.senses.first());
        matches!(sense, Some(Sense::Demonym(_)))
    }

    /// Whether a chain is a single letter ("plan A.").
    pub(super) fn is_letter(&self, chain: Run) -> bool {
        let token = &self.document.tokens[chain.start as usize];
        chain.len() == 1 && token.span.len() <= 1 + usize::from(token.abbreviated)
    }

    /// Whether a group is an office: a role noun ends where it ends.
    pub(super) fn is_office(&self, group: &Group) -> bool {
        let end = group.name.end;
        let from = (group.name.start as usize).max((end as usize).saturating_sub(LONGEST_OFFICE));
        let role = (from..end as usize).any(|at| {
            let hit = self.role_at(at);
            let post = |roles: &[&str]| roles.is_empty() || !roles.iter().all(|role| role.contains("spokes"));
            hit.is_some_and(|hit| hit.tokens.end == end && post(&hit.roles))
        });
        role && !(group.form == Form::Name && self.is_surname(end as usize - 1))
    }

    /// Whether a title is somebody's surname by what stands before it: "Mr. King", "Charlie King", not "Christian King".
    pub(super) fn is_surname(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let (token, first) = (&self.document.tokens[at], &self.document.tokens[before]);
        let addressed = keys!["mr.", "mrs.", "ms.", "mr", "mrs", "ms"].contains(&first.key);
        let initial = first.span.len() == 2 && first.span.of(self.document.text).ends_with('.');
        // "Ann King", who is a town somewhere, "Steve King", who is known.
        let other = |hit: &Hit| {
            let person = matches!(hit.senses.first(), Some(Sense::Person(_)));
            !(hit.ambiguous || person && hit.tokens.len() > 1 && hit.tokens.end as usize == at + 1)
        };
        let given = self.given(before) && !self.hit(before).is_some_and(other);
        // "Rep. Min-tarv Park"
        let introduced = before > 0
            && self.tags[before - 1].is_title()
            && self.tags[before - 1].is_human()
            && self.tags[before] == Tag::default()
            && first.case == Case::Capital;
        let given = initial || introduced || given && self.tags[before].class() == Class::None;
        token.is_capital() && token.spaced && token.breaks == 0 && (addressed || given && first.is_capital())
    }

    /// Whether a given name stands before somebody's surname.
    pub(super) fn is_borne(&self, name: Run) -> bool {
        let last = self.document.tokens[name.end as usize - 1].key;
        name.len() == 2
            && self.given(name.start as usize)
            && (BORNE.contains(&last) || self.gazetteer.surname(last).next().is_some())
    }
}

/// Endings of what is said of somebody before the name.
pub(super) const ADJECTIVES: [&str; 13] = [
    "-aligned",
    "-appointed",
    "-backed",
    "-based",
    "-born",
    "-controlled",
    "-educated",
    "-funded",
    "-held",
    "-led",
    "-occupied",
    "-ruled",
    "-run",
];

/// Nouns that people are called as well, whether or not anybody known is.
const BORNE: [u64; 6] = keys!["bank", "book", "head", "law", "little", "page"];

/// Institutions of which there is one in every place.
const POSTED: [u64; 4] = keys!["embassy", "consulate", "mission", "operation"];

fn is_suffix(token: &Token) -> bool {
    keys!["jr.", "sr.", "jr", "sr", "ii", "iii", "iv"].contains(&token.key)
}

/// "'s", or "'" behind a plural.
fn is_apostrophe(token: &Token) -> bool {
    !token.spaced && (token.is("'s") || token.is("'"))
}
