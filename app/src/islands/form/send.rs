//! Sends a form to its server function and carries out the answer.

use super::{Progress, fields};
use crate::{
    client::{
        json::Json,
        rest::{problem, unreachable},
    },
    components::tasks::Reason,
};
use domain::Error;
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, UrlSearchParams};

/// How long "Saved" stays.
const SAVED_MILLIS: u32 = 4_000;

/// What a server function answers.
enum Answer {
    Done,
    GoTo(String),
    Refused(Box<Reason>),
    /// The session has ended.
    SignedOut,
}

/// Takes the form from the browser and sends it.
pub(super) fn submit(event: &Event, progress: RwSignal<Progress>) {
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

/// Sends the form once more when its button for that is pressed.
pub(super) fn submit_again(event: &Event) {
    let form = || {
        let button: Element = event.target()?.dyn_into().ok()?;
        let button = button.closest("[data-act=again]").ok()??;
        let form = button.closest(".enhanced-form").ok()??.query_selector("form").ok()??;
        form.dyn_into::<HtmlFormElement>().ok()
    };
    if let Some(form) = form() {
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
        Answer::SignedOut => {
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
        Answer::Refused(reason) => {
            progress.set(Progress::Idle);
            let Reason { sentence, faults, may_pass, .. } = *reason;
            let is_about_form = faults.is_empty();
            let homeless = fields::show(form, faults);
            let homeless = homeless.into_iter().next().map(|fault| fault.detail);
            if let Some(message) = if is_about_form { Some(sentence) } else { homeless } {
                progress.set(Progress::Failed { message, may_retry: may_pass });
            }
        }
        _ => {}
    }
}

async fn post(action: &str, data: &FormData) -> Answer {
    exchange(action, data).await.unwrap_or_else(|| Answer::Refused(unreachable()))
}

async fn exchange(action: &str, data: &FormData) -> Option<Answer> {
    let body = UrlSearchParams::new_with_str_sequence_sequence(data).ok()?;
    let request = Request::post(&format!("/actions/{action}")).header("accept", "application/json").body(body).ok()?;
    let response = request.send().await.ok()?;
    // Read in any case: a request is not over before its answer has been.
    let text = response.text().await.ok()?;
    if response.ok() {
        return Some(response.headers().get("location").map_or(Answer::Done, Answer::GoTo));
    }
    let body = Json::parse(&text)?;
    refusal(&body, matches!(response.status(), 408 | 500 | 502..=504))
}

fn refusal(body: &Json, may_pass: bool) -> Option<Answer> {
    let reason = problem(body, may_pass)?;
    let is_signed_out = body.get("code").is_some_and(|code: String| code == Error::SignedOut.code());
    Some(if is_signed_out { Answer::SignedOut } else { Answer::Refused(reason) })
}

/// Shows that a form is being sent. A button that were disabled would lose the focus.
fn set_busy(form: &HtmlFormElement, is_busy: bool) {
    let _ = form.set_attribute("aria-busy", if is_busy { "true" } else { "false" });
}
