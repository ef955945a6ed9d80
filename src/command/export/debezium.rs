use evt_runtime::outbox::operator::PostgresAddress;
use evt_runtime::outbox::{Slot, capture_sql};
use evt_runtime::transport::Topic;

use crate::cli::DebeziumArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::export::debezium::{self, Connector};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt export debezium`.
pub(super) fn run(arguments: &DebeziumArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let table = desk.outbox.table_name();
    let address = desk.outbox.postgres_address().ok_or_else(|| no_postgres(desk.outbox.place()))?;
    let slot = match &arguments.name {
        None => Slot::of(table),
        Some(name) => name.parse().map_err(|error| refused("the name", &error))?,
    };
    let role = arguments.role.as_ref().unwrap_or(&address.user);
    if arguments.sql {
        let statements = capture_sql(table, &slot, role).map_err(|error| refused("the table", &error))?;
        edge.output.result(&debezium::script(&statements));
        return Ok(Exit::Fine);
    }
    let topic = topic(arguments, &desk)?;
    let connector = Connector { slot: slot.as_str(), table, address: &address, role, topic: &topic };
    let json = connector.json().map_err(|error| {
        Failure::from(
            Finding::new(&rule::USAGE, format!("the topic: {error}"))
                .help("`--topic`, or `[relay] topic` of evt.toml, says another one"),
        )
    })?;
    edge.output.result(&json);
    tell(&desk, &address, &topic);
    Ok(Exit::Fine)
}

/// `--topic`, or `[relay] topic`.
fn topic(arguments: &DebeziumArguments, desk: &Desk<'_>) -> Result<Topic, Failure> {
    match arguments.topic.as_ref().or(desk.settings.relay.topic.as_ref()) {
        None => Ok(Topic::default()),
        Some(topic) => topic.parse().map_err(|error| refused("the topic", &error)),
    }
}

/// What cannot be known here.
fn tell(desk: &Desk<'_>, address: &PostgresAddress, topic: &Topic) {
    if address.host.is_none() {
        let text =
            "the database's address names a socket: set database.hostname to where the connector finds it";
        desk.edge.output.note(text);
    }
    if let Some(field) = topic.fields().find(|field| debezium::may_be_absent(field)) {
        let text = format!(
            "an event that has no {field} would stop the connector, which takes its topic from there"
        );
        desk.edge.output.note(&text);
    }
}

fn no_postgres(place: &str) -> Failure {
    let message = format!("the outbox is in {place}: a log that Debezium reads is PostgreSQL's alone");
    Finding::new(&rule::USAGE, message).help("`--database postgres://user@host/database` names one").into()
}

fn refused(what: &str, error: &dyn std::error::Error) -> Failure {
    Finding::new(&rule::USAGE, format!("{what}: {error}")).into()
}
