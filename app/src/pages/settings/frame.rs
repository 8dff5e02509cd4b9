//! What stands around every page of the settings: the heading, the way to the others, and the parts they are made of.

use crate::{
    components::{Button, Content, Field, Summary},
    forms::failure,
    request,
};
use leptos::prelude::*;

const PAGES: [(&str, &str); 6] = [
    ("/settings", "General"),
    ("/settings/security", "Security"),
    ("/settings/devices", "Devices"),
    ("/settings/tokens", "API tokens"),
    ("/settings/activity", "Activity"),
    ("/settings/data", "Your data"),
];

/// A page of the settings.
#[component]
pub(super) fn Frame(here: &'static str, children: Children) -> impl IntoView {
    let links = PAGES.map(|(path, label)| {
        view! {
            <a class="tab" href=path aria-current=(path == here).then_some("page")>
                {label}
            </a>
        }
    });

    view! {
        <div class="page settings-page">
            <h1>"Settings"</h1>
            <nav class="tabs" aria-label="Settings">
                {links.into_iter().collect_view()}
            </nav>
            {children()}
        </div>
    }
}

/// A part of a page: its name, a word about it, and what belongs to it.
#[component]
pub fn Section(id: &'static str, title: &'static str, about: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section-intro">
                <h2 id=id>{title}</h2>
                <p>{about}</p>
            </div>
            <div class="section-body">{children()}</div>
        </section>
    }
}

/// Stands where something is guarded by a fresh confirmation, until there is one.
#[component]
pub fn ConfirmForm(here: &'static str) -> impl IntoView {
    let failure = failure("confirm_identity");

    view! {
        <form class="card stack" method="post" action=here novalidate>
            <input type="hidden" name="do" value="confirm_identity" />
            <Summary action="confirm_identity" />
            <p>"It has been a while: confirm that it is you."</p>
            <Field
                name="password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                is_required=true
                content=Content::of(failure.as_ref(), "password", "")
            />
            <CodeField id="confirm-code" action="confirm_identity" />
            <div class="form-actions">
                <Button>"Confirm"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Asks for a code in the form of this action, where signing in asks for one.
#[component]
pub fn CodeField(id: &'static str, action: &'static str) -> impl IntoView {
    let content = Content::of(failure(action).as_ref(), "code", "");
    let (session, backend) = (request::session(), request::backend());
    let is_asked = async move {
        match session {
            // Where it cannot be told, a field that is not needed does no harm.
            Ok(session) => backend::accounts::asks_for_code(&backend, session.owner()).await.unwrap_or(true),
            Err(_) => false,
        }
    };

    view! {
        <Suspense>
            {Suspend::new(async move {
                is_asked
                    .await
                    .then(|| {
                        view! {
                            <Field
                                id=id
                                name="code"
                                label="Code of your app, or a recovery code"
                                autocomplete="one-time-code"
                                is_required=true
                                content
                            />
                        }
                    })
            })}
        </Suspense>
    }
    .into_any()
}
