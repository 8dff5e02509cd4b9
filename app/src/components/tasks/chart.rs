//! The dashboard's chart: open tasks by priority, and below them how much of everything is done.

use crate::components::tasks::priority_name;
use domain::tasks::{Overview, Priority};
use leptos::prelude::*;

const ROW: u64 = 32;
const LEFT: u64 = 72;
const WIDTH: u64 = 200;

/// One bar: its label, the class that colours it, its count and what a full bar stands for.
struct Bar {
    label: &'static str,
    class: &'static str,
    count: u64,
    says: String,
    whole: u64,
}

impl Bar {
    /// How long it is drawn: nothing for none, and at least a sliver for one.
    fn length(&self) -> u64 {
        if self.count == 0 { 0 } else { (self.count * WIDTH / self.whole.max(1)).max(4) }
    }
}

/// The bars of the overview. It is one picture, with one sentence that says all of it.
#[component]
pub fn Chart(overview: Overview) -> impl IntoView {
    let bars = bars(&overview).into_iter().zip(0..).map(|(bar, place)| draw(&bar, place));

    view! {
        <svg class="chart" viewBox="0 0 320 192" role="img" aria-label=describe(&overview)>
            {bars.collect_view()}
        </svg>
    }
}

fn describe(overview: &Overview) -> String {
    let priorities: Vec<String> = overview
        .by_priority
        .iter()
        .map(|count| format!("{} {}", priority_name(count.priority).to_ascii_lowercase(), overview.say(count.open)))
        .collect();
    let (open, done) = (overview.say(overview.open), overview.say(overview.done));
    format!("Open tasks by priority: {}. Of all tasks {open} are open and {done} are done.", priorities.join(", "))
}

fn bars(overview: &Overview) -> Vec<Bar> {
    let longest = overview.by_priority.iter().map(|count| count.open).max().unwrap_or(0);
    let priorities = overview.by_priority.iter().map(|count| Bar {
        label: priority_name(count.priority),
        class: match count.priority {
            Priority::High => "chart-bar priority-high",
            Priority::Medium => "chart-bar priority-medium",
            Priority::Low => "chart-bar priority-low",
            Priority::None => "chart-bar",
        },
        count: count.open,
        says: overview.say(count.open),
        whole: longest,
    });
    let whole = overview.open + overview.done;
    let states =
        [("All open", "chart-bar chart-open", overview.open), ("All done", "chart-bar chart-done", overview.done)];
    let states = states.map(|(label, class, count)| Bar { label, class, count, says: overview.say(count), whole });
    priorities.chain(states).collect()
}

fn draw(bar: &Bar, place: u64) -> impl IntoView + use<> {
    let (top, length) = (place * ROW, bar.length());
    view! {
        <text class="chart-label" x="0" y=(top + 21).to_string()>
            {bar.label}
        </text>
        <rect class=bar.class x=LEFT.to_string() y=(top + 8).to_string() width=length.to_string() height="16" rx="4" />
        <text class="chart-count" x=(LEFT + length + 8).to_string() y=(top + 21).to_string()>
            {bar.says.clone()}
        </text>
    }
}
