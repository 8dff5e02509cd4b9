//! The schema of Tickbox, forward only, the same on SQLite and PostgreSQL. Running it, and the lock around that,
//! is `backend::store`'s work.

mod m20261120_000001_accounts;
mod m20261120_000002_tasks;
mod m20261121_000003_throttle;
mod m20261121_000004_security_log;
mod m20261121_000005_mail;
mod m20261121_000006_factors;
mod m20261121_000007_operator;
mod m20261121_000008_ledger;
mod m20261121_000009_reading;
mod m20261128_000010_way_back;
mod m20261128_000011_completions;
mod m20261129_000012_removals;
mod m20261129_000013_tasks_of_tag;
mod m20261129_000014_lists;
mod sql;

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait};

/// Every step of the schema in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_000001_accounts::STEP),
            Box::new(m20261120_000002_tasks::STEP),
            Box::new(m20261121_000003_throttle::STEP),
            Box::new(m20261121_000004_security_log::STEP),
            Box::new(m20261121_000005_mail::STEP),
            Box::new(m20261121_000006_factors::STEP),
            Box::new(m20261121_000007_operator::STEP),
            Box::new(m20261121_000008_ledger::STEP),
            Box::new(m20261121_000009_reading::STEP),
            Box::new(m20261128_000010_way_back::STEP),
            Box::new(m20261128_000011_completions::STEP),
            Box::new(m20261129_000012_removals::STEP),
            Box::new(m20261129_000013_tasks_of_tag::STEP),
            Box::new(m20261129_000014_lists::STEP),
        ]
    }
}
