//! The line that a new task is typed into: what was understood of it, and what its writer wants to stay text.

use crate::components::tasks::{self, Reading};
use leptos::prelude::*;

/// What is known of the line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// How it was read last.
    pub reading: Reading,
    /// The words that stay text.
    pub ignored: Vec<String>,
}

/// What lies under the line.
pub fn marks(line: &Line) -> impl IntoView + use<> {
    tasks::marked_line(&line.reading)
}

/// What stands below the line, and what is sent with it.
pub fn chips(line: &Line) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="ignored" value=line.ignored.join("\n") />
        {tasks::chips(&line.reading)}
    }
}
