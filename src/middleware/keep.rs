//! Keeps what a form held until its answer is known. A page whose database is away cannot show the form again, but the
//! page that says so can hold on to what was typed; so can the one that says that there is no such page any longer.
//! Passwords, codes and tokens are never in it.

use super::body;
use crate::problem::{Answer, Refusal};
use axum::{body::Body, extract::Request, http::Method, middleware::Next};
use domain::{Error, parameters};

/// The fields of a form that was refused for now.
#[derive(Debug, Clone)]
pub(crate) struct Kept(pub(crate) Vec<(String, String)>);

/// Gives a refusal that may pass, or of a page that is gone, the fields of the form that it refuses.
pub(crate) async fn fields(request: Request, next: Next) -> Answer {
    if request.method() != Method::POST || !body::is_form(request.headers()) {
        return Ok(next.run(request).await);
    }
    let (parts, body) = request.into_parts();
    let body = body::collect_in_time(body).await?;
    let mut response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let is_lost = |Refusal(error): &Refusal| error.is_passing() || *error == Error::NotFound;
    if response.extensions().get::<Refusal>().is_some_and(is_lost) && parameters::are_readable(&body) {
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap_or_default();
        response.extensions_mut().insert(Kept(fields.into_iter().filter(|(name, _)| !is_secret(name)).collect()));
    }
    Ok(response)
}

fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 3] = ["password", "secret", "token"];
    const NAMES: [&str; 4] = ["challenge", "code", "credential", "invite"];
    NAMES.contains(&name) || WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in ["password", "new_password", "token", "code", "challenge", "invite"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["do", "title", "email", "notes"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
