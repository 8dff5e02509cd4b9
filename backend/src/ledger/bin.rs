//! Leaving the bin for good. What goes takes along its parts that are in the bin too, and the dates of it that were
//! completed; the log keeps them, so that even this can be taken back.

use super::{
    Answer, Touched,
    carry_out::Outcome,
    lineage,
    row::Row,
    way_back::touched,
    work::{Work, at_revision},
};
use crate::{Result, entity, recurrence::to_completion};
use domain::{Error, Timestamp, change::Action, ids::TaskId, tasks::Task};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};
use uuid::Uuid;

/// How many tasks go at once.
const MOST: u64 = 5000;

/// Deletes one task for good.
pub(super) async fn remove(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let task = at_revision(work.find(id).await?.ok_or(Error::NotFound)?, if_revision)?;
    if task.deleted_at.is_none() {
        let detail = "Only what is in the bin can be deleted for good. Delete it first.";
        return Err(Error::field("permanent", "not_in_bin", detail).into());
    }
    let mut gone = vec![task];
    gone.extend(lineage::deleted_below(work, &[id]).await?);
    take_away(work, gone).await
}

/// Deletes for good what has been in the bin since an instant or longer; without one, all that is in it.
pub(super) async fn empty(work: &mut Work<'_>, since: Option<Timestamp>) -> Result<Outcome> {
    let select = entity::tasks::Entity::find()
        .filter(entity::tasks::Column::UserId.eq(work.user()))
        .filter(entity::tasks::Column::DeletedAt.is_not_null())
        .apply_if(since, |select, since| select.filter(entity::tasks::Column::DeletedAt.lte(since.millis())))
        .order_by_asc(entity::tasks::Column::DeletedAt)
        .limit(MOST + 1);
    let mut gone = lineage::tagged(work, select).await?;
    let has_more = gone.len() as u64 > MOST;
    gone.truncate(MOST as usize);
    let ids: Vec<TaskId> = gone.iter().map(|task| task.id).collect();
    let known: HashSet<TaskId> = ids.iter().copied().collect();
    let parts = lineage::deleted_below(work, &ids).await?;
    gone.extend(parts.into_iter().filter(|part| !known.contains(&part.id)));
    let mut outcome = take_away(work, gone).await?;
    if let (Answer::Many(touched), true) = (&mut outcome.answer, has_more) {
        touched.left.push(format!("There is more in the bin: {MOST} tasks go at once. Empty it again."));
    }
    Ok(outcome)
}

async fn take_away(work: &mut Work<'_>, mut gone: Vec<Task>) -> Result<Outcome> {
    // A part goes before what it is a part of, whose row it names.
    let parents: HashMap<TaskId, Option<TaskId>> = gone.iter().map(|task| (task.id, task.parent_id)).collect();
    let above = |id: &TaskId| parents.get(id).copied().flatten();
    gone.sort_by_cached_key(|task| Reverse(std::iter::successors(Some(task.id), above).take(parents.len()).count()));
    detach(work, &parents).await?;
    let ids: Vec<Uuid> = gone.iter().map(|task| task.id.uuid()).collect();
    if !ids.is_empty() {
        let completions = entity::completions::Entity::find()
            .filter(entity::completions::Column::UserId.eq(work.user()))
            .filter(entity::completions::Column::TaskId.is_in(ids))
            .all(work.transaction)
            .await?;
        for completion in &completions {
            work.remove(Row::Completion(Box::new(to_completion(completion)?)));
        }
    }
    let names: Vec<&str> = gone.iter().map(|task| task.title.as_str()).collect();
    let label = Action::Remove.label(&names, "tasks");
    gone.iter().for_each(|task| work.remove(Row::Task(Box::new(task.clone()))));
    let answer = Answer::Many(Box::new(Touched { label: label.clone(), tasks: touched(work), left: Vec::new() }));
    Ok(Outcome { action: Action::Remove, label, answer, created: false })
}

/// An undo may have brought a part back while what it is a part of stayed in the bin: it stands by itself from now on.
async fn detach(work: &mut Work<'_>, gone: &HashMap<TaskId, Option<TaskId>>) -> Result<()> {
    let ids: Vec<TaskId> = gone.keys().copied().collect();
    for part in lineage::below(work, &ids).await? {
        if part.parent_id.is_some_and(|parent| gone.contains_key(&parent)) {
            work.put_task(Some(&part), Task { parent_id: None, ..part.clone() });
        }
    }
    Ok(())
}
