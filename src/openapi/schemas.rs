//! The JSON of the API as a reader sees it. The values themselves are made and read by `domain`; a test holds the two
//! together.
#![expect(dead_code, reason = "these describe JSON that other types write and read")]

use utoipa::ToSchema;

/// A task.
#[derive(ToSchema)]
pub(crate) struct Task {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    user_id: String,
    /// Null is the inbox.
    project_id: Option<String>,
    parent_id: Option<String>,
    #[schema(min_length = 1, max_length = 200, example = "Buy milk")]
    title: String,
    /// Markdown.
    #[schema(max_length = 10_000)]
    notes: Option<String>,
    is_completed: bool,
    #[schema(format = "date-time")]
    completed_at: Option<String>,
    priority: Priority,
    #[schema(max_items = 20)]
    tags: Vec<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    /// `HH:MM`; null is all day.
    due_time: Option<String>,
    /// The zone of `due_time`; null moves with you.
    time_zone: Option<String>,
    /// The instant it is overdue from.
    #[schema(format = "date-time")]
    due_at: Option<String>,
    #[schema(format = "date")]
    start_date: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    #[schema(minimum = 1, maximum = 10_080)]
    duration_min: Option<i32>,
    /// How it repeats (RFC 5545); of several rules, each is on a line of its own.
    #[schema(example = "FREQ=WEEKLY;BYDAY=MO")]
    rrule: Option<String>,
    /// The same in words.
    #[schema(example = "Every Monday")]
    repeat: Option<String>,
    /// `schedule` or `completion`: what its next date is counted from.
    rrule_anchor: Option<String>,
    /// Its place in the manual order.
    position: String,
    /// Grows by one with each change.
    revision: i64,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    #[schema(format = "date-time")]
    deleted_at: Option<String>,
}

/// How much a task matters.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Priority {
    None,
    Low,
    Medium,
    High,
}

/// A task to be made; all but `title` may be left out, and that too where `quick_add` is given.
#[derive(ToSchema)]
pub(crate) struct NewTask {
    /// A line to make the task from, instead of a title. What the fields beside it say counts more.
    quick_add: Option<String>,
    /// Words of that line that shall stay text.
    ignored: Option<Vec<String>>,
    /// A UUID of your choice.
    #[schema(format = "uuid")]
    id: Option<String>,
    #[schema(min_length = 1, max_length = 200, example = "Buy milk", nullable = false)]
    title: Option<String>,
    #[schema(max_length = 10_000)]
    notes: Option<String>,
    is_completed: Option<bool>,
    priority: Option<Priority>,
    tags: Option<Vec<String>>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    #[schema(format = "date")]
    start_date: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// How it repeats (RFC 5545); of several rules, each is on a line of its own.
    #[schema(example = "FREQ=WEEKLY;BYDAY=MO")]
    rrule: Option<String>,
    /// The same in words, such as `every 2 weeks on mon, fri`; instead of `rrule`.
    #[schema(example = "Every Monday")]
    repeat: Option<String>,
    /// `schedule` or `completion`: what its next date is counted from.
    rrule_anchor: Option<String>,
    project_id: Option<String>,
    parent_id: Option<String>,
}

/// Lines to make tasks from, one each; what is indented is a part of the line above it.
#[derive(ToSchema)]
pub(crate) struct NewLines {
    #[schema(example = "Move house\n  Rent a van tomorrow\n  Call Ann")]
    lines: String,
    /// The project of all that are no parts.
    #[schema(format = "uuid")]
    project_id: Option<String>,
    /// The task that all of them become parts of.
    #[schema(format = "uuid")]
    parent_id: Option<String>,
    /// When those are due that do not say so themselves.
    #[schema(format = "date")]
    usual_due_date: Option<String>,
}

/// Tasks that were made together.
#[derive(ToSchema)]
pub(crate) struct TaskList {
    items: Vec<Task>,
}

/// Where a task goes: one of `before_id`, `after_id` and `position`.
#[derive(ToSchema)]
pub(crate) struct PlacementBody {
    /// Right before this task.
    #[schema(format = "uuid")]
    before_id: Option<String>,
    /// Right behind this task.
    #[schema(format = "uuid")]
    after_id: Option<String>,
    /// `first` or `last`.
    position: Option<String>,
    /// The new project; null is the inbox.
    #[schema(format = "uuid")]
    project_id: Option<String>,
    /// The task that this becomes a part of; null makes it stand by itself.
    #[schema(format = "uuid")]
    parent_id: Option<String>,
}

/// What to change about a task: what is absent stays, null clears.
#[derive(ToSchema)]
pub(crate) struct TaskPatch {
    #[schema(min_length = 1, max_length = 200, example = "Buy milk")]
    title: Option<String>,
    #[schema(max_length = 10_000)]
    notes: Option<String>,
    is_completed: Option<bool>,
    priority: Option<Priority>,
    tags: Option<Vec<String>>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    #[schema(format = "date")]
    start_date: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// How it repeats (RFC 5545); of several rules, each is on a line of its own.
    #[schema(example = "FREQ=WEEKLY;BYDAY=MO")]
    rrule: Option<String>,
    /// The same in words, such as `every 2 weeks on mon, fri`; instead of `rrule`.
    #[schema(example = "Every Monday")]
    repeat: Option<String>,
    /// `schedule` or `completion`: what its next date is counted from.
    rrule_anchor: Option<String>,
    project_id: Option<String>,
    parent_id: Option<String>,
}

/// Whether a task is done, or a date of it.
#[derive(ToSchema)]
pub(crate) struct Completion {
    /// Left out, it becomes what it is not.
    #[schema(nullable = false)]
    is_completed: Option<bool>,
    /// The date that is completed, of a task that repeats: `2026-12-01` or `2026-12-01T09:00`.
    #[schema(example = "2026-12-01")]
    occurrence: Option<String>,
}

/// Which date is left out.
#[derive(ToSchema)]
pub(crate) struct Skip {
    /// `2026-12-01` or `2026-12-01T09:00`; usually the one that is due.
    #[schema(example = "2026-12-01")]
    occurrence: Option<String>,
}

/// A repetition that no task has yet.
#[derive(ToSchema)]
pub(crate) struct RepetitionBody {
    #[schema(example = "FREQ=WEEKLY;BYDAY=MO")]
    rrule: Option<String>,
    /// The same in words, instead of `rrule`.
    #[schema(example = "every 2 weeks on mon, fri")]
    repeat: Option<String>,
    /// `schedule` (usual) or `completion`.
    rrule_anchor: Option<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
}

/// How something repeats.
#[derive(ToSchema)]
pub(crate) struct RepetitionDates {
    /// In words; null if it does not repeat.
    #[schema(example = "Every Monday")]
    text: Option<String>,
    /// The rule as it is kept.
    rrule: Option<String>,
    /// When it is due: `2026-12-01` or `2026-12-01T09:00`.
    due: Option<String>,
    /// The dates after that.
    occurrences: Vec<String>,
}

/// One page of a list.
#[derive(ToSchema)]
pub(crate) struct TaskPage {
    items: Vec<Task>,
    /// What to send as `cursor` for the next page.
    next_cursor: Option<String>,
    has_more: bool,
    /// How many there are on all pages; only with `count=true`.
    #[schema(nullable = false)]
    total: Option<u64>,
    /// Of each of the items in turn, with `expand=kin`.
    kin: Option<Vec<Kin>>,
}

/// The parts of a task, and the task that it is a part of.
#[derive(ToSchema)]
pub(crate) struct Kin {
    /// How many parts it has.
    parts: i64,
    /// How many of them are done.
    done: i64,
    /// The title of the task that it is a part of.
    parent: Option<String>,
}

/// How many tasks stand in each view.
#[derive(ToSchema)]
pub(crate) struct ViewCounts {
    inbox: i64,
    today: i64,
    overdue: i64,
    upcoming: i64,
    all: i64,
    logbook: i64,
    bin: i64,
    /// Where counting stops: this number means so many or more.
    most: i64,
}

/// What a search found, best first.
#[derive(ToSchema)]
pub(crate) struct Found {
    items: Vec<FoundTask>,
    projects: Vec<FoundName>,
    tags: Vec<FoundName>,
    /// Whether there are more tasks.
    has_more: bool,
}

/// A task that was found, and where the words stand in it.
#[derive(ToSchema)]
pub(crate) struct FoundTask {
    task: Task,
    highlights: Marks,
}

/// Where the words stand.
#[derive(ToSchema)]
pub(crate) struct Marks {
    title: Vec<Place>,
    notes: Vec<Place>,
    /// One list to each tag.
    tags: Vec<Vec<Place>>,
}

/// A part of a text, in code points.
#[derive(ToSchema)]
pub(crate) struct Place {
    start: usize,
    end: usize,
}

/// A project or tag that was found.
#[derive(ToSchema)]
pub(crate) struct FoundName {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    highlights: Vec<Place>,
}

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

/// The second half of a sign-in.
#[derive(ToSchema)]
pub(crate) struct CodeBody {
    /// What the first half was answered with.
    challenge: String,
    /// Six digits of the app, or a recovery code.
    code: String,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// What guards the account beside its password.
#[derive(ToSchema)]
pub(crate) struct Factors {
    /// Since when a sign-in by password asks for a code; null if it does not.
    #[schema(format = "date-time")]
    totp_since: Option<String>,
    recovery_codes_left: u64,
    passkeys: Vec<Passkey>,
}

/// A passkey.
#[derive(ToSchema)]
pub(crate) struct Passkey {
    #[schema(format = "uuid")]
    id: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    last_used_at: Option<String>,
}

/// What to ask an authenticator.
#[derive(ToSchema)]
pub(crate) struct Ceremony {
    /// What the answer must come with. It waits five minutes, for one answer.
    ceremony: String,
    /// The options of `navigator.credentials`, as JSON.
    options: serde_json::Value,
}

/// A passkey that a browser has made.
#[derive(ToSchema)]
pub(crate) struct NewPasskey {
    ceremony: String,
    /// What `navigator.credentials.create` gave, as its `toJSON()` has it.
    credential: serde_json::Value,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// A new name.
#[derive(ToSchema)]
pub(crate) struct PasskeyNameBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// A passkey that somebody signs in with.
#[derive(ToSchema)]
pub(crate) struct PasskeySignIn {
    ceremony: String,
    /// What `navigator.credentials.get` gave, as its `toJSON()` has it.
    credential: serde_json::Value,
    /// Whether the session outlives the browser; usually yes.
    remember: Option<bool>,
    /// Whether the tokens come as cookies; usually yes.
    cookies: Option<bool>,
}

/// An empty object.
#[derive(ToSchema)]
pub(crate) struct Nothing {}

/// What an authenticator app must be told.
#[derive(ToSchema)]
pub(crate) struct TotpSetup {
    /// In base32, to type it in.
    secret: String,
    /// The address that a QR code holds.
    #[schema(example = "otpauth://totp/…")]
    uri: String,
}

/// A code of the app.
#[derive(ToSchema)]
pub(crate) struct Code {
    #[schema(example = "123456")]
    code: String,
}

/// What it takes to turn the second step off.
#[derive(ToSchema)]
pub(crate) struct FactorRemoval {
    #[schema(format = "password")]
    password: String,
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// Codes for the day on which the app is lost. Each is good once.
#[derive(ToSchema)]
pub(crate) struct RecoveryCodes {
    recovery_codes: Vec<String>,
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

/// A line to read.
#[derive(ToSchema)]
pub(crate) struct QuickAddBody {
    #[schema(max_length = 10_000, example = "Pay rent every month on the 1st !high #home")]
    text: String,
    /// The local time to read it at, `YYYY-MM-DDTHH:MM`; yours now unless given.
    now: Option<String>,
    /// Choices to read it by instead of yours: `profile`, `date_order`, `clock`, `week_start`, `morning` and so on.
    settings: Option<serde_json::Value>,
    /// What shall stay text: words, or ranges of code points.
    ignored: Option<Vec<serde_json::Value>>,
}

/// What a line means.
#[derive(ToSchema)]
pub(crate) struct QuickAddReading {
    title: String,
    notes: Option<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    /// One rule to a line (RFC 5545).
    rrule: Option<String>,
    rrule_anchor: Option<String>,
    priority: Priority,
    tags: Vec<String>,
    project: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// Offsets from when it is due (`-PT15M`) or local times.
    reminders: Vec<String>,
    assignee: Option<String>,
    section: Option<String>,
    created: Option<String>,
    spans: Vec<QuickAddSpan>,
    /// Other readings.
    alternatives: Vec<QuickAddSpan>,
}

/// A stretch of the text, in code points, and what it means.
#[derive(ToSchema)]
pub(crate) struct QuickAddSpan {
    kind: String,
    start: usize,
    end: usize,
    value: String,
}

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
