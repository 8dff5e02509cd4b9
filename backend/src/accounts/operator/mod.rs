//! Running the server for others: who is there, who may sign in, who may come, and how the server is. Nothing here reads
//! what an account owns, and nobody but an [`Operator`] gets in.

mod doors;
mod health;
mod invites;
mod members;

pub use doors::set_sign_up;
pub use health::{Health, health};
pub use invites::{MadeInvite, invites, make_invite, withdraw_invite};
pub use members::{
    MemberChange, add_member, change_member, end_sessions, find_member, make_reset_link, members, password_by_chance,
};

pub(crate) use doors::learn_sign_up;
pub(super) use doors::policy;

use super::Session;
use crate::Result;
use domain::{Error, Timestamp, ids::UserId};

/// Proof that somebody runs this server.
#[derive(Debug, Clone)]
pub enum Operator {
    /// An admin, signed in.
    Admin(Box<Session>),
    /// Whoever can run the program where it stores its data.
    Machine,
}

impl Operator {
    /// The operator in a session.
    ///
    /// # Errors
    /// [`Error::NotFound`] for whoever is no admin: what is behind it does not concern them.
    pub fn of_session(session: &Session) -> Result<Self, Error> {
        if session.user().is_admin { Ok(Self::Admin(Box::new(session.clone()))) } else { Err(Error::NotFound) }
    }

    /// Asks for a fresh confirmation before anything is changed. Who sits at the machine has the database anyway.
    fn insist_on_confirmation(&self, now: Timestamp) -> Result<(), Error> {
        match self {
            Self::Admin(session) => session.insist_on_confirmation(now),
            Self::Machine => Ok(()),
        }
    }

    /// Whether this is the operator's own account.
    fn is(&self, user: UserId) -> bool {
        matches!(self, Self::Admin(session) if session.user().id == user)
    }

    /// What the operator is called in the server's log.
    fn name(&self) -> String {
        match self {
            Self::Admin(session) => session.user().id.to_string(),
            Self::Machine => "the command line".to_owned(),
        }
    }
}
