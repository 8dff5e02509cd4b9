//! The addresses of the task pages. Server and browser write them alike, letter by letter.

use domain::{ids::TaskId, tasks::TaskQuery};
use std::fmt::Write;

/// The page of one task.
pub fn task_address(id: TaskId) -> String {
    format!("/tasks/{id}")
}

/// The page of the list that a query asks for.
pub fn tasks_address(query: &TaskQuery) -> String {
    let mut address = "/tasks".to_owned();
    for (name, value) in query.to_pairs() {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        escape(&value, &mut address);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_differs_from_the_usual() {
        assert_eq!(tasks_address(&TaskQuery::default()), "/tasks");
        let query = TaskQuery::from_pairs([("status", "all"), ("q", "50% über a+b&c")]).unwrap();
        assert_eq!(tasks_address(&query), "/tasks?status=all&q=50%25%20%C3%BCber%20a%2Bb%26c");
    }
}
