//! How often somebody may try before having to wait: per address in memory, per account in the database. A try is
//! counted before it is judged and taken back when it was right, so that fifty at once are fifty. What is tried, and
//! what being right means, is the business of the modules that ask here.

mod addresses;
mod device;
mod rule;

pub(super) use device::Device;

use super::Client;
use crate::{Backend, Result, entity::attempts};
use addresses::{Addresses, Neighbourhood};
use aws_lc_rs::hmac;
use domain::{Error, Timestamp, ids::UserId};
use rule::{Counter, Rule};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};

/// Counters older than this many seconds say nothing any more, whatever their rule.
const KEPT_SECONDS: i64 = 2 * 24 * 60 * 60;
/// How often a counter is made anew before its account is called too busy.
const MOST_READS: u32 = 10;

/// The counters of this server that need not outlive it.
#[derive(Debug)]
pub(crate) struct Throttle {
    guesses: Addresses,
    links: Addresses,
    tokens: Addresses,
    sign_ups: Addresses,
    mails: Addresses,
    ceremonies: Addresses,
    judgements: Addresses,
}

impl Throttle {
    /// Nothing counted yet; so many new accounts are taken from one address in an hour.
    pub(crate) fn new(sign_ups_per_hour: u32) -> Self {
        let sign_ups = Addresses::new(Rule::sign_ups(sign_ups_per_hour));
        Self {
            guesses: Addresses::new(Rule::ADDRESS),
            links: Addresses::new(Rule::ADDRESS),
            tokens: Addresses::new(Rule::TOKENS),
            sign_ups,
            mails: Addresses::new(Rule::MAILS),
            ceremonies: Addresses::new(Rule::CEREMONIES),
            judgements: Addresses::new(Rule::JUDGEMENTS),
        }
    }
}

/// What is guessed at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// The password of the account with this normalised e-mail, be there one or not.
    Account(&'a str, Option<UserId>),
    /// The password of somebody who is signed in, asked for once more.
    Confirmation(UserId),
    /// The codes of an app, and the recovery codes.
    Code(UserId),
}

impl Target<'_> {
    const fn user(self) -> Option<UserId> {
        match self {
            Self::Account(_, user) => user,
            Self::Confirmation(user) | Self::Code(user) => Some(user),
        }
    }

    /// The counter of whoever the account does not know: whoever reads the table learns neither addresses nor accounts
    /// from its name.
    fn name(self, backend: &Backend) -> Vec<u8> {
        named(
            backend,
            &match self {
                Self::Account(email_key, _) => format!("account {email_key}"),
                Self::Confirmation(user) => format!("confirmation {user}"),
                Self::Code(user) => format!("code {user}"),
            },
        )
    }

    /// The counter of a device that the account knows. A session asks for a confirmation alike, wherever it is.
    fn name_of(self, backend: &Backend, Device { user, id }: Device) -> Option<Vec<u8>> {
        match self {
            Self::Account(..) => Some(named(backend, &format!("device {user} {id}"))),
            Self::Code(_) => Some(named(backend, &format!("device code {user} {id}"))),
            Self::Confirmation(_) => None,
        }
    }
}

fn named(backend: &Backend, text: &str) -> Vec<u8> {
    hmac::sign(&backend.keys.current.throttle, text.as_bytes()).as_ref().to_vec()
}

/// A try that is being judged. It counts as failed unless [`Attempt::succeeded`] says otherwise.
#[derive(Debug)]
#[must_use]
pub(super) struct Attempt {
    name: Vec<u8>,
    /// The counter of strangers, where this is none.
    strangers: Option<Vec<u8>>,
    /// Where a stranger comes from.
    from: Option<Neighbourhood>,
    failures_before: i64,
}

impl Attempt {
    /// Lets a try through, or refuses it. A device that the account knows is counted for itself alone: neither who guesses at
    /// the account nor who shares its address can silence it.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`].
    pub(super) async fn begin(backend: &Backend, target: Target<'_>, client: &Client) -> Result<Self> {
        let now = backend.now();
        let device = client.device.as_deref().and_then(|mark| Device::read(backend, mark));
        let device = device.filter(|device| target.user() == Some(device.user));
        let from = device.is_none().then(|| Neighbourhood::of(client.ip.as_deref()));
        if let Some(from) = from {
            backend.throttle.guesses.admit(from, now).map_err(too_many)?;
        }
        let (name, strangers, rule) = match device.and_then(|device| target.name_of(backend, device)) {
            Some(name) => (name, Some(target.name(backend)), Rule::DEVICE),
            None => (target.name(backend), None, Rule::ACCOUNT),
        };
        let transaction = backend.store.begin().await?;
        forget_old(&transaction, now).await?;
        let before = read(&transaction, &name, now).await?;
        let counter = rule.admit(before, now).map_err(|seconds| {
            // It is not judged, so it was no guess.
            if let Some(from) = from {
                backend.throttle.guesses.forgive(from);
            }
            too_many(seconds)
        })?;
        write(&transaction, &name, counter).await?;
        transaction.commit().await?;
        Ok(Self { name, strangers, from, failures_before: counter.failures - 1 })
    }

    /// The guess was right: whatever failed before it is forgotten. Tells how often that was, by strangers too, whose own
    /// counter goes on.
    pub(super) async fn succeeded(self, backend: &Backend) -> Result<i64> {
        attempts::Entity::delete_by_id(self.name).exec(backend.store.writer()).await?;
        if let Some(from) = self.from {
            backend.throttle.guesses.forgive(from);
        }
        let strangers = match self.strangers {
            Some(name) => attempts::Entity::find_by_id(name).one(backend.store.reader()).await?,
            None => None,
        };
        Ok(self.failures_before + strangers.map_or(0, |row| row.failures))
    }
}

/// Forgets the guesses at the password of an account: it has a new one. Codes are another matter, which it proves nothing of.
pub(super) async fn forget_guesses(
    backend: &Backend,
    transaction: &DatabaseTransaction,
    email_key: &str,
    user: UserId,
) -> Result<()> {
    let names = [Target::Account(email_key, None), Target::Confirmation(user)].map(|target| target.name(backend));
    attempts::Entity::delete_many().filter(attempts::Column::Name.is_in(names)).exec(transaction).await?;
    Ok(())
}

/// Counts a new account for the address it is made from.
///
/// # Errors
/// [`Error::TooManyAttempts`].
pub(super) fn count_sign_up(backend: &Backend, client: &Client) -> Result<(), Error> {
    let from = Neighbourhood::of(client.ip.as_deref());
    backend.throttle.sign_ups.admit(from, backend.now()).map_err(too_many)
}

/// Counts a passkey that is asked for, for the address it is asked from.
///
/// # Errors
/// [`Error::TooManyAttempts`].
pub(super) fn count_ceremony(backend: &Backend, client: &Client) -> Result<(), Error> {
    let from = Neighbourhood::of(client.ip.as_deref());
    backend.throttle.ceremonies.admit(from, backend.now()).map_err(too_many)
}

/// Counts a password that is judged for whoever chooses it, which anybody may ask for.
///
/// # Errors
/// [`Error::TooManyAttempts`].
pub(super) fn count_judgement(backend: &Backend, client: &Client) -> Result<(), Error> {
    let from = Neighbourhood::of(client.ip.as_deref());
    backend.throttle.judgements.admit(from, backend.now()).map_err(too_many)
}

/// Whether API tokens from this address are looked at. Only those that nobody has are counted, after they were looked
/// for: many right ones at once are nothing special.
///
/// # Errors
/// [`Error::TooManyAttempts`].
pub(super) fn hear_token(backend: &Backend, client: &Client) -> Result<(), Error> {
    let from = Neighbourhood::of(client.ip.as_deref());
    backend.throttle.tokens.hear(from, backend.now()).map_err(too_many)
}

/// Counts an API token that nobody has. Of many at once some may come through after the last that is allowed.
pub(super) fn count_wrong_token(backend: &Backend, client: &Client) {
    let from = Neighbourhood::of(client.ip.as_deref());
    // The next one is told to wait; this one was heard already.
    let _ = backend.throttle.tokens.admit(from, backend.now());
}

/// Counts a mail that somebody asks for, for the address they ask from.
///
/// # Errors
/// [`Error::TooManyAttempts`].
pub(super) fn count_mail(backend: &Backend, client: &Client) -> Result<(), Error> {
    let from = Neighbourhood::of(client.ip.as_deref());
    backend.throttle.mails.admit(from, backend.now()).map_err(too_many)
}

/// Counts a mail of this kind to the mailbox of this normalised address, and says whether it may be sent: one a minute,
/// five an hour. Whether anybody has the address makes no difference.
pub(super) async fn may_write_to(backend: &Backend, kind: &str, email_key: &str) -> Result<bool> {
    let now = backend.now();
    let transaction = backend.store.begin().await?;
    forget_old(&transaction, now).await?;
    for (number, rule) in Rule::MAILBOX.into_iter().enumerate() {
        let text = format!("mail {kind} {number} {email_key}");
        let name = named(backend, &text);
        let before = read(&transaction, &name, now).await?;
        // What is not committed was not counted.
        let Ok(counter) = rule.admit(before, now) else { return Ok(false) };
        write(&transaction, &name, counter).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// A token of a link that is being tried; it is counted for its address unless it was right.
#[derive(Debug)]
#[must_use]
pub(super) struct TokenAttempt(Neighbourhood);

impl TokenAttempt {
    /// Lets a try through, or refuses it.
    ///
    /// # Errors
    /// [`Error::TooManyAttempts`].
    pub(super) fn begin(backend: &Backend, client: &Client) -> Result<Self, Error> {
        let from = Neighbourhood::of(client.ip.as_deref());
        backend.throttle.links.admit(from, backend.now()).map_err(too_many)?;
        Ok(Self(from))
    }

    /// The token is one of ours.
    pub(super) fn succeeded(self, backend: &Backend) {
        backend.throttle.links.forgive(self.0);
    }
}

fn too_many(seconds: u32) -> Error {
    tracing::warn!(seconds, "too many attempts");
    Error::TooManyAttempts { seconds }
}

/// Reads a counter and keeps it locked. There is always one to lock: on PostgreSQL two first tries would otherwise
/// both find nothing. A right guess may take the row away in between; then it is made once more.
async fn read(transaction: &DatabaseTransaction, name: &[u8], now: Timestamp) -> Result<Option<Counter>> {
    let none = Counter { failures: 0, first_at: now, last_at: now, open_at: now };
    for _ in 0..MOST_READS {
        attempts::Entity::insert(to_row(name, none).into_active_model())
            .on_conflict(OnConflict::column(attempts::Column::Name).do_nothing().to_owned())
            .exec_without_returning(transaction)
            .await?;
        if let Some(row) = attempts::Entity::find_by_id(name.to_vec()).lock_exclusive().one(transaction).await? {
            return Ok(Some(to_counter(&row)).filter(|counter| counter.failures > 0));
        }
    }
    Err(Error::Busy.into())
}

fn to_counter(row: &attempts::Model) -> Counter {
    Counter {
        failures: row.failures,
        first_at: Timestamp::from_millis(row.first_at),
        last_at: Timestamp::from_millis(row.last_at),
        open_at: Timestamp::from_millis(row.open_at),
    }
}

async fn write(transaction: &DatabaseTransaction, name: &[u8], counter: Counter) -> Result<()> {
    let row = to_row(name, counter);
    let changed = attempts::ActiveModel {
        name: sea_orm::ActiveValue::Unchanged(row.name),
        failures: Set(row.failures),
        first_at: Set(row.first_at),
        last_at: Set(row.last_at),
        open_at: Set(row.open_at),
    };
    changed.update(transaction).await?;
    Ok(())
}

fn to_row(name: &[u8], counter: Counter) -> attempts::Model {
    attempts::Model {
        name: name.to_vec(),
        failures: counter.failures,
        first_at: counter.first_at.millis(),
        last_at: counter.last_at.millis(),
        open_at: counter.open_at.millis(),
    }
}

async fn forget_old(transaction: &DatabaseTransaction, now: Timestamp) -> Result<()> {
    attempts::Entity::delete_many()
        .filter(attempts::Column::LastAt.lt(now.plus_seconds(-KEPT_SECONDS).millis()))
        .exec(transaction)
        .await?;
    Ok(())
}
