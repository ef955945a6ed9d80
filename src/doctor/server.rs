//! The database beside the outbox.

use evt_runtime::outbox::operator::{Durability, Transaction};

use super::span::span;
use super::{Patient, quoted};
use crate::finding::Finding;
use crate::rule;

/// Transactions that are open for too long.
pub(super) fn vacuum_held_back(patient: &Patient<'_>) -> Vec<Finding> {
    let all = patient.health.transactions.known().into_iter().flat_map(|all| &all.oldest);
    let long = all.filter(|it| patient.age(it.since) > patient.settings.max_transaction);
    long.map(|transaction| holding(patient, transaction)).collect()
}

fn holding(patient: &Patient<'_>, transaction: &Transaction) -> Finding {
    let Transaction { pid, user, application, state, since } = transaction;
    let application =
        if application.is_empty() { String::new() } else { format!(", application `{application}`") };
    let message = format!(
        "the transaction of pid {pid} (role `{user}`{application}, {state}) is open for {} and holds back vacuum",
        span(patient.age(*since))
    );
    let help = format!(
        "end it where it was begun, or here: `SELECT pg_terminate_backend({pid})`; `idle_in_transaction_session_timeout` \
         keeps it from coming back"
    );
    Finding::new(&rule::OUTBOX_VACUUM_HELD_BACK, message).help(help)
}

/// Commits that do not wait for the disk.
pub(super) fn commit_not_durable(patient: &Patient<'_>) -> Vec<Finding> {
    let all = patient.health.durability.known().into_iter().flatten();
    let told = all.map(|durability| {
        let (whose, help) = match durability {
            Durability { role: Some(role), database: None } => {
                (format!("role `{role}`"), format!("ALTER ROLE {} RESET synchronous_commit", quoted(role)))
            }
            Durability { role: Some(role), database: Some(database) } => (
                format!("role `{role}` in the database `{database}`"),
                format!(
                    "ALTER ROLE {} IN DATABASE {} RESET synchronous_commit",
                    quoted(role),
                    quoted(database)
                ),
            ),
            Durability { role: None, database: Some(database) } => (
                format!("database `{database}`"),
                format!("ALTER DATABASE {} RESET synchronous_commit", quoted(database)),
            ),
            Durability { role: None, database: None } => (
                "server, or of this connection".to_owned(),
                "ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()".to_owned(),
            ),
        };
        let message = format!("`synchronous_commit` is off as a setting of the {whose}");
        Finding::new(&rule::OUTBOX_COMMIT_NOT_DURABLE, message).help(format!("`{help}`"))
    });
    told.collect()
}

/// A file without a write-ahead log; what is in memory has no readers beside the writer.
pub(super) fn journal_mode(patient: &Patient<'_>) -> Vec<Finding> {
    match patient.health.journal_mode.known() {
        Some(Some(mode)) if !["wal", "memory"].contains(&mode.as_str()) => {
            let message = format!("the journal of the SQLite file is `{mode}`, not `wal`");
            let help = "`evt outbox migrate` turns it on; see that no service sets another `journal_mode`";
            vec![Finding::new(&rule::OUTBOX_JOURNAL_MODE, message).help(help)]
        }
        _ => Vec::new(),
    }
}
