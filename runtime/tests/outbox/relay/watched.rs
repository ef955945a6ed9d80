//! What operators watch a relay by.

use std::time::{Duration, Instant};

use evt_runtime::outbox::operator::Outbox;
use evt_runtime::relay::{Drained, Monitor, NotReady, Outcome, Relay, metrics};

use super::broker::Broker;
use super::quick;
use crate::both::{emit, on_both};
use crate::event::{fed, milked, sold};
use crate::exposition::Scrape;

on_both! {
    what_a_relay_has_done_is_scraped
    the_age_of_the_oldest_row_of_a_route_is_told
    a_relay_is_ready_while_it_can_publish
    one_that_was_dropped_is_not_ready
    what_is_answered_while_it_stops_is_counted
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(10), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn what_a_relay_has_done_is_scraped(outbox: Outbox) {
    let broker = Broker::default();
    for note in ["good", "bad"] {
        emit(&outbox, fed(note)).await;
    }
    emit(&outbox, sold("bella")).await;
    broker.answer("bad", Outcome::refused("422", "no"));
    broker.answer("", Outcome::Duplicate);
    let relay = quick(&outbox, &broker);
    let monitor = relay.monitor();
    assert_eq!(relay.drain().await.unwrap(), Drained::All);
    let scrape = Scrape::read(&monitor.metrics().await);
    let expected = [
        ("evt_relay_published_total", 2),
        ("evt_relay_duplicates_total", 1),
        ("evt_relay_retried_total", 2),
        ("evt_relay_dead_letters_total", 1),
        ("evt_relay_takeovers_total", 0),
        ("evt_relay_in_hand", 0),
        ("evt_relay_breaker_open", 0),
        ("evt_relay_database_up", 1),
        ("evt_relay_oldest_pending_age_seconds", 0),
        ("evt_relay_build_info", 1),
    ];
    for (name, value) in expected {
        assert!(scrape.says(name, value), "{name}: {scrape:?}");
    }
    assert!(scrape.value("evt_relay_lanes") > 0.0);
    let (series, batches) = scrape.all("evt_relay_batch_seconds_count").next().unwrap();
    assert!((3.0..=4.0).contains(&batches), "one of all, then that which was refused: {batches}");
    assert_eq!(
        series,
        format!("evt_relay_batch_seconds_count{{route=\"broker\",table=\"{}\"}}", outbox.table_name())
    );
}

async fn the_age_of_the_oldest_row_of_a_route_is_told(outbox: Outbox) {
    assert_eq!(outbox.oldest_age("broker").await.unwrap(), None);
    let began = Instant::now();
    emit(&outbox, milked("bella").aggregate_version(1)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    for cow in ["a", "b", "c"] {
        emit(&outbox, sold(cow)).await;
    }
    let broker = outbox.oldest_age("broker").await.unwrap().unwrap();
    let durable = outbox.oldest_age("durable").await.unwrap().unwrap();
    let elapsed = began.elapsed() + Duration::from_millis(5);
    assert!(durable >= Duration::from_millis(290) && durable <= elapsed, "{durable:?}");
    assert!(broker < durable, "{broker:?}");
    assert_eq!(quick(&outbox, &Broker::default()).drain().await.unwrap(), Drained::All);
    assert_eq!(outbox.oldest_age("broker").await.unwrap(), None);

    let monitors = [quick(&outbox, &Broker::default()), Relay::to_subscribers(outbox.clone())];
    let monitors: Vec<Monitor> = monitors.iter().map(Relay::monitor).collect();
    let scrape = Scrape::read(&metrics(&monitors).await);
    let ages: Vec<_> = scrape.all("evt_relay_oldest_pending_age_seconds").collect();
    assert!(ages[0].0.contains("route=\"broker\"") && ages[0].1 < f64::EPSILON, "{ages:?}");
    assert!(ages[1].0.contains("route=\"durable\"") && ages[1].1 > 0.29, "{ages:?}");
}

async fn a_relay_is_ready_while_it_can_publish(outbox: Outbox) {
    let broker = Broker::default();
    let relay = quick(&outbox, &broker);
    let monitor = relay.monitor();
    assert_eq!(monitor.readiness(), Err(NotReady::Starting));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(relay.run(async { drop(stopped.await) }));
    until("it begins", || monitor.readiness() == Ok(())).await;

    broker.answer_all(Some(Outcome::unavailable("503", "closed for lunch")));
    emit(&outbox, sold("bella")).await;
    until("the breaker opens", || monitor.readiness() == Err(NotReady::Broker)).await;
    assert!(Scrape::read(&monitor.metrics().await).says("evt_relay_breaker_open", 1));
    broker.answer_all(None);
    until("the breaker closes", || monitor.readiness() == Ok(())).await;
    until("it is published", || monitor.counts().published() == 1).await;

    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    assert_eq!(monitor.readiness(), Err(NotReady::Stopping));
}

async fn one_that_was_dropped_is_not_ready(outbox: Outbox) {
    let relay = quick(&outbox, &Broker::default());
    let monitor = relay.monitor();
    let running = tokio::spawn(relay.run(std::future::pending()));
    until("it begins", || monitor.readiness() == Ok(())).await;
    running.abort();
    drop(running.await);
    assert_eq!(monitor.readiness(), Err(NotReady::Stopping));
}

async fn what_is_answered_while_it_stops_is_counted(outbox: Outbox) {
    let broker = Broker::default();
    broker.answer("", Outcome::Accepted);
    let relay = quick(&outbox, &broker);
    let monitor = relay.monitor();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(relay.run(async { drop(stopped.await) }));
    until("it begins", || monitor.readiness() == Ok(())).await;
    let gate = broker.hold().await;
    emit(&outbox, sold("bella")).await;
    until("it is in hand", || monitor.counts().in_hand() == 1).await;
    stop.send(()).unwrap();
    until("it stops", || monitor.readiness() == Err(NotReady::Stopping)).await;
    drop(gate);
    running.await.unwrap().unwrap();
    assert_eq!((monitor.counts().published(), monitor.counts().in_hand()), (1, 0));
}

#[tokio::test]
async fn a_database_that_is_gone_is_told_and_leaves_the_age_out() {
    let Some(place) = crate::server::Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let relay = quick(&outbox, &Broker::default());
    let monitor = relay.monitor();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(relay.run(async { drop(stopped.await) }));
    until("it begins", || monitor.readiness() == Ok(())).await;
    place.run(&format!("ALTER TABLE {}_work RENAME TO gone", place.table)).await;
    until("that is noticed", || monitor.readiness() == Err(NotReady::Database)).await;
    let scrape = Scrape::read(&monitor.metrics().await);
    assert!(scrape.says("evt_relay_database_up", 0));
    assert_eq!(scrape.all("evt_relay_oldest_pending_age_seconds").count(), 0);
    place.run(&format!("ALTER TABLE {}.gone RENAME TO evt_outbox_work", place.schema)).await;
    until("it is back", || monitor.readiness() == Ok(())).await;
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_scrape_does_not_wait_for_a_database_that_hangs() {
    let Some(place) = crate::server::Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let monitor = quick(&outbox, &Broker::default()).monitor();
    let mut other = place.connect().await;
    let lock = format!("BEGIN; LOCK TABLE {}_lane IN ACCESS EXCLUSIVE MODE", place.table);
    sqlx::raw_sql(sqlx::AssertSqlSafe(lock)).execute(&mut other).await.unwrap();
    let began = Instant::now();
    let scrapes: Vec<_> = (0..20)
        .map(|_| {
            let monitor = monitor.clone();
            tokio::spawn(async move { monitor.metrics().await })
        })
        .collect();
    for scrape in scrapes {
        let scrape = Scrape::read(&scrape.await.unwrap());
        assert_eq!(scrape.all("evt_relay_oldest_pending_age_seconds").count(), 0);
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%min(first.seq)%'";
    let (waiting,): (i64,) = sqlx::query_as(sql).fetch_one(&mut other).await.unwrap();
    assert_eq!(waiting, 1, "the database is asked once");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
}
