//! What requests and answers of whoever runs the server look like.

use utoipa::ToSchema;

/// Some accounts, for whoever runs the server.
#[derive(ToSchema)]
pub(crate) struct MemberList {
    items: Vec<Member>,
    /// What to send as `before` for the next page.
    #[schema(format = "uuid")]
    next_before: Option<String>,
}

/// An account, without what it owns.
#[derive(ToSchema)]
pub(crate) struct Member {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "email")]
    email: String,
    name: Option<String>,
    is_admin: bool,
    is_active: bool,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    last_seen_at: Option<String>,
    /// How many devices are signed in.
    sessions: i64,
}

/// What to change about an account: what is absent stays.
#[derive(ToSchema)]
pub(crate) struct MemberPatch {
    is_active: Option<bool>,
    is_admin: Option<bool>,
}

/// The invitations that wait.
#[derive(ToSchema)]
pub(crate) struct InviteList {
    items: Vec<Invite>,
}

/// An invitation, without its link.
#[derive(ToSchema)]
pub(crate) struct Invite {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// An invitation that was just made.
#[derive(ToSchema)]
pub(crate) struct MadeInvite {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    expires_at: String,
    /// Where its guest signs up; it is not shown again.
    #[schema(format = "uri")]
    url: String,
}

/// A link that was just made.
#[derive(ToSchema)]
pub(crate) struct ResetLink {
    /// Where its holder sets a new password; it is not shown again.
    #[schema(format = "uri")]
    url: String,
}

/// How the server is.
#[derive(ToSchema)]
pub(crate) struct ServerHealth {
    version: String,
    /// Which one, and its version.
    database: String,
    database_bytes: i64,
    /// The newest step of the schema.
    schema: String,
    accounts: u64,
    waiting_hashes: usize,
    /// `open`, `closed`, `first` or `invite`.
    sign_up: String,
    /// Whether the settings say so, and no admin can choose.
    is_sign_up_ordered: bool,
}

/// Who may sign up.
#[derive(ToSchema)]
pub(crate) struct SignUpRule {
    /// `open`, `closed`, `first` or `invite`.
    sign_up: String,
}
