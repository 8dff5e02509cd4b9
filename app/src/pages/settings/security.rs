//! What guards the account beside its password. Forms here are plain: what they give once, such as recovery codes, is
//! the answer to them.

use super::{
    frame::{ConfirmForm, Frame, Section},
    passkeys::Passkeys,
    two_step::{TwoStep, TwoStepState},
};
use crate::{forms::outcome, pages::ErrorPage, request};
use backend::accounts;
use domain::{
    Error, Timestamp,
    accounts::{Passkey, ZoneName},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// Where the page is, and its forms are sent.
pub(super) const HERE: &str = "/settings/security";

/// `/settings/security`
#[component]
pub fn SecurityPage() -> impl IntoView {
    view! {
        <Title text="Security" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Sections loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    two_step: TwoStepState,
    passkeys: Vec<Passkey>,
    host: Option<String>,
    is_confirmed: bool,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let (session, backend) = (request::session().map_err(|error| error.0)?, request::backend());
    let now = backend.clock().now();
    let is_confirmed = session.is_freshly_confirmed(now);
    let factors = accounts::factors(&backend, session.owner()).await?;
    let new_codes = outcome("turn_totp_on").or_else(|| outcome("renew_recovery_codes"));
    let two_step = match (factors.totp_since, new_codes) {
        (Some(_), Some(codes)) => TwoStepState::NewCodes(codes),
        (Some(since), None) => TwoStepState::On { since, codes_left: factors.recovery_codes_left },
        (None, _) if is_confirmed => TwoStepState::Off(accounts::totp_setup(&backend, &session).await?),
        (None, _) => TwoStepState::Off(None),
    };
    let (passkeys, host) = (factors.passkeys, accounts::passkeys_name(&backend));
    Ok(Loaded { two_step, passkeys, host, is_confirmed, zone: session.owner().time_zone().clone(), now })
}

#[component]
fn Sections(loaded: Loaded) -> impl IntoView {
    let Loaded { two_step, passkeys, host, is_confirmed, zone, now } = loaded;
    let zone_of_passkeys = zone.clone();

    view! {
        <Frame here=HERE>
            {(!is_confirmed)
                .then(|| {
                    view! {
                        <Section id="confirm" title="Confirm" about="What is changed here asks for your password first.">
                            <ConfirmForm here=HERE />
                        </Section>
                    }
                })}
            <Section
                id="two-step"
                title="Two-step sign-in"
                about="After the password, a code from an app on your phone. Whoever learns your password does not get in."
            >
                <TwoStep state=two_step is_confirmed zone now />
            </Section>
            <Section
                id="passkeys"
                title="Passkeys"
                about="Sign in with your finger, your face or a PIN. A passkey stands for the password and the code, and cannot be given to another site."
            >
                <Passkeys passkeys host is_confirmed zone=zone_of_passkeys now />
            </Section>
        </Frame>
    }
}
