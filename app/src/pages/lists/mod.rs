//! The lists that everybody has, what was found, and the bin.

mod bin;
mod groups;
mod search;
mod view;

pub use bin::BinPage;
pub use search::SearchPage;
pub use view::{InboxPage, LogbookPage, TodayPage, UpcomingPage};
