//! Hands a change to the file of what it is about.

use super::{
    Answer, bin, many, many_tasks, order, projects, recurrence, saved_filters, tags, tasks, way_back, work::Work,
};
use crate::Result;
use domain::change::{Action, Change, Operation};

/// What a change came to, beside the steps in its [`Work`].
pub(super) struct Outcome {
    pub(super) action: Action,
    /// What was done, in words.
    pub(super) label: String,
    pub(super) answer: Answer,
    /// Whether what the answer shows was made.
    pub(super) created: bool,
}

pub(super) async fn carry_out(work: &mut Work<'_>, change: &Change) -> Result<Outcome> {
    let if_revision = change.if_revision;
    match &change.operation {
        Operation::CreateTask(new) => tasks::create(work, new).await,
        Operation::CreateTasks(new) => many::create(work, new).await,
        Operation::UpdateTask(id, patch) => tasks::update(work, *id, patch, if_revision).await,
        Operation::ToggleTask(id) => tasks::toggle(work, *id, if_revision).await,
        Operation::MoveTask(id, placement) => order::move_task(work, *id, placement, if_revision).await,
        Operation::CompleteTask(id, named) => recurrence::complete(work, *id, *named, if_revision).await,
        Operation::SkipTask(id, named) => recurrence::skip(work, *id, *named, if_revision).await,
        Operation::DeleteTask(id) => tasks::delete(work, *id, if_revision).await,
        Operation::RestoreTask(id) => tasks::restore(work, *id, if_revision).await,
        Operation::RemoveTask(id) => bin::remove(work, *id, if_revision).await,
        Operation::EmptyBin => bin::empty(work, None).await,
        Operation::ExpireBin(since) => bin::empty(work, Some(*since)).await,
        Operation::Project(change) => projects::carry_out(work, change, if_revision).await,
        Operation::Tag(change) => tags::carry_out(work, change).await,
        Operation::Filter(change) => saved_filters::carry_out(work, change, if_revision).await,
        Operation::ChangeTasks(change) => many_tasks::change(work, change).await,
        Operation::Undo(named) => way_back::undo(work, *named).await,
        Operation::Redo => way_back::redo(work).await,
    }
}
