//! `/api/openapi.json`, and a page to read it and try it. Every byte of the page comes from this binary.

use crate::{
    fault, openapi,
    problem::{Answer, Refusal},
    routes::{Recorder, Rule},
};
use axum::{
    body::Bytes,
    extract::RawPathParams,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use flate2::read::GzDecoder;
use std::{
    io::Read,
    sync::{Arc, LazyLock, OnceLock},
};
use utoipa_swagger_ui::Config;

/// Scripts and styles come from here alone; the viewer draws its icons from `data:` addresses.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
);
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

const PAGE: &str = include_str!("docs_page/index.html");
const STARTER: &str = include_str!("docs_page/start.js");

/// Registers the description of the endpoints that were registered before. It is written when somebody first asks for
/// it: that takes some megabytes, which most servers never need.
pub(crate) fn record(recorder: Recorder) -> Recorder {
    let routes = recorder.routes().to_vec();
    let description = Arc::new(LazyLock::new(move || openapi::describe(&routes).to_json().map(Bytes::from)));
    recorder
        .get("/api/openapi.json", Rule::anonymous(), async move || -> Answer {
            let description = description.as_ref().as_ref().map_err(|_| Refusal(Error::Internal))?;
            Ok(([(header::CONTENT_TYPE, "application/json")], description.clone()).into_response())
        })
        .get("/api/docs", Rule::anonymous(), page)
        .get("/api/docs/{file}", Rule::anonymous(), file)
}

async fn page() -> Response {
    static SHOWN: LazyLock<String> = LazyLock::new(|| PAGE.replace("{errors}", &errors()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, SHOWN.as_str()).into_response()
}

/// A row for each code that a refusal may have.
fn errors() -> String {
    let row = |error: Error| {
        let (code, status, sentence) = (error.code(), error.status(), fault::escape(&error.to_string()));
        format!("<tr id=\"{code}\"><td><code>{code}</code></td><td>{status}</td><td>{sentence}</td></tr>")
    };
    Error::examples().into_iter().map(row).collect()
}

/// A file of the viewer, which comes packed.
struct Asset {
    name: &'static str,
    /// The same unpacked, once somebody has asked for that.
    plain: OnceLock<Bytes>,
}

static ASSETS: [Asset; 2] = [Asset::new("swagger-ui.css"), Asset::new("swagger-ui-bundle.js")];

impl Asset {
    const fn new(name: &'static str) -> Self {
        Self { name, plain: OnceLock::new() }
    }

    fn plain(&self, packed: &[u8]) -> Answer<Bytes> {
        if let Some(plain) = self.plain.get() {
            return Ok(plain.clone());
        }
        let mut bytes = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut bytes).map_err(|_| Refusal(Error::Internal))?;
        Ok(self.plain.get_or_init(|| bytes.into()).clone())
    }
}

async fn file(path: RawPathParams, headers: HeaderMap) -> Answer {
    let name = path.iter().next().map_or("", |(_, name)| name);
    if name == "start.js" {
        let headers =
            [(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript")), (header::CACHE_CONTROL, FOR_AN_HOUR)];
        return Ok((headers, STARTER).into_response());
    }
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Refusal(Error::NotFound))?;
    let found = utoipa_swagger_ui::serve(name, Arc::new(Config::default())).ok().flatten();
    let file = found.ok_or(Refusal(Error::NotFound))?;
    let media_type = HeaderValue::from_str(&file.content_type).map_err(|_| Refusal(Error::Internal))?;
    let described = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, FOR_AN_HOUR),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ];
    if takes_gzip(&headers) {
        let packed = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        return Ok((described, packed, file.bytes.into_owned()).into_response());
    }
    Ok((described, asset.plain(&file.bytes)?).into_response())
}

/// Whether a packed answer is welcome (RFC 9110, 12.5.3): by its name, else by the word for all others.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let codings: Vec<(&str, bool)> = lines
        .flat_map(|line| line.split(','))
        .map(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
            (name.trim(), weight.is_ok_and(|weight| weight > 0.0))
        })
        .collect();
    let wish = |wanted: &str| codings.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, wish)| *wish);
    wish("gzip").or_else(|| wish("*")).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_answers_go_to_who_takes_them() {
        let takes = |line: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
            takes_gzip(&headers)
        };
        for line in ["gzip", "br, GZIP;q=0.5", "*", "identity;q=0, *;q=0.1"] {
            assert!(takes(line), "{line}");
        }
        for line in ["", "identity", "gzip;q=0", "gzip;q=0, *", "br"] {
            assert!(!takes(line), "{line}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn every_error_has_a_row_to_lead_to() {
        let rows = errors();
        for error in Error::examples() {
            assert!(rows.contains(&format!("<tr id=\"{}\">", error.code())), "{}", error.code());
        }
        assert!(PAGE.contains("{errors}"));
    }
}
