//! `evt outbox publish --listen`: metrics, and whether the relay lives and is ready.

mod watched;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use crate::database::Farm;
use crate::newcomer::{evt, newcomer};
use crate::server::Server;
use crate::stored::store;
use watched::Watched;

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
    a_relay_is_scraped_while_it_publishes
    a_destination_that_is_down_is_not_ready_and_lives
    who_drains_is_not_ready_and_lives_to_the_end
    clients_that_are_slow_hold_nobody_up
    with_once_the_address_of_evt_toml_does_not_count
}

/// A relay of a farm that listens on any port.
fn watched(farm: &Farm, line: &str) -> Watched {
    Watched::start(&farm.project, &format!("{line} --lease 2s --listen 127.0.0.1:0 --database {}", farm.url))
}

fn a_relay_is_scraped_while_it_publishes(farm: &Farm) {
    let relay = watched(farm, "--to file:events.ndjson");
    relay.until("/readyz", 200);
    for _ in 0..3 {
        farm.store();
    }
    let scrape = relay.until_metric("evt_relay_published_total", 3);
    for (name, value) in [("breaker_open", 0), ("database_up", 1), ("dead_letters_total", 0)] {
        assert!(scrape.says(&format!("evt_relay_{name}"), value), "{name}");
    }
    assert!(scrape.value("evt_relay_batch_seconds_sum") > 0.0);
    assert!(scrape.value("evt_relay_batch_seconds_count") >= 1.0);
    assert_eq!(relay.get("/livez").body, "it runs\n");
    relay.terminate();
    assert_eq!(relay.ended(), Some(0));
}

#[test]
fn every_metric_and_its_type_stand_in_the_page_about_relays() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/relay.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `evt_relay_"));
    let told: BTreeMap<_, _> = rows
        .map(|row| {
            let mut cells = row.split(" | ");
            let (name, kind) = (cells.next().expect("a name"), cells.next().expect("a type"));
            (format!("evt_relay_{}", name.trim_end_matches('`')), kind.to_owned())
        })
        .collect();
    let farm = Farm::sqlite();
    let relay = watched(&farm, "--to file:events.ndjson");
    relay.until("/readyz", 200);
    assert_eq!(relay.scrape().types, told);
}

fn a_destination_that_is_down_is_not_ready_and_lives(farm: &Farm) {
    let relay = watched(farm, "--to http://127.0.0.1:9/");
    relay.until("/readyz", 200);
    farm.store();
    let scrape = relay.until_metric("evt_relay_breaker_open", 1);
    assert!(scrape.says("evt_relay_published_total", 0));
    let answer = relay.until("/readyz", 503);
    assert_eq!(answer.body, "the destination does not take events\n");
    assert_eq!(relay.get("/livez").status, 200);
    std::thread::sleep(Duration::from_millis(100));
    assert!(relay.scrape().value("evt_relay_oldest_pending_age_seconds") >= 0.0);
}

#[test]
fn a_database_that_is_gone_is_not_ready_and_lives() {
    let Some(mut server) = Server::own() else { return };
    let (project, url) = (newcomer(), server.url());
    evt(&project, &format!("outbox migrate --database {url}")).exits(0);
    let line = format!("--to file:events.ndjson --lease 2s --listen 127.0.0.1:0 --database {url}");
    let relay = Watched::start(&project, &line);
    relay.until("/readyz", 200);
    server.order("stop");
    assert_eq!(relay.until("/readyz", 503).body, "the database does not answer\n");
    for _ in 0..5 {
        assert_eq!(relay.get("/livez").status, 200);
        assert!(relay.scrape().says("evt_relay_database_up", 0));
        std::thread::sleep(Duration::from_millis(200));
    }
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(relay.scrape().all("evt_relay_oldest_pending_age_seconds").count(), 0);
    server.order("start");
    relay.until("/readyz", 200);
    store(&project, &url, "evt_outbox");
    relay.until_metric("evt_relay_published_total", 1);
}

fn who_drains_is_not_ready_and_lives_to_the_end(farm: &Farm) {
    let deaf = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let settings = farm.project.read("evt.toml");
    farm.project.write("evt.toml", format!("{settings}\n[relay]\ngrace = \"2s\"\n"));
    let to = format!("--to http://{}/", deaf.local_addr().expect("it is bound"));
    let relay = watched(farm, &to);
    farm.store();
    relay.until_metric("evt_relay_in_hand", 1);
    relay.terminate();
    assert_eq!(relay.until("/readyz", 503).body, "the relay is told to stop\n");
    assert_eq!(relay.get("/livez").status, 200);
    assert!(relay.scrape().says("evt_relay_in_hand", 1));
    let address = relay.address;
    assert_eq!(relay.ended(), Some(0));
    assert!(TcpStream::connect(address).is_err());
}

fn clients_that_are_slow_hold_nobody_up(farm: &Farm) {
    let relay = watched(farm, "--to file:events.ndjson");
    relay.until("/readyz", 200);
    let slow: Vec<_> = (0..200)
        .map(|number| {
            let mut slow = TcpStream::connect(relay.address).expect("it listens");
            // Some say nothing, some begin a request, some a body that never comes.
            let begun =
                ["", "GET /metrics HTTP/1.1\r\nX-Slow: ", "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n"];
            slow.write_all(begun[number % 3].as_bytes()).expect("it listens");
            slow
        })
        .collect();
    assert_eq!(relay.get("/livez").status, 200);
    farm.store();
    relay.until_metric("evt_relay_published_total", 1);
    // At most 64 are open, and those are given up by and by.
    for (number, slow) in slow.into_iter().enumerate() {
        let patience = if number < 100 { 1 } else { 20 };
        assert!(is_given_up(slow, Duration::from_secs(patience)), "{number}");
    }
}

/// Whether a connection is closed in time.
fn is_given_up(mut connection: TcpStream, patience: Duration) -> bool {
    connection.set_read_timeout(Some(patience)).expect("it is a socket");
    match connection.read_to_end(&mut Vec::new()) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn a_relay_that_stands_by_is_ready() {
    let farm = Farm::sqlite();
    let first = watched(&farm, "--to file:events.ndjson");
    first.until_metric("evt_relay_lanes", 1);
    let second = watched(&farm, "--to file:events.ndjson");
    second.until("/readyz", 200);
    assert!(second.scrape().says("evt_relay_lanes", 0));
}

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let farm = Farm::sqlite();
    let relay = watched(&farm, "--to file:events.ndjson");
    let mut endless = TcpStream::connect(relay.address).expect("it listens");
    endless.set_read_timeout(Some(Duration::from_secs(10))).expect("it is a socket");
    let mut sent = endless.write_all(b"GET /metrics HTTP/1.1\r\n");
    for _ in 0..10_000 {
        sent = sent.and_then(|()| endless.write_all(b"X-More: and more and more and more\r\n"));
    }
    let mut answer = String::new();
    let read = endless.read_to_string(&mut answer);
    assert!(sent.is_err() || read.is_err() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_eq!(relay.get("/livez").status, 200);
}

#[test]
fn what_is_not_served_is_told() {
    let farm = Farm::sqlite();
    let relay = watched(&farm, "--to file:events.ndjson");
    let answer = relay.get("/");
    assert_eq!((answer.status, answer.body.contains("/readyz")), (404, true));
    let answer = relay.ask("POST", "/metrics");
    assert_eq!((answer.status, answer.head.contains("allow: get, head")), (405, true), "{answer:?}");
    let answer = relay.ask("HEAD", "/livez");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert!(answer.head.contains("cache-control: no-store"), "{answer:?}");
}

#[test]
fn an_address_that_cannot_be_taken_is_told_before_anything_is_published() {
    let farm = Farm::sqlite();
    farm.store();
    let other = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = other.local_addr().expect("it is bound");
    let line = format!("outbox publish --to file:events.ndjson --once --listen {address}");
    let run = farm.evt(&line).exits(4);
    run.tells(&format!("nothing can be served on {address}: another process listens there"));
    assert!(!farm.project.exists("events.ndjson"));
    let nowhere = "outbox publish --to stdout: --once --listen 192.0.2.1:9464";
    farm.evt(nowhere).exits(4).tells("this machine has no such address");
    let wrong = "outbox publish --to stdout: --listen 9464";
    farm.evt(wrong).exits(2).tells("expected an IP address and a port");
    farm.evt("outbox publish --to stdout: --dry-run --listen 127.0.0.1:0").exits(2);
}

fn with_once_the_address_of_evt_toml_does_not_count(farm: &Farm) {
    let settings = farm.project.read("evt.toml");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it is bound");
    let listen =
        |address| farm.project.write("evt.toml", format!("{settings}\n[relay]\nlisten = \"{address}\"\n"));
    listen(address.to_string());
    farm.store();
    farm.evt("outbox publish --to file:events.ndjson --once").exits(0).tells("published 1 event");
    farm.evt("outbox publish --to file:events.ndjson").exits(4).tells("another process listens there");
    let listened = farm.evt("outbox publish --to file:events.ndjson --once --listen 127.0.0.1:0").exits(0);
    listened.tells("serves /metrics, /livez and /readyz");
    drop(taken);
    listen("127.0.0.1:0".to_owned());
    let relay =
        Watched::start(&farm.project, &format!("--to file:events.ndjson --lease 2s --database {}", farm.url));
    relay.until("/readyz", 200);
    listen("9464".to_owned());
    farm.evt("outbox publish --to stdout: --once").exits(3).tells("such as `127.0.0.1:9464`");
}
