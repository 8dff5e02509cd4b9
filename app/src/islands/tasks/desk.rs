//! The state of an island of tasks: its rows, the form that failed last, and what went well.

use super::line::Line;
#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
use crate::{
    components::tasks::{Card, Fields, Refusal, Today},
    islands::told::told,
};
use leptos::{prelude::*, web_sys::Element};

/// What the server tells an island of tasks.
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Brief {
    /// The tasks on it.
    pub cards: Vec<Card>,
    /// The moment that the page is about.
    pub today: Today,
    /// The page, path and query.
    pub address: String,
    /// The form of the page that was refused.
    pub refusal: Option<Refusal>,
    /// What went well, in words.
    pub said: String,
    /// What a task that repeats went on to, in words.
    pub news: Option<String>,
    /// The next dates of the page's task, in words.
    pub dates: String,
    /// The notes of the page's task as HTML.
    pub notes: String,
    /// What the list shows: the parameters that differ from the usual.
    pub query: Fields,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The id of a task that was deleted.
    pub deleted: Option<String>,
    /// The groups that the tasks stand in, from the first task to the last; none where they are one list.
    pub groups: Vec<Group>,
    /// What a form for a new task sends beside what is typed; none if the page has no such form.
    pub adds: Option<Fields>,
    /// Whether its tasks can be selected.
    pub selects: bool,
    /// Whether its tasks stand in their owner's order, from the first to the last.
    pub orders: bool,
    /// The ids of the tasks that are selected from the start.
    pub picked: Vec<String>,
    /// What is said where there is nothing to show.
    pub empty: String,
    /// What a task can be put into.
    pub projects: Fields,
}

#[cfg(feature = "hydrate")]
impl FromJson for Brief {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            cards: json.member("cards"),
            today: json.member("today"),
            address: json.member("address"),
            refusal: json.member("refusal"),
            said: json.member("said"),
            news: json.member("news"),
            dates: json.member("dates"),
            notes: json.member("notes"),
            query: json.member("query"),
            next: json.member("next"),
            deleted: json.member("deleted"),
            groups: json.member("groups"),
            adds: json.member("adds"),
            selects: json.member("selects"),
            orders: json.member("orders"),
            picked: json.member("picked"),
            empty: json.member("empty"),
            projects: json.member("projects"),
        })
    }
}

/// Tasks that stand together under a heading.
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Group {
    /// The heading.
    pub title: String,
    /// How many they are.
    pub count: usize,
    /// Whether dates of tasks that repeat stand below them.
    pub has_dates: bool,
    /// Those dates as HTML, which the server alone writes.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub dates: String,
}

#[cfg(feature = "hydrate")]
impl FromJson for Group {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { title: json.get("title")?, count: json.get("count")?, has_dates: json.member("has_dates") })
    }
}

/// What is known of a row.
#[derive(Debug, Clone)]
pub struct Face {
    /// The task.
    pub card: Card,
    /// Whether the server has not answered yet.
    pub is_saving: bool,
    /// Whether it is being edited in place.
    pub is_editing: bool,
}

/// A row of a list. It stays the same row while its task changes, so that a form in it is never torn out while it is
/// being sent.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What is known of it.
    pub face: RwSignal<Face>,
    /// The number of the group it stands in.
    pub group: usize,
}

impl Row {
    /// A row for a task.
    pub fn new(card: Card, group: usize) -> Self {
        Self { face: RwSignal::new(Face { card, is_saving: false, is_editing: false }), group }
    }

    /// The task's id, which never changes.
    pub fn id(self) -> String {
        self.face.with_untracked(|face| face.card.id.clone())
    }

    /// Says whether the server has yet to answer.
    #[cfg(feature = "hydrate")]
    pub fn set_saving(self, is_saving: bool) {
        self.face.update(|face| face.is_saving = is_saving);
    }

    /// Says whether the task is done.
    #[cfg(feature = "hydrate")]
    pub fn set_completed(self, is_completed: bool) {
        self.face.update(|face| face.card.is_completed = is_completed);
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

/// What an island knows beside its rows' own affairs.
#[derive(Debug, Clone)]
pub struct State {
    /// The rows.
    pub rows: Vec<Row>,
    /// The form that was refused last.
    pub refusal: Option<Refusal>,
    /// What went well last, in words.
    pub said: String,
    /// What a task that repeats went on to, in words: shown to everybody, since it looks as if nothing was done.
    pub news: Option<String>,
    /// What was deleted last.
    pub deleted: Option<Deleted>,
    /// The change that was made last, which can be taken back.
    pub change: Option<String>,
    /// What the list shows: the parameters that differ from the usual.
    pub query: Fields,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The page, path and query: where its forms are sent to.
    pub address: String,
}

impl State {
    /// The refusal of such a form.
    pub fn refusal_of(&self, action: &str, task: Option<&str>) -> Option<&Refusal> {
        self.refusal.as_ref().filter(|refusal| refusal.is_about(action, task))
    }
}

/// An island of tasks.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// What it knows.
    pub state: RwSignal<State>,
    /// The line of a new task.
    pub line: RwSignal<Line>,
    /// The next dates of the page's task, in words.
    pub dates: StoredValue<String>,
    /// The notes of the page's task as HTML.
    pub notes: StoredValue<String>,
    /// Its groups.
    pub groups: StoredValue<Vec<Group>>,
    /// What a form for a new task sends beside what is typed; none if the page has no such form.
    pub adds: StoredValue<Option<Fields>>,
    /// Whether its tasks can be selected.
    pub selects: bool,
    /// Whether its tasks stand in their owner's order, which can be changed here.
    pub orders: RwSignal<bool>,
    /// The ids of the tasks that are selected from the start.
    pub picked: StoredValue<Vec<String>>,
    /// What is said where there is nothing to show.
    pub empty: StoredValue<String>,
    /// The moment that the page is about.
    pub today: StoredValue<Today>,
    /// What a task can be put into.
    pub projects: StoredValue<Fields>,
}

impl Desk {
    /// Its rows.
    pub fn rows(self) -> Vec<Row> {
        self.state.with_untracked(|state| state.rows.clone())
    }

    /// Shows other rows, or the same in another order.
    #[cfg(feature = "hydrate")]
    pub fn set_rows(self, rows: Vec<Row>) {
        self.state.update(|state| state.rows = rows);
    }

    /// Where a row stands.
    pub fn place_of(self, row: Row) -> Option<usize> {
        self.rows().iter().position(|other| other.face == row.face)
    }

    /// The rows above and below another.
    pub fn neighbours(self, row: Row) -> (Option<Row>, Option<Row>) {
        let (rows, here) = (self.rows(), self.place_of(row).unwrap_or_default());
        (here.checked_sub(1).and_then(|above| rows.get(above).copied()), rows.get(here + 1).copied())
    }

    /// A desk with what the server tells of it.
    pub fn told() -> Self {
        let Brief {
            cards,
            today,
            address,
            refusal,
            said,
            news,
            dates,
            notes,
            query,
            next,
            deleted,
            groups,
            adds,
            selects,
            orders,
            picked,
            empty,
            projects,
        } = told().unwrap_or_default();
        let places = groups.iter().enumerate().flat_map(|(number, group)| std::iter::repeat_n(number, group.count));
        let places = places.chain(std::iter::repeat(0));
        let rows = cards.into_iter().zip(places).map(|(card, group)| Row::new(card, group)).collect();
        let deleted = deleted.map(|id| Deleted { id, title: None });
        let kept = refusal.as_ref().and_then(|refusal| refusal.draft("ignored")).unwrap_or_default();
        let line = Line { ignored: kept.lines().map(str::to_owned).collect(), ..Line::default() };
        Self {
            state: RwSignal::new(State { rows, refusal, said, news, deleted, change: None, query, next, address }),
            line: RwSignal::new(line),
            dates: StoredValue::new(dates),
            notes: StoredValue::new(notes),
            groups: StoredValue::new(groups),
            adds: StoredValue::new(adds),
            selects,
            orders: RwSignal::new(orders),
            picked: StoredValue::new(picked),
            empty: StoredValue::new(empty),
            today: StoredValue::new(today),
            projects: StoredValue::new(projects),
        }
    }
}

/// Lets a desk hear of everything that happens inside an element. On the server nothing ever does.
pub fn hearing(element: Element, desk: Desk) {
    #[cfg(feature = "hydrate")]
    {
        const EVENTS: [&str; 10] =
            ["submit", "click", "input", "paste", "keydown", "scroll", "dragstart", "dragover", "drop", "dragend"];
        crate::client::page::hear(&element, &EVENTS, move |event| super::listen::hear(desk, event));
        super::way_back::hear_keys();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, desk);
}
