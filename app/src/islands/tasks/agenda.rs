//! The dashboard's lists, and the numbers and the chart that keep in step with them.

use super::{
    desk::{Brief, Desk, hearing},
    row::Rows,
    words::{row_alert, words},
};
use crate::{
    components::tasks::{Numbers, chart, stat_grid},
    islands::told::Told,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::{
        components::tasks::{Card, Moment, Today},
        forms::Failure,
    },
    domain::tasks::Overview,
};

/// What is late, what is due today, and how much there is.
#[cfg(feature = "ssr")]
#[component]
pub fn TaskAgenda(overview: Overview, moment: Moment, failure: Option<Failure>) -> impl IntoView {
    let today = Today::from(moment);
    let late = overview.overdue.len();
    let mut elsewhere = Numbers::of(&overview);
    let cards: Vec<Card> = overview.overdue.into_iter().chain(overview.today).map(Card::from).collect();
    for card in &cards {
        elsewhere.remove(card, &today);
    }
    let brief = Brief { cards, today, address: "/dashboard".to_owned(), refusal: failure.map(Into::into) };

    view! { <Agenda brief=Told(brief) late elsewhere=Told(elsewhere) /> }
}

/// The first `late` tasks stand in the first list. `elsewhere` counts the tasks that stand in none.
#[island]
fn Agenda(brief: Told<Brief>, late: usize, elsewhere: Told<Numbers>) -> impl IntoView {
    let desk = Desk::new(brief.0);
    desk.state.update_untracked(|state| state.rows.iter_mut().take(late).for_each(|row| row.is_late = true));
    let elsewhere = StoredValue::new(elsewhere.0);
    let numbers = move || {
        let mut numbers = elsewhere.get_value();
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
            <Part desk title="Overdue" is_late=true empty="Nothing is overdue." />
            <Part desk title="Due today" is_late=false empty="Nothing is due today." />
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
fn Part(desk: Desk, title: &'static str, is_late: bool, empty: &'static str) -> impl IntoView {
    let is_empty = move || desk.state.with(|state| !state.rows.iter().any(|row| row.is_late == is_late));

    view! {
        <section class="agenda-part">
            <h2>{title}</h2>
            <Rows desk is_late label=title />
            {move || is_empty().then(|| view! { <p class="empty-state">{empty}</p> })}
        </section>
    }
}
