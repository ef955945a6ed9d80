//! Strict ordering: writers of one key wait for each other.

use std::time::Duration;

use evt_runtime::{Connection, Emission, Emitted, emit_all};
use sqlx::{AssertSqlSafe, Connection as _, PgPool};

use crate::abandon::abandon;
use crate::event::{CowMilked, milked};
use crate::server::Place;

#[tokio::test]
async fn writers_of_one_key_wait_for_each_other_and_others_do_not() {
    let Some(place) = Place::new().await else { return };
    let (mut first, mut second) = (place.connect().await, place.connect().await);
    let mut tx = first.begin().await.unwrap();
    milked("7").table(&place.table).emit(&mut tx).await.unwrap();

    // A name without its schema means the same table.
    let path = format!("SET search_path = {}", place.schema);
    sqlx::raw_sql(AssertSqlSafe(path)).execute(&mut second).await.unwrap();
    milked("8").emit(&mut second).await.unwrap();
    let waiting = tokio::spawn(async move { milked("7").emit(&mut second).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    tx.commit().await.unwrap();
    waiting.await.unwrap();
    let keys = place.texts("SELECT concat_ws(' ', partition_key, route) FROM {T} ORDER BY seq").await;
    assert_eq!(keys, ["Cow/7 durable", "Cow/8 durable", "Cow/7 durable"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn batches_with_the_same_keys_in_any_order_do_not_deadlock() {
    let Some(place) = Place::new().await else { return };
    let mut writers = Vec::new();
    for turn in 0..4_usize {
        let (mut connection, table) = (place.connect().await, place.table.clone());
        writers.push(tokio::spawn(async move {
            for _ in 0..20 {
                let mut cows: Vec<_> = (0..50).map(|cow| milked(&cow.to_string()).table(&table)).collect();
                cows.rotate_left(turn * 13);
                evt_runtime::emit_all(cows, &mut connection).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(place.texts("SELECT count(*)::text FROM {T}").await, ["4000"]);
}

/// Two writers of a key, neither in a transaction: what comes second is committed second.
async fn write_in_turn<C: Connection + 'static>(mut first: C, mut second: C) {
    let Some(place) = Place::new().await else { return };
    let cow = |cow: &str| milked(cow).table(&place.table);
    place.slow_down("Cow/slow").await;
    let batch = vec![cow("7"), cow("slow")];
    let writing = tokio::spawn(async move { emit_all(batch, &mut first).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let Emitted::Enqueued { seq, .. } = cow("7").emit(&mut second).await.unwrap() else { panic!() };
    let stored = place.texts("SELECT seq::text FROM {T} ORDER BY seq").await;
    assert_eq!(stored.len(), 3, "{stored:?}");
    assert_eq!(stored[2], seq.to_string());
    writing.await.unwrap();
}

#[tokio::test]
async fn writers_outside_of_a_transaction_wait_for_each_other_too() {
    let Some(place) = Place::empty().await else { return };
    write_in_turn(place.connect().await, place.connect().await).await;
    let pool = PgPool::connect(&place.url).await.unwrap();
    write_in_turn(pool.acquire().await.unwrap(), pool.acquire().await.unwrap()).await;
    write_in_turn(place.client().await, place.client().await).await;
}

/// What a writer of cow 7 may write, in one statement each.
fn writings(place: &Place, other: &Place) -> Vec<Vec<Emission<CowMilked>>> {
    let cow = |cow: &str| milked(cow).table(&place.table);
    let keyed = || cow("7").idempotency_key("k").skip_duplicates();
    vec![
        vec![cow("7")],
        vec![keyed()],
        vec![cow("7"), cow("8")],
        vec![keyed(), cow("8")],
        vec![cow("7"), milked("7").table(&other.table)],
    ]
}

#[tokio::test]
async fn a_writer_that_waits_takes_its_place_when_its_turn_comes() {
    let Some(other) = Place::new().await else { return };
    for which in 0..5 {
        let Some(place) = Place::new().await else { return };
        let (mut first, mut second) = (place.connect().await, place.client().await);
        let mut tx = first.begin().await.unwrap();
        milked("7").table(&place.table).emit(&mut tx).await.unwrap();
        let writing = writings(&place, &other).swap_remove(which);
        let waiting = tokio::spawn(async move { emit_all(writing, &mut second).await.unwrap() });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let Emitted::Enqueued { seq: last, .. } =
            milked("7").table(&place.table).emit(&mut tx).await.unwrap()
        else {
            panic!()
        };
        tx.commit().await.unwrap();
        let answers = waiting.await.unwrap();
        assert!(
            matches!(answers[0], Emitted::Enqueued { seq, .. } if seq > last),
            "{which}: {answers:?} after {last}"
        );
    }
}

/// Writers that are given up at any time, outside of a transaction.
async fn are_given_up<C: Connection>(mut to: C) {
    let (Some(place), Some(other)) = (Place::new().await, Place::new().await) else { return };
    for polls in 0..60 {
        let key = polls.to_string();
        let cow = |place: &Place| milked("7").table(&place.table).idempotency_key(&key).skip_duplicates();
        let both = || vec![cow(&place), cow(&other)];
        abandon(polls % 12, async { drop(emit_all(both(), &mut to).await) }).await;
        emit_all(both(), &mut to).await.unwrap();
        // Committed: another connection sees it.
        for place in [&place, &other] {
            let count = |table: &str| format!("SELECT count(*)::text FROM {{T}}{table}");
            assert_eq!(place.texts(&count("")).await, [(polls + 1).to_string()]);
            assert_eq!(place.texts(&count("_work")).await, [(polls + 1).to_string()]);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_waits_for_is_stored_whole_or_not_at_all_and_leaves_the_connection_usable() {
    let Some(place) = Place::empty().await else { return };
    are_given_up(place.connect().await).await;
    are_given_up(place.client().await).await;
}
