//! How the server is, and who may come.

use super::{desk, frame::Frame};
use crate::{
    components::{Button, ButtonKind, Content, Secret, Select, Summary, say_instant},
    forms::{failure, outcome},
    pages::{
        ErrorPage,
        settings::{ConfirmForm, Section},
    },
};
use backend::accounts::operator::{Health, health, invites};
use domain::{
    Error, Timestamp,
    accounts::{Invite, ZoneName},
};
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/admin";

/// `/admin`
#[component]
pub fn ServerPage() -> impl IntoView {
    view! {
        <Title text="Server" />
        <Suspense>
            {Suspend::new(async move {
                match load().await {
                    Ok(loaded) => view! { <Server loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    health: Health,
    invites: Vec<Invite>,
    takes_invites: bool,
    is_confirmed: bool,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let desk = desk()?;
    Ok(Loaded {
        health: health(&desk.backend, &desk.operator).await?,
        invites: invites(&desk.backend, &desk.operator).await?,
        takes_invites: desk.backend.takes_invites(),
        is_confirmed: desk.is_confirmed,
        zone: desk.zone,
        now: desk.now,
    })
}

#[component]
fn Server(loaded: Loaded) -> impl IntoView {
    let Loaded { health, invites, takes_invites, is_confirmed, zone, now } = loaded;
    let (who, about) = who_may_sign_up(health.sign_up);
    let (policy, is_ordered) = (health.sign_up, health.is_sign_up_ordered);
    let chosen_by = if is_ordered {
        "TICKBOX_SIGNUP decides; take it out of the settings to choose here."
    } else {
        "Who may make an account on this server."
    };

    view! {
        <Frame here=HERE>
            <Section id="health" title="Health" about="How this server is right now.">
                <HealthTable health />
            </Section>
            <Section id="sign-up" title="Sign-up" about=chosen_by>
                <div class="card stack">
                    <p>
                        <strong>{who}</strong>
                        " "
                        {about}
                    </p>
                    {(is_confirmed && !is_ordered).then(|| view! { <Doors policy /> })}
                </div>
                {takes_invites.then(|| view! { <Invites invites is_confirmed zone now /> })}
                {(!is_confirmed).then(|| view! { <ConfirmForm here=HERE /> })}
            </Section>
        </Frame>
    }
}

fn who_may_sign_up(policy: &str) -> (&'static str, &'static str) {
    match policy {
        "open" => ("Open.", "Anybody who reaches this server can make an account."),
        "first" => ("Closed.", "It was open until the first account was made."),
        "invite" => ("By invitation.", "Each link makes one account, once, within a week."),
        _ => ("Closed.", "Accounts are made by invitation, or by tickbox user add."),
    }
}

/// Chooses who may sign up.
#[component]
fn Doors(policy: &'static str) -> impl IntoView {
    let choices = [
        ("open", "Anybody"),
        ("invite", "Whoever was invited"),
        ("first", "The first, and nobody after"),
        ("closed", "Nobody"),
    ];
    let choices = choices.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();

    view! {
        <form class="stack" method="post" action=HERE>
            <input type="hidden" name="do" value="set_sign_up" />
            <Summary action="set_sign_up" />
            <Select
                name="sign_up"
                label="Who may sign up"
                content=Content::of(failure("set_sign_up").as_ref(), "sign_up", policy)
                choices
            />
            <div class="form-actions">
                <Button kind=ButtonKind::Plain>"Save"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn HealthTable(health: Health) -> impl IntoView {
    let facts = [
        ("Version", health.version.to_owned()),
        ("Database", health.database),
        ("Size", say_bytes(health.database_bytes)),
        ("Schema", health.schema),
        ("Accounts", health.accounts.to_string()),
        ("Passwords waiting to be hashed", health.waiting_hashes.to_string()),
    ];
    let facts = facts.map(|(name, value)| {
        view! {
            <div class="row">
                <dt class="row-note">{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });

    view! { <dl class="card rows facts">{facts.into_iter().collect_view()}</dl> }.into_any()
}

fn say_bytes(bytes: i64) -> String {
    let kib = bytes / 1024;
    if kib < 10 * 1024 { format!("{kib} KiB") } else { format!("{} MiB", kib / 1024) }
}

#[component]
fn Invites(invites: Vec<Invite>, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let made = outcome::<String>("make_invite");
    let rows = invites.into_iter().map(|invite| view! { <InviteRow invite is_confirmed zone=zone.clone() now /> });
    let rows = rows.collect_view();

    view! {
        {made
            .map(|link| {
                view! { <Secret label="The link of the invitation".to_owned() text=link about="Hand it over now. It is not shown again." /> }
            })}
        <Summary action="make_invite" />
        <Summary action="withdraw_invite" />
        <ul class="card rows" aria-label="Invitations that wait">
            {rows}
            <li class="row">
                {if is_confirmed {
                    view! {
                        <form method="post" action=HERE>
                            <input type="hidden" name="do" value="make_invite" />
                            <Button kind=ButtonKind::Plain>"Invite somebody"</Button>
                        </form>
                    }
                        .into_any()
                } else {
                    view! { <span class="row-note">"Confirm your password to invite somebody."</span> }.into_any()
                }}
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn InviteRow(invite: Invite, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let say = |at| say_instant(at, now, &zone);
    let name = format!("Made {}", say(invite.created_at));
    let label = format!("Withdraw the invitation made {}", say(invite.created_at));

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{name}</strong>
                <span class="row-note">{format!("runs out {}", say(invite.expires_at))}</span>
            </div>
            {is_confirmed
                .then(|| {
                    view! {
                        <form method="post" action=HERE>
                            <input type="hidden" name="do" value="withdraw_invite" />
                            <input type="hidden" name="id" value=invite.id.to_string() />
                            <button class="button button-quiet" type="submit" aria-label=label>
                                "Withdraw"
                            </button>
                        </form>
                    }
                })}
        </li>
    }
    .into_any()
}
