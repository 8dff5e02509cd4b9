//! Tasks.

pub(crate) mod bulk;
pub(crate) mod complete;
pub(crate) mod completions;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
mod many;
pub(crate) mod occurrences;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod restore;
pub(crate) mod skip;
pub(crate) mod update;
