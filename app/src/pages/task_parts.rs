//! What stands around a task on its own page: the tasks that it is a part of, and its parts with the form for another.
//! All of it is plain forms; a script is not asked.

use crate::{
    components::{Alert, Button, ButtonKind, Content, Field, tasks::address},
    forms::failure,
};
use domain::{
    ids::TaskId,
    tasks::{Task, TaskPage},
};
use leptos::prelude::*;

/// The way up: all tasks, then those that this one is a part of.
#[component]
pub(super) fn Wholes(wholes: Vec<(TaskId, String)>) -> impl IntoView {
    let links = wholes.into_iter().map(|(id, title)| {
        view! {
            <li>
                <a href=format!("/tasks/{id}")>{title}</a>
            </li>
        }
    });

    view! {
        <nav class="wholes" aria-label="Breadcrumb">
            <ol>
                <li>
                    <a class="back" href="/tasks">
                        "Back to tasks"
                    </a>
                </li>
                {links.collect_view()}
            </ol>
        </nav>
    }
}

/// The parts of a task, how far they are, and the form for one more.
#[component]
pub(super) fn Parts(whole: TaskId, parts: TaskPage) -> impl IntoView {
    let here = format!("/tasks/{whole}");
    let (all, done) = (parts.items.len(), parts.items.iter().filter(|part| part.is_completed).count());
    let all = if parts.has_more { format!("{all} and more") } else { all.to_string() };
    let is_empty = parts.items.is_empty();
    let kin = parts.kin.into_iter().map(|kin| (kin.parts > 0).then(|| format!("{}/{}", kin.done, kin.parts)));
    let most = parts.items.len();
    let rows = parts.items.into_iter().zip(kin.chain(std::iter::repeat(None)));
    let rows = rows.map(|(part, progress)| view! { <Part part progress here=here.clone() /> }).collect_view();
    let lines = address("/tasks/paste", [("parent_id", whole.to_string().as_str())]);

    view! {
        <section class="parts" id="parts" aria-labelledby="parts-title">
            <h2 id="parts-title">"Subtasks"</h2>
            {(!is_empty)
                .then(|| {
                    view! {
                        <p class="parts-progress">
                            <progress max=most.to_string() value=done.to_string() aria-label="Subtasks done"></progress>
                            {format!("{done} of {all}")}
                        </p>
                        <ul class="task-list" aria-label="Subtasks">
                            {rows}
                        </ul>
                    }
                })}
            <NewPart whole here />
            <p>
                <a href=lines>"Paste many lines"</a>
            </p>
        </section>
    }
}

#[component]
fn Part(part: Task, progress: Option<String>, here: String) -> impl IntoView {
    let class = if part.is_completed { "task-row is-done" } else { "task-row" };
    let title = part.title.as_str().to_owned();
    // Sending it twice is no second date.
    let occurrence = part.occurrence().filter(|_| !part.is_completed);
    let occurrence = occurrence.map(|date| view! { <input type="hidden" name="occurrence" value=date.to_string() /> });
    let progress = progress.map(|progress| {
        view! {
            <div class="task-meta">
                <span class="task-progress">{progress} <span class="visually-hidden">" subtasks done"</span></span>
            </div>
        }
    });

    view! {
        <li class=class>
            <form class="task-complete" method="post" action=here>
                <input type="hidden" name="do" value="set_task_completed" />
                <input type="hidden" name="id" value=part.id.to_string() />
                <input type="hidden" name="is_completed" value=(!part.is_completed).to_string() />
                {occurrence}
                <button
                    class="task-check"
                    type="submit"
                    role="checkbox"
                    aria-checked=part.is_completed.to_string()
                    aria-label=format!("Complete {title}")
                ></button>
            </form>
            <div class="task-body">
                <a class="task-title" href=format!("/tasks/{}", part.id)>
                    {title}
                </a>
                {progress}
            </div>
        </li>
    }
}

#[component]
fn NewPart(whole: TaskId, here: String) -> impl IntoView {
    let failure = failure("add_task");
    let faults = failure.as_ref().and_then(|failure| failure.error.as_ref()).map(domain::Error::fields);
    let elsewhere = faults.unwrap_or_default().into_iter().find(|fault| fault.field != "title");
    let summary = elsewhere.map(|fault| fault.detail).or_else(|| failure.as_ref().and_then(|sent| sent.summary()));

    view! {
        <form class="add-part" method="post" action=here aria-label="Add a subtask">
            <input type="hidden" name="do" value="add_task" />
            <input type="hidden" name="parent_id" value=whole.to_string() />
            {summary.map(|sentence| view! { <Alert>{sentence}</Alert> })}
            <div class="add-task-line">
                <Field
                    name="title"
                    label="New subtask"
                    id="subtask-title"
                    autocomplete="off"
                    content=Content::of(failure.as_ref(), "title", "")
                />
                <Button kind=ButtonKind::Plain>"Add subtask"</Button>
            </div>
        </form>
    }
}
