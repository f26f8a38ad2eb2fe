//! What is done around every request: is it meant for this server, how long did it take, which headers guard the answer.
//!
//! In: a request and what answers it. Out: the answer with its security headers, counted and told to the log.

use super::app::App;
use super::event::Event;
use super::problem::Problem;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

/// On every answer. Scripts and styles come from this server's own files only, never from within a page, so that markup
/// that slipped through would still do nothing.
const GUARDS: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Around every request.
pub(crate) async fn watch(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let target = request
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string);
    let mut response = if is_meant(app.address.ip(), request.headers()) {
        next.run(request).await
    } else {
        Problem::misdirected().into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in GUARDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    let took = begun.elapsed();
    let status = response.status().as_u16();
    app.metrics.request(
        route.as_ref().map_or("other", MatchedPath::as_str),
        known(&method),
        status,
        took,
    );
    if let Some(peer) = peer {
        (app.log)(&Event::Request {
            peer,
            method: method.to_string(),
            target,
            status,
            took,
        });
    }
    response
}

/// A method as a label: what a client makes up must not make up labels.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Whether a request names this server. A page of another site whose name was pointed at the loopback address (DNS
/// rebinding) asks with that site's name, and would otherwise count as the same origin.
fn is_meant(own: IpAddr, headers: &HeaderMap) -> bool {
    if !own.is_loopback() {
        return true;
    }
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        // HTTP/1.0 has no such header; no browser of these days leaves it out.
        return !headers.contains_key(HOST);
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(own: &str, host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        is_meant(own.parse().unwrap(), &headers)
    }

    #[test]
    fn a_loopback_server_is_asked_by_its_own_names_only() {
        for host in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8080",
            "127.0.0.2",
            "[::1]",
            "[::1]:8080",
        ] {
            assert!(meant("127.0.0.1", host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "10.0.0.1",
            "127.0.0.1.nip.io",
            "[::2]:1",
            "é",
        ] {
            assert!(!meant("127.0.0.1", host), "{host}");
            assert!(!meant("::1", host), "{host}");
        }
        assert!(meant("10.0.0.1", "quotes.example"));
    }
}
