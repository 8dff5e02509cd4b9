//! Tells the next dates of a task while it is being said how it repeats. The server finds them; nothing is written.

use crate::client::{json::Json, page};
use gloo_net::http::Request;
use leptos::task::spawn_local;
use web_sys::{Element, UrlSearchParams};

/// How long to wait for the next letter, in milliseconds.
const PAUSE: u32 = 250;
/// The fields that the dates depend on.
const FIELDS: [&str; 5] = ["id", "repeat", "rrule_anchor", "due_date", "due_time"];

/// Whether something is one of those fields.
pub(super) fn is_asked(target: &Element) -> bool {
    target.closest(".task-editor").ok().flatten().is_some()
        && target.get_attribute("name").is_some_and(|name| FIELDS.contains(&name.as_str()))
}

/// Tells the dates when nothing more is typed for a moment.
pub(super) fn soon(target: &Element) {
    let Some(form) = target.closest("form").ok().flatten() else { return };
    let typed = typed(&form);
    spawn_local(async move {
        page::pause(PAUSE).await;
        if self::typed(&form) != typed {
            return;
        }
        let dates = ask(&typed).await;
        if let (Some(dates), Some(place)) = (dates, page::find_in(&form, ".repeat-dates"))
            && self::typed(&form) == typed
        {
            place.set_text_content(Some(&dates));
        }
    });
}

fn typed(form: &Element) -> [String; 5] {
    FIELDS.map(|name| page::value(form, name))
}

async fn ask(typed: &[String; 5]) -> Option<String> {
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in FIELDS.iter().zip(typed) {
        body.append(name, value);
    }
    let request = Request::post("/actions/preview_repeat").header("accept", "application/json").body(body).ok()?;
    let response = request.send().await.ok()?;
    let json = Json::parse(&response.text().await.ok()?)?;
    json.read::<String>().filter(|_| response.ok())
}
