//! The tables a person edits, as rows.
//!
//! In: tab-separated text with a header line. Out: rows whose cells are borrowed from the text. Columns are found by
//! their name in the header, so a file may leave out those it has nothing for. Errors name the file and the line.

use std::borrow::Cow;
use std::fmt;

/// What is wrong with a table, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableError {
    /// The file, as the caller called it.
    pub(crate) file: String,
    /// Counted from 1, the header included.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) what: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for TableError {}

/// The column that tells the line of a row's source, where the table was made from something else. No file has it.
pub(crate) const LINE: &str = "\u{1}line";

/// A table with named columns.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a str,
    columns: Vec<&'a str>,
    text: &'a str,
}

impl<'a> Sheet<'a> {
    /// Reads the header, which must have these columns among others.
    pub(crate) fn open(file: &'a str, text: &'a str, needed: &[&str]) -> Result<Sheet<'a>, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let columns: Vec<&str> = text
            .lines()
            .next()
            .unwrap_or_default()
            .split('\t')
            .map(str::trim)
            .collect();
        for need in needed {
            if !columns.contains(need) {
                return Err(TableError {
                    file: file.to_owned(),
                    line: 1,
                    what: format!("no column {need:?} in the header"),
                });
            }
        }
        Ok(Sheet { file, columns, text })
    }

    /// An error unless all its columns are among these.
    pub(crate) fn check_columns(&self, known: &[&str]) -> Result<(), TableError> {
        match self
            .columns
            .iter()
            .find(|column| !known.contains(column) && **column != LINE)
        {
            None => Ok(()),
            Some(column) => Err(TableError {
                file: self.file.to_owned(),
                line: 1,
                what: format!("no column is called {column:?}; known are {}", known.join(", ")),
            }),
        }
    }

    /// Its rows; empty lines and those that begin with `#` are left out.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        let lines = self.text.lines().enumerate().skip(1);
        lines
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(i, line)| {
                let cells: Vec<&str> = line.split('\t').collect();
                let source = (self.columns[0] == LINE).then(|| cells[0].parse().ok()).flatten();
                Row {
                    sheet: self,
                    line: source.unwrap_or(i + 1),
                    cells,
                }
            })
    }
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row<'s, 'a> {
    sheet: &'s Sheet<'a>,
    pub(crate) line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Row<'_, 'a> {
    /// The cell of a column; empty if the row or the header lacks it.
    pub(crate) fn cell(&self, column: &str) -> &'a str {
        let at = self.sheet.columns.iter().position(|c| *c == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// The number in a cell; 0 if it is empty.
    pub(crate) fn number(&self, column: &str) -> Result<u32, TableError> {
        match self.cell(column) {
            "" => Ok(0),
            cell => cell
                .parse()
                .map_err(|_| self.error(format!("{column} {cell:?} is no number"))),
        }
    }

    /// How many cells are too many.
    pub(crate) fn surplus(&self) -> usize {
        self.cells.len().saturating_sub(self.sheet.columns.len())
    }

    /// An error at this row.
    pub(crate) fn error(&self, what: impl Into<String>) -> TableError {
        TableError {
            file: self.sheet.file.to_owned(),
            line: self.line,
            what: what.into(),
        }
    }
}

/// The parts of a cell that is a list.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

#[derive(Debug, Clone, Default)]
pub(crate) struct PersonRow<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: &'a str,
    pub(crate) aliases: Cow<'a, str>,
    pub(crate) country: &'a str,
    pub(crate) gender: &'a str,
    pub(crate) tier: u32,
    pub(crate) source: &'a str,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct PlaceRow<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) country: &'a str,
    pub(crate) aliases: Cow<'a, str>,
    pub(crate) demonyms: &'a str,
    pub(crate) metonyms: &'a str,
    pub(crate) population: u32,
    pub(crate) source: &'a str,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct OrganizationRow<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: &'a str,
    pub(crate) aliases: Cow<'a, str>,
    pub(crate) kind: &'a str,
    pub(crate) country: &'a str,
    pub(crate) source: &'a str,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct OfficeRow<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) label: &'a str,
    pub(crate) country: &'a str,
    pub(crate) role: &'a str,
    pub(crate) forms: Cow<'a, str>,
    pub(crate) source: &'a str,
    pub(crate) shared: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct RoleRow<'a> {
    pub(crate) role: &'a str,
    pub(crate) nouns: &'a str,
}

#[derive(Debug, Clone)]
pub(crate) struct TenureRow<'a> {
    pub(crate) office: Cow<'a, str>,
    pub(crate) person: Cow<'a, str>,
    /// Packed as [`date`] does; 0 for unknown.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) as_of: u32,
    pub(crate) source: &'a str,
}

/// All tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tables<'a> {
    pub(crate) people: Vec<PersonRow<'a>>,
    pub(crate) places: Vec<PlaceRow<'a>>,
    pub(crate) organizations: Vec<OrganizationRow<'a>>,
    pub(crate) offices: Vec<OfficeRow<'a>>,
    pub(crate) roles: Vec<RoleRow<'a>>,
    pub(crate) tenures: Vec<TenureRow<'a>>,
    pub(crate) given_names: Vec<(&'a str, &'a str, u32)>,
    /// Ordinary words that are names as well; `true` for those that a capital alone does not tell apart.
    pub(crate) words: Vec<(&'a str, bool)>,
    /// Given names that stand for one another.
    pub(crate) nicknames: Vec<&'a str>,
}

/// Packs an ISO date of any precision into a number, year first, with 0 for what is not given; an empty cell is 0.
pub(crate) fn date(cell: &str) -> Option<u32> {
    if cell.is_empty() {
        return Some(0);
    }
    let mut parts = cell.split('-');
    let year: u32 = parts.next().filter(|p| p.len() == 4)?.parse().ok()?;
    let mut part = |most: u32| match parts.next() {
        None => Some(0),
        Some(part) if part.len() == 2 => part.parse().ok().filter(|n| (1..=most).contains(n)),
        Some(_) => None,
    };
    let packed = (year << 9) | (part(12)? << 5);
    let packed = packed | part(31)?;
    (parts.next().is_none() && year > 0).then_some(packed)
}

impl<'a> Tables<'a> {
    /// Adds the rows of one file; its kind is told by its name ("people", "places" …).
    // The build script reads the project's own tables with these two; the library is given them compiled.
    #[allow(dead_code)]
    pub(crate) fn add(&mut self, kind: &str, file: &'a str, text: &'a str) -> Result<(), TableError> {
        let needed: &[&str] = match kind {
            "people" | "places" | "organizations" => &["id", "name"],
            "offices" => &["id", "label"],
            "roles" => &["role", "nouns"],
            "tenures" => &["office", "person"],
            "given_names" => &["name", "gender", "count"],
            "words" => &["word"],
            "nicknames" => &["names"],
            "coheld" => &["office"],
            _ => &[],
        };
        let sheet = Sheet::open(file, text, needed)?;
        for row in sheet.rows() {
            if row.surplus() > 0 {
                return Err(row.error("more cells than columns in the header"));
            }
            self.add_row(kind, &row)?;
        }
        Ok(())
    }

    #[allow(dead_code)]
    fn add_row(&mut self, kind: &str, row: &Row<'_, 'a>) -> Result<(), TableError> {
        let day = |column: &str| {
            let cell = row.cell(column);
            date(cell).ok_or_else(|| row.error(format!("{cell:?} is no date")))
        };
        match kind {
            "people" => self.people.push(PersonRow {
                id: row.cell("id").into(),
                name: row.cell("name"),
                aliases: row.cell("aliases").into(),
                country: row.cell("country"),
                gender: row.cell("gender"),
                tier: row.number("tier")?,
                source: row.cell("source"),
            }),
            "places" => self.places.push(PlaceRow {
                id: row.cell("id").into(),
                name: row.cell("name"),
                kind: row.cell("kind"),
                country: row.cell("country"),
                aliases: row.cell("aliases").into(),
                demonyms: row.cell("demonyms"),
                metonyms: row.cell("metonyms"),
                population: row.number("population")?,
                source: row.cell("source"),
            }),
            "organizations" => self.organizations.push(OrganizationRow {
                id: row.cell("id").into(),
                name: row.cell("name"),
                aliases: row.cell("aliases").into(),
                kind: row.cell("kind"),
                country: row.cell("country"),
                source: row.cell("source"),
            }),
            "offices" => self.offices.push(OfficeRow {
                id: row.cell("id").into(),
                label: row.cell("label"),
                country: row.cell("country"),
                role: row.cell("role"),
                forms: row.cell("surface_forms").into(),
                source: row.cell("source"),
                shared: false,
            }),
            "roles" => self.roles.push(RoleRow {
                role: row.cell("role"),
                nouns: row.cell("nouns"),
            }),
            "tenures" => self.tenures.push(TenureRow {
                office: row.cell("office").into(),
                person: row.cell("person").into(),
                start: day("start")?,
                end: day("end")?,
                as_of: day("as_of")?,
                source: row.cell("source"),
            }),
            "given_names" => self
                .given_names
                .push((row.cell("name"), row.cell("gender"), row.number("count")?)),
            "words" => self.words.push((row.cell("word"), row.cell("class") == "always")),
            "nicknames" => self.nicknames.push(row.cell("names")),
            "coheld" => {
                let office = row.cell("office");
                let known = self.offices.iter_mut().find(|o| o.id == office);
                known.ok_or_else(|| row.error(format!("no office {office:?}")))?.shared = true;
            }
            _ => return Err(row.error(format!("no table is called {kind:?}"))),
        }
        Ok(())
    }
}
