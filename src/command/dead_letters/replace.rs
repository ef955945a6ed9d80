//! One dead letter, sent again with another payload.

use evt_runtime::Misfit;
use evt_runtime::outbox::operator::{EntryDetail, NewContent, Reorder, State};
use evt_runtime::shape::Unknown;
use serde_json::Value;

use crate::cli::BulkArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::outbox::json;
use crate::command::sides::find_version;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::payload::{table, unmasked, written};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Version;

/// What helps where later events of the key may have been sent.
const LATE: &str = "`--allow-reorder` sends what may come late";

/// `evt dead-letters retry ID --payload JSON`.
pub(super) fn run(payload: &str, arguments: &BulkArguments, reorder: Reorder, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let operator = desk.operator(&arguments.operator)?;
    let [id] = arguments.ids.as_slice() else {
        let finding = Finding::new(&rule::USAGE, "`--payload` is for one dead letter");
        return Err(finding.help("give one id").into());
    };
    let value = json(&desk, "--payload", payload)?;
    let (schema, _) = desk.project_schema()?;
    let detail = desk.wait(desk.outbox.entry(desk.id(id)?))?;
    let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
    let version = find_version(&format!("{event}@{number}"), &schema)?;
    let content = mended(value, &detail, version)?;
    can_be_sent(&detail, reorder)?;
    if arguments.dry_run {
        let line = JsonLine::action("replace", true).text("id", &detail.entry.id.to_string());
        desk.edge.output.acted(line, "would retry 1 dead letter: the payload fits\n");
        return Ok(Exit::Fine);
    }
    let sent = desk.wait(desk.outbox.replace(detail.entry.id, &content, reorder, &operator))?.to_string();
    let line = JsonLine::action("replace", false).text("id", &detail.entry.id.to_string());
    desk.edge.output.acted(line.text("sent_id", &sent), &format!("retried as {sent}\n"));
    Ok(Exit::Fine)
}

/// What is sent.
pub(super) fn content(version: &Version, payload: String) -> NewContent {
    NewContent { event_version: version.number, fingerprint: version.fingerprint.to_string(), payload }
}

/// The payload that a person gives, if it is one of the version that the row has.
fn mended(value: Value, detail: &EntryDetail, version: &Version) -> Result<NewContent, Failure> {
    if version.fingerprint.to_string() != detail.fingerprint {
        let message = format!("the schema file has version {} with another fingerprint", version.number);
        return Err(refused(vec![about(version, message)]));
    }
    let fields = &version.contract.payload_fields;
    let old = serde_json::from_str(&detail.payload).unwrap_or_default();
    let value = unmasked(value, &old, fields).map_err(|paths| {
        let lost =
            |path: String| about(version, format!("`{path}` is masked, and nothing stood there before"));
        refused(paths.into_iter().map(lost).collect())
    })?;
    let shape = table(fields, Unknown::Reject);
    let text = written(&value, shape)
        .map_err(|misfits| refused(misfits.0.into_iter().map(|misfit| of(version, misfit)).collect()))?;
    Ok(content(version, text))
}

/// What the database would say.
fn can_be_sent(detail: &EntryDetail, reorder: Reorder) -> Result<(), Failure> {
    let (entry, id) = (&detail.entry, detail.entry.id);
    if entry.state != State::Dead {
        let message = format!("`{id}` is {}: only a dead letter gets new content", entry.state.as_str());
        return Err(Finding::new(&rule::NOT_FOUND, message).into());
    }
    if entry.key_went_on && reorder == Reorder::Refused {
        let message = format!("the key of `{id}` went on without it: later events may have been sent");
        return Err(Finding::new(&rule::NOT_FOUND, message).help(LATE).into());
    }
    Ok(())
}

fn refused(findings: Vec<Finding>) -> Failure {
    Failure { exit: Exit::Found, findings }
}

fn about(version: &Version, message: String) -> Finding {
    Finding::new(&rule::PAYLOAD, message).event(&version.contract.event_name).version(version.number)
}

fn of(version: &Version, misfit: Misfit) -> Finding {
    let told = match misfit.path.as_str() {
        "" => misfit.message,
        path => format!("`{path}` {}", misfit.message),
    };
    Finding { path: Some(misfit.path).filter(|path| !path.is_empty()), ..about(version, told) }
}
