//! The connections to the database and its schema. SQLite has one writer and a pool of readers, PostgreSQL one pool.

use crate::{Error, Result, StartError};
use migration::Migrator;
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, TryGetable,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;
use std::{
    fs::File,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, time::timeout};

/// How long a request waits for its turn: less than a request may take in all, so that an answer still comes. Whether
/// there is anything to wait for is asked meanwhile, see [`Store::is_away`].
const PATIENCE: Duration = Duration::from_secs(25);
/// A database that gives no sign of life for so long is away.
const ALIVE_WITHIN: Duration = Duration::from_secs(2);
/// For so long a sign of life, or its absence, stands for the next who asks.
const FRESH: Duration = Duration::from_secs(1);

/// Chosen once and for all: any two servers that migrate the same PostgreSQL database meet at this number.
const MIGRATION_LOCK: i64 = 0x0074_6963_6b62_6f78;

/// The connections to the database.
#[derive(Debug)]
pub(crate) struct Store {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// For signs of life: on PostgreSQL a connection of its own, which no crowd of requests stands before.
    pulse: DatabaseConnection,
    /// When it was last found out whether the database is away.
    seen: Mutex<Option<(Instant, bool)>>,
    statements: Arc<AtomicU64>,
}

impl Store {
    /// Connects and brings the schema up to date, under a lock that other servers respect.
    pub(crate) async fn open(url: &str) -> Result<Self, StartError> {
        match sqlite_file(url) {
            Some(file) => Self::open_sqlite(url, file).await,
            None => Self::open_postgres(url).await,
        }
    }

    async fn open_sqlite(url: &str, file: PathBuf) -> Result<Self, StartError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| StartError::Folder(folder.to_owned(), error))?;
        }
        let lock_path = file.with_extension("migration-lock");
        let lock = File::create(&lock_path).and_then(|lock| lock.lock().map(|()| lock));
        let lock = lock.map_err(|error| StartError::Folder(lock_path, error))?;
        let mut options = usual_options(url, 1);
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(PATIENCE)
                .foreign_keys(true)
                .pragma("temp_store", "MEMORY")
                .optimize_on_close(true, None)
        });
        let statements = Arc::default();
        let writer = counted(Database::connect(options).await?, &statements);
        migrate(&writer).await?;
        drop(lock);
        let readers = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8));
        let mut options = usual_options(url, u32::try_from(readers).unwrap_or(2));
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .read_only(true)
                .busy_timeout(PATIENCE)
                .pragma("temp_store", "MEMORY")
                .pragma("mmap_size", "134217728")
        });
        let reader = counted(Database::connect(options).await?, &statements);
        Ok(Self { writer, pulse: reader.clone(), reader, seen: Mutex::default(), statements })
    }

    async fn open_postgres(url: &str) -> Result<Self, StartError> {
        let locked = Database::connect(usual_options(url, 1)).await?;
        let with_lock =
            |call: &str| Statement::from_string(DatabaseBackend::Postgres, format!("SELECT {call}({MIGRATION_LOCK})"));
        locked.execute_raw(with_lock("pg_advisory_lock")).await?;
        let migrated = migrate(&locked).await;
        locked.execute_raw(with_lock("pg_advisory_unlock")).await?;
        locked.close().await?;
        migrated?;
        let statements = Arc::default();
        let pool = counted(Database::connect(usual_options(url, 16)).await?, &statements);
        let mut options = usual_options(url, 1);
        options
            .acquire_timeout(ALIVE_WITHIN)
            .connect_timeout(ALIVE_WITHIN)
            .test_before_acquire(true)
            .connect_lazy(true);
        let pulse = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool, pulse, seen: Mutex::default(), statements })
    }

    /// How many statements were sent since the start, but for those that begin and end transactions.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Which database it is.
    pub(crate) fn backend(&self) -> DatabaseBackend {
        self.reader.get_database_backend()
    }

    /// For statements that change nothing.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single statements that write.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Starts a transaction that writes. On SQLite it takes the write lock at once: one that starts by reading and
    /// then writes can fail at once, whatever the timeout.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Asks the database for a sign of life, which must come soon.
    pub(crate) async fn ping(&self) -> Result<()> {
        let answer = self.ask_for_life().await;
        *self.seen.lock().await = Some((Instant::now(), answer.is_err()));
        answer
    }

    async fn ask_for_life(&self) -> Result<()> {
        let question = Statement::from_string(self.backend(), "SELECT 1 FROM instance");
        let answer = timeout(ALIVE_WITHIN, self.pulse.query_one_raw(question)).await;
        answer.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))??;
        Ok(())
    }

    /// Whether whoever waits for the database waits in vain. However many ask, the database is asked once a second.
    /// SQLite is never away: its file is there, or says at once what is wrong.
    pub(crate) async fn is_away(&self) -> bool {
        if self.backend() == DatabaseBackend::Sqlite {
            return false;
        }
        let mut seen = self.seen.lock().await;
        match *seen {
            Some((when, is_away)) if when.elapsed() < FRESH => is_away,
            _ => {
                let is_away = self.ask_for_life().await.is_err();
                *seen = Some((Instant::now(), is_away));
                is_away
            }
        }
    }

    /// Which database it is, and its version.
    pub(crate) async fn version(&self) -> Result<String> {
        match self.reader.get_database_backend() {
            DatabaseBackend::Sqlite => self.ask("SELECT 'SQLite ' || sqlite_version() AS answer").await,
            _ => self.ask("SELECT 'PostgreSQL ' || current_setting('server_version') AS answer").await,
        }
    }

    /// How large it is, in bytes.
    pub(crate) async fn bytes(&self) -> Result<i64> {
        match self.reader.get_database_backend() {
            DatabaseBackend::Sqlite => {
                self.ask("SELECT page_count * page_size AS answer FROM pragma_page_count(), pragma_page_size()").await
            }
            _ => self.ask("SELECT pg_database_size(current_database()) AS answer").await,
        }
    }

    /// The newest step of the schema.
    pub(crate) async fn schema(&self) -> Result<String> {
        self.ask("SELECT max(version) AS answer FROM seaql_migrations").await
    }

    async fn ask<T: TryGetable>(&self, question: &str) -> Result<T> {
        let statement = Statement::from_string(self.reader.get_database_backend(), question);
        let row = self.reader.query_one_raw(statement).await?.ok_or(Error::Stored("answer"))?;
        Ok(row.try_get("", "answer")?)
    }

    /// Closes all connections after their last statement.
    pub(crate) async fn close(&self) -> Result<()> {
        self.pulse.close_by_ref().await?;
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }
}

/// A connection whose statements are counted.
fn counted(mut connection: DatabaseConnection, statements: &Arc<AtomicU64>) -> DatabaseConnection {
    let statements = Arc::clone(statements);
    connection.set_metric_callback(move |_| {
        statements.fetch_add(1, Ordering::Relaxed);
    });
    connection
}

fn usual_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    if sqlite_file(url).is_none() {
        // A connection that has idled may have been cut in between, and each of them would fail somebody's request; one in
        // constant use has not.
        options.test_before_acquire_if_idle_for(Duration::from_millis(500));
    }
    options
}

fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

async fn migrate(connection: &DatabaseConnection) -> Result<(), StartError> {
    Migrator::install(connection).await?;
    let known: Vec<String> = Migrator::get_migration_files().iter().map(|step| step.name().to_owned()).collect();
    let applied = Migrator::get_migration_models(connection).await?;
    if let Some(newer) = applied.into_iter().find(|step| !known.contains(&step.version)) {
        return Err(StartError::NewerSchema(newer.version));
    }
    Migrator::up(connection, None).await?;
    Ok(())
}
