//! Puts a filter together from plain choices, for who does not want to learn its language.

use crate::filter::{Expression, Filter, Term};

/// What was chosen, field by field, as a form sends it; an empty text is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Builder {
    /// `open`, `done` or `all`.
    pub status: String,
    /// One of [`Builder::DUE`].
    pub due: String,
    /// A priority's word.
    pub priority: String,
    /// A tag's name.
    pub tag: String,
    /// A project's name.
    pub project: String,
    /// Text to be found.
    pub text: String,
}

impl Builder {
    /// The choices of when a task is due: what the form sends, what people read, and the filter's words.
    pub const DUE: [(&'static str, &'static str, &'static str); 8] = [
        ("", "Whenever", ""),
        ("overdue", "Overdue", "overdue"),
        ("today", "Today", "due:today"),
        ("until_today", "Today or earlier", "due:..today"),
        ("tomorrow", "Tomorrow", "due:tomorrow"),
        ("week", "Within seven days", "due:today..+7d"),
        ("some", "Some day", "has:due"),
        ("none", "Without a date", "no:due"),
    ];

    /// The filter in its own language.
    pub fn query(&self) -> String {
        let due = Self::DUE.iter().find(|(choice, ..)| *choice == self.due).map_or("", |(.., words)| words);
        let mut parts = match self.status.as_str() {
            "done" => vec!["is:done".to_owned()],
            "all" => vec!["(is:open | is:done)".to_owned()],
            _ => Vec::new(),
        };
        parts.push(due.to_owned());
        if !self.priority.is_empty() {
            parts.push(format!("!{}", self.priority));
        }
        parts.push(named("tag:", &self.tag));
        parts.push(named("project:", &self.project));
        parts.push(named("text:", &self.text));
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }
}

/// A condition about a name, written as the language itself writes it.
fn named(key: &str, name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        return String::new();
    }
    let quoted = format!("{key}\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    match Filter::parse(&quoted) {
        Ok(Filter {
            expression: Some(Expression::Term(term @ (Term::Tag(_) | Term::Project(_) | Term::Text(_)))),
            ..
        }) => term.to_string(),
        // What cannot be read is shown as it was typed, with its fault.
        _ => quoted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(change: impl FnOnce(&mut Builder)) -> String {
        let mut builder = Builder::default();
        change(&mut builder);
        builder.query()
    }

    #[test]
    fn choices_become_conditions() {
        assert_eq!(built(|_| ()), "");
        let all = built(|builder| {
            *builder = Builder {
                status: "done".to_owned(),
                due: "week".to_owned(),
                priority: "high".to_owned(),
                tag: "Home Office".to_owned(),
                project: "House".to_owned(),
                text: "say \"hi\"".to_owned(),
            };
        });
        assert_eq!(all, r#"is:done due:today..+7d !high #"Home Office" project:House text:"say \"hi\"""#);
    }

    #[test]
    fn whatever_is_chosen_can_be_read() {
        for (due, ..) in Builder::DUE.iter().skip(1) {
            let query = built(|builder| builder.due = (*due).to_owned());
            assert!(Filter::parse(&query).is_ok(), "{query}");
        }
        for status in ["open", "done", "all"] {
            let query = built(|builder| {
                status.clone_into(&mut builder.status);
                builder.project = "or (a) #b".to_owned();
            });
            assert!(Filter::parse(&query).is_ok(), "{query}");
        }
    }
}
