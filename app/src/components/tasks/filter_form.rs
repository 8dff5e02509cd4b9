//! The form that says which tasks to show and how to sort them: an ordinary search form whose answer is the page.

use crate::components::tasks::{Refusal, priority_name};
use domain::{
    Error,
    calendar::format_date,
    tasks::{Direction, Priority, Sort, StatusFilter, TaskQuery},
};
use leptos::prelude::*;

/// The form that says which tasks to show.
#[component]
pub fn FilterForm(query: TaskQuery, refusal: Refusal) -> impl IntoView {
    let statuses = [(StatusFilter::Open, "Open"), (StatusFilter::Done, "Done"), (StatusFilter::All, "All")];
    let sorts =
        [(Sort::Due, "Due date"), (Sort::Priority, "Priority"), (Sort::Created, "Created"), (Sort::Title, "Title")];
    let priorities = [Priority::High, Priority::Medium, Priority::Low, Priority::None];
    // Unless it is said, each way of sorting has the direction that people expect of it.
    let direction = if query.order == query.sort.usual_direction() { "" } else { query.order.as_str() };

    view! {
        <form class="filters" method="get" action="/tasks" role="search" aria-label="Filter tasks">
            <Line name="q" label="Search" kind="search" value=query.q />
            <Choice
                name="status"
                label="Show"
                chosen=query.status.as_str()
                choices=statuses.map(|(status, label)| (status.as_str(), label)).to_vec()
            />
            <Choice
                name="priority"
                label="Only priority"
                chosen=query.priority.map_or("", Priority::as_str)
                choices=std::iter::once(("", "Any"))
                    .chain(priorities.map(|priority| (priority.as_str(), priority_name(priority))))
                    .collect()
            />
            <Line name="tag" label="Only tag" kind="text" value=query.tag.map(|tag| tag.as_str().to_owned()) />
            <Line name="due_from" label="Due from" kind="date" value=query.due_from.map(format_date) />
            <Line name="due_to" label="Due to" kind="date" value=query.due_to.map(format_date) />
            <Choice
                name="sort"
                label="Sort by"
                chosen=query.sort.as_str()
                choices=sorts.map(|(sort, label)| (sort.as_str(), label)).to_vec()
            />
            <Choice
                name="order"
                label="Direction"
                chosen=direction
                choices=vec![
                    ("", "Usual"),
                    (Direction::Ascending.as_str(), "Ascending"),
                    (Direction::Descending.as_str(), "Descending"),
                ]
            />
            <div class="filters-actions">
                <button class="button" type="submit">
                    "Apply"
                </button>
                <a class="button button-quiet" href="/tasks" data-act="clear">
                    "Clear filters"
                </a>
            </div>
            <FilterAlert refusal />
        </form>
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    chosen: &'static str,
    choices: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let id = format!("filter-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                {choices
                    .into_iter()
                    .map(|(value, label)| {
                        view! {
                            <option value=value selected=value == chosen>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Line(name: &'static str, label: &'static str, kind: &'static str, value: Option<String>) -> impl IntoView {
    let id = format!("filter-{name}");
    view! {
        <div class=format!("field field-{kind}")>
            <label for=id.clone()>{label}</label>
            <input id=id type=kind name=name value=value autocomplete="off" />
        </div>
    }
}

/// Everything that is wrong with the query, whichever way it came here.
#[component]
fn FilterAlert(refusal: Refusal) -> impl IntoView {
    move || {
        refusal.error().map(|error| {
            let sentences = match &error {
                Error::Invalid(faults) => faults.iter().map(|fault| fault.detail.clone()).collect(),
                _ => vec![error.to_string()],
            };
            view! {
                <div class="alert" role="alert">
                    {sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
                    {refusal
                        .may_pass()
                        .then(|| {
                            view! {
                                <button class="button" type="submit">
                                    "Try again"
                                </button>
                            }
                        })}
                </div>
            }
        })
    }
}
