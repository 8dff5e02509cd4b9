//! What a caller has to carry: the schemes, and for each endpoint which of them it takes. The latter is read off the
//! rules of the routes, so that it cannot tell anything else than what holds.

use super::answers::problem;
use crate::routes::Recorded;
use axum::http::Method;
use utoipa::openapi::{
    OpenApi, PathItem,
    path::Operation,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};

/// Adds the schemes, and to each endpoint those that it takes.
pub(super) fn describe(description: &mut OpenApi, routes: &[Recorded]) {
    let components = description.components.get_or_insert_default();
    let bearer = |format: &str| {
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format(format).build())
    };
    let cookie = |name: &str| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    components.add_security_scheme("bearer", bearer("JWT"));
    components.add_security_scheme("api_token", bearer("tbx_…"));
    components.add_security_scheme("access_cookie", cookie("__Host-tickbox_at"));
    components.add_security_scheme("refresh_cookie", cookie("__Host-tickbox_rt"));
    for route in routes.iter().filter(|route| route.access.is_guarded()) {
        let item = description.paths.paths.get_mut(&route.path);
        if let Some(operation) = item.and_then(|item| operation(item, &route.method)) {
            guard(operation, route);
        }
    }
}

/// A session will always do. An API token will with the scope, and is refused with 403 otherwise.
fn guard(operation: &mut Operation, route: &Recorded) {
    let nothing: [&str; 0] = [];
    let mut taken =
        vec![SecurityRequirement::new("bearer", nothing), SecurityRequirement::new("access_cookie", nothing)];
    taken.extend(route.access.scope().map(|scope| SecurityRequirement::new("api_token", [scope.as_str()])));
    operation.security = Some(taken);
    operation.responses.responses.entry("403".to_owned()).or_insert_with(|| problem("Not with this API token"));
}

/// The operation of a method.
pub(super) fn operation<'a>(item: &'a mut PathItem, method: &Method) -> Option<&'a mut Operation> {
    match method.as_str() {
        "GET" => item.get.as_mut(),
        "POST" => item.post.as_mut(),
        "PUT" => item.put.as_mut(),
        "PATCH" => item.patch.as_mut(),
        "DELETE" => item.delete.as_mut(),
        _ => None,
    }
}
