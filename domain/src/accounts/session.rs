//! A signed-in device as its owner sees it. Tokens never come here.

use crate::{Timestamp, ids::SessionId};
use serde::{Deserialize, Serialize};

/// One signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The session's id.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// The network address it was last seen at.
    pub ip: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Timestamp,
    /// When it ends unless it is used before.
    pub expires_at: Timestamp,
}
