//! Strict ordering: writers of one key wait for each other.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _};

use crate::event::milked;
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
