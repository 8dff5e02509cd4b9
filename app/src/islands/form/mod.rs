//! Lets a form answer without leaving its page. Before the script has loaded, and without it, the same form is sent
//! by the browser and the server answers with a page.

#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod send;

use crate::components::Alert;
use leptos::{ev::SubmitEvent, html::Div, prelude::*};

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
    let wrapper = NodeRef::<Div>::new();
    let is_saved = move || progress.get() == Progress::Saved;
    let submit = move |event: SubmitEvent| {
        #[cfg(feature = "hydrate")]
        send::submit(&event, progress);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let mend = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        fields::judge_again(&event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let retry = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(wrapper) = wrapper.get_untracked() {
            send::submit_again(&wrapper);
        }
    };

    view! {
        <div class="enhanced-form" node_ref=wrapper on:submit=submit on:input=mend>
            {move || match progress.get() {
                Progress::Failed { message, may_retry } => Some(view! { <FormAlert message may_retry retry /> }),
                _ => None,
            }}
            {children()} <Show when=move || matches!(progress.get(), Progress::Saving | Progress::Saved)>
                <div class=move || if is_saved() { "toast" } else { "visually-hidden" } role="status">
                    {move || if is_saved() { "Saved" } else { "Sending" }}
                </div>
            </Show>
        </div>
    }
}

/// Why the form as a whole was refused.
#[component]
fn FormAlert(
    message: String,
    may_retry: bool,
    retry: impl FnMut(leptos::ev::MouseEvent) + Send + 'static,
) -> impl IntoView {
    view! {
        <Alert>
            <span>{message}</span>
            {may_retry
                .then(|| {
                    view! {
                        <button class="button" type="button" on:click=retry>
                            "Try again"
                        </button>
                    }
                })}
        </Alert>
    }
}
