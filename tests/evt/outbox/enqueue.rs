//! One event, written by a developer.

use serde_json::json;

use super::{count, enqueued, on_both, shown};
use crate::database::Farm;

on_both! {
    what_is_written_is_what_a_helper_would_write
    an_older_version_is_written_where_it_is_named
    an_argument_is_read_from_a_file_and_from_standard_input
    every_bad_field_is_named_and_nothing_is_written
    what_an_event_needs_is_asked_for
    an_aggregate_is_that_of_the_definition
    a_duplicate_is_an_error_unless_it_is_to_be_skipped
    the_most_that_a_payload_may_have_is_that_of_evt_toml
}

fn what_is_written_is_what_a_helper_would_write(farm: &Farm) {
    let id = enqueued(
        farm,
        r#"cow_fed --payload '{"farmer_name":"Ada","weight":2}' --aggregate Cow/ada@farm@3 --metadata '{"b":1,"a":2}'
           --idempotency-key k --occurred-at 2026-11-21T03:00:00+01:00"#,
    );
    let row = shown(farm, id);
    assert_eq!(row["payload"].to_string(), r#"{"farmer_name":"Ada","feeds":[],"weight":2.0}"#);
    let wanted = json!({
        "event": "cow_fed", "version": 2, "state": "pending", "route": "broker", "aggregate_type": "Cow",
        "aggregate_id": "ada@farm", "aggregate_version": 3, "partition_key": "Cow/ada@farm", "idempotency_key": "k",
        "occurred_at": "2026-11-21T02:00:00.000Z", "metadata": { "a": 2, "b": 1 }, "source": "urn:evt:example",
        "fingerprint": farm.project.versions("cow_fed")[1]["fingerprint"],
    });
    for (key, value) in wanted.as_object().expect("it is an object") {
        assert_eq!(&row[key], value, "{key}");
    }
    let text = farm.evt(&format!("outbox show {id} --show-pii")).exits(0);
    text.prints(r#"{"weight":2.0,"farmer_name":"Ada","feeds":[]}"#);
    farm.evt(&format!("outbox show {id}")).exits(0).prints(r#""farmer_name":"***""#);
}

fn an_older_version_is_written_where_it_is_named(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    let row = shown(farm, id);
    assert_eq!((&row["version"], &row["payload"]), (&json!(1), &json!({ "weight": 2.0 })));
    let run = farm.evt(r#"outbox enqueue cow_fed@9 --payload '{"weight":2}'"#).exits(1);
    run.tells("`cow_fed` has no version `9`").tells("its versions are 1 to 2");
    farm.evt("outbox enqueue cow_fed@x --payload {}").exits(2).tells("`x` is no version");
}

fn an_argument_is_read_from_a_file_and_from_standard_input(farm: &Farm) {
    farm.project.write("fed.json", "{\n  \"weight\": 7\n}\n");
    let id = enqueued(farm, "cow_fed --payload @fed.json");
    assert_eq!(shown(farm, id)["payload"]["weight"], 7.0);
    let piped = farm.piped("outbox enqueue cow_fed --payload -", r#"{"weight": 8}"#);
    piped.exits(0).prints("wrote cow_fed@2 as ");
    farm.evt("outbox enqueue cow_fed --payload @none.json").exits(4).tells("none.json");
}

fn every_bad_field_is_named_and_nothing_is_written(farm: &Farm) {
    let refused = |what: &str| farm.evt(&format!("outbox enqueue {what}")).exits(1);
    refused(r#"cow_fed --payload '{"wieght":2,"feeds":["a",7],"farmer_name":null}'"#)
        .tells("`weight` is missing")
        .tells("`wieght` is no field")
        .tells("did you mean `weight`?")
        .tells("`feeds[1]` expected a string, found a number")
        .tells("`farmer_name` expected a string, found null");
    refused(r#"cow_fed --payload '{"weight":0.1}'"#).tells("`weight` is less than the minimum 0.5");
    refused("cow_fde --payload {}").tells("did you mean `cow_fed`?");
    refused(r#"cow_fed --payload '{"weight":2'"#).tells("`--payload` is no JSON that can be stored");
    refused(r#"cow_fed --payload '{"weight":2,"weight":3}'"#).tells("`weight` stands twice");
    refused(r#"cow_fed --payload '{"weight":2,"farmer_name":"\u0000"}'"#).tells("it holds U+0000");
    refused(r#"cow_fed --payload '{"weight":2,"farmer_name":"\ud800"}'"#).tells("is no JSON");
    refused(r#"cow_fed --payload '{"weight":2}' --metadata []"#).tells("the metadata is no object");
    refused(r#"cow_fed --payload '{"weight":2}' --occurred-at '2026-11-21 03:00'"#).tells("with its offset");
    refused(r#"cow_fed --payload '{"weight":2}' --occurred-at 2026-11-21T03:00:00"#).tells("with its offset");
    let report = farm.evt(r#"outbox enqueue cow_fed --format json --payload '{"weight":"x"}'"#).exits(1);
    assert_eq!(report.rules(), ["payload"]);
    assert_eq!(report.json()["findings"][0]["path"], "weight");
    assert_eq!(count(farm), 0);
}

fn what_an_event_needs_is_asked_for(farm: &Farm) {
    let refused = |what: &str| farm.evt(&format!("outbox enqueue {what}")).exits(1);
    refused(r#"cow_seen --payload '{"field":"a"}'"#)
        .tells("it is not stored")
        .tells("process type is `inline`");
    refused(r#"cow_born --payload '{"field":"a"}'"#)
        .tells("it needs the aggregate, a `Cow`, that `cow.id` has");
    refused(r#"cow_born --payload '{"field":"a"}' --aggregate Cow/7"#).tells("`--aggregate TYPE/ID@VERSION`");
    refused(r#"cow_milked --payload '{"litres":7}'"#).tells("it needs the partition key that `cow.barn` has");
    farm.evt("outbox enqueue cow_born --payload {} --aggregate Cow").exits(2).tells("`Cow/7` or `Cow/7@3`");
    let born = enqueued(farm, r#"cow_born --payload '{"field":"a"}' --aggregate Cow/7@1"#);
    assert_eq!(shown(farm, born)["route"], "durable");
    let milked = enqueued(farm, r#"cow_milked --payload '{"litres":7}' --partition-key barn-1"#);
    assert_eq!(shown(farm, milked)["partition_key"], "barn-1");
    farm.project.remove("events/cows.yaml");
    farm.project.evt_ok(&["dump"]);
    refused(r#"cow_fed --payload '{"weight":2}'"#).tells("`cow_fed` is retired");
}

fn an_aggregate_is_that_of_the_definition(farm: &Farm) {
    let weighed = r#"cow_weighed --payload '{"cow":7,"weighing":3,"weight":2}'"#;
    let row = shown(farm, enqueued(farm, weighed));
    let told =
        ["aggregate_type", "aggregate_id", "aggregate_version", "partition_key"].map(|key| row[key].clone());
    assert_eq!(told, [json!("Cow"), json!("7"), json!(3), json!("Cow/7")]);
    enqueued(farm, &format!("{weighed} --aggregate Cow/7@4"));
    let refused = |what: &str| farm.evt(&format!("outbox enqueue {weighed} {what}")).exits(1);
    refused("--aggregate Cow/8").tells("the aggregate's id is `8`, and the payload says `7`");
    refused("--aggregate Cow/7@x").tells("the aggregate's id is `7@x`, and the payload says `7`");
    refused("--aggregate Barn/7").tells("it is about a `Cow`, not about a `Barn`");
    refused("--partition-key ''").tells("`partition_key` of `cow_weighed` is empty");
    refused("--idempotency-key ''").tells("`idempotency_key` of `cow_weighed` is empty");
    assert_eq!(count(farm), 2);
}

fn a_duplicate_is_an_error_unless_it_is_to_be_skipped(farm: &Farm) {
    let enqueue = r#"cow_fed --payload '{"weight":2}' --idempotency-key k"#;
    let id = enqueued(farm, enqueue).to_string();
    farm.evt(&format!("outbox enqueue {enqueue}")).exits(1).tells(&id).tells("--on-duplicate skip");
    let run = farm.evt(&format!("outbox enqueue {enqueue} --on-duplicate skip --format json")).exits(0);
    assert_eq!((&run.json()["id"], &run.json()["duplicate"]), (&json!(id), &json!(true)));
    assert_eq!(count(farm), 1);
}

fn the_most_that_a_payload_may_have_is_that_of_evt_toml(farm: &Farm) {
    let payload = |bytes: usize| format!(r#"{{"weight":2,"farmer_name":"{}"}}"#, "x".repeat(bytes));
    farm.project.write("large.json", payload(300_000));
    let run = farm.evt("outbox enqueue cow_fed --payload @large.json").exits(1);
    run.tells("has 300042 bytes, the most is 262144").tells("max_payload");
    farm.project.write("huge.json", payload(20_000_000));
    farm.evt("outbox enqueue cow_fed --payload @huge.json").exits(4).tells("it is longer than");
    assert_eq!(count(farm), 0);
    let config = farm.project.read("evt.toml");
    farm.project.write("evt.toml", format!("{config}\n[outbox]\nmax_payload = \"16MiB\"\n"));
    enqueued(farm, "cow_fed --payload @large.json");
    farm.evt("outbox enqueue cow_fed --payload @huge.json").exits(1).tells("the most is 16777216");
    farm.project.write("evt.toml", format!("{config}\n[outbox]\nmax_payload = \"17MiB\"\n"));
    farm.evt("outbox stats").exits(3).tells("at most 16MiB");
}
