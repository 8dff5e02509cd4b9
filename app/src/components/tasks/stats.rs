//! The dashboard's numbers. The browser asks for them anew whenever it has changed a task.

use domain::tasks::Overview;
use leptos::prelude::*;

/// The four counts, each of which leads to what it counts.
#[component]
pub fn StatGrid(overview: Overview) -> impl IntoView {
    let counts = [
        ("Overdue", "/tasks?view=overdue", overview.overdue_count),
        ("Due today", "/today", overview.today_count),
        ("Open", "/tasks", overview.open),
        ("Done", "/logbook", overview.done),
    ];
    let counts = counts.map(|(label, address, count)| {
        view! {
            <div class="stat">
                <dt>
                    <a href=address>{label}</a>
                </dt>
                <dd>{overview.say(count)}</dd>
            </div>
        }
    });

    view! { <dl class="stat-grid">{counts.into_iter().collect_view()}</dl> }
}
