//! Ids: what one event calls `cow_id` has the type that it has in all others.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::check::Catalogue;
use crate::field_type::ScalarType;
use crate::finding::Finding;
use crate::rule;
use crate::source::Location;

/// A field that holds an id.
struct Use<'c> {
    event: &'c str,
    location: Location,
}

/// The uses of each id, by its type.
type Uses<'c> = BTreeMap<&'c str, BTreeMap<ScalarType, Vec<Use<'c>>>>;

/// The id of a subject or an aggregate has one type in all payloads.
pub(super) fn lint_ids(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    for (name, by_type) in uses(catalogue) {
        let most = by_type.iter().max_by_key(|(scalar, uses)| (uses.len(), std::cmp::Reverse(**scalar)));
        let Some((usual, model)) = most.and_then(|(scalar, uses)| Some((*scalar, uses.first()?))) else {
            continue;
        };
        for (scalar, uses) in by_type.iter().filter(|(scalar, _)| **scalar != usual) {
            findings.extend(uses.iter().map(|it| finding(name, *scalar, it, usual, model)));
        }
    }
}

fn uses(catalogue: &Catalogue) -> Uses<'_> {
    let known = known_ids(catalogue);
    let mut uses = Uses::new();
    for (event, defined) in &catalogue.events {
        let fields = defined.event.contract.payload_fields.iter().zip(&defined.field_places);
        for (field, place) in fields.filter(|(field, _)| known.contains(field.name.as_str())) {
            let Some(scalar) = field.item.field_type.scalar() else { continue };
            let location = Location::new(&defined.location.file, *place);
            uses.entry(&field.name).or_default().entry(scalar).or_default().push(Use { event, location });
        }
    }
    uses
}

/// The names of ids that mean one thing in all of the project: those of its subjects and of its aggregates.
fn known_ids(catalogue: &Catalogue) -> BTreeSet<String> {
    let aggregates = catalogue.events.values().filter_map(|defined| {
        defined.event.metadata.aggregate.as_ref().map(|it| it.aggregate_type.to_snake_case())
    });
    catalogue.subjects.keys().cloned().chain(aggregates).map(|name| format!("{name}_id")).collect()
}

fn finding(name: &str, scalar: ScalarType, found: &Use<'_>, usual: ScalarType, model: &Use<'_>) -> Finding {
    let message = format!("`{name}` is `{scalar}` here, and `{usual}` in `{}`", model.event);
    let at = &model.location;
    Finding::new(&rule::ID_TYPE_MIXED, message)
        .located(found.location.clone())
        .label(format!("`{scalar}`"))
        .related(&at.file, at.span, format!("`{usual}`"))
        .help(format!("give it the type `{usual}`; where the event is in use already, in a new field"))
        .event(found.event)
        .path(name)
}
