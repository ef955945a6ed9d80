//! Events: described, owned, and named for what happened.

use super::tense::is_past;
use crate::check::{Catalogue, DefinedEvent};
use crate::event::ProcessType;
use crate::finding::Finding;
use crate::rule::{self, Rule};

/// Holds one event against the rules about what it says of itself.
pub(super) fn lint_event(
    name: &str,
    defined: &DefinedEvent,
    catalogue: &Catalogue,
    findings: &mut Vec<Finding>,
) {
    let metadata = &defined.event.metadata;
    let finding = |rule: &'static Rule, message: String, label: &str| {
        Finding::new(rule, message).located(defined.location.clone()).label(label).event(name)
    };
    if metadata.description.is_none() {
        let message = format!("the event `{name}` has no description");
        let finding = finding(&rule::EVENT_DESCRIPTION_REQUIRED, message, "not described");
        findings.push(finding.help("add `description`: one sentence that says what happened"));
    }
    let subject = metadata.subject.as_ref().and_then(|subject| catalogue.subjects.get(subject));
    if metadata.owner.is_none() && subject.is_none_or(|subject| subject.owner.is_none()) {
        let finding =
            finding(&rule::EVENT_OWNER_REQUIRED, format!("nobody owns the event `{name}`"), "not owned");
        findings.push(finding.help("add `owner`, here or where its subject is registered"));
    }
    if matches!(metadata.process_type, ProcessType::Inline | ProcessType::Background) {
        let message = format!(
            "the event `{name}` is `{}`: it is delivered before the commit, even where that never comes",
            metadata.process_type
        );
        let finding = finding(&rule::DELIVERED_BEFORE_COMMIT, message, "delivered before the commit");
        findings.push(finding.help("make it `durable` if what it sets off must follow the commit"));
    }
    if !is_past(name) {
        let message = format!("the name `{name}` does not end in the past tense");
        let finding = finding(&rule::EVENT_NAME_TENSE, message, "not in the past tense");
        findings.push(finding.help(format!(
            "call it after what happened, such as `cow_fed` in place of `feed_cow`; `renamed_from: {name}` keeps its \
             history"
        )));
    }
}
