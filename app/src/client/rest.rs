//! Writes to the REST interface. A write that gets lost on the way is sent again under the same idempotency key, so
//! that the server carries it out once, however often it arrives.

use super::page;
use domain::{Error, FieldError, tasks::Task};
pub use gloo_net::http::Method;
use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Date, Function, Math, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};

/// How long to wait before each further try, in milliseconds.
const WAITS: [u32; 3] = [300, 1_000, 3_000];
/// The longest wait that a server may ask for, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

/// One write.
#[derive(Debug, Clone)]
pub struct Write {
    /// The method.
    pub method: Method,
    /// The path behind `/api/me/tasks`.
    pub path: String,
    /// The JSON body.
    pub body: Option<String>,
    /// The revision that it builds on.
    pub revision: Option<String>,
    /// What makes it the same write when it comes again.
    pub key: String,
}

/// Sends a write, several times if need be. The answer is the task as it is now; a task that was deleted has none.
///
/// # Errors
/// What the server refuses with, or [`Error::Timeout`] if it cannot be reached.
pub async fn send(write: &Write) -> Answer {
    let mut waits = WAITS.into_iter();
    loop {
        let lost = match send_once(write).await {
            Ok(answer) => return answer,
            Err(lost) => lost,
        };
        match waits.next() {
            Some(wait) => page::pause(lost.wait.clamp(wait, LONGEST_WAIT)).await,
            None => return Err(lost.error),
        }
    }
}

/// A key that nobody has used before. Browsers make UUIDs only on pages that came safely (https, or this machine).
pub fn new_key() -> String {
    let uuid = || {
        let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
        let make: Function = Reflect::get(&crypto, &"randomUUID".into()).ok()?.dyn_into().ok()?;
        make.call0(&crypto).ok()?.as_string()
    };
    uuid().unwrap_or_else(|| format!("{}-{}", Date::now(), Math::random()))
}

/// What the server has decided: the task as it is now, or why not.
pub type Answer = Result<Option<Task>, Error>;

/// A write that was not decided, and may be when it comes again.
struct Lost {
    error: Error,
    /// How long the server asks to wait, in milliseconds.
    wait: u32,
}

impl From<Error> for Lost {
    fn from(error: Error) -> Self {
        Self { error, wait: 0 }
    }
}

async fn send_once(write: &Write) -> Result<Answer, Lost> {
    let request = RequestBuilder::new(&format!("/api/me/tasks{}", write.path))
        .method(write.method.clone())
        .header("content-type", "application/json")
        .header("idempotency-key", &write.key);
    let request = match &write.revision {
        Some(revision) => request.header("if-match", &format!("\"{revision}\"")),
        None => request,
    };
    let request = match &write.body {
        Some(body) => request.body(JsValue::from_str(body)),
        None => request.build(),
    };
    let Ok(request) = request else { return Ok(Err(Error::Internal)) };
    let response = request.send().await.map_err(|_| Error::Timeout)?;
    let text = response.text().await.map_err(|_| Error::Timeout)?;
    judge(&response, &text)
}

fn judge(response: &Response, text: &str) -> Result<Answer, Lost> {
    match response.status() {
        204 => Ok(Ok(None)),
        200..=299 => Ok(serde_json::from_str(text).map(Some).map_err(|_| Error::Internal)),
        408 | 502..=504 => {
            let seconds = response.headers().get("retry-after").and_then(|text| text.trim().parse::<u32>().ok());
            let wait = seconds.unwrap_or(0).saturating_mul(1_000);
            Err(Lost { error: read_problem(text).unwrap_or(Error::Busy), wait })
        }
        401 => Ok(Err(Error::SignedOut)),
        _ => Ok(Err(read_problem(text).unwrap_or(Error::Internal))),
    }
}

/// What a refusal says (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<Fault>,
    #[serde(default)]
    current: Option<Task>,
}

#[derive(Deserialize)]
struct Fault {
    pointer: String,
    code: String,
    detail: String,
}

fn read_problem(text: &str) -> Option<Error> {
    let problem: Problem = serde_json::from_str(text).ok()?;
    let faults = problem.errors.into_iter().map(|fault| {
        let field = fault.pointer.trim_start_matches('/').to_owned();
        FieldError { field, code: fault.code, detail: fault.detail }
    });
    let known = [
        Error::NotFound,
        Error::Forbidden,
        Error::CrossSite,
        Error::IdTaken,
        Error::IdempotencyKeyReused,
        Error::Timeout,
        Error::Busy,
        Error::Unavailable,
        Error::Internal,
    ];
    Some(match (problem.code.as_str(), problem.current) {
        ("invalid", _) => Error::Invalid(faults.collect()),
        ("stale_revision", Some(task)) => Error::Stale(Box::new(task)),
        (code, _) => {
            let known = known.into_iter().find(|error| error.code() == code);
            known.unwrap_or(Error::Malformed(problem.detail))
        }
    })
}
