//! The tasks of a project, a tag or a filter, as a sheet below what is said about it.

use crate::{
    components::tasks::{Fields, Moment, address},
    forms::failure,
    islands::tasks::Sheet,
    pages::parameter,
    places::project_choices,
    request,
};
use backend::Owner;
use domain::{Error, tasks::TaskQuery};

/// The forms that the rows of a list send.
const FORMS: [&str; 4] = ["add_task", "set_task_completed", "delete_task", "restore_task"];

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
    let query = TaskQuery { cursor: cursor.clone(), ..query };
    let (failure, deleted) = (FORMS.into_iter().find_map(failure), parameter("deleted"));
    let (moment, projects) = (Moment::of(owner), project_choices().await);
    let page = backend::tasks::list(&request::backend(), owner, &query).await?;
    Ok(Sheet {
        groups: vec![(String::new(), page.items)],
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
