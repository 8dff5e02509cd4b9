//! Tags as rows of their own: a task knows them by name.

mod change;
mod tag;

pub use change::{NewTag, TagChange, TagPatch, merged_into};
pub use tag::Tag;
