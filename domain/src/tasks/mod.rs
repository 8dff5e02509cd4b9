//! What a task is, how one is asked for and how one is changed. Storing them is `backend`'s work.

mod bulk;
mod completion;
mod due;
mod fields;
mod kin;
mod next_date;
mod order;
mod overview;
mod patch;
mod placement;
mod preview;
mod query;
mod recurrence;
mod task;
mod view;

pub use bulk::{BulkAction, BulkChange, BulkEdit, Selection};
pub use completion::{CompletedDate, CompletedDates, Completion, Replaced};
pub use due::DuePhrase;
pub use fields::{DurationMinutes, Notes, Priority, TagName, Tags, Title};
pub use kin::Kin;
pub use next_date::{Dates, DoneBy};
pub use order::OrderKey;
pub use overview::{Overview, PriorityCount};
pub use patch::{MOST_NEW_TASKS, NewTask, TaskPatch};
pub use placement::{Place, Placement};
pub use preview::Preview;
pub use query::{Direction, Sort, StatusFilter, TaskQuery};
pub use recurrence::{Judge, Repeat, Schedule};
pub use task::{RecurrenceAnchor, Task, TaskPage};
pub use view::{View, ViewCounts};
