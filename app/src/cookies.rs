//! The cookies of a session: their names and attributes are said here and nowhere else (RFC 6265bis, ASVS 3.3).

use backend::accounts::{SignedIn, Tokens};
use tower_cookies::{
    Cookie, Cookies,
    cookie::{SameSite, time::Duration},
};

/// The longest that browsers keep a cookie (RFC 6265bis).
const DEVICE_LIFETIME: Duration = Duration::days(400);

/// How cookies are named and guarded, which depends on the scheme of the base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieStyle {
    /// Over https: `__Host-` names, `Secure`.
    Secure,
    /// Over plain http on a machine or a network of one's own.
    Plain,
}

impl CookieStyle {
    /// The style for a base URL.
    pub fn for_base_url(base_url: &str) -> Self {
        if base_url.starts_with("https://") { Self::Secure } else { Self::Plain }
    }

    /// The name of the access token's cookie.
    pub const fn access(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_at",
            Self::Plain => "tickbox_at",
        }
    }

    /// The name of the refresh token's cookie.
    pub const fn refresh(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_rt",
            Self::Plain => "tickbox_rt",
        }
    }

    /// The name of the cookie that keeps what was typed while its writer signs in again.
    pub const fn draft(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_draft",
            Self::Plain => "tickbox_draft",
        }
    }

    /// The name of the cookie that marks a device which has been signed in before.
    pub const fn device(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_dev",
            Self::Plain => "tickbox_dev",
        }
    }

    /// The name of the cookie that keeps a sign-in while it waits for its code.
    pub const fn challenge(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_code",
            Self::Plain => "tickbox_code",
        }
    }

    /// The name of the cookie that keeps the token of a mail's link, so that it stands in no address.
    pub const fn link(self) -> &'static str {
        match self {
            Self::Secure => "__Host-tickbox_link",
            Self::Plain => "tickbox_link",
        }
    }

    /// Every name of ours.
    pub const fn all(self) -> [&'static str; 6] {
        [self.access(), self.refresh(), self.draft(), self.device(), self.challenge(), self.link()]
    }

    /// Hands a new session to the browser, and the mark by which its device is known at the next sign-in.
    pub fn welcome(self, cookies: &Cookies, signed_in: &SignedIn) {
        self.give(cookies, &signed_in.tokens);
        if let Some(mark) = &signed_in.device {
            cookies.add(self.cookie(self.device(), mark.clone(), Some(DEVICE_LIFETIME)));
        }
    }

    /// Hands the tokens of a session to the browser. Both live as long as the refresh token: an access token that
    /// has run out still says which session to refresh.
    pub fn give(self, cookies: &Cookies, tokens: &Tokens) {
        let lifetime = tokens.remember.then(|| Duration::seconds(tokens.refresh_seconds));
        cookies.add(self.cookie(self.access(), tokens.access.clone(), lifetime));
        cookies.add(self.cookie(self.refresh(), tokens.refresh.clone(), lifetime));
    }

    /// Takes the tokens away from the browser.
    pub fn clear(self, cookies: &Cookies) {
        for name in [self.access(), self.refresh()] {
            self.expire(cookies, name);
        }
    }

    /// Takes one cookie away.
    pub fn expire(self, cookies: &Cookies, name: &'static str) {
        cookies.add(self.cookie(name, String::new(), Some(Duration::ZERO)));
    }

    /// A cookie of ours, with every attribute that guards it.
    pub fn cookie(self, name: &'static str, value: String, lifetime: Option<Duration>) -> Cookie<'static> {
        let mut cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
        if self == Self::Secure {
            cookie = cookie.secure(true);
        }
        if let Some(lifetime) = lifetime {
            cookie = cookie.max_age(lifetime);
        }
        cookie.build()
    }
}
