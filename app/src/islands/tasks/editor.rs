//! The editor on a task's own page.

use super::{
    desk::{Desk, hearing},
    row::{complete_form, delete_form},
    words::{row_alert, said_aloud},
};
use crate::components::tasks::{Card, edit_form, project_mark, task_meta};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::Brief,
    crate::{
        components::tasks::{Fields, Moment},
        forms::Failure,
        islands::told::Tell,
    },
    domain::tasks::Task,
};

/// One task with everything that can be changed of it.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskEditor(
    task: Task,
    projects: Fields,
    moment: Moment,
    failure: Option<Failure>,
    is_saved: bool,
) -> impl IntoView {
    let notes = task.notes.as_ref().map(|notes| backend::notes::to_html(notes.as_str())).unwrap_or_default();
    let card = Card::from(task);
    let what = Brief {
        address: card.address(),
        cards: vec![card],
        today: moment.into(),
        refusal: failure.map(Into::into),
        said: if is_saved { "Saved".to_owned() } else { String::new() },
        notes,
        projects,
        ..Brief::default()
    };

    view! {
        <Tell what>
            <Editor />
        </Tell>
    }
}

#[island]
fn Editor() -> impl IntoView {
    let desk = Desk::told();
    let shown = move || {
        let state = desk.state.get();
        state.rows.first().map(|row| {
            let card = row.face.get().card;
            let head = if card.is_completed { "task-page-head is-done" } else { "task-page-head" };
            view! {
                <header class=head>
                    {complete_form(&state.address, &card)} <h1>{card.title.clone()}</h1>
                    {delete_form(&state.address, &card, None)}
                </header>
                {desk.today.with_value(|today| task_meta(&card, today))}
                {desk.projects.with_value(|projects| project_mark(&card, projects))}
                {row_alert(&state)}
                {desk.notes.with_value(|html| notes_form(&state.address, &card, html))}
                {desk
                    .projects
                    .with_value(|projects| edit_form(&card, projects, state.refusal_of("edit_task", Some(&card.id)), false))}
                {said_aloud(&state)}
            }
        })
    };

    view! {
        <div class="task-page" use:hearing=desk>
            {shown}
        </div>
    }
}

/// The notes as they are meant to be read. Their checkboxes are buttons of one form.
fn notes_form(address: &str, card: &Card, html: &str) -> impl IntoView + use<> {
    (!html.is_empty()).then(|| {
        view! {
            <form class="notes" method="post" action=address.to_owned()>
                <input type="hidden" name="do" value="tick_note" />
                <input type="hidden" name="id" value=card.id.clone() />
                <div class="notes-text" inner_html=html.to_owned()></div>
            </form>
        }
    })
}
