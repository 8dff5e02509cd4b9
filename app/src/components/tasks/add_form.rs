//! The form that makes a task: one line says it all, and what some prefer to fill in is folded away.

use crate::components::tasks::{
    Refusal, address,
    field::{DUE_DATE, DUE_TIME, NOTES, PRIORITY, TAGS, form_field},
    form_alert,
};
use leptos::prelude::*;

/// The form that makes a task, with fields that the page adds by itself. What was understood of the line lies under it as `marks` and stands below it as `chips`.
pub fn add_form<M: IntoView, C: IntoView>(
    page: String,
    more: &[(String, String)],
    refusal: Option<&Refusal>,
    marks: M,
    chips: C,
) -> impl IntoView + use<M, C> {
    let details = [DUE_DATE, DUE_TIME, PRIORITY, TAGS, NOTES];
    // What was typed there, or is wrong there, must not hide.
    let is_open = refusal.is_some_and(|refusal| {
        refusal.draft("as_typed").is_some()
            || details.iter().any(|(name, _, _)| {
                refusal.message(name).is_some()
                    || refusal.draft(name).is_some_and(|text| !text.is_empty() && text != "none")
            })
    });
    let field = |shape| form_field(shape, "", String::new(), refusal);
    let draft = |name| refusal.and_then(|refusal| refusal.draft(name)).map(str::to_owned);
    let is_as_typed = draft("as_typed").is_some();
    let message = refusal.and_then(|refusal| refusal.message("title")).map(str::to_owned);

    view! {
        <form class="add-task" method="post" action=page aria-label="Add a task">
            <input type="hidden" name="do" value="add_task" />
            {more
                .iter()
                .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
                .collect_view()}
            {form_alert(refusal)}
            <div class="add-task-line">
                <div class="field">
                    <label for="title">"New task"</label>
                    <div class="quick-line">
                        <div class="quick-line-marks" aria-hidden="true">
                            {marks}
                        </div>
                        <input
                            id="title"
                            name="title"
                            type="text"
                            value=draft("title").unwrap_or_default()
                            placeholder="Pay rent on the 1st !high #home"
                            autocomplete="off"
                            enterkeyhint="done"
                            autofocus=refusal.is_some_and(|refusal| refusal.begins_with("title"))
                            aria-invalid=message.is_some().then_some("true")
                            aria-describedby="title-error"
                        />
                    </div>
                    <p class="field-error" id="title-error">
                        {message}
                    </p>
                </div>
                <button class="button button-primary" type="submit">
                    "Add task"
                </button>
            </div>
            {chips}
            <details open=is_open>
                <summary>"More fields"</summary>
                <div class="field-grid">{details.map(field).into_iter().collect_view()}</div>
                <label class="checkbox">
                    <input type="checkbox" name="as_typed" value="true" checked=is_as_typed />
                    "Add exactly as typed"
                </label>
            </details>
        </form>
    }
}

/// The way to the page that takes many lines at once, and the form by which a script sends it what was pasted.
pub fn many_lines(more: &[(String, String)]) -> impl IntoView + use<> {
    let address = address("/tasks/paste", more.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let more = more.iter().map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> });
    let more = more.collect_view();

    view! {
        <form id="paste" method="post" action="/tasks/paste" hidden>
            <input type="hidden" name="do" value="preview_lines" />
            {more}
            <textarea name="lines" aria-label="Lines"></textarea>
        </form>
        <a href=address>"Paste many lines"</a>
    }
}
