//! What requests and answers about API tokens look like.

use utoipa::ToSchema;

/// The API tokens of the account.
#[derive(ToSchema)]
pub(crate) struct ApiTokenList {
    items: Vec<ApiToken>,
}

/// One API token, without the token itself.
#[derive(ToSchema)]
pub(crate) struct ApiToken {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    /// How it begins and ends.
    #[schema(example = "tbx_…9xQ2")]
    hint: String,
    scopes: Vec<Scope>,
    #[schema(format = "date-time")]
    created_at: String,
    /// To the minute.
    #[schema(format = "date-time")]
    last_used_at: Option<String>,
    /// Null is never.
    #[schema(format = "date-time")]
    expires_at: Option<String>,
}

/// What an API token allows.
#[derive(ToSchema)]
pub(crate) enum Scope {
    #[schema(rename = "tasks:read")]
    TasksRead,
    #[schema(rename = "tasks:write")]
    TasksWrite,
    #[schema(rename = "account:read")]
    AccountRead,
    #[schema(rename = "export")]
    Export,
}

/// An API token to be made.
#[derive(ToSchema)]
pub(crate) struct NewApiTokenBody {
    #[schema(min_length = 1, max_length = 100, example = "Backup")]
    name: String,
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    /// 30, 90 (usual) or 365; null is never.
    expires_in_days: Option<i64>,
}

/// An API token that was just made.
#[derive(ToSchema)]
pub(crate) struct MadeApiToken {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    hint: String,
    scopes: Vec<Scope>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    last_used_at: Option<String>,
    #[schema(format = "date-time")]
    expires_at: Option<String>,
    /// What to send as `Authorization: Bearer`; it is not shown again.
    #[schema(example = "tbx_vF0bYc…")]
    token: String,
}
