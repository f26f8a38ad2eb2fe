//! A user's own table, laid over the built-in ones.
//!
//! In: a tab-separated file with a header line. Out: tables with its rows added, corrected or removed. The columns, of
//! which a file may have any: `action` (`add`, the default, or `remove`), `kind` (`person`, the default; `country`,
//! `capital`, `region`, `city`, `seat`; `office`; else an organization's kind such as `party`, `ministry` or just
//! `organization`), `id`, `name`, `aliases`, `country`, `gender`, `tier`, `demonyms`, `metonyms`, `population`, `role`, and
//! for people `office`, `start`, `end`, `as_of`. Lists are joined by `|`.
//!
//! A row with a known id corrects that entity: cells that are not empty replace, aliases are added. A row with a new id,
//! or none, adds one. A person's row with an `office` (an id of ours, or any words for a new one) adds a tenure, or
//! sets the end of the one that has the same start; with `remove`, it removes the tenure and not the person.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::tables::{OfficeRow, OrganizationRow, PersonRow, PlaceRow, Row, Sheet, TableError, Tables, TenureRow, date};
use crate::tokens::fold;

/// Where entities of one sort stand in their table, by id.
type Ids = HashMap<String, usize>;

/// Lays files over tables. A file is its name and its text.
pub(crate) fn apply<'a>(tables: &mut Tables<'a>, files: &'a [(String, String)]) -> Result<(), TableError> {
    apply_all(tables, files, &mut Err)
}

/// The same, but `on_error` decides whether to go on after a wrong row.
pub(crate) fn apply_all<'a>(
    tables: &mut Tables<'a>,
    files: &'a [(String, String)],
    on_error: &mut dyn FnMut(TableError) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut editor = Editor {
        people: tables
            .people
            .iter()
            .enumerate()
            .map(|(i, p)| (p.id.to_string(), i))
            .collect(),
        places: tables
            .places
            .iter()
            .enumerate()
            .map(|(i, p)| (p.id.to_string(), i))
            .collect(),
        organizations: tables
            .organizations
            .iter()
            .enumerate()
            .map(|(i, o)| (o.id.to_string(), i))
            .collect(),
        offices: tables
            .offices
            .iter()
            .enumerate()
            .map(|(i, o)| (o.id.to_string(), i))
            .collect(),
        tenures: HashMap::new(),
        gone: HashSet::new(),
        tables,
    };
    for (i, tenure) in editor.tables.tenures.iter().enumerate() {
        editor
            .tenures
            .entry((tenure.office.to_string(), tenure.person.to_string()))
            .or_default()
            .push(i);
    }
    for (file, text) in files {
        let sheet = Sheet::open(file, text, &[])?;
        if let Err(error) = sheet.check_columns(&COLUMNS) {
            on_error(error)?;
            continue;
        }
        for row in sheet.rows() {
            let done = match row.surplus() {
                0 => editor.edit(&row),
                _ => Err(row.error("more cells than columns in the header")),
            };
            if let Err(error) = done {
                on_error(error)?;
            }
        }
    }
    let gone = editor.gone;
    keep(&mut tables.people, Sort::Person, &gone);
    keep(&mut tables.places, Sort::Place, &gone);
    keep(&mut tables.organizations, Sort::Organization, &gone);
    keep(&mut tables.offices, Sort::Office, &gone);
    Ok(())
}

fn keep<T>(rows: &mut Vec<T>, sort: Sort, gone: &HashSet<(Sort, usize)>) {
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        !gone.contains(&(sort, at - 1))
    });
}

/// The columns a user's file may have.
pub(crate) const COLUMNS: [&str; 18] = [
    "action",
    "kind",
    "id",
    "name",
    "aliases",
    "country",
    "gender",
    "tier",
    "demonyms",
    "metonyms",
    "population",
    "role",
    "office",
    "start",
    "end",
    "as_of",
    "source",
    "note",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    Person,
    Place,
    Organization,
    Office,
}

impl Sort {
    pub(crate) fn of(kind: &str) -> Sort {
        match kind {
            "" | "person" => Sort::Person,
            "place" | "country" | "capital" | "region" | "city" | "seat" => Sort::Place,
            "office" => Sort::Office,
            _ => Sort::Organization,
        }
    }
}

struct Editor<'t, 'a> {
    tables: &'t mut Tables<'a>,
    people: Ids,
    places: Ids,
    organizations: Ids,
    offices: Ids,
    /// By office and person.
    tenures: HashMap<(String, String), Vec<usize>>,
    gone: HashSet<(Sort, usize)>,
}

/// What is not empty, else what was.
fn or<'a>(new: &'a str, old: &mut &'a str) {
    if !new.is_empty() {
        *old = new;
    }
}

fn join<'a>(new: &'a str, old: &mut Cow<'a, str>) {
    if old.is_empty() {
        *old = new.into();
    } else if !new.is_empty() {
        *old = format!("{old}|{new}").into();
    }
}

/// An id for a row that gives none.
fn made_id(sort: Sort, name: &str) -> String {
    let letter = match sort {
        Sort::Person => 'x',
        Sort::Place => 'p',
        Sort::Organization => 'o',
        Sort::Office => 'u',
    };
    let slug: String = fold(name)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    format!("{letter}-user-{}", slug.trim_matches('-'))
}

impl<'a> Editor<'_, 'a> {
    fn edit(&mut self, row: &Row<'_, 'a>) -> Result<(), TableError> {
        let sort = Sort::of(row.cell("kind"));
        let remove = match row.cell("action") {
            "" | "add" => false,
            "remove" => true,
            other => return Err(row.error(format!("no action is called {other:?}; add or remove"))),
        };
        let (id, name) = (row.cell("id"), row.cell("name"));
        if id.is_empty() && name.is_empty() {
            return Err(row.error("neither an id nor a name"));
        }
        let id: Cow<str> = if id.is_empty() {
            made_id(sort, name).into()
        } else {
            id.into()
        };
        let ids = match sort {
            Sort::Person => &self.people,
            Sort::Place => &self.places,
            Sort::Organization => &self.organizations,
            Sort::Office => &self.offices,
        };
        let known = ids.get(&*id).copied();
        let has_office = sort == Sort::Person && !row.cell("office").is_empty();
        if remove && !has_office {
            let at = known.ok_or_else(|| row.error(format!("nothing has the id {id:?}, so nothing is removed")))?;
            self.gone.insert((sort, at));
            return Ok(());
        }
        if known.is_none() && name.is_empty() {
            return Err(row.error(format!("nothing has the id {id:?}; to add it, give a name")));
        }
        match sort {
            Sort::Person => self.person(row, id.clone(), known)?,
            Sort::Place => self.place(row, id, known)?,
            Sort::Organization => self.organization(row, id, known),
            Sort::Office => return self.office(row, id, known),
        }
        if has_office {
            self.tenure(row, remove)?;
        }
        Ok(())
    }

    fn person(&mut self, row: &Row<'_, 'a>, id: Cow<'a, str>, known: Option<usize>) -> Result<(), TableError> {
        let gender = row.cell("gender");
        if !["", "f", "m"].contains(&gender) {
            return Err(row.error(format!("gender {gender:?}: f, m or empty")));
        }
        let tier = row.number("tier")?;
        let at = known.unwrap_or_else(|| {
            self.people.insert(id.to_string(), self.tables.people.len());
            self.tables.people.push(PersonRow {
                id,
                ..PersonRow::default()
            });
            self.tables.people.len() - 1
        });
        let person = &mut self.tables.people[at];
        or(row.cell("name"), &mut person.name);
        join(row.cell("aliases"), &mut person.aliases);
        or(row.cell("country"), &mut person.country);
        or(gender, &mut person.gender);
        person.source = "user";
        if tier > 0 {
            person.tier = tier;
        }
        Ok(())
    }

    fn place(&mut self, row: &Row<'_, 'a>, id: Cow<'a, str>, known: Option<usize>) -> Result<(), TableError> {
        let population = row.number("population")?;
        let at = known.unwrap_or_else(|| {
            self.places.insert(id.to_string(), self.tables.places.len());
            self.tables.places.push(PlaceRow {
                id,
                ..PlaceRow::default()
            });
            self.tables.places.len() - 1
        });
        let place = &mut self.tables.places[at];
        or(row.cell("name"), &mut place.name);
        join(row.cell("aliases"), &mut place.aliases);
        or(row.cell("country"), &mut place.country);
        or(row.cell("kind"), &mut place.kind);
        or(row.cell("demonyms"), &mut place.demonyms);
        or(row.cell("metonyms"), &mut place.metonyms);
        place.source = "user";
        if population > 0 {
            place.population = population;
        }
        Ok(())
    }

    fn organization(&mut self, row: &Row<'_, 'a>, id: Cow<'a, str>, known: Option<usize>) {
        let at = known.unwrap_or_else(|| {
            self.organizations
                .insert(id.to_string(), self.tables.organizations.len());
            self.tables.organizations.push(OrganizationRow {
                id,
                ..OrganizationRow::default()
            });
            self.tables.organizations.len() - 1
        });
        let organization = &mut self.tables.organizations[at];
        or(row.cell("name"), &mut organization.name);
        join(row.cell("aliases"), &mut organization.aliases);
        or(row.cell("country"), &mut organization.country);
        or(row.cell("kind"), &mut organization.kind);
        organization.source = "user";
    }

    fn office(&mut self, row: &Row<'_, 'a>, id: Cow<'a, str>, known: Option<usize>) -> Result<(), TableError> {
        let at = known.unwrap_or_else(|| self.add_office(id));
        let office = &mut self.tables.offices[at];
        or(row.cell("name"), &mut office.label);
        join(row.cell("aliases"), &mut office.forms);
        or(row.cell("country"), &mut office.country);
        or(row.cell("role"), &mut office.role);
        office.source = "user";
        Ok(())
    }

    fn add_office(&mut self, id: Cow<'a, str>) -> usize {
        self.offices.insert(id.to_string(), self.tables.offices.len());
        self.tables.offices.push(OfficeRow {
            id,
            ..OfficeRow::default()
        });
        self.tables.offices.len() - 1
    }

    /// Adds, ends or removes a tenure of the person of this row.
    fn tenure(&mut self, row: &Row<'_, 'a>, remove: bool) -> Result<(), TableError> {
        let day = |column: &str| {
            let cell = row.cell(column);
            date(cell).ok_or_else(|| row.error(format!("{cell:?} is no date: 2017-04-12, 2017-04 or 2017")))
        };
        let (start, end, as_of) = (day("start")?, day("end")?, day("as_of")?);
        if end != 0 && start > end {
            return Err(row.error("the tenure ends before it begins"));
        }
        let words = row.cell("office");
        let office: Cow<'a, str> = match self.offices.get(words) {
            Some(_) => words.into(),
            None if remove => return Err(row.error(format!("no office has the id {words:?}"))),
            None => made_id(Sort::Office, words).into(),
        };
        if !self.offices.contains_key(&*office) {
            let at = self.add_office(office.clone());
            let made = &mut self.tables.offices[at];
            made.label = words;
            made.country = row.cell("country");
            made.source = "user";
        }
        let id = row.cell("id");
        let person: Cow<'a, str> = if id.is_empty() {
            made_id(Sort::Person, row.cell("name")).into()
        } else {
            id.into()
        };
        let places = self
            .tenures
            .entry((office.to_string(), person.to_string()))
            .or_default();
        let tenures = &mut self.tables.tenures;
        let mut same = places
            .iter()
            .copied()
            .filter(|&at| start == 0 || tenures[at].start == start);
        if remove {
            // A tenure of no office is left out when the tables are compiled.
            same.collect::<Vec<_>>()
                .into_iter()
                .for_each(|at| tenures[at].office = "".into());
            return Ok(());
        }
        let source = "user";
        if let Some(at) = same.next() {
            let tenure = &mut tenures[at];
            (tenure.end, tenure.as_of, tenure.source) = (end, as_of, source);
        } else {
            places.push(tenures.len());
            tenures.push(TenureRow {
                office,
                person,
                start,
                end,
                as_of,
                source,
            });
        }
        Ok(())
    }
}
