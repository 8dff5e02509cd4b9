//! The one door to what a user owns.

use domain::{
    accounts::ZoneName,
    ids::{SessionId, UserId},
};

/// Proof that somebody may see and change the rows of one account. Only a verified session makes one, and every
/// function that touches such rows asks for it.
#[derive(Debug, Clone)]
pub struct Owner {
    user_id: UserId,
    session_id: SessionId,
    time_zone: ZoneName,
}

impl Owner {
    /// Called by `accounts` alone, after a session was verified.
    pub(crate) const fn of_session(user_id: UserId, session_id: SessionId, time_zone: ZoneName) -> Self {
        Self { user_id, session_id, time_zone }
    }

    /// Whose rows.
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The zone that this person's days are counted in.
    pub const fn time_zone(&self) -> &ZoneName {
        &self.time_zone
    }

    /// The device that asks; the change log names it.
    pub(crate) const fn session_id(&self) -> SessionId {
        self.session_id
    }
}
