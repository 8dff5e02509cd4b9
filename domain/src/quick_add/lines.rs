//! Reads several lines at once: each is a task, and indentation makes it a part of the task above.

use super::{
    line::{Context, line},
    parsed::Parsed,
};
use crate::Error;
use serde::Serialize;

/// The most tasks that one text may hold.
pub const MOST_LINES: usize = 500;

/// One line of several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The number, from 0, of the line that this is a part of; lines without text are not counted.
    pub parent: Option<usize>,
    /// What the line means. Its spans count code points of the whole text.
    #[serde(flatten)]
    pub parsed: Parsed,
}

/// A line as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed<'a> {
    /// The number, from 0, of the line that this is a part of.
    pub parent: Option<usize>,
    /// What stands there, without the space around it.
    pub text: &'a str,
    /// Where the line begins, in code points of the whole text.
    start: usize,
    /// The line with its space.
    whole: &'a str,
}

/// The lines that have text.
///
/// # Errors
/// More than [`MOST_LINES`] of them.
pub fn outline(text: &str) -> Result<Vec<Typed<'_>>, Error> {
    let count = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).count();
    if count > MOST_LINES {
        let detail = format!("At most {MOST_LINES} lines are taken at once; these are {count}");
        return Err(Error::field("text", "too_many_lines", detail));
    }
    let mut lines = Vec::with_capacity(count);
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for whole in text.split(['\n', '\r']) {
        if !whole.trim().is_empty() {
            let width = indentation(whole);
            open.retain(|(outer, _)| *outer < width);
            let parent = open.last().map(|(_, number)| *number);
            open.push((width, lines.len()));
            lines.push(Typed { parent, text: whole.trim(), start, whole });
        }
        start += whole.chars().count() + 1;
    }
    Ok(lines)
}

pub(super) fn lines(text: &str, context: Context<'_>) -> Result<Vec<Line>, Error> {
    let read = |typed: Typed<'_>| Line { parent: typed.parent, parsed: line(typed.whole, typed.start, context) };
    Ok(outline(text)?.into_iter().map(read).collect())
}

/// How far a line is moved in; a tab counts as four spaces.
fn indentation(line: &str) -> usize {
    let spaces = line.chars().take_while(|character| character.is_whitespace());
    spaces.map(|space| if space == '\t' { 4 } else { 1 }).sum()
}
