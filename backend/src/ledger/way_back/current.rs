//! The rows that a change touched, as they are now: one arm to each kind of row, one statement to each kind that there
//! is.

use super::Entry;
use crate::{
    Error, Result,
    entity::{completions, tags},
    ledger::{row::Row, work::Work},
    projects,
    recurrence::to_completion,
    saved_filters,
    tags::row as tag_row,
    tasks::{numbered, row as task_row},
};
use domain::tasks::Completion;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// How many rows are asked for in one statement.
const AT_ONCE: usize = 500;

const IS_NEEDED: &str = "is_needed";

/// What there is of the rows that were asked for.
#[derive(Default)]
pub(super) struct Current {
    rows: HashMap<&'static str, HashMap<Uuid, Row>>,
    /// Tags that tasks have which the change is not about.
    needed: HashSet<Uuid>,
}

impl Current {
    /// The row of a kind and an id, if there is one.
    pub(super) fn row(&self, entity: &str, id: Uuid) -> Option<&Row> {
        self.rows.get(entity)?.get(&id)
    }

    /// All of them.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values().flat_map(HashMap::values)
    }

    /// Whether something else would lose by it if a row were removed.
    pub(super) fn is_needed(&self, id: Uuid) -> bool {
        self.needed.contains(&id)
    }

    fn take_up(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            self.rows.entry(row.entity()).or_default().insert(row.id(), row);
        }
    }
}

/// The rows of these entries.
pub(super) async fn of(work: &Work<'_>, entries: &[Entry]) -> Result<Current> {
    let mut current = Current::default();
    let mut kinds: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for entry in entries {
        kinds.entry(entry.entity.as_str()).or_default().push(entry.id);
    }
    let tasks = kinds.get("task").cloned().unwrap_or_default();
    for (entity, ids) in kinds {
        for ids in ids.chunks(AT_ONCE) {
            match entity {
                "task" => {
                    let tasks = task_row::find_many(work.transaction, work.owner, ids).await?;
                    current.take_up(tasks.into_iter().map(|task| Row::Task(Box::new(task))));
                }
                "completion" => {
                    let found = find_completions(work, ids).await?;
                    current.take_up(found.into_iter().map(|found| Row::Completion(Box::new(found))));
                }
                "tag" => find_tags(work, ids, &tasks, &mut current).await?,
                "project" => {
                    let known = projects::all(work.transaction, work.owner).await?;
                    let named = known.into_iter().filter(|project| ids.contains(&project.id.uuid()));
                    current.take_up(named.map(|project| Row::Project(Box::new(project))));
                }
                "filter" => {
                    let known = saved_filters::all(work.transaction, work.owner).await?;
                    let named = known.into_iter().filter(|filter| ids.contains(&filter.id.uuid()));
                    current.take_up(named.map(|filter| Row::Filter(Box::new(filter))));
                }
                _ => return Err(Error::Stored("entity")),
            }
        }
    }
    Ok(current)
}

async fn find_completions(work: &Work<'_>, ids: &[Uuid]) -> Result<Vec<Completion>> {
    let found = completions::Entity::find()
        .filter(completions::Column::UserId.eq(work.user()))
        .filter(completions::Column::Id.is_in(ids.iter().copied()))
        .all(work.transaction)
        .await?;
    found.iter().map(to_completion).collect()
}

/// Tags, and which of them other tasks have.
async fn find_tags(work: &Work<'_>, ids: &[Uuid], tasks: &[Uuid], current: &mut Current) -> Result<()> {
    let marks = vec!["?"; tasks.len()].join(", ");
    let others = if tasks.is_empty() { String::new() } else { format!("AND link.task_id NOT IN ({marks})") };
    let is_needed = format!(
        "EXISTS (SELECT 1 FROM task_tags AS link \
         WHERE link.user_id = tags.user_id AND link.tag_id = tags.id {others})"
    );
    let is_needed =
        Expr::cust_with_values(numbered(work.transaction.get_database_backend(), &is_needed), tasks.iter().copied());
    let select = tags::Entity::find()
        .filter(tags::Column::UserId.eq(work.user()))
        .filter(tags::Column::Id.is_in(ids.iter().copied()))
        .expr_as(is_needed, IS_NEEDED);
    for row in work.transaction.query_all(&select.into_query()).await? {
        let model = tags::Model::from_query_result(&row, "")?;
        if row.try_get("", IS_NEEDED)? {
            current.needed.insert(model.id);
        }
        current.take_up([Row::Tag(tag_row::to_tag(&model)?)]);
    }
    Ok(())
}
