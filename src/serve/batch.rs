//! `POST /extract/batch`: JSONL in, JSONL out, as it comes.
//!
//! In: one JSON article a line. Out: one record a line, in the same order; a line that fails gives an error record in its
//! place. Lines are worked on in parts of 64 KB, a few at once, and no more is read before those are taken by the client:
//! memory does not grow with the batch. A batch that breaks off, or comes too slowly, ends without the mark that an
//! answer is whole.

use super::app::App;
use super::body;
use super::extract::{Options, Wanted, counted};
use super::limits::Patience;
use super::problem::Problem;
use crate::article::{Article, Failure};
use crate::batch::guarded;
use crate::error::Error;
use crate::record::Record;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};

/// Bytes of whole lines that are worked on in one go: enough that handing them over costs nothing beside them.
const PART: usize = 64 << 10;

/// A part's answer to come; none if the batch broke off.
type Answer = Option<JoinHandle<Vec<u8>>>;

pub(crate) async fn many(
    State(app): State<Arc<App>>,
    query: Result<Query<Options>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let asked = Options::read(query).and_then(|wanted| lines(&headers).map(|()| wanted));
    let wanted = match asked {
        Ok(wanted) => wanted,
        Err(problem) => {
            body::drain(body).await;
            return Err(problem);
        }
    };
    let place = app.batches.clone().try_acquire_owned();
    let place = place.map_err(|_| Problem::busy().unread())?;
    let (answers, coming) = mpsc::channel(2 * app.pool.workers());
    tokio::spawn(feed(app, body, wanted, answers, place));
    let stream = Answers { coming, current: None };
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], Body::new(stream)).into_response())
}

fn lines(headers: &HeaderMap) -> Result<(), Problem> {
    match body::media_type(headers).as_deref() {
        None | Some("application/x-ndjson" | "application/jsonl" | "application/jsonlines") => Ok(()),
        _ => Err(Problem::unsupported(
            "send application/x-ndjson: one JSON article a line",
        )),
    }
}

/// Reads the batch and has its parts worked on, until it ends or nobody reads the answers any more.
async fn feed(
    app: Arc<App>,
    mut body: Body,
    wanted: Wanted,
    answers: mpsc::Sender<Answer>,
    _place: OwnedSemaphorePermit,
) {
    let mut patience = Patience::new(&app.limits);
    let mut lines = Lines::new(app.limits.body_bytes);
    loop {
        let begun = Instant::now();
        let data = match time::timeout(patience.left(), body::next(&mut body)).await {
            Ok(Ok(data)) => data,
            Ok(Err(_)) | Err(_) => {
                // The receiver may be gone too; then there is nobody to tell.
                let _ = answers.send(None).await;
                return;
            }
        };
        patience.moved(data.as_ref().map_or(0, Bytes::len), begun.elapsed());
        let end = data.is_none();
        let parts = match data {
            Some(data) => lines.push(&data),
            None => lines.end(),
        };
        for part in parts {
            let worker = app.clone();
            let Ok(answer) = app.pool.start(move || work(&worker, &part, wanted)).await else {
                return;
            };
            if answers.send(Some(answer)).await.is_err() {
                return;
            }
        }
        if end {
            return;
        }
    }
}

/// Some whole lines, or one that is too long to be kept.
#[derive(Debug, PartialEq)]
enum Part {
    Lines(Vec<u8>),
    TooLong,
}

/// Cuts bytes as they arrive into parts of whole lines. Each byte is looked at once, however small the pieces are.
struct Lines {
    limit: usize,
    /// What has come and is not handed on.
    buffer: Vec<u8>,
    /// How much of it is whole lines.
    whole: usize,
    /// Whether the line under way is too long, and passed over.
    skipping: bool,
}

impl Lines {
    fn new(limit: usize) -> Self {
        Lines {
            limit,
            buffer: Vec::new(),
            whole: 0,
            skipping: false,
        }
    }

    /// The parts that are whole with these bytes: what is whole is not held back until more comes.
    fn push(&mut self, data: &[u8]) -> Vec<Part> {
        let mut parts = Vec::new();
        for piece in data.split_inclusive(|&byte| byte == b'\n') {
            if self.skipping {
                self.skipping = !piece.ends_with(b"\n");
                continue;
            }
            if self.buffer.len() - self.whole + piece.len() > self.limit {
                self.buffer.truncate(self.whole);
                self.hand_on(&mut parts);
                parts.push(Part::TooLong);
                self.skipping = !piece.ends_with(b"\n");
                continue;
            }
            self.buffer.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.whole = self.buffer.len();
                if self.whole >= PART {
                    self.hand_on(&mut parts);
                }
            }
        }
        if self.whole > 0 {
            let rest = self.buffer.split_off(self.whole);
            self.hand_on(&mut parts);
            self.buffer = rest;
        }
        parts
    }

    /// The last line, if it has no end of its own.
    fn end(&mut self) -> Vec<Part> {
        let mut parts = Vec::new();
        self.hand_on(&mut parts);
        parts
    }

    fn hand_on(&mut self, parts: &mut Vec<Part>) {
        self.whole = 0;
        if !self.buffer.is_empty() {
            parts.push(Part::Lines(std::mem::take(&mut self.buffer)));
        }
    }
}

/// The records of a part's lines.
fn work(app: &App, part: &Part, wanted: Wanted) -> Vec<u8> {
    let mut out = Vec::new();
    match part {
        Part::TooLong => {
            app.metrics.failed();
            let mut failure = Problem::too_large(app.limits.body_bytes).json();
            failure["id"] = serde_json::Value::Null;
            out.extend_from_slice(failure.to_string().as_bytes());
            out.push(b'\n');
        }
        Part::Lines(lines) => {
            let lines = lines.split(|&byte| byte == b'\n');
            for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
                let kept = out.len();
                let done = guarded(|| one(app, line, wanted, &mut out));
                if let Err(failure) = done.unwrap_or_else(|error| Err(Failure { id: None, error })) {
                    out.truncate(kept);
                    // A failure is three strings: writing it to memory cannot fail.
                    let _ = serde_json::to_writer(&mut out, &failure);
                }
                out.push(b'\n');
            }
        }
    }
    out
}

fn one(app: &App, line: &[u8], wanted: Wanted, out: &mut Vec<u8>) -> Result<(), Failure> {
    let mut article = Article::from_json(line).inspect_err(|_| app.metrics.failed())?;
    article.date = article.date.or(wanted.date);
    let failure = |error| Failure {
        id: article.id.clone(),
        error,
    };
    let extraction = counted(app, &article).map_err(failure)?;
    let record = Record::new(&extraction, wanted.offsets);
    serde_json::to_writer(out, &record).map_err(|why| failure(Error::Write(why.into())))
}

/// The answers of the parts, in order, as a body.
struct Answers {
    coming: mpsc::Receiver<Answer>,
    current: Option<JoinHandle<Vec<u8>>>,
}

impl HttpBody for Answers {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            if let Some(current) = &mut self.current {
                let done = ready!(Pin::new(current).poll(cx));
                self.current = None;
                match done {
                    Ok(records) if records.is_empty() => continue,
                    Ok(records) => return Poll::Ready(Some(Ok(Frame::data(records.into())))),
                    Err(_) => return Poll::Ready(Some(Err(io::Error::other("a worker failed")))),
                }
            }
            match ready!(self.coming.poll_recv(cx)) {
                None => return Poll::Ready(None),
                Some(None) => return Poll::Ready(Some(Err(io::Error::other("the batch broke off")))),
                Some(answer) => self.current = answer,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(limit: usize, pieces: &[&str]) -> String {
        let mut lines = Lines::new(limit);
        let mut parts: Vec<Part> = pieces.iter().flat_map(|piece| lines.push(piece.as_bytes())).collect();
        parts.extend(lines.end());
        let shown = parts.iter().map(|part| match part {
            Part::Lines(lines) => String::from_utf8_lossy(lines).replace('\n', "$"),
            Part::TooLong => "-".to_owned(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_are_whole_lines_however_the_bytes_arrive() {
        assert_eq!(cut(9, &["a\nb", "c\n\nd\n", "e"]), "a$ bc$$d$ e");
        assert_eq!(cut(9, &["", "abc", "", "d\n"]), "abcd$");
        assert_eq!(cut(4, &["abc\nab", "cde", "fgh\nx\n"]), "abc$ - x$");
        assert_eq!(cut(4, &["abcde"]), "-");
        assert_eq!(cut(4, &["abcde\n", "\nab"]), "- $ ab");
        assert_eq!(cut(4, &["a\nbcdefg\nhi\n"]), "a$ - hi$");
    }

    #[test]
    fn long_input_is_cut_into_parts() {
        let line = format!("{}\n", "x".repeat(999));
        let mut lines = Lines::new(2000);
        let parts = lines.push(line.repeat(200).as_bytes());
        assert_eq!(parts.len(), 4);
        let whole = parts
            .iter()
            .all(|part| matches!(part, Part::Lines(lines) if lines.ends_with(b"\n")));
        assert!(whole && lines.end().is_empty());
    }
}
