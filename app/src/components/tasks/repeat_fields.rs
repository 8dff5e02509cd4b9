//! The fields that say how a task repeats, and the dates that come of it.

use crate::components::tasks::{
    Card, Refusal,
    field::{REPEAT, RRULE_ANCHOR, form_field},
};
use leptos::prelude::*;

/// The two fields, with what most people choose; the first takes any other phrase, or a rule of RFC 5545. `dates` is what
/// the server knows of their dates; whoever types asks it again.
pub fn repeat_fields(card: &Card, scope: &str, dates: String, refusal: Option<&Refusal>) -> impl IntoView + use<> {
    view! {
        {form_field(REPEAT, scope, card.text("repeat"), refusal)}
        {form_field(RRULE_ANCHOR, scope, card.text("rrule_anchor"), refusal)}
        <datalist id=format!("repeat{scope}-usual")>
            <option value="every day"></option>
            <option value="every weekday"></option>
            <option value="every week"></option>
            <option value="every month"></option>
            <option value="every year"></option>
        </datalist>
        <p class="repeat-dates" aria-live="polite">
            {dates}
        </p>
    }
}
