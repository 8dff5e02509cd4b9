//! Writes the rows of a change: kind by kind, so that what others refer to is there first, and many to a statement.

mod completions;
mod projects;
mod saved_filters;
mod tags;
mod tasks;

use super::work::Work;
use crate::Result;

/// How many rows go into one statement: below the number of parameters that either database takes.
const AT_ONCE: usize = 500;

/// Writes every step.
pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    projects::write(work).await?;
    saved_filters::write(work).await?;
    tags::write(work).await?;
    tasks::write(work).await?;
    completions::write(work).await?;
    // What others referred to goes last.
    tasks::remove(work).await?;
    tags::remove(work).await?;
    projects::remove(work).await
}
