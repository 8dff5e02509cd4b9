//! Brings the backend up: database, keys, hasher, clock. What it can do is said in the modules beside this one.

use crate::{
    Clock, Result, Secret,
    accounts::{self, Hasher, Throttle, has_accounts},
    entity::instance,
    mail::{Mail, Relay},
    search,
    secret::Keys,
    store::Store,
};
use domain::{Timestamp, accounts::LeastLength};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, sea_query::OnConflict};
use std::{
    path::PathBuf,
    str::FromStr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use uuid::{ContextV7, Uuid};
use webauthn_rs::prelude::Webauthn;

/// Whether strangers may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignUpPolicy {
    /// Anybody may.
    #[default]
    Open,
    /// Nobody may.
    Closed,
    /// Whoever comes first may, and nobody after them.
    First,
    /// Whoever was invited may.
    Invite,
}

impl SignUpPolicy {
    const ALL: [Self; 4] = [Self::Open, Self::Closed, Self::First, Self::Invite];

    /// The word in the settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::First => "first",
            Self::Invite => "invite",
        }
    }
}

/// Who may sign up, as far as this server knows.
#[derive(Debug)]
pub(crate) struct Doors {
    ordered: Option<SignUpPolicy>,
    seen: Mutex<SignUpPolicy>,
}

impl Doors {
    fn new(ordered: Option<SignUpPolicy>) -> Self {
        Self { ordered, seen: Mutex::new(ordered.unwrap_or_default()) }
    }

    /// What the settings say.
    pub(crate) const fn ordered(&self) -> Option<SignUpPolicy> {
        self.ordered
    }

    /// What was read last, for pages.
    fn seen(&self) -> SignUpPolicy {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers what was read.
    pub(crate) fn remember(&self, policy: SignUpPolicy) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = policy;
    }
}

impl FromStr for SignUpPolicy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == text).ok_or("choose open, closed, first or invite")
    }
}

/// What the backend is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// The secret in force.
    pub secret: Secret,
    /// The secret before it; what it signed is still honoured.
    pub previous_secret: Option<Secret>,
    /// The base URL, as the issuer of tokens.
    pub issuer: String,
    /// Whether strangers may sign up; none where an admin chooses.
    pub sign_up: Option<SignUpPolicy>,
    /// How many accounts may be made from one address in an hour.
    pub sign_ups_per_hour: u32,
    /// The mail server; without one, no mail is sent and nobody has to confirm an address.
    pub relay: Option<Relay>,
    /// The fewest characters of a password.
    pub least_password: LeastLength,
    /// What time it is.
    pub clock: Clock,
}

/// Why the backend did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A folder or file of the database cannot be used.
    #[error("{} cannot be used: {}", .0.display(), .1)]
    Folder(PathBuf, std::io::Error),
    /// The database belongs to a newer Tickbox.
    #[error("the database has the schema of a newer Tickbox ({0}); start that version, or restore an older backup")]
    NewerSchema(String),
    /// The database refused.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbErr),
    /// What was sealed cannot be sealed anew.
    #[error("secrets in the database cannot be read with JWT_SECRET and JWT_SECRET_PREVIOUS: {0}")]
    Sealed(String),
    /// The password hasher refused to work.
    #[error("passwords cannot be hashed here: {0}")]
    Hasher(String),
}

/// The database, the keys and the clock. Cheap to clone: all of it is shared.
#[derive(Clone)]
pub struct Backend {
    pub(crate) store: Arc<Store>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) hasher: Arc<Hasher>,
    pub(crate) clock: Clock,
    pub(crate) issuer: Arc<str>,
    /// This installation's own id: the audience of its tokens.
    pub(crate) audience: Arc<str>,
    pub(crate) sign_up: Arc<Doors>,
    least_password: LeastLength,
    has_accounts: Arc<AtomicBool>,
    pub(crate) throttle: Arc<Throttle>,
    pub(crate) mail: Option<Arc<Mail>>,
    /// Whom passkeys are made for; none on a server without a name.
    pub(crate) relying_party: Option<Arc<Webauthn>>,
    ids: Arc<Mutex<ContextV7>>,
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Backend").field("audience", &self.audience).finish_non_exhaustive()
    }
}

impl Backend {
    /// Connects, migrates and derives the keys.
    ///
    /// # Errors
    /// The database cannot be opened or is newer than this program.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let store = Store::open(&options.database_url).await?;
        search::keep_up(&store).await?;
        let keys = Keys::new(&options.secret, options.previous_secret.as_ref());
        let hasher = Hasher::new(&keys).map_err(StartError::Hasher)?;
        let audience = instance_id(&store).await?;
        let has_accounts = Arc::new(AtomicBool::new(has_accounts(&store).await?));
        let backend = Self {
            store: Arc::new(store),
            keys: Arc::new(keys),
            hasher: Arc::new(hasher),
            clock: options.clock,
            relying_party: accounts::relying_party(&options.issuer).map(Arc::new),
            issuer: options.issuer.into(),
            audience: audience.into(),
            sign_up: Arc::new(Doors::new(options.sign_up)),
            least_password: options.least_password,
            has_accounts,
            throttle: Arc::new(Throttle::new(options.sign_ups_per_hour)),
            mail: options.relay.map(|relay| Arc::new(Mail::new(relay))),
            ids: Arc::new(Mutex::new(ContextV7::new())),
        };
        accounts::learn_sign_up(&backend).await?;
        if options.previous_secret.is_some() {
            accounts::reseal(&backend).await.map_err(|error| StartError::Sealed(error.to_string()))?;
        }
        Ok(backend)
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// It gives none.
    pub async fn ping(&self) -> Result<()> {
        self.store.ping().await
    }

    /// Whether whoever waits for the database waits in vain.
    pub async fn is_away(&self) -> bool {
        self.store.is_away().await
    }

    /// Closes the database after the last statement.
    ///
    /// # Errors
    /// The database refuses to be closed.
    pub async fn close(self) -> Result<()> {
        self.store.close().await
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The fewest characters of a password.
    pub fn least_password(&self) -> LeastLength {
        self.least_password
    }

    /// Whether pages show strangers a way in. Whether one may come in after all is decided when it is tried.
    pub fn accepts_sign_ups(&self) -> bool {
        match self.sign_up.seen() {
            SignUpPolicy::Open => true,
            SignUpPolicy::First => !self.has_accounts.load(Ordering::Relaxed),
            SignUpPolicy::Closed | SignUpPolicy::Invite => false,
        }
    }

    /// Whether who was invited may sign up.
    pub fn takes_invites(&self) -> bool {
        self.sign_up.seen() != SignUpPolicy::Open
    }

    /// Remembers that somebody has come.
    pub(crate) fn note_account(&self) {
        self.has_accounts.store(true, Ordering::Relaxed);
    }

    /// How many passwords were hashed since the start. Tests compare it: a wrong password and an unknown e-mail must
    /// cost the same.
    pub fn hashes(&self) -> u64 {
        self.hasher.count()
    }

    /// How many passwords wait to be hashed.
    pub fn hashes_waiting(&self) -> usize {
        self.hasher.waiting()
    }

    /// How many statements the database was sent since the start, but for those that begin and end transactions. Tests
    /// compare it: what a request takes must not grow with the account.
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }

    /// The current instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new UUIDv7, later than every one before it on this server (RFC 9562).
    pub(crate) fn new_uuid(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let nanos = u32::try_from(now.millis().rem_euclid(1000)).unwrap_or(0) * 1_000_000;
        let context = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos))
    }
}

async fn instance_id(store: &Store) -> Result<String, DbErr> {
    const NAME: &str = "id";
    let fresh = instance::ActiveModel { name: Set(NAME.to_owned()), value: Set(Uuid::now_v7().to_string()) };
    instance::Entity::insert(fresh)
        .on_conflict(OnConflict::column(instance::Column::Name).do_nothing().to_owned())
        .exec_without_returning(store.writer())
        .await?;
    let row = instance::Entity::find_by_id(NAME.to_owned()).one(store.writer()).await?;
    row.map(|row| row.value).ok_or_else(|| DbErr::RecordNotFound(NAME.to_owned()))
}
