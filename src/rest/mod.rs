//! The API, one file to a resource. A handler is the endpoint's documentation and a few lines of work: who may call it,
//! and with which scope a program that carries an API token, stands in this table, what is true of tasks and accounts in `domain` and `backend`.

pub(crate) mod admin;
pub(crate) mod auth;
mod conditional;
mod json;
pub(crate) mod operations;
mod places;
mod prefer;
pub(crate) mod projects;
pub(crate) mod quick_add;
pub(crate) mod recurrence;
pub(crate) mod saved_filters;
pub(crate) mod search;
pub(crate) mod tags;
pub(crate) mod tasks;
pub(crate) mod views;
mod write;

use crate::{
    middleware::body::Accepts,
    problem::Refusal,
    routes::{Access, Recorder, Rule},
};
use app::request::Visitor;
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, Uri, request::Parts},
};
use backend::{
    Owner,
    accounts::{Grant, Session},
};
use domain::{
    Error, FieldError,
    accounts::{Scope, User},
};

const ETAG_LISTS: &str = "seq-";
const X_CHANGE_SEQ: HeaderName = HeaderName::from_static("x-change-seq");
const X_CHANGE_ID: HeaderName = HeaderName::from_static("x-change-id");

/// Registers every endpoint.
pub(crate) fn record(recorder: Recorder) -> Recorder {
    const OPEN: Rule = Rule::new(Access::Open);
    const SESSION: Rule = Rule::new(Access::Session);
    const PROFILE: Rule = Rule::new(Access::Account(Scope::AccountRead));
    const EXPORT: Rule = Rule::new(Access::Account(Scope::Export));
    const READ: Rule = Rule::new(Access::Owner(Scope::TasksRead));
    const WRITE: Rule = Rule::new(Access::Owner(Scope::TasksWrite));

    admin::record(recorder)
        .post("/api/auth/signup", OPEN.reading(Accepts::Json), auth::entry::sign_up)
        .post("/api/auth/signin", OPEN.reading(Accepts::Json), auth::entry::sign_in)
        .post("/api/auth/signin/code", OPEN.reading(Accepts::Json), auth::entry::sign_in_with_code)
        .post("/api/auth/signin/passkey/start", OPEN.reading(Accepts::Json), auth::passkeys::begin_sign_in)
        .post("/api/auth/signin/passkey", OPEN.reading(Accepts::Json), auth::passkeys::sign_in)
        .post("/api/auth/refresh", OPEN.judging_tokens().reading(Accepts::OptionalJson), auth::refresh::refresh)
        .post("/api/auth/signout", SESSION.reading(Accepts::OptionalJson), auth::entry::sign_out)
        .post("/api/auth/reset", OPEN.reading(Accepts::Json), auth::recovery::forgot)
        .post("/api/auth/reset/confirm", OPEN.reading(Accepts::Json), auth::recovery::reset)
        .post("/api/auth/verify", OPEN.reading(Accepts::Json), auth::recovery::verify)
        .post("/api/auth/email", SESSION.reading(Accepts::Json), auth::recovery::change_email)
        .get("/api/auth/me", PROFILE, auth::me::read)
        .patch("/api/auth/me", SESSION.reading(Accepts::MergePatch), auth::me::update)
        .delete("/api/auth/me", SESSION.reading(Accepts::OptionalJson), auth::me::delete)
        .post("/api/auth/password", SESSION.reading(Accepts::Json), auth::security::change_password)
        .post("/api/auth/confirm", SESSION.reading(Accepts::Json), auth::security::confirm)
        .get("/api/auth/factors", SESSION, auth::factors::read)
        .post("/api/auth/factors/totp", SESSION.reading(Accepts::Json), auth::factors::begin_totp)
        .delete("/api/auth/factors/totp", SESSION.reading(Accepts::Json), auth::factors::turn_totp_off)
        .post("/api/auth/factors/totp/confirm", SESSION.reading(Accepts::Json), auth::factors::turn_totp_on)
        .post("/api/auth/factors/recovery-codes", SESSION.reading(Accepts::Json), auth::factors::renew_recovery_codes)
        .post("/api/auth/factors/passkeys/start", SESSION.reading(Accepts::Json), auth::passkeys::begin)
        .post("/api/auth/factors/passkeys", SESSION.reading(Accepts::Json), auth::passkeys::add)
        .patch("/api/auth/factors/passkeys/{id}", SESSION.reading(Accepts::MergePatch), auth::passkeys::rename)
        .delete("/api/auth/factors/passkeys/{id}", SESSION, auth::passkeys::remove)
        .get("/api/auth/activity", PROFILE, auth::security::activity)
        .get("/api/auth/activity/log", PROFILE, auth::security::log)
        .get("/api/auth/export", EXPORT, auth::security::export)
        .get("/api/auth/sessions", SESSION, auth::sessions::list)
        .delete("/api/auth/sessions", SESSION, auth::sessions::end_others)
        .get("/api/auth/sessions/{id}", SESSION, auth::sessions::read)
        .delete("/api/auth/sessions/{id}", SESSION, auth::sessions::end)
        .get("/api/auth/tokens", SESSION, auth::tokens::list)
        .post("/api/auth/tokens", SESSION.reading(Accepts::Json), auth::tokens::make)
        .delete("/api/auth/tokens/{id}", SESSION, auth::tokens::revoke)
        .post("/api/{owner}/quick-add/parse", READ.reading(Accepts::Json), quick_add::read)
        .post("/api/{owner}/recurrence/preview", READ.reading(Accepts::Json), recurrence::preview)
        .get("/api/{owner}/search", READ, search::search)
        .get("/api/{owner}/views/counts", READ, views::counts)
        .get("/api/{owner}/tasks", READ, tasks::list::list)
        .post("/api/{owner}/tasks", WRITE.reading(Accepts::Json), tasks::create::create)
        .get("/api/{owner}/tasks/{id}", READ, tasks::read::read)
        .patch("/api/{owner}/tasks/{id}", WRITE.reading(Accepts::MergePatch), tasks::update::patch)
        .put("/api/{owner}/tasks/{id}", WRITE.reading(Accepts::MergePatch), tasks::update::put)
        .delete("/api/{owner}/tasks/{id}", WRITE, tasks::delete::delete)
        .delete("/api/{owner}/bin", WRITE, tasks::delete::empty)
        .patch(
            "/api/{owner}/tasks/{id}/complete",
            WRITE.reading(Accepts::OptionalMergePatch),
            tasks::complete::complete,
        )
        .post("/api/{owner}/tasks/{id}/move", WRITE.reading(Accepts::Json), tasks::place::place)
        .post("/api/{owner}/tasks/{id}/skip", WRITE.reading(Accepts::OptionalJson), tasks::skip::skip)
        .get("/api/{owner}/tasks/{id}/completions", READ, tasks::completions::completions)
        .get("/api/{owner}/tasks/{id}/occurrences", READ, tasks::occurrences::occurrences)
        .post("/api/{owner}/tasks/{id}/restore", WRITE.reading(Accepts::OptionalJson), tasks::restore::restore)
        .get("/api/{owner}/projects", READ, projects::list)
        .post("/api/{owner}/projects", WRITE.reading(Accepts::Json), projects::create)
        .get("/api/{owner}/projects/{id}", READ, projects::read)
        .patch("/api/{owner}/projects/{id}", WRITE.reading(Accepts::MergePatch), projects::update)
        .delete("/api/{owner}/projects/{id}", WRITE, projects::delete)
        .get("/api/{owner}/tags", READ, tags::list)
        .post("/api/{owner}/tags", WRITE.reading(Accepts::Json), tags::create)
        .get("/api/{owner}/tags/{id}", READ, tags::read)
        .patch("/api/{owner}/tags/{id}", WRITE.reading(Accepts::MergePatch), tags::update)
        .delete("/api/{owner}/tags/{id}", WRITE, tags::delete)
        .post("/api/{owner}/tags/{id}/merge", WRITE.reading(Accepts::Json), tags::merge)
        .get("/api/{owner}/filters", READ, saved_filters::list)
        .post("/api/{owner}/filters", WRITE.reading(Accepts::Json), saved_filters::create)
        .get("/api/{owner}/filters/{id}", READ, saved_filters::read)
        .patch("/api/{owner}/filters/{id}", WRITE.reading(Accepts::MergePatch), saved_filters::update)
        .delete("/api/{owner}/filters/{id}", WRITE, saved_filters::delete)
        .post("/api/{owner}/tasks/bulk", WRITE.reading(Accepts::Json), tasks::bulk::change)
        .get("/api/{owner}/tasks/{id}/history", READ, operations::history)
        .get("/api/{owner}/operations", READ, operations::list)
        .post("/api/{owner}/undo", WRITE.reading(Accepts::OptionalJson), operations::undo)
        .post("/api/{owner}/redo", WRITE.reading(Accepts::OptionalJson), operations::redo)
}

/// The parameters of an address; none where it cannot be read.
fn query_pairs(uri: &Uri) -> Vec<(String, String)> {
    serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default()
}

/// What is said of a parameter that an address has and its endpoint does not know.
fn unknown_parameter(name: &str) -> FieldError {
    FieldError::new(name, "unknown_parameter", format!("There is no parameter {name:?} here"))
}

/// The verified session of the caller.
pub(crate) struct Caller(pub(crate) Session);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let session = parts.extensions.get::<Visitor>().and_then(|visitor| visitor.session.clone());
        session.map(Self).ok_or(Refusal(Error::SignedOut))
    }
}

/// The caller's account, in a session or by an API token whose scope was checked.
pub(crate) struct Account(pub(crate) User);

impl<S: Send + Sync> FromRequestParts<S> for Account {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match parts.extensions.get::<Grant>() {
            Some(grant) => Ok(Self(grant.user().clone())),
            None => Ok(Self(Caller::from_request_parts(parts, state).await?.0.user().clone())),
        }
    }
}

/// The door to the caller's own rows, in a session or by an API token whose scope was checked.
pub(crate) struct Mine(pub(crate) Owner);

impl<S: Send + Sync> FromRequestParts<S> for Mine {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match parts.extensions.get::<Grant>() {
            Some(grant) => Ok(Self(grant.owner().clone())),
            None => Ok(Self(Caller::from_request_parts(parts, state).await?.0.owner().clone())),
        }
    }
}

/// An id in the path. One that cannot be an id names nothing that is there.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: std::str::FromStr, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let missing = Refusal(Error::NotFound);
        let path = axum::extract::RawPathParams::from_request_parts(parts, state).await;
        let Ok(path) = path else { return Err(missing) };
        let id = path.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok());
        id.map(Self).ok_or(missing)
    }
}
