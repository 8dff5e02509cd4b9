//! What came back over HTTP, with the questions that scenarios ask of it.

use hyper::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What was asked, for messages.
    pub(crate) asked: String,
    /// The status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Fails unless the status is this one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.asked, self.excerpt());
        self
    }

    /// Fails unless it is a refusal as RFC 9457 has it, with this status and code.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.asked);
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{}", answer.asked);
        assert_eq!(problem["code"], code, "{}: {problem}", answer.asked);
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{}: {problem}", answer.asked);
        answer
    }

    /// Fails unless it leads to this very address.
    #[track_caller]
    pub(crate) fn expect_redirect(self, to: &str) -> Self {
        let answer = self.expect(303);
        assert_eq!(answer.location(), to, "{}", answer.asked);
        answer
    }

    /// The names of the fields that were complained about.
    pub(crate) fn faulty_fields(&self) -> Vec<String> {
        let problem = self.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().trim_start_matches('/').to_owned()).collect()
    }

    /// A header's value; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads; empty if it stays.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The `Set-Cookie` headers.
    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{} answered {} with no JSON ({error}): {}", self.asked, self.status, self.excerpt())
        })
    }

    /// The titles of a list of tasks.
    #[track_caller]
    pub(crate) fn titles(&self) -> Vec<String> {
        let page = self.json();
        let items = page["items"].as_array().unwrap_or_else(|| panic!("no items: {page}"));
        items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    }

    /// Whether it hands out a session cookie that is not empty.
    pub(crate) fn gives_a_session(&self) -> bool {
        self.set_cookies().iter().any(|cookie| {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            (name.ends_with("tickbox_at") || name.ends_with("tickbox_rt")) && !value.is_empty()
        })
    }

    /// Fails if the body tells of what is behind the pages: SQL, file paths, types, stacks.
    #[track_caller]
    pub(crate) fn assert_tells_nothing_inner(&self) {
        let text = self.text().to_lowercase();
        let inner = [
            "select \"",
            "insert into",
            "sqlite",
            "postgres",
            "sqlx",
            "sea_orm",
            "sea-orm",
            "dberr",
            "serde",
            "axum::",
            "backend::",
            "domain::",
            "panicked",
            "backtrace",
            ".rs:",
            env!("CARGO_MANIFEST_DIR").trim_end_matches("/tests/http"),
            "/home/",
            "/usr/",
            "target/",
            "expected value at line",
            "unwrap",
            "none value",
            "constraint",
        ];
        for word in inner {
            assert!(!text.contains(word), "{} tells {word:?}: {}", self.asked, self.excerpt());
        }
    }

    fn excerpt(&self) -> String {
        self.text().chars().take(1500).collect()
    }
}
