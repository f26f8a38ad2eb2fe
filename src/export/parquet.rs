//! The table of quotes in Parquet.
//!
//! In: rows. Out: a Parquet file: groups of some thousands of rows, each written as soon as it is full, so that no more
//! than one is held. Days are dates; everything may be null that may be missing.

use crate::error::{Error, Result};
use crate::store::{CoSpeaker, Filter, Order, Reader, Row, names, written};
use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows held at a time: about ten megabytes.
const GROUP: usize = 20_000;

/// How a column is filled.
#[derive(Clone, Copy)]
pub(super) enum Cell {
    Text(fn(&Row) -> Option<&str>),
    Places(fn(&Row) -> &[(u32, u32)]),
    People(fn(&Row) -> &[CoSpeaker]),
    Number(fn(&Row) -> Option<i64>),
    Flag(fn(&Row) -> bool),
    Share(fn(&Row) -> f64),
    Day(fn(&Row) -> Option<&str>),
}

impl Cell {
    fn type_name(self) -> (&'static str, &'static str) {
        match self {
            Cell::Text(_) | Cell::Places(_) | Cell::People(_) => ("binary", " (STRING)"),
            Cell::Number(_) => ("int64", ""),
            Cell::Flag(_) => ("boolean", ""),
            Cell::Share(_) => ("double", ""),
            Cell::Day(_) => ("int32", " (DATE)"),
        }
    }
}

/// The columns, in the order of [`Row`].
pub(super) const COLUMNS: [(&str, Cell); 39] = [
    ("article", Cell::Text(|row| row.article.as_deref())),
    ("title", Cell::Text(|row| row.title.as_deref())),
    ("date", Cell::Day(|row| row.date.as_deref())),
    ("url", Cell::Text(|row| row.url.as_deref())),
    ("site", Cell::Text(|row| row.site.as_deref())),
    ("quote", Cell::Number(|row| Some(row.quote.into()))),
    ("type", Cell::Text(|row| Some(&row.r#type))),
    ("text", Cell::Text(|row| Some(&row.text))),
    ("start", Cell::Number(|row| Some(row.start.into()))),
    ("end", Cell::Number(|row| Some(row.end.into()))),
    ("spans", Cell::Places(|row| &row.spans)),
    ("quoted", Cell::Places(|row| &row.quoted)),
    ("offsets", Cell::Text(|row| Some(&row.offsets))),
    ("speaker", Cell::Text(|row| row.speaker.as_deref())),
    ("kind", Cell::Text(|row| row.kind.as_deref())),
    ("wikidata", Cell::Text(|row| row.wikidata.as_deref())),
    ("country", Cell::Text(|row| row.country.as_deref())),
    ("office", Cell::Text(|row| row.office.as_deref())),
    ("anonymous", Cell::Flag(|row| row.anonymous)),
    ("reason", Cell::Text(|row| row.reason.as_deref())),
    ("mention", Cell::Text(|row| row.mention.as_deref())),
    ("mention_start", Cell::Number(|row| row.mention_start.map(Into::into))),
    ("mention_end", Cell::Number(|row| row.mention_end.map(Into::into))),
    ("form", Cell::Text(|row| row.form.as_deref())),
    ("cue", Cell::Text(|row| row.cue.as_deref())),
    ("attitude", Cell::Text(|row| row.attitude.as_deref())),
    ("negated", Cell::Flag(|row| row.negated)),
    ("hypothetical", Cell::Flag(|row| row.hypothetical)),
    ("within", Cell::Number(|row| row.within.map(Into::into))),
    ("sentence", Cell::Number(|row| row.sentence.map(Into::into))),
    ("confidence", Cell::Share(|row| row.confidence)),
    ("rule", Cell::Text(|row| Some(&row.rule))),
    ("co_speakers", Cell::People(|row| &row.co_speakers)),
    ("id", Cell::Number(|row| Some(row.id))),
    ("article_id", Cell::Number(|row| Some(row.article_id))),
    ("speaker_id", Cell::Number(|row| row.speaker_id)),
    ("statement", Cell::Number(|row| row.statement)),
    ("independent", Cell::Number(|row| Some(row.independent))),
    ("corrected", Cell::Flag(|row| row.corrected)),
];

pub(super) fn write(reader: &Reader, filter: &Filter, to: &mut (impl Write + Send)) -> Result<()> {
    let mut columns = String::new();
    for (name, cell) in COLUMNS {
        let (kind, logical) = cell.type_name();
        columns += &format!("optional {kind} {name}{logical}; ");
    }
    let schema = parse_message_type(&format!("message quote {{ {columns} }}")).map_err(failed)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let mut rows = Vec::with_capacity(GROUP);
    reader.table(filter, Order::Article, |row| {
        rows.push(row);
        if rows.len() == GROUP {
            group(&mut file, &rows)?;
            rows.clear();
        }
        Ok(())
    })?;
    if !rows.is_empty() {
        group(&mut file, &rows)?;
    }
    file.close().map_err(failed)?;
    Ok(())
}

fn group<W: Write + Send>(file: &mut SerializedFileWriter<W>, rows: &[Row]) -> Result<()> {
    let mut group = file.next_row_group().map_err(failed)?;
    for (_, cell) in COLUMNS {
        let to = &mut group;
        match cell {
            Cell::Text(get) => column::<ByteArrayType, _>(to, rows, |row| get(row).map(ByteArray::from)),
            Cell::Places(get) => column::<ByteArrayType, _>(to, rows, |row| Some(ByteArray::from(&*written(get(row))))),
            Cell::People(get) => {
                column::<ByteArrayType, _>(to, rows, |row| names(get(row)).map(|names| ByteArray::from(&*names)))
            }
            Cell::Number(get) => column::<Int64Type, _>(to, rows, get),
            Cell::Flag(get) => column::<BoolType, _>(to, rows, |row| Some(get(row))),
            Cell::Share(get) => column::<DoubleType, _>(to, rows, |row| Some(get(row))),
            Cell::Day(get) => column::<Int32Type, _>(to, rows, |row| days(get(row)?)),
        }
        .map_err(failed)?;
    }
    group.close().map_err(failed)?;
    Ok(())
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<W>,
    rows: &[Row],
    get: impl Fn(&Row) -> Option<T::T>,
) -> std::result::Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = rows.iter().map(get).collect();
    let there: Vec<i16> = cells.iter().map(|cell| cell.is_some().into()).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let mut column = group.next_column()?.ok_or(ParquetError::EOF("columns".to_owned()))?;
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    column.close()
}

/// Days since 1970.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some(date(1970, 1, 1).until(day).ok()?.get_days())
}

fn failed(why: ParquetError) -> Error {
    Error::Write(match why {
        // The writer's own error, such as a disk that is full.
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        why => io::Error::other(why),
    })
}
