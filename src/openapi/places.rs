//! The JSON and the addresses of projects, tags and saved filters as a reader sees them.
#![expect(dead_code, reason = "these describe JSON and addresses that other types write and read")]

use super::schemas::Problem;
use utoipa::{IntoParams, IntoResponses, ToSchema};

/// One project.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ProjectAddress {
    /// Your account's id, or `me`.
    #[param(example = "me")]
    owner: String,
    /// The project's id.
    #[param(format = "uuid")]
    id: String,
}

/// One tag.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TagAddress {
    /// Your account's id, or `me`.
    #[param(example = "me")]
    owner: String,
    /// The tag's id.
    #[param(format = "uuid")]
    id: String,
}

/// One saved filter.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct FilterAddress {
    /// Your account's id, or `me`.
    #[param(example = "me")]
    owner: String,
    /// The filter's id.
    #[param(format = "uuid")]
    id: String,
}

/// Another tag has this name already, or the id is taken.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json")]
pub(crate) struct TagTaken(Problem);

/// Every project.
#[derive(ToSchema)]
pub(crate) struct ProjectList {
    items: Vec<Project>,
}

/// A project.
#[derive(ToSchema)]
pub(crate) struct Project {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    user_id: String,
    /// The project it is a part of.
    #[schema(format = "uuid")]
    parent_id: Option<String>,
    #[schema(min_length = 1, max_length = 100, example = "House")]
    name: String,
    /// `grey`, `red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple`, `pink` or `#rrggbb`.
    colour: Option<String>,
    /// Its place among its siblings.
    position: String,
    /// Whether it is put away; what is below it then is too.
    is_archived: bool,
    #[schema(format = "date-time")]
    archived_at: Option<String>,
    /// Grows by one with each change.
    revision: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// A project to be made.
#[derive(ToSchema)]
pub(crate) struct NewProject {
    #[schema(format = "uuid", nullable = false)]
    id: Option<String>,
    #[schema(min_length = 1, max_length = 100, example = "House")]
    name: String,
    #[schema(format = "uuid")]
    parent_id: Option<String>,
    colour: Option<String>,
    is_archived: Option<bool>,
}

/// What to change about a project: what is absent stays, null clears.
#[derive(ToSchema)]
pub(crate) struct ProjectPatch {
    #[schema(min_length = 1, max_length = 100, nullable = false)]
    name: Option<String>,
    #[schema(format = "uuid")]
    parent_id: Option<String>,
    colour: Option<String>,
    is_archived: Option<bool>,
}

/// Every tag.
#[derive(ToSchema)]
pub(crate) struct TagList {
    items: Vec<Tag>,
}

/// A tag.
#[derive(ToSchema)]
pub(crate) struct Tag {
    #[schema(format = "uuid")]
    id: String,
    #[schema(min_length = 1, max_length = 50, example = "home")]
    name: String,
    /// `grey`, `red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple`, `pink` or `#rrggbb`.
    colour: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
}

/// A tag to be made.
#[derive(ToSchema)]
pub(crate) struct NewTag {
    #[schema(format = "uuid", nullable = false)]
    id: Option<String>,
    #[schema(min_length = 1, max_length = 50, example = "home")]
    name: String,
    colour: Option<String>,
}

/// What to change about a tag: what is absent stays, null clears.
#[derive(ToSchema)]
pub(crate) struct TagPatch {
    #[schema(min_length = 1, max_length = 50, nullable = false)]
    name: Option<String>,
    colour: Option<String>,
}

/// The tag that another is merged into.
#[derive(ToSchema)]
pub(crate) struct TagMerge {
    #[schema(format = "uuid")]
    into: String,
}

/// Every saved filter.
#[derive(ToSchema)]
pub(crate) struct FilterList {
    items: Vec<SavedFilter>,
}

/// A filter that has a name.
#[derive(ToSchema)]
pub(crate) struct SavedFilter {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    user_id: String,
    #[schema(min_length = 1, max_length = 100, example = "Urgent at home")]
    name: String,
    /// A condition, as `GET /api/{owner}/tasks` takes it in `filter`.
    #[schema(min_length = 1, max_length = 1000, example = "#home !high due:..+7d")]
    query: String,
    colour: Option<String>,
    /// Its place among the others.
    position: String,
    /// Grows by one with each change.
    revision: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// A filter to be saved.
#[derive(ToSchema)]
pub(crate) struct NewFilter {
    #[schema(format = "uuid", nullable = false)]
    id: Option<String>,
    #[schema(min_length = 1, max_length = 100, example = "Urgent at home")]
    name: String,
    #[schema(min_length = 1, max_length = 1000, example = "#home !high due:..+7d")]
    query: String,
    colour: Option<String>,
}

/// What to change about a saved filter: what is absent stays, null clears.
#[derive(ToSchema)]
pub(crate) struct FilterPatch {
    #[schema(min_length = 1, max_length = 100, nullable = false)]
    name: Option<String>,
    #[schema(min_length = 1, max_length = 1000, nullable = false)]
    query: Option<String>,
    colour: Option<String>,
}
