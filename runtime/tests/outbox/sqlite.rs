//! SQLite by way of sqlx, in memory and in a file.

use std::time::{Duration, Instant};

use evt_runtime::outbox::Dialect;
use evt_runtime::outbox::operator::{Outbox, OutboxError};
use evt_runtime::{EmitError, emit_all, outbox};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection, SqlitePool};

use crate::abandon::abandon;
use crate::both::{anna, go_on};
use crate::event::{fed, milked};
use crate::filled::{Filled, now};
use crate::folder::Folder;

async fn farm() -> SqliteConnection {
    let mut connection = SqliteConnection::connect(":memory:").await.unwrap();
    outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
    // SQLite knows one table by both names.
    assert_eq!(outbox::migrate(&mut connection, "EVT_Outbox").await.unwrap().before, Some(outbox::LAYOUT));
    connection
}

#[tokio::test]
async fn a_row_holds_what_was_given_in_lane_0() {
    let mut connection = farm().await;
    let emission = milked("7")
        .metadata(json!({ "by": "Ä" }))
        .occurred_at("2027-01-31T08:30:00.1234567Z".parse().unwrap());
    emission.aggregate_version(3).idempotency_key("k").emit(&mut connection).await.unwrap();
    let sql = "SELECT event_name, event_version, fingerprint, process_type, domain, subject, route, lane, partition_key,
        payload, metadata, occurred_at, idempotency_key, aggregate_type, aggregate_id, aggregate_version,
        on_dead_letter, replaces FROM evt_outbox";
    let row = sqlx::query(sql).fetch_one(&mut connection).await.unwrap();
    let text = |at: usize| row.get_unchecked::<Option<String>, _>(at).unwrap_or_else(|| "null".to_owned());
    let all: Vec<_> = (0..row.len()).map(text).collect();
    insta::assert_snapshot!(all.join(" | "), @r#"cow_milked | 2 | 0f3a | durable | farm | null | durable | 0 | Cow/7 | {"note":""} | {"by":"Ä"} | 2027-01-31T08:30:00.123456Z | k | Cow | 7 | 3 | halt | null"#);
    let rows =
        sqlx::query("SELECT state, attempts FROM evt_outbox_rows").fetch_one(&mut connection).await.unwrap();
    assert_eq!((rows.get::<String, _>(0), rows.get::<i64, _>(1)), ("pending".to_owned(), 0));
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_the_database_sees_it() {
    let mut connection = farm().await;
    let large = fed(&"x".repeat(256 << 10)).emit(&mut connection).await.unwrap_err();
    assert_eq!(large.to_string(), "the payload of `cow_fed` has 262155 bytes, the most is 262144");
    let metadata =
        fed("").metadata(json!({ "x": "x".repeat(256 << 10) })).emit(&mut connection).await.unwrap_err();
    assert!(matches!(metadata, EmitError::Field { field: "metadata", .. }));
    let fits = "x".repeat((256 << 10) - 11);
    fed(&fits).emit(&mut connection).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_an_outbox_is_refused() {
    let mut connection = farm().await;
    let schema = fed("").table("tenant.evt_outbox").emit(&mut connection).await.unwrap_err();
    assert_eq!(
        schema.to_string(),
        "the outbox table `tenant.evt_outbox` names a schema, which SQLite does not have"
    );
    let early = fed("").occurred_at("-000001-01-01T00:00:00Z".parse().unwrap());
    assert!(matches!(early.emit(&mut connection).await, Err(EmitError::Field { field: "occurred_at", .. })));
}

#[tokio::test]
async fn a_batch_outside_of_a_transaction_is_written_whole_or_not_at_all() {
    let mut connection = farm().await;
    let trigger = "CREATE TRIGGER full BEFORE INSERT ON evt_outbox WHEN NEW.payload LIKE '%full%'
        BEGIN SELECT RAISE(ABORT, 'the barn is full'); END";
    sqlx::raw_sql(trigger).execute(&mut connection).await.unwrap();
    emit_all(vec![fed("a"), fed("full")], &mut connection).await.unwrap_err();
    assert_eq!(count(&mut connection).await, 0);
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
    emit_all(vec![fed("a"), fed("b")], &mut connection).await.unwrap();
    sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.unwrap();
    assert_eq!(count(&mut connection).await, 0);
}

async fn count(connection: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM evt_outbox").fetch_one(connection).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emit_that_nobody_waits_for_is_stored_whole_or_not_at_all() {
    for round in 0..40 {
        let mut connection = farm().await;
        let mut tx = connection.begin().await.unwrap();
        abandon(1 + round % 3, async { drop(fed("").idempotency_key("k").emit(&mut tx).await) }).await;
        let again = fed("").idempotency_key("k").skip_duplicates().emit(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let sql = "SELECT count(*) FROM evt_outbox AS t JOIN evt_outbox_work AS work ON work.seq = t.seq";
        let whole: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
        assert_eq!((count(&mut connection).await, whole), (1, 1), "{again:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_connections_migrate_a_file_and_write_to_it_at_once() {
    let folder = Folder::new("sqlite");
    let options = SqliteConnectOptions::new().filename(folder.0.join("farm.db")).create_if_missing(true);
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let options = options.clone();
            tokio::spawn(async move {
                let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
                outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
                for _ in 0..20 {
                    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
                    fed("").emit(&mut tx).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    assert_eq!(count(&mut connection).await, 80);
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await.unwrap();
    assert_eq!(journal, "wal");
}

/// SQLite writes the log back when it has 4 MiB, and everybody's commits wait for the disk meanwhile.
#[tokio::test]
async fn a_cleanup_writes_its_log_back_bit_by_bit() {
    let folder = Folder::new("log");
    let options = SqliteConnectOptions::new().filename(folder.0.join("farm.db")).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
    let published =
        Filled { published: 4_000, dead: 0, retrying: 0, discarded: 0, pending: 0, aggregates: 500 };
    for statement in published.statements(Dialect::Sqlite) {
        sqlx::raw_sql(AssertSqlSafe(statement.replace("{T}", "evt_outbox")))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();

    let outbox = Outbox::open(&folder.url(), "evt_outbox").unwrap();
    let all = now() + jiff::SignedDuration::from_hours(1);
    assert_eq!(outbox.cleanup(all, &anna(), &mut go_on).await.unwrap().published, 4_000);
    #[expect(clippy::disallowed_methods, reason = "the log is a file")]
    let log = std::fs::metadata(folder.0.join("farm.db-wal")).unwrap().len();
    assert!(log < 2 << 20, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moment_in_which_a_database_is_free_is_found() {
    let folder = Folder::new("moment");
    let outbox = Outbox::open(&format!("{}?mode=rwc", folder.url()), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    let mut other = SqliteConnection::connect(&folder.url()).await.unwrap();
    let mut found = 0;
    for _ in 0..5 {
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let operator = outbox.clone();
        let paused = tokio::spawn(async move { operator.pause(None, &anna()).await });
        // By itself SQLite would look 128 ms after it began to wait, and then after 178 ms.
        tokio::time::sleep(Duration::from_millis(135)).await;
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        tokio::time::sleep(Duration::from_millis(35)).await;
        found += u32::from(paused.is_finished());
        paused.await.unwrap().unwrap();
    }
    assert!(found >= 3, "{found} of 5");
}

#[tokio::test]
async fn a_service_begins_as_operators_do() {
    let folder = Folder::new("service");
    let pool = SqlitePool::connect(&format!("{}?mode=rwc", folder.url())).await.unwrap();
    outbox::migrate(&mut *pool.acquire().await.unwrap(), "evt_outbox").await.unwrap();
    let mut other = SqliteConnection::connect(&folder.url()).await.unwrap();
    let mut found = 0;
    for _ in 0..5 {
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let service = pool.clone();
        let written = tokio::spawn(async move {
            let mut tx = outbox::begin_immediate(&service).await.unwrap();
            fed("kept").emit(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        });
        tokio::time::sleep(Duration::from_millis(135)).await;
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        tokio::time::sleep(Duration::from_millis(35)).await;
        found += u32::from(written.is_finished());
        written.await.unwrap();
        let mut tx = outbox::begin_immediate(&pool).await.unwrap();
        fed("dropped").emit(&mut tx).await.unwrap();
    }
    assert!(found >= 3, "{found} of 5");
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM evt_outbox").fetch_one(&pool).await.unwrap();
    assert_eq!(stored, 5);
}

#[tokio::test]
async fn who_stops_waiting_leaves_a_connection_as_it_was() {
    let folder = Folder::new("stopped");
    let options: SqliteConnectOptions = format!("{}?mode=rwc", folder.url()).parse().unwrap();
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options.busy_timeout(Duration::from_millis(150))).await.unwrap();
    let mut other = SqliteConnection::connect(&folder.url()).await.unwrap();
    for round in 0..300 {
        if round % 3 == 0 {
            sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        }
        let begun = outbox::begin_immediate(&pool);
        drop(tokio::time::timeout(Duration::from_micros(20 * (round % 150)), begun).await);
        if round % 3 == 0 {
            sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
        }
        let timeout: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&pool).await.unwrap();
        assert_eq!(timeout, 150, "round {round}");
        sqlx::raw_sql("BEGIN IMMEDIATE; COMMIT").execute(&mut other).await.unwrap();
    }
}

#[tokio::test]
async fn who_writes_waits_as_long_as_the_connection_is_set_to_and_leaves_that_as_it_is() {
    let folder = Folder::new("patience");
    let options: SqliteConnectOptions = format!("{}?mode=rwc", folder.url()).parse().unwrap();
    let pool = SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(options.busy_timeout(Duration::from_millis(150))).await.unwrap();
    let outbox = Outbox::sqlite(pool.clone(), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    let mut other = SqliteConnection::connect(&folder.url()).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let begun = Instant::now();
    let error = outbox.pause(None, &anna()).await.unwrap_err();
    assert!(matches!(error, OutboxError::Busy { .. }), "{error}");
    assert!((150..2_000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    outbox.pause(None, &anna()).await.unwrap();
    let timeout: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&pool).await.unwrap();
    assert_eq!(timeout, 150);
}
