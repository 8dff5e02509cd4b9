//! A panic in a handler is an answer of 500, and the process lives on.

use crate::problem::Refusal;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Error;
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Runs the rest of the way, whatever happens there.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    let mut answer = pin!(next.run(request));
    let outcome: Result<Response, Box<dyn Any + Send>> = std::future::poll_fn(|context| {
        // What panicked is dropped and never polled again, so nobody sees what it left half done.
        match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(response)) => Poll::Ready(Ok(response)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await;
    match outcome {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(panic = message(panic.as_ref()), "a handler panicked");
            Refusal(Error::Internal).into_response()
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, http::StatusCode, middleware::from_fn, routing::any};
    use tower::ServiceExt;

    #[tokio::test]
    async fn h20_a_panic_is_an_answer() {
        async fn broken() -> StatusCode {
            tokio::task::yield_now().await;
            panic!("on purpose")
        }
        let router: Router = Router::new().fallback(any(broken)).layer(from_fn(catch));
        for _ in 0..2 {
            let response = router.clone().oneshot(Request::new(Body::empty())).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        }
    }
}
