//! Searching: how texts are brought to one form in which pieces are found, and what is asked and answered. Asking the
//! database is `backend`'s work.

mod found;
mod text;

pub(crate) use found::read_text;
pub use found::{Found, FoundProject, FoundTag, FoundTask, Marks, SearchQuery};
pub use text::{PART, Wanted, highlights, name_key, searchable, wanted};
