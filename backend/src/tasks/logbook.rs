//! What is done: tasks, and the dates of tasks that repeat, which go on and so are done only that day. Both are read along an
//! index by the time of their completion, with the same cursor.

use super::{condition::numbered, cursor::Cursor, get, list};
use crate::{Backend, Error, Owner, Result};
use domain::{
    Timestamp,
    ids::{CompletionId, TaskId},
    json::FromText,
    recurrence::Occurrence,
    tasks::{CompletedDate, CompletedDates, Sort, TaskPage, TaskQuery},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

/// A page of both: the tasks, and the dates of the same stretch of time. The limit counts both. Two statements.
///
/// # Errors
/// [`domain::Error::Invalid`] for a cursor of another list or another account.
pub async fn logbook(backend: &Backend, owner: &Owner, query: &TaskQuery) -> Result<(TaskPage, Vec<CompletedDate>)> {
    let cursor = Cursor::read(backend, owner, query)?;
    let limit = usize::from(query.limit);
    let mut page = list(backend, owner, query).await?;
    let mut dates = dates(backend, owner, None, cursor.as_ref(), limit + 1).await?;
    let of_task = |task: &domain::tasks::Task| (task.completed_at, task.id.uuid());
    let of_date = |date: &CompletedDate| (Some(date.completed_at), date.id.uuid());
    let mut places: Vec<(Option<Timestamp>, Uuid)> =
        page.items.iter().map(of_task).chain(dates.iter().map(of_date)).collect();
    places.sort_unstable_by(|one, other| other.cmp(one));
    let is_too_much = places.len() > limit;
    places.truncate(limit);
    if let Some(last) = places.last().filter(|_| is_too_much) {
        page.items.retain(|task| of_task(task) >= *last);
        page.kin.truncate(page.items.len());
        dates.retain(|date| of_date(date) >= *last);
        page.has_more = true;
        page.next_cursor = last.0.and_then(|at| Cursor::behind_completion(query, at, last.1).write(backend, owner));
    }
    Ok((page, dates))
}

/// A page of the dates of one task that were completed.
///
/// # Errors
/// [`domain::Error::NotFound`] if there is no such task; [`domain::Error::Invalid`] for a cursor of another list.
pub async fn completions(backend: &Backend, owner: &Owner, id: TaskId, query: &TaskQuery) -> Result<CompletedDates> {
    debug_assert_eq!(query.sort, Sort::Completed, "cursors are made for this order");
    let cursor = Cursor::read(backend, owner, query)?;
    let limit = usize::from(query.limit);
    let mut items = dates(backend, owner, Some(id), cursor.as_ref(), limit + 1).await?;
    if items.is_empty() {
        get(backend, owner, id).await?;
    }
    let has_more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| has_more);
    let behind = |last: &CompletedDate| Cursor::behind_completion(query, last.completed_at, last.id.uuid());
    let next_cursor = last.and_then(|last| behind(last).write(backend, owner));
    Ok(CompletedDates { items, next_cursor, has_more })
}

async fn dates(
    backend: &Backend,
    owner: &Owner,
    task: Option<TaskId>,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<CompletedDate>> {
    let (sql, values) = statement(owner, task, cursor, limit);
    let database = backend.store.backend();
    let statement = Statement::from_sql_and_values(database, numbered(database, &sql), values);
    backend.store.reader().query_all_raw(statement).await?.iter().map(read).collect()
}

/// The statement for dates, with `?` for each of its values.
fn statement(owner: &Owner, task: Option<TaskId>, cursor: Option<&Cursor>, limit: usize) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![owner.user_id().uuid().into()];
    let mut conditions = String::new();
    if let Some(task) = task {
        conditions.push_str(" AND done.task_id = ?");
        values.push(task.uuid().into());
    }
    if let Some(cursor) = cursor {
        conditions.push_str(" AND (done.completed_at, done.id) < (?, ?)");
        values.extend([cursor.key(), cursor.id.into()]);
    }
    values.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let sql = format!(
        "SELECT done.id, done.task_id, done.occurrence, done.completed_at, task.title FROM completions AS done \
         INNER JOIN tasks AS task ON task.user_id = done.user_id AND task.id = done.task_id \
         WHERE done.user_id = ? AND task.deleted_at IS NULL{conditions} \
         ORDER BY done.completed_at DESC, done.id DESC LIMIT ?"
    );
    (sql, values)
}

fn read(row: &QueryResult) -> Result<CompletedDate> {
    let occurrence: String = row.try_get("", "occurrence")?;
    Ok(CompletedDate {
        id: CompletionId::from_uuid(row.try_get("", "id")?),
        task_id: TaskId::from_uuid(row.try_get("", "task_id")?),
        title: row.try_get("", "title")?,
        occurrence: Occurrence::from_text(&occurrence).map_err(|_| Error::Stored("occurrence"))?,
        completed_at: Timestamp::from_millis(row.try_get("", "completed_at")?),
    })
}
