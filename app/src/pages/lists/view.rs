//! The lists that everybody has, one to an address.

use super::groups::{grouped, logbook};
use crate::{
    components::tasks::{BulkForm, Fields, Moment, address, picked},
    islands::tasks::{Sheet, SheetGroup, TaskSheet},
    pages::{ErrorPage, parameter, refused_in_list},
    places::project_choices,
    request,
};
use domain::{
    Error,
    calendar::format_date,
    tasks::{Kin, TaskQuery, View},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// What is in no project yet.
#[component]
pub fn InboxPage() -> impl IntoView {
    view! { <ViewPage view=View::Inbox title="Inbox" empty="The inbox is empty. What comes to mind goes in here first." /> }
}

/// What is due today, and what is late.
#[component]
pub fn TodayPage() -> impl IntoView {
    view! { <ViewPage view=View::Today title="Today" empty="Nothing is due today." /> }
}

/// What is due later, by day.
#[component]
pub fn UpcomingPage() -> impl IntoView {
    view! { <ViewPage view=View::Upcoming title="Upcoming" empty="Nothing is due after today." /> }
}

/// What is done, by day.
#[component]
pub fn LogbookPage() -> impl IntoView {
    view! { <ViewPage view=View::Logbook title="Logbook" empty="What you complete is kept here." /> }
}

#[component]
fn ViewPage(view: View, title: &'static str, empty: &'static str) -> impl IntoView {
    view! {
        <Title text=title />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load(view)).await {
                    Ok(loaded) => view! { <Shown view title empty loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Shown(view: View, title: &'static str, empty: &'static str, loaded: Loaded) -> impl IntoView {
    let Loaded { groups, kin, orders, next, moment, address, projects } = loaded;
    let picked = picked(groups.iter().flat_map(|group| &group.tasks));
    let has_tasks = groups.iter().any(|group| !group.tasks.is_empty());
    let is_late = view == View::Today && groups.first().is_some_and(|earlier| !earlier.tasks.is_empty());
    let (here, choices) = (address.clone(), projects.clone());
    let sheet = Sheet {
        groups,
        kin,
        orders,
        next,
        moment,
        address,
        adds: adds(view, moment),
        empty: empty.to_owned(),
        picked,
        failure: refused_in_list(),
        deleted: parameter("deleted"),
        projects,
    };

    view! {
        <header class="list-head">
            <h1>{title}</h1>
            {is_late.then(|| view! { <MoveToToday here /> })}
        </header>
        <TaskSheet sheet />
        {has_tasks.then(|| view! { <BulkForm projects=choices /> })}
    }
}

/// Makes everything that is late due today.
#[component]
fn MoveToToday(here: String) -> impl IntoView {
    view! {
        <form method="post" action=here>
            <input type="hidden" name="do" value="change_tasks" />
            <input type="hidden" name="filter" value="overdue" />
            <input type="hidden" name="act" value="today" />
            <button class="button" type="submit">
                "Move all to today"
            </button>
        </form>
    }
}

/// What a new task on this page has by itself; the logbook takes none.
fn adds(view: View, moment: Moment) -> Option<Fields> {
    match view {
        View::Logbook => None,
        View::Today => Some(vec![("usual_due_date".to_owned(), format_date(moment.today))]),
        _ => Some(Vec::new()),
    }
}

struct Loaded {
    groups: Vec<SheetGroup>,
    kin: Vec<Kin>,
    orders: bool,
    next: Option<String>,
    moment: Moment,
    address: String,
    projects: Fields,
}

async fn load(view: View) -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let moment = Moment::of(&owner);
    let cursor = parameter("cursor");
    let cursor = || cursor.as_deref().map(|cursor| ("cursor", cursor));
    let query = TaskQuery::from_pairs([("view", view.as_str())].into_iter().chain(cursor()))?;
    let query = TaskQuery { with_kin: true, ..query };
    let orders = query.is_in_owners_order();
    let backend = request::backend();
    let (groups, kin, next) = if view == View::Logbook {
        let (page, dates) = backend::tasks::logbook(&backend, &owner, &query).await?;
        (logbook(page.items, dates, moment, owner.time_zone()), page.kin, page.next_cursor)
    } else {
        let page = backend::tasks::list(&backend, &owner, &query).await?;
        (grouped(view, page.items, moment), page.kin, page.next_cursor)
    };
    let address = address(&format!("/{}", view.as_str()), cursor());
    let projects = project_choices().await;
    Ok(Loaded { groups, kin, orders, next, moment, address, projects })
}
