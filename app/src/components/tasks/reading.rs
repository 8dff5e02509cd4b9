//! How a line that is being typed is understood: which stretches of it mean what, in words. The server reads it; its
//! parser would be a third of the whole module in the browser.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
#[cfg(feature = "ssr")]
use domain::{
    calendar::{Date, parse_date, say_date},
    quick_add::{Parsed, Span, SpanKind},
    recurrence::{RuleSet, describe},
};
use leptos::{either::Either, prelude::*};
use serde::{Deserialize, Serialize};

/// A stretch of a line and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// The words as they stand in the line.
    pub text: String,
    /// Whether they were understood as something other than a title.
    pub meaning: Option<String>,
}

/// A line cut into stretches, which together are the whole line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// The stretches in order.
    pub stretches: Vec<Stretch>,
}

impl Reading {
    /// Cuts a line where something was understood.
    #[cfg(feature = "ssr")]
    pub fn of(line: &str, parsed: &Parsed, today: Date) -> Self {
        let letters: Vec<char> = line.chars().collect();
        let text = |start: usize, end: usize| letters.get(start..end).unwrap_or_default().iter().collect::<String>();
        let (mut stretches, mut at) = (Vec::new(), 0);
        for span in &parsed.spans {
            stretches.push(Stretch { text: text(at, span.start), meaning: None });
            stretches.push(Stretch { text: text(span.start, span.end), meaning: Some(say(span, today)) });
            at = span.end;
        }
        stretches.push(Stretch { text: text(at, letters.len()), meaning: None });
        stretches.retain(|stretch| !stretch.text.is_empty());
        Self { stretches }
    }

    /// The stretches that were understood.
    pub fn understood(&self) -> impl Iterator<Item = (&str, &str)> {
        self.stretches.iter().filter_map(|stretch| Some((stretch.text.as_str(), stretch.meaning.as_deref()?)))
    }
}

#[cfg(feature = "ssr")]
fn say(span: &Span, today: Date) -> String {
    let value = span.value.as_str();
    let say_when = |value: &str| match value.split_once([' ', 'T']) {
        Some((date, rest)) => format!("{}, {rest}", say_day(date, today)),
        None => say_day(value, today),
    };
    match span.kind {
        SpanKind::Due => format!("Due {}", lower(&say_when(value))),
        SpanKind::Recurrence => RuleSet::parse(value).map_or_else(|_| "Repeats".to_owned(), |rules| describe(&rules)),
        SpanKind::Deadline => format!("Deadline {}", lower(&say_day(value, today))),
        SpanKind::Reminder => match value.strip_prefix('-') {
            Some(_) => "Reminder before it is due".to_owned(),
            None => format!("Reminder {}", lower(&say_when(value))),
        },
        SpanKind::Duration => format!("{value} min"),
        SpanKind::Priority => format!("{} priority", first_upper(value)),
        SpanKind::Tag => format!("#{value}"),
        SpanKind::Project => format!("In {value}"),
        SpanKind::Assignee => format!("For {value}"),
        SpanKind::Section => format!("Section {value}"),
        SpanKind::Created => format!("Written down {}", lower(&say_day(value, today))),
        SpanKind::Notes => "Notes".to_owned(),
    }
}

#[cfg(feature = "ssr")]
fn say_day(date: &str, today: Date) -> String {
    parse_date(date).map_or_else(|| date.to_owned(), |date| say_date(date, today))
}

/// "Today" and its like within a sentence; the names of days keep their capitals.
#[cfg(feature = "ssr")]
fn lower(text: &str) -> String {
    ["Today", "Tomorrow", "Yesterday"]
        .iter()
        .find_map(|word| text.strip_prefix(word).map(|rest| format!("{}{rest}", word.to_lowercase())))
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(feature = "ssr")]
fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(feature = "hydrate")]
impl FromJson for Stretch {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { text: json.get("text")?, meaning: json.get("meaning")? })
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for Reading {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { stretches: json.get("stretches")? })
    }
}

/// The same line once more, to lie under the input: what was understood is marked, and the letters are not seen.
pub fn marked_line(reading: &Reading) -> impl IntoView + use<> {
    let stretches = reading.stretches.clone().into_iter();
    stretches
        .map(|Stretch { text, meaning }| match meaning {
            Some(_) => Either::Left(view! { <mark>{text}</mark> }),
            None => Either::Right(text),
        })
        .collect_view()
}

/// What was understood, each with the way to have it stay text.
pub fn chips(reading: &Reading) -> impl IntoView + use<> {
    let chips = reading.understood().map(|(text, meaning)| {
        view! {
            <li>
                <button
                    class="chip"
                    type="button"
                    data-act="keep"
                    value=text.to_owned()
                    aria-label=format!("{meaning}: keep “{text}” as text")
                >
                    {meaning.to_owned()}
                </button>
            </li>
        }
    });
    let summary = reading.understood().map(|(_, meaning)| meaning).collect::<Vec<_>>().join(" · ");

    view! {
        <ul class="chips" aria-label="Understood">
            {chips.collect_view()}
        </ul>
        <p class="visually-hidden" aria-live="polite">
            {summary}
        </p>
    }
}
