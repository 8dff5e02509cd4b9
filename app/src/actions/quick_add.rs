//! The server function that reads a line while it is being typed. It changes nothing.

use crate::{AppError, components::tasks::Reading};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    crate::request::{backend, refuse, session},
    backend::quick_add::LineReader,
    domain::{
        Error,
        quick_add::{Ignored, LONGEST},
    },
};

/// How a task would be made from a line; `ignored` are words that stay text, each on a line of its own.
#[server(prefix = "/actions", endpoint = "read_line")]
pub async fn read_line(text: String, ignored: Option<String>) -> Result<Reading, AppError> {
    let session = session()?;
    if text.chars().nth(LONGEST).is_some() {
        return Err(refuse(Error::field("text", "too_long", format!("At most {LONGEST} characters are read at once"))));
    }
    let reader = LineReader::of(&backend(), session.owner(), session.user()).await.map_err(refuse)?;
    let ignored = ignored.unwrap_or_default();
    let ignored: Vec<Ignored> = ignored.lines().map(|words| Ignored::Words(words.to_owned())).collect();
    Ok(Reading::of(&text, &reader.read(&text, &ignored), reader.today()))
}
