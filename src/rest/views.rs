//! `GET /api/{owner}/views/counts`.

use super::Mine;
use crate::{
    openapi::{ForbiddenOwner, ListAddress, SignedOut, ViewCounts},
    problem::Answer,
    site::Site,
};
use axum::extract::State;
use backend::tasks;
use std::sync::Arc;

/// Count the tasks in each view
///
/// Counting stops at `most`, so that it takes no longer the more there are.
#[utoipa::path(
    get,
    path = "/api/{owner}/views/counts",
    operation_id = "countViews",
    tag = "tasks",
    params(ListAddress),
    responses((status = 200, description = "How many tasks stand in each view", body = ViewCounts), SignedOut, ForbiddenOwner),
)]
pub(crate) async fn counts(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
) -> Answer<axum::Json<domain::tasks::ViewCounts>> {
    Ok(axum::Json(tasks::counts(&site.backend, &owner).await?))
}
