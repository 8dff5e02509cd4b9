//! The tasks of a project, a tag or a filter, as a sheet below what is said about it.

use crate::{
    components::tasks::{BulkForm, Fields, Moment, address, picked},
    islands::tasks::{Sheet, SheetGroup, TaskSheet},
    pages::{parameter, refused_in_list},
    places::project_choices,
    request,
};
use backend::Owner;
use domain::{Error, tasks::TaskQuery};
use leptos::prelude::*;

/// A page of the tasks that a query asks for, on the page at `path`. `adds` is what a new task has by itself; none if no
/// task is added there.
pub(super) async fn sheet(
    owner: &Owner,
    path: &str,
    query: TaskQuery,
    adds: Option<Fields>,
    empty: &str,
) -> Result<Sheet, Error> {
    let cursor = parameter("cursor");
    let query = TaskQuery { cursor: cursor.clone(), with_kin: true, ..query };
    let (failure, deleted) = (refused_in_list(), parameter("deleted"));
    let (moment, projects) = (Moment::of(owner), project_choices().await);
    let page = backend::tasks::list(&request::backend(), owner, &query).await?;
    Ok(Sheet {
        kin: page.kin,
        orders: query.is_in_owners_order(),
        picked: picked(page.items.iter()),
        groups: vec![SheetGroup { tasks: page.items, ..SheetGroup::default() }],
        next: page.next_cursor,
        moment,
        address: address(path, cursor.as_deref().map(|cursor| ("cursor", cursor))),
        adds,
        empty: empty.to_owned(),
        failure,
        deleted,
        projects,
    })
}

/// The tasks, and what can be done to those that are selected.
#[component]
pub(super) fn Tasks(sheet: Sheet) -> impl IntoView {
    let has_tasks = sheet.groups.iter().any(|group| !group.tasks.is_empty());
    let projects = sheet.projects.clone();

    view! {
        <TaskSheet sheet />
        {has_tasks.then(|| view! { <BulkForm projects /> })}
    }
}
