//! API tokens: what programs carry, how to make one, and how to revoke it.

use super::frame::{ConfirmForm, Frame, Section};
use crate::{
    actions::tokens::NewToken,
    components::{Button, Checkbox, Content, Field, Secret, Select, Summary, say_instant},
    forms::{failure, outcome},
    pages::ErrorPage,
    request,
};
use domain::{
    Error, Timestamp,
    accounts::{ApiToken, Lifetime, Scope, ZoneName},
};
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/settings/tokens";

/// `/settings/tokens`
#[component]
pub fn TokensPage() -> impl IntoView {
    view! {
        <Title text="API tokens" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Tokens loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    tokens: Vec<ApiToken>,
    is_confirmed: bool,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let (session, backend) = (request::session().map_err(|error| error.0)?, request::backend());
    let tokens = backend::accounts::tokens(&backend, session.owner()).await?;
    let (zone, now) = (session.owner().time_zone().clone(), backend.clock().now());
    Ok(Loaded { tokens, is_confirmed: session.is_freshly_confirmed(now), zone, now })
}

#[component]
fn Tokens(loaded: Loaded) -> impl IntoView {
    let Loaded { tokens, is_confirmed, zone, now } = loaded;
    let made = outcome::<NewToken>("make_token");
    let is_empty = tokens.is_empty();
    let tokens = tokens.into_iter().map(|token| view! { <TokenRow token zone=zone.clone() now /> }).collect_view();

    view! {
        <Frame here=HERE>
            <Section
                id="tokens"
                title="API tokens"
                about="Programs carry them instead of your password. They outlive your sessions and a change of the password: revoke what you no longer need."
            >
                {made
                    .map(|made| {
                        view! {
                            <Secret
                                label=format!("The token “{}”", made.name)
                                text=made.token
                                about="Copy it now. It is not shown again."
                            />
                        }
                    })}
                <Summary action="revoke_token" />
                {if is_empty {
                    view! { <p class="card">"There are none."</p> }.into_any()
                } else {
                    view! {
                        <ul class="card rows" aria-label="API tokens">
                            {tokens}
                        </ul>
                    }
                        .into_any()
                }}
            </Section>
            <Section id="new-token" title="A new token" about="It does what you tick and nothing else.">
                {if is_confirmed {
                    view! { <NewTokenForm /> }.into_any()
                } else {
                    view! { <ConfirmForm here=HERE /> }.into_any()
                }}
            </Section>
        </Frame>
    }
}

#[component]
fn TokenRow(token: ApiToken, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let say = |at| say_instant(at, now, &zone);
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let last_used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", say(at)));
    let end = match token.expires_at {
        Some(at) if at <= now => format!("ran out {}", say(at)),
        Some(at) => format!("runs out {}", say(at)),
        None => "does not run out".to_owned(),
    };
    let label = format!("Revoke {}", token.name.as_str());

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{token.name.as_str().to_owned()}</strong>
                <span class="row-note">
                    <code>{token.hint}</code>
                    {format!(" · {} · made {} · {last_used} · {end}", scopes.join(", "), say(token.created_at))}
                </span>
            </div>
            <form method="post" action=HERE>
                <input type="hidden" name="do" value="revoke_token" />
                <input type="hidden" name="id" value=token.id.to_string() />
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Revoke"
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn NewTokenForm() -> impl IntoView {
    let failure = failure("make_token");
    let failure = failure.as_ref();
    let lifetimes = Lifetime::ALL.iter().map(|lifetime| (lifetime.as_str().to_owned(), lifetime.sentence().to_owned()));
    let complaint = failure.and_then(|failure| failure.message("scopes"));
    let scopes = Scope::ALL.iter().map(|scope| {
        let name = field(*scope);
        let is_checked = failure.is_some_and(|failure| failure.value(name).is_some());
        view! { <Checkbox name label=scope.sentence() is_checked /> }
    });

    view! {
        <form class="card stack" method="post" action=HERE novalidate>
            <input type="hidden" name="do" value="make_token" />
            <Summary action="make_token" />
            <Field
                name="name"
                label="What is it for?"
                autocomplete="off"
                is_required=true
                content=Content::of(failure, "name", "")
            />
            <fieldset class="choices" aria-describedby="scopes-error">
                <legend>"It may"</legend>
                {scopes.collect_view()}
                <p class="field-error" id="scopes-error">
                    {complaint}
                </p>
            </fieldset>
            <Select
                name="lifetime"
                label="It lives for"
                content=Content::of(failure, "lifetime", Lifetime::default().as_str())
                choices=lifetimes.collect()
            />
            <div class="form-actions">
                <Button>"Make the token"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// The checkbox of a scope, as `make_token` reads it.
const fn field(scope: Scope) -> &'static str {
    match scope {
        Scope::TasksRead => "tasks_read",
        Scope::TasksWrite => "tasks_write",
        Scope::AccountRead => "account_read",
        Scope::Export => "export",
    }
}
