//! The list of tasks with everything that is done to it.

use super::{
    desk::{Deleted, Desk, Heard},
    row::Rows,
    words::{DeletedToast, RowAlert, Said},
};
use crate::{
    components::tasks::{AddForm, FilterForm, Moment, tasks_address},
    forms::Failure,
};
use domain::tasks::{TaskPage, TaskQuery};
use leptos::prelude::*;

/// The list of tasks: add, filter, complete, edit, delete.
#[island]
pub fn TaskBoard(
    query: TaskQuery,
    page: TaskPage,
    moment: Moment,
    failure: Option<Failure>,
    deleted: Option<String>,
) -> impl IntoView {
    let address = tasks_address(&query);
    let desk = Desk::new(page.items, moment, address.clone(), failure);
    desk.query.set(query.clone());
    desk.next.set(page.next_cursor);
    desk.deleted.set(deleted.map(|id| Deleted { id, title: None }));

    view! {
        <Heard desk class="task-board">
            <AddForm refusal=desk.refusal("add_task") address />
            <FilterForm query refusal=desk.refusal("list_tasks") />
            <RowAlert desk />
            <Rows desk rows=desk.rows label="Tasks" />
            <Foot desk />
            <DeletedToast desk />
            <Said desk />
        </Heard>
    }
}

/// What stands below the list: why it is empty, and where it begins and goes on.
#[component]
fn Foot(desk: Desk) -> impl IntoView {
    let is_empty = move || desk.rows.with(Vec::is_empty) && desk.next.with(Option::is_none);
    let empty = move || is_empty().then(|| view! { <Empty is_narrowed=desk.query.with(TaskQuery::is_narrowed) /> });
    let first = move || {
        let query = desk.query.get();
        query.cursor.is_some().then(|| {
            view! {
                <a class="button button-quiet" href=tasks_address(&TaskQuery { cursor: None, ..query })>
                    "First page"
                </a>
            }
        })
    };
    let next = move || {
        desk.next.get().map(|cursor| {
            let next = TaskQuery { cursor: Some(cursor), ..desk.query.get() };
            view! {
                <a class="button" href=tasks_address(&next) data-act="next">
                    "Next page"
                </a>
            }
        })
    };

    view! {
        {empty}
        <div class="pager">{first} {next}</div>
    }
}

#[component]
fn Empty(is_narrowed: bool) -> impl IntoView {
    let clear = is_narrowed.then(|| {
        view! {
            <a class="button button-quiet" href="/tasks" data-act="clear">
                "Clear filters"
            </a>
        }
    });

    view! {
        <div class="empty-state">
            <p>
                {if is_narrowed {
                    "No task matches these filters."
                } else {
                    "Nothing to do. Add your first task above."
                }}
            </p>
            {clear}
        </div>
    }
}
