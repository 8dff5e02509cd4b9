//! No handler runs for ever: one that does is cut off, its transaction rolls back, and the client may try again. One
//! that waits is told soon if it waits for a database that is away.

use crate::{
    problem::{Answer, Refusal},
    site::Site,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
};
use domain::Error;
use std::{sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};

const WITHIN: Duration = Duration::from_secs(30);
/// Work that takes longer than this may be waiting in vain.
const USUAL: Duration = Duration::from_millis(1500);

/// Gives the handler its time.
pub(crate) async fn limit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Answer {
    within(&site, next.run(request)).await
}

/// Gives some work the time of a handler.
pub(crate) async fn within<T>(site: &Site, work: impl Future<Output = T>) -> Answer<T> {
    tokio::select! {
        outcome = timeout(WITHIN, work) => outcome.map_err(|_| Refusal(Error::Busy)),
        () = database_lost(site) => Err(Refusal(Error::Unavailable)),
    }
}

/// Ends when the database is away, and not before.
async fn database_lost(site: &Site) {
    loop {
        sleep(USUAL).await;
        if site.backend.is_away().await {
            return;
        }
    }
}
