//! The form that changes a task, in place or on the task's own page.

use crate::components::tasks::{
    FormAlert, FormField, Refusal,
    field::{DUE_DATE, DUE_TIME, NOTES, PRIORITY, TAGS, TITLE, text_of},
    task_address,
};
use domain::tasks::Task;
use leptos::prelude::*;

/// The form that changes a task. It is sent to the task's own page, so that without script, or after signing in again,
/// its writer finds everything typed there.
#[component]
pub fn EditForm(task: RwSignal<Task>, refusal: Refusal, #[prop(optional)] is_in_place: bool) -> impl IntoView {
    let shown = task.get_untracked();
    let scope = if is_in_place { format!("-{}", shown.id) } else { String::new() };
    // Whoever was told of a newer version and saves again means to replace that one.
    let revision = move || refusal.newest().map_or_else(|| task.with(|task| task.revision), |newest| newest.revision);

    view! {
        <form
            class="task-editor"
            method="post"
            action=task_address(shown.id)
            aria-label=format!("Edit {}", shown.title.as_str())
        >
            <input type="hidden" name="do" value="edit_task" />
            <input type="hidden" name="id" value=shown.id.to_string() />
            <input type="hidden" name="revision" value=move || revision().to_string() />
            <FormAlert refusal />
            {[TITLE, NOTES, DUE_DATE, DUE_TIME, PRIORITY, TAGS]
                .into_iter()
                .map(|shape| {
                    view! { <FormField shape usual=text_of(&shown, shape.0) refusal scope=scope.clone() /> }
                })
                .collect_view()}
            <div class="task-editor-actions">
                <button class="button button-primary" type="submit">
                    "Save"
                </button>
                {is_in_place
                    .then(|| {
                        view! {
                            <button class="button button-quiet" type="button" data-act="cancel">
                                "Cancel"
                            </button>
                        }
                    })}
            </div>
        </form>
    }
}
