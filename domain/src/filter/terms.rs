//! Reads what one word of a filter means.

use super::{
    DateField, Expression, FilterError, Part, State, Stretch, Term,
    parse::fault,
    period,
    words::{Kind, Token},
};
use crate::{
    json::{Complaint, FromText},
    tasks::{Direction, Priority, Sort, TagName},
};

/// What a word says.
#[derive(Debug)]
pub(super) enum Read {
    Condition(Expression),
    Sort(Sort),
    Order(Direction),
}

/// The most code points of a name or a piece of text.
const LONGEST_TEXT: usize = 200;

/// Reads the first word, and says how many tokens it took: `due:next week` is two.
pub(super) fn read(tokens: &[Token]) -> Result<(Read, usize), FilterError> {
    let [token, ..] = tokens else {
        return Err(FilterError {
            code: "missing_operand",
            detail: "A condition is missing".to_owned(),
            start: 0,
            end: 0,
        });
    };
    let Kind::Word { head, quoted } = &token.kind else {
        return Err(fault(token, "missing_operand", "A condition is missing here"));
    };
    let Some((key, value)) = cut(head, quoted.as_deref()) else {
        let read = match quoted {
            Some(text) if head.is_empty() => text_of(text),
            _ => bare(head, quoted.as_deref()),
        };
        return read.map(|read| (Read::Condition(read), 1)).map_err(|complaint| about(token, complaint));
    };
    let (value, used) = match date_field(&key) {
        Some(_) if quoted.is_none() => with_following(value, tokens),
        _ => (value, 1),
    };
    let last = tokens.get(used - 1).unwrap_or(token);
    let read = keyed(&key, &value);
    read.map(|read| (read, used)).map_err(|complaint| FilterError {
        code: complaint.code,
        detail: complaint.detail,
        start: token.start,
        end: last.end,
    })
}

fn about(token: &Token, complaint: Complaint) -> FilterError {
    fault(token, complaint.code, complaint.detail)
}

/// `key:value`, where the key is letters.
fn cut(head: &str, quoted: Option<&str>) -> Option<(String, String)> {
    let (key, rest) = head.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_key.then(|| (key.to_ascii_lowercase(), format!("{rest}{}", quoted.unwrap_or_default())))
}

/// The value with the words that belong to it: "this", "next" and "last" ask for a unit.
fn with_following(mut value: String, tokens: &[Token]) -> (String, usize) {
    let mut used = 1;
    while period::asks_for_unit(&value) {
        let Some(Token { kind: Kind::Word { head, quoted: None }, .. }) = tokens.get(used) else { break };
        value.push(' ');
        value.push_str(head);
        used += 1;
    }
    (value, used)
}

fn keyed(key: &str, value: &str) -> Result<Read, Complaint> {
    if value.is_empty() {
        return Err(Complaint::new(
            "missing_value",
            format!("Say what “{key}:” shall be, with no space after the colon"),
        ));
    }
    if let Some(field) = date_field(key) {
        return date(field, value).map(Read::Condition);
    }
    let condition = match key {
        "sort" => return Sort::from_text(&value.to_ascii_lowercase()).map(Read::Sort),
        "order" => return Direction::from_text(&value.to_ascii_lowercase()).map(Read::Order),
        "text" | "search" => text_of(value)?,
        "tag" | "label" => Expression::Term(Term::Tag(TagName::from_text(value)?)),
        "in" if value.eq_ignore_ascii_case("inbox") => not(Term::Has(Part::Project)),
        "project" | "in" => project(value)?,
        "priority" => Expression::Term(Term::Priority(priority(value).ok_or_else(unknown_priority)?)),
        "is" => is(value)?,
        "has" => has(value)?,
        "no" => turned(has(value)?),
        _ => {
            let detail = format!("There is no condition “{key}:”. To search for this text, put it into quotes.");
            return Err(Complaint::new("unknown_term", detail));
        }
    };
    Ok(Read::Condition(condition))
}

/// A word without a key: a mark with a name, a day, or text.
fn bare(head: &str, quoted: Option<&str>) -> Result<Expression, Complaint> {
    let whole = format!("{head}{}", quoted.unwrap_or_default());
    let lower = head.to_ascii_lowercase();
    if let Some(name) = whole.strip_prefix('#') {
        return Ok(Expression::Term(Term::Tag(TagName::from_text(name)?)));
    }
    if let Some(name) = whole.strip_prefix('+').filter(|name| !name.is_empty()) {
        return project(name);
    }
    if lower.starts_with('!') {
        return Ok(Expression::Term(Term::Priority(marked_priority(&lower).ok_or_else(unknown_priority)?)));
    }
    match lower.as_str() {
        "p1" | "p2" | "p3" | "p4" => Ok(Expression::Term(Term::Priority(priority(&lower).unwrap_or_default()))),
        "today" | "tomorrow" | "yesterday" => date(DateField::Due, &lower),
        "overdue" => Ok(Expression::Term(Term::Overdue)),
        _ => text_of(&whole),
    }
}

fn text_of(text: &str) -> Result<Expression, Complaint> {
    let text = text.trim();
    if crate::search::Wanted::new(text).is_none() {
        return Err(Complaint::new("missing_value", "There is no text between these quotes to search for"));
    }
    short(text).map(|text| Expression::Term(Term::Text(text)))
}

fn project(name: &str) -> Result<Expression, Complaint> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Complaint::new("missing_value", "Say which project"));
    }
    short(name).map(|name| Expression::Term(Term::Project(name)))
}

fn short(text: &str) -> Result<String, Complaint> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(Complaint::new("too_long", format!("Ask for at most {LONGEST_TEXT} characters at once")));
    }
    Ok(text.to_owned())
}

fn date(field: DateField, value: &str) -> Result<Expression, Complaint> {
    let part = match field {
        DateField::Due => Some(Term::Has(Part::Due)),
        DateField::Start => Some(Term::Has(Part::Start)),
        DateField::Deadline => Some(Term::Has(Part::Deadline)),
        DateField::Completed => Some(Term::Is(State::Done)),
        DateField::Created | DateField::Updated => None,
    };
    match (value.to_ascii_lowercase().as_str(), part) {
        ("none", Some(part)) => Ok(not(part)),
        ("any", Some(part)) => Ok(Expression::Term(part)),
        (value, _) => Ok(Expression::Term(Term::Date(field, Stretch::parse(value)?))),
    }
}

fn date_field(key: &str) -> Option<DateField> {
    Some(match key {
        "due" | "date" => DateField::Due,
        "start" => DateField::Start,
        "deadline" => DateField::Deadline,
        "created" => DateField::Created,
        "updated" => DateField::Updated,
        "completed" | "done" => DateField::Completed,
        _ => return None,
    })
}

fn is(value: &str) -> Result<Expression, Complaint> {
    Ok(match value.to_ascii_lowercase().as_str() {
        "done" | "completed" => Expression::Term(Term::Is(State::Done)),
        "open" | "active" => not(Term::Is(State::Done)),
        "recurring" | "repeating" => Expression::Term(Term::Is(State::Recurring)),
        "subtask" => Expression::Term(Term::Is(State::Subtask)),
        "parent" => Expression::Term(Term::Has(Part::Subtasks)),
        "archived" => Expression::Term(Term::Is(State::Archived)),
        "overdue" => Expression::Term(Term::Overdue),
        _ => {
            let detail = "Say one of: is:open, is:done, is:overdue, is:recurring, is:subtask, is:parent, is:archived";
            return Err(Complaint::new("unknown_choice", detail));
        }
    })
}

fn has(value: &str) -> Result<Expression, Complaint> {
    Ok(Expression::Term(Term::Has(match value.to_ascii_lowercase().as_str() {
        "due" | "date" => Part::Due,
        "time" => Part::Time,
        "start" => Part::Start,
        "deadline" => Part::Deadline,
        "notes" | "note" => Part::Notes,
        "tags" | "tag" | "labels" | "label" => Part::Tags,
        "project" => Part::Project,
        "duration" => Part::Duration,
        "subtasks" | "subtask" => Part::Subtasks,
        "priority" => return Ok(not(Term::Priority(Priority::None))),
        _ => {
            let detail = "A task has due, time, start, deadline, notes, tags, project, priority, duration or subtasks";
            return Err(Complaint::new("unknown_choice", detail));
        }
    })))
}

fn not(term: Term) -> Expression {
    Expression::Not(Box::new(Expression::Term(term)))
}

fn turned(expression: Expression) -> Expression {
    match expression {
        Expression::Not(inner) => *inner,
        expression => Expression::Not(Box::new(expression)),
    }
}

/// `high`, `1`, `p1` and their like.
fn priority(word: &str) -> Option<Priority> {
    Some(match word.to_ascii_lowercase().as_str() {
        "high" | "1" | "p1" => Priority::High,
        "medium" | "med" | "2" | "p2" => Priority::Medium,
        "low" | "3" | "p3" => Priority::Low,
        "none" | "p4" => Priority::None,
        _ => return None,
    })
}

/// `!high`, `!1`, `!!!`.
fn marked_priority(word: &str) -> Option<Priority> {
    match word {
        "!!!" => Some(Priority::High),
        "!!" => Some(Priority::Medium),
        _ => word.strip_prefix('!').filter(|word| !word.starts_with('p')).and_then(priority),
    }
}

fn unknown_priority() -> Complaint {
    let detail = "A priority is !high, !medium, !low or !none. To leave something out, write - before it.";
    Complaint::new("unknown_choice", detail)
}
