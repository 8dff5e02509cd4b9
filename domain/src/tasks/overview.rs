//! What the dashboard tells: what is late, what is due today, and how much there is.

use crate::tasks::{Priority, Task};
use serde::{Deserialize, Serialize};

/// How many open tasks have a priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityCount {
    /// The priority.
    pub priority: Priority,
    /// How many open tasks have it.
    pub open: u64,
}

/// The dashboard's numbers and its two short lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Open tasks whose time has passed, oldest first, at most 50.
    pub overdue: Vec<Task>,
    /// Open tasks that are due today, at most 50.
    pub today: Vec<Task>,
    /// How many open tasks are overdue.
    pub overdue_count: u64,
    /// How many open tasks are due today and not overdue.
    pub today_count: u64,
    /// How many tasks are open.
    pub open: u64,
    /// How many tasks are done.
    pub done: u64,
    /// Open tasks by priority, highest first.
    pub by_priority: Vec<PriorityCount>,
    /// Where counting stops.
    pub most: u64,
}

impl Overview {
    /// Writes one of its counts: "7", "1000+".
    pub fn say(&self, count: u64) -> String {
        if count < self.most { count.to_string() } else { format!("{}+", self.most) }
    }
}
