//! Writes a task as a line that reads back as the same task.

use super::{
    Settings,
    parsed::Parsed,
};

/// Writes a task as a line: reading it at the same time with the same settings gives the same task.
pub fn render(parsed: &Parsed, _settings: &Settings) -> String {
    parsed.title.clone()
}
