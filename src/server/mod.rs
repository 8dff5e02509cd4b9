//! Start and stop: binds the port, opens the database, builds the routes, serves, and finishes what is in flight.

pub(crate) mod connections;
mod patience;

use crate::{
    metrics,
    origin::Origin,
    routes::{self, Recorded},
    settings::{Settings, SettingsError},
    site::Site,
};
use axum::Router;
use backend::{Backend, Clock, Options, mail::Relay};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch, time::timeout};

/// How long a mail that is on its way may take at the end.
const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// Why the server did not start, or stopped in trouble.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database or the hasher cannot be used.
    #[error(transparent)]
    Backend(#[from] backend::StartError),
    /// The database could not be closed.
    #[error("the database could not be closed: {0}")]
    Close(backend::Error),
    /// A command could not be carried out.
    #[error("nothing was changed: {0}")]
    Command(backend::Error),
    /// Nobody has this address.
    #[error("there is no account with the address {0}, or it is disabled")]
    NoAccount(String),
    /// The port cannot be had.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The system refused something else.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// A page or a server function that nobody decided about.
    #[error("{0}: src/pages.rs and src/actions.rs must name exactly the pages and server functions of app")]
    Undecided(String),
}

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    backend: Backend,
    router: Router,
    routes: Vec<Recorded>,
    site: Arc<Site>,
    metrics: Option<TcpListener>,
}

impl Server {
    /// Takes the port and opens the database.
    ///
    /// # Errors
    /// Settings, port or database cannot be used.
    pub async fn bind(settings: Settings, clock: Clock) -> Result<Self, StartError> {
        let listener = listen(settings.address).await?;
        let metrics = match settings.metrics_address {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let address = listener.local_addr()?;
        let base_url = settings.base_url_for(address);
        let origin: Origin = base_url
            .parse()
            .map_err(|reason: &str| SettingsError::Invalid { name: "base_url", reason: reason.to_owned() })?;
        let backend = start_backend(&settings, &origin.to_string(), clock).await?;
        let site = Arc::new(Site::new(&settings, &origin, backend.clone()));
        let (router, routes) = routes::build(&site)?;
        tracing::info!(%address, base_url, sends_mail = backend.sends_mail(), "listening");
        if !origin.is_secure() && !address.ip().is_loopback() {
            tracing::warn!(
                base_url,
                "passwords and sessions travel unencrypted; put a proxy with TLS in front and set TICKBOX_BASE_URL to its https address"
            );
        }
        Ok(Self { listener, address, backend, router, routes, site, metrics })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address at which it tells its metrics, if it tells them.
    ///
    /// # Errors
    /// The system does not know.
    pub fn metrics_address(&self) -> std::io::Result<Option<SocketAddr>> {
        self.metrics.as_ref().map(TcpListener::local_addr).transpose()
    }

    /// What holds the database and the keys.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Every address that answers, with the rule of who may use it.
    pub fn routes(&self) -> &[Recorded] {
        &self.routes
    }

    /// Serves until `shutdown`, then finishes what is in flight and closes the database.
    ///
    /// # Errors
    /// The database could not be closed.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) -> Result<(), StartError> {
        let (stop, stopped) = watch::channel(false);
        let backend = self.backend.clone();
        let telling = self.metrics.map(|listener| tokio::spawn(metrics::serve(Arc::clone(&self.site), listener)));
        let keeper = tokio::spawn({
            let (backend, stopped) = (backend.clone(), stopped.clone());
            async move { backend.keep_house(stopped).await }
        });
        let sender = tokio::spawn(async move { backend.deliver_mail(stopped).await });
        connections::serve(self.listener, &self.router, &self.site.metrics, shutdown).await;
        drop(self.router);
        stop.send_replace(true);
        if let Some(telling) = telling {
            telling.abort();
        }
        // One that is cut off is tried again by whoever serves next.
        if timeout(FINISH_WITHIN, sender).await.is_err() {
            tracing::warn!("a mail was on its way and was cut off");
        }
        // What it is at is one change after another, each whole.
        keeper.abort();
        self.backend.close().await.map_err(StartError::Close)
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| StartError::Listen(address, error))
}

/// Makes the data folder and the secret where they lack, and opens the database.
pub(crate) async fn start_backend(settings: &Settings, base_url: &str, clock: Clock) -> Result<Backend, StartError> {
    let relay = settings.relay()?;
    if relay.as_ref().is_some_and(Relay::travels_in_clear) {
        tracing::warn!("mails, and the links in them, may travel unencrypted: SMTP_URL says so by ?tls=…");
    }
    let options = Options {
        database_url: settings.database_url(),
        secret: settings.secret()?,
        previous_secret: settings.previous_secret()?,
        issuer: base_url.to_owned(),
        sign_up: settings.sign_up,
        sign_ups_per_hour: settings.sign_ups_per_hour,
        relay,
        least_password: settings.least_password,
        clock,
    };
    Ok(Backend::start(options).await?)
}
