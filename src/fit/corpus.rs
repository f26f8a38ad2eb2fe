//! Annotated articles from disk.
//!
//! In: a folder with `text/ID.txt` and `attributions/ID_ANNOTATOR.ann` (brat standoff, offsets in code points). Out: each
//! article with the attributions of its first annotator, in bytes.

use crate::span::Span;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// An article and what an annotator marked in it.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// File name without its ending.
    pub id: String,
    /// The text.
    pub text: String,
    /// The attributions, in the file's order.
    pub relations: Vec<Relation>,
}

impl Annotated {
    /// Whether the annotators marked cues; the sets that hold quotations only have none.
    pub fn has_cues(&self) -> bool {
        self.relations.iter().any(|relation| !relation.cue.is_empty())
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
    /// How many bytes of its content lie in `span`.
    pub fn content_in(&self, span: Span) -> usize {
        self.content.iter().map(|part| part.overlap(span)).sum()
    }
}

/// Reads all annotated articles of a folder, in the order of their names.
///
/// # Errors
/// A file that cannot be read or has no such form.
pub fn read(folder: &Path) -> io::Result<Vec<Annotated>> {
    let mut annotations: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in files(&folder.join("attributions"), "ann")? {
        let Some((id, _)) = stem(&path).rsplit_once('_').map(|(a, b)| (a.to_owned(), b.to_owned())) else {
            continue;
        };
        // Files come sorted, so the first annotator stays.
        annotations.entry(id).or_insert(path);
    }
    let mut articles = Vec::new();
    for path in files(&folder.join("text"), "txt")? {
        let id = stem(&path);
        if let Some(annotation) = annotations.get(&id) {
            let text = read_text(&path)?;
            let relations = relations(&read_text(annotation)?, &text);
            articles.push(Annotated { id, text, relations });
        }
    }
    Ok(articles)
}

fn in_file(path: &Path, cause: io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("{}: {cause}", path.display()))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_text(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map_err(|e| in_file(path, e))
}

fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| in_file(folder, e))? {
        let path = entry.map_err(|e| in_file(folder, e))?.path();
        if path.extension().is_some_and(|e| e == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The `E` lines of a brat file with the spans of their `T` lines.
fn relations(annotation: &str, text: &str) -> Vec<Relation> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |chars: &str| chars.trim().parse::<usize>().ok().and_then(|at| bytes.get(at).copied());
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut relations = Vec::new();
    for line in annotation.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(body)) = (cells.next(), cells.next()) else {
            continue;
        };
        if id.starts_with('T') {
            let pieces = body.split_once(' ').map_or("", |(_, pieces)| pieces).split(';');
            let pieces = pieces.filter_map(|piece| {
                let (start, end) = piece.split_once(' ')?;
                Some(Span::new(byte(start)?, byte(end)?))
            });
            spans.insert(id, pieces.collect());
        } else if id.starts_with('E') {
            let mut relation = Relation::default();
            for (role, target) in body.split_whitespace().filter_map(|argument| argument.split_once(':')) {
                let pieces = spans.get(target).cloned().unwrap_or_default();
                match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Content" => relation.content.extend(pieces),
                    "Source" => relation.source.extend(pieces),
                    "Cue" => relation.cue.extend(pieces),
                    _ => {}
                }
            }
            relation.content.sort();
            relation.source.sort();
            relation.cue.sort();
            if !relation.content.is_empty() {
                relations.push(relation);
            }
        }
    }
    relations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_code_points_and_joined_pieces() {
        let text = "“Né,” she said, “vu.”";
        let annotation = "T1\tContent 0 5;16 21\t…\nT2\tSource 6 9\tshe\nT3\tCue 10 14\tsaid\nE1\tAttribution:T3 Content:T1 Source1:T2 Cue:T3\n";
        let found = relations(annotation, text);
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(words(&found[0].content), ["“Né,”", "“vu.”"]);
        assert_eq!(words(&found[0].source), ["she"]);
        assert_eq!(words(&found[0].cue), ["said"]);
    }
}
