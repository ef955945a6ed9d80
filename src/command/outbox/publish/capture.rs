//! `--to capture:SLOT`: what is stored is published by a reader of the database's log.

use evt_runtime::relay::Transport as _;
use evt_runtime::transport::Captured;

use crate::cli::PublishArguments;
use crate::command::database::Desk;
use crate::finding::Finding;
use crate::rule;
use crate::run::Failure;

/// The transport. Where something else published the outbox until now, nothing may be left that it has to publish.
pub(super) fn open(slot: &str, arguments: &PublishArguments, desk: &Desk<'_>) -> Result<Captured, Failure> {
    let slot =
        slot.parse().map_err(|error| Finding::new(&rule::USAGE, format!("the destination: {error}")))?;
    let captured = Captured::new(desk.outbox.clone(), slot).map_err(|error| {
        Finding::new(&rule::USAGE, error.to_string()).help("`postgres://user@host/database` is one")
    })?;
    if !arguments.dry_run && is_new(&captured, desk)? {
        may_take_over(&captured, desk)?;
    }
    Ok(captured)
}

/// Whether the relay that began last did not publish there.
fn is_new(captured: &Captured, desk: &Desk<'_>) -> Result<bool, Failure> {
    let relays = desk.wait(desk.outbox.relays())?;
    let published = relays.iter().filter(|relay| relay.destination.is_some());
    let last = published.max_by_key(|relay| (relay.started_at, relay.id));
    Ok(last.is_none_or(|relay| relay.destination != Some(captured.destination())))
}

fn may_take_over(captured: &Captured, desk: &Desk<'_>) -> Result<(), Failure> {
    let Some(obstacle) = desk.wait(captured.obstacle())? else { return Ok(()) };
    let finding = Finding::new(&rule::RELAY_UNREACHABLE, format!("it cannot be handed over yet: {obstacle}"));
    let help = "until then the relay goes on as before; `evt outbox stats` shows what waits. docs/capture.md goes \
        through it step by step";
    Err(finding.help(help).into())
}
