//! Reads what is left of a body that nobody wanted. A connection that is closed with unread bytes is reset, and a
//! reset takes the answer away from a client that is still sending: it would never learn why it was refused.

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::header::EXPECT,
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

const MOST: usize = 16 * 1024 * 1024;
const WITHIN: Duration = Duration::from_secs(3);

/// Lets the request through and swallows, beside the answer, what was not read of its body.
pub(crate) async fn rest(request: Request, next: Next) -> Response {
    // A client that waits for `100 Continue` sends nothing once it has its answer.
    if request.body().is_end_stream() || request.headers().contains_key(EXPECT) {
        return next.run(request).await;
    }
    let leftover = Leftover::default();
    let request = request.map(|body| Body::new(Watched { body: Some(body), leftover: Arc::clone(&leftover) }));
    let response = next.run(request).await;
    let unread = leftover.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(unread) = unread {
        tokio::spawn(tokio::time::timeout(WITHIN, swallow(unread)));
    }
    response
}

async fn swallow(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MOST {
            return;
        }
    }
}

type Leftover = Arc<Mutex<Option<Body>>>;

/// A body that comes back when it is dropped before its end.
struct Watched {
    body: Option<Body>,
    leftover: Leftover,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.body {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(body) = self.body.take().filter(|body| !body.is_end_stream()) {
            *self.leftover.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
        }
    }
}
