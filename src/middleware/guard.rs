//! Holds each route to its access rule, before the body is read.

use super::session::Expired;
use crate::{
    problem::{Answer, Refusal},
    routes::Access,
};
use app::request::Visitor;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::accounts::{Grant, Session};
use domain::{
    Error,
    ids::UserId,
    return_to::{HOME, ReturnTo},
};

/// The rule of one route. Pages lead people somewhere; everything else answers with a status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard {
    pub(crate) access: Access,
    pub(crate) is_page: bool,
}

/// Lets in who may, and answers the others.
pub(crate) async fn admit(State(guard): State<Guard>, request: Request, next: Next) -> Answer {
    let extensions = request.extensions();
    let session = extensions.get::<Visitor>().and_then(|visitor| visitor.session.as_ref());
    let grant = extensions.get::<Grant>();
    let user = session.map(Session::user).or_else(|| grant.map(Grant::user));
    match (guard.access, user) {
        (Access::SignedOut, Some(_)) => return Ok(see_other(&destination(request.uri()))),
        (Access::Open | Access::SignedOut, _) => {}
        (access, Some(user)) => {
            if matches!(access, Access::Owner(_)) && !is_named(user.id, request.uri()) {
                return Err(Refusal(Error::Forbidden));
            }
            if access == Access::Admin && !user.is_admin {
                return Err(Refusal(Error::NotFound));
            }
            if let Some(grant) = grant {
                check_scope(grant, access)?;
            }
        }
        (_, None) if guard.is_page => {
            let expired = extensions.get::<Expired>().is_some();
            // A form of somebody whose session ran out goes on to `forms`, which puts aside what was typed.
            if !(expired && request.method() == Method::POST) {
                return Ok(sign_in_first(request.uri(), expired));
            }
        }
        (_, None) => return Err(Refusal(Error::SignedOut)),
    }
    Ok(next.run(request).await)
}

/// Whether this is who is named in `/api/{owner}/…`.
fn is_named(user: UserId, uri: &Uri) -> bool {
    let owner = owner(uri);
    owner == "me" || owner.parse() == Ok(user)
}

/// A program does what its token's scopes allow, and nothing where no scope is named.
fn check_scope(grant: &Grant, access: Access) -> Result<(), Refusal> {
    let needed = access.scope();
    let is_allowed = needed.is_some_and(|scope| grant.allows(scope));
    if is_allowed { Ok(()) } else { Err(Refusal(Error::InsufficientScope { needed })) }
}

/// Who is named in `/api/{owner}/…`, letter by letter: an address has one spelling.
fn owner(uri: &Uri) -> &str {
    uri.path().split('/').nth(2).unwrap_or_default()
}

/// Leads to the sign-in page, which leads back.
pub(crate) fn sign_in_first(uri: &Uri, expired: bool) -> Response {
    let here = uri.path_and_query().map_or("/", |here| here.as_str());
    let mut parameters = vec![("next", here)];
    if expired {
        parameters.push(("reason", "expired"));
    }
    let query = serde_urlencoded::to_string(parameters).unwrap_or_default();
    see_other(&format!("/signin?{query}"))
}

/// An answer that leads to another page of ours.
pub(crate) fn see_other(location: &str) -> Response {
    let mut headers = HeaderMap::new();
    // Locations are made of paths that came through a URI parser; the start is where anything else would lead.
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, location);
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Where somebody goes who is signed in already.
fn destination(uri: &Uri) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let next = pairs.into_iter().find(|(name, _)| name == "next");
    next.map_or_else(|| HOME.to_owned(), |(_, wish)| ReturnTo::parse(&wish).path().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(response: &Response) -> &str {
        response.headers()[header::LOCATION].to_str().unwrap()
    }

    #[test]
    fn signing_in_leads_back() {
        let uri: Uri = "/tasks?q=a%26b&status=all".parse().unwrap();
        assert_eq!(location(&sign_in_first(&uri, false)), "/signin?next=%2Ftasks%3Fq%3Da%2526b%26status%3Dall");
        assert!(location(&sign_in_first(&uri, true)).ends_with("&reason=expired"));
        let uri: Uri = "/signin?next=%2Ftasks%3Fq%3Da%2526b%26status%3Dall".parse().unwrap();
        assert_eq!(destination(&uri), "/tasks?q=a%26b&status=all");
    }

    #[test]
    fn the_owner_is_read_letter_by_letter() {
        assert_eq!(owner(&Uri::from_static("/api/me/tasks/%ff")), "me");
        assert_eq!(owner(&Uri::from_static("/api/%6De/tasks")), "%6De");
        assert_eq!(owner(&Uri::from_static("/api")), "");
    }

    #[test]
    fn nobody_is_led_astray() {
        for wish in ["/signin", "/signin?next=https%3A%2F%2Fevil.example", "/signin?next=%2F%2Fevil.example"] {
            assert_eq!(destination(&wish.parse().unwrap()), "/dashboard", "{wish}");
        }
    }
}
