//! A gazetteer with a user's files laid over it.
//!
//! In: files as `edits` describes them. Out: a gazetteer compiled anew. That takes a fraction of a second, and some
//! seconds for a million names, so the compiled bytes are kept in a cache folder if the caller gives one, under a name
//! made from all that went in; a cache that cannot be read or written is done without.

use std::fs;
use std::path::{Path, PathBuf};

use super::Gazetteer;
use super::compile::compile;
use super::layout::{Blob, OFFICE, ORGANIZATION, PERSON, PLACE, ROLE, Section, TENURE, checksum, word};
use super::tables::{OfficeRow, OrganizationRow, PersonRow, PlaceRow, RoleRow, TableError, Tables, TenureRow};
use super::{edits, json};
use crate::error::{Error, Result};

impl From<TableError> for Error {
    fn from(error: TableError) -> Error {
        Error::Table {
            file: error.file,
            line: error.line,
            what: error.what,
        }
    }
}

impl Gazetteer {
    /// This gazetteer with files laid over it, in order. `cache` is a folder for what was compiled before.
    pub fn with_files(&self, files: &[PathBuf], cache: Option<&Path>) -> Result<Gazetteer> {
        if files.is_empty() {
            return Ok(self.clone());
        }
        let read = |path: &PathBuf| {
            let name = path.display().to_string();
            let cause = |cause| Error::Read {
                name: name.clone(),
                cause,
            };
            let bytes = fs::read(path).map_err(cause)?;
            let text = String::from_utf8(bytes).map_err(|error| Error::Table {
                file: name.clone(),
                line: 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
                    .iter()
                    .filter(|&&b| b == b'\n')
                    .count(),
                what: "not UTF-8".to_owned(),
            })?;
            Ok((name, text))
        };
        let files = files.iter().map(read).collect::<Result<Vec<(String, String)>>>()?;
        let sum = files
            .iter()
            .fold(self.blob.checksum(), |sum, (_, text)| checksum(sum, text.as_bytes()));
        let cached = cache.map(|folder| folder.join(format!("gazetteer-{sum:016x}.bin")));
        if let Some(blob) = cached
            .as_ref()
            .and_then(|path| fs::read(path).ok())
            .and_then(Blob::share)
        {
            return Ok(Gazetteer { blob });
        }
        let made = self.with_tables(&files)?;
        if let Some(path) = cached {
            // Written aside and moved, so that a second process never reads half a file.
            let aside = path.with_extension(std::process::id().to_string());
            let written = path.parent().map_or(Ok(()), fs::create_dir_all);
            let written = written.and_then(|()| fs::write(&aside, made.blob.bytes()));
            if written.and_then(|()| fs::rename(&aside, &path)).is_err() {
                let _ = fs::remove_file(&aside);
            }
        }
        Ok(made)
    }

    /// This gazetteer with tables laid over it, each a name (for errors) and its text, tab-separated or JSON.
    pub fn with_tables(&self, files: &[(String, String)]) -> Result<Gazetteer> {
        let files = files
            .iter()
            .map(|(file, text)| Ok((file.clone(), json::as_table(file, text)?.into_owned())))
            .collect::<Result<Vec<(String, String)>>>()?;
        let mut tables = self.tables();
        edits::apply(&mut tables, &files)?;
        let bytes = compile(&tables, Some(&self.blob));
        Ok(Gazetteer {
            blob: Blob::share(bytes).unwrap_or(Blob::EMPTY),
        })
    }

    /// The rows that this gazetteer was compiled from.
    pub(crate) fn tables(&self) -> Tables<'_> {
        let mut tables = Tables::default();
        let blob = &self.blob;
        for i in 0..self.people() {
            let person = self.person(i);
            tables.people.push(PersonRow {
                id: person.id.into(),
                name: person.name,
                aliases: person.aliases.into(),
                country: person.country.unwrap_or_default(),
                gender: match person.gender {
                    Some(super::Gender::Female) => "f",
                    Some(super::Gender::Male) => "m",
                    None => "",
                },
                tier: person.tier.into(),
                source: person.source,
            });
        }
        for i in 0..blob.records(Section::Places, PLACE) {
            let text = |field| blob.string(blob.field(Section::Places, PLACE, i, field));
            tables.places.push(PlaceRow {
                id: text(0).into(),
                name: text(1),
                aliases: text(2).into(),
                demonyms: text(3),
                metonyms: text(4),
                source: text(5),
                country: text(6),
                kind: text(7),
                population: blob.field(Section::Places, PLACE, i, 8),
            });
        }
        for i in 0..blob.records(Section::Organizations, ORGANIZATION) {
            let organization = self.organization(i);
            tables.organizations.push(OrganizationRow {
                id: organization.id.into(),
                name: organization.name,
                aliases: organization.aliases.into(),
                kind: organization.kind,
                country: organization.country.unwrap_or_default(),
                source: organization.source,
            });
        }
        for i in 0..blob.records(Section::Offices, OFFICE) {
            let office = self.office(i);
            tables.offices.push(OfficeRow {
                id: office.id.into(),
                label: office.label,
                country: office.country.unwrap_or_default(),
                role: office.role.unwrap_or_default(),
                forms: office.forms.into(),
                source: office.source,
                shared: office.shared,
            });
        }
        for i in 0..blob.records(Section::Roles, ROLE) {
            let text = |field| blob.string(blob.field(Section::Roles, ROLE, i, field));
            tables.roles.push(RoleRow {
                role: text(0),
                nouns: text(1),
            });
        }
        for i in 0..blob.records(Section::Tenures, TENURE) {
            let field = |field| blob.field(Section::Tenures, TENURE, i, field);
            tables.tenures.push(TenureRow {
                office: blob.string(blob.field(Section::Offices, OFFICE, field(0), 0)).into(),
                person: blob.string(blob.field(Section::People, PERSON, field(1), 0)).into(),
                start: field(2),
                end: field(3),
                as_of: field(4),
                source: blob.string(field(5)),
            });
        }
        let nicknames = blob.section(Section::Nicknames);
        tables.nicknames = (0..nicknames.len() / 4)
            .map(|i| blob.string(word(nicknames, i * 4)))
            .collect();
        tables
    }
}
