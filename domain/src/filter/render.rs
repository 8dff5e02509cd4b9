//! Writes a filter as text that reads as the same filter.

use super::{DateField, Expression, Filter, Part, State, Term};
use crate::tasks::{Direction, Priority, Sort};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Filter {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let condition = self.expression.as_ref().map(|expression| match expression {
            // Beside an order an alternative would take it in.
            Expression::Or(_) if self.sort.is_some() || self.order.is_some() => format!("({expression})"),
            expression => expression.to_string(),
        });
        let sort = self.sort.map(|sort: Sort| format!("sort:{}", sort.as_str()));
        let order = self.order.map(|order: Direction| format!("order:{}", order.as_str()));
        let parts: Vec<String> = [condition, sort, order].into_iter().flatten().collect();
        formatter.write_str(&parts.join(" "))
    }
}

impl Display for Expression {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(parts) => write_all(parts, " ", formatter),
            Self::Or(parts) => write_all(parts, " | ", formatter),
            Self::Not(inner) => match inner.as_ref() {
                Self::Term(Term::Has(part)) => write!(formatter, "no:{}", part.word()),
                Self::Term(Term::Is(State::Done)) => formatter.write_str("is:open"),
                Self::Term(term) => write!(formatter, "-{term}"),
                other => write!(formatter, "-({other})"),
            },
            Self::Term(term) => term.fmt(formatter),
        }
    }
}

fn write_all(parts: &[Expression], between: &str, formatter: &mut Formatter<'_>) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            formatter.write_str(between)?;
        }
        match part {
            Expression::Or(_) => write!(formatter, "({part})")?,
            part => part.fmt(formatter)?,
        }
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if is_plain(text) => formatter.write_str(text),
            Self::Text(text) => write_named("text:", text, formatter),
            Self::Date(field, stretch) => write!(formatter, "{}:{stretch}", field.word()),
            Self::Overdue => formatter.write_str("overdue"),
            Self::Priority(priority) => write!(formatter, "!{}", Priority::as_str(*priority)),
            Self::Tag(tag) => write_named("#", tag.as_str(), formatter),
            Self::Project(name) => write_named("project:", name, formatter),
            Self::Is(state) => write!(formatter, "is:{}", state.word()),
            Self::Has(part) => write!(formatter, "has:{}", part.word()),
        }
    }
}

/// A name stands without quotes where it reads as one word.
fn write_named(mark: &str, name: &str, formatter: &mut Formatter<'_>) -> fmt::Result {
    formatter.write_str(mark)?;
    let ends_mark = name.contains([':', '#', '+']);
    if !ends_mark && !name.chars().any(|character| character.is_whitespace() || "()|&\"\\".contains(character)) {
        return formatter.write_str(name);
    }
    formatter.write_char('"')?;
    for character in name.chars() {
        if matches!(character, '"' | '\\') {
            formatter.write_char('\\')?;
        }
        formatter.write_char(character)?;
    }
    formatter.write_char('"')
}

/// Whether a word is read as text without any mark.
fn is_plain(text: &str) -> bool {
    let is_word = text.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '.' | '\''));
    let means_something = ["or", "and", "not", "today", "tomorrow", "yesterday", "overdue", "p1", "p2", "p3", "p4"];
    is_word && !means_something.iter().any(|word| text.eq_ignore_ascii_case(word))
}

impl DateField {
    fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Start => "start",
            Self::Deadline => "deadline",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Completed => "completed",
        }
    }
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Recurring => "recurring",
            Self::Subtask => "subtask",
            Self::Archived => "archived",
        }
    }
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Time => "time",
            Self::Start => "start",
            Self::Deadline => "deadline",
            Self::Notes => "notes",
            Self::Tags => "tags",
            Self::Project => "project",
            Self::Duration => "duration",
            Self::Subtasks => "subtasks",
        }
    }
}
