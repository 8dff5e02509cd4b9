//! Tells how hard a password is to guess while it is being chosen. The lists that this takes are too large for a
//! browser, so the server judges, when nothing more is typed for a moment. Without scripts it judges the form.

use leptos::{prelude::*, web_sys::Element};

/// What was said of the password last.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "on the server nothing was typed yet"))]
struct Judgement {
    /// From 0 to 4; 3 is enough.
    score: usize,
    advice: String,
}

/// Stands below the password of a form.
#[island]
pub fn PasswordStrength() -> impl IntoView {
    let judgement = RwSignal::new(None::<Judgement>);

    view! {
        <div class="strength" aria-live="polite" use:watching=judgement>
            {move || judgement.with(|judgement| judgement.as_ref().map(words))}
        </div>
    }
}

fn words(judgement: &Judgement) -> impl IntoView + use<> {
    let Judgement { score, advice } = judgement.clone();
    let word = match score {
        0 | 1 => "Very easy to guess.",
        2 => "Easy to guess.",
        3 => "Hard to guess.",
        _ => "Very hard to guess.",
    };

    view! {
        <meter min="0" max="4" low="3" high="3" optimum="4" value=score.to_string() aria-label="Password strength"></meter>
        <span>{format!("{word} {advice}")}</span>
    }
}

/// Watches the form around an element. On the server nothing is ever typed.
fn watching(element: Element, judgement: RwSignal<Option<Judgement>>) {
    #[cfg(feature = "hydrate")]
    browser::watch(&element, judgement);
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, judgement);
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Judgement;
    use crate::client::{actions, page};
    use leptos::{prelude::*, task::spawn_local};
    use std::cell::Cell;
    use wasm_bindgen::JsCast;
    use web_sys::Element;

    /// How long to wait for the next letter, in milliseconds.
    const PAUSE: u32 = 300;

    thread_local! {
        /// How many times the password was changed.
        static TURN: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn watch(element: &Element, judgement: RwSignal<Option<Judgement>>) {
        let Some(form) = element.closest("form").ok().flatten() else { return };
        let watched = form.clone();
        page::hear(&form, &["input"], move |event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let is_new_password =
                field.is_some_and(|field| field.get_attribute("autocomplete").as_deref() == Some("new-password"));
            if is_new_password {
                spawn_local(judge(watched.clone(), judgement));
            }
        });
    }

    async fn judge(form: Element, judgement: RwSignal<Option<Judgement>>) {
        let turn = TURN.get().wrapping_add(1);
        TURN.set(turn);
        page::pause(PAUSE).await;
        if turn != TURN.get() {
            return;
        }
        let said = ask(&form).await;
        if turn == TURN.get() {
            judgement.set(said);
        }
    }

    async fn ask(form: &Element) -> Option<Judgement> {
        let field = page::find_in(form, "[autocomplete=new-password]")?.get_attribute("name")?;
        let password = page::value(form, &field);
        if password.is_empty() {
            return None;
        }
        let (email, name) = (page::value(form, "email"), page::value(form, "name"));
        let fields = [("password", password.as_str()), ("email", &email), ("name", &name)];
        let json = actions::ask("judge_password", &fields).await?;
        Some(Judgement { score: json.get("score")?, advice: json.get("advice")? })
    }
}
