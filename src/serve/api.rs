//! What machines ask: is it alive, what has it done, what can it do.
//!
//! In: nothing. Out: `GET /healthz`, `GET /metrics` and `GET /openapi.json`.

use super::app::App;
use super::database::ask;
use super::problem::Problem;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::sync::{Arc, LazyLock};

/// The description of the API, but for the record, which has a schema of its own.
const OPENAPI: &str = include_str!("assets/openapi.json");

/// The record's schema, as `attache schema` prints it.
const RECORD: &str = include_str!("../../data/schema/attache-1.json");

pub(crate) async fn healthz(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    if app.database.is_some() {
        // There is no such quote; to know that, the database must be read.
        ask(&app, |reader| reader.quote(0))
            .await
            .map_err(Problem::unavailable)?;
    }
    Ok(([(CONTENT_TYPE, "application/json")], "{\"status\":\"ok\"}\n").into_response())
}

pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let text = app.metrics.text(&app.pool);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

pub(crate) async fn openapi() -> Result<Response, Problem> {
    static WHOLE: LazyLock<Option<String>> = LazyLock::new(|| whole(OPENAPI, RECORD).map(|api| api.to_string()));
    let api = WHOLE.as_deref().ok_or_else(Problem::internal)?;
    Ok(([(CONTENT_TYPE, "application/json")], api).into_response())
}

/// The API with the record's schemas among its own.
fn whole(api: &str, record: &str) -> Option<Value> {
    let mut api: Value = serde_json::from_str(api).ok()?;
    let record = record.replace("#/$defs/", "#/components/schemas/");
    let mut record: Map<String, Value> = serde_json::from_str(&record).ok()?;
    api["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    let schemas = api["components"]["schemas"].as_object_mut()?;
    if let Some(Value::Object(parts)) = record.remove("$defs") {
        schemas.extend(parts);
    }
    Some(api)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_api_leads_somewhere() {
        let api = whole(OPENAPI, RECORD).unwrap();
        let text = api.to_string();
        let mut count = 0;
        for piece in text.split("\"$ref\":\"#").skip(1) {
            let path = piece.split('"').next().unwrap();
            assert!(api.pointer(path).is_some(), "{path}");
            count += 1;
        }
        assert!(count > 20, "{count}");
    }
}
