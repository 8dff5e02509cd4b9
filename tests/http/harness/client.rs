//! Who sends requests: a program (no cookies, perhaps a bearer token) or a browser (a cookie jar, and on every request
//! the headers that tell where it comes from). No client follows redirects.

use super::{Answer, TestApp};
use http_body_util::{BodyExt, Full};
use hyper::{Method, Uri, body::Bytes, client::conn::http1, http::request};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    error::Error,
    sync::{Arc, Mutex},
};
use tokio::net::TcpStream;

/// One client.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    server: Uri,
    origin: String,
    bearer: Option<String>,
    jar: Option<Arc<Mutex<BTreeMap<String, String>>>>,
}

impl Client {
    /// A program that talks to a server at this address.
    pub(crate) fn at(server: &str) -> Self {
        Self { server: server.parse().unwrap(), origin: server.to_owned(), bearer: None, jar: None }
    }

    pub(super) fn program(app: &TestApp) -> Self {
        Self { origin: app.origin.clone(), ..Self::at(&format!("http://{}", app.address)) }
    }

    pub(super) fn browser(app: &TestApp) -> Self {
        Self { jar: Some(Arc::default()), ..Self::program(app) }
    }

    /// The same, sending this token as `Authorization: Bearer`.
    pub(crate) fn with_bearer(&self, token: &str) -> Self {
        Self { bearer: Some(token.to_owned()), ..self.clone() }
    }

    /// A browser of its own with a copy of the cookies.
    pub(crate) fn copied(&self) -> Self {
        let jar = self.jar.as_ref().expect("a browser").lock().unwrap().clone();
        Self { jar: Some(Arc::new(Mutex::new(jar))), ..self.clone() }
    }

    /// The cookie whose name ends like this, whatever its prefix.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let jar = self.jar.as_ref().expect("a browser").lock().unwrap();
        jar.iter().find(|(known, _)| known.ends_with(name)).map(|(_, value)| value.clone())
    }

    /// Puts a cookie into the jar.
    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.jar.as_ref().expect("a browser").lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Whether the jar holds a session.
    pub(crate) fn has_session(&self) -> bool {
        self.cookie("tickbox_at").is_some() || self.cookie("tickbox_rt").is_some()
    }

    /// Begins a request.
    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut http = hyper::Request::builder().method(&method).uri(path);
        if let Some(jar) = &self.jar {
            let cookies: Vec<String> =
                jar.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !cookies.is_empty() {
                http = http.header("cookie", cookies.join("; "));
            }
            http = http.header("accept", "text/html,application/json;q=0.9,*/*;q=0.8");
        }
        if let Some(bearer) = &self.bearer {
            http = http.header("authorization", format!("Bearer {bearer}"));
        }
        let same_origin = self.jar.is_some().then(|| self.origin.clone());
        Request {
            http,
            body: Bytes::new(),
            server: self.server.authority().expect("an address of a server").to_string(),
            asked: format!("{method} {path}"),
            jar: self.jar.clone(),
            same_origin,
            is_safe: method.is_safe(),
        }
    }

    /// What the security log of whoever this is tells, the newest first; the log must be as it was written.
    pub(crate) async fn events(&self) -> Vec<String> {
        let log = self.get("/api/auth/activity").await.expect(200).json();
        assert_eq!(log["is_intact"], true, "{log}");
        log["items"].as_array().unwrap().iter().map(|entry| entry["event"].as_str().unwrap().to_owned()).collect()
    }

    /// Sends a GET.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send().await
    }

    /// Sends a DELETE without a body.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send().await
    }

    /// Sends JSON.
    pub(crate) async fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.request(method, path).json(body).send().await
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, body).await
    }

    /// Patches with JSON.
    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.json("PATCH", path, body).await
    }

    /// Posts a form, as a page without JavaScript does.
    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.request("POST", path).form(fields).send().await
    }
}

/// A request before it is sent.
#[must_use]
pub(crate) struct Request {
    http: request::Builder,
    body: Bytes,
    server: String,
    asked: String,
    jar: Option<Arc<Mutex<BTreeMap<String, String>>>>,
    same_origin: Option<String>,
    is_safe: bool,
}

impl Request {
    /// Adds a header; a second one of the same name does not replace the first.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.http = self.http.header(name, value);
        self
    }

    /// Sends no word of where the request comes from, unlike a browser.
    pub(crate) fn of_unknown_origin(mut self) -> Self {
        self.same_origin = None;
        self
    }

    /// A JSON body.
    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// A url-encoded body.
    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        self.body("application/x-www-form-urlencoded", serde_urlencoded::to_string(fields).unwrap())
    }

    /// Any body of any type.
    pub(crate) fn body(self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.header("content-type", content_type).untyped_body(body)
    }

    /// A body of no type.
    pub(crate) fn untyped_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it and reads the answer to its end.
    pub(crate) async fn send(self) -> Answer {
        let asked = self.asked.clone();
        self.try_send().await.unwrap_or_else(|error| panic!("{asked}: no answer: {error:?}"))
    }

    /// Sends it on a connection of its own, which may break.
    pub(crate) async fn try_send(self) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let mut http = self.http;
        if let Some(origin) = self.same_origin {
            http = http.header("sec-fetch-site", "same-origin");
            if !self.is_safe {
                http = http.header("origin", origin);
            }
        }
        if http.headers_ref().is_some_and(|headers| !headers.contains_key("host")) {
            http = http.header("host", &self.server);
        }
        let (mut sender, connection) = http1::handshake(TokioIo::new(TcpStream::connect(&self.server).await?)).await?;
        tokio::spawn(connection);
        let (head, body) = sender.send_request(http.body(Full::new(self.body))?).await?.into_parts();
        let body = body.collect().await?.to_bytes().to_vec();
        let answer = Answer { asked: self.asked, status: head.status.as_u16(), headers: head.headers, body };
        if let Some(jar) = self.jar {
            keep_cookies(&answer, &mut jar.lock().unwrap());
        }
        Ok(answer)
    }
}

fn keep_cookies(answer: &Answer, jar: &mut BTreeMap<String, String>) {
    for cookie in answer.set_cookies() {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name and a value");
        if value.is_empty() || attributes.to_lowercase().contains("max-age=0") {
            jar.remove(name);
        } else {
            jar.insert(name.to_owned(), value.to_owned());
        }
    }
}
