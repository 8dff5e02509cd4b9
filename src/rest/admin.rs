//! `/api/admin`: running the server for others. Whoever is no admin finds nothing here.

use crate::{
    middleware::body::Accepts,
    openapi::{
        AdminRefusal, InvalidFields, InviteAddress, InviteList, MadeInvite as MadeInviteBody, Member as MemberBody,
        MemberAddress, MemberFilters, MemberList, MemberPatch, NotConfirmed, NotThere, ResetLink, ServerHealth,
        SignUpRule, SignedOut, UnknownType,
    },
    problem::{Answer, Refusal},
    rest::{Caller, Named, json::Json},
    routes::{Access, Recorder, Rule},
    site::Site,
};
use axum::{
    extract::{FromRequestParts, Query, State},
    http::{StatusCode, request::Parts},
};
use backend::accounts::operator::{self, Health, MadeInvite, MemberChange, Operator};
use domain::{
    Error,
    accounts::{Member, MemberPage},
    ids::{InviteId, UserId},
    json::Reader,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Registers the endpoints.
pub(super) fn record(recorder: Recorder) -> Recorder {
    const ADMIN: Rule = Rule::new(Access::Admin);

    recorder
        .get("/api/admin/health", ADMIN, health)
        .put("/api/admin/sign-up", ADMIN.reading(Accepts::Json), set_sign_up)
        .get("/api/admin/users", ADMIN, list)
        .patch("/api/admin/users/{id}", ADMIN.reading(Accepts::MergePatch), change)
        .delete("/api/admin/users/{id}/sessions", ADMIN, end_sessions)
        .post("/api/admin/users/{id}/reset-link", ADMIN.reading(Accepts::OptionalJson), reset_link)
        .get("/api/admin/invites", ADMIN, invites)
        .post("/api/admin/invites", ADMIN.reading(Accepts::OptionalJson), invite)
        .delete("/api/admin/invites/{id}", ADMIN, withdraw)
}

/// The proof that the caller runs the server.
pub(crate) struct Admin(Operator);

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Caller(session) = Caller::from_request_parts(parts, state).await?;
        Ok(Self(Operator::of_session(&session)?))
    }
}

/// Look how the server is
#[utoipa::path(
    get,
    path = "/api/admin/health",
    operation_id = "readHealth",
    tag = "admin",
    responses(
        (status = 200, description = "Version, database, sign-up", body = ServerHealth),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn health(State(site): State<Arc<Site>>, Admin(admin): Admin) -> Answer<axum::Json<Health>> {
    Ok(axum::Json(operator::health(&site.backend, &admin).await?))
}

/// Say who may sign up
///
/// Where `TICKBOX_SIGNUP` says so already, this is refused. An invitation lets in whatever is chosen.
#[utoipa::path(
    put,
    path = "/api/admin/sign-up",
    operation_id = "setSignUp",
    tag = "admin",
    request_body = SignUpRule,
    responses(
        (status = 204, description = "It is so from now on, on every server"),
        SignedOut,
        NotConfirmed,
        NotThere,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn set_sign_up(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    Json(body): Json,
) -> Answer<StatusCode> {
    let mut reader = Reader::new(body)?;
    let policy = reader.text::<String>("sign_up");
    reader.finish()?;
    let policy = policy.flatten().ok_or_else(|| Error::field("sign_up", "required", "Say who may sign up"))?;
    operator::set_sign_up(&site.backend, &admin, &policy).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the accounts
///
/// The newest first; `next_before` goes into `before` for the next page. What an account owns is not shown to anybody
/// else.
#[utoipa::path(
    get,
    path = "/api/admin/users",
    operation_id = "listUsers",
    tag = "admin",
    params(MemberFilters),
    responses(
        (status = 200, description = "A page of accounts", body = MemberList),
        SignedOut,
        NotThere,
        InvalidFields,
    ),
)]
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<axum::Json<MemberPage>> {
    let parameter = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let before = parameter("before").map(str::parse::<UserId>).transpose();
    let before = before.map_err(|_| Error::field("before", "invalid_id", "Give an id as a UUID"))?;
    let text = parameter("q").unwrap_or_default();
    Ok(axum::Json(operator::members(&site.backend, &admin, text, before).await?))
}

/// Let somebody in, keep somebody out, make an admin
///
/// Whoever is kept out is out at once: the sessions end, and the API tokens are gone for good. There is always one admin,
/// and nobody keeps oneself out. It asks for a fresh confirmation (`POST /api/auth/confirm`).
#[utoipa::path(
    patch,
    path = "/api/admin/users/{id}",
    operation_id = "changeUser",
    tag = "admin",
    params(MemberAddress),
    request_body(content((MemberPatch = "application/merge-patch+json"), (MemberPatch = "application/json"))),
    responses(
        (status = 200, description = "The account as it is now", body = MemberBody),
        SignedOut,
        NotThere,
        AdminRefusal,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn change(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    id: Result<Named<UserId>, Refusal>,
    Json(body): Json,
) -> Answer<axum::Json<Member>> {
    let change = read_change(body)?;
    let Named(id) = id?;
    Ok(axum::Json(operator::change_member(&site.backend, &admin, id, change).await?))
}

fn read_change(body: Value) -> Result<MemberChange, Error> {
    let mut reader = Reader::new(body)?;
    let change = MemberChange { is_active: reader.boolean("is_active"), is_admin: reader.boolean("is_admin") };
    reader.finish()?;
    Ok(change)
}

/// Sign somebody out everywhere
///
/// It asks for a fresh confirmation.
#[utoipa::path(
    delete,
    path = "/api/admin/users/{id}/sessions",
    operation_id = "endSessionsOfUser",
    tag = "admin",
    params(MemberAddress),
    responses(
        (status = 204, description = "No device of theirs is signed in"),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn end_sessions(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    Named(id): Named<UserId>,
) -> Answer<StatusCode> {
    operator::end_sessions(&site.backend, &admin, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a link that sets a new password
///
/// It is good once, for 30 minutes, and in this answer alone. The account's log tells of it. It asks for a fresh
/// confirmation.
#[utoipa::path(
    post,
    path = "/api/admin/users/{id}/reset-link",
    operation_id = "makeResetLink",
    tag = "admin",
    params(MemberAddress),
    responses(
        (status = 201, description = "The link", body = ResetLink),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn reset_link(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    Named(id): Named<UserId>,
) -> Answer<(StatusCode, axum::Json<Value>)> {
    let url = operator::make_reset_link(&site.backend, &admin, id).await?;
    Ok((StatusCode::CREATED, axum::Json(json!({ "url": url }))))
}

/// List the invitations that wait
#[utoipa::path(
    get,
    path = "/api/admin/invites",
    operation_id = "listInvites",
    tag = "admin",
    responses(
        (status = 200, description = "Every invitation that nobody has used yet", body = InviteList),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn invites(State(site): State<Arc<Site>>, Admin(admin): Admin) -> Answer<axum::Json<Value>> {
    let invites = operator::invites(&site.backend, &admin).await?;
    Ok(axum::Json(json!({ "items": invites })))
}

/// Invite somebody
///
/// The link makes one account within a week, where `TICKBOX_SIGNUP` is `invite`. It is in this answer and never again. It
/// asks for a fresh confirmation.
#[utoipa::path(
    post,
    path = "/api/admin/invites",
    operation_id = "makeInvite",
    tag = "admin",
    responses(
        (status = 201, description = "The invitation", body = MadeInviteBody),
        SignedOut,
        NotThere,
        InvalidFields,
    ),
)]
pub(crate) async fn invite(
    State(site): State<Arc<Site>>,
    Caller(session): Caller,
) -> Answer<(StatusCode, axum::Json<MadeInvite>)> {
    Ok((StatusCode::CREATED, axum::Json(operator::make_invite(&site.backend, &session).await?)))
}

/// Withdraw an invitation
///
/// It asks for a fresh confirmation.
#[utoipa::path(
    delete,
    path = "/api/admin/invites/{id}",
    operation_id = "withdrawInvite",
    tag = "admin",
    params(InviteAddress),
    responses(
        (status = 204, description = "It is worth nothing any more"),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn withdraw(
    State(site): State<Arc<Site>>,
    Admin(admin): Admin,
    Named(id): Named<InviteId>,
) -> Answer<StatusCode> {
    operator::withdraw_invite(&site.backend, &admin, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
