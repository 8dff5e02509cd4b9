//! The links of mails. They hold a token, which must not stand in the address of a page: there it would be kept in the
//! history, shown over a shoulder and told to others as the referrer. So it moves into a cookie, and the page is asked for
//! once more without it. Nothing is looked up and nothing used: whoever follows a link has not pressed the button yet.

use crate::{middleware::guard::see_other, site::Site};
use axum::{extract::Request, response::Response};
use tower_cookies::{Cookies, cookie::time::Duration};

/// The pages that links lead to.
const PAGES: [&str; 2] = ["/reset", "/verify"];
/// How long somebody may think before pressing the button.
const LIFETIME: Duration = Duration::minutes(30);
const LONGEST: usize = 100;

/// Leads to the page of a link without its token, if there is one in the address.
pub(crate) fn hide_token(site: &Site, request: &Request) -> Option<Response> {
    let path = PAGES.into_iter().find(|path| *path == request.uri().path())?;
    let token = token(request.uri().query()?)?;
    let cookies = request.extensions().get::<Cookies>()?;
    cookies.add(site.cookies.cookie(site.cookies.link(), token, Some(LIFETIME)));
    Some(see_other(path))
}

/// The token in a query. What cannot be one is none: it goes into a header.
fn token(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let (_, token) = pairs.into_iter().find(|(name, _)| name == "token")?;
    let is_plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (is_plain && (1..=LONGEST).contains(&token.len())).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_plain_and_short() {
        assert_eq!(token("a=b&token=x-Y_9").as_deref(), Some("x-Y_9"));
        for query in
            ["", "token", "token=", "token=a%0d%0aSet-Cookie:x", "token=%00", &format!("token={}", "x".repeat(101))]
        {
            assert_eq!(token(query), None, "{query}");
        }
    }
}
