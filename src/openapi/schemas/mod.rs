//! The JSON of the API as a reader sees it. The values themselves are made and read by `domain`; a test holds the two
//! together.
#![expect(dead_code, reason = "these describe JSON that other types write and read")]

mod accounts;
mod api_tokens;
mod factors;
mod operator;
mod quick_add;
mod search;
mod tasks;

pub(crate) use accounts::*;
pub(crate) use api_tokens::*;
pub(crate) use factors::*;
pub(crate) use operator::*;
pub(crate) use quick_add::*;
pub(crate) use search::*;
pub(crate) use tasks::*;

use utoipa::ToSchema;

/// An empty object.
#[derive(ToSchema)]
pub(crate) struct Nothing {}

/// What went wrong (RFC 9457).
#[derive(ToSchema)]
pub(crate) struct Problem {
    /// Where it is explained.
    r#type: String,
    title: String,
    status: u16,
    /// A sentence for people.
    detail: String,
    /// A stable word for programs.
    code: String,
    /// Each field that cannot be taken.
    #[schema(nullable = false)]
    errors: Option<Vec<FieldProblem>>,
    /// The path; not with 404.
    #[schema(nullable = false)]
    instance: Option<String>,
    /// The request in the server's log; not with 404.
    #[schema(nullable = false)]
    request_id: Option<String>,
    /// What the code must come with; only with `second_factor_required`.
    #[schema(nullable = false)]
    challenge: Option<String>,
    /// The task, project or filter as it is; only with 412.
    #[schema(nullable = false)]
    current: Option<serde_json::Value>,
}

/// One field that cannot be taken.
#[derive(ToSchema)]
pub(crate) struct FieldProblem {
    /// A JSON pointer (RFC 6901) into the body.
    pointer: String,
    code: String,
    detail: String,
    /// Where in the value it stands, in code points; only where that is known, as with filters.
    #[schema(nullable = false)]
    start: Option<usize>,
    /// The place after its last code point.
    #[schema(nullable = false)]
    end: Option<usize>,
}
