//! What happened to the account.

use super::frame::{Frame, Section};
use crate::{
    components::say_instant,
    pages::{ErrorPage, parameter},
    request,
};
use domain::{
    Error, Timestamp,
    accounts::{Activity, Entry, ZoneName, device_name},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/settings/activity`
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! {
        <Title text="Activity" />
        <Suspense>
            {Suspend::new(async move {
                match load().await {
                    Ok(loaded) => view! { <Log loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    activity: Activity,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let (session, backend) = (request::session().map_err(|error| error.0)?, request::backend());
    // What is no number is no wish at all: the newest entries are shown.
    let before = parameter("before").and_then(|number| number.parse().ok());
    let activity = backend::accounts::activity(&backend, session.owner(), before).await?;
    let (zone, now) = (session.owner().time_zone().clone(), backend.clock().now());
    Ok(Loaded { activity, zone, now })
}

#[component]
fn Log(loaded: Loaded) -> impl IntoView {
    let Loaded { activity, zone, now } = loaded;
    let verdict = if activity.is_intact {
        view! { <p class="row-note">"Every entry is as it was written: the chain of hashes is unbroken."</p> }
            .into_any()
    } else {
        view! {
            <div class="alert" role="alert">
                <span>
                    "The log does not match its hashes: somebody has changed it in the database. Change your password and tell whoever runs this server."
                </span>
            </div>
        }
        .into_any()
    };
    let entries = activity.items.into_iter().map(|entry| view! { <LogRow entry zone=zone.clone() now /> });
    let entries = entries.collect_view();
    let older = activity.next_before.map(|number| {
        view! {
            <a class="button" href=format!("/settings/activity?before={number}")>
                "Older"
            </a>
        }
    });

    view! {
        <Frame here="/settings/activity">
            <Section id="activity" title="Activity" about="What happened to your account, and from where.">
                {verdict}
                <ul class="card rows" aria-label="Activity">
                    {entries}
                </ul>
                <div class="form-actions">
                    {older}
                    <a class="button" href="/api/auth/activity/log" download="tickbox-activity.json">
                        "Download the whole log"
                    </a>
                </div>
            </Section>
        </Frame>
    }
}

#[component]
fn LogRow(entry: Entry, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let (when, name) = (say_instant(entry.at, now, &zone), device_name(entry.user_agent.as_deref()));
    let address = entry.ip.unwrap_or_else(|| "unknown address".to_owned());
    let failures = match entry.failures_before {
        0 => None,
        1 => Some("after 1 wrong password".to_owned()),
        number => Some(format!("after {number} wrong passwords")),
    };

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{entry.event.sentence()}</strong>
                <span class="row-note">{format!("{when} · {name} · {address}")}</span>
                {failures.map(|failures| view! { <span class="row-warning">{failures}</span> })}
            </div>
        </li>
    }
}
