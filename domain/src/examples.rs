//! One of each error, for whoever describes them all: the page that the `type` of a problem leads to.

use crate::{Error, Limit, accounts::Scope, tasks::Task};

/// A task as it comes with a refusal.
const TASK: &str = r#"{
    "id": "0193a5f0-1111-7abc-8def-000000000001", "user_id": "0193a5f0-1111-7abc-8def-000000000002",
    "project_id": null, "parent_id": null, "title": "Buy milk", "notes": null, "is_completed": false,
    "completed_at": null, "priority": "none", "tags": [], "due_date": null, "due_time": null, "time_zone": null,
    "due_at": null, "start_date": null, "deadline": null, "duration_min": null, "rrule": null, "rrule_anchor": null,
    "position": "a0", "revision": 2, "created_at": "2026-11-20T09:00:00.000Z",
    "updated_at": "2026-11-20T09:00:00.000Z", "deleted_at": null
}"#;

impl Error {
    /// One of each, by status. A test holds the list to the codes that there are.
    pub fn examples() -> Vec<Self> {
        let limit = Limit { name: "guesses".to_owned(), most: 20, window: Some(300) };
        let stale = serde_json::from_str::<Task>(TASK).ok().map(|task| Self::Stale(Box::new(task)));
        let mut examples = vec![
            Self::Malformed("The request cannot be read".to_owned()),
            Self::AddressTooLong,
            Self::HeadersTooLarge,
            Self::WrongHost,
            Self::InvalidCredentials,
            Self::SecondFactorRequired { challenge: String::new() },
            Self::ChallengeOver,
            Self::PasskeyRefused,
            Self::SignedOut,
            Self::Forbidden,
            Self::CrossSite,
            Self::InsufficientScope { needed: Some(Scope::TasksWrite) },
            Self::ReauthRequired,
            Self::SignUpClosed,
            Self::InviteDead,
            Self::AddressUnverified,
            Self::NoMail,
            Self::NotFound,
            Self::MethodNotAllowed,
            Self::Timeout,
            Self::EmailTaken,
            Self::IdTaken,
            Self::TagTaken,
            Self::NothingToUndo,
            Self::NothingToRedo,
            Self::CannotUndo("Something that it needs is gone".to_owned()),
            Self::LastAdmin,
            Self::OwnAccount,
            Self::FactorOn,
            Self::FactorOff,
            Self::LastWayIn,
            Self::TooManyPasskeys,
            Self::PasskeysUnavailable,
            Self::LinkDead,
            Self::TooLarge { limit: 256 * 1024 },
            Self::UnsupportedMediaType { expected: "application/json".to_owned() },
            Self::field("", "invalid", "Some fields need another look; errors says which and why"),
            Self::IdempotencyKeyReused,
            Self::TooManyAttempts { seconds: 42, limit },
            Self::Internal,
            Self::Busy,
            Self::Unavailable,
        ];
        examples.extend(stale);
        examples.sort_by_key(Self::status);
        examples
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_is_one_of_each_code() {
        let source = include_str!("error.rs");
        let codes = source.split("pub fn code(").nth(1).and_then(|rest| rest.split("pub fn ").next()).unwrap();
        let codes: BTreeSet<&str> = codes.split('"').skip(1).step_by(2).collect();
        let examples = Error::examples();
        assert_eq!(examples.iter().map(Error::code).collect::<BTreeSet<_>>(), codes);
        assert_eq!(examples.len(), codes.len(), "none is there twice");
    }
}
