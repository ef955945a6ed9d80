//! Programs and layouts of different age.

use evt_runtime::outbox::{self, CheckError, LAYOUT, Migrate};
use evt_runtime::{Connection, EmitError, emit_all};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::event::{fed, milked};
use crate::server::Place;

/// What a migration does to writers that it cannot live with.
const POSTGRES: &str = "ALTER TABLE {T} ADD COLUMN written_by integer NOT NULL DEFAULT 1; \
    ALTER TABLE {T} ADD CONSTRAINT evt_outbox_newer_writers CHECK (written_by >= 2) NOT VALID; \
    INSERT INTO {T}_layout (version, compatible_from) VALUES (7, 6)";
const SQLITE: &str = "ALTER TABLE evt_outbox ADD COLUMN written_by integer NOT NULL DEFAULT 1; \
    CREATE TRIGGER evt_outbox_newer_writers BEFORE INSERT ON evt_outbox WHEN NEW.written_by < 2 \
    BEGIN SELECT RAISE(ABORT, 'evt_outbox_newer_writers'); END; \
    INSERT INTO evt_outbox_layout (version, compatible_from) VALUES (7, 6)";
const TOO_NEW: &str = "the outbox `{T}` has layout 7, this program knows layout 1: use a newer version of it";
const REFUSED: &str = "the outbox `{T}` asks for a newer program: this one knows layout 1";

async fn says<M: Migrate>(connection: &mut M, table: &str, expected: &str) {
    let refused = outbox::check(connection, table).await.unwrap_err();
    assert_eq!(refused.to_string(), expected.replace("{T}", table));
}

async fn is_refused<C: Connection>(to: &mut C, table: &str) {
    let keyed = || fed("").table(table).idempotency_key("k");
    let refused: [Result<_, EmitError>; 3] = [
        fed("").table(table).emit(to).await.map(drop),
        milked("7").table(table).emit(to).await.map(drop),
        emit_all(vec![keyed(), keyed()], to).await.map(drop),
    ];
    for refused in refused {
        let refused = refused.unwrap_err();
        assert!(matches!(refused, EmitError::TooNew { known: LAYOUT, .. }), "{refused}");
        assert_eq!(refused.to_string(), REFUSED.replace("{T}", table));
    }
}

#[tokio::test]
async fn programs_look_whether_they_can_work_with_an_outbox_on_postgres() {
    let Some(place) = Place::new().await else { return };
    let (mut sqlx, mut tokio) = (place.connect().await, place.client().await);
    let table = place.table.as_str();
    assert_eq!(outbox::check(&mut sqlx, table).await.unwrap(), LAYOUT);
    assert_eq!(outbox::check(&mut tokio, table).await.unwrap(), LAYOUT);
    // A newer layout that older programs can live with.
    place.run(&format!("INSERT INTO {table}_layout VALUES (5, 1)")).await;
    assert_eq!(outbox::check(&mut sqlx, table).await.unwrap(), 5);

    place.run(&POSTGRES.replace("{T}", table)).await;
    says(&mut sqlx, table, TOO_NEW).await;
    says(&mut tokio, table, TOO_NEW).await;
    is_refused(&mut sqlx, table).await;
    is_refused(&mut tokio, table).await;
    assert_eq!(place.texts("SELECT id::text FROM {T}").await, <[&str; 0]>::default());
}

#[tokio::test]
async fn what_is_missing_does_not_spoil_a_transaction_that_looks() {
    let Some(place) = Place::empty().await else { return };
    let missing = "there is no outbox table `{T}`: create it with `evt_runtime::outbox::migrate`";
    let mut connection = place.connect().await;
    let mut tx = connection.begin().await.unwrap();
    for table in ["no_schema.evt_outbox", place.table.as_str()] {
        says(&mut *tx, table, missing).await;
    }
    outbox::migrate(&mut *tx, &place.table).await.unwrap();
    assert_eq!(outbox::check(&mut *tx, &place.table).await.unwrap(), LAYOUT);
    let name = outbox::check(&mut *tx, "a.b.c").await.unwrap_err();
    assert!(matches!(name, CheckError::Table { .. }), "{name}");
}

#[tokio::test]
async fn programs_look_whether_they_can_work_with_an_outbox_on_sqlite() {
    let mut connection = SqliteConnection::connect(":memory:").await.unwrap();
    let missing = "there is no outbox table `{T}`: create it with `evt_runtime::outbox::migrate`";
    says(&mut connection, "evt_outbox", missing).await;
    outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
    assert_eq!(outbox::check(&mut connection, "evt_outbox").await.unwrap(), LAYOUT);
    sqlx::raw_sql(AssertSqlSafe(SQLITE)).execute(&mut connection).await.unwrap();
    says(&mut connection, "evt_outbox", TOO_NEW).await;
    is_refused(&mut connection, "evt_outbox").await;
}

#[test]
fn programs_that_block_look_too() {
    let mut connection = rusqlite::Connection::open_in_memory().unwrap();
    outbox::migrate_sync(&mut connection, "evt_outbox").unwrap();
    assert_eq!(outbox::check_sync(&mut connection, "evt_outbox").unwrap(), LAYOUT);
    connection.execute_batch(SQLITE).unwrap();
    let too_new = outbox::check_sync(&mut connection, "evt_outbox").unwrap_err();
    assert!(matches!(too_new, CheckError::TooNew { version: 7, known: LAYOUT, .. }), "{too_new}");
    let refused = fed("").emit_sync(&mut connection).unwrap_err();
    assert!(matches!(refused, EmitError::TooNew { known: LAYOUT, .. }), "{refused}");
}
