//! The relay on both databases, with a broker that writes down what arrives.

pub(crate) mod broker;
mod idle;
mod subscribers;
mod traced;
mod watched;

use std::time::Duration;

use evt_runtime::outbox::operator::{Bulk, Filter, Outbox, Page, Reorder, State};
use evt_runtime::relay::{Delivery, Drained, Message, Outcome, Relay, RelayError, Transport};

use crate::both::{anna, emit, go_on, on_both};
use crate::event::{fed, milked, sold};
use State::{Dead, Held, Published, Retrying};
use broker::Broker;

on_both! {
    what_is_stored_is_published_once_and_in_the_order_of_its_key
    nothing_is_published_twice_by_relays_that_follow_each_other
    a_row_that_is_refused_holds_its_key_alone
    after_its_last_attempt_a_row_is_dead_and_its_key_goes_on_or_halts
    a_broker_that_is_down_costs_no_attempt
    what_a_broker_does_not_answer_for_is_handed_over_again
    a_row_that_fails_alone_dies_in_the_end
    a_destination_that_is_down_speaks_against_no_row
    rows_of_a_paused_event_hold_their_key
    nothing_goes_while_everything_is_paused
    another_destination_is_refused
    who_moves_a_route_leaves_nothing_to_relays_that_run
    durable_rows_are_left_alone
    a_relay_that_is_told_to_stop_gives_its_lanes_back_and_has_not_crashed
    a_row_that_was_refused_goes_before_one_that_was_paused_behind_it
}

/// A relay that does not wait long.
pub(crate) fn quick(outbox: &Outbox, broker: &Broker) -> Relay {
    Relay::to(outbox.clone(), broker.clone())
        .lease(Duration::from_secs(2))
        .grace(Duration::from_secs(2))
        .backoff(Duration::ZERO, Duration::ZERO)
        .max_attempts(3)
}

async fn states(outbox: &Outbox) -> Vec<(String, State)> {
    let rows = outbox.list(&Filter::default(), Page::first(100)).await.unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.seq, row.partition_key, row.state)).collect();
    rows.sort_by_key(|(seq, ..)| *seq);
    rows.into_iter().map(|(_, key, state)| (key.unwrap_or_default(), state)).collect()
}

async fn what_is_stored_is_published_once_and_in_the_order_of_its_key(outbox: Outbox) {
    let broker = Broker::default();
    for number in 0..200 {
        let cow = format!("{}", number % 7);
        emit(&outbox, fed(&number.to_string()).aggregate("Cow", &*cow)).await;
    }
    for number in 200..250 {
        emit(&outbox, fed(&number.to_string())).await;
    }
    let relay = quick(&outbox, &broker).batch(20);
    let counts = relay.counts();
    assert_eq!(relay.drain().await.unwrap(), Drained::All);
    let arrived = broker.arrived();
    assert_eq!(arrived.len(), 250);
    for cow in 0..7 {
        let notes = broker.notes(&format!("Cow/{cow}"));
        let expected: Vec<_> = (0..200).filter(|number| number % 7 == cow).map(|it| it.to_string()).collect();
        assert_eq!(notes, expected);
    }
    let mut ids: Vec<_> = arrived.iter().map(|message| message.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), counts.published(), counts.dead()), (250, 250, 0));
    assert_eq!(outbox.stats().await.unwrap().published, 250);
}

async fn nothing_is_published_twice_by_relays_that_follow_each_other(outbox: Outbox) {
    let broker = Broker::default();
    for round in 0..5 {
        emit(&outbox, sold("bella").idempotency_key(round.to_string())).await;
        assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
        assert_eq!(broker.arrived().len(), round + 1);
    }
    let message = broker.arrived().pop().unwrap();
    assert_eq!((message.event_name.as_str(), message.event_version, message.attempts), ("cow_sold", 2, 0));
    assert_eq!(message.partition_key.as_deref(), Some("Cow/bella"));
    assert_eq!(message.aggregate_id.as_deref(), Some("bella"));
    assert_eq!(message.idempotency_key.as_deref(), Some("4"));
    assert_eq!((message.source.as_str(), message.fingerprint.as_str()), ("urn:evt:farm", "0f3a"));
}

async fn a_row_that_is_refused_holds_its_key_alone(outbox: Outbox) {
    let broker = Broker::default();
    for (note, cow) in [("bad", "a"), ("1", "a"), ("2", "b"), ("3", "a"), ("4", "b")] {
        emit(&outbox, fed(note).aggregate("Cow", cow)).await;
    }
    broker.answer("bad", Outcome::refused("422", "no"));
    let relay = quick(&outbox, &broker).backoff(Duration::from_mins(1), Duration::from_mins(1));
    assert_eq!(relay.drain().await.unwrap(), Drained::Waiting(3));
    assert_eq!(broker.notes("Cow/a"), <[&str; 0]>::default());
    assert_eq!(broker.notes("Cow/b"), ["2", "4"]);
    let states: Vec<_> = states(&outbox).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, [Retrying, Held, Published, Held, Published]);
    let entry = outbox.list(&Filter { states: vec![Retrying], ..Filter::default() }, Page::first(1)).await;
    let entry = entry.unwrap().remove(0);
    assert_eq!((entry.attempts, entry.error_code.as_deref()), (1, Some("422")));
}

async fn after_its_last_attempt_a_row_is_dead_and_its_key_goes_on_or_halts(outbox: Outbox) {
    let broker = Broker::default();
    emit(&outbox, sold("a")).await;
    emit(&outbox, fed("1").aggregate("Cow", "a")).await;
    emit(&outbox, fed("bad").aggregate("Cow", "b")).await;
    emit(&outbox, fed("2").aggregate("Cow", "b")).await;
    broker.answer("", Outcome::refused("422", "no"));
    broker.answer("bad", Outcome::refused("422", "no"));
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::Waiting(1));
    assert_eq!((broker.notes("Cow/a"), broker.notes("Cow/b")), (vec!["1".to_owned()], vec![]));
    let found: Vec<_> = states(&outbox).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(found, [Dead, Published, Dead, Held]);
    broker.answer("bad", Outcome::Accepted);
    let bulk = Bulk { reorder: Reorder::Refused, ..Bulk::default() };
    outbox.retry(&Filter::default(), bulk, &anna(), &mut go_on).await.unwrap();
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    assert_eq!(broker.notes("Cow/b"), ["bad", "2"]);
}

async fn what_a_broker_does_not_answer_for_is_handed_over_again(outbox: Outbox) {
    let broker = Broker::default();
    for number in 0..30 {
        emit(&outbox, fed(&number.to_string()).aggregate("Cow", (number % 3).to_string())).await;
    }
    broker.answer_for(4);
    let drained = tokio::time::timeout(Duration::from_secs(10), quick(&outbox, &broker).drain()).await;
    assert_eq!(drained.expect("no row is forgotten").unwrap(), Drained::All);
    assert_eq!(broker.arrived().len(), 30);
    let expected: Vec<_> = (0..10).map(|number| (number * 3).to_string()).collect();
    assert_eq!(broker.notes("Cow/0"), expected);
}

async fn a_broker_that_is_down_costs_no_attempt(outbox: Outbox) {
    let broker = Broker::default();
    for number in 0..30 {
        emit(&outbox, fed(&number.to_string()).aggregate("Cow", (number % 3).to_string())).await;
    }
    broker.answer_all(Some(Outcome::unavailable("connect", "refused")));
    let drained = quick(&outbox, &broker).drain().await.unwrap();
    assert_eq!(drained, Drained::Unreachable("connect: refused".to_owned()));
    assert!(states(&outbox).await.iter().all(|(_, state)| *state == State::Pending));
    broker.answer_all(None);
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    assert_eq!(broker.arrived().len(), 30);
    let rows = outbox.list(&Filter::default(), Page::first(100)).await.unwrap();
    assert!(rows.iter().all(|row| row.attempts == 1), "the one that was accepted");
}

async fn a_row_that_fails_alone_dies_in_the_end(outbox: Outbox) {
    let broker = Broker::default();
    for number in 0..120 {
        let note = if number == 3 { "lost".to_owned() } else { number.to_string() };
        emit(&outbox, fed(&note).aggregate("Cow", (number % 20).to_string())).await;
    }
    broker.answer("lost", Outcome::unavailable("404", "no such topic"));
    assert_eq!(quick(&outbox, &broker).batch(5).drain().await.unwrap(), Drained::Waiting(5));
    let dead = Filter { states: vec![State::Dead], ..Filter::default() };
    let dead = outbox.list(&dead, Page::first(10)).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].attempts, dead[0].dead_reason.as_deref()), (3, Some("max_attempts")));
    assert_eq!(broker.arrived().len(), 114);
}

async fn a_destination_that_is_down_speaks_against_no_row(outbox: Outbox) {
    let broker = Broker::default();
    for number in 0..120 {
        // The last of the disk takes the others, which are shorter.
        let note = if number == 3 { "long".to_owned() } else { number.to_string() };
        emit(&outbox, fed(&note).aggregate("Cow", (number % 20).to_string())).await;
    }
    broker.answer("long", Outcome::down("full", "the disk is full"));
    let drained = quick(&outbox, &broker).batch(5).drain().await.unwrap();
    assert_eq!(drained, Drained::Unreachable("full: the disk is full".to_owned()));
    assert!(states(&outbox).await.iter().all(|(_, state)| !matches!(state, Dead | Retrying)));
    broker.answer("long", Outcome::Accepted);
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
}

async fn rows_of_a_paused_event_hold_their_key(outbox: Outbox) {
    let broker = Broker::default();
    outbox.pause(Some("cow_sold"), &anna()).await.unwrap();
    emit(&outbox, sold("a")).await;
    emit(&outbox, fed("1").aggregate("Cow", "a")).await;
    emit(&outbox, fed("2").aggregate("Cow", "b")).await;
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::Waiting(2));
    assert_eq!((broker.notes("Cow/a"), broker.notes("Cow/b")), (vec![], vec!["2".to_owned()]));
    outbox.resume(Some("cow_sold"), &anna()).await.unwrap();
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    assert_eq!(broker.notes("Cow/a"), ["", "1"]);
}

async fn nothing_goes_while_everything_is_paused(outbox: Outbox) {
    let broker = Broker::default();
    outbox.pause(None, &anna()).await.unwrap();
    emit(&outbox, fed("1")).await;
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::Waiting(1));
    assert!(broker.arrived().is_empty());
    outbox.resume(None, &anna()).await.unwrap();
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
}

async fn who_moves_a_route_leaves_nothing_to_relays_that_run(outbox: Outbox) {
    let (here, there) = (Broker::at("journal:here"), Broker::at("journal:there"));
    let old = quick(&outbox, &here).lease(Duration::from_secs(30));
    let old = tokio::spawn(old.run(std::future::pending()));
    emit(&outbox, fed("before").aggregate("Cow", "7")).await;
    while outbox.stats().await.unwrap().published == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let moved = quick(&outbox, &there).change_destination(anna());
    assert_eq!(moved.drain().await.unwrap(), Drained::All);
    for number in 0..20 {
        emit(&outbox, fed("after").aggregate("Cow", number.to_string())).await;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // The old one has not heard of it yet.
    assert!(!old.is_finished());
    assert_eq!(quick(&outbox, &there).drain().await.unwrap(), Drained::All);
    assert_eq!((here.arrived().len(), there.arrived().len()), (1, 20));
    let error = old.await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "this outbox is published to journal:there, not to journal:here");
}

async fn another_destination_is_refused(outbox: Outbox) {
    let (here, there) = (Broker::at("journal:here"), Broker::at("journal:there"));
    assert_eq!(quick(&outbox, &here).drain().await.unwrap(), Drained::All);
    let error = quick(&outbox, &there).drain().await.unwrap_err();
    assert_eq!(error.to_string(), "this outbox is published to journal:here, not to journal:there");
    assert!(matches!(error, RelayError::Destination { .. }));
    let moved = quick(&outbox, &there).change_destination(anna());
    assert_eq!(moved.drain().await.unwrap(), Drained::All);
    let audit = outbox.audit(Page::first(1)).await.unwrap();
    assert_eq!((audit[0].actor.as_str(), audit[0].action.as_str()), ("anna", "change-destination"));
    quick(&outbox, &here).drain().await.unwrap_err();
}

async fn durable_rows_are_left_alone(outbox: Outbox) {
    let broker = Broker::default();
    emit(&outbox, milked("a")).await;
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    assert!(broker.arrived().is_empty());
}

/// A broker that never answers.
struct Silent;

impl Transport for Silent {
    fn destination(&self) -> String {
        "journal:".to_owned()
    }

    fn deliver<'a>(&'a self, _: &'a Message) -> Delivery<'a> {
        Box::pin(std::future::pending())
    }
}

async fn a_relay_that_is_told_to_stop_gives_its_lanes_back_and_has_not_crashed(outbox: Outbox) {
    let broker = Broker::default();
    emit(&outbox, fed("1").aggregate("Cow", "a")).await;
    let stopped = Relay::to(outbox.clone(), Silent).grace(Duration::ZERO);
    stopped.run(tokio::time::sleep(Duration::from_millis(500))).await.unwrap();
    let next = Relay::to(outbox.clone(), broker.clone());
    let counts = next.counts();
    next.run(tokio::time::sleep(Duration::from_millis(500))).await.unwrap();
    assert!(matches!(counts.lanes(), 1 | 64), "{} lanes", counts.lanes());
    for _ in 0..4 {
        let stopped =
            Relay::to(outbox.clone(), Silent).grace(Duration::ZERO).lease(Duration::from_millis(400));
        stopped.run(tokio::time::sleep(Duration::from_millis(1_500))).await.unwrap();
    }
    assert_eq!(quick(&outbox, &broker).drain().await.unwrap(), Drained::All);
    assert_eq!(broker.notes("Cow/a"), ["1"]);
}

async fn a_row_that_was_refused_goes_before_one_that_was_paused_behind_it(outbox: Outbox) {
    let broker = Broker::default();
    outbox.pause(Some("cow_sold"), &anna()).await.unwrap();
    emit(&outbox, fed("1").aggregate("Cow", "a")).await;
    emit(&outbox, sold("a")).await;
    broker.answer("1", Outcome::refused("422", "no"));
    let late = quick(&outbox, &broker).backoff(Duration::from_secs(3), Duration::from_secs(3));
    assert_eq!(late.clone().drain().await.unwrap(), Drained::Waiting(2));
    outbox.resume(Some("cow_sold"), &anna()).await.unwrap();
    broker.answer("1", Outcome::Accepted);
    while late.clone().drain().await.unwrap() != Drained::All {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(broker.notes("Cow/a"), ["1", ""]);
}

#[tokio::test]
async fn a_relay_that_was_seen_in_the_future_is_none_that_lives() {
    let Some(place) = crate::server::Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let table = &place.table;
    place
        .run(&format!(
            "INSERT INTO {table}_relay (id, route, name, version, seen_at) VALUES \
             ('018f0000-0000-7000-8000-000000000000', 'broker', 'gone', '0', now() + interval '1 day')"
        ))
        .await;
    let relay = quick(&outbox, &Broker::default());
    let counts = relay.counts();
    relay.run(tokio::time::sleep(Duration::from_millis(500))).await.unwrap();
    assert_eq!(counts.lanes(), 64);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_holds_its_key_alone() {
    let Some(place) = crate::server::Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    emit(&outbox, fed("1").aggregate("Cow", "a")).await;
    emit(&outbox, fed("2").aggregate("Cow", "a")).await;
    emit(&outbox, fed("3").aggregate("Cow", "b")).await;
    let table = &place.table;
    place
        .run(&format!(
            "UPDATE {table} SET occurred_at = 'infinity' WHERE seq = (SELECT min(seq) FROM {table})"
        ))
        .await;
    let broker = Broker::default();
    let relay = quick(&outbox, &broker);
    let counts = relay.counts();
    assert_eq!(relay.drain().await.unwrap(), Drained::All);
    assert_eq!((broker.notes("Cow/a"), broker.notes("Cow/b")), (vec!["2".into()], vec!["3".into()]));
    assert_eq!(counts.dead(), 1);
}

#[tokio::test]
async fn of_two_first_relays_one_says_where_to_publish() {
    let Some(place) = crate::server::Place::new().await else { return };
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let mut first = place.connect().await;
    let (table, insert) = (&place.table, "(id, route, name, version, destination)");
    // As the first one does: it has not committed when the second one looks.
    let sql = format!(
        "BEGIN; UPDATE {table}_lane SET token = token WHERE lane = 0 AND route = 'broker'; \
         INSERT INTO {table}_relay {insert} VALUES (gen_random_uuid(), 'broker', 'first', '0', 'journal:first')"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut first).await.unwrap();
    let second = tokio::spawn(quick(&outbox, &Broker::at("journal:second")).drain());
    tokio::time::sleep(Duration::from_millis(300)).await;
    sqlx::raw_sql("COMMIT").execute(&mut first).await.unwrap();
    assert!(matches!(second.await.unwrap(), Err(RelayError::Destination { .. })));
}
