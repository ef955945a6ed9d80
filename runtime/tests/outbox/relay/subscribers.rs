//! Stored events and the handlers of the process.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use evt_runtime::handler;
use evt_runtime::outbox::operator::{Filter, Outbox, Page, State};
use evt_runtime::relay::{Drained, Relay};

use crate::both::{emit, on_both};
use crate::event::{CowMilked, CowSold, fed, milked};

on_both! {
    handlers_get_durable_events_in_order_and_nothing_else
}

/// Handlers are those of the process: one test at a time.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

async fn handlers_get_durable_events_in_order_and_nothing_else(outbox: Outbox) {
    let _alone = ALONE.lock().await;
    for cow in ["a", "b", "bad", "a"] {
        emit(&outbox, milked(cow).aggregate_version(3)).await;
    }
    emit(&outbox, fed("1")).await;
    let relay =
        || Relay::to_subscribers(outbox.clone()).backoff(Duration::ZERO, Duration::ZERO).max_attempts(2);
    let other = handler::on::<CowSold>(|_, _| Ok(()));
    assert_eq!(relay().drain().await.unwrap(), Drained::All, "nobody wants what is there");
    let (seen, to) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let seen_by_handler = Arc::clone(&seen);
    let first = handler::on::<CowMilked>(move |_, envelope| {
        let cow = envelope.aggregate.clone().unwrap();
        seen_by_handler.lock().unwrap().push(cow.id.clone());
        assert_ne!(cow.id, "bad", "no such cow");
        assert_eq!((envelope.definition.name, envelope.definition.version), ("cow_milked", 2));
        assert_eq!(
            (cow.version, envelope.partition_key.as_deref()),
            (Some(3), Some(&*format!("Cow/{}", cow.id)))
        );
        Ok(())
    });
    let to_by_handler = Arc::clone(&to);
    let second = handler::on_background::<CowMilked, _, _>(move |_, envelope| {
        let to = Arc::clone(&to_by_handler);
        async move {
            to.lock().unwrap().push(envelope.id);
            Ok(())
        }
    });
    assert_eq!(relay().drain().await.unwrap(), Drained::All);
    for id in [other, first, second] {
        id.remove();
    }
    let mut seen = seen.lock().unwrap().clone();
    seen.sort();
    assert_eq!(seen, ["a", "a", "b", "bad", "bad"]);
    assert_eq!(to.lock().unwrap().len(), 3, "the one behind a handler that failed does not run");
    let dead = Filter { states: vec![State::Dead], ..Filter::default() };
    let dead = outbox.list(&dead, Page::first(10)).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].error_code.as_deref(), dead[0].attempts), (Some("panic"), 2));
    let pending = Filter { states: vec![State::Pending], ..Filter::default() };
    assert_eq!(outbox.list(&pending, Page::first(10)).await.unwrap()[0].event_name, "cow_fed");
    let relays = outbox.relays().await.unwrap();
    assert_eq!(relays.len(), 2);
    assert!(relays.iter().all(|relay| relay.route == "durable" && relay.destination.is_none()));
}
