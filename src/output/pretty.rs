//! JSON for people: what fits on a line stands on one line.
//!
//! A record is mostly small objects of offsets; one line for each number would bury the words among them.

use serde_json::Value;
use std::io::{self, Write};

const COLUMNS: usize = 110;

/// Writes a value and a line end.
pub(super) fn write(to: &mut impl Write, value: &Value) -> io::Result<()> {
    part(to, value, 0, 0)?;
    writeln!(to)
}

/// Writes a value whose first line already holds `before` columns.
fn part(to: &mut impl Write, value: &Value, indent: usize, before: usize) -> io::Result<()> {
    match value {
        Value::Object(fields) if !fits(value, before) => {
            writeln!(to, "{{")?;
            for (at, (name, value)) in fields.iter().enumerate() {
                let name = format!("{}{}: ", " ".repeat(indent + 2), Value::from(name.as_str()));
                write!(to, "{name}")?;
                part(to, value, indent + 2, name.chars().count())?;
                writeln!(to, "{}", if at + 1 < fields.len() { "," } else { "" })?;
            }
            write!(to, "{}}}", " ".repeat(indent))
        }
        Value::Array(items) if !fits(value, before) => {
            writeln!(to, "[")?;
            for (at, item) in items.iter().enumerate() {
                write!(to, "{}", " ".repeat(indent + 2))?;
                part(to, item, indent + 2, indent + 2)?;
                writeln!(to, "{}", if at + 1 < items.len() { "," } else { "" })?;
            }
            write!(to, "{}]", " ".repeat(indent))
        }
        _ => {
            let mut line = String::new();
            inline(value, &mut line, usize::MAX);
            write!(to, "{line}")
        }
    }
}

fn fits(value: &Value, before: usize) -> bool {
    let mut line = String::new();
    inline(value, &mut line, COLUMNS * 4) && before + line.chars().count() <= COLUMNS
}

/// Puts a value on one line; gives up, and says so, after so many bytes.
fn inline(value: &Value, line: &mut String, most: usize) -> bool {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (at, (name, value)) in fields.iter().enumerate() {
                line.push_str(if at == 0 { "{ " } else { ", " });
                line.push_str(&Value::from(name.as_str()).to_string());
                line.push_str(": ");
                if !inline(value, line, most) {
                    return false;
                }
            }
            line.push_str(" }");
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                line.push_str(if at == 0 { "[" } else { ", " });
                if !inline(item, line, most) {
                    return false;
                }
            }
            line.push(']');
        }
        scalar => line.push_str(&scalar.to_string()),
    }
    line.len() <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_only_what_does_not_fit() {
        let value = serde_json::json!({
            "empty": [], "none": {}, "small": [{"start": 0, "end": 3}],
            "large": [{"text": "a".repeat(90), "form": "name"}, 7],
        });
        let mut output = Vec::new();
        write(&mut output, &value).unwrap();
        let output = String::from_utf8(output).unwrap();
        let words = format!("\"{}\"", "a".repeat(90));
        let want = [
            "{",
            "  \"empty\": [],",
            "  \"none\": {},",
            "  \"small\": [{ \"start\": 0, \"end\": 3 }],",
            "  \"large\": [",
            "    {",
            &format!("      \"text\": {words},"),
            "      \"form\": \"name\"",
            "    },",
            "    7",
            "  ]",
            "}\n",
        ];
        assert_eq!(output, want.join("\n"));
        assert_eq!(serde_json::from_str::<Value>(&output).unwrap(), value);
    }
}
