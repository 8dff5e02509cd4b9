//! The server function that gives a task another place.

use crate::AppError;
use domain::tasks::Task;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::tasks::{apply, read_id},
    crate::request::refuse,
    domain::{
        change::{Change, Operation},
        tasks::Placement,
    },
    serde_json::Value,
};

/// Puts a task right before or right behind another.
#[server(prefix = "/actions", endpoint = "move_task")]
pub async fn move_task(id: String, before_id: Option<String>, after_id: Option<String>) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    let body: Value = [("before_id", before_id), ("after_id", after_id)].into_iter().collect();
    let placement = Placement::from_json(body).map_err(refuse)?;
    apply(Change::new(Operation::MoveTask(id, placement))).await
}
