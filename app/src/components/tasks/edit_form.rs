//! The form that changes a task, in place or on the task's own page.

use crate::components::tasks::{
    Card, Fields, Refusal,
    field::{DUE_DATE, DUE_TIME, NOTES, PRIORITY, TAGS, TITLE, form_field},
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

    view! {
        <form class="task-editor" method="post" action=card.address() aria-label=format!("Edit {}", card.title)>
            <input type="hidden" name="do" value="edit_task" />
            <input type="hidden" name="id" value=card.id.clone() />
            <input type="hidden" name="revision" value=revision.to_string() />
            {form_alert(refusal)}
            {fields.into_iter().collect_view()} {project_field(card, &scope, projects, refusal)}
            {repeat_fields(card, &scope, dates, refusal)}
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
