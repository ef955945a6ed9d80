//! Relays of both routes, alone and together: the program, which publishes to a broker, and one of a service, with its
//! handlers.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use evt_runtime::outbox::operator::Outbox;
use evt_runtime::relay::Relay as ServiceRelay;
use evt_runtime::{ProcessType, handler};
use tokio::sync::oneshot;

use crate::broker::Mood;
use crate::check::check;
use crate::database::wait;
use crate::relay::LEASE;
use crate::rows::What;
use crate::stage::{Stage, on_both, until};

on_both! {
    relays_of_each_route_serve_it_alone_and_together
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

/// What the handlers of this process have seen, of whatever database.
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn seen() -> Vec<String> {
    SEEN.lock().expect("no handler panics").clone()
}

/// A service with a relay, which ends with it.
struct Service<'s> {
    stop: Option<oneshot::Sender<()>>,
    relay: Option<std::thread::ScopedJoinHandle<'s, ()>>,
}

impl<'s> Service<'s> {
    fn start<'e>(scope: &'s std::thread::Scope<'s, 'e>, url: &'e str) -> Self {
        static HANDLER: OnceLock<handler::HandlerId> = OnceLock::new();
        HANDLER.get_or_init(|| {
            handler::on_process_type(ProcessType::Durable, |envelope| {
                SEEN.lock().expect("no handler panics").push(envelope.id.to_string());
                Ok(())
            })
        });
        let (stop, stopped) = oneshot::channel();
        let relay = scope.spawn(move || {
            wait(async {
                let outbox = Outbox::open(url, "evt_outbox").expect("the farm has an outbox");
                let relay = ServiceRelay::to_subscribers(outbox).lease(LEASE).batch(BATCH);
                relay.run(async { drop(stopped.await) }).await.expect("the relay runs");
            });
        });
        Self { stop: Some(stop), relay: Some(relay) }
    }

    fn end(mut self) {
        self.stop.take().map(|stop| stop.send(()));
        self.relay.take().expect("it was not ended").join().expect("the relay runs");
    }
}

fn write(stage: &Stage) {
    for what in [What::Durable, What::Continues, What::Durable] {
        stage.write_that(what, &KEYS.repeat(4));
    }
}

fn left(stage: &Stage, route: &str) -> i64 {
    stage.count(&format!("route = '{route}'"))
}

fn relays_of_each_route_serve_it_alone_and_together(stage: &Stage) {
    stage.broker.is(Mood::Takes(Duration::from_millis(3)));
    write(stage);
    let (broker, durable) = (left(stage, "broker"), left(stage, "durable"));
    std::thread::scope(|scope| {
        let service = Service::start(scope, &stage.farm.url);
        until("the service has all that is its own", 30, || left(stage, "durable") == 0);
        service.end();
        assert_eq!((left(stage, "broker"), stage.broker.arrivals().len()), (broker, 0));
        write(stage);
        let relay = stage.relay(BATCH);
        until("the broker has all that is its own", 30, || left(stage, "broker") == 0);
        assert_eq!(left(stage, "durable"), durable);
        let service = Service::start(scope, &stage.farm.url);
        for _ in 0..5 {
            write(stage);
        }
        relay.kill();
        let relay = stage.relay(BATCH);
        write(stage);
        stage.drains(60);
        service.end();
        assert_eq!(relay.end().0.code(), Some(0));
    });
    stage.verdict().is_clean(BATCH);
    let committed = stage.committed_to("durable");
    let ours: BTreeSet<_> = committed.iter().map(|row| row.id.clone()).collect();
    let seen: Vec<_> = seen().into_iter().filter(|id| ours.contains(id)).collect();
    check(&committed, seen.iter().map(String::as_str)).is_clean(0);
    stage.all_are_published();
}
