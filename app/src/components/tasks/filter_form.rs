//! What stands in the form that says which tasks to show and how to sort them: an ordinary search form whose answer is the
//! page.

use crate::components::tasks::priority_name;
use domain::tasks::{Direction, Priority, Sort, StatusFilter};
use leptos::prelude::*;

/// What the fields say unless somebody says something else.
pub const USUAL: [(&str, &str); 8] = [
    ("q", ""),
    ("status", "open"),
    ("priority", ""),
    ("tag", ""),
    ("due_from", ""),
    ("due_to", ""),
    ("sort", "due"),
    ("order", ""),
];

/// The fields that say which tasks to show.
pub fn filter_fields(query: &[(String, String)]) -> impl IntoView + use<> {
    let value = |field: &str| {
        let given = query.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str());
        given.or_else(|| USUAL.iter().find(|(name, _)| *name == field).map(|(_, usual)| *usual)).unwrap_or_default()
    };
    let line = |field, label, kind| line(field, label, kind, value(field));
    let choice = |field, label, choices: &[(&'static str, &'static str)]| choice(field, label, value(field), choices);
    let statuses = [(StatusFilter::Open, "Open"), (StatusFilter::Done, "Done"), (StatusFilter::All, "All")];
    let sorts = [
        (Sort::Due, "Due date"),
        (Sort::Manual, "My order"),
        (Sort::Priority, "Priority"),
        (Sort::Created, "Created"),
        (Sort::Title, "Title"),
    ];
    let [high, medium, low, none] = [Priority::High, Priority::Medium, Priority::Low, Priority::None]
        .map(|priority| (priority.as_str(), priority_name(priority)));
    let directions =
        [("", "Usual"), (Direction::Ascending.as_str(), "Ascending"), (Direction::Descending.as_str(), "Descending")];

    let is_open = USUAL.iter().any(|(name, usual)| *name != "q" && value(name) != *usual);

    view! {
        {line("q", "Search", "search")}
        // Narrow screens fold these away; the style sheet shows them on wider ones in any case.
        <details class="filters-more" open=is_open>
            <summary>"Filters and sorting"</summary>
            <div class="filters-grid">
                {choice("status", "Show", &statuses.map(|(status, label)| (status.as_str(), label)))}
                {choice("priority", "Only priority", &[("", "Any"), high, medium, low, none])}
                {line("tag", "Only tag", "text")} {line("due_from", "Due from", "date")}
                {line("due_to", "Due to", "date")}
                {choice("sort", "Sort by", &sorts.map(|(sort, label)| (sort.as_str(), label)))}
                {choice("order", "Direction", &directions)}
            </div>
        </details>
        <div class="filters-actions">
            <button class="button" type="submit">
                "Apply"
            </button>
            <a class="button button-quiet" href="/tasks" data-act="clear">
                "Clear filters"
            </a>
        </div>
    }
}

fn choice(
    name: &'static str,
    label: &'static str,
    chosen: &str,
    choices: &[(&'static str, &'static str)],
) -> impl IntoView + use<> {
    let id = format!("filter-{name}");
    let options = choices.iter().map(|(value, label)| {
        view! {
            <option value=*value selected=*value == chosen>
                {*label}
            </option>
        }
    });

    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                {options.collect_view()}
            </select>
        </div>
    }
}

fn line(name: &'static str, label: &'static str, kind: &'static str, value: &str) -> impl IntoView + use<> {
    let id = format!("filter-{name}");

    view! {
        <div class=format!("field field-{kind}")>
            <label for=id.clone()>{label}</label>
            <input id=id type=kind name=name value=value.to_owned() autocomplete="off" />
        </div>
    }
}
