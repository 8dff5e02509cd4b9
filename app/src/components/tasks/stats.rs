//! The dashboard's numbers. The browser asks for them anew whenever it has changed a task.

use domain::tasks::Overview;
use leptos::prelude::*;

/// The four counts.
#[component]
pub fn StatGrid(overview: Overview) -> impl IntoView {
    let counts = [
        ("Overdue", overview.overdue_count),
        ("Due today", overview.today_count),
        ("Open", overview.open),
        ("Done", overview.done),
    ];
    let counts = counts.map(|(label, count)| {
        view! {
            <div class="stat">
                <dt>{label}</dt>
                <dd>{overview.say(count)}</dd>
            </div>
        }
    });

    view! { <dl class="stat-grid">{counts.into_iter().collect_view()}</dl> }
}
