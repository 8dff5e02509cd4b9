//! The parameters that endpoints share.
#![expect(dead_code, reason = "these describe parameters that handlers read by other means")]

use utoipa::IntoParams;

/// The list of an account's tasks.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ListAddress {
    /// Your account's id, or `me`.
    #[param(example = "me")]
    owner: String,
}

/// One task.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TaskAddress {
    /// Your account's id, or `me`.
    #[param(example = "me")]
    owner: String,
    /// The task's id.
    #[param(format = "uuid")]
    id: String,
}

/// One session.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct DeviceAddress {
    /// The session's id.
    #[param(format = "uuid")]
    id: String,
}

/// One API token.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TokenAddress {
    /// The token's id.
    #[param(format = "uuid")]
    id: String,
}

/// One passkey.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PasskeyAddress {
    /// The passkey's id.
    #[param(format = "uuid")]
    id: String,
}

/// One account, for whoever runs the server.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MemberAddress {
    /// The account's id.
    #[param(format = "uuid")]
    id: String,
}

/// Which accounts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MemberFilters {
    /// Text in the address or the name.
    q: Option<String>,
    /// `next_before` of the page before.
    #[param(format = "uuid")]
    before: Option<String>,
}

/// One invitation.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InviteAddress {
    /// The invitation's id.
    #[param(format = "uuid")]
    id: String,
}

/// Which tasks, and in which order.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListFilters {
    /// `inbox`, `today` (what is late included), `upcoming`, `overdue`, `logbook`, `bin` or `all`.
    view: Option<String>,
    /// A condition, as above.
    #[param(max_length = 1000, example = "due:..today !high")]
    filter: Option<String>,
    /// `open` (usual), `done` or `all`.
    status: Option<String>,
    /// `none`, `low`, `medium` or `high`.
    priority: Option<String>,
    /// With this tag.
    tag: Option<String>,
    /// In this project, or in one below it.
    #[param(format = "uuid")]
    project_id: Option<String>,
    /// Parts of this task, done ones too, in their own order unless you say otherwise.
    #[param(format = "uuid")]
    parent_id: Option<String>,
    /// Words in title, notes or tags.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Due on this day or later.
    #[param(format = "date")]
    due_from: Option<String>,
    /// Due on this day or earlier.
    #[param(format = "date")]
    due_to: Option<String>,
    /// `due` (usual), `priority`, `created`, `updated`, `title`, `manual`, `completed`, or in the bin `deleted`.
    sort: Option<String>,
    /// `asc` or `desc`.
    order: Option<String>,
    /// How many at most; usually 50.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count all that there are, as `total`.
    count: Option<bool>,
    /// `kin` tells of each task how many parts it has, how many of them are done, and what it is a part of.
    expand: Option<String>,
}

/// Which changes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OperationParameters {
    /// How many at most; usually 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What to search for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParameters {
    /// Words, all of which are to be found. No character means anything but itself.
    #[param(max_length = 200)]
    q: Option<String>,
    /// How many tasks at most; usually 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// How many dates of a task.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OccurrenceParameters {
    /// How many at most; usually 5.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<u8>,
}

/// How far a task is deleted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Permanence {
    /// Delete what is in the bin for good.
    permanent: Option<bool>,
}

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParameters {
    /// How many at most; usually 50.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u16>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// For clients that keep a copy.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfNoneMatch {
    /// The entity tag of your copy; 304 if it is still good.
    #[param(rename = "If-None-Match")]
    if_none_match: Option<String>,
}

/// For writes that must not overwrite what they have not seen.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct IfMatch {
    /// The entity tag that it must still have; 412 if it has another.
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}

/// For writes after which less, or all, is to be shown.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Preferring {
    /// `return=minimal` for an answer without a body, `return=representation` for the whole task (usual).
    #[param(rename = "Prefer", example = "return=minimal")]
    prefer: Option<String>,
}

/// For writes that may be sent again.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct Repeatable {
    /// Makes a repetition harmless for a day: it is answered as the first time.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 64)]
    idempotency_key: Option<String>,
}
