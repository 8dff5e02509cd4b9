//! `/api/auth/sessions`: the devices that are signed in.

use crate::{
    openapi::{Device, DeviceAddress, DeviceList, NotThere, SignedOut},
    problem::Answer,
    rest::{Caller, Mine, Named},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts;
use domain::{accounts::Device as SignedInDevice, ids::SessionId};
use serde_json::{Value, json};
use std::sync::Arc;

/// List the devices that are signed in
#[utoipa::path(
    get,
    path = "/api/auth/sessions",
    operation_id = "listSessions",
    tag = "auth",
    responses(
        (status = 200, description = "Every device, this one marked", body = DeviceList),
        SignedOut,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine) -> Answer<axum::Json<Value>> {
    let devices = accounts::devices(&site.backend, &owner).await?;
    Ok(axum::Json(json!({ "items": devices })))
}

/// Read one device that is signed in
#[utoipa::path(
    get,
    path = "/api/auth/sessions/{id}",
    operation_id = "readSession",
    tag = "auth",
    params(DeviceAddress),
    responses(
        (status = 200, description = "The device", body = Device),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<SessionId>,
) -> Answer<axum::Json<SignedInDevice>> {
    Ok(axum::Json(accounts::device(&site.backend, &owner, id).await?))
}

/// Sign out every other device
#[utoipa::path(
    delete,
    path = "/api/auth/sessions",
    operation_id = "endOtherSessions",
    tag = "auth",
    responses(
        (status = 204, description = "Only this device is signed in"),
        SignedOut,
    ),
)]
pub(crate) async fn end_others(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
) -> Answer<StatusCode> {
    accounts::end_other_devices(&site.backend, &session, &visitor.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out one device
#[utoipa::path(
    delete,
    path = "/api/auth/sessions/{id}",
    operation_id = "endSession",
    tag = "auth",
    params(DeviceAddress),
    responses(
        (status = 204, description = "It is signed out"),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn end(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Named(id): Named<SessionId>,
) -> Answer<StatusCode> {
    accounts::end_device(&site.backend, &session, &visitor.client, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
