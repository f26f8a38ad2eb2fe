//! Offices, the words for them, and who held them when.
//!
//! In: a role and a country, an office, a person, a date. Out: offices, holders with how sure it is, a person's career,
//! the offices that matter most first. What the dates of a tenure allow is decided in `tenure`.

use super::find::longest;
use super::layout::{OFFICE, PERSON, Section, TENURE, bit, extend, word};
use super::tenure::{Certainty, Tenure};
use super::{Gazetteer, compile};
use crate::span::Run;
use crate::tokens::{Token, folded_key};
use jiff::civil::Date;

/// An office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office<'g> {
    /// Its id, like `us-secretary-of-state`.
    pub id: &'g str,
    /// Its English name.
    pub label: &'g str,
    /// ISO 3166 code of its country, or an organization's short name ("NATO").
    pub country: Option<&'g str>,
    /// What sort of office it is ("foreign-minister"), if it is of a sort that has a name.
    pub role: Option<&'g str>,
    /// Further ways to say it.
    pub forms: &'g str,
    /// Whether several people may hold it at once.
    pub shared: bool,
    /// Codes of `data/SOURCES.md`.
    pub source: &'g str,
}

/// Somebody who held an office on the date asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The person's number.
    pub person: u32,
    /// How sure it is.
    pub certainty: Certainty,
    /// The last day known, where the date lies after it.
    pub last_known: Option<Date>,
}

/// A role noun found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHit<'g> {
    /// Its tokens.
    pub tokens: Run,
    /// Ids of the roles it can mean ("foreign-minister").
    pub roles: Vec<&'g str>,
    /// Offices that are called so ("secretary of state").
    pub offices: Vec<u32>,
}

impl Gazetteer {
    /// How many offices there are.
    pub fn offices(&self) -> u32 {
        self.blob.records(Section::Offices, OFFICE)
    }

    /// The role of an office by number: one field is read without all the others.
    pub fn role_of(&self, office: u32) -> Option<&str> {
        let role = self.blob.string(self.blob.field(Section::Offices, OFFICE, office, 5));
        Some(role).filter(|role| !role.is_empty())
    }

    /// The English name of an office by number.
    pub(crate) fn label_of_office(&self, office: u32) -> &str {
        self.blob.string(self.blob.field(Section::Offices, OFFICE, office, 1))
    }

    /// The country of an office by number, or the organization that it is in.
    pub(crate) fn country_of_office(&self, office: u32) -> Option<&str> {
        let country = self.blob.string(self.blob.field(Section::Offices, OFFICE, office, 4));
        Some(country).filter(|country| !country.is_empty())
    }

    /// Whether an office has a role, or this for its id.
    pub(crate) fn goes_by(&self, office: u32, role: &str) -> bool {
        let is = |field| {
            self.blob
                .letters(self.blob.field(Section::Offices, OFFICE, office, field))
                == role.as_bytes()
        };
        !role.is_empty() && (is(5) || is(0))
    }

    /// An office by number.
    pub fn office(&self, office: u32) -> Office<'_> {
        let field = |i| self.blob.field(Section::Offices, OFFICE, office, i);
        let text = |i| self.blob.string(field(i));
        Office {
            id: text(0),
            label: text(1),
            forms: text(2),
            source: text(3),
            country: self.country_of_office(office),
            role: self.role_of(office),
            shared: field(7) & 1 == 1,
        }
    }

    /// The longest role noun or office phrase that begins at a token: "foreign minister", "secretary of state".
    #[inline]
    pub fn role_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<RoleHit<'_>> {
        // Most words begin none. An abbreviation has another key in names than in texts.
        let first = tokens.get(at)?;
        let may = first.abbreviated || bit(self.blob.section(Section::RoleFirsts), first.key);
        may.then(|| self.role_from(text, tokens, at)).flatten()
    }

    fn role_from(&self, text: &str, tokens: &[Token], at: usize) -> Option<RoleHit<'_>> {
        let index = self.blob.index(Section::RoleSlots, Section::RoleLists);
        let (tokens, items) = longest(&index, text, tokens, at)?;
        let number = |item: u32| item & ((1 << 29) - 1);
        let (roles, offices): (Vec<u32>, Vec<u32>) = items.iter().partition(|&&i| i >> 29 == compile::ROLE_SENSE);
        Some(RoleHit {
            tokens,
            roles: roles.into_iter().map(|role| self.role(number(role))).collect(),
            offices: offices.into_iter().map(number).collect(),
        })
    }

    fn role(&self, role: u32) -> &str {
        let field = self.blob.field(Section::Roles, super::layout::ROLE, role, 0);
        self.blob.string(field)
    }

    /// The offices of a role ("foreign-minister", "ambassador:US") in a country or organization, the main one first.
    pub fn office_of(&self, role: &str, country: &str) -> Vec<u32> {
        let posts = self.blob.index(Section::PostSlots, Section::PostLists);
        let key = extend(Some(folded_key(role)), folded_key(country));
        posts.get(key).map(|(office, _)| office).collect()
    }

    /// Who held an office on a date, the surest first; on the day of a handover both. Empty when nobody is known.
    pub fn holders(&self, office: u32, date: Date) -> Vec<Holder> {
        let tenures: Vec<Tenure> = self.tenures_of(office).collect();
        let shared = self.blob.field(Section::Offices, OFFICE, office, 7) & 1 == 1;
        let patience = super::tenure::patience(self.role_of(office));
        let mut holders: Vec<Holder> = Vec::new();
        for tenure in &tenures {
            let Some(certainty) = tenure.on(date, || patience) else {
                continue;
            };
            // An open end is closed by whoever came next.
            if certainty == Certainty::Stale && !shared && tenures.iter().any(|next| next.follows(tenure, date)) {
                continue;
            }
            match holders.iter_mut().find(|holder| holder.person == tenure.person) {
                Some(known) => known.certainty = known.certainty.max(certainty),
                None => holders.push(Holder {
                    person: tenure.person,
                    certainty,
                    last_known: tenure.last_known().filter(|_| certainty == Certainty::Stale),
                }),
            }
        }
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.certainty));
        let sure = holders.iter().any(|h| h.certainty == Certainty::Sure);
        if sure && !shared {
            holders.retain(|h| h.certainty != Certainty::Stale);
        }
        holders
    }

    /// Who held the offices of a role in a country on a date: of the first of them whose holder is known.
    pub fn role_holders(&self, role: &str, country: &str, date: Date) -> Vec<(u32, Holder)> {
        self.first_held(&self.office_of(role, country), date)
    }

    /// Who held the first of some offices whose holder is known; a sure answer goes before an older one.
    pub fn first_held(&self, offices: &[u32], date: Date) -> Vec<(u32, Holder)> {
        let held = offices.iter().map(|&office| (office, self.holders(office, date)));
        let mut held: Vec<(u32, Vec<Holder>)> = held.filter(|(_, holders)| !holders.is_empty()).collect();
        held.sort_by_key(|(_, holders)| std::cmp::Reverse(holders[0].certainty));
        let first = held.into_iter().next();
        first
            .into_iter()
            .flat_map(|(office, holders)| holders.into_iter().map(move |holder| (office, holder)))
            .collect()
    }

    /// All tenures of an office, the earliest first.
    pub fn tenures_of(&self, office: u32) -> impl Iterator<Item = Tenure> + '_ {
        let first = self.blob.field(Section::Offices, OFFICE, office, 6);
        let count = self.blob.field(Section::Offices, OFFICE, office, 7) >> 1;
        (first..first + count).map(|i| self.tenure(i))
    }

    /// All tenures of a person.
    pub fn career(&self, person: u32) -> impl Iterator<Item = Tenure> + '_ {
        let first = self.blob.field(Section::People, PERSON, person, 6);
        let count = self.blob.field(Section::People, PERSON, person, 7);
        let careers = self.blob.section(Section::Careers);
        (first..first + count).map(move |i| self.tenure(word(careers, i as usize * 4)))
    }

    fn tenure(&self, tenure: u32) -> Tenure {
        let field = |i| self.blob.field(Section::Tenures, TENURE, tenure, i);
        Tenure {
            office: field(0),
            person: field(1),
            start: field(2),
            end: field(3),
            as_of: field(4),
        }
    }

    /// The offices a person held on a date, the one that matters most first.
    pub fn offices_on(&self, person: u32, date: Date) -> Vec<(u32, Certainty)> {
        let mut held: Vec<(u32, Certainty)> = Vec::new();
        for tenure in self.career(person) {
            // Most are over: what their offices are is not looked up.
            let patience = || super::tenure::patience(self.role_of(tenure.office));
            let Some(mut certainty) = tenure.on(date, patience) else {
                continue;
            };
            if certainty == Certainty::Stale {
                let holders = self.holders(tenure.office, date);
                match holders.iter().find(|holder| holder.person == person) {
                    Some(holder) => certainty = holder.certainty,
                    None => continue,
                }
            }
            if held.iter().all(|&(office, _)| office != tenure.office) {
                held.push((tenure.office, certainty));
            }
        }
        held.sort_by_key(|&(office, certainty)| (certainty == Certainty::Stale, self.rank(office), office));
        held
    }

    /// Whoever held an office before somebody who holds it on a date.
    pub fn predecessor(&self, office: u32, person: u32, date: Date) -> Option<u32> {
        let mut own = self.tenures_of(office).filter(|tenure| tenure.person == person);
        let own = own.find(|tenure| tenure.on(date, || 0).is_some())?;
        let first = own.first_day()?;
        let before = self
            .tenures_of(office)
            .filter(|tenure| tenure.person != person && tenure.first_day().is_some_and(|day| day < first));
        let last = before.max_by_key(|tenure| tenure.last_day())?;
        ((first - last.last_day()?).get_days() <= GAP).then_some(last.person)
    }

    /// Whoever followed in an office on somebody who had left it before a date.
    pub fn successor(&self, office: u32, person: u32, date: Date) -> Option<u32> {
        let own = self.tenures_of(office).filter(|tenure| tenure.person == person);
        let end = own.filter_map(|tenure| tenure.over_by(date)).max()?;
        let behind = self.tenures_of(office).filter(|tenure| {
            tenure.person != person && tenure.first_day().is_some_and(|day| day >= end && day <= date)
        });
        let next = behind.min_by_key(|tenure| tenure.first_day())?;
        ((next.first_day()? - end).get_days() <= GAP).then_some(next.person)
    }

    /// Who was chosen for an office and takes it within some months after a date: "the president-elect".
    pub fn elect(&self, office: u32, date: Date) -> Option<u32> {
        let holders = self.holders(office, date);
        let mut next = self.tenures_of(office).filter(|tenure| {
            let wait = tenure.first_day().map(|day| (day - date).get_days());
            wait.is_some_and(|days| (1..=ELECT).contains(&days))
                && holders.iter().all(|held| held.person != tenure.person)
        });
        let first = next.next()?;
        next.next().is_none().then_some(first.person)
    }

    /// The weightiest of the offices a person had last left before a date.
    pub fn last_office_before(&self, person: u32, date: Date) -> Option<u32> {
        let over = self
            .career(person)
            .filter_map(|tenure| Some((tenure.over_by(date)?, tenure.office)));
        // Offices left within the same year count as left together.
        let last = over.max_by_key(|&(end, office)| (end.year(), std::cmp::Reverse(self.rank(office)), end));
        last.map(|(_, office)| office)
    }

    /// The offices of a kind that a person ever held come in this order; lower is weightier.
    fn rank(&self, office: u32) -> usize {
        match self.role_of(office) {
            Some(role) => RANKS.iter().position(|&known| known == role).unwrap_or(RANKS.len()),
            // Offices without a role that news has its own words for are the great international ones.
            None if !self
                .blob
                .letters(self.blob.field(Section::Offices, OFFICE, office, 2))
                .is_empty() =>
            {
                5
            }
            None => RANKS.len() + 1,
        }
    }

    /// How likely a name means this person rather than a namesake: whoever is in office on the date before those who
    /// were lately, those before all others; weightier offices and better known people first. Compare only.
    pub fn prominence(&self, person: u32, date: Option<Date>) -> u32 {
        let known = match self.tier(person) {
            1 => 60,
            2 | 3 => 40,
            5 => 30,
            4 => 20,
            _ => 25,
        };
        let offices = self.career(person).map(|tenure| {
            let weight = match self.rank(tenure.office) {
                0..=4 => 4,
                // Whom news calls "the Libyan leader", whatever the post is called.
                _ if self.role_of(tenure.office) == Some("leader") => 4,
                5..=8 => 3,
                9..=19 => 2,
                _ => 1,
            };
            let nearness = match date {
                None => 20,
                Some(date) => tenure.nearness(date),
            };
            weight * nearness
        });
        known + offices.max().unwrap_or(0)
    }
}

/// A gap of more days between two holders of an office may hide somebody.
const GAP: i32 = 120;

/// Most days between an election and the first day in office.
const ELECT: i32 = 160;

/// Roles by weight.
const RANKS: [&str; 24] = [
    "president",
    "prime-minister",
    "supreme-leader",
    "monarch",
    "un-secretary-general",
    "foreign-minister",
    "vice-president",
    "defence-minister",
    "crown-prince",
    "finance-minister",
    "interior-minister",
    "un-ambassador",
    "national-security-adviser",
    "deputy-prime-minister",
    "parliament-speaker",
    "senate-president",
    "central-bank-governor",
    "military-chief",
    "intelligence-chief",
    "justice-minister",
    "head-of-state",
    "head-of-government",
    "spokesperson",
    "foreign-ministry-spokesperson",
];
