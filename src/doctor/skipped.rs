//! What could not be looked at: it is told, so that nobody takes it for well.

use evt_runtime::outbox::operator::Fact;

use super::{Patient, counted};
use crate::finding::Finding;
use crate::rule::{self, Rule};

/// One finding for each question that was not answered: an error where rows that wait, dead letters or relays were not
/// seen, which is what a doctor is for.
pub(super) fn skipped(patient: &Patient<'_>) -> Vec<Finding> {
    let health = patient.health;
    let (vital, other) = (&rule::OUTBOX_NOT_SEEN, &rule::OUTBOX_CHECK_SKIPPED);
    let unanswered = [
        (other, "whether a part of the outbox is missing", reason(&health.flaws)),
        (vital, "which rows wait", reason(&health.unfinished)),
        (vital, "how many dead letters are new", reason(&health.new_dead)),
        (vital, "how many keys are blocked", reason(&health.keys)),
        (vital, "which relays live", reason(&health.relays)),
        (other, "what is paused", reason(&health.paused)),
        (other, "which transactions hold back vacuum", reason(&health.transactions)),
        (other, "whether commits wait for the disk", reason(&health.durability)),
        (other, "how the journal is kept", reason(&health.journal_mode)),
    ];
    let unanswered = unanswered.into_iter().filter_map(|(rule, what, reason)| Some((rule, what, reason?)));
    let mut told: Vec<_> = unanswered.map(|(rule, what, reason)| denied(rule, what, reason)).collect();
    if health.unfinished.known().is_some_and(|rows| rows.is_cut) {
        let message =
            "only the 100,000 oldest of the rows that wait, and of the dead letters, were looked at";
        let finding = Finding::new(&rule::OUTBOX_CHECK_SKIPPED, message);
        told.push(finding.help("`evt outbox stats` counts all of them"));
    }
    let hidden = health.transactions.known().map_or(0, |all| all.hidden);
    if hidden > 0 {
        let of_others = counted(hidden, "transaction");
        let message = format!("not seen: the age of {of_others} of other roles");
        let finding = Finding::new(&rule::OUTBOX_CHECK_SKIPPED, message);
        told.push(finding.help("`GRANT pg_read_all_stats TO` this role lets it see them"));
    }
    told
}

fn reason<T>(fact: &Fact<T>) -> Option<&str> {
    match fact {
        Fact::Known(_) => None,
        Fact::Skipped(reason) => Some(reason),
    }
}

fn denied(rule: &'static Rule, what: &str, reason: &str) -> Finding {
    let help = "a role that looks after the outbox needs SELECT on all its tables; what took too long can be asked again";
    Finding::new(rule, format!("not seen: {what}: {reason}")).help(help)
}
