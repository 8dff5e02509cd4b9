//! The pages, one to a file. They render on the server only.

mod admin;
mod dashboard;
mod errors;
mod forgot;
mod landing;
mod lists;
mod paste;
mod places;
mod reset;
mod settings;
mod sign_in;
mod sign_in_code;
mod sign_out;
mod sign_up;
mod task;
mod task_parts;
mod tasks;
mod verify;

pub use admin::{PeoplePage, ServerPage};
pub use dashboard::DashboardPage;
pub use errors::{ErrorPage, NotFoundPage};
pub use forgot::ForgotPage;
pub use landing::LandingPage;
pub use lists::{BinPage, InboxPage, LogbookPage, SearchPage, TodayPage, UpcomingPage};
pub use paste::PastePage;
pub use places::{FilterPage, FiltersPage, ProjectPage, ProjectsPage, TagPage, TagsPage};
pub use reset::ResetPage;
pub use settings::{ActivityPage, DataPage, DevicesPage, SecurityPage, SettingsPage, TokensPage};
pub use sign_in::SignInPage;
pub use sign_in_code::SignInCodePage;
pub use sign_out::SignOutPage;
pub use sign_up::SignUpPage;
pub use task::TaskPage;
pub use tasks::TasksPage;
pub use verify::VerifyPage;

use crate::{
    components::tasks::{Moment, say_next},
    cookies::CookieStyle,
    forms::{Failure, failure},
};
use axum::http::request::Parts;
use domain::calendar::format_date;
use leptos::prelude::use_context;
use tower_cookies::Cookies;

/// The parameters that the pages of accounts understand. A form carries these on and nothing else: an address that
/// somebody made up leaves no trace in the page.
const CARRIED_ON: [&str; 2] = ["next", "reason"];

/// The address of the page that is being rendered: where its forms are sent to.
pub fn here() -> String {
    let Some(parts) = use_context::<Parts>() else { return "/".to_owned() };
    let pairs = parts.uri.query().unwrap_or_default().split('&');
    let kept: Vec<&str> =
        pairs.filter(|pair| pair.split_once('=').is_some_and(|(name, _)| CARRIED_ON.contains(&name))).collect();
    let path = parts.uri.path();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// A parameter of the page's query, decoded.
pub fn parameter(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let axum::extract::Query(pairs) = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The form of a list, or of one of its rows, that was refused.
fn refused_in_list() -> Option<Failure> {
    let forms = ["add_task", "set_task_completed", "skip_task", "delete_task", "restore_task", "move_task"];
    forms.into_iter().find_map(failure)
}

/// What a task that repeats went on to when the form before this page was sent, in words.
pub fn news(moment: Moment) -> Option<String> {
    let today = format_date(moment.today);
    let said = |(name, done)| parameter(name).and_then(|next| say_next(done, &next, &today));
    [("done", "Done"), ("skipped", "Skipped")].into_iter().find_map(said)
}

/// The token of the link that led here: what the form of this action held, else what the link left in its cookie.
fn link_token(action: &str) -> Option<String> {
    let sent = failure(action).and_then(|failure| failure.value("token"));
    let kept = || {
        let cookies = use_context::<Parts>()?.extensions.get::<Cookies>().cloned()?;
        Some(cookies.get(use_context::<CookieStyle>()?.link())?.value().to_owned())
    };
    sent.or_else(kept).filter(|token| !token.is_empty())
}
