//! A text field with its label, its hint and what is wrong with it.

use crate::forms::Failure;
use leptos::prelude::*;

/// What stands in a field: the text, and the complaint about it if the form was refused.
#[derive(Debug, Clone, Default)]
pub struct Content {
    text: String,
    complaint: Option<String>,
    wants_focus: bool,
}

impl Content {
    /// What was typed into the field before the form was refused, else `usual`.
    pub fn of(failure: Option<&Failure>, field: &str, usual: &str) -> Self {
        let Some(failure) = failure else { return Self { text: usual.to_owned(), ..Self::default() } };
        let faults = failure.error.as_ref().map(domain::Error::fields).unwrap_or_default();
        Self {
            text: failure.value(field).unwrap_or_else(|| usual.to_owned()),
            complaint: failure.message(field),
            wants_focus: faults.first().is_some_and(|fault| fault.field == field),
        }
    }

    /// The same, in the field that the page begins with.
    pub fn focused(self) -> Self {
        Self { wants_focus: true, ..self }
    }

    /// What is in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it.
    pub fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }
}

/// A field of one line. What stands inside comes to the right of the text, such as a button that shows a password.
#[component]
pub fn Field(
    name: &'static str,
    label: &'static str,
    content: Content,
    /// Where another field of the page has this name too.
    #[prop(optional)]
    id: Option<&'static str>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    /// The fewest characters, for who judges before it is sent.
    #[prop(optional)]
    least: Option<usize>,
    #[prop(optional)] is_required: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described_by = if hint.is_some() { format!("{hint_id} {error_id}") } else { error_id.clone() };

    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="field-control">
                <input
                    id=id
                    name=name
                    type=kind
                    value=content.text
                    autocomplete=autocomplete
                    minlength=least
                    required=is_required
                    autofocus=content.wants_focus
                    aria-invalid=content.complaint.is_some().then_some("true")
                    aria-describedby=described_by
                />
                {children.map(|children| children())}
            </div>
            {hint
                .map(|hint| {
                    view! {
                        <p class="field-hint" id=hint_id>
                            {hint}
                        </p>
                    }
                })}
            <p class="field-error" id=error_id>
                {content.complaint}
            </p>
        </div>
    }
    .into_any()
}
