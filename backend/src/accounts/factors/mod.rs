//! What guards an account beside its password: an authenticator app asks for a code after the password, recovery codes
//! stand in for a lost app, and a passkey signs in alone. The password always stays a way in, so what could lock
//! somebody out is the app alone, with no recovery code left; nothing here leads to that.

mod app;
mod ceremony;
mod challenge;
mod passkeys;
mod qr;
mod recovery;
mod relying_party;

pub use app::{AppSetup, begin_totp, totp_setup, turn_totp_off, turn_totp_on};
pub use ceremony::{Ceremony, passkeys_name};
pub use challenge::sign_in_with_code;
pub use passkeys::{
    add_passkey, begin_passkey, begin_passkey_sign_in, remove_passkey, rename_passkey, sign_in_with_passkey,
};
pub use qr::Qr;
pub use recovery::renew_recovery_codes;

pub(crate) use app::reseal;
pub(super) use challenge::ask;
pub(crate) use relying_party::relying_party;

use super::{
    Client,
    throttle::{Attempt, Target},
};
use crate::{Backend, Owner, Result};
use domain::{
    Error,
    accounts::{Code, Factors},
    ids::UserId,
};

/// What this account is guarded by.
///
/// # Errors
/// The database is away.
pub async fn factors(backend: &Backend, owner: &Owner) -> Result<Factors> {
    let user = owner.user_id();
    Ok(Factors {
        totp_since: app::on_since(backend, user).await?,
        recovery_codes_left: recovery::left(backend.store.reader(), user).await?,
        passkeys: passkeys::list(backend, user).await?,
    })
}

/// Whether signing in asks for a code after the password.
///
/// # Errors
/// The database is away.
pub async fn asks_for_code(backend: &Backend, owner: &Owner) -> Result<bool> {
    Ok(app::on_since(backend, owner.user_id()).await?.is_some())
}

/// Uses a code up that is asked for beside the password.
///
/// # Errors
/// A wrong code; [`Error::TooManyAttempts`].
pub(super) async fn insist_on_code(backend: &Backend, user: UserId, client: &Client, code: &Code) -> Result<()> {
    let attempt = Attempt::begin(backend, Target::Code(user), client).await?;
    if !is_right(backend, user, client, code).await? {
        return Err(wrong_code().into());
    }
    attempt.succeeded(backend).await?;
    Ok(())
}

/// Uses a code up, if it is right.
async fn is_right(backend: &Backend, user: UserId, client: &Client, code: &Code) -> Result<bool> {
    match code {
        Code::App(digits) => app::spend(backend, user, digits).await,
        Code::Recovery(code) => recovery::spend(backend, user, client, code).await,
    }
}

fn wrong_code() -> Error {
    Error::field("code", "wrong_code", "This code is wrong, or was used before. Enter the one that is shown now.")
}
