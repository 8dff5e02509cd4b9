//! The pages of whoever runs the server: how it is, who may come, who is there.

mod frame;
mod people;
mod server;

pub use people::PeoplePage;
pub use server::ServerPage;

use crate::request;
use backend::{Backend, accounts::operator::Operator};
use domain::{Error, Timestamp, accounts::ZoneName};

/// What every one of these pages needs to know.
struct Desk {
    backend: Backend,
    operator: Operator,
    /// Whether anything may be changed without asking for the password first.
    is_confirmed: bool,
    own_id: domain::ids::UserId,
    zone: ZoneName,
    now: Timestamp,
}

fn desk() -> Result<Desk, Error> {
    let (session, backend) = (request::session().map_err(|error| error.0)?, request::backend());
    let now = backend.clock().now();
    Ok(Desk {
        operator: Operator::of_session(&session)?,
        is_confirmed: session.is_freshly_confirmed(now),
        own_id: session.user().id,
        zone: session.owner().time_zone().clone(),
        backend,
        now,
    })
}
