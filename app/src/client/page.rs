//! The document in the browser: what stands in forms, where the keyboard is, what the address says.

use crate::components::tasks::Fields;
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Reflect};
use leptos::{prelude::document, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Document, DomParser, Element, Event, FormData, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement,
    NodeList, SupportedType,
};

/// What stands on a page that the server alone counts.
const COUNTED: &str = ".counted";

/// Hears of such events in an element and in everything inside it, on their way down to where they happen: not all of
/// them come up again.
pub fn hear(element: &Element, events: &[&str], hear: impl Fn(&Event) + 'static) {
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| hear(&event));
    for event in events {
        let _ = element.add_event_listener_with_callback_and_bool(event, hear.as_ref().unchecked_ref(), true);
    }
    // An island lives as long as its page.
    hear.forget();
}

/// Reads the fields of a form as it would send them now.
pub fn fields(form: &HtmlFormElement) -> Fields {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let entries = js_sys::try_iter(&data).ok().flatten().into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| {
        let pair: Array = entry.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    texts.collect()
}

/// What stands in a field of a form.
pub fn value(form: &Element, field: &str) -> String {
    let control = find_in(form, &format!("[name={field}]"));
    control.and_then(|control| Reflect::get(&control, &"value".into()).ok()?.as_string()).unwrap_or_default()
}

/// Puts a text into a field of a form.
pub fn set_value(form: &Element, field: &str, text: &str) {
    if let Some(control) = find_in(form, &format!("[name={field}]")) {
        // Inputs, selects and text areas are different types that all have this property.
        let _ = Reflect::set(&control, &"value".into(), &text.into());
    }
}

/// The first element of the page that a selector names.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// The first element within another that a selector names.
pub fn find_in(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// Copies what is in the field that stands beside a button. The newer way of copying is there over https only, and many
/// run this program at home without.
pub fn copy_field(button: &Element) -> Option<()> {
    let field: HtmlInputElement = find_in(&button.closest(".field-control").ok()??, "input")?.dyn_into().ok()?;
    field.select();
    let document: HtmlDocument = document().dyn_into().ok()?;
    document.exec_command("copy").ok()?.then_some(())
}

/// Moves the keyboard to an element that is about to appear.
pub fn focus_soon(selector: String) {
    spawn_local(async move {
        settled().await;
        if let Some(element) = find(&selector) {
            let _ = element.focus();
        }
    });
}

/// Opens the details that hide an element.
pub fn unfold(element: &Element) {
    if let Ok(Some(details)) = element.closest("details") {
        let _ = details.set_attribute("open", "");
    }
}

/// Waits until the page shows what was changed last.
pub async fn settled() {
    pause(0).await;
}

/// Waits so many milliseconds.
pub async fn pause(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}

/// A part of another page of ours, as the server renders it.
pub async fn part_of(address: &str, selector: &str) -> Option<Element> {
    page_at(address).await?.query_selector(selector).ok()?
}

async fn page_at(address: &str) -> Option<Document> {
    let answer = Request::get(address).send().await.ok()?;
    DomParser::new().ok()?.parse_from_string(&answer.text().await.ok()?, SupportedType::TextHtml).ok()
}

/// Writes what the server has counted on this page as it is now.
pub async fn count_anew(address: &str) {
    if find(COUNTED).is_none() {
        return;
    }
    let Some(page) = page_at(address).await else { return };
    let (Ok(here), Ok(now)) = (document().query_selector_all(COUNTED), page.query_selector_all(COUNTED)) else {
        return;
    };
    for place in 0..here.length() {
        let element = |nodes: &NodeList| nodes.get(place)?.dyn_into::<Element>().ok();
        if let Some((here, now)) = element(&here).zip(element(&now)) {
            here.set_inner_html(&now.inner_html());
        }
    }
}

/// The path of this page.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Lets the address say what is shown, without going anywhere.
pub fn show_address(address: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Leaves for another page.
pub fn go_to(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(address);
    }
}

/// Asks the server for this page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
