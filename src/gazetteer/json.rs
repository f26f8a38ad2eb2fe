//! A user's table as JSON: objects whose keys are the columns.
//!
//! In: objects one after another, one a line or in an array. Out: the same as tab-separated text, each row with the line
//! on which its object begins, so that errors name it. A list is an array of strings or strings joined by `|`.

use super::edits::COLUMNS;
use super::tables::{LINE, TableError};
use serde_json::{Deserializer, Map, Value};
use std::borrow::Cow;

/// The text of a table as tab-separated text, whatever it is written in.
pub(crate) fn as_table<'t>(file: &str, text: &'t str) -> Result<Cow<'t, str>, TableError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with(['{', '[']) {
        return Ok(text.into());
    }
    let error = |line: usize, what: String| TableError {
        file: file.to_owned(),
        line,
        what,
    };
    let mut table = LINE.to_owned();
    for column in COLUMNS {
        table.push('\t');
        table.push_str(column);
    }
    table.push('\n');
    let (mut at, mut line) = (0, 1);
    // Brackets and commas between the objects are passed over.
    let between = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | ',' | '\u{feff}');
    loop {
        let rest = &text[at..];
        let next = rest.find(|c| !between(c)).unwrap_or(rest.len());
        line += breaks(&rest[..next]);
        at += next;
        if at == text.len() {
            return Ok(table.into());
        }
        let mut objects = Deserializer::from_str(&text[at..]).into_iter::<Map<String, Value>>();
        let object = match objects.next() {
            Some(Ok(object)) => object,
            Some(Err(why)) => return Err(error(line + why.line().max(1) - 1, format!("no object: {why}"))),
            None => return Ok(table.into()),
        };
        let end = at + objects.byte_offset();
        push(&mut table, &object, line).map_err(|what| error(line, what))?;
        line += breaks(&text[at..end]);
        at = end;
    }
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

/// One row for one object.
fn push(table: &mut String, object: &Map<String, Value>, line: usize) -> Result<(), String> {
    if let Some(key) = object.keys().find(|key| !COLUMNS.contains(&key.as_str())) {
        return Err(format!("no column is called {key:?}; known are {}", COLUMNS.join(", ")));
    }
    table.push_str(&line.to_string());
    for column in COLUMNS {
        table.push('\t');
        let cell = match object.get(column) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Array(parts)) => {
                let parts: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
                parts.ok_or_else(|| format!("{column}: a list of strings"))?.join("|")
            }
            Some(_) => return Err(format!("{column}: a string, a number or a list of strings")),
        };
        table.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    table.push('\n');
    Ok(())
}
