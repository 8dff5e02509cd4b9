//! Tags as rows of their own: a task knows them by name.

mod tag;

pub use tag::Tag;
