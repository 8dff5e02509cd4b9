//! Search over the whole account: tasks by title, notes and tags, projects and tags by their names. What a text contains
//! is said by [`domain::search`]; here it is asked of the database.

mod index;
mod ranked;

pub(crate) use index::{candidates, keep_up, like, rename_tag};
pub use ranked::search;
