//! The description of the API (OpenAPI 3.1), put together from the handlers' own documentation.

mod answers;
mod changes;
mod either;
mod parameters;
mod places;
mod refusals;
mod schemas;
mod security;

pub(crate) use changes::{BulkBody, CannotUndo, History, OperationPage, Reversal, Touched, UndoBody};
pub(crate) use either::{NewTaskBody, TaskAnswer};
pub(crate) use parameters::{
    DeviceAddress, IfMatch, IfNoneMatch, InviteAddress, ListAddress, ListFilters, MemberAddress, MemberFilters,
    OccurrenceParameters, OperationParameters, PageParameters, PasskeyAddress, Permanence, Preferring, Repeatable,
    SearchParameters, TaskAddress, TokenAddress,
};
pub(crate) use places::{
    FilterAddress, FilterList, FilterPatch, NewFilter, NewProject, NewTag, Project, ProjectAddress, ProjectList,
    ProjectPatch, SavedFilter, Tag, TagAddress, TagList, TagMerge, TagPatch, TagTaken,
};
pub(crate) use refusals::{
    AdminRefusal, ForbiddenOwner, IdTaken, InvalidFields, LinkDead, NotConfirmed, NotJson, NotThere, Overloaded,
    SignedOut, StaleRevision, TooLarge, TooManyAttempts, UnknownType,
};
pub(crate) use schemas::{
    Accepted, ActivityLog, ActivityPage, Admission, ApiTokenList, Ceremony, Code, CodeBody, CompletedDates, Completion,
    Device, DeviceList, EmailBody, EmailChangeBody, FactorRemoval, Factors, Farewell, Found, InviteList, MadeApiToken,
    MadeInvite, Member, MemberList, MemberPatch, NewApiTokenBody, NewPasskey, Nothing, Passkey, PasskeyNameBody,
    PasskeySignIn, PasswordBody, PlacementBody, Problem, ProfilePatch, QuickAddBody, QuickAddReading, RecoveryCodes,
    RefreshBody, RepetitionBody, RepetitionDates, ResetBody, ResetLink, ServerHealth, SignInBody, SignUpBody,
    SignUpRule, Skip, Task, TaskPage, TaskPatch, TokenBody, TotpSetup, User, ViewCounts,
};

use crate::{
    rest::{admin, auth, operations, projects, quick_add, recurrence, saved_filters, search, tags, tasks, views},
    routes::Recorded,
};
use utoipa::{OpenApi, openapi::OpenApi as Description};

/// What stands above the endpoints.
const ABOUT: &str = "\
Everything you own lives under `/api/{owner}`, where `{owner}` is your account's id or the word `me`. \
Sign in with `\"cookies\": false` and send the access token as `Authorization: Bearer …`; it lives ten minutes, the \
refresh token renews it. Or send an API token (`tbx_…`), which does what its scopes allow and nothing else. Browsers \
may use their cookies instead, from Tickbox's own pages only.\n\n\
Errors are `application/problem+json` (RFC 9457) with a stable `code`; `errors` names each field that cannot be taken. \
Instants are RFC 3339 in UTC, days `YYYY-MM-DD`, times `HH:MM`. What is not yours and what is not there are the same 404.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Tickbox", description = ABOUT, license(name = "MIT OR Apache-2.0")),
    paths(
        auth::entry::sign_up, auth::entry::sign_in, auth::entry::sign_in_with_code, auth::entry::sign_out, auth::refresh::refresh,
        auth::recovery::forgot, auth::recovery::reset, auth::recovery::verify, auth::recovery::change_email,
        auth::me::read, auth::me::update, auth::me::delete,
        auth::security::change_password, auth::security::confirm, auth::security::activity, auth::security::log, auth::security::export,
        auth::factors::read, auth::factors::begin_totp, auth::factors::turn_totp_on, auth::factors::turn_totp_off,
        auth::factors::renew_recovery_codes, auth::passkeys::begin, auth::passkeys::add, auth::passkeys::rename,
        auth::passkeys::remove, auth::passkeys::begin_sign_in, auth::passkeys::sign_in,
        auth::sessions::list, auth::sessions::read, auth::sessions::end_others, auth::sessions::end,
        auth::tokens::list, auth::tokens::make, auth::tokens::revoke,
        admin::health, admin::set_sign_up, admin::list, admin::change, admin::end_sessions, admin::reset_link, admin::invites, admin::invite, admin::withdraw,
        quick_add::read, recurrence::preview, search::search, views::counts, tasks::list::list, tasks::create::create, tasks::read::read, tasks::update::patch, tasks::update::put,
        tasks::place::place, tasks::delete::delete, tasks::delete::empty, tasks::complete::complete, tasks::skip::skip, tasks::occurrences::occurrences, tasks::completions::completions,
        tasks::restore::restore, tasks::bulk::change,
        operations::undo, operations::redo, operations::list, operations::history,
        projects::list, projects::create, projects::read, projects::update, projects::delete,
        tags::list, tags::create, tags::read, tags::update, tags::delete, tags::merge,
        saved_filters::list, saved_filters::create, saved_filters::read, saved_filters::update, saved_filters::delete,
    ),
    tags((name = "auth", description = "Your account and its sessions"), (name = "tasks", description = "Your tasks"), (name = "projects", description = "What tasks are sorted into"), (name = "tags", description = "What tasks are found by"), (name = "filters", description = "Filters that have a name"), (name = "changes", description = "What was changed, and the way back"), (name = "admin", description = "Running the server for others")),
    security(("bearer" = []), ("access_cookie" = [])),
)]
struct Api;

/// The description as a value. Who may call what, and what is refused before a handler runs, is taken from the rules that
/// the routes were registered with.
pub(crate) fn describe(routes: &[Recorded]) -> Description {
    let mut description = Api::openapi();
    security::describe(&mut description, routes);
    answers::describe(&mut description, routes);
    description
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn properties(name: &str) -> Vec<String> {
        let description = json!(describe(&[]));
        let schema = &description["components"]["schemas"][name]["properties"];
        let mut names: Vec<String> = schema.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    fn members(value: &Value) -> Vec<String> {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    #[test]
    fn it_is_openapi_3_1() {
        assert_eq!(json!(describe(&[]))["openapi"], "3.1.0");
    }

    #[test]
    fn what_is_described_is_what_is_sent() {
        let task = json!({
            "id": "0193a5f0-1111-7abc-8def-000000000001", "user_id": "0193a5f0-1111-7abc-8def-000000000001",
            "project_id": null, "parent_id": null, "title": "Milk", "notes": null, "is_completed": false,
            "completed_at": null, "priority": "none", "tags": [], "due_date": null, "due_time": null, "time_zone": null,
            "due_at": null, "start_date": null, "deadline": null, "duration_min": null, "rrule": null,
            "repeat": null, "rrule_anchor": null, "position": "a0", "revision": 1, "created_at": "2026-11-20T09:00:00.000Z",
            "updated_at": "2026-11-20T09:00:00.000Z", "deleted_at": null,
        });
        let sent = json!(serde_json::from_value::<domain::tasks::Task>(task).unwrap());
        assert_eq!(properties("Task"), members(&sent));
        let project = json!({
            "id": "0193a5f0-1111-7abc-8def-000000000001", "user_id": "0193a5f0-1111-7abc-8def-000000000001",
            "parent_id": null, "name": "House", "colour": null, "position": "a0", "is_archived": false,
            "archived_at": null, "revision": 1, "created_at": "2026-11-20T09:00:00.000Z",
            "updated_at": "2026-11-20T09:00:00.000Z", "query": "#home",
        });
        let sent = json!(serde_json::from_value::<domain::projects::Project>(project.clone()).unwrap());
        assert_eq!(properties("Project"), members(&sent));
        let sent = json!(serde_json::from_value::<domain::saved_filters::SavedFilter>(project.clone()).unwrap());
        assert_eq!(properties("SavedFilter"), members(&sent));
        assert_eq!(properties("Tag"), members(&json!(serde_json::from_value::<domain::tags::Tag>(project).unwrap())));
        assert_eq!(properties("Settings"), members(&json!(domain::accounts::Settings::default())));
        let problem = crate::problem::problem(&domain::Error::field("title", "required", "Give a title"), "/", "id");
        let described = properties("Problem");
        assert!(members(&problem).iter().all(|member| described.contains(member)));
    }
}
