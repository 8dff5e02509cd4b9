//! The way back: what a change did is taken back by a change of its own, made of the entries that the log has of it. An
//! undo takes back the newest change that stands, or one that is named; a redo takes back an undo.
//!
//! Only what is still as the change left it is set back, so that nothing that came later is lost. What stays is said in
//! words. A row that the change made goes, one that it removed comes again with the id that it had.

mod current;
mod entries;
mod fields;

use self::{
    current::Current,
    entries::{Entry, Logged},
    fields::{is_same, named, put_back},
};
use super::{
    Answer, Touched, TouchedTask,
    carry_out::Outcome,
    projects,
    row::{Row, Step},
    spelling,
    work::{Reversed, Work},
};
use crate::{Error, Result, entity::change_log, tasks};
use domain::{Error as Refusal, change::ChangeKind, ids::ChangeId, tasks::TagName};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, SqlErr,
    sea_query::{CaseStatement, Expr},
};

use std::collections::HashSet;

pub(super) use entries::{REDOABLE, UNDOABLE};

/// Takes back a change.
pub(super) async fn undo(work: &mut Work<'_>, named: Option<ChangeId>) -> Result<Outcome> {
    let change = match named {
        Some(id) => entries::named(work, id).await?,
        None => entries::newest(work, UNDOABLE).await?.ok_or(Refusal::NothingToUndo)?,
    };
    let reversed = Reversed { kind: ChangeKind::Undo, sequence: change.sequence, again: None };
    take_back(work, change, reversed).await
}

/// Brings back what the newest undo took.
pub(super) async fn redo(work: &mut Work<'_>) -> Result<Outcome> {
    let undo = entries::newest(work, REDOABLE).await?.ok_or(Refusal::NothingToRedo)?;
    let reversed = Reversed { kind: ChangeKind::Redo, sequence: undo.sequence, again: undo.reverses };
    take_back(work, undo, reversed).await
}

/// Notes in the log which change no longer stands, and which stands again.
pub(super) async fn mark(work: &Work<'_>) -> Result<()> {
    let Some(Reversed { sequence, again, .. }) = work.reverses else { return Ok(()) };
    let is_reversed = change_log::Column::Sequence.eq(sequence);
    let undone_by = CaseStatement::new().case(is_reversed, Expr::val(work.sequence));
    change_log::Entity::update_many()
        .col_expr(change_log::Column::UndoneBy, undone_by.into())
        .filter(change_log::Column::UserId.eq(work.user()))
        .filter(change_log::Column::Sequence.is_in(again.into_iter().chain([sequence])))
        .exec(work.transaction)
        .await?;
    Ok(())
}

/// What the database refuses of a way back is what needs a row that is gone, or stands in the way of one that came.
pub(super) fn explain(work: &Work<'_>, error: Error) -> Error {
    let Error::Database(fault) = &error else { return error };
    let sentence = match fault.sql_err() {
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
            "This cannot be undone now: something that it needs is gone, or something else needs it."
        }
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            "This cannot be undone now: something else has its name in the meantime."
        }
        _ => return error,
    };
    if work.reverses.is_some() { Refusal::CannotUndo(sentence.to_owned()).into() } else { error }
}

async fn take_back(work: &mut Work<'_>, logged: Logged, reversed: Reversed) -> Result<Outcome> {
    work.reverses = Some(reversed);
    let current = current::of(work, &logged.entries).await?;
    let mut left = Vec::new();
    for entry in logged.entries.iter().rev() {
        let step = step_back(work, entry, &current, &mut left)?;
        work.steps.extend(step);
    }
    keep_tags(work, &current);
    if work.steps.is_empty() {
        left.truncate(1);
        let sentence = left.pop().unwrap_or_else(|| "Everything that this did was changed since.".to_owned());
        return Err(Refusal::CannotUndo(sentence).into());
    }
    spell(work).await?;
    check_nesting(work).await?;
    projects::check_tree(work).await?;
    let answer = Answer::Many(Box::new(Touched { label: logged.label.clone(), tasks: touched(work), left }));
    Ok(Outcome { action: logged.action, label: logged.label, answer, created: false })
}

/// The step that takes back one entry, if it can be taken back.
fn step_back(work: &Work<'_>, entry: &Entry, current: &Current, left: &mut Vec<String>) -> Result<Option<Step>> {
    let now = current.row(&entry.entity, entry.id);
    match (&entry.before, &entry.after, now) {
        (None, Some(after), Some(now)) if is_same(after, &now.fields()?) => {
            let is_needed = current.is_needed(entry.id);
            Ok((!is_needed).then(|| Step { before: Some(now.clone()), after: None }))
        }
        // A tag came along with a task: whoever has changed it since wants to keep it.
        (None, Some(_), Some(Row::Tag(_))) => Ok(None),
        (None, Some(_), Some(now)) => {
            left.push(format!("{} was changed since it was added, so it stays.", named(&now.fields()?)));
            Ok(None)
        }
        (Some(before), None, None) => {
            let row = Row::from_fields(work, &entry.entity, before, None)?;
            Ok(Some(Step { before: None, after: Some(row) }))
        }
        (Some(before), Some(after), Some(now)) => {
            let fields = now.fields()?;
            let (back, kept) = put_back(before, after, &fields);
            if !kept.is_empty() {
                left.push(format!(
                    "The {} of {} was changed since and stays as it is.",
                    kept.join(", "),
                    named(&fields)
                ));
            }
            if back.is_empty() {
                return Ok(None);
            }
            let row = Row::from_fields(work, &entry.entity, &back, Some(now))?;
            check_sense(&row)?;
            Ok((row != *now).then(|| Step { before: Some(now.clone()), after: Some(row) }))
        }
        (Some(fields), None, Some(_)) => {
            left.push(format!("{} is there again already.", named(fields)));
            Ok(None)
        }
        (before, after, None) => {
            let title = before.iter().chain(after).map(named).next().unwrap_or_default();
            left.push(format!("{title} is gone."));
            Ok(None)
        }
        (None, None, Some(_)) => Ok(None),
    }
}

/// What came later may need what would be taken away.
fn check_sense(row: &Row) -> Result<()> {
    match row {
        Row::Task(task) if task.due_time.is_some() && task.due_date.is_none() => {
            let title = task.title.as_str();
            let sentence = format!("“{title}” was given a due time since, which needs its due date.");
            Err(Refusal::CannotUndo(sentence).into())
        }
        _ => Ok(()),
    }
}

/// A tag that came along with a change stays where one of its tasks still has it in the end.
fn keep_tags(work: &mut Work<'_>, current: &Current) {
    let changed: HashSet<_> = work.steps.iter().filter_map(|step| step.before.as_ref()).map(Row::id).collect();
    let stay = current.rows().filter(|row| !changed.contains(&row.id()));
    let ends = stay.chain(work.steps.iter().filter_map(|step| step.after.as_ref()));
    let tags = ends.filter_map(|row| match row {
        Row::Task(task) => Some(&task.tags),
        _ => None,
    });
    let kept: HashSet<String> = tags.flat_map(|tags| tags.iter().map(TagName::key)).collect();
    work.steps.retain(|step| match step {
        Step { before: Some(Row::Tag(tag)), after: None } => !kept.contains(&tag.name.key()),
        _ => true,
    });
}

/// Tags are known by their names in a task and by their ids in the database. One that is made again is known already.
async fn spell(work: &mut Work<'_>) -> Result<()> {
    let (mut names, mut made): (Vec<TagName>, Vec<_>) = (Vec::new(), Vec::new());
    for step in &work.steps {
        match (&step.before, &step.after) {
            (Some(Row::Task(before)), Some(Row::Task(after))) if before.tags == after.tags => {}
            (_, Some(Row::Task(task))) => names.extend(task.tags.iter().cloned()),
            (_, Some(Row::Tag(tag))) => made.push(tag.clone()),
            _ => {}
        }
    }
    work.spelled.extend(made.into_iter().map(|tag| (tag.name.key(), tag)));
    spelling::learn(work, names.iter()).await
}

/// A task must not come to stand below itself.
async fn check_nesting(work: &Work<'_>) -> Result<()> {
    let moved = work.steps.iter().filter_map(|step| match (&step.before, &step.after) {
        (Some(Row::Task(before)), Some(Row::Task(after))) if before.parent_id != after.parent_id => {
            Some((after.id, after.parent_id?))
        }
        _ => None,
    });
    if tasks::would_circle(work.transaction, work.owner, &moved.collect()).await? {
        let sentence = "This cannot be undone now: a task would be a part of itself.";
        return Err(Refusal::CannotUndo(sentence.to_owned()).into());
    }
    Ok(())
}

pub(super) fn touched(work: &Work<'_>) -> Vec<TouchedTask> {
    let task = |step: &Step| match step {
        Step { after: Some(Row::Task(task)), .. } => Some(TouchedTask { id: task.id, revision: Some(task.revision) }),
        Step { before: Some(Row::Task(task)), after: None } => Some(TouchedTask { id: task.id, revision: None }),
        _ => None,
    };
    work.steps.iter().filter_map(task).collect()
}
