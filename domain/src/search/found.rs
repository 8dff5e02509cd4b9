//! What is asked of a search, and what it finds.

use super::{Wanted, highlights};
use crate::{
    Error, FieldError, Place,
    ids::{ProjectId, TagId},
    json::{Complaint, without_controls},
    parameters::Once,
    tasks::Task,
};
use serde::Serialize;

/// A search over the whole account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words to be found, all of them.
    pub q: String,
    /// How many tasks at most, 1 to 100.
    pub limit: u16,
}

impl SearchQuery {
    /// The most code points of a search.
    pub const LONGEST: usize = 200;
    const USUAL_LIMIT: u16 = 20;
    const HIGHEST_LIMIT: u16 = 100;

    /// Reads the parameters of a query string. A search for nothing finds nothing.
    ///
    /// # Errors
    /// All that is wrong with them at once, unknown parameters included.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut query = Self { q: String::new(), limit: Self::USUAL_LIMIT };
        let mut errors: Vec<FieldError> = Vec::new();
        let mut once = Once::default();
        for (name, value) in pairs {
            if !once.is_first(name, &mut errors) {
                continue;
            }
            let taken = match name {
                "q" => read_text(value).map(|text| query.q = text),
                "limit" if value.is_empty() => Ok(()),
                "limit" => read_limit(value).map(|limit| query.limit = limit),
                _ => Err(Complaint::new("unknown_parameter", format!("There is no parameter {name:?} here"))),
            };
            errors.extend(taken.err().map(|complaint| complaint.about(name)));
        }
        if errors.is_empty() { Ok(query) } else { Err(Error::Invalid(errors)) }
    }
}

/// Reads what is searched for.
pub(crate) fn read_text(text: &str) -> Result<String, Complaint> {
    let text = text.trim();
    if text.chars().count() > SearchQuery::LONGEST {
        return Err(Complaint::new("too_long", format!("Search for at most {} characters", SearchQuery::LONGEST)));
    }
    without_controls(text, &[])?;
    Ok(text.to_owned())
}

fn read_limit(text: &str) -> Result<u16, Complaint> {
    let highest = SearchQuery::HIGHEST_LIMIT;
    let limit = text.parse().ok().filter(|limit| (1..=highest).contains(limit));
    limit.ok_or_else(|| Complaint::new("out_of_range", format!("Ask for between 1 and {highest} tasks")))
}

/// What a search finds, best first.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Found {
    /// Tasks, done ones included.
    pub items: Vec<FoundTask>,
    /// Projects, by name.
    pub projects: Vec<FoundProject>,
    /// Tags, by name.
    pub tags: Vec<FoundTag>,
    /// Whether there are more tasks.
    pub has_more: bool,
}

/// A task that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundTask {
    /// The task.
    pub task: Task,
    /// Where the words stand.
    pub highlights: Marks,
}

/// Where words stand in a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marks {
    /// In the title.
    pub title: Vec<Place>,
    /// In the notes.
    pub notes: Vec<Place>,
    /// In the tags, one list to each of them.
    pub tags: Vec<Vec<Place>>,
}

impl FoundTask {
    /// A task and where the words stand in it.
    pub fn new(task: Task, words: &[Wanted]) -> Self {
        let highlights = Marks {
            title: highlights(task.title.as_str(), words),
            notes: task.notes.as_ref().map(|notes| highlights(notes.as_str(), words)).unwrap_or_default(),
            tags: task.tags.iter().map(|tag| highlights(tag.as_str(), words)).collect(),
        };
        Self { task, highlights }
    }
}

/// A project that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundProject {
    /// The project's id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Where the words stand in it.
    pub highlights: Vec<Place>,
}

/// A tag that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundTag {
    /// The tag's id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Where the words stand in it.
    pub highlights: Vec<Place>,
}
