//! Between a task and its row.

use crate::{
    Error, Owner, Result,
    entity::{tags, task_tags, tasks},
};
use domain::{
    Timestamp,
    accounts::ZoneName,
    calendar::{ClockTime, Date},
    filter::text_of,
    ids::{ProjectId, TaskId, UserId},
    json::FromText,
    recurrence::RuleSet,
    tasks::{DurationMinutes, OrderKey, Priority, RecurrenceAnchor, TagName, Tags, Task, Title},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The order of what is never due: after everything that is.
pub(super) const NEVER: i64 = i64::MAX;
/// One to each minute of a day, and the last for what is due all day.
pub(super) const DUE_ORDERS_OF_A_DAY: i64 = 24 * 60 + 1;

/// A task of this owner, be it in the bin or not.
pub(crate) async fn find(connection: &impl ConnectionTrait, owner: &Owner, id: TaskId) -> Result<Option<Task>> {
    Ok(find_many(connection, owner, &[id.uuid()]).await?.pop())
}

/// Those tasks of this owner that there are of many, be they in the bin or not: one statement.
pub(crate) async fn find_many(connection: &impl ConnectionTrait, owner: &Owner, ids: &[Uuid]) -> Result<Vec<Task>> {
    let select = tasks::Entity::find()
        .expr_as(Expr::cust(super::tag_names(connection.get_database_backend())), super::list::TAG_NAMES)
        .filter(tasks::Column::UserId.eq(owner.user_id().uuid()))
        .filter(tasks::Column::Id.is_in(ids.iter().copied()));
    let rows = connection.query_all(&select.into_query()).await?;
    rows.iter()
        .map(|row| listed(tasks::Model::from_query_result(row, "")?, row.try_get("", super::list::TAG_NAMES)?))
        .collect()
}

/// The row alone.
pub(crate) async fn find_model(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    id: TaskId,
) -> Result<Option<tasks::Model>> {
    Ok(tasks::Entity::find_by_id((owner.user_id().uuid(), id.uuid())).one(connection).await?)
}

/// A row that came with the names of its tags as a JSON list.
pub(crate) fn listed(model: tasks::Model, tag_names: Option<String>) -> Result<Task> {
    let names: Vec<String> = tag_names.map(|names| serde_json::from_str(&names)).transpose()?.unwrap_or_default();
    let names = names.iter().map(|name| TagName::from_text(name).map_err(|_| Error::Stored("tag")));
    to_task(model, names.collect::<Result<_>>()?)
}

/// Rows with their tags, which one more statement fetches for all of them.
pub(crate) async fn to_tasks(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    models: Vec<tasks::Model>,
) -> Result<Vec<Task>> {
    let mut names = tag_names(connection, owner, models.iter().map(|model| model.id)).await?;
    models
        .into_iter()
        .map(|model| {
            let names = names.remove(&model.id).unwrap_or_default();
            to_task(model, names)
        })
        .collect()
}

async fn tag_names(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<TagName>>> {
    let ids: Vec<Uuid> = ids.collect();
    let mut names: HashMap<Uuid, Vec<TagName>> = HashMap::new();
    if ids.is_empty() {
        return Ok(names);
    }
    let links = task_tags::Entity::find()
        .find_also_related(tags::Entity)
        .filter(task_tags::Column::UserId.eq(owner.user_id().uuid()))
        .filter(task_tags::Column::TaskId.is_in(ids))
        .order_by_asc(task_tags::Column::Place)
        .all(connection)
        .await?;
    for (link, tag) in links {
        let tag = tag.ok_or(Error::Stored("tag"))?;
        let name = TagName::from_text(&tag.name).map_err(|_| Error::Stored("tag"))?;
        names.entry(link.task_id).or_default().push(name);
    }
    Ok(names)
}

/// The names of the tags of rows of any owner, by owner and task.
pub(crate) async fn tag_names_of_all(
    connection: &impl ConnectionTrait,
    rows: &[tasks::Model],
) -> Result<HashMap<(Uuid, Uuid), Vec<String>>, DbErr> {
    let links = task_tags::Entity::find()
        .find_also_related(tags::Entity)
        .filter(task_tags::Column::UserId.is_in(rows.iter().map(|row| row.user_id)))
        .filter(task_tags::Column::TaskId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(task_tags::Column::Place)
        .all(connection)
        .await?;
    let mut names: HashMap<(Uuid, Uuid), Vec<String>> = HashMap::new();
    for (link, tag) in links {
        names.entry((link.user_id, link.task_id)).or_default().extend(tag.map(|tag| tag.name));
    }
    Ok(names)
}

fn to_task(model: tasks::Model, names: Vec<TagName>) -> Result<Task> {
    let minutes = model.due_minutes.map(i16::unsigned_abs);
    Ok(Task {
        id: TaskId::from_uuid(model.id),
        user_id: UserId::from_uuid(model.user_id),
        project_id: model.project_id.map(ProjectId::from_uuid),
        parent_id: model.parent_id.map(TaskId::from_uuid),
        title: stored::<Title>(&model.title, "title")?,
        notes: model.notes.as_deref().map(|notes| stored(notes, "notes")).transpose()?.flatten(),
        is_completed: model.is_completed,
        completed_at: model.completed_at.map(Timestamp::from_millis),
        priority: Priority::from_rank(model.priority).ok_or(Error::Stored("priority"))?,
        tags: Tags::new(names).map_err(|_| Error::Stored("tags"))?,
        due_date: model.due_date,
        due_time: minutes.and_then(ClockTime::from_minutes),
        time_zone: model.time_zone.as_deref().map(|zone| stored::<ZoneName>(zone, "zone")).transpose()?,
        due_at: model.due_at.map(Timestamp::from_millis),
        start_date: model.start_date,
        deadline: model.deadline,
        duration_min: model.duration_min.and_then(|minutes| DurationMinutes::new(minutes.into()).ok()),
        rrule: model.rrule.as_deref().map(|rules| stored::<RuleSet>(rules, "rrule")).transpose()?,
        rrule_anchor: model
            .rrule_anchor
            .as_deref()
            .map(|anchor| stored::<RecurrenceAnchor>(anchor, "anchor"))
            .transpose()?,
        position: OrderKey::from_stored(model.position),
        revision: model.revision,
        created_at: Timestamp::from_millis(model.created_at),
        updated_at: Timestamp::from_millis(model.updated_at),
        deleted_at: model.deleted_at.map(Timestamp::from_millis),
    })
}

fn stored<T: FromText>(text: &str, what: &'static str) -> Result<T> {
    T::from_text(text).map_err(|_| Error::Stored(what))
}

/// The row of a task, with the columns that only sorting and searching need.
pub(crate) fn from_task(task: &Task, sequence: i64) -> tasks::Model {
    let title = task.title.as_str().to_owned();
    let notes = task.notes.as_ref().map(|notes| notes.as_str().to_owned());
    tasks::Model {
        user_id: task.user_id.uuid(),
        id: task.id.uuid(),
        project_id: task.project_id.map(ProjectId::uuid),
        parent_id: task.parent_id.map(TaskId::uuid),
        title_key: title.to_lowercase(),
        search_text: text_of(task),
        title,
        notes,
        is_completed: task.is_completed,
        completed_at: task.completed_at.map(Timestamp::millis),
        priority: task.priority.rank(),
        due_date: task.due_date,
        due_minutes: task.due_time.map(|time| time.minutes().cast_signed()),
        time_zone: task.time_zone.as_ref().map(|zone| zone.as_str().to_owned()),
        due_at: task.due_at.map(Timestamp::millis),
        due_order: task.due_date.map_or(NEVER, |date| due_order(date, task.due_time)),
        start_date: task.start_date,
        deadline: task.deadline,
        duration_min: task.duration_min.map(DurationMinutes::minutes),
        rrule: task.rrule.as_ref().map(ToString::to_string),
        rrule_anchor: task.rrule_anchor.map(|anchor| anchor.as_str().to_owned()),
        position: task.position.as_str().to_owned(),
        revision: task.revision,
        updated_sequence: sequence,
        created_at: task.created_at.millis(),
        updated_at: task.updated_at.millis(),
        deleted_at: task.deleted_at.map(Timestamp::millis),
    }
}

/// By day, then by time, all-day last: the order of the wall calendar, whatever the zone.
fn due_order(date: Date, time: Option<ClockTime>) -> i64 {
    i64::from(date.to_julian_day()) * DUE_ORDERS_OF_A_DAY + time.map_or(1440, |time| i64::from(time.minutes()))
}
