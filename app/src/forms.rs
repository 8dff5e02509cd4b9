//! What a page knows of a form that was sent from it: of one that could not be taken the messages and everything typed
//! (passwords never come back), of one that was taken what is shown only once.

use domain::Error;
use serde::{Deserialize, Serialize};

/// A form that was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The server function that refused it, such as `add_task`.
    pub action: String,
    /// Why; none for a form that was put aside while its writer signed in again.
    pub error: Option<Error>,
    /// What was typed, without passwords.
    pub fields: Vec<(String, String)>,
}

impl Failure {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }

    /// What is wrong with a field.
    pub fn message(&self, field: &str) -> Option<String> {
        self.error.as_ref()?.fields().into_iter().find(|fault| fault.field == field).map(|fault| fault.detail)
    }

    /// What is wrong with the form as a whole, if no field is to blame.
    pub fn summary(&self) -> Option<String> {
        self.error.as_ref().filter(|error| error.fields().is_empty()).map(Error::to_string)
    }
}

/// What came of a form that was taken, for the page to show this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The server function that took it, such as `make_token`.
    pub action: String,
    /// What it answered, as JSON.
    pub answer: String,
}

/// What a form of this action came to on the page that is being rendered.
#[cfg(feature = "ssr")]
pub fn outcome<T: serde::de::DeserializeOwned>(action: &str) -> Option<T> {
    let parts = leptos::prelude::use_context::<axum::http::request::Parts>()?;
    let outcome = parts.extensions.get::<Outcome>().filter(|outcome| outcome.action == action)?;
    serde_json::from_str(&outcome.answer).ok()
}

/// The failure of a form of this action on the page that is being rendered.
#[cfg(feature = "ssr")]
pub fn failure(action: &str) -> Option<Failure> {
    let parts = leptos::prelude::use_context::<axum::http::request::Parts>()?;
    parts.extensions.get::<Failure>().filter(|failure| failure.action == action).cloned()
}
