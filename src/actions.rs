//! The server functions of `app`, under `/actions`. They are plain forms: url-encoded, by POST, with the cookies of a
//! browser.

use crate::{
    middleware::body::Accepts,
    problem::Answer,
    routes::{Access, Recorder, Rule},
    server::StartError,
    site::Site,
};
use app::AppError;
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use std::sync::Arc;

/// Where they live.
pub(crate) const PREFIX: &str = "/actions/";

/// Who may call which. Each function judges once more for itself; this is what is decided before its fields are read.
const ACCESS: &[(&str, Access)] = &[
    ("sign_up", Access::Open),
    ("sign_in", Access::Open),
    ("sign_in_with_code", Access::Open),
    ("forgot_password", Access::Open),
    ("reset_password", Access::Open),
    ("verify_address", Access::Open),
    ("change_email", Access::Session),
    ("begin_totp", Access::Session),
    ("turn_totp_on", Access::Session),
    ("turn_totp_off", Access::Session),
    ("renew_recovery_codes", Access::Session),
    ("rename_passkey", Access::Session),
    ("remove_passkey", Access::Session),
    ("sign_out", Access::Session),
    ("sign_out_everywhere", Access::Session),
    ("update_profile", Access::Session),
    ("change_password", Access::Session),
    ("judge_password", Access::Open),
    ("confirm_identity", Access::Session),
    ("end_device", Access::Session),
    ("end_other_devices", Access::Session),
    ("delete_account", Access::Session),
    ("make_token", Access::Session),
    ("revoke_token", Access::Session),
    ("read_line", Access::Session),
    ("set_user_active", Access::Admin),
    ("set_user_admin", Access::Admin),
    ("end_user_sessions", Access::Admin),
    ("make_reset_link", Access::Admin),
    ("make_invite", Access::Admin),
    ("withdraw_invite", Access::Admin),
    ("set_sign_up", Access::Admin),
    ("list_tasks", Access::Session),
    ("add_task", Access::Session),
    ("edit_task", Access::Session),
    ("tick_note", Access::Session),
    ("move_task", Access::Session),
    ("preview_lines", Access::Session),
    ("add_lines", Access::Session),
    ("set_task_completed", Access::Session),
    ("skip_task", Access::Session),
    ("preview_repeat", Access::Session),
    ("delete_task", Access::Session),
    ("restore_task", Access::Session),
    ("remove_task", Access::Session),
    ("empty_bin", Access::Session),
    ("add_project", Access::Session),
    ("edit_project", Access::Session),
    ("set_project_archived", Access::Session),
    ("delete_project", Access::Session),
    ("add_tag", Access::Session),
    ("edit_tag", Access::Session),
    ("delete_tag", Access::Session),
    ("merge_tag", Access::Session),
    ("add_filter", Access::Session),
    ("edit_filter", Access::Session),
    ("delete_filter", Access::Session),
    ("change_tasks", Access::Session),
    ("undo_change", Access::Session),
    ("redo_change", Access::Session),
];

/// Who may call a function; nothing for a name that is none.
pub(crate) fn access(name: &str) -> Option<Access> {
    ACCESS.iter().find(|(known, _)| *known == name).map(|(_, access)| *access)
}

/// Registers every function that `app` has. One that nobody decided about stops the start, and so does a decision
/// about one that is gone.
pub(crate) fn record(recorder: Recorder) -> Result<Recorder, StartError> {
    let mut functions: Vec<_> = server_fn::axum::server_fn_paths().collect();
    functions.sort_by_key(|(path, _)| *path);
    let is_there = |name: &str| functions.iter().any(|(path, _)| path.strip_prefix(PREFIX) == Some(name));
    if let Some((name, _)) = ACCESS.iter().find(|(name, _)| !is_there(name)) {
        return Err(StartError::Undecided(format!("no server function is called {name}")));
    }
    functions.into_iter().try_fold(recorder, |recorder, (path, method)| {
        let decided = path.strip_prefix(PREFIX).and_then(access).filter(|_| method == Method::POST);
        let access =
            decided.ok_or_else(|| StartError::Undecided(format!("nothing is decided about {method} {path}")))?;
        Ok(recorder.post(path, Rule::new(access).reading(Accepts::Form), answer))
    })
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Answer {
    Ok(run(&site, request).await?)
}

/// Runs the function that the request's path names; what it refuses with comes back as the error.
///
/// It is always asked for data: asked for a page, it would lead to whatever the `Referer` says and put the error into
/// that address.
pub(crate) async fn run(site: &Arc<Site>, mut request: Request) -> Result<Response, Error> {
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let response = leptos_axum::handle_server_fns_with_context(site.context(), request).await.into_response();
    if response.status().is_success() {
        return Ok(response);
    }
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    let AppError(error) = serde_json::from_slice(&bytes).unwrap_or_else(|_| AppError::from(Error::Internal));
    Err(error)
}
