//! The relays, and what keeps them from their work.

use std::collections::BTreeMap;
use std::time::Duration;

use evt_runtime::outbox::operator::{Breaker, RelayHealth, RowGroup};

use super::span::span;
use super::{Patient, counted, waiting};
use crate::finding::Finding;
use crate::rule;

/// How long a relay that lives may say nothing, unless it holds a lane; and how long rows wait before one is missed.
pub(super) const SILENCE: Duration = Duration::from_mins(1);

/// The route that relays inside of services serve.
const DURABLE: &str = "durable";

impl Patient<'_> {
    fn relays(&self) -> impl Iterator<Item = &RelayHealth> {
        self.health.relays.known().into_iter().flatten()
    }

    /// Those that tell of themselves, or may work on a lane.
    fn living(&self) -> impl Iterator<Item = &RelayHealth> {
        self.relays()
            .filter(|relay| relay.stopped_at.is_none())
            .filter(|relay| relay.lanes > 0 || self.age(relay.seen_at) <= SILENCE)
    }
}

/// Routes on which rows wait, and no relay lives.
pub(super) fn no_relay(patient: &Patient<'_>) -> Vec<Finding> {
    if patient.health.relays.known().is_none() {
        return Vec::new();
    }
    let mut routes: BTreeMap<&str, (u64, bool)> = BTreeMap::new();
    for group in patient.groups().filter(|group| group.waiting > 0) {
        let (number, is_due) = routes.entry(&group.route).or_default();
        *number += group.waiting;
        *is_due |= group.oldest.is_some_and(|oldest| patient.age(oldest) > SILENCE);
    }
    let is_served = |route: &str| patient.living().any(|relay| relay.route == route);
    let missed = routes.into_iter().filter(|(route, (_, is_due))| *is_due && !is_served(route));
    missed.map(|(route, (number, _))| missing(patient, route, number)).collect()
}

fn missing(patient: &Patient<'_>, route: &str, number: u64) -> Finding {
    let last = patient.relays().filter(|relay| relay.route == route).max_by_key(|relay| relay.seen_at);
    let last = match last {
        Some(relay) => {
            format!("the last one, `{}`, was seen {} ago", relay.name, span(patient.age(relay.seen_at)))
        }
        None => "there never was one".to_owned(),
    };
    let message = format!("{} on the route `{route}`, and no relay is there: {last}", waiting(number));
    Finding::new(&rule::OUTBOX_NO_RELAY, message).help(if route == DURABLE {
        "relays of this route run inside of the services that subscribe: see that one of them runs"
    } else {
        "start one of its relays, and see that it stays up"
    })
}

/// Connections that living relays hand nothing over to.
pub(super) fn open_breakers(patient: &Patient<'_>) -> Vec<Finding> {
    let breakers = patient.living().flat_map(|relay| relay.breakers.iter().map(move |open| (relay, open)));
    breakers.map(|(relay, open)| broken(patient, relay, open)).collect()
}

fn broken(patient: &Patient<'_>, relay: &RelayHealth, open: &Breaker) -> Finding {
    let since = open.since.map_or_else(String::new, |at| format!(" for {}", span(patient.age(at))));
    let said = open.error.as_ref().map_or_else(String::new, |error| format!(": {error}"));
    let message =
        format!("the relay `{}` hands nothing over to {}{since}{said}", relay.name, open.connection);
    Finding::new(&rule::OUTBOX_BREAKER_OPEN, message).help(
        "see that it runs and lets the relay in; no row is lost meanwhile, and they go on by themselves",
    )
}

/// Whether rows of a durable event wait although relays live, none of which has a subscriber for it.
pub(super) fn has_no_subscriber(patient: &Patient<'_>, group: &RowGroup) -> bool {
    let mut relays = patient.living().filter(|relay| relay.route == DURABLE).peekable();
    let serves =
        |relay: &RelayHealth| relay.events.as_ref().is_none_or(|events| events.contains(&group.event_name));
    group.route == DURABLE && group.waiting > 0 && relays.peek().is_some() && !relays.any(serves)
}

/// Durable events that wait longer than any may, and that no living relay has a subscriber for.
pub(super) fn no_subscriber(patient: &Patient<'_>) -> Vec<Finding> {
    let mut events: BTreeMap<&str, (u64, bool)> = BTreeMap::new();
    for group in patient.groups().filter(|group| has_no_subscriber(patient, group)) {
        let (number, is_late) = events.entry(&group.event_name).or_default();
        *number += group.waiting;
        *is_late |= group.oldest.is_some_and(|oldest| patient.age(oldest) > patient.settings.max_lag);
    }
    let late = events.into_iter().filter(|(_, (_, is_late))| *is_late);
    let told = late.map(|(event, (number, _))| {
        let (rows, verb) = (counted(number, "row"), if number == 1 { "waits" } else { "wait" });
        let message = format!(
            "{rows} of the durable event `{event}` {verb}, and no relay that lives has a subscriber for it"
        );
        let help = "start the service that subscribes to it, or give the event another `process_type`; what is stored \
                    waits until then";
        Finding::new(&rule::OUTBOX_NO_SUBSCRIBER, message).event(event).help(help)
    });
    told.collect()
}

/// Events that are paused, and wait.
pub(super) fn paused(patient: &Patient<'_>) -> Vec<Finding> {
    let paused = patient.health.paused.known().into_iter().flatten();
    let held_up = paused.filter_map(|(event, since)| {
        let is_meant = |group: &&RowGroup| event.as_ref().is_none_or(|event| *event == group.event_name);
        let number: u64 = patient.groups().filter(is_meant).map(|group| group.waiting).sum();
        if number == 0 {
            return None;
        }
        let (what, option) = match event {
            Some(event) => (format!("`{event}`"), format!(" --event {event}")),
            None => ("publishing".to_owned(), String::new()),
        };
        let since = match patient.age(*since) {
            age if age.as_secs() == 0 => "was paused just now".to_owned(),
            age => format!("has been paused for {}", span(age)),
        };
        let message = format!("{what} {since}, and {}", waiting(number));
        let finding = Finding::new(&rule::OUTBOX_PAUSED, message);
        let finding = finding
            .help(format!("`evt outbox resume{option}` goes on; `evt outbox audit` tells who paused it"));
        Some(Finding { event: event.clone(), ..finding })
    });
    held_up.collect()
}
