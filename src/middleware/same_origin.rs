//! Keeps other sites from acting in a visitor's name. The rules are those of Go's `CrossOriginProtection`, made
//! stricter: a header that is empty, doubled or unknown is refused, the scheme counts, and a request that carries our
//! cookies must say where it comes from.

use crate::{
    middleware::session,
    problem::{Answer, Refusal},
    site::Site,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, header},
    middleware::Next,
};
use domain::Error;
use std::sync::Arc;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what another site may have caused.
pub(crate) async fn require(State(site): State<Arc<Site>>, request: Request, next: Next) -> Answer {
    let headers = request.headers();
    let carries_cookie = || site.cookies.all().iter().any(|name| session::sends(headers, name));
    if is_safe(request.method()) || is_ours(headers, &site.origins, carries_cookie) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal(Error::CrossSite))
    }
}

/// Methods that change nothing (RFC 9110, 9.2.1); none of our routes does on them.
fn is_safe(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE].contains(method)
}

/// A header's values: `None` where it is not sent, an error where it is sent twice or is not text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

fn is_ours(headers: &HeaderMap, origins: &[String], carries_cookie: impl Fn() -> bool) -> bool {
    let (Ok(site), Ok(origin)) = (only(headers, &SEC_FETCH_SITE), only(headers, &header::ORIGIN)) else { return false };
    let site_is_ours = site.is_none_or(|site| ["same-origin", "none"].contains(&site));
    let origin_is_ours = origin.is_none_or(|origin| origins.iter().any(|ours| ours == origin));
    let says_something = site.is_some() || origin.is_some();
    site_is_ours && origin_is_ours && (says_something || !carries_cookie())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OURS: &str = "https://tasks.example";

    fn judged(headers: &[(HeaderName, &'static str)], carries_cookie: bool) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, HeaderValue::from_static(value));
        }
        is_ours(&map, &[OURS.to_owned()], || carries_cookie)
    }

    #[test]
    fn our_own_pages_may() {
        for headers in [
            vec![(SEC_FETCH_SITE, "same-origin"), (header::ORIGIN, OURS)],
            vec![(SEC_FETCH_SITE, "same-origin")],
            vec![(SEC_FETCH_SITE, "none")],
            vec![(header::ORIGIN, OURS)],
        ] {
            assert!(judged(&headers, true), "{headers:?}");
        }
        assert!(judged(&[], false), "a program without cookies sends neither header");
    }

    #[test]
    fn everybody_else_may_not() {
        for site in ["cross-site", "same-site", "", "SAME-ORIGIN", "same-origin, cross-site", "garbage"] {
            assert!(!judged(&[(SEC_FETCH_SITE, site)], true), "{site:?}");
            assert!(!judged(&[(SEC_FETCH_SITE, site), (header::ORIGIN, OURS)], false), "{site:?}");
        }
        for origin in [
            "https://evil.example",
            "null",
            "",
            "http://tasks.example",
            "https://tasks.example.evil.example",
            "https://tasks.example:444",
            "HTTPS://TASKS.EXAMPLE",
            "https://tasks.example/",
        ] {
            assert!(!judged(&[(header::ORIGIN, origin)], false), "{origin:?}");
            assert!(!judged(&[(header::ORIGIN, origin), (SEC_FETCH_SITE, "same-origin")], true), "{origin:?}");
        }
        assert!(!judged(&[(SEC_FETCH_SITE, "same-origin"), (SEC_FETCH_SITE, "same-origin")], false));
        assert!(!judged(&[(header::ORIGIN, OURS), (header::ORIGIN, OURS)], false));
        assert!(!judged(&[], true), "cookies without a word about where they come from");
    }
}
