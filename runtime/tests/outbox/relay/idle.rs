//! What a relay asks of a database that has nothing for it.

use std::time::Duration;

use evt_runtime::outbox::operator::Outbox;
use tokio::sync::oneshot;

use super::broker::Broker;
use super::quick;
use crate::both::emit;
use crate::event::fed;
use crate::heard::Ear;
use crate::server::Place;

/// How long after its last row a relay looks as seldom as it ever does.
const CALM: Duration = Duration::from_secs(6);
const LENGTH: Duration = Duration::from_secs(6);

#[tokio::test]
async fn an_idle_relay_sends_two_statements_a_second_at_most_and_sees_the_next_row_within_one() {
    let Some(place) = Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let broker = Broker::default();
    let (stop, stopped) = oneshot::channel::<()>();
    let relay = tokio::spawn(quick(&outbox, &broker).run(async { drop(stopped.await) }));
    tokio::time::sleep(CALM).await;
    let ear = Ear::new(&place.schema);
    tokio::time::sleep(LENGTH).await;
    let sent = ear.heard();
    let most = 2 * usize::try_from(LENGTH.as_secs()).unwrap();
    assert!((1..=most).contains(&sent.len()), "{}: {sent:#?}", sent.len());
    emit(&outbox, fed("next")).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(broker.arrived().len(), 1);
    stop.send(()).unwrap();
    relay.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_relay_that_renews_beside_its_own_turns_keeps_every_lane() {
    let Some(place) = Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let broker = Broker::default();
    let relay = quick(&outbox, &broker).lease(Duration::from_secs(1)).batch(5);
    let monitor = relay.monitor();
    let (stop, stopped) = oneshot::channel::<()>();
    let relay = tokio::spawn(relay.run(async { drop(stopped.await) }));
    for number in 0..600 {
        emit(&outbox, fed(&number.to_string()).aggregate("Cow", (number % 50).to_string())).await;
        if number > 100 {
            assert_eq!(monitor.counts().lanes(), 64, "after {number} rows");
        }
    }
    stop.send(()).unwrap();
    relay.await.unwrap().unwrap();
}
