//! A database that refuses.

use std::time::{Duration, Instant};

use evt_runtime::outbox::Dialect;
use evt_runtime::outbox::operator::{Bulk, Filter, NewContent, Outbox, OutboxError, Page, Reorder};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection, SqlitePool};

use super::{dead_letters, retry_all};
use crate::both::{anna, go_on, on_both};
use crate::filled::Filled;
use crate::folder::Folder;
use crate::server::Place;

on_both! {
    a_missing_table_is_told_by_every_action
}

async fn a_missing_table_is_told_by_every_action(outbox: Outbox) {
    let url = outbox.place().to_owned();
    let nowhere = if url.starts_with("sqlite") {
        "nowhere".to_owned()
    } else {
        outbox.table_name().replace("evt_outbox", "nowhere")
    };
    let outbox = match Place::new().await {
        Some(place) if outbox.dialect() == Dialect::Postgres => Outbox::open(&place.url, &nowhere).unwrap(),
        _ => Outbox::open("sqlite::memory:", &nowhere).unwrap(),
    };
    assert_eq!(outbox.layout().await.unwrap(), None);
    let (filter, anna, id) = (Filter::default(), anna(), evt_runtime::types::Uuid::nil());
    let content = NewContent { event_version: 1, fingerprint: String::new(), payload: "{}".into() };
    let until = crate::filled::now();
    for error in [
        outbox.list(&filter, Page::first(1)).await.err(),
        outbox.entry(id).await.err(),
        outbox.stats().await.err(),
        outbox.blocked(1).await.err(),
        outbox.audit(Page::first(1)).await.err(),
        outbox.retry(&filter, Bulk::default(), &anna, &mut go_on).await.err(),
        outbox.discard(&filter, Bulk::default(), &anna, &mut go_on).await.err(),
        outbox.replace(id, &content, Reorder::Refused, &anna).await.err(),
        outbox.cleanup(until, &anna, &mut go_on).await.err(),
        outbox.pause(None, &anna).await.err(),
        outbox.resume(None, &anna).await.err(),
        outbox.paused().await.err(),
    ] {
        assert!(
            matches!(&error, Some(OutboxError::NotMigrated { table, .. }) if *table == nowhere),
            "{error:?}"
        );
    }
}

/// A role of a server, and an outbox as that role.
async fn as_role(place: &Place, role: &str) -> Outbox {
    place.run(&format!("CREATE ROLE {role} LOGIN")).await;
    Outbox::open(&place.url.replace("user=postgres", &format!("user={role}")), &place.table).unwrap()
}

#[tokio::test]
async fn a_missing_permission_is_told() {
    let Some(place) = Place::new().await else { return };
    let role = format!("stranger_{}", place.schema);
    let outbox = as_role(&place, &role).await;
    let denied = outbox.stats().await.unwrap_err();
    assert_eq!(
        denied.to_string(),
        format!("the database does not permit it: permission denied for schema {}", place.schema)
    );
    place
        .run(&format!(
            "GRANT USAGE ON SCHEMA {0} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {0} TO {role}",
            place.schema
        ))
        .await;
    outbox.stats().await.unwrap();
    assert!(matches!(outbox.pause(None, &anna()).await, Err(OutboxError::Denied { .. })));
    assert!(outbox.paused().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_read_only_database_is_told_and_can_be_looked_at() {
    let folder = Folder::new("read-only");
    let outbox = Outbox::open(&folder.url(), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    dead_letters(&outbox, 2).await;
    read_only(&Outbox::open(&format!("{}?mode=ro", folder.url()), "evt_outbox").unwrap()).await;

    let Some(place) = Place::new().await else { return };
    dead_letters(&Outbox::open(&place.url, &place.table).unwrap(), 2).await;
    let role = format!("reader_{}", place.schema);
    let outbox = as_role(&place, &role).await;
    let all =
        format!("ALTER ROLE {role} SUPERUSER; ALTER ROLE {role} SET default_transaction_read_only = on");
    place.run(&all).await;
    read_only(&outbox).await;
}

async fn read_only(outbox: &Outbox) {
    assert_eq!(outbox.stats().await.unwrap().dead, 2);
    let told = retry_all(outbox).await.unwrap_err();
    assert!(matches!(told, OutboxError::ReadOnly { .. }), "{told:?}");
    let told = outbox.pause(None, &anna()).await.unwrap_err();
    assert!(told.to_string().starts_with("the database is read-only: "), "{told}");
    assert_eq!(outbox.stats().await.unwrap().dead, 2);
}

#[tokio::test]
async fn a_database_that_another_one_holds_is_told() {
    let folder = Folder::new("locked");
    let options: SqliteConnectOptions = folder.url().parse().unwrap();
    let options = options.create_if_missing(true).busy_timeout(Duration::from_millis(200));
    let outbox = Outbox::sqlite(SqlitePool::connect_lazy_with(options), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    dead_letters(&outbox, 2).await;
    let mut other = SqliteConnection::connect(&folder.url()).await.unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let told = retry_all(&outbox).await.unwrap_err();
    assert_eq!(told.to_string(), "the database is busy: database is locked");
    assert_eq!(outbox.stats().await.unwrap().dead, 2);
    held.rollback().await.unwrap();
    assert_eq!(retry_all(&outbox).await.unwrap().changed, 2);
}

#[tokio::test]
async fn a_lock_that_another_one_holds_is_waited_for_until_the_time_is_up() {
    let Some(place) = Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    dead_letters(&outbox, 2).await;
    let mut other = place.connect().await;
    let mut held = other.begin().await.unwrap();
    let lock = format!("SELECT 1 FROM {}_lane FOR UPDATE", place.table);
    held.execute(AssertSqlSafe(lock)).await.unwrap();
    let began = Instant::now();
    let hasty = outbox.clone().statement_timeout(Duration::from_secs(1));
    let told = retry_all(&hasty).await.unwrap_err();
    assert_eq!(told.to_string(), "a statement took longer than 1 s, and was ended");
    assert!(began.elapsed() < Duration::from_secs(3));
    assert_eq!(outbox.stats().await.unwrap().dead, 2);
    let (waiting, began) = (outbox.clone(), Instant::now());
    let waiting = tokio::spawn(async move { retry_all(&waiting).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    held.rollback().await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().changed, 2);
    assert!(began.elapsed() > Duration::from_millis(400));
}

#[tokio::test]
async fn a_full_disk_is_told_and_changes_nothing() {
    let folder = Folder::new("full");
    let room = SqlitePoolOptions::new().max_connections(1).after_connect(|connection, _| {
        Box::pin(async move { connection.execute("PRAGMA max_page_count = 100").await.map(|_| ()) })
    });
    let options: SqliteConnectOptions = folder.url().parse().unwrap();
    let pool = room.connect_lazy_with(options.create_if_missing(true));
    let outbox = Outbox::sqlite(pool, "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    full(&outbox).await;
    // The transaction is undone by SQLite itself, which the driver of its connection does not see.
    let id = outbox.id_at(1).await.unwrap();
    let told = outbox.settle(id, &crate::both::dead(&"x".repeat(1_000_000))).await.unwrap_err();
    assert!(matches!(told, OutboxError::Full { .. }), "{told:?}");
    outbox.settle(id, &crate::both::dead("413")).await.unwrap();

    // What PostgreSQL says where a table cannot grow.
    let Some(place) = Place::new().await else { return };
    place
        .run(&format!(
            "CREATE FUNCTION {0}.full() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION \
             ''could not extend file'' USING ERRCODE = ''disk_full''; END'; \
             CREATE TRIGGER full_disk BEFORE INSERT ON {1} FOR EACH ROW \
             WHEN (NEW.replaces IS NOT NULL) EXECUTE FUNCTION {0}.full()",
            place.schema, place.table
        ))
        .await;
    full(&Outbox::open(&place.url, &place.table).unwrap()).await;
}

async fn full(outbox: &Outbox) {
    dead_letters(outbox, 1).await;
    let id = outbox.id_at(1).await.unwrap();
    let payload = format!(r#"{{"note":"{}"}}"#, "x".repeat(250_000));
    let content = NewContent { event_version: 2, fingerprint: "0f3a".into(), payload };
    let mut told = Ok(id);
    for _ in 0..4 {
        told = outbox.replace(id, &content, Reorder::Refused, &anna()).await;
        if told.is_err() {
            break;
        }
        outbox.settle(id, &crate::both::dead("413")).await.unwrap();
    }
    let told = told.unwrap_err();
    assert!(matches!(told, OutboxError::Full { .. }), "{told:?}");
    assert_eq!(outbox.stats().await.unwrap().dead, 1);
    assert_eq!(retry_all(outbox).await.unwrap().changed, 1);
}

#[tokio::test]
async fn an_sqlite_statement_ends_when_its_time_is_up_and_those_of_the_service_do_not() {
    let filled = Filled { published: 30_000, dead: 0, retrying: 0, discarded: 0, pending: 0, aggregates: 9 };
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    let outbox = Outbox::sqlite(pool.clone(), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    for statement in filled.statements(Dialect::Sqlite) {
        pool.execute(AssertSqlSafe(statement.replace("{T}", "evt_outbox"))).await.unwrap();
    }
    let hasty = outbox.clone().statement_timeout(Duration::from_millis(1));
    let nothing =
        Filter { event: Some("no_such_event".into()), error: Some("x".into()), ..Filter::default() };
    hasty.list(&nothing, Page::first(1)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    let long = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200000) \
                SELECT count(*) FROM numbers";
    pool.execute(long).await.unwrap();
    let all = Filter { aggregate: Some(("Cow".into(), "1".into())), error: None, ..Filter::default() };
    let told = hasty.list(&all, Page::first(30_000)).await.unwrap_err();
    assert!(matches!(told, OutboxError::TimedOut { .. }), "{told:?}");
    pool.execute(long).await.unwrap();
    assert_eq!(outbox.stats().await.unwrap().published, 30_000);
}
