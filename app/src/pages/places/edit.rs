//! What the pages of projects, tags and filters have in common: how they are edited and deleted.

use crate::{
    components::{Button, ButtonKind, Toast},
    pages::parameter,
};
use leptos::prelude::*;

/// The forms that change something, folded away until they are wanted; one that was refused is not.
#[component]
pub(super) fn Edit(label: &'static str, is_open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="place-edit" open=is_open>
            <summary>{label}</summary>
            <div class="stack">{children()}</div>
        </details>
    }
}

/// The button that deletes something, behind a question that says what goes with it.
#[component]
pub(super) fn Delete(
    /// The page that the form stands on.
    here: String,
    /// The server function.
    action: &'static str,
    id: String,
    label: &'static str,
    about: &'static str,
) -> impl IntoView {
    view! {
        <details class="sure">
            <summary>{label}</summary>
            <form method="post" action=here>
                <input type="hidden" name="do" value=action />
                <input type="hidden" name="id" value=id />
                <p>{about}</p>
                <div class="form-actions">
                    <Button kind=ButtonKind::Danger>"Yes, delete it"</Button>
                </div>
            </form>
        </details>
    }
}

/// Says that a form of this page was taken.
#[component]
pub(super) fn Saved() -> impl IntoView {
    parameter("saved").map(|_| view! { <Toast>"Saved"</Toast> })
}

/// Says that something is gone.
#[component]
pub(super) fn Gone(says: &'static str) -> impl IntoView {
    parameter("gone").map(|_| view! { <Toast>{says}</Toast> })
}
