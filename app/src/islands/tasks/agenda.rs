//! The dashboard's lists, and the numbers and the chart that keep in step with them.

use super::{
    desk::{Desk, hearing},
    row::Rows,
    words::{row_alert, words},
};
use crate::components::tasks::{chart, stat_grid};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::desk::{Brief, Group},
    crate::{
        components::tasks::{Card, Fields, Moment, Numbers, Today},
        forms::Failure,
        islands::told::Tell,
        pages::news,
    },
    domain::tasks::Overview,
};

/// What is late, what is due today, and how much there is.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskAgenda(overview: Overview, moment: Moment, failure: Option<Failure>, projects: Fields) -> impl IntoView {
    let today = Today::from(moment);
    let group = |title: &str, count| Group { title: title.to_owned(), count };
    let groups = vec![group("Overdue", overview.overdue.len()), group("Due today", overview.today.len())];
    let mut elsewhere = Numbers::of(&overview);
    let cards: Vec<Card> = overview.overdue.into_iter().chain(overview.today).map(Card::from).collect();
    for card in &cards {
        elsewhere.remove(card, &today);
    }
    let what = Brief {
        cards,
        today,
        news: news(moment),
        address: "/dashboard".to_owned(),
        refusal: failure.map(Into::into),
        groups,
        elsewhere,
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
    let numbers = move || {
        let mut numbers = desk.elsewhere.get_value();
        let rows = desk.state.with(|state| state.rows.clone());
        desk.today.with_value(|today| {
            for row in rows {
                row.face.with(|face| numbers.add(&face.card, today));
            }
        });
        numbers
    };

    view! {
        <div class="agenda" use:hearing=desk>
            {move || (stat_grid(&numbers()), desk.state.with(row_alert))}
            <Part desk title="Overdue" group=0 empty="Nothing is overdue." />
            <Part desk title="Due today" group=1 empty="Nothing is due today." />
            {move || {
                view! {
                    <section class="agenda-part">
                        <h2>"Open tasks by priority"</h2>
                        {chart(&numbers())}
                    </section>
                    {desk.state.with(words)}
                }
            }}
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
