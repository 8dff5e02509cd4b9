//! Addresses of pages that take parameters. Server and browser write them alike, letter by letter.

use std::fmt::Write;

/// The page of the list that these parameters ask for.
pub fn list_address<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    address("/tasks", parameters)
}

/// A page with these parameters.
pub fn address<'a>(page: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut address = page.to_owned();
    for (name, value) in parameters {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        escape(value, &mut address);
    }
    address
}

/// Keeps the unreserved characters of RFC 3986 and writes the bytes of all others as `%` with two digits.
fn escape(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}
