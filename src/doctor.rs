//! What is wrong with an outbox, why, and what to do about it: facts in, findings out.

mod part;
mod relay;
mod row;
mod server;
mod skipped;
mod span;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::Duration;

use evt_runtime::outbox::operator::Health;
use evt_runtime::types::Timestamp;

use crate::finding::Finding;
use crate::project::DoctorSettings;
use crate::schema::Schema;

/// An outbox that is looked at, and what it is measured by.
#[derive(Clone, Copy, Debug)]
pub struct Patient<'p> {
    /// The name of its table.
    pub table: &'p str,
    /// The facts.
    pub health: &'p Health,
    /// What is still well.
    pub settings: DoctorSettings,
    /// The events that may be in it; `None`: that is not known.
    pub schema: Option<&'p Schema>,
}

/// All that is wrong, in the order of the checks; what could not be seen comes last.
#[must_use]
pub fn examine(patient: &Patient<'_>) -> Vec<Finding> {
    let checks = [
        part::not_migrated,
        part::incomplete,
        relay::no_relay,
        relay::open_breakers,
        row::lag,
        relay::no_subscriber,
        row::new_dead_letters,
        row::blocked_keys,
        row::unknown_events,
        relay::paused,
        server::vacuum_held_back,
        server::commit_not_durable,
        server::journal_mode,
        skipped::skipped,
    ];
    checks.iter().flat_map(|check| check(patient)).collect()
}

/// The same, of which the first finding of each rule says why, for people: what is said once is known.
#[must_use]
pub fn reasoned(findings: Vec<Finding>) -> Vec<Finding> {
    let mut said = BTreeSet::new();
    let mut why = |finding: &Finding| said.insert(finding.rule.id).then(|| finding.rule.why.to_owned());
    findings.into_iter().map(|it| Finding { why: it.why.clone().or_else(|| why(&it)), ..it }).collect()
}

impl Patient<'_> {
    /// How long ago an instant was, by the database's clock; one that is yet to come was just now.
    fn age(&self, of: Timestamp) -> Duration {
        Duration::try_from(self.health.now.duration_since(of)).unwrap_or_default()
    }
}

/// "1 row", "7 rows".
fn counted(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// "1 row waits", "7 rows wait".
fn waiting(number: u64) -> String {
    format!("{} {}", counted(number, "row"), if number == 1 { "waits" } else { "wait" })
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
