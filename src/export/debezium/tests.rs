use std::collections::BTreeMap;

use evt_runtime::outbox::operator::PostgresAddress;
use evt_runtime::outbox::{Dialect, migration_sql};
use evt_runtime::relay::Message;
use evt_runtime::transport::{Topic, cloud_event};
use serde_json::Value;

use super::{BadRoute, Connector, HEADERS};

fn address() -> PostgresAddress {
    PostgresAddress {
        host: Some("db.farm".to_owned()),
        port: 5432,
        user: "anna".to_owned(),
        database: "farm".to_owned(),
        ssl_mode: "verify-full",
    }
}

fn json(table: &str, topic: &str) -> Result<String, BadRoute> {
    let (address, topic) = (address(), topic.parse().expect("it is a topic"));
    Connector { slot: "evt_outbox_capture", table, address: &address, role: "debezium", topic: &topic }.json()
}

fn config(table: &str, topic: &str) -> BTreeMap<String, String> {
    let json: Value = serde_json::from_str(&json(table, topic).unwrap()).unwrap();
    serde_json::from_value(json["config"].clone()).unwrap()
}

#[test]
fn a_connector() {
    insta::assert_snapshot!(json("evt_outbox", &Topic::default().to_string()).unwrap(), @r#"
    {
      "name": "evt_outbox_capture",
      "config": {
        "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
        "tasks.max": "1",
        "database.hostname": "db.farm",
        "database.port": "5432",
        "database.user": "debezium",
        "database.password": "${env:PGPASSWORD}",
        "database.dbname": "farm",
        "database.sslmode": "verify-full",
        "plugin.name": "pgoutput",
        "slot.name": "evt_outbox_capture",
        "slot.drop.on.stop": "false",
        "publication.name": "evt_outbox_capture",
        "publication.autocreate.mode": "disabled",
        "snapshot.mode": "no_data",
        "topic.prefix": "evt_outbox_capture",
        "table.include.list": "public.evt_outbox",
        "transforms": "specversion,header,outbox,type",
        "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
        "transforms.outbox.table.field.event.id": "id",
        "transforms.outbox.table.field.event.key": "partition_key",
        "transforms.outbox.table.field.event.payload": "payload",
        "transforms.outbox.table.fields.additional.placement": "id:header:ce_id,event_name:header:ce_type,source:header:ce_source,aggregate_id:header:ce_subject,occurred_at:header:ce_time,event_version:header:ce_evtversion,fingerprint:header:ce_evtfingerprint,seq:header:ce_sequence,partition_key:header:ce_partitionkey,idempotency_key:header:ce_idempotencykey,replaces:header:ce_replaces,metadata:header:ce_evtmetadata",
        "transforms.outbox.route.by.field": "event_name",
        "transforms.outbox.route.topic.replacement": "events.${routedByValue}",
        "transforms.outbox.table.expand.json.payload": "false",
        "transforms.specversion.type": "org.apache.kafka.connect.transforms.InsertField$Value",
        "transforms.specversion.static.field": "specversion",
        "transforms.specversion.static.value": "1.0",
        "transforms.header.type": "org.apache.kafka.connect.transforms.HeaderFrom$Value",
        "transforms.header.fields": "specversion",
        "transforms.header.headers": "ce_specversion",
        "transforms.header.operation": "move",
        "transforms.type.type": "org.apache.kafka.connect.transforms.InsertHeader",
        "transforms.type.header": "content-type",
        "transforms.type.value.literal": "application/json",
        "key.converter": "org.apache.kafka.connect.storage.StringConverter",
        "value.converter": "org.apache.kafka.connect.storage.StringConverter",
        "header.converter": "org.apache.kafka.connect.storage.StringConverter",
        "tombstones.on.delete": "false",
        "heartbeat.interval.ms": "10000",
        "heartbeat.action.query": "SELECT pg_logical_emit_message(true, 'evt', '')",
        "message.prefix.exclude.list": "evt"
      }
    }
    "#);
}

#[test]
fn no_property_is_said_twice() {
    let json = json("evt_outbox", "events").unwrap();
    assert_eq!(json.matches("\": \"").count() - 1, config("evt_outbox", "events").len());
}

/// The columns of the table, as its layout says.
fn columns() -> Vec<String> {
    let statements = migration_sql(Dialect::Postgres, "evt_outbox").unwrap();
    let table = statements.iter().find(|sql| sql.starts_with("CREATE TABLE \"evt_outbox\" ("));
    let lines = table.expect("there is a table").lines().skip(1);
    lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned)).collect()
}

#[test]
fn every_column_that_a_connector_names_is_there() {
    let columns = columns();
    assert!(columns.len() > 20, "{columns:?}");
    let config = config("evt_outbox", "{aggregate_type}");
    let of = |name: &str| config[&format!("transforms.outbox.{name}")].as_str();
    let placed =
        of("table.fields.additional.placement").split(',').map(|field| field.split(':').next().unwrap());
    let named =
        ["table.field.event.id", "table.field.event.key", "table.field.event.payload", "route.by.field"];
    for column in named.map(of).into_iter().chain(placed) {
        assert!(columns.iter().any(|known| known == column), "{column}");
    }
    for field in ["event_name", "domain", "subject", "event_version", "aggregate_type"] {
        assert!(columns.iter().any(|known| known == field), "{field}");
    }
}

#[test]
fn every_attribute_that_a_relay_sends_is_a_header() {
    let some = || Some("x".to_owned());
    let message = Message {
        seq: 7,
        id: "01a20036-3eb7-745c-b4cc-029b67b30541".parse().unwrap(),
        event_name: "cow_fed".to_owned(),
        event_version: 1,
        fingerprint: "f".to_owned(),
        event_type: "domain".to_owned(),
        process_type: "broker".to_owned(),
        domain: some(),
        subject: some(),
        source: "urn:farm".to_owned(),
        partition_key: some(),
        payload: "{}".to_owned(),
        metadata: r#"{"traceparent": "t", "tracestate": "t"}"#.to_owned(),
        occurred_at: "2026-11-21T03:00:00Z".parse().unwrap(),
        idempotency_key: some(),
        aggregate_type: some(),
        aggregate_id: some(),
        aggregate_version: Some(1),
        replaces: Some("01a20036-3eb7-745c-b4cc-029b67b30542".parse().unwrap()),
        attempts: 0,
    };
    // One is the same for all, two stand inside of the metadata, which the router does not look into.
    let others = ["specversion", "traceparent", "tracestate"];
    let sent = cloud_event::attributes(&message).into_iter().map(|(name, _)| name);
    let mut sent: Vec<_> = sent.filter(|name| !others.contains(name)).collect();
    let mut headers = HEADERS.map(|(_, name)| name);
    sent.sort_unstable();
    headers.sort_unstable();
    assert_eq!(headers.as_slice(), sent);
}

#[test]
fn a_topic_is_made_of_one_column() {
    let route = |topic| {
        let config = config("evt_outbox", topic);
        let of = |name: &str| config[&format!("transforms.outbox.route.{name}")].clone();
        (of("by.field"), of("topic.replacement"))
    };
    let is = |column: &str, topic: &str| (column.to_owned(), topic.to_owned());
    assert_eq!(route("events"), is("event_name", "events"));
    assert_eq!(route("farm-1.{domain}"), is("domain", "farm-1.${routedByValue}"));
    let twice = "${routedByValue}.of.${routedByValue}";
    assert_eq!(route("{aggregate_type}.of.{aggregate_type}"), is("aggregate_type", twice));
}

#[test]
fn what_the_router_cannot_say_is_told() {
    let told = |topic| json("evt_outbox", topic).unwrap_err().to_string();
    insta::assert_snapshot!(told("{domain}.{event_name}"), @"`{domain}.{event_name}` names domain and event_name, and Debezium's outbox router makes a topic of one column");
    insta::assert_snapshot!(told("v{event_version}"), @"`{event_version}` is a number, and Debezium's outbox router makes topics of texts");
    insta::assert_snapshot!(told("events/{event_name}"), @"`events/{event_name}` holds `/`: a topic of Kafka is of letters, digits, `.`, `_` and `-`");
    insta::assert_snapshot!(told("$1.{event_name}"), @"`$1.{event_name}` holds `$`: a topic of Kafka is of letters, digits, `.`, `_` and `-`");
}

#[test]
fn a_table_is_a_regular_expression() {
    let pattern = |table| config(table, "events").remove("table.include.list").unwrap();
    assert_eq!(pattern("evt_outbox"), "public.evt_outbox");
    assert_eq!(pattern("ten\"ant, a.Äpfel (box)+"), r#"ten\"ant\,\ a.Äpfel\ \(box\)\+"#);
}
