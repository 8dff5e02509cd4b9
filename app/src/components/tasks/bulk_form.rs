//! The form below a list that does the same to every task that is selected in it. The boxes of the rows belong to it.

use crate::{
    components::{
        Alert,
        tasks::{Fields, priority_name},
    },
    forms::failure,
    pages::parameter,
};
use axum::http::request::Parts;
use domain::tasks::{Priority, Task};
use leptos::prelude::*;

/// The tasks of a page whose boxes are ticked from the start: all of them where the address says so, and those that were
/// ticked when the form was refused.
pub fn picked<'a>(tasks: impl Iterator<Item = &'a Task>) -> Vec<String> {
    let ids = tasks.map(|task| task.id.to_string());
    if let Some(failure) = failure("change_tasks") {
        let was_ticked = |id: &String| failure.fields.iter().any(|(name, value)| name == "ids[]" && value == id);
        return ids.filter(was_ticked).collect();
    }
    if parameter("selected").as_deref() == Some("all") { ids.collect() } else { Vec::new() }
}

/// What can be done to the tasks that are selected, moving them into one of these projects among it.
#[component]
pub fn BulkForm(projects: Fields) -> impl IntoView {
    let failure = failure("change_tasks");
    let address = use_context::<Parts>().map(|parts| parts.uri.to_string()).unwrap_or_default();
    let all = if address.contains("selected=all") {
        address.clone()
    } else {
        format!("{address}{}selected=all", if address.contains('?') { '&' } else { '?' })
    };
    let draft = |field: &str| failure.as_ref().and_then(|failure| failure.value(field)).unwrap_or_default();
    let (due_date, priority, tag, project) = (draft("due_date"), draft("priority"), draft("tag"), draft("project_id"));
    let has_projects = !projects.is_empty();
    let projects = std::iter::once((String::new(), "No project".to_owned())).chain(projects).map(|(id, name)| {
        let selected = id == project;
        view! {
            <option value=id selected=selected>
                {name}
            </option>
        }
    });
    let projects = projects.collect_view();
    let error = failure.as_ref().and_then(|failure| failure.error.as_ref()).map(ToString::to_string);
    let act = |act: &'static str, label: &'static str| {
        view! {
            <button class="button button-quiet" type="submit" name="act" value=act>
                {label}
            </button>
        }
    };

    view! {
        {error.map(|error| view! { <Alert>{error}</Alert> })}
        <p class="select-all">
            <a href=all>"Select all"</a>
            // A finger cannot hover over a row to see its box; the style sheet shows them all instead.
            <label class="select-some">
                <input type="checkbox" autocomplete="off" />
                "Select several"
            </label>
        </p>
        <form id="bulk" class="bulk" method="post" action=address aria-label="Selected tasks">
            <input type="hidden" name="do" value="change_tasks" />
            // Enter in a field sends a form by its first button; nobody means to complete tasks by that.
            <button type="submit" disabled hidden></button>
            <div class="bulk-line">{act("complete", "Complete")} {act("reopen", "Reopen")} {act("delete", "Delete")}</div>
            <div class="bulk-line">
                {act("today", "Today")} {act("tomorrow", "Tomorrow")} {act("next_week", "Next week")}
                {act("no_date", "No date")} <label>"New date" <input type="date" name="due_date" value=due_date /></label>
                {act("date", "Set date")}
            </div>
            <div class="bulk-line">
                <label>
                    "Priority"
                    <select name="priority">
                        {Priority::ALL
                            .iter()
                            .map(|choice| {
                                view! {
                                    <option value=choice.as_str() selected=choice.as_str() == priority>
                                        {priority_name(*choice)}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </label>
                {act("priority", "Set priority")}
                <label>"Tag" <input type="text" name="tag" value=tag autocomplete="off" /></label>
                {act("tag", "Add tag")} {act("untag", "Remove tag")}
            </div>
            {has_projects
                .then(|| {
                    view! {
                        <div class="bulk-line">
                            <label>"Move to" <select name="project_id">{projects}</select></label>
                            {act("move", "Move")}
                        </div>
                    }
                })}
        </form>
    }
}
