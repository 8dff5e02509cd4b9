//! The form that makes a task: a title is enough, everything else is folded away.

use crate::components::tasks::{
    FormAlert, FormField, Refusal,
    field::{DUE_DATE, DUE_TIME, NEW_TITLE, NOTES, PRIORITY, TAGS},
};
use leptos::prelude::*;

/// The form that makes a task.
#[component]
pub fn AddForm(refusal: Refusal, address: String) -> impl IntoView {
    let details = [DUE_DATE, DUE_TIME, PRIORITY, TAGS, NOTES];
    // What was typed there, or is wrong there, must not hide.
    let is_open = untrack(|| {
        details.iter().any(|(name, _, _)| {
            refusal.message(name).is_some()
                || refusal.draft(name).is_some_and(|text| !text.is_empty() && text != "none")
        })
    });

    view! {
        <form class="add-task" method="post" action=address aria-label="Add a task">
            <input type="hidden" name="do" value="add_task" />
            <FormAlert refusal />
            <div class="add-task-line">
                <FormField shape=NEW_TITLE usual="" refusal />
                <button class="button button-primary" type="submit">
                    "Add task"
                </button>
            </div>
            <details open=is_open>
                <summary>"More fields"</summary>
                <div class="field-grid">
                    {details.into_iter().map(|shape| view! { <FormField shape usual="" refusal /> }).collect_view()}
                </div>
            </details>
        </form>
    }
}
