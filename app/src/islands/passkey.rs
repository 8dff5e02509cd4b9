//! Asks the browser for a passkey: a new one, or one to sign in with. Without scripts, in an old browser and under
//! another name than the passkeys are for, its form stays hidden, and nothing is lost: the password is always there.

use leptos::{prelude::*, web_sys::Element};

/// Wakes the form inside, if this browser can have passkeys here. `data-passkey` says what for, `data-host` where.
#[island]
pub fn PasskeyForm(children: Children) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);

    view! {
        <div class="enhanced-form" use:asking=trouble>
            {move || {
                trouble
                    .get()
                    .map(|trouble| {
                        view! {
                            <div class="alert" role="alert">
                                <span>{trouble}</span>
                            </div>
                        }
                    })
            }}
            {children()}
        </div>
    }
}

/// Hears of the form inside an element. On the server nothing is ever sent.
fn asking(element: Element, trouble: RwSignal<Option<String>>) {
    #[cfg(feature = "hydrate")]
    browser::wake(&element, trouble);
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, trouble);
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::client::{
        json::Json,
        page,
        rest::{problem, unreachable},
    };
    use gloo_net::http::Request;
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{Element, HtmlElement};

    const NOT_GIVEN: &str = "No passkey was given. Try again, or use your password.";

    /// The words of one purpose.
    struct Purpose {
        /// Where to ask; what is answered goes to the same place without the last part.
        start: &'static str,
        /// The method of `navigator.credentials`.
        method: &'static str,
        /// What reads its options.
        parser: &'static str,
    }

    const ADD: Purpose =
        Purpose { start: "/api/auth/factors/passkeys/start", method: "create", parser: "parseCreationOptionsFromJSON" };
    const SIGN_IN: Purpose =
        Purpose { start: "/api/auth/signin/passkey/start", method: "get", parser: "parseRequestOptionsFromJSON" };

    pub(super) fn wake(element: &Element, trouble: RwSignal<Option<String>>) {
        let Some(form) = page::find_in(element, "form").filter(is_possible) else { return };
        form.set_hidden(false);
        page::hear(element, &["submit"], move |event| {
            event.prevent_default();
            let form = form.clone();
            trouble.set(None);
            spawn_local(async move {
                if let Err(reason) = ask(&form).await {
                    trouble.set(Some(reason));
                }
            });
        });
    }

    /// Whether this browser has passkeys, knows their JSON, and is where they are for.
    fn is_possible(form: &HtmlElement) -> bool {
        let host = window().location().hostname().ok();
        host == form.get_attribute("data-host") && member(&class(), ADD.parser).is_function()
    }

    async fn ask(form: &HtmlElement) -> Result<(), String> {
        let adds = form.get_attribute("data-passkey").as_deref() == Some("add");
        let purpose = if adds { ADD } else { SIGN_IN };
        let asked = post(purpose.start, "{}").await?;
        let wish = Object::new();
        set(&wish, "publicKey", &call(&class(), purpose.parser, &member(&asked, "options"))?);
        let credentials = member(&member(&js_sys::global(), "navigator"), "credentials");
        let promise: Promise = call(&credentials, purpose.method, &wish)?.unchecked_into();
        let answer = Object::new();
        set(&answer, "credential", &JsFuture::from(promise).await.map_err(|_| NOT_GIVEN.to_owned())?);
        set(&answer, "ceremony", &member(&asked, "ceremony"));
        if adds {
            set(&answer, "name", &page::value(form, "name").into());
        } else if let Some(remember) = page::find("[name=remember]") {
            set(&answer, "remember", &member(&remember, "checked"));
        }
        let body = JSON::stringify(&answer).ok().map(String::from).unwrap_or_default();
        post(purpose.start.trim_end_matches("/start"), &body).await?;
        match form.get_attribute("data-next") {
            Some(next) => page::go_to(&next),
            None => page::reload(),
        }
        Ok(())
    }

    /// Sends JSON and reads JSON, or says why not.
    async fn post(path: &str, body: &str) -> Result<JsValue, String> {
        let lost = |_| unreachable().sentence;
        let request = Request::post(path).header("content-type", "application/json").body(JsValue::from_str(body));
        let response = request.map_err(lost)?.send().await.map_err(lost)?;
        let text = response.text().await.map_err(lost)?;
        if response.ok() {
            return JSON::parse(&text).map_err(|_| unreachable().sentence);
        }
        Err(Json::parse(&text).and_then(|body| problem(&body, false)).unwrap_or_else(unreachable).sentence)
    }

    fn class() -> JsValue {
        member(&js_sys::global(), "PublicKeyCredential")
    }

    fn member(object: &JsValue, name: &str) -> JsValue {
        Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }

    fn set(object: &Object, name: &str, value: &JsValue) {
        let _ = Reflect::set(object, &name.into(), value);
    }

    fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, String> {
        let method: Function = member(object, method).unchecked_into();
        method.call1(object, argument).map_err(|_| NOT_GIVEN.to_owned())
    }
}
