//! The rows of a list of tasks.

use super::desk::{Desk, Face, Row, State};
use crate::components::tasks::{Card, Fields, Today, edit_form, project_mark, task_meta};
use leptos::{either::Either, prelude::*};

/// A list of tasks.
#[component]
pub fn Rows(desk: Desk, group: usize, label: String) -> impl IntoView {
    let rows = move || {
        let is_here = |row: &&Row| row.group == group;
        desk.state.with(|state| state.rows.iter().filter(is_here).copied().collect::<Vec<Row>>())
    };

    view! {
        <ul class="task-list" aria-label=label>
            <For each=rows key=|row| row.id() let:row>
                {move || task_row(desk, row)}
            </For>
        </ul>
    }
}

/// A row, with its forms while it is edited. When its task changes, only the words are written anew.
fn task_row(desk: Desk, row: Row) -> impl IntoView + use<> {
    let Face { card, is_saving, is_editing } = row.face.get();
    let inside = if is_editing {
        let form = |refusal: Option<&_>| {
            desk.projects.with_value(|projects| edit_form(&card, projects, String::new(), refusal, true))
        };
        let edit =
            |state: &State| (form(state.refusal_of("edit_task", Some(&card.id))), skip_form(&state.address, &card));
        Either::Left(desk.state.with(edit))
    } else {
        let address = desk.state.with_untracked(|state| state.address.clone());
        let order = desk.orders.get().then(|| move_form(desk, row, &address, &card));
        Either::Right(desk.today.with_value(|today| {
            let face = desk.projects.with_value(|projects| face(&card, &address, today, projects, order));
            (desk.selects.then(|| select(desk, &card)), face)
        }))
    };
    // Texts are selected with the same gesture.
    let is_draggable = desk.orders.get() && !is_editing;
    let mut class = "task-row".to_owned();
    if card.is_completed {
        class.push_str(" is-done");
    }
    if is_saving {
        class.push_str(" is-saving");
    }

    view! {
        <li class=class id=format!("task-{}", card.id) draggable=is_draggable.then_some("true") aria-busy=is_saving.then_some("true")>
            {inside}
        </li>
    }
}

/// The box that selects a task. It belongs to the form below the list that does the same to all that are selected.
fn select(desk: Desk, card: &Card) -> impl IntoView + use<> {
    let is_picked = desk.picked.with_value(|ids| ids.contains(&card.id));

    view! {
        <input
            class="task-select"
            type="checkbox"
            name="ids[]"
            value=card.id.clone()
            checked=is_picked
            form="bulk"
            autocomplete="off"
            aria-label=format!("Select {}", card.title)
        />
    }
}

/// A row that is read.
fn face<M: IntoView>(
    card: &Card,
    address: &str,
    today: &Today,
    projects: &Fields,
    move_form: M,
) -> impl IntoView + use<M> {
    view! {
        {complete_form(address, card)}
        <div class="task-body">
            <a class="task-title" href=card.address()>
                {card.title.clone()}
            </a>
            {task_meta(card, today)} {project_mark(card, projects)}
        </div>
        <div class="task-actions">
            {move_form}
            <a
                class="button button-quiet"
                href=card.address()
                data-act="edit"
                aria-label=format!("Edit {}", card.title)
            >
                "Edit"
            </a>
            {delete_form(address, card, Some(format!("Delete {}", card.title)))}
        </div>
    }
}

/// The buttons that move a task past the one above and past the one below. Where there is none, nothing is to be done.
fn move_form(desk: Desk, row: Row, address: &str, card: &Card) -> impl IntoView + use<> {
    let (above, below) = desk.neighbours(row);
    let id = |row: Option<Row>| row.map_or_else(|| card.id.clone(), Row::id);

    view! {
        <form class="task-move" method="post" action=address.to_owned()>
            <input type="hidden" name="do" value="move_task" />
            <input type="hidden" name="id" value=card.id.clone() />
            {mover("before_id", id(above), "up", &card.title)} {mover("after_id", id(below), "down", &card.title)}
        </form>
    }
}

fn mover(name: &'static str, neighbour: String, way: &'static str, title: &str) -> impl IntoView + use<> {
    view! {
        <button
            class="button button-quiet"
            name=name
            value=neighbour
            data-act=way
            aria-label=format!("Move {title} {way}")
        >
            {way}
        </button>
    }
}

/// The checkbox of a task. It is a button, so that it sends its form without script.
pub fn complete_form(address: &str, card: &Card) -> impl IntoView + use<> {
    view! {
        <form class="task-complete" method="post" action=address.to_owned()>
            <input type="hidden" name="do" value="set_task_completed" />
            <input type="hidden" name="id" value=card.id.clone() />
            <input type="hidden" name="is_completed" value=(!card.is_completed).to_string() />
            {occurrence(card)}
            <button
                class="task-check"
                type="submit"
                role="checkbox"
                aria-checked=card.is_completed.to_string()
                aria-label=format!("Complete {}", card.title)
            ></button>
        </form>
    }
}

/// The date that a form is about, so that sending it twice is no second date.
fn occurrence(card: &Card) -> impl IntoView + use<> {
    card.occurrence().map(|date| view! { <input type="hidden" name="occurrence" value=date /> })
}

/// The button that goes on to the next date of a task that repeats.
pub fn skip_form(address: &str, card: &Card) -> impl IntoView + use<> {
    card.occurrence().is_some().then(|| {
        view! {
            <form method="post" action=address.to_owned()>
                <input type="hidden" name="do" value="skip_task" />
                <input type="hidden" name="id" value=card.id.clone() />
                {occurrence(card)}
                <button class="button button-quiet" type="submit">
                    "Skip this one"
                </button>
            </form>
        }
    })
}

/// The button that deletes a task. On the task's own page the title stands above it and its label does not say it
/// again.
pub fn delete_form(address: &str, card: &Card, label: Option<String>) -> impl IntoView + use<> {
    view! {
        <form class="task-delete" method="post" action=address.to_owned()>
            <input type="hidden" name="do" value="delete_task" />
            <input type="hidden" name="id" value=card.id.clone() />
            <button class="button button-quiet button-danger" type="submit" aria-label=label>
                "Delete"
            </button>
        </form>
    }
}
