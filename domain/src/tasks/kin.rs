//! What lists tell of a task's family, beside the task itself.

use serde::{Deserialize, Serialize};

/// The parts of a task, and the task that it is a part of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kin {
    /// How many parts it has, those of its parts not counted.
    pub parts: i64,
    /// How many of them are done.
    pub done: i64,
    /// The title of the task that it is a part of.
    pub parent: Option<String>,
}
