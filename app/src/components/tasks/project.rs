//! Which project a task is in: what its row says of it, and how it is put into another.

use crate::components::tasks::{Card, Fields, Refusal};
use leptos::prelude::*;

/// The name of a project behind those that it is in. What is put away has none here.
fn path_of<'a>(projects: &'a Fields, id: &str) -> Option<&'a str> {
    projects.iter().find(|(known, _)| known == id).map(|(_, path)| path.as_str())
}

/// The way to the project that a task is in.
pub fn project_mark(card: &Card, projects: &Fields) -> impl IntoView + use<> {
    let project = card.project_id.as_deref().and_then(|id| Some((id.to_owned(), path_of(projects, id)?.to_owned())));
    project.map(|(id, path)| {
        view! {
            <div class="task-meta task-project">
                <a class="tag" href=format!("/projects/{id}")>
                    {path}
                </a>
            </div>
        }
    })
}

/// The choice of the project that a task is in. `scope` tells its id from those of other forms on the same page.
pub fn project_field(card: &Card, scope: &str, projects: &Fields, refusal: Option<&Refusal>) -> impl IntoView + use<> {
    let now = card.project_id.clone().unwrap_or_default();
    let chosen = refusal.and_then(|refusal| refusal.draft("project_id")).unwrap_or(&now).to_owned();
    let message = refusal.and_then(|refusal| refusal.message("project_id")).map(str::to_owned);
    let id = format!("project_id{scope}");
    let error_id = format!("{id}-error");
    let archived = path_of(projects, &now).is_none() && !now.is_empty();
    let archived = archived.then(|| (now, "As it is (archived)".to_owned()));
    let choices = std::iter::once((String::new(), "None".to_owned())).chain(archived).chain(projects.iter().cloned());
    let options = choices.map(|(value, label)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value selected=is_chosen>
                {label}
            </option>
        }
    });

    view! {
        <div class="field">
            <label for=id.clone()>"Project"</label>
            <select
                id=id
                name="project_id"
                aria-invalid=message.is_some().then_some("true")
                aria-describedby=error_id.clone()
            >
                {options.collect_view()}
            </select>
            <p class="field-error" id=error_id>
                {message}
            </p>
        </div>
    }
}
