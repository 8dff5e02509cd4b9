//! What requests and answers about codes and passkeys look like.

use utoipa::ToSchema;

/// The second half of a sign-in.
#[derive(ToSchema)]
pub(crate) struct CodeBody {
    /// What the first half was answered with.
    challenge: String,
    /// Six digits of the app, or a recovery code.
    code: String,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// What guards the account beside its password.
#[derive(ToSchema)]
pub(crate) struct Factors {
    /// Since when a sign-in by password asks for a code; null if it does not.
    #[schema(format = "date-time")]
    totp_since: Option<String>,
    recovery_codes_left: u64,
    passkeys: Vec<Passkey>,
}

/// A passkey.
#[derive(ToSchema)]
pub(crate) struct Passkey {
    #[schema(format = "uuid")]
    id: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    last_used_at: Option<String>,
}

/// What to ask an authenticator.
#[derive(ToSchema)]
pub(crate) struct Ceremony {
    /// What the answer must come with. It waits five minutes, for one answer.
    ceremony: String,
    /// The options of `navigator.credentials`, as JSON.
    options: serde_json::Value,
}

/// A passkey that a browser has made.
#[derive(ToSchema)]
pub(crate) struct NewPasskey {
    ceremony: String,
    /// What `navigator.credentials.create` gave, as its `toJSON()` has it.
    credential: serde_json::Value,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// A new name.
#[derive(ToSchema)]
pub(crate) struct PasskeyNameBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// A passkey that somebody signs in with.
#[derive(ToSchema)]
pub(crate) struct PasskeySignIn {
    ceremony: String,
    /// What `navigator.credentials.get` gave, as its `toJSON()` has it.
    credential: serde_json::Value,
    /// Whether the session outlives the browser; usually yes.
    remember: Option<bool>,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// What an authenticator app must be told.
#[derive(ToSchema)]
pub(crate) struct TotpSetup {
    /// In base32, to type it in.
    secret: String,
    /// The address that a QR code holds.
    #[schema(example = "otpauth://totp/…")]
    uri: String,
}

/// A code of the app.
#[derive(ToSchema)]
pub(crate) struct Code {
    #[schema(example = "123456")]
    code: String,
}

/// What it takes to turn the second step off.
#[derive(ToSchema)]
pub(crate) struct FactorRemoval {
    #[schema(format = "password")]
    password: String,
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// Codes for the day on which the app is lost. Each is good once.
#[derive(ToSchema)]
pub(crate) struct RecoveryCodes {
    recovery_codes: Vec<String>,
}
