//! Quotes for people, in a terminal or a mail.
//!
//! In: a record. Out: the article's title and date on a line, then each quote: a line on who said it and how, and the
//! words under it. What steers a terminal is taken out of the article's words, whoever wrote them.

use crate::record::{Quote, Record, Speaker};
use std::fmt::{self, Write as _};
use std::io::{Result, Write};
use std::iter;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const SPEAKER: &str = "\u{1b}[1;36m";
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn write(number: u64, record: &Record, colour: bool, to: &mut impl Write) -> Result<()> {
    let paint = |how| if colour { how } else { "" };
    let (bold, dim, bright, plain) = (paint(BOLD), paint(DIM), paint(SPEAKER), paint(PLAIN));
    let article = record.extraction().article;
    write!(to, "{bold}{}{plain}", Quiet(&article.heading(number)))?;
    if let Some(date) = record.extraction().date() {
        write!(to, "{dim}, {date}{plain}")?;
    }
    writeln!(to, "\n")?;
    for quote in record.quotes() {
        let (name, office) = who(quote.speaker.as_ref());
        let others = quote.co_speakers.iter().map(|other| who(Some(other)));
        for (at, (name, office)) in iter::once((name.clone(), office)).chain(others).enumerate() {
            let and = if at > 0 { " and " } else { "" };
            write!(to, "{and}{bright}{}{plain}", Quiet(&name))?;
            if let Some(office) = office {
                write!(to, ", {}", Quiet(office))?;
            }
        }
        writeln!(to, " {dim}({}){plain}", Quiet(&how(&quote, &name)))?;
        writeln!(to, "    {}\n", Quiet(&words(&quote)))?;
    }
    if record.quotes().next().is_none() {
        writeln!(to, "    {dim}no quotes{plain}\n")?;
    }
    Ok(())
}

/// Who says it, by name if there is one.
fn who<'r>(speaker: Option<&Speaker<'r>>) -> (String, Option<&'r str>) {
    match speaker {
        None => ("nobody named".to_owned(), None),
        Some(speaker) => match speaker.name {
            Some(name) => (name.to_owned(), speaker.office.filter(|&office| office != name)),
            None => (format!("“{}”", speaker.mention.text), None),
        },
    }
}

/// How the article says it: by which words, and what they make of it.
fn how(quote: &Quote, name: &str) -> String {
    let mut how = String::new();
    let called = quote.speaker.as_ref().filter(|speaker| speaker.name.is_some());
    if let Some(speaker) = called.filter(|speaker| speaker.mention.text != name) {
        how += &format!("“{}”, ", speaker.mention.text);
    }
    // A colon says nothing to people.
    if let Some(cue) = quote.cue.as_ref().filter(|cue| cue.text.contains(char::is_alphabetic)) {
        how += &format!("{}, ", cue.text);
    }
    how += if quote.negated { "denied, " } else { "" };
    how += if quote.hypothetical { "imagined, " } else { "" };
    // Writing to a string cannot fail.
    let _ = write!(how, "{:.0} %", quote.confidence * 100.0);
    how
}

/// The words: a direct quote's between marks, and an ellipsis where something else stands between its pieces.
fn words(quote: &Quote) -> String {
    let pieces: Vec<&str> = quote.text.pieces().collect();
    let joined = pieces.join(" … ");
    if quote.kind == "direct" {
        format!("“{joined}”")
    } else {
        joined
    }
}

/// Text on one line, without what steers a terminal.
struct Quiet<'t>(&'t str);

impl fmt::Display for Quiet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.0.split_whitespace().enumerate() {
            if at > 0 {
                f.write_char(' ')?;
            }
            for c in word.chars() {
                f.write_char(if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extractor::Extractor;
    use crate::offsets::Offsets;

    #[test]
    fn colours_are_all_that_a_terminal_gets_beyond_the_text() {
        let article = Article::new("“We are ready,” Elena Marsh said.");
        let extractor = Extractor::new();
        let extraction = extractor.extract(&article).unwrap();
        let written = |colour| {
            let mut bytes = Vec::new();
            write(1, &Record::new(&extraction, Offsets::Char), colour, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let (coloured, plain) = (written(true), written(false));
        assert!(coloured.contains("\u{1b}[1;36mElena Marsh\u{1b}[0m"));
        let bare = [BOLD, DIM, SPEAKER, PLAIN]
            .iter()
            .fold(coloured, |text, how| text.replace(how, ""));
        assert_eq!(bare, plain);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            Quiet("a\u{1b}[31mb \n\n c\u{9b}d").to_string(),
            "a\u{fffd}[31mb c\u{fffd}d"
        );
    }
}
