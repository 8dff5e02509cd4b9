//! The dashboard's lists, and the numbers and the chart that keep in step with them.

use super::{
    desk::{Desk, Heard, Row},
    row::Rows,
    words::{DeletedToast, RowAlert, Said},
};
use crate::{
    components::tasks::{Chart, Moment, Numbers, StatGrid},
    forms::Failure,
};
use domain::{
    ids::TaskId,
    tasks::{Overview, Task},
};
use leptos::prelude::*;

/// What is late, what is due today, and how much there is.
#[island]
pub fn TaskAgenda(overview: Overview, moment: Moment, failure: Option<Failure>) -> impl IntoView {
    let mut elsewhere = Numbers::of(&overview);
    let Overview { overdue, today, .. } = overview;
    for task in overdue.iter().chain(&today) {
        elsewhere.remove(task, moment);
    }
    let late: Vec<TaskId> = overdue.iter().map(|task| task.id).collect();
    let tasks: Vec<Task> = overdue.into_iter().chain(today).collect();
    let desk = Desk::new(tasks, moment, "/dashboard".to_owned(), failure);
    let late = StoredValue::new(late);
    let rows = move |is_late: bool| {
        Signal::derive(move || {
            let rows = desk.rows.get();
            rows.into_iter()
                .filter(|row| late.with_value(|late| late.contains(&row.id)) == is_late)
                .collect::<Vec<Row>>()
        })
    };
    let numbers = Signal::derive(move || {
        let mut numbers = elsewhere.clone();
        for row in desk.rows.get() {
            row.task.with(|task| numbers.add(task, moment));
        }
        numbers
    });

    view! {
        <Heard desk class="agenda">
            <StatGrid numbers />
            <RowAlert desk />
            <Part desk title="Overdue" rows=rows(true) empty="Nothing is overdue." />
            <Part desk title="Due today" rows=rows(false) empty="Nothing is due today." />
            <section class="agenda-part">
                <h2>"Open tasks by priority"</h2>
                <Chart numbers />
            </section>
            <DeletedToast desk />
            <Said desk />
        </Heard>
    }
}

#[component]
fn Part(desk: Desk, title: &'static str, rows: Signal<Vec<Row>>, empty: &'static str) -> impl IntoView {
    view! {
        <section class="agenda-part">
            <h2>{title}</h2>
            <Rows desk rows label=title />
            {move || rows.with(Vec::is_empty).then(|| view! { <p class="empty-state">{empty}</p> })}
        </section>
    }
}
