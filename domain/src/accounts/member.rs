//! An account as the operator of the server sees it: who it is and whether it is used. What it owns is not the operator's
//! business.

use crate::{
    Timestamp,
    accounts::{DisplayName, Email},
    ids::{InviteId, UserId},
};
use serde::{Deserialize, Serialize};

/// One account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The account's id.
    pub id: UserId,
    /// The address as typed at sign-up.
    pub email: Email,
    /// How the person wants to be called.
    pub name: Option<DisplayName>,
    /// Whether this person runs the server.
    pub is_admin: bool,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When any session of it was last used.
    pub last_seen_at: Option<Timestamp>,
    /// How many devices are signed in.
    pub sessions: i64,
}

/// Some accounts, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberPage {
    /// The accounts.
    pub items: Vec<Member>,
    /// What to send as `before` for those before these.
    pub next_before: Option<UserId>,
}

/// An invitation that nobody has used yet, without the link itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}
