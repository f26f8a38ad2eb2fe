//! What the server counts, as text for Prometheus.
//!
//! In: requests answered, articles read, connections. Out: counters, gauges and histograms in the text format, version
//! 0.0.4. Labels come from the server's own lists, so that no client can make their number grow.

use super::pool::Pool;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the latency buckets, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Route, method, status.
type Key = (String, &'static str, u16);

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<Key, Latencies>>,
    refused: Mutex<BTreeMap<&'static str, u64>>,
    connections: AtomicUsize,
    articles: AtomicU64,
    failed: AtomicU64,
    bytes: AtomicU64,
    quotes: AtomicU64,
}

#[derive(Debug, Default)]
struct Latencies {
    count: u64,
    seconds: f64,
    buckets: [u64; BUCKETS.len()],
}

/// An open connection; counted until dropped.
pub(crate) struct Open<'m>(&'m AtomicUsize);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn request(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        // A count that a panic left half done is still a count.
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let of = requests.entry((route.to_owned(), method, status)).or_default();
        of.count += 1;
        of.seconds += seconds;
        if let Some(at) = BUCKETS.iter().position(|&bound| seconds <= bound) {
            of.buckets[at] += 1;
        }
    }

    /// Something was turned away before there was a request.
    pub(crate) fn refused(&self, why: &'static str) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        *refused.entry(why).or_default() += 1;
    }

    /// An article was read.
    pub(crate) fn article(&self, bytes: usize, quotes: usize) {
        self.articles.fetch_add(1, Relaxed);
        self.bytes.fetch_add(bytes as u64, Relaxed);
        self.quotes.fetch_add(quotes as u64, Relaxed);
    }

    /// An article could not be read.
    pub(crate) fn failed(&self) {
        self.failed.fetch_add(1, Relaxed);
    }

    /// A connection was opened.
    pub(crate) fn connection(&self) -> Open<'_> {
        self.connections.fetch_add(1, Relaxed);
        Open(&self.connections)
    }

    /// Everything, as Prometheus reads it.
    pub(crate) fn text(&self, pool: &Pool) -> String {
        let mut out = String::new();
        self.latencies(&mut out);
        let articles = [
            ("done", self.articles.load(Relaxed)),
            ("failed", self.failed.load(Relaxed)),
        ];
        head(
            &mut out,
            "attache_articles_total",
            "counter",
            "Articles read, by outcome.",
        );
        for (outcome, count) in articles {
            line(
                &mut out,
                &format!("attache_articles_total{{outcome=\"{outcome}\"}}"),
                count,
            );
        }
        let single = [
            (
                "attache_text_bytes_total",
                "counter",
                "Bytes of article text read.",
                self.bytes.load(Relaxed),
            ),
            (
                "attache_quotes_total",
                "counter",
                "Quotes found.",
                self.quotes.load(Relaxed),
            ),
            (
                "attache_queue",
                "gauge",
                "Requests and batches that wait for a worker.",
                pool.waiting() as u64,
            ),
            (
                "attache_workers_busy",
                "gauge",
                "Workers at work.",
                pool.working() as u64,
            ),
            ("attache_workers", "gauge", "Workers there are.", pool.workers() as u64),
            (
                "attache_connections",
                "gauge",
                "Open connections.",
                self.connections.load(Relaxed) as u64,
            ),
        ];
        for (name, kind, help, value) in single {
            head(&mut out, name, kind, help);
            line(&mut out, name, value);
        }
        head(
            &mut out,
            "attache_refused_total",
            "counter",
            "Connections turned away, by limit.",
        );
        for (why, count) in self.refused.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            line(&mut out, &format!("attache_refused_total{{limit=\"{why}\"}}"), count);
        }
        out
    }

    fn latencies(&self, out: &mut String) {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let name = "attache_request_seconds";
        head(
            out,
            name,
            "histogram",
            "From the head of a request to the head of its answer.",
        );
        for ((route, method, status), of) in requests.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            let mut below = 0;
            for (bound, count) in BUCKETS.iter().zip(of.buckets) {
                below += count;
                line(out, &format!("{name}_bucket{{{labels},le=\"{bound}\"}}"), below);
            }
            line(out, &format!("{name}_bucket{{{labels},le=\"+Inf\"}}"), of.count);
            line(out, &format!("{name}_sum{{{labels}}}"), of.seconds);
            line(out, &format!("{name}_count{{{labels}}}"), of.count);
        }
        head(out, "attache_requests_total", "counter", "Requests answered.");
        for ((route, method, status), of) in requests.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            line(out, &format!("attache_requests_total{{{labels}}}"), of.count);
        }
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
}

fn line(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::Limits;

    #[test]
    fn buckets_add_up() {
        let metrics = Metrics::default();
        for millis in [0, 3, 3, 40_000] {
            metrics.request("/extract", "POST", 200, Duration::from_millis(millis));
        }
        metrics.article(4000, 7);
        let open = metrics.connection();
        let text = metrics.text(&Pool::new(2, &Limits::default()));
        for line in [
            "attache_request_seconds_bucket{route=\"/extract\",method=\"POST\",status=\"200\",le=\"0.001\"} 1",
            "attache_request_seconds_bucket{route=\"/extract\",method=\"POST\",status=\"200\",le=\"0.005\"} 3",
            "attache_request_seconds_bucket{route=\"/extract\",method=\"POST\",status=\"200\",le=\"30\"} 3",
            "attache_request_seconds_bucket{route=\"/extract\",method=\"POST\",status=\"200\",le=\"+Inf\"} 4",
            "attache_requests_total{route=\"/extract\",method=\"POST\",status=\"200\"} 4",
            "attache_articles_total{outcome=\"done\"} 1",
            "attache_quotes_total 7",
            "attache_workers 2",
            "attache_connections 1",
        ] {
            assert!(text.lines().any(|have| have == line), "{line}\n{text}");
        }
        drop(open);
        assert!(
            metrics
                .text(&Pool::new(2, &Limits::default()))
                .contains("attache_connections 0")
        );
    }
}
