//! The dashboard's numbers, kept in step with what happens to the tasks that stand beside them.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
use crate::components::tasks::{Card, Today};
#[cfg(feature = "ssr")]
use domain::tasks::Overview;
use domain::tasks::PriorityCount;
use leptos::prelude::*;

/// How many tasks there are of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Numbers {
    /// Open and late.
    pub overdue: u64,
    /// Open and due today, but not late.
    pub today: u64,
    /// Open.
    pub open: u64,
    /// Done.
    pub done: u64,
    /// Open, by priority, highest first.
    pub by_priority: Vec<PriorityCount>,
}

impl Numbers {
    /// The numbers that the database counted.
    #[cfg(feature = "ssr")]
    pub fn of(overview: &Overview) -> Self {
        Self {
            overdue: overview.overdue_count,
            today: overview.today_count,
            open: overview.open,
            done: overview.done,
            by_priority: overview.by_priority.clone(),
        }
    }

    /// Counts a task in.
    pub fn add(&mut self, card: &Card, today: &Today) {
        self.each_of(card, today, |number| *number += 1);
    }

    /// Counts a task out.
    #[cfg(any(feature = "ssr", test))]
    pub fn remove(&mut self, card: &Card, today: &Today) {
        self.each_of(card, today, |number| *number = number.saturating_sub(1));
    }

    fn each_of(&mut self, card: &Card, today: &Today, change: fn(&mut u64)) {
        if card.is_completed {
            return change(&mut self.done);
        }
        change(&mut self.open);
        if card.is_overdue(&today.now) {
            change(&mut self.overdue);
        } else if card.due_date.as_ref() == Some(&today.date) {
            change(&mut self.today);
        }
        if let Some(count) = self.by_priority.iter_mut().find(|count| count.priority == card.priority) {
            change(&mut count.open);
        }
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for Numbers {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            overdue: json.get("overdue")?,
            today: json.get("today")?,
            open: json.get("open")?,
            done: json.get("done")?,
            by_priority: json.get("by_priority")?,
        })
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for PriorityCount {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { priority: json.get("priority")?, open: json.get("open")? })
    }
}

/// The four counts.
pub fn stat_grid(numbers: &Numbers) -> impl IntoView + use<> {
    let counts =
        [("Overdue", numbers.overdue), ("Due today", numbers.today), ("Open", numbers.open), ("Done", numbers.done)];
    let counts = counts.map(|(label, count)| {
        view! {
            <div class="stat">
                <dt>{label}</dt>
                <dd>{count.to_string()}</dd>
            </div>
        }
    });

    view! { <dl class="stat-grid">{counts.into_iter().collect_view()}</dl> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::tasks::example;

    #[test]
    fn the_numbers_follow_what_happens_to_a_task() {
        let (mut card, today) = example::card_and_today();
        let high = PriorityCount { priority: card.priority, open: 4 };
        let before = Numbers { overdue: 1, today: 2, open: 9, done: 3, by_priority: vec![high] };
        let mut after = before.clone();
        after.remove(&card, &today);
        card.is_completed = true;
        after.add(&card, &today);
        assert_eq!((after.overdue, after.today, after.open, after.done), (1, 1, 8, 4));
        assert_eq!(after.by_priority[0].open, 3);
        after.remove(&card, &today);
        card.is_completed = false;
        after.add(&card, &today);
        assert_eq!(after, before);
    }
}
