//! What goes wrong between a request and its answer.
//!
//! In: an [`Error`] of the library, or what a client did wrong. Out: a [`Problem`]: a status, a code that stays the same,
//! a message; as a response `{"error":{"code":…,"message":…}}`.

use crate::error::{Error, Trouble};
use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is not answered as asked.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Whether the rest of the request was left unread, so that the connection cannot go on.
    unread: bool,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Problem {
            status,
            code,
            message: message.into(),
            unread: false,
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Problem::new(StatusCode::NOT_FOUND, "not_found", format!("there is no such {what}"))
    }

    pub(crate) fn method_not_allowed() -> Self {
        let message = "this address does not take that method";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
    }

    pub(crate) fn forbidden(code: &'static str, message: &str) -> Self {
        Problem::new(StatusCode::FORBIDDEN, code, message)
    }

    pub(crate) fn misdirected() -> Self {
        let message = "this server listens on the loopback address only: ask for it by that address or as localhost";
        Problem::new(StatusCode::MISDIRECTED_REQUEST, "misdirected", message)
    }

    pub(crate) fn unsupported(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
    }

    /// A body, or a line of a batch, over the limit.
    pub(crate) fn too_large(limit: usize) -> Self {
        Problem {
            unread: true,
            ..Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                format!("more than {limit} bytes"),
            )
        }
    }

    /// A body that did not come in time.
    pub(crate) fn too_slow() -> Self {
        let message = "the body of the request did not come in time";
        Problem {
            unread: true,
            ..Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message)
        }
    }

    /// A body that broke off.
    pub(crate) fn broken() -> Self {
        Problem {
            unread: true,
            ..Problem::bad_request("the body of the request broke off")
        }
    }

    /// More requests than the server takes on.
    pub(crate) fn busy() -> Self {
        let message = "too many requests at once; try again in a moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
    }

    /// Work that did not end in time.
    pub(crate) fn timeout() -> Self {
        let message = "the work took too long; try again in a moment, or with less";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message)
    }

    /// The same problem, on a server that cannot do its work for now.
    pub(crate) fn unavailable(self) -> Self {
        Problem {
            status: StatusCode::SERVICE_UNAVAILABLE,
            ..self
        }
    }

    pub(crate) fn internal() -> Self {
        let message = "something went wrong in the server";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// The same problem, on a connection that cannot go on.
    pub(crate) fn unread(self) -> Self {
        Problem { unread: true, ..self }
    }

    /// As the JSON that stands for it.
    pub(crate) fn json(&self) -> serde_json::Value {
        json!({"error": {"code": self.code, "message": self.message}})
    }

    /// Puts the headers that belong to the problem on a response that tells of it.
    pub(crate) fn mark(&self, response: &mut Response) {
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.unread {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let status = match error {
            Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Empty
            | Error::Binary { .. }
            | Error::Encoding { .. }
            | Error::Json(_)
            | Error::Type { .. }
            | Error::MissingText
            | Error::Query(_)
            | Error::Date(_)
            | Error::Period(_) => StatusCode::BAD_REQUEST,
            // An ingest is writing; it lets others write between its batches.
            Error::Database {
                trouble: Trouble::Busy, ..
            } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::new(status, error.code(), error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let mut response = ([json], format!("{}\n", self.json())).into_response();
        self.mark(&mut response);
        // For whoever would tell it in another form.
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_somebody_writes_to_is_to_be_asked_again() {
        let told = |trouble: Trouble| {
            let (file, detail) = ("quotes.db".to_owned(), String::new());
            Problem::from(Error::Database { file, trouble, detail }).into_response()
        };
        let busy = told(Trouble::Busy);
        assert_eq!(busy.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(busy.headers().contains_key(RETRY_AFTER));
        assert_eq!(told(Trouble::Damaged).status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
