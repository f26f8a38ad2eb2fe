//! What is wrong, or doubtful, in a user's table.
//!
//! In: the table's text. Out: complaints by line: errors, which would stop the table from being used, and doubts:
//! clashes with what is known or with another table of the user's, names that are ordinary words, countries nobody knows, two holders of one office.

use super::edits::{self, COLUMNS, Sort};
use super::tables::{Row, Sheet, date, list};
use super::{Gazetteer, Sense, json};
use crate::tokens::folded_key;
use jiff::civil::Date;
use std::collections::HashMap;

/// Something to look at in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The line, from 1.
    pub line: usize,
    /// Whether the table cannot be used as it is.
    pub error: bool,
    /// What is wrong.
    pub what: String,
}

impl Gazetteer {
    /// Looks through a user's table.
    pub fn lint(&self, file: &str, text: &str) -> Vec<Complaint> {
        let mut found: Vec<Complaint> = Vec::new();
        let text = match json::as_table(file, text) {
            Ok(text) => text.into_owned(),
            Err(error) => {
                return vec![Complaint {
                    line: error.line,
                    error: true,
                    what: error.what,
                }];
            }
        };
        let files = [(file.to_owned(), text)];
        let text = &files[0].1;
        let mut tables = self.tables();
        edits::apply_all(&mut tables, &files, &mut |error| {
            found.push(Complaint {
                line: error.line,
                error: true,
                what: error.what,
            });
            Ok(())
        })
        // The errors are all in `found`.
        .unwrap_or_default();
        if let Ok(sheet) = Sheet::open(file, text, &[])
            && sheet.check_columns(&COLUMNS).is_ok()
        {
            let mut seen = HashMap::new();
            for row in sheet.rows().filter(|row| row.cell("action") != "remove") {
                let doubts = self.doubts(&row, &mut seen);
                found.extend(doubts.into_iter().map(|what| Complaint {
                    line: row.line,
                    error: false,
                    what,
                }));
            }
        }
        found.sort_by_key(|complaint| complaint.line);
        found
    }

    fn doubts<'r>(&self, row: &Row<'_, 'r>, seen: &mut HashMap<(Sort, &'r str), (&'r str, usize)>) -> Vec<String> {
        let mut doubts = Vec::new();
        let (id, country) = (row.cell("id"), row.cell("country"));
        let sort = Sort::of(row.cell("kind"));
        let names = std::iter::once(row.cell("name")).chain(list(row.cell("aliases")));
        for name in names.filter(|name| !name.is_empty()) {
            if sort != Sort::Office {
                self.clashes(name, id, sort, &mut doubts);
            }
            if !name.contains(' ') && self.is_ordinary_word(folded_key(name)) {
                doubts.push(format!(
                    "{name:?} is an ordinary word too: it will be found with care only"
                ));
            }
            match seen.get(&(sort, name)) {
                Some(&(other, line)) if other != id => {
                    doubts.push(format!("{name:?} stands in line {line} as well, for another one"));
                }
                Some(_) => {}
                None => {
                    seen.insert((sort, name), (id, row.line));
                }
            }
        }
        self.overrides(row, &mut doubts);
        let small = matches!(sort, Sort::Person | Sort::Place);
        if small && !country.is_empty() && self.country_place(country).is_none() && row.cell("kind") != "country" {
            doubts.push(format!("no country has the code {country:?}"));
        }
        self.second_holder(row, &mut doubts);
        doubts
    }

    /// Known entities of the same sort and name, but another id.
    fn clashes(&self, name: &str, id: &str, sort: Sort, doubts: &mut Vec<String>) {
        for sense in self.named(name) {
            let known = match (sort, sense) {
                (Sort::Person, Sense::Person(i)) => self.person(i).id,
                (Sort::Place, Sense::Place(i)) => self.place(i).id,
                (Sort::Organization, Sense::Organization(i)) => self.organization(i).id,
                _ => continue,
            };
            if known != id {
                doubts.push(format!(
                    "{name:?} is the name of {known} already; give that id to correct it"
                ));
            }
        }
    }

    /// What another table of the user has for the same id. To correct what is built in is what a table is for.
    fn overrides(&self, row: &Row, doubts: &mut Vec<String>) {
        let id = row.cell("id");
        let told = |gazetteer: &Gazetteer| Some(gazetteer.name_and_country(gazetteer.by_id(id)?));
        let Some(known) = told(self).filter(|known| told(&Gazetteer::builtin()).as_ref() != Some(known)) else {
            return;
        };
        let (name, country) = known;
        for (column, known) in [("name", name), ("country", country)] {
            let own = row.cell(column);
            if !own.is_empty() && !known.is_empty() && own != known {
                doubts.push(format!(
                    "the {column} of {id} is {known:?} in another table of yours, not {own:?}"
                ));
            }
        }
    }

    fn name_and_country(&self, sense: Sense) -> (String, String) {
        let (name, country) = match sense {
            Sense::Person(i) => (self.person(i).name, self.person(i).country),
            Sense::Place(i) | Sense::Demonym(i) | Sense::Metonym(i) => (self.place(i).name, self.place(i).country),
            Sense::Organization(i) => (self.organization(i).name, self.organization(i).country),
            Sense::Office(i) => (self.office(i).label, self.office(i).country),
        };
        (name.to_owned(), country.unwrap_or_default().to_owned())
    }

    fn second_holder(&self, row: &Row, doubts: &mut Vec<String>) {
        if row.cell("office").is_empty() {
            return;
        }
        let Some(Sense::Office(known)) = self.by_id(row.cell("office")) else {
            let what = format!("no office has the id {:?}; a new one is made", row.cell("office"));
            return doubts.push(what);
        };
        if date(row.cell("start")).is_none_or(|start| start == 0) || self.office(known).shared {
            return;
        }
        let Ok(start) = row.cell("start").parse::<Date>() else {
            return;
        };
        // The day after the first one: a handover day has two holders by rights.
        let Ok(day) = start.tomorrow() else { return };
        for holder in self.holders(known, day) {
            let person = self.person(holder.person);
            let sure = holder.certainty == super::Certainty::Sure;
            if sure && person.id != row.cell("id") && person.name != row.cell("name") {
                doubts.push(format!(
                    "{} holds this office on {day} already ({})",
                    person.name, person.id
                ));
            }
        }
    }
}
