//! What requests and answers about one's own account look like: signing up and in, the profile, devices, activity.

use utoipa::ToSchema;

/// An account.
#[derive(ToSchema)]
pub(crate) struct User {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "email")]
    email: String,
    name: Option<String>,
    is_active: bool,
    is_admin: bool,
    #[schema(format = "date-time")]
    email_verified_at: Option<String>,
    settings: Settings,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

/// A person's choices.
#[derive(ToSchema)]
pub(crate) struct Settings {
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// `monday`, `sunday` or `saturday`.
    week_start: String,
    /// `dmy`, `mdy` or `ymd`.
    date_order: String,
    /// `24h` or `12h`.
    clock: String,
    /// `system`, `light` or `dark`.
    theme: String,
    /// `comfortable` or `compact`.
    density: String,
    locale: String,
    /// `default`, `todoist`, `vikunja` or `todotxt`.
    quick_add_profile: String,
}

/// What to change about the account: what is absent stays, null clears.
#[derive(ToSchema)]
pub(crate) struct ProfilePatch {
    #[schema(max_length = 100)]
    name: Option<String>,
    /// Any of the settings.
    settings: Option<Settings>,
}

/// What to sign up with.
#[derive(ToSchema)]
pub(crate) struct SignUpBody {
    #[schema(format = "email", max_length = 254, example = "ada@example.org")]
    email: String,
    #[schema(format = "password", min_length = 8, max_length = 128)]
    password: String,
    #[schema(max_length = 100)]
    name: Option<String>,
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
    /// What stands behind `invite=` in the link of an invitation, where one is needed.
    invite: Option<String>,
    /// Whether the session outlives the browser; usually yes.
    remember: Option<bool>,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// What to sign in with.
#[derive(ToSchema)]
pub(crate) struct SignInBody {
    #[schema(example = "ada@example.org")]
    email: String,
    #[schema(format = "password")]
    password: String,
    /// Whether the session outlives the browser; usually yes.
    remember: Option<bool>,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// A refresh token.
#[derive(ToSchema)]
pub(crate) struct RefreshBody {
    refresh_token: String,
}

/// A session that was opened or renewed.
#[derive(ToSchema)]
pub(crate) struct Admission {
    user: User,
    access_token: String,
    /// How long the access token lives, in seconds.
    expires_in: i64,
    /// Only where no cookies were set.
    #[schema(nullable = false)]
    refresh_token: Option<String>,
}

/// What shows once more who you are.
#[derive(ToSchema)]
pub(crate) struct Farewell {
    #[schema(format = "password")]
    password: String,
    /// A code of your app or a recovery code, where signing in asks for one.
    code: Option<String>,
}

/// Something that a mailbox has the last word about.
#[derive(ToSchema)]
pub(crate) struct Accepted {
    /// A sentence for people.
    detail: String,
}

/// The address of somebody who forgot the password.
#[derive(ToSchema)]
pub(crate) struct EmailBody {
    #[schema(format = "email", max_length = 254, example = "ada@example.org")]
    email: String,
}

/// What the link of a mail holds.
#[derive(ToSchema)]
pub(crate) struct TokenBody {
    token: String,
}

/// A new password, by the link of a mail.
#[derive(ToSchema)]
pub(crate) struct ResetBody {
    token: String,
    #[schema(format = "password", min_length = 8, max_length = 128)]
    password: String,
}

/// Another address, and the password that confirms the wish.
#[derive(ToSchema)]
pub(crate) struct EmailChangeBody {
    #[schema(format = "email", max_length = 254, example = "ada@example.org")]
    email: String,
    #[schema(format = "password")]
    password: String,
    /// A code of your app or a recovery code, where signing in asks for one.
    code: Option<String>,
}

/// The devices that are signed in.
#[derive(ToSchema)]
pub(crate) struct DeviceList {
    items: Vec<Device>,
}

/// One signed-in device.
#[derive(ToSchema)]
pub(crate) struct Device {
    #[schema(format = "uuid")]
    id: String,
    is_current: bool,
    ip: Option<String>,
    user_agent: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    last_used_at: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// A change of the password.
#[derive(ToSchema)]
pub(crate) struct PasswordBody {
    current_password: String,
    #[schema(min_length = 8, max_length = 128)]
    new_password: String,
}

/// What happened to the account.
#[derive(ToSchema)]
pub(crate) struct ActivityPage {
    items: Vec<ActivityEntry>,
    /// Whether no entry was changed, taken out or added.
    is_intact: bool,
    /// What to send as `before` for the next page.
    next_before: Option<i64>,
}

/// The whole log of the account.
#[derive(ToSchema)]
pub(crate) struct ActivityLog {
    /// `tickbox-activity-1`.
    format: String,
    #[schema(format = "uuid")]
    user_id: String,
    /// Whether no entry was changed, taken out or added.
    is_intact: bool,
    /// The oldest first.
    entries: Vec<ActivityEntry>,
}

/// One entry of the log.
#[derive(ToSchema)]
pub(crate) struct ActivityEntry {
    number: i64,
    #[schema(format = "date-time")]
    at: String,
    event: String,
    /// How many wrong passwords were tried since the last right one.
    failures_before: i64,
    ip: Option<String>,
    user_agent: Option<String>,
    /// SHA-256 of the entry before it and of this one.
    hash: String,
}
