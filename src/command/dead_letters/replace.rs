//! One dead letter, sent again with another payload.

use evt_runtime::outbox::operator::{EntryDetail, NewContent, Reorder};
use evt_runtime::shape::Unknown;

use crate::cli::BulkArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::diff::find_version;
use crate::command::outbox::json;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::payload::{table, written};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Version;

/// `evt dead-letters retry ID --payload JSON`.
pub(super) fn run(payload: &str, arguments: &BulkArguments, reorder: Reorder, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let [id] = arguments.ids.as_slice() else {
        let finding = Finding::new(&rule::USAGE, "`--payload` is for one dead letter");
        return Err(finding.help("give one id").into());
    };
    let value = json(&desk, "--payload", payload)?;
    let (schema, _) = desk.project_schema()?;
    let detail = desk.wait(desk.outbox.entry(desk.id(id)?))?;
    let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
    let version = find_version(&format!("{event}@{number}"), &schema)?;
    let text =
        written(&value, table(&version.contract.payload_fields, Unknown::Reject)).map_err(|misfits| {
            Failure {
                exit: Exit::Found,
                findings: misfits.0.into_iter().map(|misfit| of(version, misfit)).collect(),
            }
        })?;
    let content = content(version, text);
    if arguments.dry_run {
        let line = JsonLine::action("replace", true);
        desk.edge.output.acted(line.text("id", &detail.entry.id.to_string()), "the payload fits\n");
        return Ok(Exit::Fine);
    }
    let operator = desk.operator(&arguments.operator);
    let sent = desk.wait(desk.outbox.replace(detail.entry.id, &content, reorder, &operator))?;
    desk.edge.output.acted(line(&detail, &sent.to_string()), &format!("retried as {sent}\n"));
    Ok(Exit::Fine)
}

fn line(detail: &EntryDetail, sent: &str) -> JsonLine {
    let line = JsonLine::action("replace", false);
    line.text("id", &detail.entry.id.to_string()).text("sent_id", sent)
}

/// What is sent.
pub(super) fn content(version: &Version, payload: String) -> NewContent {
    NewContent { event_version: version.number, fingerprint: version.fingerprint.to_string(), payload }
}

fn of(version: &Version, misfit: evt_runtime::Misfit) -> Finding {
    let told = match misfit.path.as_str() {
        "" => misfit.message,
        path => format!("`{path}` {}", misfit.message),
    };
    let finding =
        Finding::new(&rule::PAYLOAD, told).event(&version.contract.event_name).version(version.number);
    Finding { path: Some(misfit.path).filter(|path| !path.is_empty()), ..finding }
}
