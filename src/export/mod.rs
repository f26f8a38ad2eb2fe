//! A quote database in the formats of others.
//!
//! In: a database, a filter, a format. Out: all quotes that fit, written one after the other in constant memory. JSONL,
//! CSV and Parquet are one table, a row for each quote; linked data goes by article, the lines of Quotebank by statement.

mod jsonld;
#[cfg(feature = "parquet")]
mod parquet;
mod quotebank;

use crate::error::{Error, Result};
use crate::output::json;
use crate::store::{Filter, Order, Reader, Row};
use serde::Serialize;
use std::io::Write;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A JSON object for each quote, each on one line.
    Jsonl,
    /// A row for each quote, cells separated by commas.
    Csv,
    /// The same table in columns, for DuckDB, pandas and the like.
    #[cfg(feature = "parquet")]
    Parquet,
    /// One document of linked data, by the vocabulary of schema.org.
    Jsonld,
    /// An object for each thing said word for word with the fields of the data set Quotebank, each on one line.
    Quotebank,
}

/// Writes all quotes that fit.
///
/// # Errors
/// Those of the database and of the writer.
pub fn write(reader: &Reader, filter: &Filter, format: Format, to: &mut (impl Write + Send)) -> Result<()> {
    match format {
        Format::Jsonl => reader.table(filter, Order::Article, |row| json::line(&row, to).map_err(Error::Write)),
        Format::Csv => csv(reader, filter, to),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::write(reader, filter, to),
        Format::Jsonld => jsonld::write(reader, filter, to),
        Format::Quotebank => quotebank::write(reader, filter, to),
    }?;
    to.flush().map_err(Error::Write)
}

fn csv(reader: &Reader, filter: &Filter, to: &mut impl Write) -> Result<()> {
    let failed = |why: csv::Error| Error::Write(why.into());
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(to);
    table.write_record(header::<Row>()?).map_err(failed)?;
    reader.table(filter, Order::Article, |row| table.serialize(row).map_err(failed))?;
    table.flush().map_err(Error::Write)
}

/// The names of the columns of such rows. A table without rows has them too.
///
/// # Errors
/// None, unless a row is nothing that has columns.
pub fn header<R: Serialize + Default>() -> Result<Vec<String>> {
    let row = serde_json::to_value(R::default()).map_err(|why| Error::Internal(why.to_string()))?;
    let names = row.as_object().map(|row| row.keys().cloned().collect());
    Ok(names.unwrap_or_default())
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn all_tables_have_the_same_columns() {
        let columns: Vec<&str> = super::parquet::COLUMNS.iter().map(|(name, _)| *name).collect();
        assert_eq!(super::header::<super::Row>().unwrap(), columns);
    }
}
