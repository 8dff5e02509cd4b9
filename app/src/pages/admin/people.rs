//! Who has an account, and what an admin can do about it.

use super::{desk, frame::Frame};
use crate::{
    components::{Button, ButtonKind, Content, Field, Secret, Summary, say_instant},
    forms::outcome,
    pages::{
        ErrorPage, parameter,
        settings::{ConfirmForm, Section},
    },
    request,
};
use backend::accounts::operator::members;
use domain::{
    Error, Timestamp,
    accounts::{DisplayName, Member, MemberPage, ZoneName},
    ids::UserId,
};
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/admin/users";

/// `/admin/users`
#[component]
pub fn PeoplePage() -> impl IntoView {
    view! {
        <Title text="People" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <People loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    page: MemberPage,
    text: String,
    own_id: UserId,
    is_confirmed: bool,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let desk = desk()?;
    let text = parameter("q").unwrap_or_default();
    // What is no id is no wish at all: the newest accounts are shown.
    let before = parameter("before").and_then(|id| id.parse().ok());
    let page = members(&desk.backend, &desk.operator, &text, before).await?;
    Ok(Loaded { page, text, own_id: desk.own_id, is_confirmed: desk.is_confirmed, zone: desk.zone, now: desk.now })
}

#[component]
fn People(loaded: Loaded) -> impl IntoView {
    let Loaded { page, text, own_id, is_confirmed, zone, now } = loaded;
    let older = page.next_before.map(|id| view! { <Older text=text.clone() before=id /> });
    let is_empty = page.items.is_empty();
    let link = outcome::<String>("make_reset_link");
    let rows = page.items.into_iter().map(|member| {
        let is_own = member.id == own_id;
        view! { <MemberRow member is_own is_confirmed zone=zone.clone() now /> }
    });
    let rows = rows.collect_view();

    view! {
        <Frame here=HERE>
            <Section
                id="people"
                title="People"
                about="Whoever has an account. What they write is theirs: it cannot be read here."
            >
                <form class="card stack" method="get" action=HERE role="search">
                    <Field name="q" label="Address or name" content=Content::of(None, "q", &text) />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Plain>"Search"</Button>
                    </div>
                </form>
                <Summary action="set_user_active" />
                <Summary action="set_user_admin" />
                <Summary action="end_user_sessions" />
                <Summary action="make_reset_link" />
                {link
                    .map(|link| {
                        view! {
                            <Secret
                                label="A link that sets a new password".to_owned()
                                text=link
                                about="Hand it over now. It is good once, for 30 minutes, and not shown again."
                            />
                        }
                    })}
                {(!is_confirmed).then(|| view! { <ConfirmForm here=HERE /> })}
                {if is_empty {
                    view! { <p class="card">"Nobody is called that."</p> }.into_any()
                } else {
                    view! {
                        <ul class="card rows" aria-label="Accounts">
                            {rows}
                        </ul>
                    }
                        .into_any()
                }}
                {older}
            </Section>
        </Frame>
    }
}

/// The way to the accounts that were made before these.
#[component]
fn Older(text: String, before: UserId) -> impl IntoView {
    view! {
        <form method="get" action=HERE>
            <input type="hidden" name="q" value=text />
            <input type="hidden" name="before" value=before.to_string() />
            <Button kind=ButtonKind::Plain>"Older accounts"</Button>
        </form>
    }
}

#[component]
fn MemberRow(member: Member, is_own: bool, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let say = |at| say_instant(at, now, &zone);
    let name = member.name.as_ref().map(DisplayName::as_str).unwrap_or_default().to_owned();
    let seen = member.last_seen_at.map_or_else(|| "never seen".to_owned(), |at| format!("last seen {}", say(at)));
    let devices = match member.sessions {
        1 => "1 device".to_owned(),
        count => format!("{count} devices"),
    };
    let badge = match (member.is_active, member.is_admin) {
        (false, _) => Some("Disabled"),
        (true, true) => Some("Admin"),
        (true, false) => None,
    };
    let note = format!("{name} · made {} · {seen} · {devices}", say(member.created_at));
    let note = note.trim_start_matches(" · ").to_owned();

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{member.email.to_string()}</strong>
                <span class="row-note">{note}</span>
            </div>
            {badge.map(|badge| view! { <span class="badge">{badge}</span> })}
            {is_confirmed.then(|| view! { <Deeds member is_own /> })}
        </li>
    }
    .into_any()
}

/// What can be done about an account: each a form of its own, folded away.
#[component]
fn Deeds(member: Member, is_own: bool) -> impl IntoView {
    let (id, email) = (member.id.to_string(), member.email.to_string());
    let activity = if member.is_active { ("Disable", "false") } else { ("Enable", "true") };
    let role = if member.is_admin { ("Take admin away", "false") } else { ("Make admin", "true") };
    let deed = |action: &'static str, field: Option<(&'static str, &'static str)>, words: &'static str| {
        let label = format!("{words}: {email}");
        view! {
            <form method="post" action=HERE>
                <input type="hidden" name="do" value=action />
                <input type="hidden" name="id" value=id.clone() />
                {field.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                <button class="button button-quiet" type="submit" aria-label=label>
                    {words}
                </button>
            </form>
        }
    };

    view! {
        <div class="form-actions">
            {(member.sessions > 0).then(|| deed("end_user_sessions", None, "Sign out everywhere"))}
            {member.is_active.then(|| deed("make_reset_link", None, "Link for a new password"))}
            {deed("set_user_admin", Some(("is_admin", role.1)), role.0)}
            {(!is_own).then(|| deed("set_user_active", Some(("is_active", activity.1)), activity.0))}
        </div>
    }
    .into_any()
}
