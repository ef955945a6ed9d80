//! Duplicates of what other transactions write, on PostgreSQL.

use std::time::Duration;

use evt_runtime::{Emitted, emit_all};
use sqlx::Connection as _;

use crate::event::fed;
use crate::server::Place;

#[tokio::test]
async fn a_duplicate_of_a_concurrent_writer_is_answered_when_that_one_commits() {
    let Some(place) = Place::new().await else { return };
    let event = |note: &str| fed(note).table(&place.table).idempotency_key("k").skip_duplicates();
    let (mut first, mut second) = (place.connect().await, place.connect().await);
    let mut tx = first.begin().await.unwrap();
    let Emitted::Enqueued { id, seq } = event("first").emit(&mut tx).await.unwrap() else { panic!() };

    let batch = vec![fed("before").table(&place.table), event("second"), event("third")];
    let waiting = tokio::spawn(async move {
        let mut tx = second.begin().await.unwrap();
        let answers = emit_all(batch, &mut tx).await.unwrap();
        tx.commit().await.unwrap();
        answers
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    tx.commit().await.unwrap();

    let answers = waiting.await.unwrap();
    assert!(matches!(answers[0], Emitted::Enqueued { .. }));
    assert_eq!(answers[1..], [Emitted::Duplicate { id, seq }; 2]);
    assert_eq!(place.texts("SELECT payload->>'note' FROM {T} ORDER BY 1").await, ["before", "first"]);
}

#[tokio::test]
async fn a_writer_that_rolls_back_leaves_no_duplicate() {
    let Some(place) = Place::new().await else { return };
    let event = |note: &str| fed(note).table(&place.table).idempotency_key("k").skip_duplicates();
    let (mut first, mut second) = (place.connect().await, place.connect().await);
    let mut tx = first.begin().await.unwrap();
    event("first").emit(&mut tx).await.unwrap();
    let second_event = event("second");
    let waiting = tokio::spawn(async move { second_event.emit(&mut second).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    tx.rollback().await.unwrap();
    assert!(matches!(waiting.await.unwrap(), Emitted::Enqueued { .. }));
    assert_eq!(place.texts("SELECT payload->>'note' FROM {T}").await, ["second"]);
}

#[tokio::test]
async fn keys_are_unique_for_each_event_name_alone() {
    let Some(place) = Place::new().await else { return };
    let mut connection = place.connect().await;
    fed("").table(&place.table).idempotency_key("k").emit(&mut connection).await.unwrap();
    let other = crate::event::milked("7").table(&place.table).idempotency_key("k");
    assert!(matches!(other.emit(&mut connection).await, Ok(Emitted::Enqueued { .. })));
}
