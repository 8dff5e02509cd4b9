//! Every mail that there is, and what it says. Nothing that a stranger could have typed is in a mail that strangers can
//! cause: no name, no title, no address but the reader's own.

use super::links::Purpose;
use crate::{accounts::Client, zones};
use domain::{
    Timestamp,
    accounts::{ZoneName, device_name},
    calendar::format_date,
};
use serde::{Deserialize, Serialize};

/// A mail, as it waits in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Message {
    /// To whoever signed up.
    VerifyAddress,
    /// To whoever has an account already, when somebody signs up with their address.
    AlreadyRegistered,
    /// To whoever forgot the password. The recipient is what was typed; whose it is, the sender finds out.
    ResetPassword,
    /// To the mailbox that an account shall move to.
    ChangeAddress,
    /// To the owner of a mailbox that another account wished to move to.
    AddressInUse,
    /// To the old mailbox, when another one is asked for.
    AddressChangeAsked { new: String, when: Circumstances },
    /// To the old mailbox, when there is another one.
    AddressChanged { new: String, when: Circumstances },
    /// There is a new password.
    PasswordChanged { when: Circumstances },
    /// A device that was not seen before has signed in.
    NewDevice { when: Circumstances },
    /// A spent refresh token came again.
    StolenTokenUsed { when: Circumstances },
    /// Something opens the account that did not before.
    WayInAdded { way: WayIn, when: Circumstances },
}

/// What opens an account beside its password, or is asked for with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WayIn {
    Passkey,
    SecondStep,
    ApiToken,
}

impl WayIn {
    const fn subject(self) -> &'static str {
        match self {
            Self::Passkey => "A passkey was added",
            Self::SecondStep => "Two-step sign-in was turned on",
            Self::ApiToken => "An API token was made",
        }
    }

    fn sentence(self, base: &str) -> String {
        match self {
            Self::Passkey => format!("A passkey was added to your account at {base}. It signs in alone."),
            Self::SecondStep => format!("Your account at {base} asks for a code after the password from now on."),
            Self::ApiToken => format!("An API token was made for your account at {base}. A program can use it."),
        }
    }
}

/// When something happened and from where, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Circumstances {
    at: String,
    device: String,
    ip: String,
}

impl Circumstances {
    /// What is told of a request.
    pub(crate) fn of(client: &Client, now: Timestamp, zone: &ZoneName) -> Self {
        let local = zones::local(now, zone);
        Self {
            at: format!("{} {} ({})", format_date(local.date), local.clock, zone.as_str()),
            device: device_name(client.user_agent.as_deref()),
            ip: client.ip.clone().unwrap_or_else(|| "unknown".to_owned()),
        }
    }

    fn sentence(&self) -> String {
        let Self { at, device, ip } = self;
        format!("When: {at}. Device: {device}. Network address: {ip}.")
    }
}

/// What a mail says, before it becomes text and HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) subject: &'static str,
    pub(super) before: Vec<String>,
    /// What the link is called, and where it leads.
    pub(super) link: Option<(&'static str, String)>,
    pub(super) after: Vec<String>,
}

impl Message {
    /// What its link is for, if it has one that proves something.
    pub(super) const fn purpose(&self) -> Option<Purpose> {
        match self {
            Self::VerifyAddress => Some(Purpose::VerifyAddress),
            Self::ResetPassword => Some(Purpose::ResetPassword),
            Self::ChangeAddress => Some(Purpose::ChangeAddress),
            _ => None,
        }
    }

    /// What it says to a reader of the server at this base URL. `token` is that of its link.
    pub(super) fn words(&self, base: &str, token: &str) -> Words {
        let page = |path: &str| format!("{base}{path}");
        let not_you = || {
            "If that was not you, set a new password at once: it signs out every device. Then look at the activity of your account.".to_owned()
        };
        let forgot = || Some(("Set a new password", page("/forgot")));
        match self {
            Self::VerifyAddress => Words {
                subject: "Confirm your email address",
                before: vec![format!("Somebody signed up at {base} with this address. If it was you, confirm it.")],
                link: Some(("Confirm my address", page(&format!("/verify?token={token}")))),
                after: vec![
                    "The link works once, within 24 hours.".to_owned(),
                    "If it was not you, do nothing: nobody can sign in before the address is confirmed.".to_owned(),
                ],
            },
            Self::AlreadyRegistered => Words {
                subject: "You have an account already",
                before: vec![
                    format!("Somebody signed up at {base} with this address, which has an account already."),
                    "If it was you, sign in with your password, or set a new one if you forgot it.".to_owned(),
                ],
                link: forgot(),
                after: vec!["If it was not you, do nothing: your account is as it was.".to_owned()],
            },
            Self::ResetPassword => Words {
                subject: "Set a new password",
                before: vec![format!("Somebody asked for a new password for your account at {base}.")],
                link: Some(("Set a new password", page(&format!("/reset?token={token}")))),
                after: vec![
                    "The link works once, within 30 minutes. A new password signs out every device.".to_owned(),
                    "If it was not you, do nothing: your password stays as it is.".to_owned(),
                ],
            },
            Self::ChangeAddress => Words {
                subject: "Confirm your new email address",
                before: vec![format!(
                    "Somebody wants to move an account at {base} to this address. If it was you, confirm it."
                )],
                link: Some(("Confirm my new address", page(&format!("/verify?token={token}")))),
                after: vec![
                    "The link works once, within 24 hours.".to_owned(),
                    "If it was not you, do nothing.".to_owned(),
                ],
            },
            Self::AddressInUse => Words {
                subject: "Your email address is in use already",
                before: vec![
                    format!(
                        "Somebody wanted to move another account at {base} to this address, which has an account of its own."
                    ),
                    "Nothing was changed. If it was you, sign in to the account of this address instead.".to_owned(),
                ],
                link: None,
                after: Vec::new(),
            },
            Self::AddressChangeAsked { new, when } => Words {
                subject: "Another email address was asked for",
                before: vec![
                    format!("Your account at {base} shall move to {new}, once that mailbox has confirmed it."),
                    when.sentence(),
                    not_you(),
                ],
                link: forgot(),
                after: Vec::new(),
            },
            Self::AddressChanged { new, when } => Words {
                subject: "Your email address was changed",
                before: vec![
                    format!("Your account at {base} has moved to {new}. No more mail will come to this address."),
                    when.sentence(),
                    "If that was not you, tell the person who runs the server.".to_owned(),
                ],
                link: None,
                after: Vec::new(),
            },
            Self::PasswordChanged { when } => Words {
                subject: "Your password was changed",
                before: vec![
                    format!("The password of your account at {base} is a new one."),
                    when.sentence(),
                    not_you(),
                ],
                link: forgot(),
                after: Vec::new(),
            },
            Self::NewDevice { when } => Words {
                subject: "A new device has signed in",
                before: vec![
                    format!("A device that we have not seen before has signed in to your account at {base}."),
                    when.sentence(),
                    not_you(),
                ],
                link: forgot(),
                after: Vec::new(),
            },
            Self::WayInAdded { way, when } => Words {
                subject: way.subject(),
                before: vec![
                    way.sentence(base),
                    when.sentence(),
                    "If that was not you, set a new password at once: it signs out every device and ends every API token. Then remove the passkeys that are not yours.".to_owned(),
                ],
                link: forgot(),
                after: Vec::new(),
            },
            Self::StolenTokenUsed { when } => Words {
                subject: "A device was signed out for your safety",
                before: vec![
                    format!(
                        "An old token of a device that is signed in to your account at {base} was used again. It may have been copied, so the device was signed out."
                    ),
                    when.sentence(),
                    not_you(),
                ],
                link: forgot(),
                after: Vec::new(),
            },
        }
    }
}
