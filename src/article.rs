//! What goes in: an article's text and what is known about it.
//!
//! In: a text, or one JSON object. Out: an [`Article`], or what is wrong with it. Offsets count from the
//! text's first character; a byte order mark before it is no part of the text.

use crate::error::{Error, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Number, Value};
use std::fmt;

/// Spans count bytes in 32 bits.
pub const MAX_BYTES: u64 = u32::MAX as u64;

/// An article: text, and what its publisher says of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The text; every span of the extraction is a place in it.
    pub text: String,
    /// Whatever the user calls it.
    pub id: Option<Id>,
    /// Headline. Not part of `text`.
    pub title: Option<String>,
    /// The day it was published: decides who held an office.
    pub date: Option<Date>,
    /// Where it was found.
    pub url: Option<String>,
    /// Who wrote it, as its publisher says.
    pub author: Option<String>,
    /// Whose site or paper it is from.
    pub site: Option<String>,
    /// The encoding that its bytes were in, where they were no JSON.
    pub encoding: Option<&'static str>,
    /// Fields of the input that mean nothing to attache; the record carries them on.
    pub extra: Map<String, Value>,
}

/// The user's own identifier. A number stays a number, so that the output joins with the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Id {
    /// `"reuters-17"`
    Text(String),
    /// `17`
    Number(Number),
}

/// A record that failed. As JSON it is `{"id":…,"error":{"code":…,"message":…}}`.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// The record's own id, if that much could be read.
    pub id: Option<Id>,
    /// What is wrong with it.
    pub error: Error,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// As JSON: whatever it holds, it stays on one line.
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl<T: Into<String>> From<T> for Id {
    fn from(id: T) -> Id {
        Id::Text(id.into())
    }
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(text: impl Into<String>) -> Self {
        Article {
            text: text.into(),
            ..Article::default()
        }
    }

    /// The same article, published on this day (see [`parse_date`] for how it may be written).
    pub fn dated(self, date: &str) -> Result<Self> {
        Ok(Article {
            date: Some(parse_date(date)?),
            ..self
        })
    }

    /// What to call it before people: its title, else its id, else its number among others.
    pub fn heading(&self, number: u64) -> String {
        match (&self.title, &self.id) {
            (Some(title), _) if !title.trim().is_empty() => title.clone(),
            (_, Some(Id::Text(id))) if !id.trim().is_empty() => id.clone(),
            (_, Some(Id::Number(id))) => id.to_string(),
            _ => format!("Article {number}"),
        }
    }

    /// An article from one JSON object: `text` is needed; `id`, `title`, `date`, `url`, `author` and `site`
    /// may be there or null. An `author` or `site` that is no string is carried on like a field that means nothing.
    pub fn from_json(line: &[u8]) -> std::result::Result<Self, Failure> {
        let mut fields = match object(line) {
            Ok(fields) => fields,
            Err(error) => return Err(Failure { id: None, error }),
        };
        // The id first: a record that fails later is still known by it.
        let id = match fields.shift_remove("id") {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(Id::Text(id)),
            Some(Value::Number(id)) => Some(Id::Number(id)),
            Some(other) => {
                let error = wrong_type("id", "a string or a number", &other);
                return Err(Failure { id: None, error });
            }
        };
        match Article::from_fields(fields) {
            Ok(article) => Ok(Article { id, ..article }),
            Err(error) => Err(Failure { id, error }),
        }
    }

    fn from_fields(mut fields: Map<String, Value>) -> Result<Self> {
        let text = match fields.shift_remove("text") {
            Some(Value::String(text)) => text,
            Some(other) => return Err(wrong_type("text", "a string", &other)),
            None => return Err(Error::MissingText),
        };
        if let Some(at) = text.find('\0') {
            return Err(Error::Binary { at });
        }
        if text.len() as u64 > MAX_BYTES {
            return Err(Error::TooLarge { limit: MAX_BYTES });
        }
        let date = match string(&mut fields, "date")? {
            Some(date) => Some(parse_date(&date)?),
            None => None,
        };
        Ok(Article {
            text,
            id: None,
            title: string(&mut fields, "title")?,
            date,
            url: string(&mut fields, "url")?,
            author: string_only(&mut fields, "author"),
            site: string_only(&mut fields, "site"),
            encoding: None,
            extra: fields,
        })
    }
}

/// The host of a URL, without "www.".
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// The day of a date (`2017-04-12`) or of a time stamp (`2017-04-12T23:30:00-04:00`: the 12th, as its writer counts).
pub fn parse_date(given: &str) -> Result<Date> {
    let given = given.trim();
    let wrong = || Error::Date(given.to_owned());
    // Only a whole date, or one that a time stamp starts with: what stands behind the day must be right too.
    let day = given.get(..10).ok_or_else(wrong)?;
    if given.len() > 10 {
        let stamp = given.parse::<Timestamp>().is_ok();
        if !stamp && given.parse::<jiff::civil::DateTime>().is_err() {
            return Err(wrong());
        }
    }
    day.parse().map_err(|_| wrong())
}

/// The first day of a time that somebody asks for: a date, a time stamp, a month (`2017-04`) or a year (`2017`).
pub fn first_day(given: &str) -> Result<Date> {
    Ok(period(given)?.0)
}

/// The last day of such a time.
pub fn last_day(given: &str) -> Result<Date> {
    Ok(period(given)?.1)
}

fn period(given: &str) -> Result<(Date, Date)> {
    let given = given.trim();
    let wrong = |_| Error::Period(given.to_owned());
    let (rest, last): (_, fn(Date) -> Date) = match given.len() {
        4 => ("-01-01", Date::last_of_year),
        7 => ("-01", Date::last_of_month),
        _ => return parse_date(given).map(|day| (day, day)).map_err(wrong),
    };
    let first = parse_date(&format!("{given}{rest}")).map_err(wrong)?;
    Ok((first, last(first)))
}

/// The text that bytes of JSON hold.
fn decode(bytes: &[u8]) -> Result<&str> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::TooLarge { limit: MAX_BYTES });
    }
    if bytes.contains(&0) {
        let at = bytes.iter().position(|&byte| byte == 0).unwrap_or_default();
        return Err(Error::Binary { at });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(wrong) => Err(Error::Encoding {
            at: wrong.valid_up_to(),
        }),
    }
}

fn object(line: &[u8]) -> Result<Map<String, Value>> {
    match serde_json::from_str(decode(line)?) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(Error::Type {
            field: None,
            wanted: "a JSON object",
            found: type_of(&other),
        }),
        Err(why) => Err(Error::Json(why.to_string())),
    }
}

fn string(fields: &mut Map<String, Value>, field: &'static str) -> Result<Option<String>> {
    match fields.shift_remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(other) => Err(wrong_type(field, "a string", &other)),
    }
}

/// A field if it is a string; anything else stays where it is.
fn string_only(fields: &mut Map<String, Value>, field: &str) -> Option<String> {
    let is_string = fields.get(field)?.is_string();
    let value = is_string.then(|| fields.shift_remove(field))??;
    value.as_str().map(str::to_owned)
}

fn wrong_type(field: &'static str, wanted: &'static str, found: &Value) -> Error {
    Error::Type {
        field: Some(field),
        wanted,
        found: type_of(found),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_time_stamps() {
        for (given, day) in [
            ("2017-04-12", "2017-04-12"),
            (" 2017-04-12\n", "2017-04-12"),
            ("2017-04-12T23:30:00-04:00", "2017-04-12"),
            ("2017-04-12T23:30:00Z", "2017-04-12"),
            ("2017-04-12 23:30:00", "2017-04-12"),
        ] {
            assert_eq!(parse_date(given).unwrap().to_string(), day, "{given}");
        }
        for given in [
            "",
            "2017",
            "2017-02-30",
            "12 April 2017",
            "2017-04-12 or so",
            "2017-04-1é",
            "04/12/2017",
        ] {
            assert_eq!(parse_date(given).unwrap_err().code(), "invalid_date", "{given}");
        }
    }

    #[test]
    fn a_month_or_a_year_has_a_first_and_a_last_day() {
        for (given, first, last) in [
            ("2017-04-12", "2017-04-12", "2017-04-12"),
            ("2017-04-12T23:30:00-04:00", "2017-04-12", "2017-04-12"),
            (" 2016-02 ", "2016-02-01", "2016-02-29"),
            ("2017", "2017-01-01", "2017-12-31"),
        ] {
            assert_eq!(first_day(given).unwrap().to_string(), first, "{given}");
            assert_eq!(last_day(given).unwrap().to_string(), last, "{given}");
        }
        for given in [
            "",
            "17",
            "2017-13",
            "2017-00",
            "2017-4",
            "2017-04-",
            "2017-02-30",
            "201é",
            "May 2017",
            "-017",
        ] {
            let wrong = first_day(given).unwrap_err();
            assert_eq!(wrong.code(), "invalid_date", "{given}");
            assert!(
                wrong.to_string().ends_with("(write 2017-04-12, 2017-04 or 2017)"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_text_that_is_none_is_refused() {
        let refused = Article::from_json(br#"{"id":7,"text":"Yes.\u0000 No."}"#).unwrap_err();
        assert_eq!(refused.error.code(), "binary");
    }

    #[test]
    fn keeps_fields_it_does_not_know() {
        let article = Article::from_json(br#"{"id":7,"text":"Yes.","paper":"The Star","date":null}"#).unwrap();
        assert_eq!(article.id, Some(Id::Number(7.into())));
        assert_eq!(article.extra["paper"], "The Star");
        assert_eq!(article.extra.len(), 1);
    }
}
