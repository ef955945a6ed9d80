//! What tokio-postgres keeps prepared. Other tests write as behind a pooler, which is set for a whole process.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[expect(dead_code, reason = "other tests use all of it")]
#[path = "outbox/event.rs"]
mod event;
#[expect(dead_code, reason = "other tests use all of it")]
#[path = "outbox/server.rs"]
mod server;

use std::time::Duration;

use evt_runtime::outbox::PreparedStatements;
use evt_runtime::{EmitError, emit_all};

use crate::event::fed;
use crate::server::Place;

#[tokio::test]
async fn statements_are_prepared_once() {
    let Some(place) = Place::new().await else { return };
    let (client, mut kept) = (place.client().await, PreparedStatements::default());
    let mut prepared = Vec::new();
    for _ in 0..20 {
        let cow = |note| fed(note).table(&place.table);
        cow("one").emit(&mut kept.on(&client)).await.unwrap();
        emit_all(vec![cow("two"), cow("three")], &mut kept.on(&client)).await.unwrap();
        prepared.push(left_behind(&client).await);
    }
    assert!(prepared[0] > 0);
    assert_eq!(prepared, [prepared[0]; 20]);
}

/// How many statements the server holds for a connection.
async fn left_behind(client: &tokio_postgres::Client) -> i64 {
    let row = client.query_typed_one("SELECT count(*) FROM pg_prepared_statements", &[]).await;
    row.unwrap().get(0)
}

#[tokio::test]
async fn what_a_connection_has_forgotten_is_prepared_again() {
    let Some(place) = Place::new().await else { return };
    let (client, mut kept) = (place.client().await, PreparedStatements::default());
    let cow = || fed("").table(&place.table);
    cow().emit(&mut kept.on(&client)).await.unwrap();
    cow().idempotency_key("other").emit(&mut kept.on(&client)).await.unwrap();
    client.batch_execute("DISCARD ALL").await.unwrap();
    let unknown = cow().emit(&mut kept.on(&client)).await.unwrap_err();
    assert!(matches!(unknown, EmitError::Database(_)), "{unknown}");
    cow().emit(&mut kept.on(&client)).await.unwrap();
    cow().idempotency_key("another").emit(&mut kept.on(&client)).await.unwrap();
    let another = place.client().await;
    cow().emit(&mut kept.on(&another)).await.unwrap_err();
    cow().emit(&mut kept.on(&another)).await.unwrap();
    assert_eq!(place.texts("SELECT event_name FROM {T}").await.len(), 5);
}

#[tokio::test]
async fn a_statement_that_was_refused_stays_prepared() {
    let Some(place) = Place::new().await else { return };
    let (client, mut kept) = (place.client().await, PreparedStatements::default());
    let cow = || fed("").table(&place.table);
    cow().emit(&mut kept.on(&client)).await.unwrap();
    let name = "SELECT name FROM pg_prepared_statements";
    let before: String = client.query_typed_one(name, &[]).await.unwrap().get(0);
    place.run(&format!("ALTER TABLE {} ADD CHECK (false) NOT VALID", place.table)).await;
    cow().emit(&mut kept.on(&client)).await.unwrap_err();
    place.run(&format!("ALTER TABLE {} DROP CONSTRAINT evt_outbox_check", place.table)).await;
    cow().emit(&mut kept.on(&client)).await.unwrap();
    assert_eq!(client.query_typed_one(name, &[]).await.unwrap().get::<_, String>(0), before);
}

/// A statement is known to the server before we hear of it.
#[tokio::test]
async fn who_does_not_wait_for_statements_to_be_prepared_leaves_few_of_them() {
    let Some(place) = Place::new().await else { return };
    let (client, mut kept) = (place.client().await, PreparedStatements::default());
    let held = place.client().await;
    held.batch_execute(&format!("BEGIN; LOCK TABLE {}", place.table)).await.unwrap();
    for _ in 0..50 {
        let mut to = kept.on(&client);
        let emitted = fed("").table(&place.table).emit(&mut to);
        tokio::time::timeout(Duration::from_millis(2), emitted).await.unwrap_err();
    }
    held.batch_execute("COMMIT").await.unwrap();
    fed("last").table(&place.table).emit(&mut kept.on(&client)).await.unwrap();
    let prepared = left_behind(&client).await;
    assert!((1..=10).contains(&prepared), "{prepared}");
}

#[tokio::test]
async fn a_connection_keeps_a_hundred_statements_at_most() {
    let Some(place) = Place::new().await else { return };
    let (client, mut kept) = (place.client().await, PreparedStatements::default());
    for number in 0..120 {
        let table = format!("{}.outbox_{number}", place.schema);
        place.run(&format!("CREATE VIEW {table} AS SELECT * FROM {}", place.table)).await;
        place.run(&format!("CREATE VIEW {table}_work AS SELECT * FROM {}_work", place.table)).await;
        fed("").table(&table).emit(&mut kept.on(&client)).await.unwrap();
        let prepared = left_behind(&client).await;
        assert!((1..=100).contains(&prepared), "{prepared} after {number}");
    }
    assert_eq!(place.texts("SELECT event_name FROM {T}").await.len(), 120);
}
