//! The WASM entry: wakes the islands and the watch over the session, and nothing else.

// The islands register themselves by their exports; without this the linker would drop them.
extern crate app;

/// Called by the page's script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    app::watch_session();
}
