//! The rows that are not published.

use std::collections::BTreeMap;

use evt_runtime::outbox::operator::RowGroup;

use super::relay::has_no_subscriber;
use super::span::span;
use super::{Patient, counted};
use crate::finding::Finding;
use crate::rule;
use crate::schema::Schema;

impl Patient<'_> {
    /// The rows that are not published, as far as they are known.
    pub(super) fn groups(&self) -> impl Iterator<Item = &RowGroup> {
        self.health.unfinished.known().into_iter().flat_map(|rows| &rows.groups)
    }
}

/// Routes whose oldest row waits too long. What nobody subscribes to is told by itself.
pub(super) fn lag(patient: &Patient<'_>) -> Vec<Finding> {
    let mut oldest = BTreeMap::new();
    for group in patient.groups().filter(|group| !has_no_subscriber(patient, group)) {
        if let Some(at) = group.oldest {
            let first = oldest.entry(group.route.as_str()).or_insert((at, group));
            *first = if at < first.0 { (at, group) } else { *first };
        }
    }
    let max = patient.settings.max_lag;
    let late = oldest.into_iter().filter(|(_, (at, _))| patient.age(*at) > max);
    let told = late.map(|(route, (at, group))| {
        let (age, event) = (span(patient.age(at)), &group.event_name);
        let message = format!(
            "the oldest row of the route `{route}`, a `{event}`, waits for {age}, longer than {}",
            span(max)
        );
        Finding::new(&rule::OUTBOX_LAG, message).help(
            "`evt outbox stats` counts what waits, `evt outbox list --state retrying` shows what was refused; \
             [doctor] max_lag says what is well",
        )
    });
    told.collect()
}

/// More dead letters than an hour may bring.
pub(super) fn new_dead_letters(patient: &Patient<'_>) -> Vec<Finding> {
    let Some(by_event) = patient.health.new_dead.known() else { return Vec::new() };
    let (number, max) = (by_event.iter().map(|(_, count)| count).sum(), patient.settings.max_new_dead);
    if number <= max {
        return Vec::new();
    }
    let mut events: Vec<_> =
        by_event.iter().take(MOST_NAMED).map(|(event, count)| format!("{count} of `{event}`")).collect();
    if by_event.len() > MOST_NAMED {
        events.push("others".to_owned());
    }
    let message = format!(
        "the last hour brought {}, more than {max}: {}",
        counted(number, "dead letter"),
        events.join(", ")
    );
    let help = "`evt dead-letters list --group-by error --since 1h` tells why; `evt dead-letters retry` sends them again";
    vec![Finding::new(&rule::OUTBOX_NEW_DEAD_LETTERS, message).help(help)]
}

const MOST_NAMED: usize = 5;

/// More blocked keys than may be.
pub(super) fn blocked_keys(patient: &Patient<'_>) -> Vec<Finding> {
    let (Some(keys), max) = (patient.health.keys.known(), patient.settings.max_blocked_keys) else {
        return Vec::new();
    };
    if keys.blocked <= max {
        return Vec::new();
    }
    let verb = if keys.blocked == 1 { "is" } else { "are" };
    let halted = match keys.halted {
        0 => "none of them waits for an operator".to_owned(),
        1 => "1 of them waits for an operator".to_owned(),
        halted => format!("{halted} of them wait for an operator"),
    };
    let message = format!("{} {verb} blocked, more than {max}; {halted}", counted(keys.blocked, "key"));
    let help = match keys.halted {
        0 => "`evt dead-letters list --blocked` names them; they go on once their first event is accepted",
        _ => {
            "`evt dead-letters list --blocked` names them; `evt dead-letters retry` or `discard` lets those go on that wait \
             for an operator"
        }
    };
    vec![Finding::new(&rule::OUTBOX_BLOCKED_KEYS, message).help(help)]
}

/// Rows that the schema file does not know: an event, a version, or a version of another content.
pub(super) fn unknown_events(patient: &Patient<'_>) -> Vec<Finding> {
    let Some(schema) = patient.schema else { return Vec::new() };
    let mut unknown: BTreeMap<(&str, Option<u32>, String), (u64, u64)> = BTreeMap::new();
    for group in patient.groups() {
        if let Some((version, what)) = unknown_in(schema, group) {
            let counts = unknown.entry((&group.event_name, version, what)).or_default();
            *counts = (counts.0 + group.waiting, counts.1 + group.dead);
        }
    }
    let told = unknown.into_iter().map(|((event, version, what), (waiting, dead))| {
        let rows = counted(waiting + dead, "row");
        let message = format!("{what}: {rows} ({waiting} waiting, {dead} dead)");
        let help = format!(
            "bring in the definitions that the writer was made of, and run `evt dump`; `evt outbox list --event {event}` \
             shows the rows"
        );
        let finding = Finding::new(&rule::OUTBOX_UNKNOWN_EVENT, message).event(event).help(help);
        Finding { to_version: version, ..finding }
    });
    told.collect()
}

/// What the schema file does not know of some rows, with the version that it is about.
fn unknown_in(schema: &Schema, group: &RowGroup) -> Option<(Option<u32>, String)> {
    let RowGroup { event_name: event, event_version: number, fingerprint, .. } = group;
    let Some(latest) = schema.latest(event) else {
        return Some((None, format!("the schema file knows no event `{event}`")));
    };
    let what = match schema.version(event, *number) {
        None => {
            format!("the schema file knows no version {number} of `{event}`, its latest is {}", latest.number)
        }
        Some(version) if version.fingerprint.to_string() != *fingerprint => {
            format!("version {number} of `{event}` has another fingerprint in the schema file")
        }
        Some(_) => return None,
    };
    Some((Some(*number), what))
}
