//! No handler runs for ever: one that does is cut off, its transaction rolls back, and the client may try again.

use crate::problem::{Answer, Refusal};
use axum::{extract::Request, middleware::Next};
use domain::Error;
use std::time::Duration;
use tokio::time::timeout;

const WITHIN: Duration = Duration::from_secs(30);

/// Gives the handler its time.
pub(crate) async fn limit(request: Request, next: Next) -> Answer {
    within(next.run(request)).await
}

/// Gives some work the time of a handler.
pub(crate) async fn within<T>(work: impl Future<Output = T>) -> Answer<T> {
    timeout(WITHIN, work).await.map_err(|_| Refusal(Error::Busy))
}
