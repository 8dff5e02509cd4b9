//! The rows of a list of tasks.

use super::desk::{Desk, Row};
use crate::components::tasks::{EditForm, TaskMeta, task_address};
use leptos::{either::Either, prelude::*};

/// A list of tasks.
#[component]
pub fn Rows(desk: Desk, #[prop(into)] rows: Signal<Vec<Row>>, label: &'static str) -> impl IntoView {
    view! {
        <ul class="task-list" aria-label=label>
            <For each=move || rows.get() key=|row| row.id let:row>
                <TaskRow desk row />
            </For>
        </ul>
    }
}

#[component]
fn TaskRow(desk: Desk, row: Row) -> impl IntoView {
    view! {
        <li
            class="task-row"
            id=format!("task-{}", row.id)
            class:is-done=move || row.task.with(|task| task.is_completed)
            class:is-saving=move || row.is_saving.get()
            aria-busy=move || row.is_saving.get().then_some("true")
        >
            {move || {
                if row.is_editing.get() {
                    let refusal = desk.refusal_of("edit_task", row.id);
                    Either::Left(view! { <EditForm task=row.task refusal is_in_place=true /> })
                } else {
                    Either::Right(view! { <Face desk row /> })
                }
            }}
        </li>
    }
}

/// A row that is read. Its forms stay in place while the task changes, only the words are written anew.
#[component]
fn Face(desk: Desk, row: Row) -> impl IntoView {
    let address = task_address(row.id);

    view! {
        <CompleteForm desk row />
        <div class="task-body">
            <a class="task-title" href=address.clone()>
                {move || row.title()}
            </a>
            {move || view! { <TaskMeta task=row.task.get() moment=desk.moment /> }}
        </div>
        <div class="task-actions">
            <a
                class="button button-quiet"
                href=address
                data-act="edit"
                aria-label=move || format!("Edit {}", row.title())
            >
                "Edit"
            </a>
            <DeleteForm desk row />
        </div>
    }
}

/// The checkbox of a task. It is a button, so that it sends its form without script.
#[component]
pub fn CompleteForm(desk: Desk, row: Row) -> impl IntoView {
    let is_done = move || row.task.with(|task| task.is_completed);

    view! {
        <form class="task-complete" method="post" action=desk.address.get_value()>
            <input type="hidden" name="do" value="set_task_completed" />
            <input type="hidden" name="id" value=row.id.to_string() />
            <input type="hidden" name="is_completed" value=move || (!is_done()).to_string() />
            <button
                class="task-check"
                type="submit"
                role="checkbox"
                aria-checked=move || is_done().to_string()
                aria-label=move || format!("Complete {}", row.title())
            ></button>
        </form>
    }
}

/// The button that deletes a task. On the task's own page the title stands above it and is not said again.
#[component]
pub fn DeleteForm(desk: Desk, row: Row, #[prop(optional)] is_alone: bool) -> impl IntoView {
    let label = move || (!is_alone).then(|| format!("Delete {}", row.title()));

    view! {
        <form class="task-delete" method="post" action=desk.address.get_value()>
            <input type="hidden" name="do" value="delete_task" />
            <input type="hidden" name="id" value=row.id.to_string() />
            <button class="button button-quiet button-danger" type="submit" aria-label=label>
                "Delete"
            </button>
        </form>
    }
}
