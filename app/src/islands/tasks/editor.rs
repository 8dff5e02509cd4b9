//! The editor on a task's own page.

use super::{
    desk::{Desk, hearing},
    row::{complete_form, delete_form, skip_form},
    words::{row_alert, said_aloud},
};
use crate::components::tasks::{Card, edit_form, project_mark, task_meta};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::Brief,
    crate::{
        components::tasks::{Fields, Moment, say_dates},
        forms::Failure,
        islands::told::Tell,
        pages::news,
        request,
    },
    domain::tasks::{Dates, Task},
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
    let (news, dates) =
        (news(moment), request::owner().map(|owner| backend::recurrence::dates_of(&owner, &task, Dates::USUAL)));
    let card = Card::from(task);
    let what = Brief {
        address: card.address(),
        cards: vec![card],
        today: moment.into(),
        refusal: failure.map(Into::into),
        said: news.unwrap_or_else(|| if is_saved { "Saved".to_owned() } else { String::new() }),
        dates: dates.map(|dates| say_dates(&dates, moment.today)).unwrap_or_default(),
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
                    .with_value(|projects| {
                        let refusal = state.refusal_of("edit_task", Some(&card.id));
                        edit_form(&card, projects, desk.dates.get_value(), refusal, false)
                    })}
                {skip_form(&state.address, &card)}
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
                <input type="hidden" name="revision" value=card.revision.to_string() />
                <div class="notes-text" inner_html=html.to_owned()></div>
            </form>
        }
    })
}
