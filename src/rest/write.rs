//! What every write to what an account owns has in common: it is one change, carried out by the ledger, that may come
//! with an idempotency key and is answered with its number in the owner's log.

use super::{Mine, X_CHANGE_ID, X_CHANGE_SEQ, conditional, json, prefer::Return};
use crate::{
    problem::{Answer, Refusal},
    site::Site,
};
use aws_lc_rs::digest::{Context, SHA256};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::{
    Backend, Owner,
    ledger::{self, Applied},
    quick_add::LineReader,
    tasks,
};
use domain::{
    Error,
    accounts::User,
    change::{Change, Idempotency, Operation},
    ids::TaskId,
    quick_add::{NewLine, NewLines},
    tasks::NewTask,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const IDEMPOTENT_REPLAY: HeaderName = HeaderName::from_static("idempotent-replay");

/// A request to change something.
pub(crate) struct Write {
    site: Arc<Site>,
    owner: Owner,
    headers: HeaderMap,
    body: Bytes,
    idempotency: Option<Idempotency>,
}

impl FromRequest<Arc<Site>> for Write {
    type Rejection = Refusal;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let Mine(owner) = Mine::from_request_parts(&mut parts, site).await?;
        let uri = parts.uri.clone();
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        let body =
            Bytes::from_request(Request::from_parts(parts, body), site).await.map_err(|_| Refusal(Error::Internal))?;
        let request = digest([method.as_str().as_bytes(), uri.to_string().as_bytes(), &body]);
        let idempotency = key(&headers)?.map(|key| Idempotency { key, request });
        Ok(Self { site: Arc::clone(site), owner, headers, body, idempotency })
    }
}

impl Write {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Answer<Value> {
        json::parse(&self.body)
    }

    /// The body as JSON, if there is one.
    pub(crate) fn optional_json(&self) -> Answer<Option<Value>> {
        if self.body.is_empty() { Ok(None) } else { self.json().map(Some) }
    }

    /// The task that a line asks for.
    pub(crate) async fn read_line(&self, user: &User, line: NewLine) -> Answer<NewTask> {
        Ok(self.line_reader(user).await?.task(line)?)
    }

    /// The tasks that several lines ask for.
    pub(crate) async fn read_lines(&self, user: &User, lines: &NewLines) -> Answer<Vec<NewTask>> {
        Ok(self.line_reader(user).await?.tasks(&self.site.backend, lines)?)
    }

    /// Reads lines as the caller means them.
    pub(crate) async fn line_reader(&self, user: &User) -> Answer<LineReader> {
        Ok(LineReader::of(&self.site.backend, &self.owner, user).await?)
    }

    /// Makes something new.
    pub(crate) async fn make(self, operation: Operation) -> Answer<Done> {
        self.apply(operation, None).await
    }

    /// Changes a task, if it still has the revision that the request insists on.
    pub(crate) async fn change(self, id: TaskId, operation: Operation) -> Answer<Done> {
        let now = async || {
            let task = tasks::get(&self.site.backend, &self.owner, id).await?;
            Ok((task.revision, Error::Stale(Box::new(task))))
        };
        let revision = conditional::revision(&self.headers, now).await?;
        self.apply(operation, revision).await
    }

    /// Changes something else that has revisions, which `read` reads as the API shows it.
    pub(crate) async fn change_row<T: Serialize>(
        self,
        operation: Operation,
        read: impl AsyncFnOnce(&Backend, &Owner) -> backend::Result<T>,
    ) -> Answer<Done> {
        let now = async || {
            let row = json!(read(&self.site.backend, &self.owner).await?);
            Ok((row["revision"].as_i64().unwrap_or_default(), Error::Overtaken(Box::new(row))))
        };
        let revision = conditional::revision(&self.headers, now).await?;
        self.apply(operation, revision).await
    }

    async fn apply(self, operation: Operation, if_revision: Option<i64>) -> Answer<Done> {
        let change = Change { operation, id: None, if_revision, idempotency: self.idempotency };
        let preference = Return::read(&self.headers);
        Ok(Done(ledger::apply(&self.site.backend, &self.owner, change).await?, preference))
    }
}

/// A change that was carried out.
pub(crate) struct Done(Applied, Return);

impl Done {
    /// The answer that shows what was made, or was there already.
    pub(crate) fn made(self, owner: &str) -> Response {
        let place = match &self.0.answer {
            ledger::Answer::Task(task) => format!("tasks/{}", task.id),
            ledger::Answer::Tasks(_) => "tasks".to_owned(),
            ledger::Answer::Project(project) => format!("projects/{}", project.id),
            ledger::Answer::Tag(tag) => format!("tags/{}", tag.id),
            ledger::Answer::Filter(filter) => format!("filters/{}", filter.id),
            ledger::Answer::Many(_) => return self.shown(),
        };
        let location = conditional::value(&format!("/api/{owner}/{place}"));
        let was_created = self.0.created;
        let mut response = self.shown();
        if was_created {
            *response.status_mut() = StatusCode::CREATED;
        }
        response.headers_mut().insert(header::LOCATION, location);
        response
    }

    /// The answer to a change to many rows, or to one that was taken back.
    pub(crate) fn touched(self, more: Value) -> Response {
        if self.1 == Return::Minimal {
            return self.gone();
        }
        let (_, mut body) = self.content();
        body["change"] = json!(self.0.change);
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        (self.headers(), axum::Json(body)).into_response()
    }

    /// The answer that shows what the change was about, as it is now, unless the client wants to hear no more than that it
    /// was done.
    pub(crate) fn shown(self) -> Response {
        let (revision, body) = self.content();
        let mut headers = self.headers();
        headers.extend(revision.map(|revision| (header::ETAG, conditional::of_revision(revision))));
        match self.1 {
            Return::Minimal => (StatusCode::NO_CONTENT, headers).into_response(),
            Return::Usual | Return::Representation => (headers, axum::Json(body)).into_response(),
        }
    }

    /// What the change was about, with its revision if it has one.
    fn content(&self) -> (Option<i64>, Value) {
        match &self.0.answer {
            ledger::Answer::Task(task) => (Some(task.revision), json!(task)),
            ledger::Answer::Project(project) => (Some(project.revision), json!(project)),
            ledger::Answer::Tag(tag) => (None, json!(tag)),
            ledger::Answer::Filter(filter) => (Some(filter.revision), json!(filter)),
            ledger::Answer::Tasks(items) => (None, json!({ "items": items })),
            ledger::Answer::Many(touched) => (None, json!(touched)),
        }
    }

    /// The answer that shows nothing.
    pub(crate) fn gone(&self) -> Response {
        (StatusCode::NO_CONTENT, self.headers()).into_response()
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(X_CHANGE_SEQ, HeaderValue::from(self.0.sequence));
        if let Some(change) = self.0.change {
            headers.insert(X_CHANGE_ID, conditional::value(&change.to_string()));
        }
        if self.0.replayed {
            headers.insert(IDEMPOTENT_REPLAY, HeaderValue::from_static("true"));
        }
        self.1.note(&mut headers);
        headers
    }
}

/// The key that makes a repetition harmless: 1 to 64 visible ASCII characters.
fn key(headers: &HeaderMap) -> Answer<Option<String>> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
    match text {
        Some(text) if (1..=64).contains(&text.len()) && values.next().is_none() => Ok(Some(text.to_owned())),
        _ => Err(Refusal(Error::field(
            "Idempotency-Key",
            "invalid_idempotency_key",
            "Send one idempotency key of 1 to 64 visible ASCII characters",
        ))),
    }
}

/// A digest of the parts of a request, each with its length, so that no two requests have the same.
fn digest(parts: [&[u8]; 3]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_visible() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_bytes(text.as_bytes()).unwrap());
            key(&headers)
        };
        assert_eq!(read("0193a5f0-1111").unwrap().as_deref(), Some("0193a5f0-1111"));
        assert!(key(&HeaderMap::new()).unwrap().is_none());
        for text in ["", "a b", "ü", &"x".repeat(65)] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn requests_differ_by_where_their_parts_end() {
        assert_ne!(digest([b"ab", b"c", b""]), digest([b"a", b"bc", b""]));
        assert_eq!(digest([b"a", b"b", b"c"]), digest([b"a", b"b", b"c"]));
    }
}
