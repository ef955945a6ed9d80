//! What to do about the difference between the definitions and the schema file.

mod drafts;
mod drift;
mod history;
mod merge;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::Catalogue;
use crate::finding::Finding;
use crate::rule;
use crate::schema::{Schema, Version};
use crate::suggest;

pub use drafts::{Held, MatchBy};
pub use drift::{deleted, drift, layout_drift, missing_drift};
pub use history::{Advice, check_history};

/// All that a dump changes in the schema file.
#[derive(Debug, Default)]
pub struct Plan {
    /// One step for each event that changes, by name.
    pub steps: Vec<Step>,
    /// What is wrong with the definitions in the light of the history.
    pub findings: Vec<Finding>,
}

/// What happens to one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The event's name.
    pub event: String,
    /// What happens.
    pub kind: StepKind,
    /// Its versions before.
    pub before: Vec<Version>,
    /// Its versions after; none when a draft is forgotten.
    pub after: Vec<Version>,
}

/// What can happen to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// It becomes version 1.
    Added,
    /// Its contract changed: one more version.
    NewVersion,
    /// Its contract changed again before the last change was committed.
    DraftReplaced,
    /// The last change was taken back before it was committed.
    DraftDropped,
    /// It was never committed, and its definition is gone.
    DraftForgotten,
    /// Only what is said besides the contract changed.
    Metadata,
    /// Its definition is gone.
    Retired,
    /// Its definition is back, unchanged.
    Revived,
}

impl Step {
    /// The version that the step ends with.
    #[must_use]
    pub fn latest(&self) -> Option<&Version> {
        self.after.last()
    }

    /// The version that a reader compares the latest one with: the one that it follows or replaces.
    #[must_use]
    pub fn compared(&self) -> Option<&Version> {
        match self.kind {
            StepKind::Added => None,
            StepKind::NewVersion | StepKind::DraftReplaced => match self.after.len().checked_sub(2) {
                Some(index) => self.followed(index),
                None => self.before.last(),
            },
            StepKind::DraftDropped
            | StepKind::DraftForgotten
            | StepKind::Metadata
            | StepKind::Retired
            | StepKind::Revived => self.before.last(),
        }
    }

    /// The version before the latest one: as it was, unless history was put in another order.
    fn followed(&self, index: usize) -> Option<&Version> {
        let after = self.after.get(index)?;
        let before = self.before.get(index).filter(|before| before.fingerprint == after.fingerprint);
        before.or(Some(after))
    }
}

impl Plan {
    /// Whether it matters to the plan which versions are drafts.
    #[must_use]
    pub fn depends_on_drafts(&self) -> bool {
        self.steps.iter().any(|step| match step.kind {
            StepKind::Added => false,
            StepKind::NewVersion
            | StepKind::DraftReplaced
            | StepKind::DraftDropped
            | StepKind::DraftForgotten
            | StepKind::Metadata
            | StepKind::Retired
            | StepKind::Revived => true,
        })
    }

    /// The schema after the plan.
    #[must_use]
    pub fn apply(&self, mut schema: Schema) -> Schema {
        for step in &self.steps {
            if step.after.is_empty() {
                schema.events.remove(&step.event);
            } else {
                schema.events.insert(step.event.clone(), step.after.clone());
            }
        }
        schema
    }
}

/// Plans how the schema follows the definitions. Versions that `held` does not hold are drafts.
#[must_use]
pub fn plan(schema: &Schema, catalogue: &Catalogue, held: &Held) -> Plan {
    let successors = successors(catalogue);
    let is_forgotten = |name: &str| {
        let is_gone = !catalogue.events.contains_key(name) && !successors.contains_key(name);
        // What is retired already was more than a draft, or came in so from elsewhere.
        let is_draft = |before: &Vec<Version>| {
            held.committed(name, before) == 0 && before.last().is_some_and(|latest| !latest.retired)
        };
        is_gone && schema.events.get(name).is_some_and(is_draft)
    };
    let defined: Vec<_> = catalogue.events.iter().collect();
    let mut steps: Vec<Step> = defined
        .into_par_iter()
        .with_min_len(64)
        .filter_map(|(name, defined)| {
            let before = schema.events.get(name).map_or(&[][..], Vec::as_slice);
            merge::merge_defined(name, before, &defined.event, held)
        })
        .collect();
    let is_gone = |name: &&String| !catalogue.events.contains_key(*name);
    let known = schema.events.par_iter().map(|(name, _)| name);
    let mut gone: Vec<&String> = known.filter(is_gone).collect();
    gone.extend(held.lost_from(schema).filter(is_gone));
    for name in gone {
        let before = schema.events.get(name).map_or(&[][..], Vec::as_slice);
        let successor = successors.get(name.as_str()).copied();
        steps.extend(merge::merge_gone(name, before, successor, held, is_forgotten));
    }
    steps.sort_by(|a, b| a.event.cmp(&b.event));
    Plan { steps, findings: unknown_names(schema, catalogue) }
}

/// Whether the schema file says what no definition says any more, and what it would keep of a committed version
/// alone: an accepted break, or that an event is retired.
#[must_use]
pub fn says_more_than_defined(schema: &Schema, catalogue: &Catalogue) -> bool {
    let successors = successors(catalogue);
    schema.events.par_iter().any(|(name, versions)| match (versions.last(), catalogue.events.get(name)) {
        (None, _) => false,
        (Some(latest), Some(defined)) => {
            let said = &defined.event.metadata.accepts;
            latest.metadata.accepts.iter().any(|accepted| !said.contains(accepted))
        }
        // It may be a draft, which leaves no trace.
        (Some(latest), None) if latest.retired => true,
        (Some(latest), None) => latest.renamed_to.is_some() && !successors.contains_key(name.as_str()),
    })
}

/// The new name of each renamed event, by the old one.
fn successors(catalogue: &Catalogue) -> BTreeMap<&str, &str> {
    let renamed = catalogue.events.iter();
    renamed
        .filter_map(|(name, defined)| Some((defined.event.renamed_from.as_deref()?, name.as_str())))
        .collect()
}

/// Names under `removed` and `renamed_from` that the history does not know.
fn unknown_names(schema: &Schema, catalogue: &Catalogue) -> Vec<Finding> {
    let known = || schema.events.keys().map(String::as_str);
    let mut findings = Vec::new();
    for (name, removal) in &catalogue.removed {
        if !schema.events.contains_key(name) && !catalogue.events.contains_key(name) {
            let finding = Finding::new(
                &rule::REMOVED_UNKNOWN,
                format!("no event `{name}` was ever in the schema file"),
            )
            .located(removal.location.clone())
            .label("unknown");
            findings.push(finding.event(name).suggest(suggest::nearest(name, known())));
        }
    }
    for (name, defined) in &catalogue.events {
        let (Some(old), Some(location)) = (&defined.event.renamed_from, &defined.renamed_from) else {
            continue;
        };
        if !schema.events.contains_key(old) {
            let finding =
                Finding::new(&rule::RENAMED_UNKNOWN, format!("no event `{old}` was ever in the schema file"))
                    .located(location.clone())
                    .label("unknown");
            findings.push(finding.event(name).suggest(suggest::nearest(old, known())));
        }
    }
    findings
}
