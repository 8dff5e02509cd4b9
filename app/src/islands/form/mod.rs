//! Lets a form answer without leaving its page. Before the script has loaded, and without it, the same form is sent
//! by the browser and the server answers with a page.

#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod send;

use leptos::{prelude::*, web_sys::Element};

/// How far a form has come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "on the server a form is always idle"))]
enum Progress {
    /// Nothing was sent, or what was wrong stands beside its field.
    Idle,
    /// On its way.
    Saving,
    /// Done.
    Saved,
    /// Refused as a whole; trying again may or may not help.
    Failed { message: String, may_retry: bool },
}

/// Sends the form inside to its server function, and shows what comes of it.
#[island]
pub fn EnhancedForm(children: Children) -> impl IntoView {
    let progress = RwSignal::new(Progress::Idle);

    view! {
        <div class="enhanced-form" use:hearing=progress>
            {move || progress.with(words)}
            {children()}
        </div>
    }
}

/// What is said about the form as a whole.
fn words(progress: &Progress) -> impl IntoView + use<> {
    let failure = match progress {
        Progress::Failed { message, may_retry } => Some((message.clone(), *may_retry)),
        _ => None,
    };
    let failure = failure.map(|(message, may_retry)| {
        let again = may_retry.then(|| {
            view! {
                <button class="button" type="button" data-act="again">
                    "Try again"
                </button>
            }
        });
        view! {
            <div class="alert" role="alert">
                <span>{message}</span>
                {again}
            </div>
        }
    });
    let (class, word) = match progress {
        Progress::Saved => ("toast", "Saved"),
        _ => ("visually-hidden", "Sending"),
    };
    let status = matches!(progress, Progress::Saving | Progress::Saved).then(|| {
        view! {
            <div class=class role="status">
                {word}
            </div>
        }
    });

    (failure, status)
}

/// Hears of what is done to the form inside an element. On the server nothing ever is.
fn hearing(element: Element, progress: RwSignal<Progress>) {
    #[cfg(feature = "hydrate")]
    crate::client::page::hear(&element, &["submit", "input", "click"], move |event| match event.type_().as_str() {
        "submit" => send::submit(event, progress),
        "input" => fields::judge_again(event),
        _ => send::submit_again(event),
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, progress);
}
