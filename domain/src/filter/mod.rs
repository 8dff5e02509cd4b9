//! The filter language: reads `due:today..+7d !high #home -#someday (overdue | today) sort:due` into a typed tree. Pure:
//! what "today" is, which projects there are and what a zone says come in as [`Surroundings`].
//!
//! The way of a text: `words` cuts it, `parse` builds the tree, `terms` reads what one word means, `period` what stretch
//! of days a word stands for. `render` writes the tree back, `matches` asks it about one task.

mod error;
mod matches;
mod parse;
mod period;
mod render;
mod terms;
#[cfg(test)]
mod tests;
mod words;

pub use error::FilterError;
pub use matches::{Surroundings, text_of};
pub use period::{Days, Period, Stretch, Unit, Which};

use crate::{
    json::{Complaint, FromText},
    search::Wanted,
    tasks::{Direction, Priority, Sort, TagName},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which tasks are asked for, and perhaps in which order.
///
/// ```
/// use domain::filter::Filter;
/// let filter = Filter::parse("( #Home|p1 ) due:..today").unwrap();
/// assert_eq!(filter.to_string(), "(#Home | !high) due:..today");
/// assert_eq!(Filter::parse("due:sometime").unwrap_err().start, 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What a task must be; none is no condition.
    pub expression: Option<Expression>,
    /// What to sort by.
    pub sort: Option<Sort>,
    /// Which way.
    pub order: Option<Direction>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// All of these: at least two, none of them an `And`.
    And(Vec<Expression>),
    /// Any of these: at least two, none of them an `Or`.
    Or(Vec<Expression>),
    /// Not this, which is no `Not`.
    Not(Box<Expression>),
    /// One thing about a task.
    Term(Term),
}

/// One thing about a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Title, notes or a tag contain this.
    Text(String),
    /// A day of the task lies in this stretch.
    Date(DateField, Stretch),
    /// It is open and its time has passed.
    Overdue,
    /// It matters this much.
    Priority(Priority),
    /// It has this tag.
    Tag(TagName),
    /// It is in a project of this name, or in one below it.
    Project(String),
    /// It is this.
    Is(State),
    /// It has this.
    Has(Part),
}

/// A day that a task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateField {
    /// When it is due.
    Due,
    /// Until when it is out of sight.
    Start,
    /// The day that cannot be missed.
    Deadline,
    /// When it was made.
    Created,
    /// When it was last changed.
    Updated,
    /// When it was done.
    Completed,
}

/// What a task can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Done.
    Done,
    /// Repeating.
    Recurring,
    /// A part of another task.
    Subtask,
    /// In an archived project.
    Archived,
}

/// What a task can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A due date.
    Due,
    /// A time of day at which it is due.
    Time,
    /// A start date.
    Start,
    /// A deadline.
    Deadline,
    /// Notes.
    Notes,
    /// Tags.
    Tags,
    /// A project; what has none is in the inbox.
    Project,
    /// A duration.
    Duration,
    /// Tasks that are parts of it.
    Subtasks,
}

impl Filter {
    /// The most code points of a filter.
    pub const LONGEST: usize = 1000;
    /// The most terms of a filter.
    pub const MOST_TERMS: usize = 50;
    /// How deep parentheses and negations may nest.
    pub const DEEPEST: usize = 12;

    /// Reads a filter.
    ///
    /// # Errors
    /// The first thing that cannot be read, and where it stands.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text)
    }

    /// Whether it says itself which of done and open tasks are meant; otherwise open ones are.
    pub fn speaks_of_completion(&self) -> bool {
        self.has_term(|term| matches!(term, Term::Is(State::Done) | Term::Date(DateField::Completed, _)))
    }

    /// Whether it says itself what is to be done about archived projects; otherwise they are left out.
    pub fn speaks_of_archive(&self) -> bool {
        self.has_term(|term| matches!(term, Term::Is(State::Archived)))
    }

    /// The pieces of text that every match contains.
    pub fn required_text(&self) -> Vec<Wanted> {
        let texts = self.required_terms().filter_map(|term| match term {
            Term::Text(text) => Wanted::new(text),
            _ => None,
        });
        texts.collect()
    }

    /// The terms that are true of every match.
    pub fn required_terms(&self) -> impl Iterator<Item = &Term> {
        let all = match &self.expression {
            Some(Expression::And(all)) => all.as_slice(),
            Some(only) => std::slice::from_ref(only),
            None => &[],
        };
        all.iter().filter_map(|part| match part {
            Expression::Term(term) => Some(term),
            _ => None,
        })
    }

    fn has_term(&self, wanted: impl Fn(&Term) -> bool) -> bool {
        fn any(expression: &Expression, wanted: &dyn Fn(&Term) -> bool) -> bool {
            match expression {
                Expression::And(parts) | Expression::Or(parts) => parts.iter().any(|part| any(part, wanted)),
                Expression::Not(inner) => any(inner, wanted),
                Expression::Term(term) => wanted(term),
            }
        }
        self.expression.as_ref().is_some_and(|expression| any(expression, &wanted))
    }
}

impl FromText for Filter {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        Self::parse(text).map_err(Complaint::from)
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
