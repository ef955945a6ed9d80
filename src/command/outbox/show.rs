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
    masked_payload(desk, &detail.entry.event_name, detail.entry.event_version, &detail.payload)
}

/// The payload of an event without personal data.
pub(super) fn masked_payload(desk: &Desk<'_>, event: &str, number: u32, payload: &str) -> String {
    let schema = desk.schema_file();
    let version = match &schema {
        Some(Ok(schema)) => schema.version(event, number),
        Some(Err(_)) | None => None,
    };
    if version.is_none() {
        let why = match &schema {
            None => "there is no schema file here".to_owned(),
            Some(Err(_)) => "the schema file cannot be read".to_owned(),
            Some(Ok(_)) => format!("`{event}@{number}` is not in the schema file"),
        };
        desk.edge.output.note(&format!("{why}, so that the payload is hidden: --show-pii shows it"));
    }
    row::masked(payload, version)
}
