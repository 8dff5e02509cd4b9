//! What requests and answers about tasks look like.

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
    /// When it is due, in words such as `tomorrow 5pm` or `every month on the 1st`; instead of the five fields that say so.
    #[schema(example = "tomorrow 5pm")]
    due: Option<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    #[schema(format = "date")]
    start_date: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// How it repeats (RFC 5545); of several rules, each is on a line of its own. A bare `FREQ=MONTHLY` or `FREQ=YEARLY`
    /// that begins on a day which shorter months lack is kept as one for their last day.
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
    /// When it is due, in words such as `tomorrow 5pm` or `every month on the 1st`; instead of the five fields that say so.
    #[schema(example = "tomorrow 5pm")]
    due: Option<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    #[schema(format = "date")]
    start_date: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// How it repeats (RFC 5545); of several rules, each is on a line of its own. A bare `FREQ=MONTHLY` or `FREQ=YEARLY`
    /// that begins on a day which shorter months lack is kept as one for their last day.
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

/// A date of a task that was completed.
#[derive(ToSchema)]
pub(crate) struct CompletedDate {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    task_id: String,
    /// The task's title as it is now.
    title: String,
    /// The date that was due: `2026-12-01` or `2026-12-01T09:00`.
    #[schema(example = "2026-12-01")]
    occurrence: String,
    #[schema(format = "date-time")]
    completed_at: String,
}

/// One page of the dates that were completed.
#[derive(ToSchema)]
pub(crate) struct CompletedDates {
    items: Vec<CompletedDate>,
    /// What to send as `cursor` for the next page.
    next_cursor: Option<String>,
    has_more: bool,
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
