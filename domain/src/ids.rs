//! The identifiers of everything that has a row. Each is a UUID of its own type, so that one can never stand where
//! another is meant; making new ones needs a clock and chance and happens in `backend`.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A text that is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct InvalidId;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID as this kind of identifier.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        /// Only the hyphenated form of 36 characters is read: one row has one address.
        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if text.len() != 36 {
                    return Err(InvalidId);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }
    };
}

id!(
    /// A person's account.
    UserId
);
id!(
    /// One signed-in device of one account.
    SessionId
);
id!(
    /// One completed date of a task that repeats.
    CompletionId
);
id!(
    /// An API token of one account.
    ApiTokenId
);
id!(
    /// An invitation to make an account.
    InviteId
);
id!(
    /// A passkey of one account.
    PasskeyId
);
id!(
    /// A task, unique within its account.
    TaskId
);
id!(
    /// A project, unique within its account.
    ProjectId
);
id!(
    /// A tag, unique within its account.
    TagId
);
id!(
    /// A saved filter, unique within its account.
    FilterId
);
id!(
    /// A change to what an account owns; the client may choose it.
    ChangeId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hyphenated_form_is_an_id() {
        let good = "0193a5f0-1111-7abc-8def-000000000001";
        assert_eq!(good.parse::<TaskId>().map(|id| id.to_string()), Ok(good.to_owned()));
        for text in
            ["", "0", "me", "0193a5f011117abc8def000000000001", "{0193a5f0-1111-7abc-8def-000000000001}", "' OR 1=1--"]
        {
            assert_eq!(text.parse::<TaskId>(), Err(InvalidId), "{text}");
        }
    }
}
