//! The editor on a task's own page.

use super::{
    desk::{Desk, Heard, Row},
    row::{CompleteForm, DeleteForm},
    words::{RowAlert, SaidAloud},
};
use crate::{
    components::tasks::{EditForm, Moment, TaskMeta, task_address},
    forms::Failure,
};
use domain::tasks::Task;
use leptos::prelude::*;

/// One task with everything that can be changed of it.
#[island]
pub fn TaskEditor(task: Task, moment: Moment, failure: Option<Failure>, is_saved: bool) -> impl IntoView {
    let row = Row::new(task);
    let desk = Desk::new(Vec::new(), moment, task_address(row.id), failure);
    desk.rows.set(vec![row]);
    if is_saved {
        desk.said.set("Saved".to_owned());
    }

    view! {
        <Heard desk class="task-page">
            <header class="task-page-head" class:is-done=move || row.task.with(|task| task.is_completed)>
                <CompleteForm desk row />
                <h1>{move || row.title()}</h1>
                <DeleteForm desk row is_alone=true />
            </header>
            {move || view! { <TaskMeta task=row.task.get() moment /> }}
            <RowAlert desk />
            <EditForm task=row.task refusal=desk.refusal_of("edit_task", row.id) />
            <SaidAloud desk />
        </Heard>
    }
}
