//! Signs of life, for whoever watches over the server: `/healthz` (the process answers) and `/readyz` (the database
//! does too).

use crate::{
    problem::{Answer, Refusal},
    routes::{Recorder, Rule},
    site::Site,
};
use axum::extract::State;
use domain::Error;
use std::sync::Arc;

pub(crate) fn record(recorder: Recorder) -> Recorder {
    recorder.get("/healthz", Rule::anonymous(), alive).get("/readyz", Rule::anonymous(), ready)
}

async fn alive() -> &'static str {
    "ok"
}

async fn ready(State(site): State<Arc<Site>>) -> Answer<&'static str> {
    site.backend.ping().await.map(|()| "ok").map_err(|_| Refusal(Error::Unavailable))
}
