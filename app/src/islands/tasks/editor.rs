//! The editor on a task's own page.

use super::{
    desk::{Brief, Desk, hearing},
    row::{complete_form, delete_form},
    words::{row_alert, said_aloud},
};
use crate::{
    components::tasks::{edit_form, task_meta},
    islands::told::Told,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::{
        components::tasks::{Card, Moment},
        forms::Failure,
    },
    domain::tasks::Task,
};

/// One task with everything that can be changed of it.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskEditor(task: Task, moment: Moment, failure: Option<Failure>, is_saved: bool) -> impl IntoView {
    let card = Card::from(task);
    let brief =
        Brief { address: card.address(), cards: vec![card], today: moment.into(), refusal: failure.map(Into::into) };

    view! { <Editor brief=Told(brief) is_saved /> }
}

#[island]
fn Editor(brief: Told<Brief>, is_saved: bool) -> impl IntoView {
    let desk = Desk::new(brief.0);
    if is_saved {
        desk.state.update_untracked(|state| state.said = "Saved".to_owned());
    }
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
                {row_alert(&state)}
                {edit_form(&card, state.refusal_of("edit_task", Some(&card.id)), false)}
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
