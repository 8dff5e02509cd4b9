//! One task.

use crate::{
    components::tasks::{Fields, Moment},
    forms::failure,
    islands::tasks::TaskEditor,
    pages::{ErrorPage, parameter},
    places::project_choices,
    request,
};
use domain::{Error, tasks::Task};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// One task, with everything that can be changed of it.
#[component]
pub fn TaskPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();

    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(&id).await {
                    Ok((task, moment, projects)) => view! { <Shown task moment projects /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Shown(task: Task, moment: Moment, projects: Fields) -> impl IntoView {
    let failure = ["edit_task", "tick_note", "set_task_completed", "delete_task"].into_iter().find_map(failure);
    let is_saved = failure.is_none() && parameter("saved").is_some();

    view! {
        <Title text=task.title.as_str().to_owned() />
        <p>
            <a class="back" href="/tasks">
                "Back to tasks"
            </a>
        </p>
        <TaskEditor task projects moment failure is_saved />
    }
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<(Task, Moment, Fields), Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let task = backend::tasks::get(&request::backend(), &owner, id).await?;
    Ok((task, Moment::of(&owner), project_choices().await))
}
