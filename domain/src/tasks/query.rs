//! Which tasks are asked for, in which order: the same parameters on the page and over REST.

use crate::{
    Error, FieldError,
    calendar::{Date, format_date, optional_date},
    choice::choice,
    ids::ProjectId,
    json::{Complaint, FromText, without_controls},
    tasks::{Priority, TagName},
};
use serde::{Deserialize, Serialize};

choice!(
    /// Which tasks by their being done.
    StatusFilter { #[default] #[doc = "Still to do."] Open = "open", #[doc = "Done."] Done = "done", #[doc = "Both."] All = "all" }
);
choice!(
    /// What to sort by.
    Sort {
        #[default] #[doc = "The due day and time, none last."] Due = "due", #[doc = "How much they matter."] Priority = "priority",
        #[doc = "When they were made."] Created = "created", #[doc = "The title, whatever its case."] Title = "title",
        #[doc = "The order their owner gave them."] Manual = "manual"
    }
);
choice!(
    /// Which way to sort.
    Direction { #[default] #[doc = "Smallest, first, earliest at the top."] Ascending = "asc", #[doc = "The other way round."] Descending = "desc" }
);

impl Sort {
    /// The direction that is meant when none is said: what matters most and what is newest comes first.
    pub const fn usual_direction(self) -> Direction {
        match self {
            Self::Priority | Self::Created => Direction::Descending,
            Self::Due | Self::Title | Self::Manual => Direction::Ascending,
        }
    }
}

/// Which tasks are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskQuery {
    /// Open, done or both.
    pub status: StatusFilter,
    /// Of this priority only.
    pub priority: Option<Priority>,
    /// With this tag only.
    pub tag: Option<TagName>,
    /// In this project only.
    pub project_id: Option<ProjectId>,
    /// Whose title or notes contain this text, whatever its case; at most 200 code points.
    pub q: Option<String>,
    /// Due on this day or later.
    #[serde(with = "optional_date")]
    pub due_from: Option<Date>,
    /// Due on this day or earlier.
    #[serde(with = "optional_date")]
    pub due_to: Option<Date>,
    /// What to sort by.
    pub sort: Sort,
    /// Which way.
    pub order: Direction,
    /// How many at most, 1 to 500.
    pub limit: u16,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl Default for TaskQuery {
    fn default() -> Self {
        let sort = Sort::default();
        Self {
            status: StatusFilter::default(),
            priority: None,
            tag: None,
            project_id: None,
            q: None,
            due_from: None,
            due_to: None,
            sort,
            order: sort.usual_direction(),
            limit: Self::USUAL_LIMIT,
            cursor: None,
        }
    }
}

impl TaskQuery {
    /// How many tasks a page has unless asked otherwise.
    pub const USUAL_LIMIT: u16 = 50;
    /// The most tasks of a page.
    pub const HIGHEST_LIMIT: u16 = 500;
    /// Every parameter there is.
    pub const PARAMETERS: [&str; 11] =
        ["status", "priority", "tag", "project_id", "q", "due_from", "due_to", "sort", "order", "limit", "cursor"];

    /// Reads the parameters of a query string; an empty value is as good as none (forms send those).
    ///
    /// # Errors
    /// All that is wrong with them at once, unknown parameters included.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut query = Self::default();
        let mut order = None;
        let mut errors = Vec::new();
        for (name, value) in pairs {
            if value.is_empty() && Self::PARAMETERS.contains(&name) {
                continue;
            }
            let taken = match name {
                "order" => FromText::from_text(value).map(|value| order = Some(value)),
                _ => query.take(name, value),
            };
            errors.extend(taken.err().map(|complaint| complaint.about(name)));
        }
        query.order = order.unwrap_or(query.sort.usual_direction());
        if let (Some(from), Some(to)) = (query.due_from, query.due_to)
            && from > to
        {
            errors.push(FieldError::new("due_to", "out_of_range", "The last day comes before the first"));
        }
        if errors.is_empty() { Ok(query) } else { Err(Error::Invalid(errors)) }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Complaint> {
        match name {
            "status" => self.status = FromText::from_text(value)?,
            "priority" => self.priority = Some(FromText::from_text(value)?),
            "tag" => self.tag = Some(FromText::from_text(value)?),
            "project_id" => self.project_id = Some(FromText::from_text(value)?),
            "q" => self.q = read_search(value)?,
            "due_from" => self.due_from = Some(FromText::from_text(value)?),
            "due_to" => self.due_to = Some(FromText::from_text(value)?),
            "sort" => self.sort = FromText::from_text(value)?,
            "limit" => self.limit = read_limit(value)?,
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => return Err(Complaint::new("unknown_parameter", format!("There is no parameter {name:?} here"))),
        }
        Ok(())
    }

    /// The parameters that differ from the usual, for an address.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        add("status", (self.status != usual.status).then(|| self.status.as_str().to_owned()));
        add("priority", self.priority.map(|priority| priority.as_str().to_owned()));
        add("tag", self.tag.as_ref().map(|tag| tag.as_str().to_owned()));
        add("project_id", self.project_id.map(|id| id.to_string()));
        add("q", self.q.clone());
        add("due_from", self.due_from.map(format_date));
        add("due_to", self.due_to.map(format_date));
        add("sort", (self.sort != usual.sort).then(|| self.sort.as_str().to_owned()));
        add("order", (self.order != self.sort.usual_direction()).then(|| self.order.as_str().to_owned()));
        add("limit", (self.limit != usual.limit).then(|| self.limit.to_string()));
        add("cursor", self.cursor.clone());
        pairs
    }

    /// Whether it leaves anything out, so that an empty answer means "no match" and not "no tasks".
    pub fn is_narrowed(&self) -> bool {
        self.status != StatusFilter::Open || self.narrows_by_field()
    }

    fn narrows_by_field(&self) -> bool {
        self.priority.is_some()
            || self.tag.is_some()
            || self.project_id.is_some()
            || self.q.is_some()
            || self.due_from.is_some()
            || self.due_to.is_some()
    }
}

fn read_search(text: &str) -> Result<Option<String>, Complaint> {
    let text = text.trim();
    if text.chars().count() > 200 {
        return Err(Complaint::new("too_long", "Search for at most 200 characters"));
    }
    without_controls(text, &[])?;
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn read_limit(text: &str) -> Result<u16, Complaint> {
    let highest = TaskQuery::HIGHEST_LIMIT;
    text.parse()
        .ok()
        .filter(|limit| (1..=highest).contains(limit))
        .ok_or_else(|| Complaint::new("out_of_range", format!("Ask for between 1 and {highest} tasks")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [
            ("status", "all"),
            ("priority", "high"),
            ("q", "50% off_"),
            ("sort", "title"),
            ("order", "desc"),
            ("due_to", "2026-12-01"),
        ];
        let query = TaskQuery::from_pairs(pairs).unwrap();
        let address = query.to_pairs();
        let again = TaskQuery::from_pairs(address.iter().map(|(name, value)| (*name, value.as_str()))).unwrap();
        assert_eq!(again, query);
        assert!(TaskQuery::default().to_pairs().is_empty());
    }

    #[test]
    fn what_matters_most_comes_first_unless_asked_otherwise() {
        assert_eq!(TaskQuery::from_pairs([("sort", "priority")]).unwrap().order, Direction::Descending);
        assert_eq!(
            TaskQuery::from_pairs([("order", "asc"), ("sort", "priority")]).unwrap().order,
            Direction::Ascending
        );
    }

    #[test]
    fn nonsense_is_told_by_name() {
        let pairs = [("status", "maybe"), ("limit", "501"), ("colour", "red"), ("due_from", "soon"), ("q", "a\0b")];
        let fields: Vec<String> =
            TaskQuery::from_pairs(pairs).unwrap_err().fields().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["status", "limit", "colour", "due_from", "q"]);
        assert!(TaskQuery::from_pairs([("due_from", "2026-12-02"), ("due_to", "2026-12-01")]).is_err());
        assert!(TaskQuery::from_pairs([("limit", "0")]).is_err());
    }

    #[test]
    fn an_untouched_form_asks_for_the_usual() {
        assert_eq!(
            TaskQuery::from_pairs([("q", ""), ("priority", ""), ("due_from", "")]).unwrap(),
            TaskQuery::default()
        );
    }
}
