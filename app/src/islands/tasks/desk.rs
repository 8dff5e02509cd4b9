//! The state of an island of tasks: its rows, the form that failed last, and what went well.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
use crate::components::tasks::{Card, Fields, Refusal, Today};
use leptos::{prelude::*, web_sys::Element};

/// What the server tells every island of tasks.
#[derive(Debug, Clone)]
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
}

#[cfg(feature = "hydrate")]
impl FromJson for Brief {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            cards: json.get("cards")?,
            today: json.get("today")?,
            address: json.get("address")?,
            refusal: json.get("refusal")?,
        })
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
    /// Whether it stands in the dashboard's first list.
    pub is_late: bool,
}

impl Row {
    /// A row for a task.
    pub fn new(card: Card) -> Self {
        Self { face: RwSignal::new(Face { card, is_saving: false, is_editing: false }), is_late: false }
    }

    /// The task's id, which never changes.
    pub fn id(self) -> String {
        self.face.with_untracked(|face| face.card.id.clone())
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
    /// What was deleted last.
    pub deleted: Option<Deleted>,
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
    /// The moment that the page is about.
    pub today: StoredValue<Today>,
}

impl Desk {
    /// A desk with what the server tells of it.
    pub fn new(brief: Brief) -> Self {
        let state = State {
            rows: brief.cards.into_iter().map(Row::new).collect(),
            refusal: brief.refusal,
            said: String::new(),
            deleted: None,
            query: Vec::new(),
            next: None,
            address: brief.address,
        };
        Self { state: RwSignal::new(state), today: StoredValue::new(brief.today) }
    }
}

/// Lets a desk hear of everything that happens inside an element. On the server nothing ever does.
pub fn hearing(element: Element, desk: Desk) {
    #[cfg(feature = "hydrate")]
    crate::client::page::hear(&element, &["submit", "click", "input", "keydown"], move |event| {
        super::listen::hear(desk, event);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, desk);
}
