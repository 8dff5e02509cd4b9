//! What every scenario stands on: a real server in this process, on a port and a database of its own, and a clock that
//! the scenario moves.
//!
//! A scenario is a plain `async fn` that takes a [`TestApp`] (a server that runs) or a [`Ground`] (a database, to start
//! servers on). [`scenarios!`] turns it into two tests, `<name>::sqlite` and `<name>::postgres`; one that nobody lists
//! there is dead code, which the lints refuse.

mod answer;
pub(crate) mod authenticator;
mod client;
mod codes;
pub(crate) mod database;
mod forwarder;
pub(crate) mod html;
pub(crate) mod mailbox;
mod people;
pub(crate) mod process;
pub(crate) mod raw;
pub(crate) mod site;
pub(crate) mod tokens;

pub(crate) use answer::Answer;
pub(crate) use authenticator::Authenticator;
pub(crate) use client::{Client, Request};
pub(crate) use codes::CodeApp;
pub(crate) use database::{Ground, Kind, Rows};
pub(crate) use forwarder::Forwarder;
pub(crate) use mailbox::{Mailbox, Post};
pub(crate) use people::{PASSWORD, Person, path_of};

use backend::{Backend, Clock};
use domain::Timestamp;
use std::{future::Future, net::SocketAddr, sync::Mutex};
use tickbox::{Recorded, Server, Settings};
use tokio::{sync::oneshot, task::JoinHandle};

/// Friday, 20 November 2026, ten o'clock in UTC: when every scenario begins.
pub(crate) const BEGINNING: Timestamp = Timestamp::from_millis(1_795_168_800_000);

/// The server's secret in every scenario, so that tokens can be forged.
pub(crate) const SECRET: &str = "a secret that the scenarios know as well";

/// A server that runs.
pub(crate) struct TestApp {
    /// Where it stores.
    pub(crate) ground: Ground,
    /// Its clock.
    pub(crate) clock: Clock,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Where it tells its metrics, if it does.
    pub(crate) metrics: Option<SocketAddr>,
    /// What its base URL is: the origin that it trusts.
    pub(crate) origin: String,
    /// Its door for operators and counters.
    pub(crate) backend: Backend,
    /// Every route that it recorded.
    pub(crate) routes: Vec<Recorded>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl TestApp {
    /// Starts a server with settings that differ from the usual by `change`.
    ///
    /// # Errors
    /// Why it would not start, in words.
    pub(crate) async fn start(
        ground: &Ground,
        clock: Clock,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Self, String> {
        let mut settings = Settings::for_tests(ground.url.clone(), ground.folder.clone());
        settings.jwt_secret = Some(SECRET.to_owned());
        settings.site_root = Some(site::build(&ground.folder));
        change(&mut settings);
        let base_url = settings.base_url.clone();
        let server = Server::bind(settings, clock.clone()).await.map_err(|error| error.to_string())?;
        let (address, metrics) = (server.address(), server.metrics_address().unwrap());
        let origin = base_url.unwrap_or_else(|| format!("http://{address}"));
        let (backend, routes) = (server.backend().clone(), server.routes().to_vec());
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let shutdown = async move {
                let _ = stopped.await;
            };
            server.run(shutdown).await.expect("the server ends in good order");
        });
        let (stop, running) = (Mutex::new(Some(stop)), Mutex::new(Some(running)));
        Ok(Self { ground: ground.clone(), clock, address, metrics, origin, backend, routes, stop, running })
    }

    /// Tells the server to finish what is in flight and to end. Does not wait.
    pub(crate) fn ask_to_stop(&self) {
        if let Some(stop) = self.stop.lock().unwrap().take() {
            let _ = stop.send(());
        }
    }

    /// Waits until the server has ended.
    pub(crate) async fn ended(&self) {
        let running = self.running.lock().unwrap().take();
        if let Some(running) = running {
            running.await.expect("the server did not panic");
        }
    }

    /// Ends the server and waits for that.
    pub(crate) async fn stop(self) -> (Ground, Clock) {
        self.ask_to_stop();
        self.ended().await;
        (self.ground, self.clock)
    }

    /// Ends the server and starts it again where it was, so that tokens that it issued still name it.
    pub(crate) async fn restart(self, change: impl FnOnce(&mut Settings)) -> Self {
        let (address, origin) = (self.address, self.origin.clone());
        let (ground, clock) = self.stop().await;
        let started = Self::start(&ground, clock, |settings| {
            (settings.address, settings.base_url) = (address, Some(origin));
            change(settings);
        });
        started.await.expect("the server starts again")
    }

    /// A program without cookies and without any header that browsers send.
    pub(crate) fn anonymous(&self) -> Client {
        Client::program(self)
    }

    /// A browser with an empty cookie jar.
    pub(crate) fn browser(&self) -> Client {
        Client::browser(self)
    }

    /// Everything that is stored, to compare with later. When a session or a token was last used is left out, since being seen is
    /// the one thing that looking at a page may write, and so are the counters of wrong guesses and what passkeys
    /// are being asked for.
    pub(crate) async fn rows(&self) -> Rows {
        const SEEN: [&str; 5] =
            ["sessions.last_used_at", "sessions.idle_expires_at", "api_tokens.last_used_at", "attempts", "ceremonies"];
        self.ground.rows(&SEEN).await
    }

    /// Everything that is stored. How SQLite lays out its index of words on the disk is nothing that anybody stored; what
    /// can be found by it is asked elsewhere.
    pub(crate) async fn all_rows(&self) -> Rows {
        self.ground.rows(&["search_index_config", "search_index_data", "search_index_idx"]).await
    }
}

/// What a scenario can ask for.
pub(crate) trait Given: Sized {
    /// Builds it on a fresh database.
    fn given(ground: Ground) -> impl Future<Output = Self> + Send;
}

impl Given for Ground {
    async fn given(ground: Ground) -> Self {
        ground
    }
}

impl Given for TestApp {
    async fn given(ground: Ground) -> Self {
        Self::start(&ground, Clock::manual(BEGINNING), |_| ()).await.expect("the server starts")
    }
}

/// Runs one scenario on a fresh database of this kind and removes the database afterwards, whatever happened.
pub(crate) fn run<G, F>(kind: Kind, scenario: impl FnOnce(G) -> F + Send + 'static)
where
    G: Given + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async move {
        let (ground, guard) = database::prepare(kind).await;
        let outcome = tokio::spawn(async move { scenario(G::given(ground).await).await }).await;
        guard.remove().await;
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    });
}

/// Turns scenarios into tests on both databases. With `on sqlite:` in front, on SQLite alone: for what happens before
/// any database is asked.
macro_rules! scenarios {
    (on sqlite: $($name:ident),* $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                $crate::harness::run($crate::harness::Kind::Sqlite, super::$name);
            }
        })*
    };
    (on postgres: $($name:ident),* $(,)?) => {
        $(mod $name {
            #[test]
            fn postgres() {
                $crate::harness::run($crate::harness::Kind::Postgres, super::$name);
            }
        })*
    };
    ($($name:ident),* $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                $crate::harness::run($crate::harness::Kind::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::harness::run($crate::harness::Kind::Postgres, super::$name);
            }
        })*
    };
}
pub(crate) use scenarios;
