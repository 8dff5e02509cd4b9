//! Signing up, in and out; sessions and their tokens; the account itself.

mod activity;
mod address;
mod admission;
mod api_tokens;
mod email_key;
mod export;
mod factors;
mod opening;
pub mod operator;
mod passwords;
mod profile;
mod recovery;
mod sessions;
mod sign_in;
mod strength;
mod throttle;
mod tokens;

pub use activity::{Log, activity, log};
pub use address::{AddressChange, change_email, verify_address};
pub use api_tokens::{Grant, MadeToken, is_api_token, make_token, revoke_token, tokens, verify_token};
pub use export::{Export, export, export_granted};
pub use factors::{
    AppSetup, Ceremony, Qr, add_passkey, asks_for_code, begin_passkey, begin_passkey_sign_in, begin_totp, factors,
    passkeys_name, remove_passkey, rename_passkey, renew_recovery_codes, sign_in_with_code, sign_in_with_passkey,
    totp_setup, turn_totp_off, turn_totp_on,
};
pub use profile::{change_password, confirm_identity, delete_account, update_profile};
pub use recovery::{forgot_password, make_reset_link, reset_password};
pub use sessions::{
    Client, Session, SignedIn, devices, end_device, end_other_devices, refresh, session_owner, sign_out,
    sign_out_everywhere, verify,
};
pub use sign_in::{SignedUp, sign_in, sign_up};
pub use strength::{Strength, strength};
pub use tokens::Tokens;

pub(crate) use admission::has_accounts;
pub(crate) use email_key::typed_email_key;
pub(crate) use factors::{relying_party, reseal};
pub(crate) use operator::learn_sign_up;
pub(crate) use passwords::Hasher;
pub(crate) use throttle::Throttle;
