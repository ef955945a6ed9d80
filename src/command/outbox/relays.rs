use crate::cli::DatabaseArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::output::Format;
use crate::row;
use crate::run::{Edge, Exit};

/// `evt outbox relays`.
pub(super) fn run(arguments: &DatabaseArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, arguments)?;
    let relays = desk.wait(desk.outbox.relays())?;
    edge.output.result(&match edge.output.format {
        Format::Json => relays.iter().map(row::relay_json).collect(),
        Format::Text => row::relay_table(&relays, edge.output.room.unwrap_or(usize::MAX)),
    });
    if relays.is_empty() {
        edge.output.note("no relay was ever here: `evt outbox publish` starts one");
    }
    Ok(Exit::Fine)
}
