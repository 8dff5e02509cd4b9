//! A list of tasks that everybody has, or that somebody made, in groups with headings: Today, Upcoming, a project.

use super::{
    desk::{Desk, Group, State, hearing},
    line::{chips, marks},
    row::Rows,
    words::{row_alert, words},
};
use crate::{
    components::tasks::{add_form, address, many_lines},
    islands::written::written,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::Brief,
    crate::{
        components::tasks::{Fields, Moment, cards, say_was_due},
        forms::Failure,
        islands::told::Tell,
        pages::news,
    },
    domain::{
        calendar::Date,
        tasks::{CompletedDate, Kin, Task},
    },
};

/// What a sheet shows.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its tasks, in groups with headings; one group without a heading where it is one list.
    pub groups: Vec<SheetGroup>,
    /// Of each of the tasks in turn, its parts and what it is a part of; nothing where that is not told.
    pub kin: Vec<Kin>,
    /// Whether the tasks stand in their owner's order, which can be changed here.
    pub orders: bool,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The moment that the page is about.
    pub moment: Moment,
    /// The page.
    pub address: String,
    /// What a form for a new task sends beside what is typed; none if there is no such form.
    pub adds: Option<Fields>,
    /// What is said where there is nothing to show.
    pub empty: String,
    /// The ids of the tasks that are selected from the start.
    pub picked: Vec<String>,
    /// The form of the page that was refused.
    pub failure: Option<Failure>,
    /// The id of a task that was deleted.
    pub deleted: Option<String>,
    /// What a task can be put into.
    pub projects: Fields,
}

/// What stands together under a heading.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Default)]
pub struct SheetGroup {
    /// The heading.
    pub title: String,
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Dates of tasks that repeat, below them.
    pub dates: Vec<CompletedDate>,
}

#[cfg(feature = "ssr")]
impl SheetGroup {
    fn brief(&self, moment: Moment) -> Group {
        let dates = completed_dates(&self.dates, moment.today);
        Group { title: self.title.clone(), count: self.tasks.len(), has_dates: !self.dates.is_empty(), dates }
    }
}

/// Dates that were completed, as HTML.
#[cfg(feature = "ssr")]
fn completed_dates(dates: &[CompletedDate], today: Date) -> String {
    let date = |date: &CompletedDate| {
        view! {
            <li class="task-row is-done" id=format!("date-{}", date.id)>
                // Leaves the room that a box takes beside the tasks.
                <span class="task-select"></span>
                <span class="task-check" aria-checked="true" aria-hidden="true"></span>
                <div class="task-body">
                    <a class="task-title" href=format!("/tasks/{}", date.task_id)>
                        {date.title.clone()}
                    </a>
                    <div class="task-meta">
                        <span class="task-repeat">{say_was_due(&date.occurrence, today)}</span>
                    </div>
                </div>
            </li>
        }
    };
    dates.iter().map(date).collect_view().to_html()
}

/// A list of tasks in groups.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskSheet(sheet: Sheet) -> impl IntoView {
    let Sheet { groups, kin, orders, next, moment, address, adds, empty, picked, failure, deleted, projects } = sheet;
    let headings = groups.iter().map(|group| group.brief(moment)).collect();
    let what = Brief {
        cards: cards(groups.into_iter().flat_map(|group| group.tasks), kin),
        orders,
        today: moment.into(),
        news: news(moment),
        address,
        refusal: failure.map(Into::into),
        next,
        deleted,
        groups: headings,
        adds,
        selects: true,
        picked,
        empty,
        projects,
        ..Brief::default()
    };

    view! {
        <Tell what>
            <SheetOfTasks />
        </Tell>
    }
}

#[island]
fn SheetOfTasks() -> impl IntoView {
    let desk = Desk::told();
    let add_form = move || {
        let more = desk.adds.get_value()?;
        let (marks, chips) = (move || desk.line.with(marks), move || desk.line.with(chips));
        let form =
            |state: &State| add_form(state.address.clone(), &more, state.refusal_of("add_task", None), marks, chips);
        Some(desk.state.with(form))
    };
    let many_lines = desk.adds.with_value(|adds| {
        let more = adds.as_ref()?;
        Some(view! { <div class="add-task-many" inner_html=written(|| many_lines(more))></div> })
    });
    let groups = desk.groups.get_value().into_iter().enumerate();
    let groups = groups.map(|(number, group)| part(desk, number, group)).collect_view();
    let has_dates = desk.groups.with_value(|groups| groups.iter().any(|group| group.has_dates));
    let is_empty = move || !has_dates && desk.state.with(|state| state.rows.is_empty() && state.next.is_none());

    view! {
        <div class="task-sheet" use:hearing=desk>
            {add_form} {many_lines} {move || desk.state.with(row_alert)} {groups}
            {move || is_empty().then(|| view! { <p class="empty-state">{desk.empty.get_value()}</p> })}
            {move || desk.state.with(|state| (next_page(state), words(state)))}
        </div>
    }
}

/// The way to where the list goes on.
fn next_page(state: &State) -> impl IntoView + use<> {
    let path = state.address.split('?').next().unwrap_or_default();
    let next = state.next.as_ref().map(|cursor| address(path, [("cursor", cursor.as_str())]));
    next.map(|address| {
        view! {
            <div class="pager">
                <a class="button" href=address>
                    "Next page"
                </a>
            </div>
        }
    })
}

/// A group with its heading, which goes when the last of its rows does.
fn part(desk: Desk, number: usize, group: Group) -> impl IntoView {
    let Group { title, has_dates, .. } = group;
    let is_empty = move || !has_dates && desk.state.with(|state| !state.rows.iter().any(|row| row.group == number));
    let label = if title.is_empty() { "Tasks".to_owned() } else { title.clone() };
    #[cfg(feature = "ssr")]
    let dates = group.dates;
    #[cfg(not(feature = "ssr"))]
    let dates = String::new();

    view! {
        <section class="task-group" hidden=move || is_empty().then_some("hidden")>
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })} <Rows desk group=number label />
            {has_dates.then(|| view! { <ul class="task-list" aria-label="Dates of tasks that repeat" inner_html=dates></ul> })}
        </section>
    }
}
