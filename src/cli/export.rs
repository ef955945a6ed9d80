//! The arguments of `evt export`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[cfg(feature = "db")]
use super::DatabaseArguments;

/// `evt export`.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// Print what payloads are like as JSON Schema 2020-12: of all events in one document, or of one
    #[command(
        after_help = "The document holds every version of every event that is not retired, in $defs. A version is known by \
        its $id: [project] source of evt.toml, then event and version. docs/exports.md tells what stands for each \
        type.\n\n\
        Examples:\n  evt export json-schema\n  evt export json-schema something_happened@1"
    )]
    JsonSchema(JsonSchemaArguments),
    /// Print what the relay publishes as an `AsyncAPI` 3.0 document
    #[command(
        after_help = "It holds the events of process type `broker` in their latest version. Topics and headers are those of \
        `evt outbox publish` with the same options. No connection is needed.\n\n\
        Example:\n  evt export asyncapi --to kafka://broker.farm"
    )]
    Asyncapi(AsyncapiArguments),
    /// Print what payloads are like as Avro schemas: of all events as a union, or of one
    #[command(
        after_help = "The union holds the latest version of every event that is not retired. docs/exports.md tells what stands \
        for each type.\n\n\
        Examples:\n  evt export avro something_happened\n  evt export avro --namespace farm.events"
    )]
    Avro(AvroArguments),
    /// Print a catalogue by which consumers of `CloudEvents` find the schema of what they got
    #[command(
        after_help = "It holds every version of every event that is not retired: a message belongs to the entry with its `type` \
        and `evtversion`. `evt schema cloudevents` describes it.\n\n\
        Example:\n  evt export cloudevents"
    )]
    Cloudevents(CloudeventsArguments),
    /// Print the connector with which Debezium publishes the outbox, or what PostgreSQL needs for it
    #[cfg(feature = "db")]
    #[command(
        after_help = "It is the JSON that Kafka Connect takes by POST /connectors. With --sql: the statements to run first. \
        `evt outbox publish --to capture:NAME` then hands over to it; docs/capture.md goes through it step by step. \
        No connection is needed.\n\n\
        Example:\n  evt export debezium --database postgres://debezium@db.farm/farm"
    )]
    Debezium(Box<DebeziumArguments>),
}

impl ExportCommand {
    /// As it is typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::JsonSchema(_) => "export json-schema",
            Self::Asyncapi(_) => "export asyncapi",
            Self::Avro(_) => "export avro",
            Self::Cloudevents(_) => "export cloudevents",
            #[cfg(feature = "db")]
            Self::Debezium(_) => "export debezium",
        }
    }
}

/// `evt export json-schema`.
#[derive(Debug, Args)]
pub(crate) struct JsonSchemaArguments {
    #[command(flatten)]
    pub(crate) chosen: ChosenArguments,
}

/// `evt export avro`.
#[derive(Debug, Args)]
pub(crate) struct AvroArguments {
    #[command(flatten)]
    pub(crate) chosen: ChosenArguments,
    /// The namespace of all records, instead of the words of `[project] source` and the event's domain
    #[arg(long, value_name = "NAMESPACE", value_parser = namespace)]
    pub(crate) namespace: Option<String>,
}

fn namespace(text: &str) -> Result<String, String> {
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with(|first: char| first.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if text.split('.').all(is_name) {
        return Ok(text.to_owned());
    }
    Err("names of letters, digits and `_`, with dots between".to_owned())
}

/// Which versions are exported, and where to.
#[derive(Debug, Args)]
pub(crate) struct ChosenArguments {
    /// The event, in its latest version unless another one is named: EVENT@2
    #[arg(value_name = "EVENT[@V]")]
    pub(crate) event: Option<String>,
    /// Write a file for each version into DIR instead, and print which; other files there stay as they are
    #[arg(long = "directory", value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Retired events too; one that is named needs no flag
    #[arg(long, conflicts_with = "event")]
    pub(crate) retired: bool,
}

/// `evt export cloudevents`.
#[derive(Debug, Args)]
pub(crate) struct CloudeventsArguments {
    /// Retired events too
    #[arg(long)]
    pub(crate) retired: bool,
}

/// `evt export asyncapi`.
#[derive(Debug, Args)]
pub(crate) struct AsyncapiArguments {
    /// Where messages go, which says how headers are called, instead of `[relay] to` of evt.toml
    #[arg(long, value_name = "URL")]
    pub(crate) to: Option<String>,
    /// What the topic is called, instead of `[relay] topic` of evt.toml
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) topic: Option<String>,
    /// Tell of messages that hold the whole `CloudEvents` envelope, as `evt outbox publish --structured` sends them
    #[arg(long)]
    pub(crate) structured: bool,
    /// Add the messages of events that no relay publishes, without a channel
    #[arg(long)]
    pub(crate) all: bool,
    /// The title of the document, instead of one with `[project] source`
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,
    /// The version of the document, instead of 1.N.0 with N versions of events
    #[arg(long, value_name = "VERSION")]
    pub(crate) api_version: Option<String>,
}

/// `evt export debezium`.
#[cfg(feature = "db")]
#[derive(Debug, Args)]
pub(crate) struct DebeziumArguments {
    /// What the slot, the publication and the connector are called, instead of `TABLE_capture`
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Print the statements to be run first, instead of the connector
    #[arg(long)]
    pub(crate) sql: bool,
    /// The PostgreSQL role of the connector, instead of that of the database's address
    #[arg(long, value_name = "ROLE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) role: Option<String>,
    /// What the topic is called, instead of `[relay] topic` of evt.toml: with one field that is text at most
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) topic: Option<String>,
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}
