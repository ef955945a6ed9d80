use evt_runtime::outbox::operator::RelayHealth;

use super::json::instant;
use super::table::{Form, Shape, fitted, when};
use crate::listing::json_line::JsonLine;

const SHAPE: Shape = Shape {
    headings: &["NAME", "ROUTE", "LANES", "STATE", "SEEN", "STARTED", "VERSION", "DESTINATION"],
    cuts: &[("DESTINATION", 16)],
    leave_out: &["VERSION", "STARTED", "ROUTE"],
};

/// Relays as a table that fits into `width` columns; empty without relays.
#[must_use]
pub fn relay_table(relays: &[RelayHealth], width: usize) -> String {
    fitted(&SHAPE, relays, cells, width)
}

fn cells(relay: &RelayHealth, form: Form) -> Vec<String> {
    vec![
        relay.name.clone(),
        relay.route.clone(),
        relay.lanes.to_string(),
        state(relay).to_owned(),
        when(relay.seen_at, form),
        when(relay.started_at, form),
        relay.version.clone(),
        relay.destination.clone().unwrap_or_default(),
    ]
}

/// What it says of itself: one that was killed says nothing more.
fn state(relay: &RelayHealth) -> &'static str {
    if relay.stopped_at.is_some() {
        "stopped"
    } else if relay.breakers.is_empty() {
        "running"
    } else {
        "waiting"
    }
}

/// A relay as one line of JSON.
#[must_use]
pub fn relay_json(relay: &RelayHealth) -> String {
    let said = relay.breakers.first();
    JsonLine::new()
        .text("id", &relay.id.to_string())
        .text("name", &relay.name)
        .text("route", &relay.route)
        .text("state", state(relay))
        .json("lanes", &relay.lanes.to_string())
        .optional_text("destination", relay.destination.as_deref())
        .text("version", &relay.version)
        .text("started_at", &instant(relay.started_at))
        .text("seen_at", &instant(relay.seen_at))
        .optional_text("stopped_at", relay.stopped_at.map(instant).as_deref())
        .optional_text("error", said.and_then(|breaker| breaker.error.as_deref()))
        .finish()
}
