//! How SQLite goes about the first page of each list: along an index that has its order, never through a whole account
//! and never by sorting.

use super::{condition::Scope, list::page, way::Way};
use crate::{Backend, Clock, Options, Owner, Secret};
use domain::{
    Timestamp,
    accounts::Settings,
    ids::{SessionId, UserId},
    tasks::TaskQuery,
};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, sea_query::SqliteQueryBuilder};
use uuid::Uuid;

/// How SQLite says that it looks tasks up one by one.
const BY_ID: &str = "SEARCH tasks USING INDEX sqlite_autoindex_tasks_1 (user_id=? AND id=?)";

const NOW: Timestamp = Timestamp::from_millis(1_795_168_800_000);

async fn backend(folder: &std::path::Path) -> Backend {
    let options = Options {
        database_url: format!("sqlite://{}/tickbox.sqlite?mode=rwc", folder.display()),
        secret: Secret::generate(),
        previous_secret: None,
        issuer: "http://127.0.0.1".to_owned(),
        sign_up: None,
        sign_ups_per_hour: 1,
        relay: None,
        least_password: domain::accounts::LeastLength::default(),
        clock: Clock::manual(NOW),
    };
    Backend::start(options).await.expect("the backend starts")
}

/// The lines of the plan for a list's first page, each with its number and that of the line it is a part of: in its order, or
/// of these few tasks.
async fn plan(backend: &Backend, query: &str, few: Option<Vec<Uuid>>) -> Vec<(i32, i32, String)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = TaskQuery { with_kin: true, ..TaskQuery::from_pairs(pairs).expect("a query") };
    let owner =
        Owner::of_session(UserId::from_uuid(Uuid::nil()), SessionId::from_uuid(Uuid::nil()), &Settings::default(), 0);
    let way = few.map_or_else(|| Way::in_order(&query), Way::Few);
    let (sql, values) = page(&Scope::new(backend, &owner), &query, None, &way).build(SqliteQueryBuilder);
    let explained =
        Statement::from_sql_and_values(DatabaseBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"), values);
    let rows = backend.store.reader().query_all_raw(explained).await.expect("a plan");
    let read = |row: &sea_orm::QueryResult| -> Result<(i32, i32, String), sea_orm::DbErr> {
        Ok((row.try_get("", "id")?, row.try_get("", "parent")?, row.try_get("", "detail")?))
    };
    rows.iter().map(|row| read(row).expect("a line")).collect()
}

#[tokio::test]
async fn the_first_page_of_every_view_follows_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let backend = backend(folder.path()).await;
    for (query, index) in [
        ("", "tasks_by_due"),
        ("order=desc", "tasks_by_due_down"),
        ("view=all", "tasks_by_due"),
        ("view=today", "tasks_by_due"),
        ("view=overdue", "tasks_by_due"),
        ("view=upcoming", "tasks_by_due"),
        ("view=inbox", "tasks_in_project"),
        ("view=logbook", "tasks_by_completion"),
        ("view=bin", "tasks_in_bin"),
        ("view=all&sort=priority", "tasks_by_priority"),
        ("view=all&sort=created", "tasks_by_creation"),
        ("view=all&sort=updated", "tasks_by_update"),
        ("view=all&sort=title", "tasks_by_title"),
        ("view=all&sort=manual", "tasks_in_order"),
        ("status=done", "tasks_by_due"),
        ("sort=completed&status=all", "tasks_by_completion"),
        ("filter=overdue !high", "tasks_by_due"),
        ("tag=home", "tasks_of_tag_by_due"),
        ("filter=#home !high -#work", "tasks_of_tag_by_due"),
        ("tag=home&sort=title", "tasks_by_title"),
        ("filter=-#home", "tasks_by_due"),
        ("filter=+Garden sort:due", "tasks_by_due"),
        ("filter=+Garden sort:manual", "tasks_in_order"),
        ("filter=+Garden sort:title", "tasks_by_title"),
    ] {
        let plan = plan(&backend, query, None).await;
        let told = format!("{query}: {plan:#?}");
        let inner = plan.iter().find(|(.., line)| line.contains(&format!(" INDEX {index} (")));
        let (_, parent, _) = inner.unwrap_or_else(|| panic!("{told}"));
        let sorts = plan.iter().any(|(_, of, line)| of == parent && line.contains("TEMP B-TREE"));
        assert!(!sorts, "{told}");
        assert!(!plan.iter().any(|(.., line)| line.starts_with("SCAN tasks USING")), "{told}");
        if index == "tasks_of_tag_by_due" {
            assert!(plan.iter().any(|(_, of, line)| of == parent && line.contains(BY_ID)), "{told}");
        }
        let mut parts = plan.iter().map(|(.., line)| line).filter(|line| line.contains(" part USING"));
        assert!(parts.all(|line| line.contains("tasks_of_parent (user_id=? AND parent_id=?)")), "{told}");
    }
    let due = plan(&backend, "filter=#home due:today", None).await;
    assert!(due.iter().any(|(.., line)| line.contains("tag_id=? AND due_order>? AND due_order<?")), "{due:#?}");
    let few = plan(&backend, "q=milk&sort=due", Some(vec![Uuid::nil()])).await;
    assert!(few.iter().any(|(.., line)| line.contains(BY_ID)), "{few:#?}");
}
