//! What an account is: its address, password rules, name and settings. Hashing, tokens and sessions live in `backend`.

mod activity;
mod api_token;
mod credentials;
mod device_name;
mod factors;
mod member;
mod session;
mod settings;
mod user;

pub use activity::{Activity, Entry, Event};
pub use api_token::{ApiToken, Lifetime, NewApiToken, Scope, TokenName};
pub use credentials::{
    Credentials, Email, EmailChange, LeastLength, Password, PasswordChange, PasswordReset, SignUp, email_from_json,
    token_from_json,
};
pub use device_name::device_name;
pub use factors::{
    Code, CodeEntry, Confirmation, FactorRemoval, Factors, NewPasskey, Passkey, PasskeyName, PasskeySignIn,
    RecoveryCode, code_from_json,
};
pub use member::{Invite, Member, MemberPage};
pub use session::Device;
pub use settings::{Clock, DateOrder, Density, QuickAddProfile, Settings, Theme, WeekStart, ZoneName};
pub use user::{DisplayName, ProfilePatch, User};
