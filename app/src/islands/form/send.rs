//! Sends a form to its server function and carries out the answer.

use super::{Progress, fields};
use crate::AppError;
use domain::Error;
use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlButtonElement, HtmlFormElement, UrlSearchParams};

/// How long "Saved" stays.
const SAVED_MILLIS: u32 = 4_000;

/// What a server function answers.
enum Answer {
    Done,
    GoTo(String),
    Refused(Error),
    /// There was no answer.
    Unreachable,
}

/// Takes the form from the browser and sends it.
pub(super) fn submit(event: &SubmitEvent, progress: RwSignal<Progress>) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
    let Ok(data) = FormData::new_with_form(&form) else { return };
    let Some(action) = data.get("do").as_string() else { return };
    event.prevent_default();
    if progress.get_untracked() == Progress::Saving {
        return;
    }
    progress.set(Progress::Idle);
    fields::clear(&form);
    let faults = fields::faults(&action, &data);
    if !faults.is_empty() {
        fields::show(&form, faults);
        return;
    }
    progress.set(Progress::Saving);
    set_busy(&form, true);
    spawn_local(async move {
        let answer = post(&action, &data).await;
        carry_out(answer, &form, progress).await;
    });
}

/// Sends the form inside an element once more.
pub(super) fn submit_again(wrapper: &Element) {
    let form = wrapper.query_selector("form").ok().flatten();
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        let _ = form.request_submit();
    }
}

async fn carry_out(answer: Answer, form: &HtmlFormElement, progress: RwSignal<Progress>) {
    match answer {
        Answer::GoTo(address) => {
            let _ = window().location().assign(&address);
            return;
        }
        // The session has ended elsewhere. The server keeps what was typed while its writer signs in again.
        Answer::Refused(Error::SignedOut) => {
            let _ = form.submit();
            return;
        }
        _ => set_busy(form, false),
    }
    match answer {
        Answer::Done => {
            fields::forget_passwords(form);
            progress.set(Progress::Saved);
            TimeoutFuture::new(SAVED_MILLIS).await;
            progress.update(|progress| {
                if *progress == Progress::Saved {
                    *progress = Progress::Idle;
                }
            });
        }
        Answer::Refused(error) => {
            progress.set(Progress::Idle);
            let faults = error.fields();
            let is_about_form = faults.is_empty();
            let homeless = fields::show(form, faults);
            let message = if is_about_form {
                Some(error.to_string())
            } else {
                homeless.into_iter().next().map(|fault| fault.detail)
            };
            if let Some(message) = message {
                progress.set(Progress::Failed { message, may_retry: error.is_passing() || error == Error::Internal });
            }
        }
        _ => {
            let message = "Could not reach the server. Nothing you typed is lost.".to_owned();
            progress.set(Progress::Failed { message, may_retry: true });
        }
    }
}

async fn post(action: &str, data: &FormData) -> Answer {
    let Ok(body) = UrlSearchParams::new_with_str_sequence_sequence(data) else { return Answer::Unreachable };
    let request = Request::post(&format!("/actions/{action}")).header("accept", "application/json").body(body);
    let Ok(request) = request else { return Answer::Unreachable };
    match request.send().await {
        Ok(response) if response.ok() => response.headers().get("location").map_or(Answer::Done, Answer::GoTo),
        Ok(response) => Answer::Refused(refusal(&response).await),
        Err(_) => Answer::Unreachable,
    }
}

/// The sentence of a problem (RFC 9457), which is what middleware refuses with.
#[derive(Deserialize)]
struct Problem {
    detail: String,
}

async fn refusal(response: &Response) -> Error {
    let body = response.text().await.unwrap_or_default();
    if let Ok(AppError(error)) = serde_json::from_str(&body) {
        error
    } else if response.status() == 401 {
        Error::SignedOut
    } else if response.status() == 503 {
        Error::Unavailable
    } else {
        serde_json::from_str::<Problem>(&body).map_or(Error::Internal, |problem| Error::Malformed(problem.detail))
    }
}

/// Shows that a form is being sent, and keeps it from being sent twice.
fn set_busy(form: &HtmlFormElement, is_busy: bool) {
    let _ = form.set_attribute("aria-busy", if is_busy { "true" } else { "false" });
    let button = form.query_selector("button[type=submit]").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlButtonElement>().ok()) {
        button.set_disabled(is_busy);
    }
}
