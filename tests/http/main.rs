//! Tickbox over HTTP: scenarios and attacks against a real server, on SQLite and on PostgreSQL. `make test` starts the
//! PostgreSQL server that they need; how a scenario becomes a test is said in `harness`.
#![allow(clippy::unwrap_used, reason = "a scenario that cannot go on fails where it stands")]
#![allow(unused_crate_dependencies, reason = "the server's own dependencies are not all used here")]

mod accounts;
mod api_tokens;
mod attack_list;
mod attacks_access;
mod attacks_access_claims;
mod attacks_access_use;
mod attacks_account;
mod attacks_codes;
mod attacks_csrf;
mod attacks_factors;
mod attacks_passkeys;
mod attacks_process;
mod attacks_refresh;
mod attacks_sessions;
mod attacks_throttle;
mod bad_input;
mod bad_input_everywhere;
mod credentials;
mod database_away;
mod enumeration;
mod harness;
mod headers;
mod injection;
mod isolation;
mod lists;
mod mail_address;
mod mail_notices;
mod mail_outbox;
mod mail_reset;
mod mail_sign_up;
mod many;
mod notes;
mod openapi;
mod operator;
mod operator_commands;
mod operator_doors;
mod order;
mod ownership;
mod paging;
mod quick_add;
mod return_to;
mod scenarios;
mod scenarios_forms;
mod search;
mod second_step;
mod static_files;
mod subtasks;
mod task_conditions;
mod task_lists;
mod tasks;
mod transport;
mod views;
mod writers;
