//! Notices a session that ended while its page was out of sight: whoever comes back is told before they type on.

use super::page;
use gloo_net::http::Request;
use js_sys::Reflect;
use leptos::{prelude::document, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};

/// From now on a page of somebody who is signed in asks, each time it comes back into sight, whether they still are.
pub fn watch() {
    let Some(notice) = page::find("#session-ended") else { return };
    let look = Closure::<dyn Fn()>::new(move || {
        let is_hidden = Reflect::get(&document(), &"hidden".into()).is_ok_and(|hidden| hidden.is_truthy());
        if is_hidden {
            return;
        }
        let notice = notice.clone();
        spawn_local(async move {
            // Whoever is offline is not signed out.
            let Ok(answer) = Request::get("/api/auth/me").send().await else { return };
            let _ = notice.toggle_attribute_with_force("hidden", answer.status() != 401);
        });
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", look.as_ref().unchecked_ref());
    // The page is watched as long as it lasts.
    look.forget();
}
