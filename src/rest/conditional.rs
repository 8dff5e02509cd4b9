//! Entity tags (RFC 9110, 8.8 and 13.1): a row's is its revision, a list's the number of its owner's newest change.

use crate::problem::{Answer, Refusal};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use domain::{Error, Timestamp, tasks::Task};
use std::future::Future;

/// The entity tag of a task.
pub(super) fn of_task(task: &Task) -> HeaderValue {
    of_revision(task.revision)
}

/// The entity tag of a row with this revision.
pub(super) fn of_revision(revision: i64) -> HeaderValue {
    value(&format!("\"{revision}\""))
}

/// The entity tag of every list of somebody's tasks; of one that time changes, within a minute.
pub(super) fn of_list(sequence: i64, now: Option<Timestamp>) -> HeaderValue {
    let minute = now.map(|now| format!("-{}", now.seconds() / 60)).unwrap_or_default();
    value(&format!("W/\"{}{sequence}{minute}\"", super::ETAG_LISTS))
}

/// A header's value from a text of ours, which has no characters that a header cannot have.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether the client has this version already (`If-None-Match`, by weak comparison).
pub(super) fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = strong(tag.to_str().unwrap_or_default());
    tags(headers, &header::IF_NONE_MATCH).iter().any(|theirs| theirs == "*" || strong(theirs) == ours)
}

/// The revision that a write insists on (`If-Match`, by strong comparison). `now` looks up the revision that the row has,
/// and what a refusal says of it.
///
/// # Errors
/// None of the revisions that were named is the row's; the row as it is comes with the refusal.
pub(super) async fn revision<F>(headers: &HeaderMap, now: impl FnOnce() -> F) -> Answer<Option<i64>>
where
    F: Future<Output = Answer<(i64, Error)>>,
{
    let tags = tags(headers, &header::IF_MATCH);
    if tags.is_empty() || tags.iter().any(|tag| tag == "*") {
        return Ok(None);
    }
    if let [only] = tags.as_slice()
        && let Some(revision) = read_revision(only)
    {
        return Ok(Some(revision));
    }
    let (revision, refusal) = now().await?;
    if tags.iter().any(|tag| read_revision(tag) == Some(revision)) { Ok(Some(revision)) } else { Err(Refusal(refusal)) }
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or("unreadable"));
    lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

fn read_revision(tag: &str) -> Option<i64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(theirs: &'static str, ours: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(theirs));
        is_known(&headers, &HeaderValue::from_static(ours))
    }

    #[test]
    fn a_known_version_is_recognised() {
        assert!(knows("\"3\"", "\"3\""));
        assert!(knows("W/\"3\"", "\"3\""));
        assert!(knows("\"1\", W/\"seq-7\"", "W/\"seq-7\""));
        assert!(knows("*", "\"3\""));
        assert!(!knows("\"4\"", "\"3\""));
        assert!(!knows("3", "\"3\""));
    }

    #[test]
    fn only_a_strong_tag_is_a_revision() {
        assert_eq!(read_revision("\"12\""), Some(12));
        for tag in ["W/\"12\"", "12", "\"twelve\"", "\"", ""] {
            assert_eq!(read_revision(tag), None, "{tag}");
        }
    }
}
