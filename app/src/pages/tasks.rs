//! The list of tasks.

use crate::{
    components::tasks::{BulkForm, Fields, Moment, picked},
    forms::Failure,
    islands::tasks::TaskBoard,
    pages::{ErrorPage, parameter, refused_in_list},
    places::project_choices,
    request::{self, UnreadableQuery},
};
use axum::{extract::Query, http::request::Parts};
use domain::{
    Error,
    tasks::{TaskPage, TaskQuery},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// What the page is told of its own past, which is no part of the query.
const TOLD: [&str; 5] = ["deleted", "saved", "selected", "done", "skipped"];

/// The list of tasks.
#[component]
pub fn TasksPage() -> impl IntoView {
    view! {
        <Title text="Tasks" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Tasks loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Tasks(loaded: Loaded) -> impl IntoView {
    let failure = refused_in_list().or(loaded.failure);

    let picked = picked(loaded.page.items.iter());
    let has_tasks = !loaded.page.items.is_empty();

    view! {
        <h1>"Tasks"</h1>
        <TaskBoard
            query=loaded.query
            page=loaded.page
            moment=loaded.moment
            failure
            deleted=parameter("deleted")
            projects=loaded.projects.clone()
            picked
        />
        {has_tasks.then(|| view! { <BulkForm projects=loaded.projects /> })}
    }
}

struct Loaded {
    query: TaskQuery,
    page: TaskPage,
    moment: Moment,
    failure: Option<Failure>,
    projects: Fields,
}

/// Reads what the address asks for. A query that makes no sense is told, and the usual list stands below.
async fn load() -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let (moment, projects) = (Moment::of(&owner), project_choices().await);
    let asked = match read_query() {
        Ok(query) => list(&owner, &query).await.map(|page| (query, page)),
        Err(error) => Err(error),
    };
    match asked {
        Ok((query, page)) => Ok(Loaded { query, page, moment, failure: None, projects }),
        Err(error) if matches!(error.status(), 400 | 422) => {
            request::set_status(error.status());
            let query = TaskQuery::default();
            let page = list(&owner, &query).await?;
            let failure = Failure { action: "list_tasks".to_owned(), error: Some(error), fields: Vec::new() };
            Ok(Loaded { query, page, moment, failure: Some(failure), projects })
        }
        Err(error) => Err(error),
    }
}

async fn list(owner: &backend::Owner, query: &TaskQuery) -> Result<TaskPage, Error> {
    let query = TaskQuery { with_kin: true, ..query.clone() }.for_page();
    backend::tasks::list(&request::backend(), owner, &query).await.map_err(Error::from)
}

fn read_query() -> Result<TaskQuery, Error> {
    let Some(parts) = use_context::<Parts>() else { return Ok(TaskQuery::default()) };
    let unreadable = || Error::Malformed(UnreadableQuery::DETAIL.to_owned());
    if parts.extensions.get::<UnreadableQuery>().is_some() {
        return Err(unreadable());
    }
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(|_| unreadable())?;
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    TaskQuery::from_pairs(pairs.filter(|(name, _)| !TOLD.contains(name)))
}
