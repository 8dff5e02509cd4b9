//! The page for what went wrong before or inside the pages themselves. It is plain text in a frame of HTML: it must
//! work when nothing else does.

use crate::problem::status;
use axum::http::HeaderValue;
use domain::Error;

/// It loads the style sheet and pictures, and nothing else.
pub(crate) const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
);

/// The page for an error.
pub(crate) fn page(error: &Error, stylesheet: &str, request_id: &str) -> String {
    let heading = heading(error);
    let detail = escape(&error.to_string());
    let reference = match status(error).is_server_error() {
        true => format!("<p>If it happens again, tell whoever runs this server: <code>{request_id}</code></p>"),
        false => String::new(),
    };
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{heading} · Tickbox</title>\
         <link rel=\"stylesheet\" href=\"{stylesheet}\"></head><body><main id=\"content\"><div class=\"fault\">\
         <h1>{heading}</h1><p>{detail}</p>{reference}<p><a href=\"/\">Go to the start page</a></p></div></main></body></html>"
    )
}

fn heading(error: &Error) -> &'static str {
    match error {
        Error::NotFound => "Page not found",
        Error::Forbidden | Error::CrossSite | Error::SignUpClosed => "This was refused",
        Error::Busy | Error::Unavailable => "Not available right now",
        Error::Internal => "Something went wrong",
        _ => "This did not work",
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_faults_name_the_request() {
        let ours = page(&Error::Internal, "/pkg/tickbox.css", "an-id");
        assert!(ours.contains("<h1>Something went wrong</h1>") && ours.contains("an-id"));
        let theirs = page(&Error::Malformed("<script>".to_owned()), "/pkg/tickbox.css", "an-id");
        assert!(theirs.contains("&lt;script&gt;") && !theirs.contains("an-id"));
    }
}
