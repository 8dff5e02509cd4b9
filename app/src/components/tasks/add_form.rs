//! The form that makes a task: a title is enough, everything else is folded away.

use crate::components::tasks::{
    Refusal,
    field::{DUE_DATE, DUE_TIME, NEW_TITLE, NOTES, PRIORITY, TAGS, form_field},
    form_alert,
};
use leptos::prelude::*;

/// The form that makes a task.
pub fn add_form(address: String, refusal: Option<&Refusal>) -> impl IntoView + use<> {
    let details = [DUE_DATE, DUE_TIME, PRIORITY, TAGS, NOTES];
    // What was typed there, or is wrong there, must not hide.
    let is_open = refusal.is_some_and(|refusal| {
        details.iter().any(|(name, _, _)| {
            refusal.message(name).is_some()
                || refusal.draft(name).is_some_and(|text| !text.is_empty() && text != "none")
        })
    });
    let field = |shape| form_field(shape, "", String::new(), refusal);

    view! {
        <form class="add-task" method="post" action=address aria-label="Add a task">
            <input type="hidden" name="do" value="add_task" />
            {form_alert(refusal)}
            <div class="add-task-line">
                {field(NEW_TITLE)}
                <button class="button button-primary" type="submit">
                    "Add task"
                </button>
            </div>
            <details open=is_open>
                <summary>"More fields"</summary>
                <div class="field-grid">{details.map(field).into_iter().collect_view()}</div>
            </details>
        </form>
    }
}
