//! Examples that are annotated inside their text.
//!
//! In: lines such as `[1:Ann Marlow] <1:said> {1:“No.”}`, one example a line: sources in square, cues in pointed, contents
//! in curly brackets, each with the numbers of its attributions (`[1,2:She]`). They may nest; brackets without numbers are
//! the text's own. `¶` parts paragraphs, blank lines and lines that begin with `#` are passed over. Out: an article for
//! each example.

use super::{Annotated, Relation};
use crate::error::{Error, Result};
use crate::span::Span;
use std::collections::BTreeMap;

/// The examples of a file; `file` is how messages call it. An example's id is `NAME:LINE`.
///
/// # Errors
/// The first line whose brackets do not close, or with an attribution that has no content.
pub(super) fn read(name: &str, lines: &str, file: &str) -> Result<Vec<Annotated>> {
    let lines = lines.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let examples = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let example = |(line, marked): (usize, &str)| {
        let (text, relations) = unmark(marked).map_err(|what| Error::Line {
            file: file.to_owned(),
            line,
            what,
        })?;
        Ok(Annotated {
            id: format!("{name}:{line}"),
            text,
            relations,
            cues: true,
            example: true,
        })
    };
    examples.map(example).collect()
}

/// An open bracket: what closes it, the numbers it has, and where its words begin.
struct Open {
    close: char,
    numbers: Vec<u32>,
    start: usize,
}

fn unmark(marked: &str) -> std::result::Result<(String, Vec<Relation>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut relations: BTreeMap<u32, Relation> = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = marked;
    while let Some(next) = rest.chars().next() {
        let behind = &rest[next.len_utf8()..];
        if let Some(close) = closing(next) {
            let (numbers, words) = numbers(behind);
            open.push(Open {
                close,
                numbers,
                start: text.len(),
            });
            if words.len() < behind.len() {
                rest = words;
                continue;
            }
        } else if let Some(Open { close, numbers, start }) = open.pop_if(|bracket| bracket.close == next) {
            let span = Span::new(start, text.len());
            for number in &numbers {
                let relation = relations.entry(*number).or_default();
                match close {
                    ']' => relation.source.push(span),
                    '>' => relation.cue.push(span),
                    _ => relation.content.push(span),
                }
            }
            if !numbers.is_empty() {
                rest = behind;
                continue;
            }
        }
        if next == '¶' {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
            rest = behind.trim_start();
        } else {
            text.push(next);
            rest = behind;
        }
    }
    if let Some(bracket) = open.iter().find(|bracket| !bracket.numbers.is_empty()) {
        return Err(format!("a bracket is not closed: {:?}", &text[bracket.start..]));
    }
    if let Some((number, _)) = relations.iter().find(|(_, relation)| relation.content.is_empty()) {
        return Err(format!("{number} has no content: write {{{number}:…}}"));
    }
    Ok((text, relations.into_values().map(Relation::sorted).collect()))
}

fn closing(bracket: char) -> Option<char> {
    match bracket {
        '[' => Some(']'),
        '{' => Some('}'),
        '<' => Some('>'),
        _ => None,
    }
}

/// The numbers that `1,2:` begins with, and what stands behind them; none and all of it where it does not so begin.
fn numbers(text: &str) -> (Vec<u32>, &str) {
    let parted = text.split_once(':').and_then(|(numbers, words)| {
        let numbers: Option<Vec<u32>> = numbers.split(',').map(|number| number.parse().ok()).collect();
        Some((numbers?, words))
    });
    parted.unwrap_or((Vec::new(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_spans() {
        let line = "[1,2:Ann Doe] <1:said> {1:that “[sic] {2:no},” <2:as> <x> put it}. ¶ “Yes.”";
        let found = read("a", &format!("# names\n\n{line}\n"), "a.marked").unwrap();
        let [example] = &found[..] else { panic!("{found:?}") };
        assert_eq!(example.id, "a:3");
        assert_eq!(example.text, "Ann Doe said that “[sic] no,” as <x> put it.\n\n“Yes.”");
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(&example.text).to_owned()).collect::<Vec<_>>();
        let all: Vec<_> = (example.relations.iter())
            .map(|r| [words(&r.source), words(&r.cue), words(&r.content)].concat().join("|"))
            .collect();
        assert_eq!(all, ["Ann Doe|said|that “[sic] no,” as <x> put it", "Ann Doe|as|no"]);
    }

    #[test]
    fn tells_the_line_that_is_wrong() {
        for (lines, message) in [
            (
                "x\n[1:Ann said {1:no}",
                "a.marked:2: a bracket is not closed: \"Ann said no\"",
            ),
            ("[7:Ann] <7:said> no", "a.marked:1: 7 has no content: write {7:…}"),
        ] {
            assert_eq!(read("a", lines, "a.marked").unwrap_err().to_string(), message);
        }
    }
}
