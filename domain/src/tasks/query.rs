//! Which tasks are asked for, in which order: the same parameters on the page and over REST.

use crate::{
    Error, FieldError,
    calendar::{Date, format_date, optional_date},
    choice::choice,
    filter::Filter,
    ids::{ProjectId, TaskId},
    json::{Complaint, FromText},
    parameters::Once,
    search,
    tasks::{Priority, TagName, View},
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
        #[doc = "The order their owner gave them."] Manual = "manual", #[doc = "When they were last changed."] Updated = "updated",
        #[doc = "When they were done; which leaves out open ones."] Completed = "completed",
        #[doc = "When they were deleted; for the bin alone."] Deleted = "deleted"
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
            Self::Priority | Self::Created | Self::Updated | Self::Completed | Self::Deleted => Direction::Descending,
            Self::Due | Self::Title | Self::Manual => Direction::Ascending,
        }
    }
}

/// Which tasks are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskQuery {
    /// In this view only.
    pub view: Option<View>,
    /// For which this filter holds.
    pub filter: Option<Filter>,
    /// Open, done or both.
    pub status: StatusFilter,
    /// Of this priority only.
    pub priority: Option<Priority>,
    /// With this tag only.
    pub tag: Option<TagName>,
    /// In this project, or in one below it.
    pub project_id: Option<ProjectId>,
    /// Parts of this task only, not of its parts.
    pub parent_id: Option<TaskId>,
    /// Whose title, notes or tags contain each of these words, whatever their case; at most 200 code points.
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
    /// Whether to count all that there are.
    pub count: bool,
    /// Whether to tell of each task's parts, and of the task it is a part of.
    pub with_kin: bool,
}

impl Default for TaskQuery {
    fn default() -> Self {
        let sort = Sort::default();
        Self {
            view: None,
            filter: None,
            status: StatusFilter::default(),
            priority: None,
            tag: None,
            project_id: None,
            parent_id: None,
            q: None,
            due_from: None,
            due_to: None,
            sort,
            order: sort.usual_direction(),
            limit: Self::USUAL_LIMIT,
            cursor: None,
            count: false,
            with_kin: false,
        }
    }
}

impl TaskQuery {
    /// How many tasks a page has unless asked otherwise.
    pub const USUAL_LIMIT: u16 = 50;
    /// The most tasks of a page.
    pub const HIGHEST_LIMIT: u16 = 500;
    /// Every parameter there is.
    pub const PARAMETERS: [&str; 16] = [
        "view",
        "filter",
        "status",
        "priority",
        "tag",
        "project_id",
        "parent_id",
        "expand",
        "q",
        "due_from",
        "due_to",
        "sort",
        "order",
        "limit",
        "cursor",
        "count",
    ];

    /// Reads the parameters of a query string; an empty value is as good as none (forms send those).
    ///
    /// # Errors
    /// All that is wrong with them at once, unknown parameters included.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut query = Self::default();
        let mut said = Said::default();
        let mut errors = Vec::new();
        let mut once = Once::default();
        for (name, value) in pairs {
            if !once.is_first(name, &mut errors) {
                continue;
            }
            if value.is_empty() && Self::PARAMETERS.contains(&name) {
                continue;
            }
            let taken = match name {
                "status" => FromText::from_text(value).map(|value| said.status = Some(value)),
                "sort" => FromText::from_text(value).map(|value| said.sort = Some(value)),
                "order" => FromText::from_text(value).map(|value| said.order = Some(value)),
                _ => query.take(name, value),
            };
            errors.extend(taken.err().map(|complaint| complaint.about(name)));
        }
        query.settle(&said);
        errors.extend(query.contradictions());
        if errors.is_empty() { Ok(query) } else { Err(Error::Invalid(errors)) }
    }

    /// The same where no view means everything but what is in archived projects, which stands in no other list than its
    /// project's.
    #[must_use]
    pub fn for_page(self) -> Self {
        Self { view: self.view.or(Some(View::All)), ..self }
    }

    /// The same with a filter that was looked up; what the request does not say, the filter may.
    pub fn with_filter(self, filter: Filter) -> Self {
        let said = Said {
            status: (self.status != self.usual_status()).then_some(self.status),
            sort: (self.sort != self.usual_sort()).then_some(self.sort),
            order: (self.order != self.usual_order()).then_some(self.order),
        };
        let mut query = Self { filter: Some(filter), ..self };
        query.settle(&said);
        query
    }

    /// What was not said is as usual in this view, with this filter.
    fn settle(&mut self, said: &Said) {
        self.status = said.status.unwrap_or(self.usual_status());
        self.sort = said.sort.unwrap_or(self.usual_sort());
        self.order = said.order.unwrap_or(self.usual_order());
    }

    fn usual_status(&self) -> StatusFilter {
        match (self.view, &self.filter) {
            (Some(view), _) if view != View::All => view.usual_status(),
            (_, Some(filter)) if filter.speaks_of_completion() => StatusFilter::All,
            // The parts of a task are one list, done or not.
            _ if self.parent_id.is_some() => StatusFilter::All,
            _ => StatusFilter::Open,
        }
    }

    fn usual_sort(&self) -> Sort {
        let of_filter = self.filter.as_ref().and_then(|filter| filter.sort);
        let usual = || match self.parent_id {
            Some(_) => Sort::Manual,
            None => View::All.usual_sort(),
        };
        of_filter.unwrap_or_else(|| self.view.map_or_else(usual, View::usual_sort))
    }

    fn usual_order(&self) -> Direction {
        let of_filter = self.filter.as_ref().filter(|filter| filter.sort.is_none_or(|sort| sort == self.sort));
        of_filter.and_then(|filter| filter.order).unwrap_or(self.sort.usual_direction())
    }

    fn contradictions(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let (Some(from), Some(to)) = (self.due_from, self.due_to)
            && from > to
        {
            errors.push(FieldError::new("due_to", "out_of_range", "The last day comes before the first"));
        }
        if self.sort == Sort::Deleted && self.view != Some(View::Bin) {
            let detail = "Only the bin is sorted by when its tasks were deleted";
            errors.push(FieldError::new("sort", "contradiction", detail));
        }
        errors
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Complaint> {
        match name {
            "view" => self.view = Some(View::read(value)?),
            "filter" => self.filter = Some(FromText::from_text(value)?),
            "priority" => self.priority = Some(FromText::from_text(value)?),
            "tag" => self.tag = Some(FromText::from_text(value)?),
            "project_id" => self.project_id = Some(FromText::from_text(value)?),
            "parent_id" => self.parent_id = Some(FromText::from_text(value)?),
            "expand" if value == "kin" => self.with_kin = true,
            "expand" => return Err(Complaint::new("unknown_choice", "Only kin can be expanded")),
            "q" => self.q = read_search(value)?,
            "due_from" => self.due_from = Some(FromText::from_text(value)?),
            "due_to" => self.due_to = Some(FromText::from_text(value)?),
            "limit" => self.limit = read_limit(value)?,
            "cursor" => self.cursor = Some(value.to_owned()),
            "count" => self.count = read_truth(value)?,
            _ => return Err(Complaint::new("unknown_parameter", format!("There is no parameter {name:?} here"))),
        }
        Ok(())
    }

    /// Whether the tasks stand in their owner's order, from its first to its last.
    pub fn is_in_owners_order(&self) -> bool {
        (self.sort, self.order) == (Sort::Manual, Direction::Ascending)
    }

    /// The parameters that differ from the usual, for an address.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        add("view", self.view.map(|view| view.as_str().to_owned()));
        add("filter", self.filter.as_ref().map(Filter::to_string));
        add("status", (self.status != self.usual_status()).then(|| self.status.as_str().to_owned()));
        add("priority", self.priority.map(|priority| priority.as_str().to_owned()));
        add("tag", self.tag.as_ref().map(|tag| tag.as_str().to_owned()));
        add("project_id", self.project_id.map(|id| id.to_string()));
        add("parent_id", self.parent_id.map(|id| id.to_string()));
        add("q", self.q.clone());
        add("due_from", self.due_from.map(format_date));
        add("due_to", self.due_to.map(format_date));
        add("sort", (self.sort != self.usual_sort()).then(|| self.sort.as_str().to_owned()));
        add("order", (self.order != self.usual_order()).then(|| self.order.as_str().to_owned()));
        add("limit", (self.limit != Self::USUAL_LIMIT).then(|| self.limit.to_string()));
        add("cursor", self.cursor.clone());
        add("count", self.count.then(|| "true".to_owned()));
        add("expand", self.with_kin.then(|| "kin".to_owned()));
        pairs
    }

    /// Whether the same tasks may be another answer later.
    pub fn depends_on_time(&self) -> bool {
        self.view.is_some() || self.filter.is_some()
    }

    /// Whether it leaves anything out, so that an empty answer means "no match" and not "no tasks".
    pub fn is_narrowed(&self) -> bool {
        self.status != self.usual_status() || self.filter.is_some() || self.narrows_by_field()
    }

    fn narrows_by_field(&self) -> bool {
        self.priority.is_some()
            || self.tag.is_some()
            || self.project_id.is_some()
            || self.parent_id.is_some()
            || self.q.is_some()
            || self.due_from.is_some()
            || self.due_to.is_some()
    }
}

/// What a request says for itself about which tasks and their order.
#[derive(Debug, Default)]
struct Said {
    status: Option<StatusFilter>,
    sort: Option<Sort>,
    order: Option<Direction>,
}

fn read_search(text: &str) -> Result<Option<String>, Complaint> {
    let text = search::read_text(text)?;
    Ok((!text.is_empty()).then_some(text))
}

fn read_truth(text: &str) -> Result<bool, Complaint> {
    text.parse().map_err(|_| Complaint::new("not_a_boolean", "Send true or false"))
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
    fn a_view_says_what_is_usual_in_it() {
        let query = TaskQuery::from_pairs([("view", "logbook")]).unwrap();
        assert_eq!(
            (query.status, query.sort, query.order),
            (StatusFilter::Done, Sort::Completed, Direction::Descending)
        );
        assert_eq!(query.to_pairs(), [("view", "logbook".to_owned())]);
        let query = TaskQuery::from_pairs([("view", "trash"), ("sort", "title")]).unwrap();
        assert_eq!((query.view, query.status, query.sort), (Some(View::Bin), StatusFilter::All, Sort::Title));
        let query = TaskQuery::from_pairs([("view", "inbox")]).unwrap();
        assert_eq!((query.sort, query.order), (Sort::Manual, Direction::Ascending));
        assert!(TaskQuery::from_pairs([("sort", "deleted")]).is_err());
    }

    #[test]
    fn a_filter_says_its_order_unless_the_request_does() {
        let read = |pairs: &[(&'static str, &'static str)]| TaskQuery::from_pairs(pairs.iter().copied()).unwrap();
        let query = read(&[("filter", "is:done #home sort:title order:desc")]);
        assert_eq!((query.status, query.sort, query.order), (StatusFilter::All, Sort::Title, Direction::Descending));
        let query = read(&[("filter", "#home sort:title order:desc"), ("sort", "due")]);
        assert_eq!((query.status, query.sort, query.order), (StatusFilter::Open, Sort::Due, Direction::Ascending));
        let query = read(&[("sort", "due")]).with_filter(Filter::parse("completed:today sort:updated").unwrap());
        assert_eq!((query.status, query.sort, query.order), (StatusFilter::All, Sort::Updated, Direction::Descending));
        let error = TaskQuery::from_pairs([("filter", "#home colour:red")]).unwrap_err().fields().remove(0);
        let place = error.place.unwrap();
        assert_eq!(
            (error.field.as_str(), error.code.as_str(), place.start, place.end),
            ("filter", "unknown_term", 6, 16)
        );
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
        assert!(TaskQuery::from_pairs([("count", "yes")]).is_err());
    }

    #[test]
    fn a_parameter_comes_once() {
        let faults = TaskQuery::from_pairs([("tag", "a"), ("tag", "b"), ("q", ""), ("q", "x"), ("tag", "c")]);
        let faults = faults.unwrap_err().fields();
        assert!(faults.iter().all(|fault| fault.code == "repeated_parameter"));
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["tag", "q"]);
    }

    #[test]
    fn an_untouched_form_asks_for_the_usual() {
        assert_eq!(
            TaskQuery::from_pairs([("q", ""), ("priority", ""), ("due_from", "")]).unwrap(),
            TaskQuery::default()
        );
    }
}
