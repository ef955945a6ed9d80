use evt_runtime::outbox::operator::EntryDetail;

use crate::cli::ShowRowArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::output::Format;
use crate::row;
use crate::run::{Edge, Exit};

/// `evt outbox show`, `evt dead-letters show`.
pub(in crate::command) fn show(arguments: &ShowRowArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let id = desk.id(&arguments.id)?;
    let detail = desk.wait(desk.outbox.entry(id))?;
    let payload = if arguments.show_pii { detail.payload.clone() } else { masked(&desk, &detail) };
    edge.output.result(&match edge.output.format {
        Format::Json => row::page_json(&detail, &payload),
        Format::Text => row::page_text(&detail, &payload),
    });
    Ok(Exit::Fine)
}

fn masked(desk: &Desk<'_>, detail: &EntryDetail) -> String {
    let schema = desk.schema();
    let versions = schema.as_ref().and_then(|schema| schema.events.get(&detail.entry.event_name));
    let version = versions.and_then(|all| all.iter().find(|it| it.number == detail.entry.event_version));
    if version.is_none() {
        let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
        desk.edge.output.note(&format!(
            "`{event}@{number}` is not in the schema file, so that its payload is hidden: --show-pii shows it"
        ));
    }
    row::masked(&detail.payload, version)
}
