//! What is asked of the head of every request before anything else looks at it: one host and one of ours, an address and
//! cookies of a sensible length, and one way of saying where the body ends. hyper has read it by then, and has refused
//! what makes no sense at all.

use crate::{problem::Refusal, site::Site};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Error;
use std::{net::IpAddr, sync::Arc};

/// A filter in an address has room in it.
const LONGEST_ADDRESS: usize = 8 * 1024;
/// Three cookies of 4 KB, which is the most that browsers keep of each.
const MOST_COOKIES: usize = 12 * 1024;
/// Signs of life tell nothing, and whoever watches over a server calls it by names that nobody else knows.
const BY_ANY_NAME: [&str; 2] = ["/healthz", "/readyz"];

/// The address of ours that the other end has connected to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reached(pub(crate) IpAddr);

/// Refuses what is not so, and ends the connection with it: what comes after it may be anything.
pub(crate) async fn require(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    // Of a length beside a coding hyper drops the length, as it should; neither is to be trusted with another request on
    // the same connection (RFC 9112, 6.1). Browsers send no coding.
    let is_coded = request.headers().contains_key(header::TRANSFER_ENCODING);
    let judged = judge(&site, &request);
    let ends_connection = is_coded || judged.is_err();
    let mut response = match judged {
        Ok(()) => next.run(request).await,
        Err(error) => Refusal(error).into_response(),
    };
    if ends_connection {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

fn judge(site: &Site, request: &Request) -> Result<(), Error> {
    let (uri, headers) = (request.uri(), request.headers());
    check_framing(headers)?;
    if uri.path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_ADDRESS) {
        return Err(Error::AddressTooLong);
    }
    if headers.get_all(header::COOKIE).iter().map(HeaderValue::len).sum::<usize>() > MOST_COOKIES {
        return Err(Error::HeadersTooLarge);
    }
    let host = only_host(headers)?;
    let reached = request.extensions().get::<Reached>().map(|Reached(ip)| ip.to_canonical());
    let is_ours = |authority: &Authority| is_ours(authority.host(), &site.host, reached);
    // An address with a host of its own counts in place of the header (RFC 9112, 3.2.2).
    let is_known = is_ours(&host) && uri.authority().is_none_or(is_ours);
    if is_known || BY_ANY_NAME.contains(&uri.path()) { Ok(()) } else { Err(Error::WrongHost) }
}

/// A body ends by its length or by its coding, which is `chunked` and nothing before it.
fn check_framing(headers: &HeaderMap) -> Result<(), Error> {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next(), headers.contains_key(header::CONTENT_LENGTH)) {
        (None, ..) => Ok(()),
        (Some(coding), None, false) if coding.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        _ => Err(Error::Malformed("Say in one way alone where the body ends".to_owned())),
    }
}

fn only_host(headers: &HeaderMap) -> Result<Authority, Error> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let only = hosts.next().filter(|_| hosts.next().is_none());
    let host = only.and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let host = host.filter(|host| !host.host().is_empty() && !host.as_str().contains('@'));
    host.ok_or_else(|| Error::Malformed("Name one host, and nothing else, in Host".to_owned()))
}

/// Whether this server is known by this name: that of the base URL, this machine itself, or the address that was reached. A
/// port says nothing here, since proxies have others.
fn is_ours(host: &str, own: &str, reached: Option<IpAddr>) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok().map(|ip| ip.to_canonical());
    name.eq_ignore_ascii_case(own)
        || name.eq_ignore_ascii_case("localhost")
        || ip.is_some_and(|ip| ip.is_loopback() || Some(ip) == reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn h15_a_server_is_known_by_its_names_alone() {
        let reached = "192.0.2.7".parse().ok();
        for host in ["tasks.example", "Tasks.Example.", "localhost", "127.0.0.1", "[::1]", "192.0.2.7"] {
            assert!(is_ours(host, "tasks.example", reached), "{host}");
        }
        for host in ["evil.example", "tasks.example.evil.example", "xtasks.example", "192.0.2.8", "[2001:db8::1]", ""] {
            assert!(!is_ours(host, "tasks.example", reached), "{host}");
        }
    }

    #[test]
    fn h15_one_host_is_named() {
        for (host, value) in [("a.example:8080", "a.example"), ("[::1]:3000", "[::1]")] {
            assert_eq!(only_host(&headers(&[(header::HOST, host)])).unwrap().host(), value);
        }
        for host in ["", "a.example/x", "me@a.example", ":80", "a b"] {
            assert!(only_host(&headers(&[(header::HOST, host)])).is_err(), "{host}");
        }
        assert!(only_host(&headers(&[])).is_err());
        assert!(only_host(&headers(&[(header::HOST, "a.example"), (header::HOST, "a.example")])).is_err());
    }

    #[test]
    fn h11_a_body_ends_in_one_way() {
        const TE: header::HeaderName = header::TRANSFER_ENCODING;
        for lines in [vec![], vec![(header::CONTENT_LENGTH, "5")], vec![(TE, "Chunked")]] {
            assert!(check_framing(&headers(&lines)).is_ok(), "{lines:?}");
        }
        for lines in [
            vec![(header::CONTENT_LENGTH, "5"), (TE, "chunked")],
            vec![(TE, "identity"), (TE, "chunked")],
            vec![(TE, "chunked"), (TE, "chunked")],
            vec![(TE, "gzip, chunked")],
        ] {
            assert!(check_framing(&headers(&lines)).is_err(), "{lines:?}");
        }
    }
}
