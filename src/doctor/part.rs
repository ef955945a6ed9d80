//! What a migration makes.

use evt_runtime::outbox::operator::{Flaw, FlawKind};
use evt_runtime::outbox::{LAYOUT, Part};

use super::{Patient, quoted};
use crate::finding::Finding;
use crate::rule;

/// No tables, or those of an earlier program.
pub(super) fn not_migrated(patient: &Patient<'_>) -> Vec<Finding> {
    let message = match patient.health.layout {
        None => format!("there is no outbox table `{}`", patient.table),
        Some(layout) if layout < LAYOUT => {
            format!("`{}` has layout {layout}, this evt brings it to {LAYOUT}", patient.table)
        }
        Some(_) => return Vec::new(),
    };
    vec![Finding::new(&rule::OUTBOX_NOT_MIGRATED, message).help("run `evt outbox migrate`")]
}

/// Parts that are gone, and indexes of no use.
pub(super) fn incomplete(patient: &Patient<'_>) -> Vec<Finding> {
    patient.health.flaws.known().into_iter().flatten().map(|flaw| flawed(patient, flaw)).collect()
}

fn flawed(patient: &Patient<'_>, flaw: &Flaw) -> Finding {
    let Flaw { part, name, kind, statement } = flaw;
    let quoted = match patient.table.split_once('.') {
        Some((schema, _)) => format!("{}.{}", quoted(schema), quoted(name)),
        None => quoted(name),
    };
    let (message, help) = match (kind, statement) {
        (FlawKind::Missing, statement) => {
            let help = match (part, statement) {
                (Part::Index, Some(statement)) => format!("make it again: `{statement}`"),
                _ => "run what `evt outbox migrate --print` prints for it".to_owned(),
            };
            (format!("the {part} `{name}` is missing"), help)
        }
        (FlawKind::Invalid, Some(_)) => (
            format!("the {part} `{name}` is invalid: nothing is found by it"),
            format!("make it again: `REINDEX INDEX CONCURRENTLY {quoted}`"),
        ),
        (FlawKind::Invalid, None) => (
            format!("the {part} `{name}` is invalid: each writer maintains it, and nothing is found by it"),
            format!("it is none of evt's; drop it: `DROP INDEX CONCURRENTLY {quoted}`"),
        ),
    };
    Finding::new(&rule::OUTBOX_INCOMPLETE, message).help(help)
}
