//! What stands above every page: the name of the program and, for who is signed in, the ways through it.

use crate::{
    components::{Button, ButtonKind, Glyph, Icon, Menu},
    request::visitor,
};
use axum::http::request::Parts;
use domain::accounts::User;
use leptos::prelude::*;

/// The header of every page.
#[component]
pub fn Header() -> impl IntoView {
    let user = visitor().and_then(|visitor| visitor.session).map(|session| session.user().clone());
    let home = if user.is_some() { "/dashboard" } else { "/" };

    view! {
        <header class="header">
            <div class="header-inner">
                <a class="brand" href=home>
                    <Mark />
                    "Tickbox"
                </a>
                {user.map(|user| view! { <SignedIn user /> })}
            </div>
        </header>
    }
}

/// The sign of the program: a box with a tick that does not quite stay inside.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <rect class="brand-box" x="2" y="4" width="18" height="18" rx="5.5" />
            <path class="brand-tick" d="m6.5 12.5 4 4L21 4" />
        </svg>
    }
}

#[component]
fn SignedIn(user: User) -> impl IntoView {
    let letter =
        user.greeting_name().chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();

    view! {
        <nav class="nav" aria-label="Main">
            <NavLink href="/dashboard" glyph=Glyph::Dashboard label="Dashboard" />
            <NavLink href="/today" glyph=Glyph::Today label="Today" />
            <NavLink href="/tasks" glyph=Glyph::Tasks label="Tasks" />
            <NavLink href="/search" glyph=Glyph::Search label="Search" />
            <NavLink href="/settings" glyph=Glyph::Settings label="Settings" />
        </nav>
        <div class="header-end">
            <Menu id="account-menu" label="Account" letter>
                <p class="menu-note">
                    "Signed in as " <strong>{user.email.to_string()}</strong>
                </p>
                {user
                    .is_admin
                    .then(|| {
                        view! {
                            <a class="menu-item" href="/admin">
                                "Administration"
                            </a>
                        }
                    })}
                <a class="menu-item" href="/api/docs">
                    "API documentation"
                </a>
            </Menu>
            <form method="post" action="/signout">
                <input type="hidden" name="do" value="sign_out" />
                <Button kind=ButtonKind::Quiet>"Sign out"</Button>
            </form>
        </div>
    }
    .into_any()
}

#[component]
fn NavLink(href: &'static str, glyph: Glyph, label: &'static str) -> impl IntoView {
    let current = use_context::<Parts>().and_then(|parts| current(parts.uri.path(), href));
    view! {
        <a class="nav-link" href=href aria-current=current>
            <Icon glyph />
            {label}
        </a>
    }
}

/// Whether a link leads to this very page, or to the list that it belongs to.
fn current(path: &str, href: &str) -> Option<&'static str> {
    let below = path.strip_prefix(href)?;
    if below.is_empty() { Some("page") } else { below.starts_with('/').then_some("true") }
}
