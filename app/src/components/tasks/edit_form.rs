//! The form that changes a task, in place or on the task's own page.

use crate::components::tasks::{
    Card, Fields, Refusal,
    field::{DATES, DUE_DATE, DUE_TIME, NOTES, PRIORITY, TAGS, TITLE, form_field},
    form_alert, project_field,
    repeat_fields::repeat_fields,
};
use leptos::prelude::*;

/// The form that changes a task; `dates` are its next ones, where the server has told them. It is sent to the task's own
/// page, so that without script, or after signing in again, its writer finds everything typed there.
pub fn edit_form(
    card: &Card,
    projects: &Fields,
    dates: String,
    refusal: Option<&Refusal>,
    is_in_place: bool,
) -> impl IntoView + use<> {
    let scope = if is_in_place { format!("-{}", card.id) } else { String::new() };
    // Whoever was told of a newer version and saves again means to replace that one.
    let newest = refusal.and_then(|refusal| refusal.newest.as_ref());
    let revision = newest.map_or(card.revision, |newest| newest.revision);
    let fields = [TITLE, NOTES, DUE_DATE, DUE_TIME, PRIORITY, TAGS]
        .map(|shape| form_field(shape, &scope, card.text(shape.0), refusal));
    let more_dates = DATES.map(|shape| form_field(shape, &scope, card.text(shape.0), refusal));
    // What is set, was typed or is wrong must not hide.
    let is_set = |name: &str| {
        !card.text(name).is_empty()
            || refusal.is_some_and(|refusal| {
                refusal.message(name).is_some() || refusal.draft(name).is_some_and(|text| !text.is_empty())
            })
    };
    let is_open = DATES.iter().any(|(name, ..)| is_set(name));

    view! {
        <form class="task-editor" method="post" action=card.address() aria-label=format!("Edit {}", card.title)>
            <input type="hidden" name="do" value="edit_task" />
            <input type="hidden" name="id" value=card.id.clone() />
            <input type="hidden" name="revision" value=revision.to_string() />
            {form_alert(refusal)}
            {fields.into_iter().collect_view()} {project_field(card, &scope, projects, refusal)}
            {repeat_fields(card, &scope, dates, refusal)}
            <input type="hidden" name="shows_dates" value="true" />
            <details class="task-editor-dates" open=is_open>
                <summary>"Start, deadline, duration"</summary>
                <div class="field-grid">{more_dates.into_iter().collect_view()}</div>
                <p class="field-hint">
                    "Until its start date a task is out of sight in Inbox, Today and Upcoming. The due date is when you mean to do it, the deadline cannot be missed. Without a time zone, the due time moves with you."
                </p>
            </details>
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
