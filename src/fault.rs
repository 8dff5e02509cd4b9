//! The page for what went wrong before or inside the pages themselves. It is plain text in a frame of HTML: it must
//! work when nothing else does. Where the same may succeed later, it keeps what was typed and offers to try again; where
//! the page of a form is gone, it gives back what was written there.

use crate::problem::status;
use axum::http::HeaderValue;
use domain::Error;

/// It loads the style sheet and pictures, and nothing else.
pub(crate) const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
);

/// How the same can be tried once more.
pub(crate) enum Again {
    /// Not from here.
    Never,
    /// By going to the same address.
    Link {
        /// Which one.
        address: String,
    },
    /// By sending the same form.
    Form {
        /// To where.
        address: String,
        /// What it held, but for secrets.
        fields: Vec<(String, String)>,
    },
    /// Elsewhere: what was written can be taken along.
    Elsewhere {
        /// What the form held, but for secrets.
        fields: Vec<(String, String)>,
    },
}

/// The fields that people write into.
const WRITTEN: [&str; 4] = ["title", "name", "notes", "lines"];

impl Again {
    fn html(&self) -> String {
        match self {
            Self::Never => String::new(),
            Self::Link { address } => {
                format!("<p><a class=\"button\" href=\"{}\">Try again</a></p>", here(address))
            }
            Self::Form { address, fields } => {
                let input = |(name, value): &(String, String)| {
                    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
                };
                let inputs: String = fields.iter().map(input).collect();
                format!(
                    "<form method=\"post\" action=\"{}\">{inputs}<p>What you typed is kept on this page.</p>\
                     <button class=\"button\" type=\"submit\">Try again</button></form>",
                    here(address)
                )
            }
            Self::Elsewhere { fields } => {
                let is_written = |(name, value): &&(String, String)| WRITTEN.contains(&&**name) && !value.is_empty();
                let written =
                    fields.iter().filter(is_written).map(|(_, value)| format!("<pre>{}</pre>", escape(value)));
                let written: String = written.collect();
                if written.is_empty() { written } else { format!("<p>What you typed:</p>{written}") }
            }
        }
    }
}

/// An address on this server, whatever browsers make of slashes at its start.
fn here(address: &str) -> String {
    escape(&format!("/{}", address.trim_start_matches(['/', '\\'])))
}

/// The page for an error.
pub(crate) fn page(error: &Error, again: &Again, stylesheet: &str, request_id: &str) -> String {
    let again = again.html();
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
         <h1>{heading}</h1><p>{detail}</p>{again}{reference}<p><a href=\"/\">Go to the start page</a></p></div></main></body></html>"
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

/// A text as HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_faults_name_the_request() {
        let ours = page(&Error::Internal, &Again::Never, "/pkg/tickbox.css", "an-id");
        assert!(ours.contains("<h1>Something went wrong</h1>") && ours.contains("an-id"));
        let theirs = page(&Error::Malformed("<script>".to_owned()), &Again::Never, "/pkg/tickbox.css", "an-id");
        assert!(theirs.contains("&lt;script&gt;") && !theirs.contains("an-id"));
    }

    #[test]
    fn what_was_typed_comes_back_as_it_was() {
        let fields = vec![("title".to_owned(), "\"Milk\" & <eggs>".to_owned())];
        let again = Again::Form { address: "/tasks?q=a&status=all".to_owned(), fields };
        let page = page(&Error::Unavailable, &again, "/pkg/tickbox.css", "an-id");
        assert!(page.contains("action=\"/tasks?q=a&amp;status=all\""), "{page}");
        assert!(page.contains("name=\"title\" value=\"&quot;Milk&quot; &amp; &lt;eggs&gt;\""), "{page}");
    }

    #[test]
    fn what_was_written_can_be_taken_along() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = vec![field("do", "add_task"), field("title", "<b>Milk"), field("notes", "")];
        assert_eq!(Again::Elsewhere { fields }.html(), "<p>What you typed:</p><pre>&lt;b&gt;Milk</pre>");
        assert_eq!(Again::Elsewhere { fields: vec![field("id", "7")] }.html(), "");
    }

    #[test]
    fn trying_again_leads_nowhere_else() {
        for address in ["//evil.example/", "/\\evil.example/", "/\\/evil.example/"] {
            let link = Again::Link { address: address.to_owned() }.html();
            assert!(link.contains("href=\"/evil.example/\""), "{link}");
        }
    }
}
