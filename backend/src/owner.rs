//! The one door to what a user owns.

use domain::{
    accounts::{Settings, WeekStart, ZoneName},
    ids::{SessionId, UserId},
};

/// Proof that somebody may see and change the rows of one account. Only a verified session or a verified API token makes
/// one, or the hour at which the bin is emptied; every function that touches such rows asks for it. What a token's scopes
/// leave open is asked by the rule of each route.
#[derive(Debug, Clone)]
pub struct Owner {
    user_id: UserId,
    session_id: Option<SessionId>,
    time_zone: ZoneName,
    week_start: WeekStart,
    change_sequence: i64,
}

impl Owner {
    /// Called by `accounts` alone, after a session was verified.
    pub(crate) fn of_session(
        user_id: UserId,
        session_id: SessionId,
        settings: &Settings,
        change_sequence: i64,
    ) -> Self {
        Self::new(user_id, Some(session_id), settings, change_sequence)
    }

    /// Called by `accounts` alone, after an API token was verified.
    pub(crate) fn of_token(user_id: UserId, settings: &Settings, change_sequence: i64) -> Self {
        Self::new(user_id, None, settings, change_sequence)
    }

    /// Called by `housekeeping` alone, which does for an account what nobody asks for.
    pub(crate) fn of_account(user_id: UserId, settings: &Settings, change_sequence: i64) -> Self {
        Self::new(user_id, None, settings, change_sequence)
    }

    fn new(user_id: UserId, session_id: Option<SessionId>, settings: &Settings, change_sequence: i64) -> Self {
        let (time_zone, week_start) = (settings.time_zone.clone(), settings.week_start);
        Self { user_id, session_id, time_zone, week_start, change_sequence }
    }

    /// Whose rows.
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The zone that this person's days are counted in.
    pub const fn time_zone(&self) -> &ZoneName {
        &self.time_zone
    }

    /// The day that this person's weeks begin with.
    pub const fn week_start(&self) -> WeekStart {
        self.week_start
    }

    /// The number of the newest change to what this account owned when the request came in; it grows with every change.
    pub const fn change_sequence(&self) -> i64 {
        self.change_sequence
    }

    /// The device that asks; the change log names it. A program with an API token is none.
    pub(crate) const fn session_id(&self) -> Option<SessionId> {
        self.session_id
    }
}
