//! JSON bodies. They are read as plain values; which fields they may have is `domain`'s business.

use crate::problem::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::Error;
use serde_json::Value;

/// A JSON body.
pub(crate) struct Json(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for Json {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let body = Bytes::from_request(request, state).await.map_err(|_| Refusal(unreadable()))?;
        parse(&body).map(Self)
    }
}

/// A JSON body, or none.
pub(crate) struct OptionalJson(pub(crate) Option<Value>);

impl<S: Send + Sync> FromRequest<S> for OptionalJson {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let body = Bytes::from_request(request, state).await.map_err(|_| Refusal(unreadable()))?;
        let body = if body.is_empty() { None } else { Some(parse(&body)?) };
        Ok(Self(body))
    }
}

/// Reads a body. What is not JSON, not UTF-8 or nested deeper than 128 levels is refused.
pub(super) fn parse(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal(unreadable()))
}

fn unreadable() -> Error {
    Error::Malformed("The body is not JSON in UTF-8, or is nested too deeply".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_json_is_refused() {
        let deep = "[".repeat(10_000);
        for body in [&b""[..], b"{", b"{\"title\": \"\xff\"}", b"\"\\ud800\"", b"{} {}", deep.as_bytes()] {
            assert!(parse(body).is_err());
        }
        assert!(parse(b" {\"title\": \"Milk\"} ").is_ok());
    }
}
