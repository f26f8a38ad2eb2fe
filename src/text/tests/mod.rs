//! Tables of small texts for each construction, readable by eye. The laws for any text at all are in `tests/`.

mod paragraphs;
mod quotations;
mod sentences;

use super::Document;
use super::paragraphs::Role;

/// Draws the quotations into a text: `<` and `>` around each, `<+` where one goes on with the paragraph before,
/// `~>` where no closing mark was found.
fn quoted(text: &str) -> String {
    let document = Document::read(text);
    let mut signs: Vec<(u32, usize, &str)> = Vec::new();
    for (depth, quotation) in document.quotations.iter().enumerate() {
        let opening = if quotation.continues.is_some() { "<+" } else { "<" };
        let closing = if quotation.closed { ">" } else { "~>" };
        signs.push((quotation.span.start, depth, opening));
        signs.push((quotation.span.end, usize::MAX - depth, closing));
    }
    draw(text, signs)
}

/// Draws a `|` between the sentences.
fn cut(text: &str) -> String {
    let document = Document::read(text);
    let borders = document
        .sentences
        .iter()
        .skip(1)
        .map(|sentence| (sentence.span.start, 0, "|"));
    draw(text, borders.collect())
}

/// One line a paragraph: its role (or the reason of boilerplate in brackets), then its text on one line.
fn laid_out(text: &str) -> String {
    let document = Document::read(text);
    let mut lines = String::new();
    for paragraph in &document.paragraphs {
        let role = match paragraph.role {
            Role::Body => "body".to_string(),
            Role::Heading => "heading".to_string(),
            Role::Boilerplate(reason) => format!("[{reason}]"),
        };
        let words: Vec<&str> = paragraph.span.of(text).split_whitespace().collect();
        lines += &format!("{role}: {}\n", words.join(" "));
    }
    lines
}

fn draw(text: &str, mut signs: Vec<(u32, usize, &str)>) -> String {
    signs.sort();
    let mut drawn = String::new();
    let mut from = 0;
    for (at, _, sign) in signs {
        drawn += &text[from..at as usize];
        drawn += sign;
        from = at as usize;
    }
    drawn + &text[from..]
}
