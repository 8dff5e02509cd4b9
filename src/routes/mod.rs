//! Every address of the server, and the layers that each request passes on its way, the outermost last.

mod recorder;

pub use recorder::{Access, Recorded};
pub(crate) use recorder::{Recorder, Rule};

use crate::{
    StartError, actions, assets, docs, forms, health,
    middleware::{answer, drain, head, headers, panic, same_origin, trace},
    pages, rest,
    site::Site,
};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
};
use std::sync::Arc;
use tower_cookies::CookieManagerLayer;

/// Builds the router and the list of its routes.
pub(crate) fn build(site: &Arc<Site>) -> Result<(Router, Vec<Recorded>), StartError> {
    let recorder = Recorder::new(site);
    let recorder = health::record(recorder);
    let recorder = assets::record(recorder, site);
    let recorder = rest::record(recorder);
    let recorder = docs::record(recorder);
    let recorder = actions::record(recorder)?;
    let recorder = pages::record(recorder, forms::record)?;
    let (router, routes) = recorder.finish(pages::lost, pages::wrong_method);
    let router = router
        .layer(from_fn_with_state(Arc::clone(site), same_origin::require))
        .layer(CookieManagerLayer::new())
        .layer(from_fn_with_state(Arc::clone(site), head::require))
        .layer(from_fn(panic::catch))
        .layer(from_fn_with_state(Arc::clone(site), answer::finish))
        .layer(from_fn_with_state(Arc::clone(site), headers::add))
        .layer(from_fn(trace::follow))
        .layer(from_fn(drain::rest))
        .with_state(Arc::clone(site));
    Ok((router, routes))
}
