//! The state of an island of tasks: its rows, the form that failed last, and what went well.

use crate::{
    components::tasks::{Moment, Refusal},
    forms::Failure,
};
use domain::{
    ids::TaskId,
    tasks::{Task, TaskQuery},
};
use leptos::{ev::Event, prelude::*};

/// A row of a list. It stays the same row while its task changes, so that a form in it is never torn out while it is
/// being sent.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The task's id, which never changes.
    pub id: TaskId,
    /// The task as far as it is known.
    pub task: RwSignal<Task>,
    /// Whether the server has not answered yet.
    pub is_saving: RwSignal<bool>,
    /// Whether it is being edited in place.
    pub is_editing: RwSignal<bool>,
}

impl Row {
    /// A row for a task.
    pub fn new(task: Task) -> Self {
        let id = task.id;
        Self { id, task: RwSignal::new(task), is_saving: RwSignal::new(false), is_editing: RwSignal::new(false) }
    }

    /// The task's title.
    pub fn title(self) -> String {
        self.task.with(|task| task.title.as_str().to_owned())
    }
}

/// A task that was put into the bin, and can be taken out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The task.
    pub id: String,
    /// Its title, where it is known.
    pub title: Option<String>,
}

/// The state of an island.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The tasks on it.
    pub rows: RwSignal<Vec<Row>>,
    /// The form that was refused last.
    pub failure: RwSignal<Option<Failure>>,
    /// What went well last, in words.
    pub said: RwSignal<String>,
    /// What was deleted last.
    pub deleted: RwSignal<Option<Deleted>>,
    /// What the list shows.
    pub query: RwSignal<TaskQuery>,
    /// Where the list goes on.
    pub next: RwSignal<Option<String>>,
    /// The page, path and query: where its forms are sent to.
    pub address: StoredValue<String>,
    /// The moment that the page is about.
    pub moment: Moment,
}

impl Desk {
    /// A desk with tasks on it.
    pub fn new(tasks: Vec<Task>, moment: Moment, address: String, failure: Option<Failure>) -> Self {
        Self {
            rows: RwSignal::new(tasks.into_iter().map(Row::new).collect()),
            failure: RwSignal::new(failure),
            said: RwSignal::new(String::new()),
            deleted: RwSignal::new(None),
            query: RwSignal::new(TaskQuery::default()),
            next: RwSignal::new(None),
            address: StoredValue::new(address),
            moment,
        }
    }

    /// The refusal of a form that is not about a task that exists.
    pub fn refusal(self, action: &'static str) -> Refusal {
        Refusal::of(self.failure, action)
    }

    /// The refusal of a form about a task.
    pub fn refusal_of(self, action: &'static str, task: TaskId) -> Refusal {
        Refusal::of_task(self.failure, action, task)
    }

    /// Hears of something that happens on the page. On the server nothing ever does.
    pub fn hear(self, event: &Event) {
        #[cfg(feature = "hydrate")]
        super::listen::hear(self, event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    }
}

/// The part of the page that a desk hears of.
#[component]
pub fn Heard(desk: Desk, class: &'static str, children: Children) -> impl IntoView {
    view! {
        <div
            class=class
            on:submit=move |event| desk.hear(&event)
            on:click=move |event| desk.hear(&event)
            on:input=move |event| desk.hear(&event)
            on:keydown=move |event| desk.hear(&event)
        >
            {children()}
        </div>
    }
}
