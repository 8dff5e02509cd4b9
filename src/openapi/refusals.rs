//! The refusals that endpoints share.
#![expect(dead_code, reason = "these describe answers that `problem` writes")]

use super::schemas::Problem;
use utoipa::IntoResponses;

/// Not signed in, or no longer.
#[derive(IntoResponses)]
#[response(status = 401, content_type = "application/problem+json")]
pub(crate) struct SignedOut(Problem);

/// The path of another account.
#[derive(IntoResponses)]
#[response(status = 403, content_type = "application/problem+json")]
pub(crate) struct ForbiddenOwner(Problem);

/// Confirm who you are first (`POST /api/auth/confirm`).
#[derive(IntoResponses)]
#[response(status = 403, content_type = "application/problem+json")]
pub(crate) struct NotConfirmed(Problem);

/// Not there, or not yours.
#[derive(IntoResponses)]
#[response(status = 404, content_type = "application/problem+json")]
pub(crate) struct NotThere(Problem);

/// Not JSON in UTF-8.
#[derive(IntoResponses)]
#[response(status = 400, content_type = "application/problem+json")]
pub(crate) struct NotJson(Problem);

/// The id is taken by something else of yours.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json")]
pub(crate) struct IdTaken(Problem);

/// The link has been used, has run out, was replaced by a newer one or was never ours.
#[derive(IntoResponses)]
#[response(status = 410, content_type = "application/problem+json")]
pub(crate) struct LinkDead(Problem);

/// It was changed elsewhere; `current` is how it is now.
#[derive(IntoResponses)]
#[response(status = 412, content_type = "application/problem+json")]
pub(crate) struct StaleRevision(Problem);

/// The last admin, or one's own account.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json")]
pub(crate) struct AdminRefusal(Problem);

/// More than 256 KiB.
#[derive(IntoResponses)]
#[response(status = 413, content_type = "application/problem+json")]
pub(crate) struct TooLarge(Problem);

/// Not sent as a type that is read here.
#[derive(IntoResponses)]
#[response(status = 415, content_type = "application/problem+json")]
pub(crate) struct UnknownType(Problem);

/// A field or parameter cannot be taken; `errors` says which and why.
#[derive(IntoResponses)]
#[response(status = 422, content_type = "application/problem+json")]
pub(crate) struct InvalidFields(Problem);

/// Too many wrong guesses or new accounts; `Retry-After` says when the next one is heard.
#[derive(IntoResponses)]
#[response(status = 429, content_type = "application/problem+json")]
pub(crate) struct TooManyAttempts(Problem);

/// The server is busy or its database away; `Retry-After` says when to try again.
#[derive(IntoResponses)]
#[response(status = 503, content_type = "application/problem+json")]
pub(crate) struct Overloaded(Problem);
