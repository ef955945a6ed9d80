use crate::cli::AsyncapiArguments;
use crate::command::Ended;
use crate::command::workspace::Workspace;
use crate::export::asyncapi::{Coverage, Document, Envelope, Manner, Settings, Topic, document};
use crate::finding::Finding;
use crate::project::RelaySettings;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt export asyncapi`.
pub(super) fn run(arguments: &AsyncapiArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let relay = &workspace.project.outbox.relay;
    let settings = Settings {
        source: workspace.project.source.as_deref(),
        topic: topic(arguments, relay)?,
        manner: manner(arguments, relay)?,
        title: arguments.title.as_deref(),
        version: arguments.api_version.as_deref(),
        coverage: if arguments.all { Coverage::All } else { Coverage::Published },
    };
    let document = document(&workspace.schema()?, &settings);
    tell(&document, arguments, edge);
    edge.output.result(&document.json.text());
    Ok(Exit::Fine)
}

fn topic(arguments: &AsyncapiArguments, relay: &RelaySettings) -> Result<Topic, Failure> {
    match arguments.topic.as_ref().or(relay.topic.as_ref()) {
        None => Ok(Topic::default()),
        Some(topic) => Topic::parse(topic)
            .map_err(|error| Finding::new(&rule::USAGE, format!("the topic: {error}")).into()),
    }
}

fn manner(arguments: &AsyncapiArguments, relay: &RelaySettings) -> Result<Manner, Failure> {
    let envelope = if arguments.structured { Envelope::Structured } else { Envelope::Binary };
    let to = arguments.to.as_ref().or(relay.to.as_ref());
    Manner::of(to.map(String::as_str), envelope).map_err(|error| Finding::new(&rule::USAGE, error).into())
}

/// What the document cannot tell.
fn tell(document: &Document, arguments: &AsyncapiArguments, edge: &Edge) {
    let events =
        |count: usize| if count == 1 { "1 event is".to_owned() } else { format!("{count} events are") };
    if document.internal > 0 && !arguments.all {
        let text = format!(
            "{} not told of: no relay publishes what is not of process type `broker`",
            events(document.internal)
        );
        edge.output.note(&text);
    }
    for (event, field) in &document.without_topic {
        let text = format!(
            "{event} has no channel: the topic names its {field}, which it does not have, so a relay refuses it"
        );
        edge.output.note(&text);
    }
}
