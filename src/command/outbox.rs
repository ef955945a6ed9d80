//! `evt outbox`.

mod cleanup;
mod doctor;
mod enqueue;
mod list;
mod migrate;
mod pause;
mod publish;
mod relays;
mod show;

pub(super) use enqueue::json;
pub(super) use list::{filter_of, list};
pub(super) use show::show;

use super::Ended;
use super::database::Desk;
use crate::cli::{AuditArguments, DatabaseArguments, OutboxCommand};
use crate::output::Format;
use crate::row;
use crate::run::{Edge, Exit};

/// Runs one of its commands.
pub(super) fn run(command: OutboxCommand, edge: &Edge) -> Ended {
    match command {
        OutboxCommand::Migrate(arguments) => migrate::run(&arguments, edge),
        OutboxCommand::Enqueue(arguments) => enqueue::run(&arguments, edge),
        OutboxCommand::Publish(arguments) => publish::run(&arguments, edge),
        OutboxCommand::Relays(arguments) => relays::run(&arguments, edge),
        OutboxCommand::List(arguments) => list::run(&arguments, edge),
        OutboxCommand::Show(arguments) => show(&arguments, edge),
        OutboxCommand::Stats(arguments) => stats(&arguments, edge),
        OutboxCommand::Audit(arguments) => audit(&arguments, edge),
        OutboxCommand::Pause(arguments) => pause::pause(&arguments, edge),
        OutboxCommand::Resume(arguments) => pause::resume(&arguments, edge),
        OutboxCommand::Cleanup(arguments) => cleanup::run(&arguments, edge),
        OutboxCommand::Doctor(arguments) => doctor::run(&arguments, edge),
    }
}

fn stats(arguments: &DatabaseArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, arguments)?;
    let stats = desk.wait(desk.outbox.stats())?;
    let paused: Vec<_> = desk.wait(desk.outbox.paused())?.into_iter().map(|(event, _)| event).collect();
    edge.output.result(&match edge.output.format {
        Format::Json => row::stats_json(&stats, &paused),
        Format::Text => row::stats_text(&stats, &paused, edge.output.room.unwrap_or(usize::MAX)),
    });
    Ok(Exit::Fine)
}

fn audit(arguments: &AuditArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let page = evt_runtime::outbox::operator::Page { limit: arguments.limit, after: arguments.after };
    let entries = desk.wait(desk.outbox.audit(page))?;
    edge.output.result(&match edge.output.format {
        Format::Json => entries.iter().map(row::audit_json).collect(),
        Format::Text => row::audit_table(&entries, edge.output.room.unwrap_or(usize::MAX)),
    });
    if entries.is_empty() {
        let is_behind = arguments.after.is_some();
        edge.output.note(if is_behind { "nothing was done before that" } else { "nothing was done yet" });
    }
    Ok(Exit::Fine)
}
