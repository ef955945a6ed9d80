//! Aggregates: all events of one are ordered, or none is.

use std::collections::BTreeMap;

use crate::check::{Catalogue, DefinedEvent};
use crate::event::ProcessType;
use crate::finding::Finding;
use crate::rule;

/// Every aggregate has its events ordered alike.
pub(super) fn lint_aggregates(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    let mut aggregates: BTreeMap<&str, Vec<(&str, &DefinedEvent)>> = BTreeMap::new();
    for (name, defined) in &catalogue.events {
        if let Some(aggregate) = keyed_by(defined) {
            aggregates.entry(aggregate).or_default().push((name, defined));
        }
    }
    for (aggregate, events) in aggregates {
        let (strict, loose): (Vec<_>, Vec<_>) = events.into_iter().partition(|(_, event)| is_strict(event));
        let Some((model, first)) = strict.first() else { continue };
        for (name, event) in loose {
            let message = format!("`{name}` is not `strict`, while `{model}` of the same aggregate is");
            let at = &first.location;
            findings.push(
                Finding::new(&rule::ORDERING_MIXED, message)
                    .located(event.location.clone())
                    .label(format!("of `{aggregate}`, in any order"))
                    .related(&at.file, at.span, format!("of `{aggregate}`, `strict`"))
                    .help("add `ordering: strict` to all events of the aggregate, or to none")
                    .event(name),
            );
        }
    }
}

/// The aggregate by which a stored event is ordered, if it is by one.
fn keyed_by(defined: &DefinedEvent) -> Option<&str> {
    let metadata = &defined.event.metadata;
    let is_stored = match metadata.process_type {
        ProcessType::Durable | ProcessType::Broker | ProcessType::Sourced => true,
        ProcessType::Inline | ProcessType::Background | ProcessType::Telemetry => false,
    };
    let aggregate = metadata.aggregate.as_ref().filter(|_| is_stored && metadata.partition_key.is_none())?;
    Some(&aggregate.aggregate_type)
}

fn is_strict(defined: &DefinedEvent) -> bool {
    defined.event.metadata.ordering.is_some()
}
