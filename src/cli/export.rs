//! The arguments of `evt export`.

use clap::{Args, Subcommand};

use super::DatabaseArguments;

/// `evt export`.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// Print the connector with which Debezium publishes the outbox, or what PostgreSQL needs for it
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
            Self::Debezium(_) => "export debezium",
        }
    }
}

/// `evt export debezium`.
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
