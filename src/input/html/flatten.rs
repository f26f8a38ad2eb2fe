//! Pages with bounded depth.
//!
//! In: HTML. Out: the same HTML, but for tags that nest too deeply, open too many styles at once, have too many
//! attributes, or are too many: they are cut out, and where one of them began a block a line break stays. A parser looks
//! through all open elements at nearly every tag, so nesting without bounds costs the square of the length; browsers
//! stop at some depth too (512). No page made by people comes near these bounds.

use std::borrow::Cow;

/// Deepest nesting that stays.
const DEPTH: usize = 256;
/// Most styles (`<b>`, `<a>` …) open at once: each is opened anew in every paragraph that follows.
const STYLES: usize = 16;
/// Most elements, those opened anew included.
const ELEMENTS: usize = 1 << 20;
/// A tag longer than this loses its attributes: each is compared with those before it.
const TAG: usize = 1 << 14;

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements whose content is no markup.
const RAW: [&str; 9] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript",
];
/// Elements that a parser opens again after whatever closed them.
const STYLE: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements within a line; all others begin one.
const INLINE: [&str; 14] = [
    "abbr", "bdi", "bdo", "cite", "data", "del", "ins", "label", "mark", "q", "span", "sub", "sup", "time",
];
/// Elements that end an open one of their own kind, unless one of those named stands between.
const IMPLIED: [(&str, &[&str]); 9] = [
    (
        "p",
        &[
            "div",
            "section",
            "article",
            "td",
            "th",
            "li",
            "blockquote",
            "button",
            "body",
        ],
    ),
    ("li", &["ul", "ol", "menu"]),
    ("dt", &["dl"]),
    ("dd", &["dl"]),
    ("tr", &["table"]),
    ("td", &["table", "tr"]),
    ("th", &["table", "tr"]),
    ("tbody", &["table"]),
    ("option", &["select"]),
];

/// The page, made shallow.
pub(super) fn flatten(html: &str) -> Cow<'_, str> {
    let mut page = Page {
        html,
        kept: String::new(),
        from: 0,
        open: Vec::new(),
        styles: Vec::new(),
        elements: 0,
    };
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(next) = find(bytes, at, b"<") {
        at = match bytes.get(next + 1) {
            Some(b'!') if bytes[next..].starts_with(b"<!--") => comment_end(bytes, next),
            Some(b'!' | b'?') => find(bytes, next, b">").map_or(bytes.len(), |end| end + 1),
            Some(b'/') if bytes.get(next + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let (name, end) = tag(bytes, next + 2);
                page.close(&name);
                if end - next > TAG || page.elements > ELEMENTS {
                    page.cut(next, end, "");
                }
                end
            }
            Some(first) if first.is_ascii_alphabetic() => {
                let (name, end) = tag(bytes, next + 1);
                page.start(&name, next, end);
                if RAW.contains(&&*name) {
                    raw_end(bytes, end, &name)
                } else {
                    end
                }
            }
            _ => next + 1,
        };
    }
    if page.from == 0 && page.kept.is_empty() {
        return Cow::Borrowed(html);
    }
    page.kept.push_str(&html[page.from..]);
    Cow::Owned(page.kept)
}

/// What was seen of a page so far.
struct Page<'h> {
    html: &'h str,
    /// The result up to `from`.
    kept: String,
    from: usize,
    /// Names of the open elements.
    open: Vec<String>,
    styles: Vec<String>,
    elements: usize,
}

impl Page<'_> {
    fn start(&mut self, name: &str, start: usize, end: usize) {
        self.elements += 1 + self.styles.len();
        let style = STYLE.contains(&name);
        let too_many = self.elements > ELEMENTS || style && self.styles.len() >= STYLES;
        if too_many || self.open.len() >= DEPTH && !VOID.contains(&name) {
            let line = !style && !INLINE.contains(&name);
            // Beyond the bound no element may be added, not even a break.
            let instead = match line {
                true if self.elements <= ELEMENTS => "<br>",
                true => "\n",
                false => "",
            };
            self.cut(start, end, instead);
            return;
        }
        if end - start > TAG {
            self.cut(start, end, &format!("<{name}>"));
        }
        if VOID.contains(&name) || RAW.contains(&name) {
            return;
        }
        if let Some((_, borders)) = IMPLIED.iter().find(|(implied, _)| *implied == name) {
            let found = self
                .open
                .iter()
                .rposition(|open| open == name || borders.contains(&open.as_str()));
            if let Some(at) = found.filter(|&at| self.open[at] == name) {
                self.open.truncate(at);
            }
        }
        if style {
            self.styles.push(name.to_owned());
        }
        self.open.push(name.to_owned());
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
        if let Some(at) = self.styles.iter().rposition(|open| open == name) {
            self.styles.remove(at);
        }
    }

    fn cut(&mut self, start: usize, end: usize, instead: &str) {
        self.kept.push_str(&self.html[self.from..start]);
        self.kept.push_str(instead);
        self.from = end;
    }
}

/// The name of the tag whose name begins at `at`, in small letters, and where the tag ends.
fn tag(bytes: &[u8], at: usize) -> (String, usize) {
    let part_of = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/');
    let length = bytes[at..].iter().take_while(|byte| part_of(byte)).count();
    // Names of elements are short; what is longer is none of those that matter.
    let name = String::from_utf8_lossy(&bytes[at..at + length.min(32)]).to_ascii_lowercase();
    let mut at = at + length;
    let mut value = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return (name, at),
            b'"' | b'\'' if value => {
                at = find(bytes, at, &[byte]).map_or(bytes.len(), |end| end + 1);
                value = false;
            }
            b'=' => value = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => value = false,
        }
    }
    (name, bytes.len())
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let inner = start + 4;
    if bytes[inner..].starts_with(b">") {
        return inner + 1;
    }
    match find(bytes, inner, b"-->") {
        Some(end) => end + 3,
        None => bytes.len(),
    }
}

/// Where the end tag of a raw element begins.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(next) = find(bytes, at, b"</") {
        let rest = &bytes[next + 2..];
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return next;
        }
        at = next + 2;
    }
    bytes.len()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == first)?;
        if bytes[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_pages_alone() {
        let items = "<li><b>one".repeat(1000);
        let paragraphs = "<p>Yes.<p>No.<br><img src='a>b'>".repeat(1000);
        let page = format!("<!-- <div> --><ul>{items}</ul></b>{paragraphs}<script>'<div>'</script>");
        // Styles that stay open are cut, lines are not.
        assert_eq!(flatten(&page).matches("<li>").count(), 1000);
        assert!(flatten(&page).matches("<p>").count() == 2000);
        let sound = format!(
            "<div>{}</div>",
            "<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>".repeat(500)
        );
        assert!(matches!(flatten(&sound), Cow::Borrowed(_)));
    }

    #[test]
    fn bounds_depth_styles_and_attributes() {
        let deep = "<div>".repeat(10_000) + "Yes." + &"</div>".repeat(10_000);
        assert_eq!(flatten(&deep).matches("<div>").count(), DEPTH);
        let crossed = "<div></b><span>".repeat(10_000);
        assert!(flatten(&crossed).matches("<div>").count() <= DEPTH);
        let styles = (0..1000).map(|n| format!("<b id={n}>")).collect::<String>();
        assert_eq!(flatten(&styles).matches("<b ").count(), STYLES);
        let attributes = (0..10_000).map(|n| format!(" a{n}")).collect::<String>();
        assert_eq!(flatten(&format!("<p{attributes}>Yes.")), "<p>Yes.");
    }
}
