//! One field of a task's form: a label, a control that keeps what is typed into it, and what is wrong with it. The
//! controls are left to the browser and read when the form is sent, so nothing that is typed can get lost on the way.

use crate::components::tasks::{Fields, Refusal, priority_name};
use domain::tasks::Priority;
use leptos::{either::EitherOf3, prelude::*};

/// What a repetition is counted from, with the words for it.
const ANCHORS: [(&str, &str); 2] = [("schedule", "The schedule"), ("completion", "The day it is done")];

/// What kind of control a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line, of such a type of input.
    Line(&'static str),
    /// Several lines.
    Lines,
    /// The choice of a priority.
    Priority,
    /// The choice of what a repetition is counted from.
    Anchor,
    /// The choice of a project; which there are, whoever shows the field knows.
    Project,
}

/// A field: its name in the form, its label, its control.
pub type Shape = (&'static str, &'static str, Kind);

/// The title of a task that exists.
pub const TITLE: Shape = ("title", "Title", Kind::Line("text"));
/// What else there is to say.
pub const NOTES: Shape = ("notes", "Notes", Kind::Lines);
/// The day it is due.
pub const DUE_DATE: Shape = ("due_date", "Due date", Kind::Line("date"));
/// The time it is due.
pub const DUE_TIME: Shape = ("due_time", "Due time", Kind::Line("time"));
/// How much it matters.
pub const PRIORITY: Shape = ("priority", "Priority", Kind::Priority);
/// Its tags.
pub const TAGS: Shape = ("tags", "Tags", Kind::Line("text"));

/// The day until which it is out of sight.
const START_DATE: Shape = ("start_date", "Start date", Kind::Line("date"));
/// The day that cannot be missed.
const DEADLINE: Shape = ("deadline", "Deadline", Kind::Line("date"));
/// How long it takes.
const DURATION: Shape = ("duration_min", "Duration in minutes", Kind::Line("number"));
/// The zone of the due time.
const TIME_ZONE: Shape = ("time_zone", "Time zone of the due time", Kind::Line("text"));
/// What else a task's dates are, folded away until it is wanted.
pub const DATES: [Shape; 4] = [START_DATE, DEADLINE, DURATION, TIME_ZONE];

/// How it repeats.
pub const REPEAT: Shape = ("repeat", "Repeat", Kind::Line("text"));
/// What its repetition is counted from.
pub const RRULE_ANCHOR: Shape = ("rrule_anchor", "Count from", Kind::Anchor);

/// The project that it is in.
pub const PROJECT: Shape = ("project_id", "Project", Kind::Project);

/// A field of a task's form. `scope` tells the ids of one form from those of another on the same page.
pub fn form_field(shape: Shape, scope: &str, usual: String, refusal: Option<&Refusal>) -> impl IntoView + use<> {
    let owned = |(value, label): (&str, &str)| (value.to_owned(), label.to_owned());
    let choices = match shape.2 {
        Kind::Priority => Priority::ALL.iter().map(|one| owned((one.as_str(), priority_name(*one)))).collect(),
        Kind::Anchor => ANCHORS.into_iter().map(owned).collect(),
        _ => Fields::new(),
    };
    choice_field(shape, scope, usual, choices, refusal)
}

/// The same with the choices that a control offers: the value of each, and the words for it.
pub fn choice_field(
    shape: Shape,
    scope: &str,
    usual: String,
    choices: Fields,
    refusal: Option<&Refusal>,
) -> impl IntoView + use<> {
    let (name, label, kind) = shape;
    let id = format!("{name}{scope}");
    let error_id = format!("{id}-error");
    let text = refusal.and_then(|refusal| refusal.draft(name)).map_or(usual, str::to_owned);
    let wants_focus = refusal.is_some_and(|refusal| refusal.begins_with(name));
    let message = refusal.and_then(|refusal| refusal.message(name)).map(str::to_owned);
    let is_invalid = message.is_some().then_some("true");

    let control = match kind {
        Kind::Line(kind) => EitherOf3::A(view! {
            <input
                id=id.clone()
                name=name
                type=kind
                value=text
                placeholder=placeholder(name)
                list=(name == "repeat").then(|| format!("{id}-usual"))
                autocomplete="off"
                autofocus=wants_focus
                aria-invalid=is_invalid
                aria-describedby=error_id.clone()
            />
        }),
        Kind::Lines => EitherOf3::B(view! {
            <textarea
                id=id.clone()
                name=name
                rows="4"
                autofocus=wants_focus
                aria-invalid=is_invalid
                aria-describedby=error_id.clone()
                inner_html=textarea_text(&text)
            ></textarea>
        }),
        Kind::Priority | Kind::Anchor | Kind::Project => EitherOf3::C(view! {
            <select
                id=id.clone()
                name=name
                autofocus=wants_focus
                aria-invalid=is_invalid
                aria-describedby=error_id.clone()
            >
                {choices
                    .into_iter()
                    .map(|(value, label)| {
                        let is_chosen = value == text;
                        view! {
                            <option value=value selected=is_chosen>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        }),
    };

    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            <p class="field-error" id=error_id>
                {message}
            </p>
        </div>
    }
}

fn placeholder(name: &str) -> Option<&'static str> {
    match name {
        "tags" => Some("Separated by commas"),
        "repeat" => Some("every 2 weeks on mon, fri"),
        "time_zone" => Some("Europe/Berlin"),
        _ => None,
    }
}

/// A text as it stands in a `<textarea>`: Leptos writes it as it is, so that what people typed must be made harmless here.
pub fn textarea_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
