//! The messages beside the fields of a form.

use crate::components::tasks::Fault;
use domain::{
    accounts::{DisplayName, Email, LeastLength, Password},
    json::{Complaint, FromText},
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// What the rules, which are the server's own, already say about a form here.
pub(super) fn faults(action: &str, fields: &FormData) -> Vec<Fault> {
    let judged = ["email", "password", "new_password", "name"].into_iter();
    judged
        .filter_map(|field| {
            let text = fields.get(field).as_string()?;
            complaint(action, field, &text).map(|complaint| Fault { field: field.to_owned(), detail: complaint.detail })
        })
        .collect()
}

/// Looks again at a field that had a message, as its text changes.
pub(super) fn judge_again(event: &Event) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(form) = input.form().filter(|_| input.has_attribute("aria-invalid")) else { return };
    let action = FormData::new_with_form(&form).ok().and_then(|fields| fields.get("do").as_string());
    let complaint = complaint(&action.unwrap_or_default(), &input.name(), &input.value());
    mark(&form, &input.name(), complaint.as_ref().map(|complaint| complaint.detail.as_str()));
}

fn complaint(action: &str, field: &str, text: &str) -> Option<Complaint> {
    match (action, field) {
        ("sign_up", "email") => Email::from_text(text).err(),
        ("sign_up" | "reset_password", "password") | ("change_password", "new_password") => {
            Password::parse(text, least(field)).err()
        }
        ("sign_up" | "update_profile", "name") => Option::<DisplayName>::from_text(text).err(),
        _ => None,
    }
}

/// How long this server wants a password: its field says so.
fn least(field: &str) -> LeastLength {
    let said = document().get_element_by_id(field).and_then(|field| field.get_attribute("minlength"));
    said.and_then(|count| count.parse().ok()).unwrap_or_default()
}

/// Writes each message beside its field and moves the focus to the first; returns those that have no field.
pub(super) fn show(form: &HtmlFormElement, faults: Vec<Fault>) -> Vec<Fault> {
    let homeless = faults.into_iter().filter(|fault| !mark(form, &fault.field, Some(&fault.detail))).collect();
    if let Some(first) = query(form, "[aria-invalid]").and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
    homeless
}

/// Takes every message away, those that came with the page too.
pub(super) fn clear(form: &HtmlFormElement) {
    while let Some(input) = query(form, "[aria-invalid]") {
        mark(form, &input.id(), None);
        let _ = input.remove_attribute("aria-invalid");
    }
    if let Some(alert) = query(form, ".alert") {
        alert.remove();
    }
}

/// Empties the password fields: what was typed there has done its work.
pub(super) fn forget_passwords(form: &HtmlFormElement) {
    let inputs = form.elements();
    for input in (0..inputs.length()).filter_map(|index| inputs.item(index)) {
        if let Ok(input) = input.dyn_into::<HtmlInputElement>()
            && input.autocomplete().ends_with("-password")
        {
            input.set_value("");
        }
    }
}

/// Puts a message beside a field or takes it away. The message's element and the field bear the field's name in
/// their ids.
fn mark(form: &HtmlFormElement, field: &str, message: Option<&str>) -> bool {
    let input = document().get_element_by_id(field).filter(|input| form.contains(Some(input)));
    let place = document().get_element_by_id(&format!("{field}-error"));
    let (Some(input), Some(place)) = (input, place) else { return false };
    place.set_text_content(message);
    let _ = match message {
        Some(_) => input.set_attribute("aria-invalid", "true"),
        None => input.remove_attribute("aria-invalid"),
    };
    true
}

fn query(form: &HtmlFormElement, selector: &str) -> Option<Element> {
    form.query_selector(selector).ok().flatten()
}
