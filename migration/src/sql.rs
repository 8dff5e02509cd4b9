//! One text of SQL for both databases: only the names of the types differ. sea-query's own type names are not known
//! to SQLite's STRICT tables, which refuse what does not fit a column.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    async_trait::async_trait,
    sea_orm::{ConnectionTrait, DatabaseBackend, DbErr},
};

const TYPES: [(&str, &str, &str); 9] = [
    ("{uuid}", "BLOB", "uuid"),
    ("{text}", "TEXT", "text"),
    ("{key}", "TEXT", "text COLLATE \"C\""),
    ("{bytes}", "BLOB", "bytea"),
    ("{bool}", "INTEGER", "boolean"),
    ("{small}", "INTEGER", "smallint"),
    ("{int}", "INTEGER", "integer"),
    ("{big}", "INTEGER", "bigint"),
    ("{date}", "TEXT", "date"),
];

/// A step of the schema that is nothing but statements, in one transaction.
pub(crate) struct Step {
    name: &'static str,
    on_both: &'static [&'static str],
    on_sqlite: &'static [&'static str],
    on_postgres: &'static [&'static str],
}

impl Step {
    /// A step of texts that [`run`] understands.
    pub(crate) const fn of(name: &'static str, on_both: &'static [&'static str]) -> Self {
        Self { name, on_both, on_sqlite: &[], on_postgres: &[] }
    }

    /// With statements after them that only SQLite knows, each as it stands.
    pub(crate) const fn on_sqlite(self, on_sqlite: &'static [&'static str]) -> Self {
        Self { on_sqlite, ..self }
    }

    /// With statements after them that only PostgreSQL knows, each as it stands.
    pub(crate) const fn on_postgres(self, on_postgres: &'static [&'static str]) -> Self {
        Self { on_postgres, ..self }
    }
}

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statements in self.on_both {
            run(manager, statements).await?;
        }
        let statements = if is_sqlite(manager) { self.on_sqlite } else { self.on_postgres };
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn is_sqlite(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DatabaseBackend::Sqlite
}

/// Runs statements, divided by `;`, with the types of the database at hand. Instants are milliseconds in `{big}`,
/// `{key}` compares byte by byte on both databases, `{strict}` ends a table.
async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let sqlite = is_sqlite(manager);
    let mut sql = statements.replace("{strict}", if sqlite { "STRICT" } else { "" });
    for (name, on_sqlite, on_postgres) in TYPES {
        sql = sql.replace(name, if sqlite { on_sqlite } else { on_postgres });
    }
    for statement in sql.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
