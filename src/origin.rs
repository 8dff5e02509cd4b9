//! Origins: scheme, host and port, as browsers send them, and the ones that count as our own.

use std::{fmt, str::FromStr};

/// The origin of a page, in the form that browsers send: lower case, the usual port left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    pub(crate) fn is_secure(&self) -> bool {
        self.scheme == "https"
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    fn usual_port(scheme: &str) -> u16 {
        if scheme == "https" { 443 } else { 80 }
    }

    /// The origins that count as this one: the names of the loopback interface are one place.
    pub(crate) fn aliases(&self) -> Vec<String> {
        const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
        if !LOOPBACK.contains(&self.host.as_str()) {
            return vec![self.to_string()];
        }
        LOOPBACK.iter().map(|host| Self { host: (*host).to_owned(), ..self.clone() }.to_string()).collect()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)?;
        if self.port == Self::usual_port(&self.scheme) { Ok(()) } else { write!(formatter, ":{}", self.port) }
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const REFUSED: &str = "give scheme, host and port only, such as https://tasks.example.org";
        let uri: axum::http::Uri = text.parse().map_err(|_| REFUSED)?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or(REFUSED)?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(REFUSED)?;
        if uri.path() != "/" || uri.query().is_some() || authority.host().is_empty() {
            return Err(REFUSED);
        }
        let port = authority.port_u16().unwrap_or_else(|| Self::usual_port(scheme));
        Ok(Self { scheme: scheme.to_owned(), host: authority.host().to_ascii_lowercase(), port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_reads_as_browsers_send_it() {
        for (written, sent) in [
            ("https://Tasks.Example.org/", "https://tasks.example.org"),
            ("https://tasks.example.org:443", "https://tasks.example.org"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ] {
            assert_eq!(written.parse::<Origin>().unwrap().to_string(), sent);
        }
        for text in [
            "",
            "tasks.example.org",
            "ftp://a.example",
            "https://a.example/x",
            "https://a.example?x",
            "https://me@a.example",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_one_place() {
        let aliases = "http://localhost:3000".parse::<Origin>().unwrap().aliases();
        assert_eq!(aliases, ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]);
        assert_eq!("https://a.example".parse::<Origin>().unwrap().aliases(), ["https://a.example"]);
    }
}
