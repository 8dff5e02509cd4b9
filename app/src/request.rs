//! What a server function or a page knows of the request it serves. The middleware of the server has looked at the
//! tokens before; nothing here judges them again.

use crate::{AppError, cookies::CookieStyle, places::Asked};
use axum::http::{StatusCode, request::Parts};
use backend::{
    Backend, Owner,
    accounts::{Client, Session},
};
use domain::Error;
use leptos::{
    prelude::{expect_context, provide_context, use_context},
    reactive::{computed::ScopedFuture, owner::Owner as Owned},
};
use leptos_axum::ResponseOptions;
use tokio::task::JoinHandle;

/// Who sends the request: put into its extensions by the server's session layer.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The verified session, if there is one.
    pub session: Option<Session>,
    /// Where the request comes from.
    pub client: Client,
}

/// Marks the request for a page whose query could not be read, and was left out.
#[derive(Debug, Clone, Copy)]
pub struct UnreadableQuery;

impl UnreadableQuery {
    /// What to tell about it.
    pub const DETAIL: &str = "What stands behind the question mark of this address is not UTF-8 in percent signs";
}

/// The database and the keys.
pub fn backend() -> Backend {
    expect_context::<Backend>()
}

/// Lets a part of the page ask for what it shows, whatever other parts wait for. Leptos polls the parts of a page one after
/// the other, and a part that the database has let in keeps everybody else out until it is polled again: two such pages
/// at once would wait for each other.
///
/// What it knows of the request is a copy: whoever asked for the page may leave before the answer is there, and a request
/// that is taken down on one thread while another looks something up in it waits for that one forever.
pub async fn ask<T: Send + 'static>(load: impl Future<Output = T> + Send + 'static) -> T {
    match begin(load).await {
        Ok(loaded) => loaded,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

fn begin<T: Send + 'static>(load: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    let here = Owned::current();
    let (backend, parts, cookies) = (use_context::<Backend>(), use_context::<Parts>(), use_context::<CookieStyle>());
    let (response, places) = (use_context::<ResponseOptions>(), use_context::<Asked>());
    let task = Owned::new_root(None).with(|| {
        hand_over(backend);
        hand_over(parts);
        hand_over(cookies);
        hand_over(response);
        hand_over(places);
        tokio::spawn(ScopedFuture::new(load))
    });
    // `with` does not give back where values are kept, and the copy's place is gone as soon as the task is done.
    if let Some(here) = here {
        here.set();
    }
    task
}

fn hand_over<T: Send + Sync + 'static>(value: Option<T>) {
    if let Some(value) = value {
        provide_context(value);
    }
}

/// Who sends the request; nobody while the routes are listed at start.
pub fn visitor() -> Option<Visitor> {
    use_context::<Parts>()?.extensions.get::<Visitor>().cloned()
}

/// The verified session.
///
/// # Errors
/// [`Error::SignedOut`] without one.
pub fn session() -> Result<Session, AppError> {
    visitor().and_then(|visitor| visitor.session).ok_or_else(|| refuse(Error::SignedOut))
}

/// Where the request comes from.
///
/// # Errors
/// [`Error::Internal`] outside a request.
pub fn client() -> Result<Client, AppError> {
    visitor().map(|visitor| visitor.client).ok_or_else(|| refuse(Error::Internal))
}

/// The door to the rows of whoever is signed in.
///
/// # Errors
/// [`Error::SignedOut`] without a session.
pub fn owner() -> Result<Owner, AppError> {
    session().map(|session| session.owner().clone())
}

/// Turns an error into the answer's status and the error itself; every server function refuses through it.
pub fn refuse(error: impl Into<Error>) -> AppError {
    let error = error.into();
    set_status(error.status());
    AppError(error)
}

/// Sets the status of the answer.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}
