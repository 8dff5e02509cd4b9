//! The dashboard: what is late, what is due today, and how much there is.

use crate::{
    components::tasks::{Chart, Fields, Moment, StatGrid},
    forms::failure,
    islands::tasks::TaskAgenda,
    pages::ErrorPage,
    places::project_choices,
    request,
};
use domain::{
    Error,
    calendar::{LocalTime, say_day},
    tasks::Overview,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The dashboard.
#[component]
pub fn DashboardPage() -> impl IntoView {
    view! {
        <Title text="Dashboard" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Dashboard loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Dashboard(loaded: Loaded) -> impl IntoView {
    let Loaded { name, local, overview, moment, projects } = loaded;
    let failure = ["set_task_completed", "skip_task", "delete_task", "restore_task"].into_iter().find_map(failure);

    view! {
        <header class="greeting">
            <h1>{format!("{}, {name}", greeting(local))}</h1>
            <p>{say_day(local.date)}</p>
        </header>
        <div class="agenda">
            <div class="counted">
                <StatGrid overview=overview.clone() />
            </div>
            <TaskAgenda overview=overview.clone() moment failure projects />
            <section class="agenda-part counted">
                <h2>"Open tasks by priority"</h2>
                <Chart overview />
            </section>
        </div>
    }
}

struct Loaded {
    name: String,
    local: LocalTime,
    overview: Overview,
    moment: Moment,
    projects: Fields,
}

async fn load() -> Result<Loaded, Error> {
    let session = request::session().map_err(|error| error.0)?;
    let owner = session.owner();
    let overview = backend::tasks::overview(&request::backend(), owner).await?;
    let moment = Moment::of(owner);
    let local = backend::zones::local(moment.now, owner.time_zone());
    let projects = project_choices().await;
    Ok(Loaded { name: session.user().greeting_name().to_owned(), local, overview, moment, projects })
}

fn greeting(local: LocalTime) -> &'static str {
    match local.clock.minutes() / 60 {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    }
}
