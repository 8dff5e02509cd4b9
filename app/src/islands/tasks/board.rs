//! The list of tasks with everything that is done to it.

use super::{
    desk::{Desk, State, hearing},
    line::{chips, marks},
    row::Rows,
    words::{row_alert, words},
};
#[cfg(feature = "hydrate")]
use crate::components::tasks::USUAL;
use crate::{
    components::tasks::{Fields, add_form, filter_fields, form_alert, list_address, many_lines},
    islands::written::written,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::Brief,
    crate::{
        components::tasks::{Moment, cards},
        forms::Failure,
        islands::told::Tell,
        pages::news,
    },
    domain::tasks::{TaskPage, TaskQuery},
};

/// The list of tasks: add, filter, complete, edit, delete.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskBoard(
    query: TaskQuery,
    page: TaskPage,
    moment: Moment,
    failure: Option<Failure>,
    deleted: Option<String>,
    projects: Fields,
    picked: Vec<String>,
) -> impl IntoView {
    let query: Fields = query.to_pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let what = Brief {
        cards: cards(page.items, page.kin),
        today: moment.into(),
        news: news(moment),
        address: address_of(&query),
        refusal: failure.map(Into::into),
        orders: is_in_order(&query),
        query,
        next: page.next_cursor,
        deleted,
        projects,
        selects: true,
        picked,
        ..Brief::default()
    };

    view! {
        <Tell what>
            <Board />
        </Tell>
    }
}

#[island]
fn Board() -> impl IntoView {
    let desk = Desk::told();
    let query = desk.state.with_untracked(|state| state.query.clone());
    let add_form = move || {
        let (marks, chips) = (move || desk.line.with(marks), move || desk.line.with(chips));
        desk.state.with(|state| add_form(state.address.clone(), &[], state.refusal_of("add_task", None), marks, chips))
    };
    let filter_alert = move || desk.state.with(|state| form_alert(state.refusal_of("list_tasks", None)));

    view! {
        <div class="task-board" use:hearing=desk>
            {add_form} <div class="add-task-many" inner_html=written(|| many_lines(&[]))></div>
            <div class="filters">
                <form
                    method="get"
                    action="/tasks"
                    role="search"
                    aria-label="Filter tasks"
                    inner_html=written(|| filter_fields(&query))
                ></form>
                {filter_alert}
            </div>
            {move || desk.state.with(row_alert)}
            <Rows desk group=0 label="Tasks".to_owned() />
            {move || desk.state.with(|state| (foot(state), words(state)))}
        </div>
    }
}

/// Whether such a list stands in its owner's order, from the first to the last.
pub(super) fn is_in_order(query: &[(String, String)]) -> bool {
    let says = |name: &str, text: &str| query.iter().any(|(known, value)| known == name && value == text);
    says("sort", "manual") && !says("order", "desc")
}

/// The page of the list that such a query asks for.
pub(super) fn address_of(query: &[(String, String)]) -> String {
    list_address(query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What stands below the list: why it is empty, and where it begins and goes on.
fn foot(state: &State) -> impl IntoView + use<> {
    let is_empty = state.rows.is_empty() && state.next.is_none();

    view! { {is_empty.then(|| empty(state))} {pager(state)} }
}

/// The ways to where the list begins and goes on.
fn pager(state: &State) -> impl IntoView + use<> {
    let rest = || state.query.iter().filter(|(name, _)| name != "cursor").cloned();
    let first = (rest().count() < state.query.len()).then(|| address_of(&rest().collect::<Fields>()));
    let next = state.next.clone().map(|cursor| {
        let query: Fields = rest().chain([("cursor".to_owned(), cursor)]).collect();
        address_of(&query)
    });

    view! {
        <div class="pager">
            {first
                .map(|address| {
                    view! {
                        <a class="button button-quiet" href=address>
                            "First page"
                        </a>
                    }
                })}
            {next
                .map(|address| {
                    view! {
                        <a class="button" href=address data-act="next">
                            "Next page"
                        </a>
                    }
                })}
        </div>
    }
}

/// An empty answer means "no match" where the query leaves something out, and "no tasks" otherwise.
fn empty(state: &State) -> impl IntoView + use<> {
    let narrows = |name: &str| !["sort", "order", "limit", "cursor", "count"].contains(&name);
    let is_narrowed = state.query.iter().any(|(name, _)| narrows(name));
    let sentence =
        if is_narrowed { "No task matches these filters." } else { "Nothing to do. Add your first task above." };

    view! {
        <div class="empty-state">
            <p>{sentence}</p>
            {is_narrowed
                .then(|| {
                    view! {
                        <a class="button button-quiet" href="/tasks" data-act="clear">
                            "Clear filters"
                        </a>
                    }
                })}
        </div>
    }
}

/// Leaves out what a query says as usual.
#[cfg(feature = "hydrate")]
pub(super) fn without_usual(mut query: Fields) -> Fields {
    query.retain(|(name, value)| !value.is_empty() && !USUAL.contains(&(name.as_str(), value.as_str())));
    query
}
