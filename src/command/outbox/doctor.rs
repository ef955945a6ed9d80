use crate::cli::DatabaseArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::doctor::{Patient, examine, reasoned};
use crate::finding::Finding;
use crate::rule;
use crate::run::Edge;
use crate::schema::Schema;

/// `evt outbox doctor`.
pub(super) fn run(arguments: &DatabaseArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, arguments)?;
    let health = desk.wait(desk.outbox.health())?;
    let mut unread = Vec::new();
    let schema = known_events(&desk, &mut unread);
    let table = desk.outbox.table_name();
    let patient = Patient { table, health: &health, settings: desk.settings.doctor, schema: schema.as_ref() };
    let mut findings = examine(&patient);
    findings.extend(unread);
    let findings = reasoned(desk.judge(findings));
    edge.output.findings(&findings);
    if findings.is_empty() {
        edge.output.done(&format!("all is well with `{table}` in {}\n", desk.outbox.place()));
    }
    Ok(edge.output.exit(&findings))
}

/// The schema file; where there is none to be read, that is told.
fn known_events(desk: &Desk<'_>, unread: &mut Vec<Finding>) -> Option<Schema> {
    match desk.schema_file() {
        None => {
            desk.edge.output.note("no project is here: rows were not compared with a schema file");
            None
        }
        Some(Ok(schema)) => Some(schema),
        Some(Err(failure)) => {
            let reason =
                failure.findings.first().map_or("it cannot be read", |finding| finding.message.as_str());
            let message = format!("rows were not compared with the schema file: {reason}");
            let finding = Finding::new(&rule::OUTBOX_CHECK_SKIPPED, message);
            unread.push(finding.help("`evt verify` tells what is wrong with it"));
            None
        }
    }
}
