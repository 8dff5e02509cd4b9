//! `Prefer: return=minimal` (RFC 7240): who has just written a task and needs no copy of it gets none.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What to show after a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Return {
    /// Nothing was said: the task.
    #[default]
    Usual,
    /// The task, as was asked for.
    Representation,
    /// No more than the headers.
    Minimal,
}

impl Return {
    /// Reads what is preferred; of two preferences the first counts, and one that nobody knows is passed over.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(PREFER).iter().filter_map(|line| line.to_str().ok());
        let mut wishes = lines.flat_map(|line| line.split(',')).filter_map(|preference| {
            let (name, value) = preference.split(';').next()?.split_once('=')?;
            name.trim().eq_ignore_ascii_case("return").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        match wishes.next().as_deref() {
            Some("minimal") => Self::Minimal,
            Some("representation") => Self::Representation,
            _ => Self::Usual,
        }
    }

    /// Says in the answer what was heeded.
    pub(super) fn note(self, headers: &mut HeaderMap) {
        let applied = match self {
            Self::Usual => return,
            Self::Representation => "return=representation",
            Self::Minimal => "return=minimal",
        };
        headers.insert(PREFERENCE_APPLIED, HeaderValue::from_static(applied));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_preference_counts() {
        let read = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(PREFER, HeaderValue::from_static(line));
            }
            Return::read(&headers)
        };
        assert_eq!(read(&["return=minimal"]), Return::Minimal);
        assert_eq!(read(&["respond-async, Return = \"Minimal\"; x=y"]), Return::Minimal);
        assert_eq!(read(&["return=representation", "return=minimal"]), Return::Representation);
        for lines in [&[][..], &["return"], &["return=everything"], &["minimal"]] {
            assert_eq!(read(lines), Return::Usual, "{lines:?}");
        }
    }
}
