//! The files a browser loads beside a page: embedded, and found by name in a list.
//!
//! In: a name. Out: the file, or a problem. There is nothing to find but what is listed here.

use super::problem::Problem;
use crate::store::hash64;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// Name, type and content of each.
const FILES: [(&str, &str, &str); 3] = [
    (
        "style.css",
        "text/css; charset=utf-8",
        concat!(
            include_str!("../output/html/article.css"),
            include_str!("assets/style.css")
        ),
    ),
    (
        "page.js",
        "text/javascript; charset=utf-8",
        include_str!("assets/page.js"),
    ),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

pub(crate) async fn named(Path(name): Path<String>) -> Result<Response, Problem> {
    let file = FILES.iter().find(|(known, ..)| *known == name);
    let (_, kind, content) = *file.ok_or_else(|| Problem::not_found("file"))?;
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, content).into_response())
}

/// The address of a file; it changes with what the files say, so that browsers may keep them.
pub(crate) fn address(name: &str) -> String {
    static VERSION: LazyLock<u64> = LazyLock::new(|| hash64(&FILES.map(|(.., content)| content.as_bytes())));
    format!("/assets/{name}?v={:x}", *VERSION)
}
