//! An article's text with its quotes marked, as a fragment of HTML.
//!
//! In: a text and the marks on it, in any order, overlapping as they like. Out: markup in which every character of the
//! text stands once, in order, escaped. A quote is a link to the card that tells of it (`#quote-3`), so that it can be
//! reached by keyboard and without script; inside another quote's words the inner quote is the link.

use super::said::{Place, Said};
use maud::{Escaper, Markup, PreEscaped};
use std::fmt::Write as _;

/// Something to be shown at a place of the text.
#[derive(Debug, Clone, PartialEq)]
struct Mark {
    place: Place,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    /// Part of a quote, by its number and colour.
    Quote(usize, Option<usize>),
    Cue,
    Speaker,
    /// Its kind, and what it is.
    Entity(String, String),
    /// The start of a sentence, by its number.
    Sentence(usize),
}

/// The text with everything marked that is known of it.
pub(super) fn highlighted(text: &str, said: &Said) -> Markup {
    let mut marks = Vec::new();
    let mut mark = |place: Place, what: What| marks.push(Mark { place, what });
    for (quote, colour) in said.quotes.iter().zip(said.colours()) {
        for &span in &quote.spans {
            mark(span, What::Quote(quote.id, colour));
        }
        if let Some(cue) = &quote.cue {
            mark(cue.place, What::Cue);
        }
        if let Some(speaker) = &quote.speaker {
            mark(speaker.mention.place, What::Speaker);
        }
    }
    for entity in &said.entities {
        let office = entity.office.iter().map(String::as_str);
        let about = std::iter::once(entity.name.as_str())
            .chain(office)
            .collect::<Vec<_>>()
            .join(", ");
        for mention in &entity.mentions {
            mark(mention.place, What::Entity(entity.kind.clone(), about.clone()));
        }
    }
    for (number, &sentence) in said.sentences.iter().enumerate() {
        mark(sentence, What::Sentence(number));
    }
    written(text, marks, &said.anchor)
}

/// What holds for a piece of text between two borders of marks.
#[derive(Default, PartialEq)]
struct Piece {
    quote: Option<(usize, Option<usize>)>,
    cue: bool,
    speaker: bool,
    entity: Option<(String, String)>,
}

fn written(text: &str, mut marks: Vec<Mark>, anchor: &str) -> Markup {
    marks.retain(|mark| mark.place.start < mark.place.end && text.get(mark.place.start..mark.place.end).is_some());
    // Of two that start together the longer one comes first: the later one is inside.
    marks.sort_by_key(|mark| (mark.place.start, usize::MAX - mark.place.end));
    // Only the start of a sentence shows.
    let borders = marks.iter().flat_map(|mark| match mark.what {
        What::Sentence(_) => [mark.place.start, mark.place.start],
        _ => [mark.place.start, mark.place.end],
    });
    let mut borders: Vec<usize> = borders.collect();
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.dedup();
    let mut out = Writer {
        anchor,
        ..Writer::default()
    };
    let (mut next, mut open): (usize, Vec<&Mark>) = (0, Vec::new());
    for (&start, &end) in borders.iter().zip(&borders[1..]) {
        open.retain(|mark| mark.place.end > start);
        while let Some(mark) = marks.get(next).filter(|mark| mark.place.start == start) {
            if let What::Sentence(number) = mark.what {
                out.sentence(number);
            } else {
                open.push(mark);
            }
            next += 1;
        }
        let mut piece = Piece::default();
        for mark in &open {
            match &mark.what {
                What::Quote(id, colour) => piece.quote = Some((*id, *colour)),
                What::Cue => piece.cue = true,
                What::Speaker => piece.speaker = true,
                What::Entity(kind, about) => piece.entity = Some((kind.clone(), about.clone())),
                What::Sentence(_) => {}
            }
        }
        out.piece(&piece, &text[start..end]);
    }
    out.close();
    PreEscaped(out.html)
}

#[derive(Default)]
struct Writer<'a> {
    html: String,
    /// Stands before each quote's number in the name of its place.
    anchor: &'a str,
    /// The quote whose link is open.
    link: Option<usize>,
    /// Quotes that have been linked: only the first link of each is what its card leads back to.
    seen: Vec<usize>,
    /// A sentence number that stands before the next piece.
    number: Option<usize>,
}

// Writing to a string cannot fail.
impl Writer<'_> {
    fn sentence(&mut self, number: usize) {
        self.number = Some(number);
    }

    fn piece(&mut self, piece: &Piece, text: &str) {
        let id = piece.quote.map(|(id, _)| id);
        if self.link != id {
            self.close();
        }
        if let Some(number) = self.number.take() {
            let _ = write!(
                self.html,
                "<span class=\"number\" aria-hidden=\"true\">{}</span>",
                number + 1
            );
        }
        if let Some((id, colour)) = piece.quote.filter(|_| self.link != id) {
            let colour = colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string());
            let name = format!("{}{id}", self.anchor);
            let _ = write!(
                self.html,
                "<a class=\"quote c-{colour}\" href=\"#quote-{name}\" data-quote=\"{name}\""
            );
            if !self.seen.contains(&id) {
                self.seen.push(id);
                let _ = write!(self.html, " id=\"at-{name}\"");
            }
            self.html.push('>');
            self.link = Some(id);
        }
        let mut classes = Vec::new();
        classes.extend(piece.cue.then_some("cue"));
        classes.extend(piece.speaker.then_some("source"));
        if let Some((kind, _)) = &piece.entity {
            classes.extend(["entity", kind.as_str()]);
        }
        if classes.is_empty() {
            self.text(text);
            return;
        }
        self.html.push_str("<span class=\"");
        self.text(&classes.join(" "));
        self.html.push('"');
        if let Some((_, about)) = &piece.entity {
            self.html.push_str(" title=\"");
            self.text(about);
            self.html.push('"');
        }
        self.html.push('>');
        self.text(text);
        self.html.push_str("</span>");
    }

    fn text(&mut self, text: &str) {
        let _ = Escaper::new(&mut self.html).write_str(text);
    }

    fn close(&mut self) {
        if self.link.take().is_some() {
            self.html.push_str("</a>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, what: What) -> Mark {
        Mark {
            place: Place { start, end },
            what,
        }
    }

    #[test]
    fn marks_of_all_sorts_end_up_in_one_line_of_markup() {
        let marks = vec![
            mark(0, 5, What::Sentence(0)),
            mark(0, 3, What::Entity("person".into(), "A \"<b>\"".into())),
            mark(4, 8, What::Cue),
            mark(9, 14, What::Quote(0, Some(2))),
            mark(18, 20, What::Quote(0, Some(2))),
        ];
        assert_eq!(
            written("Ann said <&\"'> then & ", marks, "7-").into_string(),
            "<span class=\"number\" aria-hidden=\"true\">1</span>\
             <span class=\"entity person\" title=\"A &quot;&lt;b&gt;&quot;\">Ann</span> <span class=\"cue\">said</span> \
             <a class=\"quote c-2\" href=\"#quote-7-0\" data-quote=\"7-0\" id=\"at-7-0\">&lt;&amp;&quot;'&gt;</a> the\
             <a class=\"quote c-2\" href=\"#quote-7-0\" data-quote=\"7-0\">n </a>&amp; "
        );
    }

    #[test]
    fn the_inner_quote_is_the_link_and_links_never_nest() {
        let marks = vec![mark(0, 9, What::Quote(0, None)), mark(3, 6, What::Quote(1, Some(0)))];
        let html = written("abcdefghi", marks, "").into_string();
        let words: Vec<&str> = html
            .split('<')
            .filter_map(|piece| Some(piece.split_once('>')?.1))
            .collect();
        assert_eq!(words, ["abc", "", "def", "", "ghi", ""]);
        assert_eq!(html.matches("id=\"at-0\"").count(), 1);
    }

    #[test]
    fn marks_outside_the_text_or_inside_a_character_are_left_out() {
        let marks = vec![mark(0, 1, What::Cue), mark(2, 9, What::Cue), mark(2, 2, What::Cue)];
        assert_eq!(written("é!", marks, "").into_string(), "é!");
    }
}
