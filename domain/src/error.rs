//! The one error that people and clients see. What only an operator can act on stays in `backend` and is logged there.

use crate::{accounts::Scope, tasks::Task};
use serde::{Deserialize, Serialize};

/// A part of a text, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first code point.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
}

/// One field whose value cannot be taken, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name, as in JSON and in forms; empty for the body as a whole.
    pub field: String,
    /// A stable word for programs, in snake case.
    pub code: String,
    /// A sentence for people.
    pub detail: String,
    /// Where in the value it stands, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Which of many bodies it is about, if there are many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
}

impl FieldError {
    /// A field error from its three parts.
    pub fn new(field: &str, code: &str, detail: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), detail: detail.into(), place: None, item: None }
    }
}

/// Why something was refused, in words a person can act on.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum Error {
    /// The password is wrong or nobody has this e-mail: deliberately one answer.
    #[error("Invalid credentials")]
    InvalidCredentials,
    /// The password is right; a code is asked for too.
    #[error("Enter a code to finish signing in")]
    SecondFactorRequired {
        /// What to send along with the code. It opens nothing by itself.
        challenge: String,
    },
    /// A sign-in that waited too long for its code, or got too many wrong ones.
    #[error("This sign-in is over. Start again with your password.")]
    ChallengeOver,
    /// What a passkey signed is not what was asked of it, or nobody knows the passkey.
    #[error("This passkey could not be verified. Try again, or sign in with your password.")]
    PasskeyRefused,
    /// Too many tries that came to nothing.
    #[error("Too many attempts. Wait {} and try again.", in_words(*.seconds))]
    TooManyAttempts {
        /// How long until the next try is heard, in seconds.
        seconds: u32,
    },
    /// Somebody has signed up with this e-mail before.
    #[error("Email already registered")]
    EmailTaken,
    /// The operator has closed sign-up.
    #[error("Sign-up is closed on this server. Ask the person who runs it for an account.")]
    SignUpClosed,
    /// The password is right, but nobody has confirmed the address yet.
    #[error("Confirm your email address first: open the link in the mail that we have sent to it.")]
    AddressUnverified,
    /// The link of a mail: used, replaced by a newer one, run out, or never ours. Deliberately one answer.
    #[error("This link has been used, has run out or was replaced by a newer one. Ask for a new one.")]
    LinkDead,
    /// What takes a mail server, where there is none.
    #[error("This server sends no mail. Ask the person who runs it for a link.")]
    NoMail,
    /// An invitation that was used, has run out or never was: deliberately one answer.
    #[error("This invitation has been used or has run out. Ask for a new one.")]
    InviteDead,
    /// Somebody has to run the server.
    #[error("This is the last admin of this server. Make somebody else an admin first.")]
    LastAdmin,
    /// Nobody keeps oneself out.
    #[error("You cannot disable your own account")]
    OwnAccount,
    /// No session, or one that has ended or run out: deliberately one answer.
    #[error("Sign in to continue")]
    SignedOut,
    /// The path of another account.
    #[error("This belongs to another account")]
    Forbidden,
    /// Something that asks for the password again.
    #[error("Confirm your password first")]
    ReauthRequired,
    /// An API token that is good, but not for this.
    #[error("{}", out_of_scope(*.needed))]
    InsufficientScope {
        /// The scope that it would take; none where no token will do.
        needed: Option<Scope>,
    },
    /// The second step is on already.
    #[error("Two-step sign-in is on already")]
    FactorOn,
    /// The second step is not on, or is not being set up.
    #[error("Two-step sign-in is not on. Set it up first.")]
    FactorOff,
    /// A passkey without which only the app would be left, and nothing for the day it is lost.
    #[error("This is your last way in beside the app. Make new recovery codes before you remove it.")]
    LastWayIn,
    /// More passkeys than anybody has.
    #[error("Remove a passkey that you no longer use before you add another")]
    TooManyPasskeys,
    /// Browsers tie passkeys to a name, and this server has none.
    #[error("Passkeys need a server with a name, such as https://tasks.example.org")]
    PasskeysUnavailable,
    /// A request that another site may have caused.
    #[error(
        "This request did not come from Tickbox's own pages, so nothing was changed. If you run this server, check that TICKBOX_BASE_URL is the address in the browser."
    )]
    CrossSite,
    /// A host that this server is not known by.
    #[error(
        "This server is not known by that name. If you run it, set TICKBOX_BASE_URL to the address in the browser, and let a proxy in front of it pass the Host header on."
    )]
    WrongHost,
    /// An address longer than any of ours.
    #[error("This address is too long")]
    AddressTooLong,
    /// More cookies than we give.
    #[error("Your browser sends too many cookies. Clear those of this site and try again.")]
    HeadersTooLarge,
    /// Not there, or not yours: deliberately one answer.
    #[error("There is nothing here. It may have been deleted.")]
    NotFound,
    /// The address exists, but not for this method.
    #[error("This address does not answer that method")]
    MethodNotAllowed,
    /// The id that the client chose names something else already.
    #[error("This id is taken by something else of yours")]
    IdTaken,
    /// Every change was taken back, or there was none.
    #[error("There is nothing to undo")]
    NothingToUndo,
    /// Nothing was taken back, or something was changed since.
    #[error("There is nothing to redo")]
    NothingToRedo,
    /// A change that cannot be taken back as things are now; the sentence says why.
    #[error("{0}")]
    CannotUndo(String),
    /// `If-Match` named an older revision; the row as it is now comes with it.
    #[error("This was changed elsewhere in the meantime. Look at the newest version and try again.")]
    Stale(Box<Task>),
    /// The same of anything else than a task; it comes as the API shows it.
    #[error("This was changed elsewhere in the meantime. Look at the newest version and try again.")]
    Overtaken(Box<serde_json::Value>),
    /// Another tag has this name already.
    #[error("There is a tag of this name already. You can merge the two.")]
    TagTaken,
    /// The values of these fields cannot be taken.
    #[error("{}", summary(.0))]
    Invalid(Vec<FieldError>),
    /// An idempotency key that was used for another request.
    #[error("This idempotency key was used for a different request")]
    IdempotencyKeyReused,
    /// A request that cannot be read at all.
    #[error("{0}")]
    Malformed(String),
    /// A body over the limit.
    #[error("The request is too large: at most {} KiB are read", .limit / 1024)]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A body of a type that this address does not read.
    #[error("Send this as {expected}")]
    UnsupportedMediaType {
        /// The media type that is read here.
        expected: String,
    },
    /// The body did not arrive in time.
    #[error("The request did not arrive in time. Try again.")]
    Timeout,
    /// Too much work is waiting.
    #[error("The server is busy. Try again in a moment.")]
    Busy,
    /// The database does not answer.
    #[error("The database cannot be reached. Nothing was changed; try again in a moment.")]
    Unavailable,
    /// A fault of ours; the log says more under the request's id.
    #[error("Something went wrong on our side. Nothing was lost; try again.")]
    Internal,
}

impl Error {
    /// One field cannot be taken.
    pub fn field(field: &str, code: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, code, detail)])
    }

    /// The same, told of one of many bodies.
    pub fn within(self, item: usize) -> Self {
        match self {
            Self::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(|fault| FieldError { item: Some(item), ..fault }).collect())
            }
            error => error,
        }
    }

    /// The stable word for programs, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidCredentials => "invalid_credentials",
            Self::SecondFactorRequired { .. } => "second_factor_required",
            Self::ChallengeOver => "challenge_over",
            Self::PasskeyRefused => "passkey_refused",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::EmailTaken => "email_taken",
            Self::SignUpClosed => "sign_up_closed",
            Self::AddressUnverified => "address_unverified",
            Self::LinkDead => "link_dead",
            Self::NoMail => "no_mail",
            Self::InviteDead => "invite_dead",
            Self::LastAdmin => "last_admin",
            Self::OwnAccount => "own_account",
            Self::SignedOut => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::ReauthRequired => "reauth_required",
            Self::InsufficientScope { .. } => "insufficient_scope",
            Self::FactorOn => "factor_on",
            Self::FactorOff => "factor_off",
            Self::LastWayIn => "last_way_in",
            Self::TooManyPasskeys => "too_many_passkeys",
            Self::PasskeysUnavailable => "passkeys_unavailable",
            Self::CrossSite => "cross_site",
            Self::WrongHost => "wrong_host",
            Self::AddressTooLong => "address_too_long",
            Self::HeadersTooLarge => "headers_too_large",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::IdTaken => "id_taken",
            Self::Stale(_) | Self::Overtaken(_) => "stale_revision",
            Self::TagTaken => "tag_taken",
            Self::NothingToUndo => "nothing_to_undo",
            Self::NothingToRedo => "nothing_to_redo",
            Self::CannotUndo(_) => "cannot_undo",
            Self::Invalid(_) => "invalid",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::Malformed(_) => "malformed",
            Self::TooLarge { .. } => "too_large",
            Self::UnsupportedMediaType { .. } => "unsupported_media_type",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status that says the same (RFC 9110).
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::InvalidCredentials
            | Self::SecondFactorRequired { .. }
            | Self::ChallengeOver
            | Self::PasskeyRefused
            | Self::SignedOut => 401,
            Self::SignUpClosed
            | Self::AddressUnverified
            | Self::NoMail
            | Self::InviteDead
            | Self::Forbidden
            | Self::ReauthRequired
            | Self::InsufficientScope { .. }
            | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::EmailTaken
            | Self::LastAdmin
            | Self::OwnAccount
            | Self::IdTaken
            | Self::TagTaken
            | Self::NothingToUndo
            | Self::NothingToRedo
            | Self::CannotUndo(_)
            | Self::FactorOn
            | Self::FactorOff
            | Self::LastWayIn
            | Self::TooManyPasskeys
            | Self::PasskeysUnavailable => 409,
            Self::LinkDead => 410,
            Self::Stale(_) | Self::Overtaken(_) => 412,
            Self::TooLarge { .. } => 413,
            Self::AddressTooLong => 414,
            Self::UnsupportedMediaType { .. } => 415,
            Self::WrongHost => 421,
            Self::Invalid(_) | Self::IdempotencyKeyReused => 422,
            Self::TooManyAttempts { .. } => 429,
            Self::HeadersTooLarge => 431,
            Self::Internal => 500,
            Self::Busy | Self::Unavailable => 503,
        }
    }

    /// The field errors, if it is about fields. A taken e-mail or name counts: its message
    /// belongs beside the field.
    pub fn fields(&self) -> Vec<FieldError> {
        match self {
            Self::Invalid(fields) => fields.clone(),
            Self::EmailTaken => vec![FieldError::new("email", self.code(), self.to_string())],
            Self::TagTaken => vec![FieldError::new("name", self.code(), self.to_string())],
            _ => Vec::new(),
        }
    }

    /// How long to wait before the same may succeed, in seconds (RFC 9110, `Retry-After`).
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooManyAttempts { seconds } => Some(*seconds),
            error => error.is_passing().then_some(2),
        }
    }

    /// Whether trying the same again later may succeed.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Timeout | Self::Busy | Self::Unavailable)
    }
}

/// A wait as people say it, rounded up.
fn in_words(seconds: u32) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=119 => format!("{seconds} seconds"),
        120..=7199 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

fn out_of_scope(needed: Option<Scope>) -> String {
    match needed {
        Some(scope) => format!("This API token does not have the scope {}", scope.as_str()),
        None => "An API token cannot do this. Sign in instead.".to_owned(),
    }
}

fn summary(fields: &[FieldError]) -> String {
    match fields {
        [only] => only.detail.clone(),
        _ => format!("{} fields need another look", fields.len()),
    }
}
