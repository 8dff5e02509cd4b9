//! The second step: setting up an app, the recovery codes, turning it off.

use super::security::HERE;
use crate::{
    components::{Alert, Button, ButtonKind, Content, Field, Summary, say_instant},
    forms::failure,
};
use backend::accounts::AppSetup;
use domain::{Timestamp, accounts::ZoneName};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};

/// How far the second step is.
pub(super) enum TwoStepState {
    /// Not on; perhaps being set up.
    Off(Option<AppSetup>),
    /// On.
    On {
        /// Since when.
        since: Timestamp,
        /// How many recovery codes are not used up.
        codes_left: u64,
    },
    /// On, with recovery codes that are shown this once.
    NewCodes(Vec<String>),
}

/// What there is to know and to do about the second step.
#[component]
pub(super) fn TwoStep(state: TwoStepState, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    match state {
        TwoStepState::Off(Some(setup)) => EitherOf3::A(view! { <SetupForm setup /> }),
        TwoStepState::Off(None) => EitherOf3::B(view! { <Begin is_confirmed /> }),
        on => EitherOf3::C(view! { <On on is_confirmed zone now /> }),
    }
}

#[component]
fn Begin(is_confirmed: bool) -> impl IntoView {
    let form = is_confirmed.then(|| {
        view! {
            <form class="form-actions" method="post" action=HERE>
                <input type="hidden" name="do" value="begin_totp" />
                <Button>"Set up an app"</Button>
            </form>
        }
    });

    view! {
        <div class="card stack">
            <Summary action="begin_totp" />
            <p>"It is off: your password alone signs you in."</p>
            {form}
        </div>
    }
}

#[component]
fn SetupForm(setup: AppSetup) -> impl IntoView {
    let failure = failure("turn_totp_on");
    let AppSetup { secret, uri, qr } = setup;
    let groups: Vec<&str> = secret.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();

    view! {
        <form class="card stack" method="post" action=HERE novalidate>
            <input type="hidden" name="do" value="turn_totp_on" />
            <Summary action="turn_totp_on" />
            <p>"Scan this with an authenticator app, or open it in one on this device."</p>
            <a class="qr" href=uri aria-label="Open in an authenticator app">
                <svg viewBox=format!("0 0 {0} {0}", qr.size) role="img" aria-label="QR code for an authenticator app">
                    <path d=qr.path />
                </svg>
            </a>
            <p>
                "Or type this secret in: " <code class="secret">{groups.join(" ")}</code>
            </p>
            <Field
                name="code"
                label="Code"
                autocomplete="one-time-code"
                hint="The six digits that the app shows now. All your other devices are signed out."
                is_required=true
                content=Content::of(failure.as_ref(), "code", "")
            />
            <div class="form-actions">
                <Button>"Turn on"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn On(on: TwoStepState, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let state = match on {
        TwoStepState::NewCodes(codes) => view! { <NewCodes codes /> }.into_any(),
        TwoStepState::On { since, codes_left } => {
            let since = say_instant(since, now, &zone);
            view! { <Codes since codes_left is_confirmed /> }.into_any()
        }
        TwoStepState::Off(_) => ().into_any(),
    };

    view! {
        {state}
        <OffForm />
    }
}

#[component]
fn NewCodes(codes: Vec<String>) -> impl IntoView {
    let text = codes.join("\n");
    let download = format!("data:text/plain,{}", codes.join("%0A"));

    view! {
        <div class="card stack">
            <p role="status">
                "Two-step sign-in is on. Each of these codes signs you in once, in the place of the app. Keep them where you will find them without your phone: they are shown only now."
            </p>
            <pre class="codes" aria-label="Recovery codes" tabindex="0">
                {text}
            </pre>
            <div class="form-actions">
                <a class=ButtonKind::Primary.class() href=download download="tickbox-recovery-codes.txt">
                    "Download"
                </a>
                <a class=ButtonKind::Plain.class() href=HERE>
                    "I have kept them"
                </a>
            </div>
        </div>
    }
}

#[component]
fn Codes(since: String, codes_left: u64, is_confirmed: bool) -> impl IntoView {
    let left = match codes_left {
        0 => {
            let warning = "No recovery code is left. Without the app you could not sign in: make new ones.";
            Either::Left(view! { <Alert>{warning}</Alert> })
        }
        1 => Either::Right(view! { <p>{"1 recovery code is left.".to_owned()}</p> }),
        number => Either::Right(view! { <p>{format!("{number} recovery codes are left.")}</p> }),
    };
    let renew = is_confirmed.then(|| {
        view! {
            <form class="form-actions" method="post" action=HERE>
                <input type="hidden" name="do" value="renew_recovery_codes" />
                <Button kind=ButtonKind::Plain>"Make new recovery codes"</Button>
            </form>
        }
    });

    view! {
        <div class="card stack">
            <Summary action="renew_recovery_codes" />
            <p>{format!("It is on, since {since}.")}</p>
            {left}
            {renew}
        </div>
    }
}

#[component]
fn OffForm() -> impl IntoView {
    let failure = failure("turn_totp_off");
    let failure = failure.as_ref();

    view! {
        <details class="card" open=failure.is_some()>
            <summary>"Turn it off"</summary>
            <form class="stack" method="post" action=HERE novalidate>
                <input type="hidden" name="do" value="turn_totp_off" />
                <Summary action="turn_totp_off" />
                <Field
                    id="off-password"
                    name="password"
                    label="Your password"
                    kind="password"
                    autocomplete="current-password"
                    is_required=true
                    content=Content::of(failure, "password", "")
                />
                <Field
                    id="off-code"
                    name="code"
                    label="Code of the app, or a recovery code"
                    autocomplete="one-time-code"
                    is_required=true
                    content=Content::of(failure, "code", "")
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Danger>"Turn two-step sign-in off"</Button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
