//! The statements and the connector, and what the log then holds.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::capture::{capture, captured, count};
use crate::database::Farm;
use crate::logical::{self, Stream, peek, run, script, text};
use crate::newcomer::{evt, newcomer};
use crate::stored::store;

/// The columns that a connector names.
fn named(connector: &str) -> BTreeSet<String> {
    let json: Value = serde_json::from_str(connector).expect("it is JSON");
    let of = |name: &str| {
        let value = json["config"][format!("transforms.outbox.{name}")].as_str();
        value.expect("it is a property").to_owned()
    };
    let placed = of("table.fields.additional.placement");
    let placed = placed.split(',').filter_map(|field| field.split(':').next().map(str::to_owned));
    let fields =
        ["table.field.event.id", "table.field.event.key", "table.field.event.payload", "route.by.field"];
    placed.chain(fields.map(of)).collect()
}

fn quoted(table: &str) -> String {
    let parts: Vec<_> = table.split('.').map(|part| format!("\"{}\"", part.replace('"', "\"\""))).collect();
    parts.join(".")
}

#[test]
fn the_statements_run_for_every_table_and_twice_changes_nothing() {
    let Some(farm) = logical::farm("statements") else { return };
    run(&farm.url, "CREATE SCHEMA tenant; CREATE SCHEMA \"ten\"\"ant, a\"; CREATE ROLE debezium")
        .expect("schemas");
    let tables = ["evt_outbox", "tenant.evt_outbox", "ten\"ant, a.Out'box (1)"];
    for (number, table) in tables.into_iter().enumerate() {
        let name = format!("statements_{number}");
        let project = &farm.project;
        let line = ["--table", table, "--database", &farm.url];
        project.evt_ok(&[&["outbox", "migrate"][..], &line].concat());
        let options = ["export", "debezium", "--name", &name, "--role", "debezium"];
        let sql = project.evt_ok(&[&options[..], &["--sql"], &line].concat()).stdout;
        script(&farm.url, &sql).expect("the statements work");
        for sql in sql.split(";\n\n").take(2) {
            let refused = run(&farm.url, sql).expect_err("it is there already");
            assert!(refused.contains("already exists"), "{refused}");
        }
        let audit = format!("SELECT count(*) FROM {}", quoted(&format!("{table}_audit")));
        assert_eq!(text(&farm.url, &audit), "1", "the second time says nothing");
        store(project, &farm.url, table);
        let stream = peek(&farm.url, &name);
        assert_eq!(stream.rows.len(), 1, "{table}");
        let connector = project.evt_ok(&[&options[..], &line].concat()).stdout;
        let columns: BTreeSet<_> = stream.columns.into_iter().collect();
        assert!(named(&connector).is_subset(&columns), "{columns:?}");
        let reads = format!("SET ROLE debezium; SELECT count(*) FROM {}", quoted(table));
        run(&farm.url, &reads).expect("the connector may read the table");
    }
}

#[test]
fn the_log_holds_inserts_of_broker_events_alone_whatever_relays_and_operators_do() {
    let Some(farm) = captured("inserts") else { return };
    (0..5).for_each(|_| farm.store());
    farm.run(
        "INSERT INTO evt_outbox (id, event_name, event_version, fingerprint, event_type, process_type, source, route, \
         lane, payload, occurred_at) VALUES (gen_random_uuid(), 'kept', 1, '', '', '', '', 'durable', 0, '{}', now())",
    );
    let expected: Vec<_> = peek(&farm.url, "inserts").rows;
    assert_eq!(expected.len(), 5);
    assert!(expected.iter().all(|row| row["route"] == "broker" && row["payload"] == r#"{"note":"a test"}"#));

    farm.evt("outbox publish --to http://127.0.0.1:9/ --once").exits(4);
    farm.run("UPDATE evt_outbox_work SET state = 'dead', dead_lettered_at = now() WHERE seq <= 3");
    farm.evt("dead-letters retry 1 --reason again").exits(0);
    farm.evt("dead-letters discard 3 --reason enough").exits(0);
    farm.evt("outbox pause").exits(0);
    farm.evt("outbox resume").exits(0);
    farm.evt("outbox publish --to stdout: --once --change-destination").exits(0);
    assert_eq!((count(&farm, "published"), count(&farm, "dead"), count(&farm, "discarded")), (3, 1, 1));
    farm.evt("outbox cleanup --older-than 0s --yes").exits(0);
    assert_eq!(text(&farm.url, "SELECT count(*) FROM evt_outbox WHERE route = 'broker'"), "1");

    let Stream { kinds, rows, .. } = peek(&farm.url, "inserts");
    assert_eq!(rows, expected);
    assert!(kinds.iter().all(|kind| "RBIC".contains(*kind)), "{kinds:?}");
}

#[test]
fn mended_content_goes_through_the_log_as_an_event_of_its_own() {
    let Some(farm) = captured("mended") else { return };
    farm.store();
    farm.run("UPDATE evt_outbox_work SET state = 'dead', dead_lettered_at = now()");
    farm.evt("dead-letters retry 1 --payload '{\"name\": \"mended\"}' --reason better").exits(0);
    let rows = peek(&farm.url, "mended").rows;
    assert_eq!((rows.len(), &rows[1]["replaces"]), (2, &rows[0]["id"]));
}

#[test]
fn a_connector_needs_no_connection_and_no_project() {
    let nowhere = crate::project::Project::empty();
    let url = "postgres://anna:hay@db.farm:5433/farm?sslmode=verify-full";
    let run = evt(&nowhere, &format!("export debezium --database {url}")).exits(0);
    for said in ["\"db.farm\"", "\"5433\"", "\"anna\"", "\"farm\"", "\"verify-full\"", "${env:PGPASSWORD}"] {
        assert!(run.stdout.contains(said), "{said} in {}", run.stdout);
    }
    assert!(!run.stdout.contains("hay"), "{}", run.stdout);
    assert_eq!(evt(&nowhere, &format!("export debezium --database {url}")).stdout, run.stdout);
}

#[test]
fn the_settings_of_evt_toml_count() {
    let project = newcomer();
    let settings = "[database]\nurl = \"postgres://anna@db.farm/farm\"\ntable = \"tenant.events\"\n[relay]\n\
        topic = \"farm.{domain}\"\n";
    project.write("evt.toml", project.read("evt.toml") + settings);
    let run = evt(&project, "export debezium")
        .exits(0)
        .tells("an event that has no domain would stop the connector");
    for said in ["\"tenant_events_capture\"", "\"tenant.events\"", "\"farm.${routedByValue}\"", "\"domain\""]
    {
        assert!(run.stdout.contains(said), "{said} in {}", run.stdout);
    }
    let sql = evt(&project, "export debezium --sql --name farm_1 --role reader").exits(0).stdout;
    assert!(sql.contains("CREATE PUBLICATION \"farm_1\" FOR TABLE \"tenant\".\"events\" WHERE"), "{sql}");
    assert!(sql.contains("TO \"reader\";"), "{sql}");
}

#[test]
fn what_cannot_be_is_wrong_usage() {
    let project = newcomer();
    evt(&project, "export debezium").exits(2).tells("PostgreSQL's alone").tells("evt.db");
    let postgres = "export debezium --database postgres://anna@db.farm/farm";
    evt(&project, &format!("{postgres} --name Farm")).exits(2).tells("`Farm` is no slot");
    evt(&project, &format!("{postgres} --topic v{{event_version}}")).exits(2).tells("is a number");
    evt(&project, &format!("{postgres} --topic {{domain}}.{{subject}}"))
        .exits(2)
        .tells("names domain and subject");
    evt(&project, &format!("{postgres} --topic {{name}}")).exits(2).tells("is none of event_name");
    evt(&project, "outbox publish --to capture:evt_outbox --once")
        .exits(2)
        .tells("wants an outbox in PostgreSQL");
    let postgres = "outbox publish --once --database postgres://anna@db.farm/farm";
    evt(&project, &format!("{postgres} --to capture:Farm")).exits(2).tells("`Farm` is no slot");
}

#[test]
fn an_address_that_names_a_socket_is_told() {
    let run = evt(&newcomer(), "export debezium --database postgres:///farm?host=/run/postgresql&user=anna");
    run.exits(0).tells("set database.hostname");
}

#[test]
fn a_second_outbox_of_a_server_needs_another_name() {
    let (Some(first), Some(second)) = (captured("taken"), logical::farm("other")) else { return };
    let sql = second.evt("export debezium --sql --name taken").exits(0).stdout;
    let refused = script(&second.url, &sql).expect_err("slots belong to the server");
    assert!(refused.contains("replication slot \"taken\" already exists"), "{refused}");
    capture(&second, "not_taken");
    drop::<Farm>(first);
}
