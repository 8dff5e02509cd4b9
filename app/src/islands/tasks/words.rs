//! What an island says: what went well, and what could not be done.

use super::desk::{Deleted, Desk};
use crate::forms::Failure;
use domain::Error;
use leptos::prelude::*;

/// What went well, said to those who do not see it happen on the page.
#[component]
pub fn Said(desk: Desk) -> impl IntoView {
    view! {
        <p class="visually-hidden" aria-live="polite">
            {move || desk.said.get()}
        </p>
    }
}

/// What went well, shown to everybody.
#[component]
pub fn SaidAloud(desk: Desk) -> impl IntoView {
    let class = move || if desk.said.with(String::is_empty) { "visually-hidden" } else { "toast" };

    view! {
        <div class=class role="status">
            {move || desk.said.get()}
        </div>
    }
}

/// The task that was deleted last, and the way back.
#[component]
pub fn DeletedToast(desk: Desk) -> impl IntoView {
    let class = move || if desk.deleted.with(Option::is_some) { "toast" } else { "visually-hidden" };

    view! {
        <div class=class role="status">
            {move || {
                desk.deleted
                    .get()
                    .map(|Deleted { id, title }| {
                        let sentence = match title {
                            Some(title) => format!("Deleted “{title}”"),
                            None => "Task deleted.".to_owned(),
                        };
                        view! {
                            <span>{sentence}</span>
                            <Undo desk id />
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Undo(desk: Desk, id: String) -> impl IntoView {
    let address = desk.address.get_value();

    view! {
        <form method="post" action=address.clone()>
            <input type="hidden" name="do" value="restore_task" />
            <input type="hidden" name="id" value=id />
            <button class="button button-quiet" type="submit">
                "Undo"
            </button>
        </form>
        <a class="button button-quiet" href=address data-act="dismiss">
            "Dismiss"
        </a>
    }
}

/// What could not be done to a row, with the same form once more.
#[component]
pub fn RowAlert(desk: Desk) -> impl IntoView {
    move || {
        let failure = desk.failure.get().filter(is_about_a_row)?;
        let sentence = match &failure.error {
            Some(error) => error.to_string(),
            None => "You had to sign in again before this was done.".to_owned(),
        };
        let may_pass = failure.error.as_ref().is_none_or(|error| error.is_passing() || *error == Error::Internal);
        let again = may_pass.then(|| view! { <Again desk failure /> });
        Some(view! {
            <div class="alert" role="alert">
                <p>{sentence}</p>
                {again}
            </div>
        })
    }
}

#[component]
fn Again(desk: Desk, failure: Failure) -> impl IntoView {
    let fields = failure.fields.into_iter().filter(|(name, _)| name != "do");
    let fields = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });

    view! {
        <form method="post" action=desk.address.get_value()>
            <input type="hidden" name="do" value=failure.action />
            {fields.collect_view()}
            <button class="button" type="submit">
                "Try again"
            </button>
        </form>
    }
}

fn is_about_a_row(failure: &Failure) -> bool {
    ["set_task_completed", "delete_task", "restore_task"].contains(&failure.action.as_str())
}
