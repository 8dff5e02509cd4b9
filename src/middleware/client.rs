//! Where a request comes from. The peer's address counts, unless the peer is a proxy that the operator trusts: then
//! the last hop in `X-Forwarded-For` that is not such a proxy. What clients write in front of it is never believed.

use super::session;
use crate::{settings::Network, site::Site};
use axum::http::{Extensions, HeaderMap, HeaderName, header};
use backend::accounts::Client;
use std::net::IpAddr;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Longer names of browsers are cut: they are shown to people, in a list.
const LONGEST_USER_AGENT: usize = 300;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Who is calling, for the list of devices and to count what fails.
pub(crate) fn describe(headers: &HeaderMap, extensions: &Extensions, site: &Site) -> Client {
    let ip = extensions.get::<Peer>().map(|Peer(ip)| caller(*ip, headers, &site.proxies).to_canonical().to_string());
    let user_agent = headers.get(header::USER_AGENT).map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.chars().filter(|character| !character.is_control()).take(LONGEST_USER_AGENT).collect()
    });
    let device = session::cookie(headers, site.cookies.device()).map(str::to_owned);
    Client { ip, user_agent, device }
}

fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|network| network.contains(*ip));
    if !is_trusted(&peer) {
        return peer;
    }
    let lines: Vec<&str> = headers.get_all(X_FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    let mut nearest = peer;
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = hop;
        if !is_trusted(&hop) {
            break;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let trusted: Vec<Network> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        caller(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn strangers_cannot_invent_an_address() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn behind_proxies_the_last_stranger_counts() {
        let proxies = ["10.0.0.0/8"];
        assert_eq!(seen("10.0.0.1", &["198.51.100.1, 203.0.113.9, 10.0.0.2"], &proxies), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1", "203.0.113.9"], &proxies), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["nonsense, 10.0.0.2"], &proxies), "10.0.0.2");
        assert_eq!(seen("10.0.0.1", &[], &proxies), "10.0.0.1");
    }
}
