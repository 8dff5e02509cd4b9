//! The tables as sea-orm sees them. Private to this crate: rows are reached through functions that ask for an owner.
#![expect(unreachable_pub, reason = "sea-orm's derives ask for public entities")]

pub(crate) mod api_tokens;
pub(crate) mod attempts;
pub(crate) mod ceremonies;
pub(crate) mod change_log;
pub(crate) mod completions;
pub(crate) mod filters;
pub(crate) mod idempotency_keys;
pub(crate) mod instance;
pub(crate) mod invites;
pub(crate) mod mail_links;
pub(crate) mod outbox;
pub(crate) mod passkeys;
pub(crate) mod projects;
pub(crate) mod recovery_codes;
pub(crate) mod security_log;
pub(crate) mod sessions;
pub(crate) mod sign_in_challenges;
pub(crate) mod tags;
pub(crate) mod task_tags;
pub(crate) mod tasks;
pub(crate) mod totp;
pub(crate) mod users;
