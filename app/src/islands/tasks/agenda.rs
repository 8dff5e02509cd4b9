//! The dashboard's lists. The numbers and the chart beside them are the server's alone.

use super::{
    desk::{Desk, hearing},
    row::Rows,
    words::{row_alert, words},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::{Brief, Group},
    crate::{
        components::tasks::{Card, Fields, Moment},
        forms::Failure,
        islands::told::Tell,
        pages::news,
    },
    domain::tasks::Overview,
};

/// What is late and what is due today.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskAgenda(overview: Overview, moment: Moment, failure: Option<Failure>, projects: Fields) -> impl IntoView {
    let group = |title: &str, count| Group { title: title.to_owned(), count, ..Group::default() };
    let groups = vec![group("Overdue", overview.overdue.len()), group("Due today", overview.today.len())];
    let what = Brief {
        cards: overview.overdue.into_iter().chain(overview.today).map(Card::from).collect(),
        today: moment.into(),
        news: news(moment),
        address: "/dashboard".to_owned(),
        refusal: failure.map(Into::into),
        groups,
        projects,
        ..Brief::default()
    };

    view! {
        <Tell what>
            <Agenda />
        </Tell>
    }
}

#[island]
fn Agenda() -> impl IntoView {
    let desk = Desk::told();

    view! {
        <div class="agenda-lists" use:hearing=desk>
            {move || desk.state.with(row_alert)}
            <Part desk title="Overdue" group=0 empty="Nothing is overdue." />
            <Part desk title="Due today" group=1 empty="Nothing is due today." />
            {move || desk.state.with(words)}
        </div>
    }
}

#[component]
fn Part(desk: Desk, title: &'static str, group: usize, empty: &'static str) -> impl IntoView {
    let is_empty = move || desk.state.with(|state| !state.rows.iter().any(|row| row.group == group));

    view! {
        <section class="agenda-part">
            <h2>{title}</h2>
            <Rows desk group label=title.to_owned() />
            {move || is_empty().then(|| view! { <p class="empty-state">{empty}</p> })}
        </section>
    }
}
