//! Where to go after signing in: only ever a page of our own. Guards against open redirects (ASVS 3.7.2).

use std::fmt;

/// The page that people land on when nothing better is known.
pub const HOME: &str = "/dashboard";

const LONGEST: usize = 1024;

/// A path of this very site that is safe to redirect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Reads a wish; whatever is not plainly a page of ours becomes the dashboard.
    ///
    /// ```
    /// use domain::return_to::ReturnTo;
    /// assert_eq!(ReturnTo::parse("/tasks?status=done").path(), "/tasks?status=done");
    /// assert_eq!(ReturnTo::parse("//evil.example").path(), "/dashboard");
    /// ```
    pub fn parse(wish: &str) -> Self {
        Self(if is_own_page(wish) { wish } else { HOME }.to_owned())
    }

    /// The path with its query.
    pub fn path(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReturnTo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_own_page(wish: &str) -> bool {
    let path = wish.split(['?', '#']).next().unwrap_or_default();
    let printable = wish.bytes().all(|byte| (0x21..0x7f).contains(&byte) && !br#"\"<>"#.contains(&byte));
    let plain_path = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    let leads_inside = path.starts_with('/') && !path.contains("//");
    let pointless = ["/signin", "/signin/code", "/signup", "/signout", "/login", "/register", "/logout"]
        .contains(&path.trim_end_matches('/'));
    let not_a_page = ["/api", "/actions", "/pkg"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    wish.len() <= LONGEST && printable && plain_path && leads_inside && !pointless && !not_a_page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_pages_are_kept() {
        for wish in [
            "/",
            "/tasks",
            "/tasks/0193a5f0-1111-7abc-8def-000000000001",
            "/tasks?q=a%20b&status=done",
            "/settings#password",
        ] {
            assert_eq!(ReturnTo::parse(wish).path(), wish);
        }
    }

    #[test]
    fn everything_else_is_the_dashboard() {
        let wishes = [
            "",
            "tasks",
            "//evil",
            "/\\evil",
            "\\\\evil",
            "/%2f/evil",
            "/%5cevil",
            "https:evil",
            "https://evil",
            "///evil",
            "/\t/evil",
            "/.//evil",
            "/../evil",
            "javascript:alert(1)",
            "data:text/html,x",
            "/@evil",
            "/x%0d%0aLocation:evil",
            "/a\r\nb",
            "/\u{2215}evil",
            "/signin",
            "/signin?next=/signin",
            "/signup/",
            "/logout",
            "/api/me/tasks",
            "/actions/sign_in",
            "/pkg/x.js",
        ];
        for wish in wishes {
            assert_eq!(ReturnTo::parse(wish).path(), HOME, "{wish:?}");
        }
        assert_eq!(ReturnTo::parse(&format!("/{}", "a".repeat(5000))).path(), HOME);
    }
}
