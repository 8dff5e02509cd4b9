//! A database per scenario: a file in a folder that goes away, or a copy of a PostgreSQL database that was migrated
//! once per build of the tests. And a way to look at every row of it behind the server's back.

use backend::{Backend, Clock, Options, Secret};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    path::PathBuf,
};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    Sqlite,
    /// A server that `make test` starts.
    Postgres,
}

/// A fresh database and a folder beside it.
#[derive(Debug, Clone)]
pub(crate) struct Ground {
    /// Which database.
    pub(crate) kind: Kind,
    /// Its URL.
    pub(crate) url: String,
    /// The data folder.
    pub(crate) folder: PathBuf,
}

/// Every row of every table, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows(BTreeMap<String, Vec<String>>);

impl Rows {
    /// Whether this text stands in any column of any row; ids are found however they are stored.
    pub(crate) fn mention(&self, text: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace('-', "");
        let wanted = plain(text);
        self.0.values().flatten().any(|row| plain(row).contains(&wanted))
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: &str) -> usize {
        self.0.get(table).unwrap_or_else(|| panic!("there is no table {table:?} among {:?}", self.0.keys())).len()
    }

    /// Fails with the rows that differ.
    #[track_caller]
    pub(crate) fn assert_same(&self, later: &Self, what: &str) {
        for (table, before) in &self.0 {
            let after = &later.0[table];
            let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
            let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
            assert!(gone.is_empty() && new.is_empty(), "{what} changed {table}:\n gone: {gone:#?}\n new: {new:#?}");
        }
        assert_eq!(self, later, "{what} changed the database");
    }
}

impl Ground {
    /// A connection past the server.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// Every row of every table, but for these tables and columns (`table.column`).
    pub(crate) async fn rows(&self, without: &[&str]) -> Rows {
        let database = self.connect().await;
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, column) in pairs(&database, self.columns_query()).await {
            if without.contains(&table.as_str()) {
                continue;
            }
            let columns = tables.entry(table.clone()).or_default();
            if !without.contains(&format!("{table}.{column}").as_str()) {
                columns.push(column);
            }
        }
        let mut rows = BTreeMap::new();
        for (table, columns) in tables {
            let quoted: Vec<String> = columns.iter().map(|column| self.as_text(column)).collect();
            let query = format!("SELECT {} AS a, '' AS b FROM \"{table}\" ORDER BY 1", quoted.join(" || '|' || "));
            let texts = pairs(&database, &query).await.into_iter().map(|(row, _)| row).collect();
            rows.insert(table, texts);
        }
        database.close().await.unwrap();
        Rows(rows)
    }

    fn columns_query(&self) -> &'static str {
        match self.kind {
            Kind::Sqlite => {
                "SELECT m.name AS a, p.name AS b FROM sqlite_master m, pragma_table_info(m.name) p \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, p.cid"
            }
            Kind::Postgres => {
                "SELECT table_name::text AS a, column_name::text AS b FROM information_schema.columns \
                 WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
            }
        }
    }

    fn as_text(&self, column: &str) -> String {
        match self.kind {
            Kind::Sqlite => format!("quote(\"{column}\")"),
            Kind::Postgres => format!("quote_nullable(\"{column}\"::text)"),
        }
    }
}

/// Removes what a scenario leaves behind.
pub(super) struct Guard {
    folder: tempfile::TempDir,
    database: Option<String>,
}

impl Guard {
    pub(super) async fn remove(self) {
        if let Some(name) = self.database {
            let admin = connect(&admin_url()).await;
            execute(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            admin.close().await.unwrap();
        }
        drop(self.folder);
    }
}

/// Makes a fresh database.
pub(super) async fn prepare(kind: Kind) -> (Ground, Guard) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    match kind {
        Kind::Sqlite => {
            let url = format!("sqlite://{}/tickbox.sqlite?mode=rwc", path.display());
            (Ground { kind, url, folder: path }, Guard { folder, database: None })
        }
        Kind::Postgres => {
            let name = format!("tickbox_test_{}", uuid::Uuid::new_v4().simple());
            let admin = connect(&admin_url()).await;
            let template = template(&admin).await;
            execute(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            admin.close().await.unwrap();
            (Ground { kind, url: url_of(&name), folder: path }, Guard { folder, database: Some(name) })
        }
    }
}

/// The migrated database that every scenario gets a copy of. Each test is a process of its own, so the first one makes
/// it under a lock that all of them take; its name changes whenever the tests are built anew.
async fn template(admin: &DatabaseConnection) -> String {
    let binary = std::env::current_exe().unwrap().metadata().unwrap();
    let mut hasher = DefaultHasher::new();
    (binary.len(), binary.modified().unwrap()).hash(&mut hasher);
    let name = format!("tickbox_template_{:016x}", hasher.finish());
    let found = format!("SELECT datname::text AS a, '' AS b FROM pg_database WHERE datname = '{name}'");
    if !pairs(admin, &found).await.is_empty() {
        return name;
    }
    execute(admin, "SELECT pg_advisory_lock(8425926)").await;
    if pairs(admin, &found).await.is_empty() {
        let draft = format!("{name}_draft");
        execute(admin, &format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        execute(admin, &format!("CREATE DATABASE {draft}")).await;
        migrate(url_of(&draft)).await;
        execute(admin, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    execute(admin, "SELECT pg_advisory_unlock(8425926)").await;
    name
}

async fn migrate(database_url: String) {
    let options = Options {
        database_url,
        secret: Secret::generate(),
        previous_secret: None,
        issuer: "http://127.0.0.1".to_owned(),
        sign_up: None,
        sign_ups_per_hour: 1_000,
        relay: None,
        least_password: domain::accounts::LeastLength::default(),
        clock: Clock::system(),
    };
    let backend = Backend::start(options).await.expect("the migrations run");
    backend.close().await.expect("the template is let go");
}

pub(crate) fn admin_url() -> String {
    std::env::var("TICKBOX_TEST_POSTGRES").expect(
        "these tests need a PostgreSQL server: run `make test`, which starts one, \
         or set TICKBOX_TEST_POSTGRES to the URL of a database whose user may create others",
    )
}

fn url_of(name: &str) -> String {
    let admin = admin_url();
    let (server, _) = admin.rsplit_once('/').expect("TICKBOX_TEST_POSTGRES ends in the name of a database");
    format!("{server}/{name}")
}

pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap_or_else(|error| {
        panic!("no connection to {url}: {error}. `make test` starts the PostgreSQL server that the tests need.")
    })
}

pub(crate) async fn execute(database: &DatabaseConnection, sql: &str) {
    database.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The text columns `a` and `b` of a query.
pub(crate) async fn pairs(database: &DatabaseConnection, sql: &str) -> Vec<(String, String)> {
    let backend: DatabaseBackend = database.get_database_backend();
    let rows = database.query_all_raw(Statement::from_string(backend, sql)).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| (row.try_get("", "a").unwrap(), row.try_get("", "b").unwrap())).collect()
}
