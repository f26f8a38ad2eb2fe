//! The article of a web page, without what stands around it.
//!
//! In: HTML as characters. Out: an [`Article`]: the text of the page's main part with one blank line between paragraphs,
//! and what the page says of itself. Menus, captions, links to other stories and forms are left out. Pages are first
//! made shallow ([`flatten`]), so that no nesting of tags can cost more than its length.

mod flatten;
mod metadata;

use crate::article::Article;
use crate::error::{Error, Result};
use dom_smoothie::{Config, Readability, TextMode};

/// Pages with more elements are read from top to bottom, because finding the main part looks at elements many times.
const ELEMENTS: usize = 100_000;

/// So are pages with more text, in bytes.
const TEXT: usize = 1 << 20;

/// So are pages of which pieces of text are looked through for more bytes than this: each `&` of a piece is written in
/// time that grows with the piece. A megabyte without a line break that has a thousand of them costs as much.
const LOOKED_THROUGH: usize = 1 << 30;

/// What is never the article's text, whatever it stands in.
const ASIDE: &str = "script, style, template, noscript, iframe, svg, form, button, select, nav, footer, aside, figcaption, \
    [role=navigation], [role=complementary], [aria-label=Advertisement]";

/// Captions and boxes by what pages call them, if they hold but a small part of the text.
const BOXES: &str = "[class*=caption], [class*=related], [class*=newsletter], [class*=promo], [class*=share], \
    [class*=recommend], [class*=read-more], [class*=readmore], [class*=most-read], [class*=trending], [class*=credit], \
    [id*=related], [id*=comments], [class*=comments]";

/// A box holds at most one part in this many of the page's text.
const PART: usize = 4;

/// Elements that begin a line like a `div`, and that are not known as such to the writer of the text.
const BLOCKS: &str = "address, dd, details, dt, fieldset, figure, header, hgroup, main, summary";

/// Reads a page.
pub(super) fn read(html: &str) -> Result<Article> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let flat = flatten::flatten(html);
    let mut page = Readability::new(flat.as_ref(), None, Some(config)).map_err(|_| Error::Empty)?;
    let about = metadata::read(&page);
    page.doc.select(ASIDE).remove();
    page.doc.select(BLOCKS).rename("div");
    let large = page.doc.select("*").length() > ELEMENTS || page.doc.text().len() > TEXT || is_costly(&page);
    if !large {
        remove_boxes(&page);
    }
    // What is found without the main part's help serves when there is none to be found.
    let all = || page.doc.body().map(|body| body.formatted_text().to_string());
    let whole = if large { all() } else { None };
    let text = match whole {
        Some(text) => text,
        None => {
            let all = all();
            match page.parse() {
                Ok(main) if !main.text_content.trim().is_empty() => main.text_content.to_string(),
                _ => all.unwrap_or_default(),
            }
        }
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Empty);
    }
    Ok(Article {
        text: text.to_owned(),
        ..about
    })
}

/// Whether the page's text would be looked through too often for what is written as an entity.
fn is_costly(page: &Readability) -> bool {
    let root = page.doc.root();
    let texts = root.descendants_it().filter(|node| node.is_text());
    let costs = texts.map(|node| {
        let text = node.text();
        // `&`, and the first byte of a space that does not break.
        let entities = text.bytes().filter(|byte| matches!(byte, b'&' | 0xc2)).count();
        entities * text.len()
    });
    costs.sum::<usize>() > LOOKED_THROUGH
}

fn remove_boxes(page: &Readability) {
    let Some(body) = page.doc.body() else { return };
    let whole = body.normalized_char_count();
    for node in page.doc.select(BOXES).nodes() {
        if node.normalized_char_count() * PART <= whole {
            node.remove_from_parent();
        }
    }
}
