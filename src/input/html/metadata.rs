//! What a page says of itself: title, date, authors, address, site.
//!
//! In: the parsed page. Out: an [`Article`] without text. Structured data for search engines (JSON-LD) goes before the
//! tags for social networks (OpenGraph), these before other `meta` tags, and these before what the page shows.

use crate::article::{Article, parse_date};
use dom_smoothie::Readability;
use jiff::civil::Date;
use serde_json::Value;

/// Names of `meta` tags, the best first.
const TITLE: [&str; 4] = ["og:title", "twitter:title", "dc.title", "parsely-title"];
const DATE: [&str; 10] = [
    "article:published_time",
    "parsely-pub-date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
];
const AUTHOR: [&str; 6] = [
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "article:author",
];
/// Where a page shows its authors.
const BYLINE: &str = "[itemprop=author], [rel=author], .byline, .author";
/// Longer ones are no names.
const NAMES: usize = 120;

/// What a page says of itself.
pub(super) fn read(page: &Readability) -> Article {
    let data = structured(page);
    let meta = meta(page);
    let first = |names: &[&str]| {
        let value = |name: &&str| {
            meta.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
        };
        names.iter().find_map(value)
    };
    let shown = |selector: &str| {
        let found = page.doc.select(selector);
        words(&found.first().text()).map(|words| (words, found.length()))
    };
    let canonical = page.doc.select("link[rel=canonical]").attr("href");
    let byline = || {
        shown(BYLINE)
            .map(|(names, _)| names)
            .filter(|names| names.len() <= NAMES)
    };
    let named = |name: &String| !is_address(name);
    Article {
        title: (data.title)
            .or_else(|| first(&TITLE))
            .or_else(|| shown("h1").filter(|(_, count)| *count == 1).map(|(title, _)| title))
            .or_else(|| shown("title").map(|(title, _)| title)),
        date: (data.date)
            .or_else(|| DATE.iter().find_map(|name| day(&first(&[name])?)))
            .or_else(|| time(page)),
        url: [canonical.map(|url| url.to_string()), data.url, first(&["og:url"])]
            .into_iter()
            .flatten()
            .find(|url| is_address(url)),
        author: (data.author)
            .or_else(|| AUTHOR.iter().find_map(|name| first(&[name]).filter(named)))
            .or_else(byline)
            .and_then(|author| without_by(&author)),
        site: data.site.or_else(|| first(&["og:site_name", "application-name"])),
        ..Article::default()
    }
}

/// All `meta` tags: name in small letters, content that is not empty.
fn meta(page: &Readability) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for tag in page.doc.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop"].iter().find_map(|kind| tag.attr(kind));
        let content = tag.attr("content").and_then(|content| words(&content));
        if let (Some(name), Some(content)) = (name, content) {
            found.push((name.trim().to_ascii_lowercase(), content));
        }
    }
    found
}

/// The first `<time>` that states a day; one that is marked as the day of publication before others.
fn time(page: &Readability) -> Option<Date> {
    let marked = "time[pubdate], time[itemprop=datePublished], [itemprop=datePublished][datetime]";
    [marked, "time[datetime]"].iter().find_map(|selector| {
        let times = page.doc.select(selector);
        times.nodes().iter().find_map(|time| day(&time.attr("datetime")?))
    })
}

/// The first article that the page's structured data describe.
fn structured(page: &Readability) -> Article {
    for script in page.doc.select("script[type=\"application/ld+json\"]").nodes() {
        let text = script.text();
        // Control characters in strings are wrong and frequent.
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(clean.trim()) else {
            continue;
        };
        if let Some(article) = article(&value) {
            return Article {
                title: text_of(&article["headline"]).or_else(|| text_of(&article["name"])),
                date: ["datePublished", "dateCreated"]
                    .iter()
                    .find_map(|name| day(article[name].as_str()?)),
                url: text_of(&article["url"])
                    .or_else(|| text_of(&article["mainEntityOfPage"]))
                    .or_else(|| text_of(&article["mainEntityOfPage"]["@id"])),
                author: names(&article["author"]).or_else(|| names(&article["creator"])),
                site: names(&article["publisher"]),
                ..Article::default()
            };
        }
    }
    Article::default()
}

/// The object of a type that ends in `Article`, `Report` or `BlogPosting`: at the top, in a list, in a graph.
fn article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(article),
        Value::Object(fields) => {
            let is = |kind: &Value| {
                let kind = kind.as_str().unwrap_or_default();
                ["Article", "Report", "BlogPosting"]
                    .iter()
                    .any(|ending| kind.ends_with(ending))
            };
            let fits = match fields.get("@type") {
                Some(Value::Array(kinds)) => kinds.iter().any(is),
                Some(kind) => is(kind),
                None => false,
            };
            if fits {
                Some(value)
            } else {
                article(fields.get("@graph")?)
            }
        }
        _ => None,
    }
}

/// The names of people or organisations: a string, an object with `name`, or a list of them.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(names).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(fields) => names(fields.get("name")?),
        other => text_of(other).filter(|name| !is_address(name)),
    }
}

/// A string that says something; tags and entities that were left in it are plain characters here.
fn text_of(value: &Value) -> Option<String> {
    words(value.as_str()?)
}

/// A day at the beginning of a time stamp, however the rest of it is written.
fn day(given: &str) -> Option<Date> {
    let given = given.trim();
    let (day, rest) = (given.get(..10)?, &given[10..]);
    (!rest.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| parse_date(day).ok())
        .flatten()
}

/// Words with one space between them; `None` if there are none.
fn words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn without_by(author: &str) -> Option<String> {
    let by = author.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    words(if by { &author[3..] } else { author })
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(html: &str) -> Article {
        read(&Readability::new(html, None, None).unwrap())
    }

    #[test]
    fn structured_data_go_first() {
        let article = about(
            r#"<title>Talks end | The Vela Star</title><meta property="og:title" content="Other">
            <link rel=canonical href="https://vela.example/talks">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
            {"@type":["NewsArticle"],"headline":"Talks end
            in Vela","datePublished":"2017-04-12T08:00:00+0000","author":[{"@type":"Person","name":"Ana Orlo"},
            {"name":"Ben Sumner"}],"publisher":{"name":"The Vela Star"}}]}</script>"#,
        );
        assert_eq!(article.title.as_deref(), Some("Talks end in Vela"));
        assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2017-04-12"));
        assert_eq!(article.author.as_deref(), Some("Ana Orlo, Ben Sumner"));
        assert_eq!(article.site.as_deref(), Some("The Vela Star"));
        assert_eq!(article.url.as_deref(), Some("https://vela.example/talks"));
    }

    #[test]
    fn then_tags_then_what_is_shown() {
        let tags = about(
            r#"<meta property="og:site_name" content="Star"><meta property="og:url" content="https://a.example/1">
            <meta name="Author" content="By Ana Orlo"><meta property="article:published_time" content="2017-04-12 08:00">
            <h1>One</h1>"#,
        );
        assert_eq!(tags.title.as_deref(), Some("One"));
        assert_eq!(tags.author.as_deref(), Some("Ana Orlo"));
        assert_eq!(tags.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(tags.date.map(|day| day.to_string()).as_deref(), Some("2017-04-12"));
        let shown = about(
            r#"<title>T</title><span class=byline>By  Ana
            Orlo</span><time datetime="soon">x</time><time datetime="2017-04-13">y</time>"#,
        );
        assert_eq!(shown.author.as_deref(), Some("Ana Orlo"));
        assert_eq!(shown.title.as_deref(), Some("T"));
        assert_eq!(shown.date.map(|day| day.to_string()).as_deref(), Some("2017-04-13"));
        assert_eq!(about("<p>Yes."), Article::default());
    }
}
