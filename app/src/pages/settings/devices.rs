//! The devices that are signed in, and how to sign them out.

use super::frame::{Frame, Section};
use crate::{
    components::{Button, ButtonKind, Summary, say_instant},
    pages::ErrorPage,
    request,
};
use domain::{
    Error, Timestamp,
    accounts::{Device, ZoneName, device_name},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/settings/devices`
#[component]
pub fn DevicesPage() -> impl IntoView {
    view! {
        <Title text="Devices" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Devices loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    devices: Vec<Device>,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let (session, backend) = (request::session().map_err(|error| error.0)?, request::backend());
    let devices = backend::accounts::devices(&backend, session.owner()).await?;
    let (zone, now) = (session.owner().time_zone().clone(), backend.clock().now());
    Ok(Loaded { devices, zone, now })
}

#[component]
fn Devices(loaded: Loaded) -> impl IntoView {
    let Loaded { devices, zone, now } = loaded;
    let has_others = devices.len() > 1;
    let devices = devices.into_iter().map(|device| view! { <DeviceRow device zone=zone.clone() now /> });
    let devices = devices.collect_view();

    view! {
        <Frame here="/settings/devices">
            <Section id="devices" title="Devices" about="Whoever is signed in to your account. Sign out what you do not know, and change your password.">
                <Summary action="end_device" />
                <ul class="card rows" aria-label="Signed-in devices">
                    {devices}
                </ul>
                {has_others
                    .then(|| {
                        view! {
                            <form method="post" action="/settings/devices">
                                <input type="hidden" name="do" value="end_other_devices" />
                                <Button kind=ButtonKind::Plain>"Sign out all other devices"</Button>
                            </form>
                        }
                    })}
            </Section>
        </Frame>
    }
}

#[component]
fn DeviceRow(device: Device, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let name = device_name(device.user_agent.as_deref());
    let address = device.ip.unwrap_or_else(|| "unknown address".to_owned());
    let signed_in = say_instant(device.created_at, now, &zone);
    let last_used = say_instant(device.last_used_at, now, &zone);
    let end = if device.is_current {
        view! { <span class="badge">"This device"</span> }.into_any()
    } else {
        let label = format!("Sign out {name}, {address}");
        view! {
            <form method="post" action="/settings/devices">
                <input type="hidden" name="do" value="end_device" />
                <input type="hidden" name="id" value=device.id.to_string() />
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Sign out"
                </button>
            </form>
        }
        .into_any()
    };

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{name}</strong>
                <span class="row-note">{format!("{address} · signed in {signed_in} · last used {last_used}")}</span>
            </div>
            {end}
        </li>
    }
}
