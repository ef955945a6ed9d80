use super::Ended;
use super::sides::find_version;
use super::workspace::Workspace;
use crate::cli::{EventArguments, ListArguments};
use crate::event::ProcessType;
use crate::finding::Finding;
use crate::listing::{self, Filter, Retired};
use crate::output::Format;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::suggest;

/// `evt list`.
pub(super) fn list(arguments: ListArguments, edge: &Edge) -> Ended {
    let schema = Workspace::open(edge)?.schema()?;
    let process_type = arguments.process_type.as_deref().map(process_type).transpose()?;
    let filter = Filter {
        domain: arguments.domain,
        subject: arguments.subject,
        owner: arguments.owner,
        process_type,
        retired: if arguments.retired { Retired::Shown } else { Retired::Hidden },
    };
    let rows = listing::rows(&schema, &filter);
    edge.output.result(&match edge.output.format {
        Format::Json => listing::list_json(&rows),
        Format::Text => listing::list_table(&rows, edge.output.room.unwrap_or(usize::MAX)),
    });
    if rows.is_empty() {
        edge.output.note("no event matches");
    }
    Ok(Exit::Fine)
}

fn process_type(word: &str) -> Result<ProcessType, Failure> {
    ProcessType::parse(word).ok_or_else(|| {
        let finding = Finding::new(&rule::USAGE, format!("`{word}` is no process type"));
        let near = suggest::nearest(word, ProcessType::ALL.iter().map(|(word, _)| *word));
        finding.suggest(near).into()
    })
}

/// `evt show`.
pub(super) fn show(arguments: &EventArguments, edge: &Edge) -> Ended {
    let schema = Workspace::open(edge)?.schema()?;
    let version = find_version(&arguments.event, &schema)?;
    let latest = schema.latest(&version.contract.event_name).map_or(version.number, |latest| latest.number);
    edge.output.result(&match edge.output.format {
        Format::Json => listing::page_json(version),
        Format::Text => listing::page_text(version, latest),
    });
    Ok(Exit::Fine)
}

/// `evt log`.
pub(super) fn log(arguments: &EventArguments, edge: &Edge) -> Ended {
    let schema = Workspace::open(edge)?.schema()?;
    let version = find_version(&arguments.event, &schema)?;
    let versions = schema.events.get(&version.contract.event_name).map_or(&[][..], Vec::as_slice);
    let upto = if arguments.event.contains('@') { version.number } else { u32::MAX };
    let count = versions.iter().filter(|version| version.number <= upto).count();
    edge.output.result(&match edge.output.format {
        Format::Json => listing::log_json(&versions[..count]),
        Format::Text => listing::log_text(&versions[..count]),
    });
    Ok(Exit::Fine)
}
