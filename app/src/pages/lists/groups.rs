//! Puts the tasks of a list into groups, each under a heading of its own.

use crate::components::tasks::Moment;
use domain::{
    accounts::ZoneName,
    calendar::{Date, say_date, say_day},
    tasks::{Task, View},
};

/// Tasks under a heading; none where they are one list.
pub(super) type Group = (String, Vec<Task>);

/// The groups of a view. Its tasks come in order, so that those of one group stand together.
pub(super) fn grouped(view: View, tasks: Vec<Task>, moment: Moment, zone: &ZoneName) -> Vec<Group> {
    let today = moment.today;
    match view {
        View::Today => {
            let (earlier, now) = tasks.into_iter().partition(|task| task.due_date.is_some_and(|due| due < today));
            vec![("Earlier".to_owned(), earlier), ("Today".to_owned(), now)]
        }
        View::Upcoming => by_day(tasks, today, |task| task.due_date),
        View::Logbook => {
            by_day(tasks, today, |task| task.completed_at.map(|instant| backend::zones::local(instant, zone).date))
        }
        _ => vec![(String::new(), tasks)],
    }
}

fn by_day(tasks: Vec<Task>, today: Date, day: impl Fn(&Task) -> Option<Date>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for task in tasks {
        let heading = day(&task).map(|day| say_heading(day, today)).unwrap_or_default();
        match groups.last_mut() {
            Some((known, tasks)) if *known == heading => tasks.push(task),
            _ => groups.push((heading, vec![task])),
        }
    }
    groups
}

/// "Tomorrow", "Monday, 23 November", "23 Nov 2027".
fn say_heading(day: Date, today: Date) -> String {
    let is_near = (day - today).whole_days().abs() <= 1;
    if is_near || day.year() != today.year() { say_date(day, today) } else { say_day(day) }
}
