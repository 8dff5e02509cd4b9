//! Reads a body before its handler runs: only of a type that the route reads, only as much as anybody needs, and only
//! for so long.

use crate::problem::{Answer, Refusal};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware::Next,
};
use domain::{Error, parameters};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::time::Duration;
use tokio::time::timeout;

const LARGEST: usize = 256 * 1024;
const WITHIN: Duration = Duration::from_secs(30);

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const MERGE_PATCH: &str = "application/merge-patch+json";

/// What a route reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepts {
    /// No body; one that is sent nonetheless is not looked at.
    Nothing,
    /// The fields of a form.
    Form,
    /// JSON.
    Json,
    /// JSON or no body.
    OptionalJson,
    /// JSON, or the same under the name of a merge patch (RFC 7396).
    MergePatch,
    /// The same, or no body.
    OptionalMergePatch,
}

impl Accepts {
    /// Whether there may be no body.
    pub(crate) const fn may_lack(self) -> bool {
        matches!(self, Self::OptionalJson | Self::OptionalMergePatch)
    }

    fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Nothing => &[],
            Self::Form => &[FORM],
            Self::Json | Self::OptionalJson => &[JSON],
            Self::MergePatch | Self::OptionalMergePatch => &[JSON, MERGE_PATCH],
        }
    }
}

/// Hands the handler a body that is there already.
pub(crate) async fn read(State(accepts): State<Accepts>, request: Request, next: Next) -> Answer {
    let (parts, body) = request.into_parts();
    if accepts == Accepts::Nothing || accepts.may_lack() && body.is_end_stream() {
        return Ok(next.run(Request::from_parts(parts, Body::empty())).await);
    }
    if !accepts.may_lack() {
        check_type(&parts.headers, accepts)?;
    }
    let body = collect(body, WITHIN).await?;
    // A body of no known length may turn out to be none, and then it has no type.
    if accepts.may_lack() && !body.is_empty() {
        check_type(&parts.headers, accepts)?;
    }
    if accepts == Accepts::Form && !parameters::are_readable(&body) {
        return Err(malformed("This form is not written in UTF-8. Go back, reload the page and try again."));
    }
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// Whether the body is said to be a form, and nothing else.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    check_type(headers, Accepts::Form).is_ok()
}

/// The whole of a body, within the time that bodies have.
pub(super) async fn collect_in_time(body: Body) -> Answer<Bytes> {
    collect(body, WITHIN).await
}

/// The whole of a body, if it is not too large and all of it comes in time.
async fn collect(body: Body, within: Duration) -> Answer<Bytes> {
    let too_large = Refusal(Error::TooLarge { limit: LARGEST });
    if body.size_hint().lower() > LARGEST as u64 {
        return Err(too_large);
    }
    let collected =
        timeout(within, Limited::new(body, LARGEST).collect()).await.map_err(|_| Refusal(Error::Timeout))?;
    match collected {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large),
        Err(_) => Err(malformed("The body ended before it was complete. Send it again.")),
    }
}

fn malformed(detail: &str) -> Refusal {
    Refusal(Error::Malformed(detail.to_owned()))
}

/// The type must be said once and be one of those that the route reads; packed bodies are not read at all.
fn check_type(headers: &HeaderMap, accepts: Accepts) -> Result<(), Refusal> {
    let essence = only(headers, &header::CONTENT_TYPE).map(|text| text.split(';').next().unwrap_or(text).trim());
    let is_known =
        essence.is_some_and(|essence| accepts.media_types().iter().any(|known| essence.eq_ignore_ascii_case(known)));
    let is_packed = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if is_known && !is_packed {
        return Ok(());
    }
    let expected = accepts.media_types().join(" or ");
    Err(Refusal(Error::UnsupportedMediaType { expected }))
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use hyper::body::Frame;
    use std::{
        pin::Pin,
        task::{Context, Poll},
    };

    fn passes(accepts: Accepts, types: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for text in types {
            headers.append(header::CONTENT_TYPE, HeaderValue::from_static(text));
        }
        check_type(&headers, accepts).is_ok()
    }

    #[test]
    fn a_route_reads_its_own_types_alone() {
        assert!(passes(Accepts::Json, &["application/json"]));
        assert!(passes(Accepts::Json, &["Application/JSON; charset=utf-8"]));
        assert!(passes(Accepts::MergePatch, &["application/merge-patch+json"]));
        assert!(passes(Accepts::Form, &["application/x-www-form-urlencoded"]));
        assert!(!passes(Accepts::Json, &["application/merge-patch+json"]));
        assert!(!passes(Accepts::Json, &[]));
        assert!(!passes(Accepts::Json, &["text/plain"]));
        assert!(!passes(Accepts::Json, &["application/json", "text/plain"]));
        assert!(!passes(Accepts::Form, &["multipart/form-data; boundary=x"]));
        assert!(!passes(Accepts::Form, &["application/json"]));
    }

    /// A body that begins and never goes on.
    struct Endless;

    impl HttpBody for Endless {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
            Poll::Pending
        }
    }

    #[tokio::test]
    async fn h13_a_body_that_does_not_come_is_given_up() {
        let given_up = collect(Body::new(Endless), Duration::from_millis(20)).await;
        assert!(matches!(given_up, Err(Refusal(Error::Timeout))));
        let whole = collect(Body::from("all of it"), Duration::from_secs(5)).await;
        assert!(whole.is_ok_and(|body| body == "all of it"));
    }

    #[test]
    fn a_packed_body_is_not_read() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(check_type(&headers, Accepts::Json).is_err());
    }
}
