//! What the answer of a search looks like.

use super::Task;
use utoipa::ToSchema;

/// What a search found, best first.
#[derive(ToSchema)]
pub(crate) struct Found {
    items: Vec<FoundTask>,
    projects: Vec<FoundName>,
    tags: Vec<FoundName>,
    /// Whether there are more tasks.
    has_more: bool,
}

/// A task that was found, and where the words stand in it.
#[derive(ToSchema)]
pub(crate) struct FoundTask {
    task: Task,
    highlights: Marks,
}

/// Where the words stand.
#[derive(ToSchema)]
pub(crate) struct Marks {
    title: Vec<Place>,
    notes: Vec<Place>,
    /// One list to each tag.
    tags: Vec<Vec<Place>>,
}

/// A part of a text, in code points.
#[derive(ToSchema)]
pub(crate) struct Place {
    start: usize,
    end: usize,
}

/// A project or tag that was found.
#[derive(ToSchema)]
pub(crate) struct FoundName {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    highlights: Vec<Place>,
}
