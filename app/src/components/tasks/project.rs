//! Which project a task is in: what its row says of it, and how it is put into another.

use crate::components::tasks::{
    Card, Fields, Refusal,
    field::{PROJECT, choice_field},
};
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
    let is_archived = path_of(projects, &now).is_none() && !now.is_empty();
    let archived = is_archived.then(|| (now.clone(), "As it is (archived)".to_owned()));
    let choices = std::iter::once((String::new(), "None".to_owned())).chain(archived).chain(projects.iter().cloned());
    choice_field(PROJECT, scope, now, choices.collect(), refusal)
}
