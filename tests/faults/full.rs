//! Disks that are full: that of the database, and that of a file that is published to.

mod disk;

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use disk::Disk;

use crate::broker::Mood;
use crate::check::check;
use crate::database::Farm;
use crate::newcomer::newcomer;
use crate::relay::LEASE;
use crate::server::Server;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_file_whose_disk_is_full_costs_nothing
}

const BATCH: usize = 50;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

fn a_file_whose_disk_is_full_costs_nothing(stage: &Stage) {
    let Some(disk) = Disk::new(128 << 10, None) else { return };
    let path = disk.path().join("events.ndjson");
    stage.write(&KEYS.repeat(100));
    let mut relay = stage.start(stage.publish_to(&format!("file:{}", path.display()), BATCH));
    let full = "SELECT count(*) FROM evt_outbox_relay WHERE CAST(breakers AS text) LIKE '% is full: %'";
    until("it tells that the disk is full", 30, || stage.number(full) == 1);
    stage.write(&KEYS);
    sleep(LEASE);
    assert!(stage.count("state = 'pending'") > 100, "most rows wait");
    disk.grows(4 << 20);
    stage.drains(60);
    relay.still_runs();
    let ids = ids(&path);
    check(&stage.committed(), ids.iter().map(String::as_str)).is_clean(0);
    stage.all_are_published();
}

/// The ids of the events in a file.
fn ids(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("there is a file");
    let id = |line| serde_json::from_str::<serde_json::Value>(line).ok()?["id"].as_str().map(str::to_owned);
    text.lines().map(|line| id(line).expect("each line is an event")).collect()
}

#[test]
fn an_sqlite_file_whose_disk_is_full_costs_nothing() {
    let Some(disk) = Disk::new(6 << 20, None) else { return };
    let stage = Stage::of(Farm::sqlite_at(newcomer(), &disk.path().join("evt.db?mode=rwc")));
    fills_and_empties(&stage, &disk);
}

#[test]
fn a_postgresql_whose_disk_is_full_costs_nothing() {
    let Some(server) = Server::own() else { return };
    let Some(disk) = Disk::new(32 << 20, Some(user_of(&server))) else { return };
    let small = format!("CREATE TABLESPACE small LOCATION '{}'", disk.path().display());
    crate::rows::run(&server.url(), &small);
    {
        let stage = Stage::of(Farm::on(&server.url(), "TABLESPACE small"));
        fills_and_empties(&stage, &disk);
    }
    crate::rows::run(&server.url(), "DROP TABLESPACE small");
}

/// The disk is filled while rows are on their way, and has room again after a while.
fn fills_and_empties(stage: &Stage, disk: &Disk) {
    stage.broker.is(Mood::Takes(Duration::from_millis(3)));
    let mut relay = stage.relay(BATCH);
    for _ in 0..2 {
        let before = stage.broker.arrivals().len();
        stage.write(&KEYS.repeat(80));
        until("something arrives", 30, || stage.broker.arrivals().len() > before + 10);
        disk.fill();
        sleep(LEASE);
        disk.free();
        stage.drains(60);
    }
    assert!(stage.told("was not reached") + stage.told("were not renewed") > 0, "it was full");
    relay.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

/// The user that a server runs as.
fn user_of(server: &Server) -> u32 {
    std::fs::metadata(server.folder()).expect("its folder is there").uid()
}
