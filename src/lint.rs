//! Good habits: what a project's definitions could say better, although nothing is wrong with them.

mod event;
mod payload;
mod register;
mod tense;

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
    register::lint_subjects(catalogue, &mut findings);
    register::lint_types(catalogue, &mut findings);
    finding::sort(&mut findings);
    findings
}

#[cfg(test)]
mod tests;
