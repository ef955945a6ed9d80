//! `evt outbox publish` and `evt outbox relays`, on both databases.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use evt_runtime::outbox::operator::Settled;
use serde_json::Value;

use crate::database::Farm;
use crate::outbox::settle;

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test]
            fn $case() {
                super::$case(&crate::database::Farm::sqlite());
            })*
        }
        mod postgres {
            $(#[test]
            fn $case() {
                let Some(farm) = crate::database::Farm::postgres() else { return };
                super::$case(&farm);
            })*
        }
    };
}

on_both! {
    what_is_stored_goes_to_standard_output_once
    a_dry_run_prints_and_changes_nothing
    where_it_goes_is_remembered
    what_is_wrong_with_a_destination_is_told
    a_destination_that_is_down_costs_nothing
    who_publishes_to_a_pipe_that_nobody_reads_ends
    a_relay_that_is_told_to_stop_ends_in_order
    rows_that_wait_are_told
    the_settings_of_evt_toml_count
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("each line is a JSON text")).collect()
}

fn what_is_stored_goes_to_standard_output_once(farm: &Farm) {
    for _ in 0..3 {
        farm.store();
    }
    let run = farm.evt("outbox publish --to stdout: --once").exits(0).tells("published 3 events");
    let sent = lines(&run.stdout);
    let sequences: Vec<_> = sent.iter().map(|line| line["sequence"].as_str().unwrap_or_default()).collect();
    assert_eq!(sequences, ["00000000000000000001", "00000000000000000002", "00000000000000000003"]);
    assert_eq!(sent[0]["specversion"], "1.0");
    assert_eq!(sent[0]["type"], "something_happened");
    assert_eq!(sent[0]["source"], "urn:evt:farm");
    assert!(sent[0]["data"].is_object() && sent[0]["evtversion"] == "1", "{}", run.stdout);
    let run = farm.evt("outbox publish --to stdout: --once").exits(0).tells("published 0 events");
    assert_eq!(run.stdout, "");
    let listed = farm.evt("outbox list --format json").exits(0).stdout;
    assert!(lines(&listed).iter().all(|row| row["state"] == "published"), "{listed}");
}

fn a_dry_run_prints_and_changes_nothing(farm: &Farm) {
    farm.store();
    for _ in 0..2 {
        let run = farm.evt("outbox publish --to file:events.ndjson --dry-run").exits(0);
        assert_eq!(lines(&run.stdout)[0]["type"], "something_happened");
    }
    farm.store();
    let run = farm.evt("outbox publish --to file:events.ndjson --dry-run --batch 1").exits(0);
    assert_eq!(lines(&run.stdout).len(), 1);
    assert!(!farm.project.path("events.ndjson").exists());
    farm.evt("outbox relays").exits(0).tells("no relay was ever here");
}

fn where_it_goes_is_remembered(farm: &Farm) {
    farm.store();
    farm.evt("outbox publish --to stdout: --once").exits(0);
    let refused = farm.evt("outbox publish --to file:events.ndjson --once").exits(3);
    refused.tells("this outbox is published to stdout:").tells("--change-destination");
    farm.store();
    let moved = "outbox publish --to file:events.ndjson --once --change-destination --reason moved --as anna";
    farm.evt(moved).exits(0).tells("published 1 event");
    assert_eq!(lines(&farm.project.read("events.ndjson")).len(), 1);
    let audit = lines(&farm.evt("outbox audit --format json").exits(0).stdout);
    assert_eq!((&audit[0]["action"], &audit[0]["actor"]), (&"change-destination".into(), &"anna".into()));
    let relays = lines(&farm.evt("outbox relays --format json").exits(0).stdout);
    assert_eq!(relays.len(), 2);
    assert_eq!((&relays[0]["state"], &relays[0]["route"]), (&"stopped".into(), &"broker".into()));
    let table = farm.evt("outbox relays").exits(0).stdout;
    assert!(table.starts_with("NAME") && table.contains("stopped"), "{table}");
}

fn what_is_wrong_with_a_destination_is_told(farm: &Farm) {
    farm.evt("outbox publish --once").exits(2).tells("nothing says where to publish to");
    farm.evt("outbox publish --once --to pigeon://barn").exits(2).tells("`pigeon:`, which is not known");
    farm.evt("outbox publish --once --to stdout: --topic {name}").exits(2).tells("is none of event_name");
    farm.evt("outbox publish --once --to stdout: --lease soon").exits(2).tells("no time such as `30s`");
    farm.evt("outbox publish --once --to stdout: --lease 1h").exits(2).tells("from 1 s to 10 minutes");
    let secret = farm.evt("outbox publish --once --to amqp://anna:hay@/x?what=y").exits(2);
    assert!(!secret.stderr.contains("hay"), "{}", secret.stderr);
}

fn a_destination_that_is_down_costs_nothing(farm: &Farm) {
    farm.store();
    let run = farm.evt("outbox publish --to http://127.0.0.1:9/ --once").exits(4);
    run.tells("nothing is handed over")
        .tells("the destination does not take events")
        .tells("none has lost an attempt");
    let rows = lines(&farm.evt("outbox list --format json").exits(0).stdout);
    assert_eq!((&rows[0]["state"], &rows[0]["attempts"]), (&"pending".into(), &0.into()));
}

fn who_publishes_to_a_pipe_that_nobody_reads_ends(farm: &Farm) {
    for _ in 0..20 {
        farm.store();
    }
    let line = format!("outbox publish --to stdout: --once --database {}", farm.url);
    let mut command = farm.project.command(&crate::newcomer::words(&line));
    let mut relay = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("evt starts");
    drop(relay.stdout.take());
    let until = Instant::now() + Duration::from_mins(1);
    while relay.try_wait().is_ok_and(|status| status.is_none()) {
        assert!(Instant::now() < until || relay.kill().is_err(), "it goes on for ever");
        std::thread::sleep(Duration::from_millis(20));
    }
    let ended = relay.wait_with_output().expect("it was waited for");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(4), "{told}");
    assert!(told.contains("nobody reads it"), "{told}");
    let rows = lines(&farm.evt("outbox list --format json").exits(0).stdout);
    assert!(rows.iter().all(|row| row["state"] == "pending" && row["attempts"] == 0), "{rows:?}");
}

fn a_relay_that_is_told_to_stop_ends_in_order(farm: &Farm) {
    farm.store();
    let line = format!("outbox publish --to file:events.ndjson --lease 2s --database {}", farm.url);
    let mut relay = farm.project.command(&crate::newcomer::words(&line)).spawn().expect("evt starts");
    let until = Instant::now() + Duration::from_secs(20);
    while farm.project.path("events.ndjson").metadata().map_or(0, |it| it.len()) == 0 {
        assert!(Instant::now() < until, "nothing was published");
        std::thread::sleep(Duration::from_millis(20));
    }
    let kill = Command::new("kill").args(["-TERM", &relay.id().to_string()]).status();
    assert!(kill.is_ok_and(|status| status.success()));
    assert_eq!(relay.wait().map(|status| status.code()).ok().flatten(), Some(0));
    let relays = lines(&farm.evt("outbox relays --format json").exits(0).stdout);
    assert_eq!((&relays[0]["state"], &relays[0]["lanes"]), (&"stopped".into(), &0.into()));
    let rows = lines(&farm.evt("outbox list --format json").exits(0).stdout);
    assert_eq!(rows[0]["state"], "published");
}

fn rows_that_wait_are_told(farm: &Farm) {
    farm.store();
    farm.evt("outbox pause").exits(0);
    let paused = farm.evt("outbox publish --to stdout: --once").exits(1);
    let paused =
        paused.tells("1 row waits: all events are paused since 20").tells("Z: `evt outbox resume` lets");
    assert!(!paused.stderr.contains("--state"), "{}", paused.stderr);
    farm.evt("outbox resume").exits(0);
    farm.evt("outbox pause --event something_happened").exits(0);
    farm.evt("outbox publish --to stdout: --once")
        .exits(1)
        .tells("1 row waits: `something_happened` is paused since 20")
        .tells("Z: `evt outbox resume --event something_happened` lets it go on");
    farm.evt("outbox resume --event something_happened").exits(0);
    let rows = lines(&farm.evt("outbox list --format json").exits(0).stdout);
    let id = rows[0]["id"].as_str().and_then(|id| id.parse().ok()).expect("a row has an id");
    let after = Duration::from_mins(5);
    settle(farm, id, &Settled::Retrying { after, code: "503".into(), text: "closed".into() });
    farm.evt("outbox publish --to stdout: --once")
        .exits(1)
        .tells("1 row waits: `evt outbox list --state retrying,held` shows why");
    farm.store();
    farm.run("UPDATE evt_outbox SET route = 'durable'; UPDATE evt_outbox_work SET route = 'durable'");
    farm.evt("outbox publish --to stdout: --once").exits(0).tells("durable events wait");
}

fn the_settings_of_evt_toml_count(farm: &Farm) {
    farm.store();
    let settings = farm.project.read("evt.toml");
    let relay = "\n[relay]\nto = \"file:from-settings.ndjson\"\nbatch = 1\nlease = \"2s\"\ngrace = \"1s\"\n";
    farm.project.write("evt.toml", format!("{settings}{relay}"));
    farm.evt("outbox publish --once").exits(0).tells("published 1 event");
    assert_eq!(lines(&farm.project.read("from-settings.ndjson")).len(), 1);
}
