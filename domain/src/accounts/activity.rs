//! What happened to an account, as its owner reads it. How the entries are chained is the business of `backend`.

use crate::{Timestamp, choice::choice};
use serde::{Deserialize, Serialize};

choice!(
    /// Something that happened to an account.
    Event {
        /// The account was made.
        #[default] SignedUp = "signed_up",
        /// Somebody wished to make another account with its address.
        SignUpRepeated = "sign_up_repeated",
        /// A session was opened.
        SignedIn = "signed_in",
        /// A session was ended by itself.
        SignedOut = "signed_out",
        /// Every session was ended.
        SignedOutEverywhere = "signed_out_everywhere",
        /// One session was ended from another.
        DeviceEnded = "device_ended",
        /// Every other session was ended.
        OtherDevicesEnded = "other_devices_ended",
        /// A spent refresh token came again, which ended its session.
        StolenTokenUsed = "stolen_token_used",
        /// The password was shown once more.
        Confirmed = "confirmed",
        /// There is a new password.
        PasswordChanged = "password_changed",
        /// An API token was made.
        TokenMade = "token_made",
        /// An API token was revoked.
        TokenRevoked = "token_revoked",
        /// Signing in by password asks for a code of an app from now on.
        TotpTurnedOn = "totp_turned_on",
        /// Signing in by password asks for no code any more.
        TotpTurnedOff = "totp_turned_off",
        /// There are new recovery codes; the old ones are void.
        RecoveryCodesRenewed = "recovery_codes_renewed",
        /// A recovery code was used up.
        RecoveryCodeUsed = "recovery_code_used",
        /// The password was right, but the codes were wrong too often.
        CodesWrong = "codes_wrong",
        /// A passkey was added.
        PasskeyAdded = "passkey_added",
        /// A passkey was removed.
        PasskeyRemoved = "passkey_removed",
        /// A passkey counted less than it had counted before: there may be a copy.
        PasskeyCopied = "passkey_copied",
        /// A session was opened by a passkey.
        SignedInWithPasskey = "signed_in_with_passkey",
        /// There is a new password, set by the link of a mail or of the operator.
        PasswordReset = "password_reset",
        /// The operator made a link to set a new password with.
        ResetLinkMade = "reset_link_made",
        /// The address was confirmed by the link of a mail.
        EmailVerified = "email_verified",
        /// Another address was asked for, which its mailbox has yet to confirm.
        EmailChangeAsked = "email_change_asked",
        /// There is another address.
        EmailChanged = "email_changed",
        /// The account was made by whoever runs the server.
        MadeByOperator = "made_by_operator",
        /// The operator keeps its owner out.
        Disabled = "disabled",
        /// The operator lets its owner in again.
        Enabled = "enabled",
        /// The operator ended every session.
        EndedByOperator = "ended_by_operator",
        /// Its owner runs the server from now on.
        AdminMade = "admin_made",
        /// Its owner does not run the server any more.
        AdminTaken = "admin_taken",
    }
);

impl Event {
    /// The event as a short sentence for people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SignedUp => "The account was made",
            Self::SignUpRepeated => "Somebody tried to sign up with this address once more",
            Self::SignedIn => "Signed in",
            Self::SignedOut => "Signed out",
            Self::SignedOutEverywhere => "Signed out everywhere",
            Self::DeviceEnded => "A device was signed out",
            Self::OtherDevicesEnded => "All other devices were signed out",
            Self::StolenTokenUsed => "An old token was used again, so its device was signed out",
            Self::Confirmed => "The password was confirmed",
            Self::PasswordChanged => "The password was changed",
            Self::TokenMade => "An API token was made",
            Self::TokenRevoked => "An API token was revoked",
            Self::TotpTurnedOn => "Two-step sign-in was turned on",
            Self::TotpTurnedOff => "Two-step sign-in was turned off",
            Self::RecoveryCodesRenewed => "The recovery codes were renewed",
            Self::RecoveryCodeUsed => "A recovery code was used",
            Self::CodesWrong => "The password was right, but five codes were wrong: somebody may know it",
            Self::PasskeyAdded => "A passkey was added",
            Self::PasskeyRemoved => "A passkey was removed",
            Self::PasskeyCopied => "A passkey was refused: there may be a copy of it, so remove it",
            Self::SignedInWithPasskey => "Signed in with a passkey",
            Self::PasswordReset => "The password was set anew by a link",
            Self::ResetLinkMade => "The operator made a link to set a new password",
            Self::EmailVerified => "The email address was confirmed",
            Self::EmailChangeAsked => "Another email address was asked for",
            Self::EmailChanged => "The email address was changed",
            Self::MadeByOperator => "The account was made by whoever runs this server",
            Self::Disabled => "The account was disabled by whoever runs this server",
            Self::Enabled => "The account was enabled again",
            Self::EndedByOperator => "Whoever runs this server signed out all devices",
            Self::AdminMade => "The account may run this server now",
            Self::AdminTaken => "The account may not run this server any more",
        }
    }
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the account's log, from 1.
    pub number: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
    /// How many wrong passwords were tried since the last right one.
    pub failures_before: i64,
    /// The network address of whoever did it.
    pub ip: Option<String>,
    /// What their browser calls itself.
    pub user_agent: Option<String>,
    /// SHA-256 of the entry before it and of this one, in hexadecimal.
    pub hash: String,
}

/// The newest entries of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The entries.
    pub items: Vec<Entry>,
    /// Whether every entry still is what was written, none is missing in between, and none was added.
    pub is_intact: bool,
    /// What to send as `before` for the entries before these.
    pub next_before: Option<i64>,
}
