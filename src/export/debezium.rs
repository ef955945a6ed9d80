//! The connector with which Debezium publishes an outbox: a reader of PostgreSQL's log, and its outbox router, which
//! makes of an inserted row what a relay would publish to Kafka. Source of the properties:
//! <https://debezium.io/documentation/reference/3.1/connectors/postgresql.html> and
//! <https://debezium.io/documentation/reference/3.1/transformations/outbox-event-router.html>.

mod route;

use evt_runtime::outbox::operator::PostgresAddress;
use evt_runtime::transport::Topic;
use serde_json::Value;

pub use self::route::{BadRoute, may_be_absent};

/// What a connector is made of.
///
/// ```
/// use evt::export::debezium::Connector;
/// use evt_runtime::outbox::operator::PostgresAddress;
/// use evt_runtime::transport::Topic;
///
/// fn json(address: &PostgresAddress) -> String {
///     let topic = Topic::default();
///     let connector = Connector { slot: "farm", table: "evt_outbox", address, role: "debezium", topic: &topic };
///     connector.json().expect("the topic names one field")
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Connector<'a> {
    /// What the slot, the publication and the connector are called.
    pub slot: &'a str,
    /// The outbox table; a schema may stand before it.
    pub table: &'a str,
    /// Where the database is.
    pub address: &'a PostgresAddress,
    /// The connector's role.
    pub role: &'a str,
    /// Where events go.
    pub topic: &'a Topic,
}

/// The columns that become headers, as the Kafka binding of `CloudEvents` has them: `ce_…`.
const HEADERS: [(&str, &str); 12] = [
    ("id", "id"),
    ("event_name", "type"),
    ("source", "source"),
    ("aggregate_id", "subject"),
    ("occurred_at", "time"),
    ("event_version", "evtversion"),
    ("fingerprint", "evtfingerprint"),
    ("seq", "sequence"),
    ("partition_key", "partitionkey"),
    ("idempotency_key", "idempotencykey"),
    ("replaces", "replaces"),
    ("metadata", "evtmetadata"),
];

/// Where a table is that names no schema.
const SCHEMA: &str = "public";
const TEXT: &str = "org.apache.kafka.connect.storage.StringConverter";

/// Properties of a connector, in the order in which people read them.
type Properties = Vec<(&'static str, String)>;

impl Connector<'_> {
    /// What Kafka Connect takes to create it. The password stays in the environment of Kafka Connect, `PGPASSWORD`.
    ///
    /// # Errors
    /// [`BadRoute`]: the router cannot make this topic.
    pub fn json(&self) -> Result<String, BadRoute> {
        let quoted = |text: &str| Value::from(text).to_string();
        let lines = self.properties()?;
        let lines = lines.iter().map(|(name, value)| format!("    {}: {}", quoted(name), quoted(value)));
        let lines = lines.collect::<Vec<_>>().join(",\n");
        Ok(format!("{{\n  \"name\": {},\n  \"config\": {{\n{lines}\n  }}\n}}\n", quoted(self.slot)))
    }

    fn properties(&self) -> Result<Properties, BadRoute> {
        let [reader, router] = [self.reader(), self.router()?];
        let plain = PLAIN.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Ok(reader.into_iter().chain(router).chain(plain).collect())
    }

    /// What reads the log, from where the slot begins, and no older rows.
    fn reader(&self) -> Properties {
        let Self { slot, address, .. } = self;
        let host = address.host.as_deref().unwrap_or("localhost");
        let of = |value: &str| value.to_owned();
        vec![
            ("connector.class", of("io.debezium.connector.postgresql.PostgresConnector")),
            ("tasks.max", of("1")),
            ("database.hostname", of(host)),
            ("database.port", address.port.to_string()),
            ("database.user", of(self.role)),
            ("database.password", of("${env:PGPASSWORD}")),
            ("database.dbname", address.database.clone()),
            ("database.sslmode", of(address.ssl_mode)),
            ("plugin.name", of("pgoutput")),
            ("slot.name", of(slot)),
            ("slot.drop.on.stop", of("false")),
            ("publication.name", of(slot)),
            ("publication.autocreate.mode", of("disabled")),
            ("snapshot.mode", of("no_data")),
            ("topic.prefix", of(slot)),
            ("table.include.list", self.pattern()),
        ]
    }

    /// The table as a regular expression, in a list with commas.
    fn pattern(&self) -> String {
        let schema = if self.table.contains('.') { String::new() } else { format!("{SCHEMA}.") };
        let mut pattern = String::new();
        for sign in schema.chars().chain(self.table.chars()) {
            if sign.is_ascii() && !sign.is_ascii_alphanumeric() && !"_.".contains(sign) {
                pattern.push('\\');
            }
            pattern.push(sign);
        }
        pattern
    }

    /// What makes a message of a row.
    fn router(&self) -> Result<Properties, BadRoute> {
        let (column, replacement) = route::of(self.topic)?;
        let headers: Vec<_> =
            HEADERS.iter().map(|(column, name)| format!("{column}:header:ce_{name}")).collect();
        Ok(vec![
            ("transforms", "specversion,header,outbox,type".to_owned()),
            ("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter".to_owned()),
            ("transforms.outbox.table.field.event.id", "id".to_owned()),
            ("transforms.outbox.table.field.event.key", "partition_key".to_owned()),
            ("transforms.outbox.table.field.event.payload", "payload".to_owned()),
            ("transforms.outbox.table.fields.additional.placement", headers.join(",")),
            ("transforms.outbox.route.by.field", column.to_owned()),
            ("transforms.outbox.route.topic.replacement", replacement),
        ])
    }
}

/// What is the same for every outbox.
const PLAIN: [(&str, &str); 18] = [
    ("transforms.outbox.table.expand.json.payload", "false"),
    // The literal of `InsertHeader` is read as a number: `1.0` becomes `1`. A field that becomes a header stays a text.
    ("transforms.specversion.type", "org.apache.kafka.connect.transforms.InsertField$Value"),
    ("transforms.specversion.static.field", "specversion"),
    ("transforms.specversion.static.value", "1.0"),
    ("transforms.header.type", "org.apache.kafka.connect.transforms.HeaderFrom$Value"),
    ("transforms.header.fields", "specversion"),
    ("transforms.header.headers", "ce_specversion"),
    ("transforms.header.operation", "move"),
    ("transforms.type.type", "org.apache.kafka.connect.transforms.InsertHeader"),
    ("transforms.type.header", "content-type"),
    ("transforms.type.value.literal", "application/json"),
    // The payload is a text already: these leave it as it is.
    ("key.converter", TEXT),
    ("value.converter", TEXT),
    ("header.converter", TEXT),
    ("tombstones.on.delete", "false"),
    // What is confirmed moves on in a database that is written to while the outbox is not.
    ("heartbeat.interval.ms", "10000"),
    ("heartbeat.action.query", "SELECT pg_logical_emit_message(true, 'evt', '')"),
    ("message.prefix.exclude.list", "evt"),
];

/// The statements to run before there is a connector, with what to know about them.
///
/// ```
/// let script = evt::export::debezium::script(&["SELECT 1".to_owned()]);
/// assert!(script.ends_with("\n\nSELECT 1;\n"));
/// ```
#[must_use]
pub fn script(statements: &[String]) -> String {
    let statements: Vec<_> = statements.iter().map(|statement| format!("{statement};\n")).collect();
    format!("{ABOUT}\n{}", statements.join("\n"))
}

const ABOUT: &str = "\
-- Once, as the owner of the tables who may also make slots; not inside of a transaction. The server needs
-- wal_level = logical. From the slot on it keeps every event until the connector has confirmed it: watch its disk.
-- PostgreSQL 13 and 14 know no WHERE in a publication: leave it out, and read docs/capture.md on durable events.
";

#[cfg(test)]
mod tests;
