//! The lists that everybody has.

use crate::{
    choice::choice,
    filter::{DateField, Expression, Part, Period, Stretch, Term},
    json::{Complaint, FromText},
    tasks::{Sort, StatusFilter},
};
use serde::{Deserialize, Serialize};

choice!(
    /// A list that everybody has. Views leave out what is in archived projects; those of what is to be done next also what
    /// has not begun yet.
    View {
        #[default] #[doc = "Everything that is open."] All = "all", #[doc = "What is in no project yet."] Inbox = "inbox",
        #[doc = "What is due today, and what is late."] Today = "today", #[doc = "What is due after today."] Upcoming = "upcoming",
        #[doc = "What is late."] Overdue = "overdue", #[doc = "What is done."] Logbook = "logbook",
        #[doc = "What was deleted."] Bin = "bin"
    }
);

impl View {
    /// Reads a view's name; the bin has two.
    ///
    /// # Errors
    /// There is no such view.
    pub fn read(text: &str) -> Result<Self, Complaint> {
        if text == "trash" { Ok(Self::Bin) } else { Self::from_text(text) }
    }

    /// What its tasks are sorted by unless asked otherwise.
    pub const fn usual_sort(self) -> Sort {
        match self {
            Self::Inbox => Sort::Manual,
            Self::Logbook => Sort::Completed,
            Self::Bin => Sort::Deleted,
            Self::All | Self::Today | Self::Upcoming | Self::Overdue => Sort::Due,
        }
    }

    /// Which of open and done tasks it shows unless asked otherwise.
    pub const fn usual_status(self) -> StatusFilter {
        match self {
            Self::Logbook => StatusFilter::Done,
            Self::Bin => StatusFilter::All,
            Self::All | Self::Inbox | Self::Today | Self::Upcoming | Self::Overdue => StatusFilter::Open,
        }
    }

    /// What a task must be to stand in it.
    pub fn condition(self) -> Option<Expression> {
        let due = |stretch| Some(Expression::Term(Term::Date(DateField::Due, stretch)));
        match self {
            Self::Inbox => Some(Expression::Not(Box::new(Expression::Term(Term::Has(Part::Project))))),
            Self::Today => due(Stretch::Between(None, Some(Period::Today))),
            Self::Upcoming => due(Stretch::After(Period::Today)),
            Self::Overdue => Some(Expression::Term(Term::Overdue)),
            Self::All | Self::Logbook | Self::Bin => None,
        }
    }

    /// Whether it leaves out what has a start date that is still to come.
    pub const fn hides_until_start(self) -> bool {
        matches!(self, Self::Inbox | Self::Today | Self::Upcoming | Self::Overdue)
    }

    /// Whether it leaves out what is in archived projects.
    pub const fn hides_archived(self) -> bool {
        !matches!(self, Self::Logbook | Self::Bin)
    }
}

/// How many tasks stand in each view, counted up to a limit so that counting takes no longer the more there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewCounts {
    /// In the inbox.
    pub inbox: i64,
    /// Due today, and late.
    pub today: i64,
    /// Late.
    pub overdue: i64,
    /// Due after today.
    pub upcoming: i64,
    /// Open.
    pub all: i64,
    /// Done.
    pub logbook: i64,
    /// In the bin.
    pub bin: i64,
    /// Where counting stops: this number means so many or more.
    pub most: i64,
}
