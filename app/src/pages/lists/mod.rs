//! The lists that everybody has, what was found, and the bin.

mod bin;
mod groups;
mod search;
mod view;

pub use bin::BinPage;
pub use search::SearchPage;
pub use view::{InboxPage, LogbookPage, TodayPage, UpcomingPage};

/// The forms that the rows of a list send.
const FORMS: [&str; 6] = ["add_task", "set_task_completed", "skip_task", "delete_task", "restore_task", "move_task"];
