//! Annotated articles from disk.
//!
//! In: a folder with `text/ID.txt` and `attributions/ID_ANNOTATOR.ann` (brat standoff, offsets in code points), or one as
//! brat itself keeps it, with `ID.txt` and `ID.ann` side by side; beside them, or alone, `NAME.marked` with examples that
//! are annotated inside their text (see `marked`). Out: each article with the attributions of its first annotator, in
//! bytes. What is wrong in a file is told with its line.

mod marked;

use crate::error::{Error, Result};
use crate::offsets::{Converter, Offsets};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// An article and what an annotator marked in it.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// File name without its ending.
    pub id: String,
    /// The text.
    pub text: String,
    /// The attributions, in the file's order.
    pub relations: Vec<Relation>,
    /// Whether cues were annotated, and with them all that is reported; sets that hold quotations only have none.
    pub cues: bool,
    /// Whether it is no article but an example, written to show a construction.
    pub example: bool,
}

impl Annotated {
    /// An article from its text and the lines of a brat file; `file` is how messages call that file.
    ///
    /// # Errors
    /// The first line that is broken, or lies outside the text.
    pub fn new(id: impl Into<String>, text: impl Into<String>, annotation: &str, file: &str) -> Result<Self> {
        let text = text.into();
        let relations = relations(annotation, &text, file)?;
        Ok(Annotated {
            id: id.into(),
            cues: relations.iter().any(|relation| !relation.cue.is_empty()),
            example: false,
            text,
            relations,
        })
    }
}

/// One annotated attribution.
#[derive(Debug, Clone, Default)]
pub struct Relation {
    /// What is said or thought.
    pub content: Vec<Span>,
    /// Who says it; empty when the text does not tell.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
}

impl Relation {
    /// The same with its spans in the order of the text.
    fn sorted(mut self) -> Relation {
        for spans in [&mut self.content, &mut self.source, &mut self.cue] {
            spans.sort();
        }
        self
    }

    /// How many bytes of its content lie in `span`.
    pub fn content_in(&self, span: Span) -> usize {
        self.content.iter().map(|part| part.overlap(span)).sum()
    }
}

/// Reads all annotated articles of a folder, in the order of their names. Texts that nobody annotated are left out.
///
/// # Errors
/// A file that cannot be read, or a line that has no such form.
pub fn read(folder: &Path) -> Result<Vec<Annotated>> {
    let apart = folder.join("text").is_dir();
    let place = |name: &str| if apart { folder.join(name) } else { folder.to_owned() };
    let texts = files(&place("text"), "txt")?;
    let ids: BTreeSet<String> = texts.iter().map(|path| stem(path)).collect();
    let mut annotations: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in files(&place("attributions"), "ann")? {
        let name = stem(&path);
        let id = if apart {
            annotated(&name, &ids)
        } else {
            ids.get(&name).cloned()
        };
        if let Some(id) = id {
            // Files come sorted, so the first annotator stays.
            annotations.entry(id).or_insert(path);
        }
    }
    let mut articles = Vec::new();
    for path in texts {
        let id = stem(&path);
        if let Some(annotation) = annotations.get(&id) {
            let file = annotation.display().to_string();
            let lines = read_text(annotation)?;
            articles.push(Annotated::new(id, read_text(&path)?, &lines, &file)?);
        }
    }
    for path in files(folder, "marked")? {
        let file = path.display().to_string();
        articles.extend(marked::read(&stem(&path), &read_text(&path)?, &file)?);
    }
    Ok(articles)
}

/// The article that `ID_ANNOTATOR` belongs to. Both may hold underscores: the longest id that there is wins.
fn annotated(name: &str, ids: &BTreeSet<String>) -> Option<String> {
    let ends = name.match_indices('_').map(|(at, _)| at);
    ends.rev().map(|end| &name[..end]).find_map(|id| ids.get(id).cloned())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |cause| Error::Read {
        name: path.display().to_string(),
        cause,
    }
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(unreadable(path))
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|e| e == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The `E` lines of a brat file with the spans of their `T` lines.
///
/// All other lines are passed over: notes, and what follows a line break inside annotated words. A `T` line gives its
/// spans to the `E` lines below it only; published sets have a few `E` lines that name a later one, and figures compared
/// with others' must count as they do.
fn relations(annotation: &str, text: &str, file: &str) -> Result<Vec<Relation>> {
    let converter = Converter::new(text, Offsets::Char);
    let lines = || {
        annotation
            .lines()
            .enumerate()
            .filter_map(|(at, line)| cells(at + 1, line))
    };
    let known: BTreeSet<&str> = lines().map(|line| line.id).collect();
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut relations = Vec::new();
    for line in lines() {
        let wrong = |what: String| Error::Line {
            file: file.to_owned(),
            line: line.number,
            what,
        };
        if line.id.starts_with('T') {
            spans.insert(line.id, pieces(line.body, &converter).map_err(wrong)?);
        } else {
            let relation = relation(line.body, &spans, &known).map_err(wrong)?;
            if !relation.content.is_empty() {
                relations.push(relation);
            }
        }
    }
    Ok(relations)
}

/// A `T` or `E` line of a brat file.
struct Line<'a> {
    number: usize,
    id: &'a str,
    body: &'a str,
}

fn cells(number: usize, line: &str) -> Option<Line<'_>> {
    let (id, rest) = line.split_once('\t')?;
    let digits = id.strip_prefix(['T', 'E'])?;
    let body = rest.split_once('\t').map_or(rest, |(body, _)| body);
    let annotates = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    annotates.then_some(Line { number, id, body })
}

/// The spans of `Content 0 5;16 21`.
fn pieces(body: &str, converter: &Converter<'_>) -> std::result::Result<Vec<Span>, String> {
    let form = || format!("{body:?} is no annotation: write \"Content 0 5\" or \"Content 0 5;16 21\"");
    let (_, pieces) = body.split_once(' ').ok_or_else(form)?;
    let piece = |piece: &str| {
        let (start, end) = piece.trim().split_once(' ').ok_or_else(form)?;
        let number = |digits: &str| digits.trim().parse::<u32>().map_err(|_| form());
        converter.span(number(start)?, number(end)?)
    };
    pieces.split(';').map(piece).collect()
}

/// The roles of `Attribution:T4 Content:T3 Cue:T2 Source:T1`.
fn relation(
    body: &str,
    spans: &HashMap<&str, Vec<Span>>,
    known: &BTreeSet<&str>,
) -> std::result::Result<Relation, String> {
    let mut relation = Relation::default();
    for argument in body.split_whitespace() {
        let (role, target) = argument
            .split_once(':')
            .ok_or_else(|| format!("{argument:?} is no role and target, such as Content:T3"))?;
        if !known.contains(target) {
            return Err(format!("{argument}: the file has no {target}"));
        }
        let pieces = spans.get(target).cloned().unwrap_or_default();
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Content" => relation.content.extend(pieces),
            "Source" => relation.source.extend(pieces),
            "Cue" => relation.cue.extend(pieces),
            _ => {}
        }
    }
    Ok(relation.sorted())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Né,” she said, “vu.”";

    fn read(annotation: &str) -> Result<Vec<Relation>> {
        relations(annotation, TEXT, "a.ann")
    }

    #[test]
    fn reads_code_points_and_joined_pieces() {
        let annotation = "T1\tContent 0 5;16 21\t…\nT2\tSource 6 9\tshe\nT3\tCue 10 14\tsaid\nE1\tAttribution:T3 Content:T1 Source1:T2 Cue:T3\n";
        let found = read(annotation).unwrap();
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(TEXT)).collect::<Vec<_>>();
        assert_eq!(words(&found[0].content), ["“Né,”", "“vu.”"]);
        assert_eq!(words(&found[0].source), ["she"]);
        assert_eq!(words(&found[0].cue), ["said"]);
    }

    #[test]
    fn passes_over_what_is_no_annotation() {
        let annotation =
            "T1\tContent 0 5\tbroken\nE3 countries spoke\n\n#1\tAnnotatorNotes T1\twhy?\nE1\tContent:T1\r\n";
        let found = read(annotation).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].source.is_empty());
    }

    #[test]
    fn tells_file_and_line() {
        for (annotation, message) in [
            (
                "T1\tContent 0 22\tx",
                "a.ann:1: 0-22 lies outside the text, which has 21 code points",
            ),
            ("\nT1\tContent 5 2\tx", "a.ann:2: 5-2 ends before it starts"),
            (
                "T1\tContent\tx",
                "a.ann:1: \"Content\" is no annotation: write \"Content 0 5\" or \"Content 0 5;16 21\"",
            ),
            (
                "T1\tContent 0 -1\tx",
                "a.ann:1: \"Content 0 -1\" is no annotation: write \"Content 0 5\" or \"Content 0 5;16 21\"",
            ),
            ("E1\tContent:T7", "a.ann:1: Content:T7: the file has no T7"),
            (
                "T1\tContent 0 5\tx\nE1\tContent",
                "a.ann:2: \"Content\" is no role and target, such as Content:T3",
            ),
        ] {
            assert_eq!(read(annotation).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn the_longest_id_owns_an_annotation() {
        let ids = BTreeSet::from(["a".to_owned(), "a_b".to_owned()]);
        assert_eq!(annotated("a_b_x", &ids).as_deref(), Some("a_b"));
        assert_eq!(annotated("a_x_y", &ids).as_deref(), Some("a"));
        assert_eq!(annotated("c_x", &ids), None);
        assert_eq!(annotated("a", &ids), None);
    }
}
