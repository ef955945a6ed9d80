//! Good habits: what a project's definitions could say better, although nothing is wrong with them.

mod aggregate;
mod event;
mod identity;
mod measure;
mod money;
mod naming;
mod payload;
mod personal;
mod register;
mod tense;

use jiff::civil::Date;

use crate::check::Catalogue;
use crate::finding::{self, Finding};

/// Every breach of a [rule of style](crate::rule::Category::Style) by a catalogue that was checked, sorted.
///
/// Findings have the severities of their rules; where `check` found errors the catalogue is not complete, and what is
/// used may look unused.
#[must_use]
pub fn lint(catalogue: &Catalogue) -> Vec<Finding> {
    let (mut findings, mut told) = (Vec::new(), payload::Told::default());
    for (name, defined) in &catalogue.events {
        event::lint_event(name, defined, catalogue, &mut findings);
        payload::lint_payload(name, defined, &mut told, &mut findings);
    }
    aggregate::lint_aggregates(catalogue, &mut findings);
    identity::lint_ids(catalogue, &mut findings);
    register::lint_subjects(catalogue, &mut findings);
    register::lint_types(catalogue, &mut findings);
    finding::sort(&mut findings);
    findings
}

/// The findings that the `allow` of their event does not suppress on this day.
#[must_use]
pub fn without_allowed(mut findings: Vec<Finding>, catalogue: &Catalogue, today: Date) -> Vec<Finding> {
    findings.retain(|finding| {
        let event = finding.event.as_ref().and_then(|name| catalogue.events.get(name));
        let mut allowed = event.iter().flat_map(|defined| &defined.event.metadata.allow);
        !allowed.any(|entry| entry.rule == finding.rule.id && entry.until.is_none_or(|until| until >= today))
    });
    findings
}

#[cfg(test)]
mod tests;
