//! Who may do what with an outbox, and which outboxes this program lives with.

use super::{die, enqueued, on_both};
use crate::database::Farm;
use crate::newcomer::evt;

on_both! {
    an_outbox_of_a_newer_program_is_left_alone
    names_that_nobody_knows_are_told
}

fn an_outbox_of_a_newer_program_is_left_alone(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    die(farm, id);
    farm.run("UPDATE evt_outbox_layout SET version = 9, compatible_from = 9");
    for line in [
        "outbox migrate",
        "outbox migrate --status",
        r#"outbox enqueue cow_fed --payload '{"weight":2}'"#,
        "outbox list",
        "outbox show 1",
        "outbox stats",
        "outbox audit",
        "outbox pause",
        "outbox resume",
        "outbox cleanup --older-than 0s --yes",
        "outbox doctor",
        "dead-letters list --group-by error",
        "dead-letters retry --all --yes",
        "dead-letters retry --all --yes --upcast",
        "dead-letters discard 1",
    ] {
        let run = farm.evt(line).exits(4).tells("has layout 9, this program knows layout 1");
        assert_eq!(run.stdout, "", "{line}");
    }
    farm.run("UPDATE evt_outbox_layout SET compatible_from = 1");
    farm.evt("dead-letters retry --all --yes").exits(0).prints("retried 1 dead letter");
}

fn names_that_nobody_knows_are_told(farm: &Farm) {
    for line in [
        "outbox list",
        "outbox pause",
        "dead-letters list",
        "dead-letters retry --yes",
        "dead-letters discard",
    ] {
        let run = farm.evt(&format!("{line} --event cow_fde")).exits(1);
        run.tells("neither the outbox nor the schema file holds an event `cow_fde`")
            .tells("did you mean `cow_fed`?");
        farm.evt(&format!("{line} --event cow_fed@1")).exits(1).tells("did you mean `cow_fed`?");
    }
    farm.evt("outbox pause --event ''").exits(1);
    farm.evt("outbox pause --event '*'").exits(1);
    farm.evt("outbox list --event cow_fed").exits(0).tells("no row matches");
    farm.evt("outbox pause --event cow_fed --as ''").exits(2).tells("`--as` names nobody");
    farm.evt("outbox pause --event cow_fed").exits(0);
    farm.evt("outbox cleanup").exits(2).tells("nothing says what is old");
    farm.evt("outbox enqueue cow_fed --payload - --metadata -")
        .exits(2)
        .tells("cannot both be standard input");
    farm.evt("dead-letters retry 9 10").exits(1).tells("holds no event `9`").tells("holds no event `10`");
}

#[test]
fn a_role_with_the_grants_of_an_operator_does_all_that_operators_do() {
    let Some(farm) = Farm::postgres().map(super::cows) else { return };
    let role = format!("{}_anna", farm.database());
    farm.run(&format!("CREATE ROLE {role} LOGIN"));
    let url = farm.url.replace("user=postgres", &format!("user={role}"));
    if url == farm.url {
        farm.run(&format!("DROP ROLE {role}"));
        return;
    }
    let as_anna = |line: &str| evt(&farm.project, &format!("{line} --database {url}"));
    as_anna("outbox stats").exits(4).tells("--operator");
    let grants = farm.evt(&format!("outbox migrate --grants {role} --operator")).exits(0).stdout;
    farm.run(&grants);
    for _ in 0..3 {
        as_anna(r#"outbox enqueue cow_milked --payload '{"litres":7}' --partition-key barn"#).exits(0);
    }
    let dead = enqueued(&farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    die(&farm, dead);
    let milked = farm.evt("outbox show 1 --format json").json()["id"].as_str().and_then(|id| id.parse().ok());
    die(&farm, milked.expect("a row has an id"));
    for (line, code) in [
        ("outbox migrate --status", 0),
        ("outbox list", 0),
        ("outbox show 1", 0),
        ("outbox stats", 0),
        ("dead-letters list --blocked", 0),
        ("dead-letters list --group-by error", 0),
        ("dead-letters retry --event cow_fed --upcast --yes", 0),
        (r#"dead-letters retry 1 --payload '{"litres":8}'"#, 0),
        ("dead-letters retry --all --yes", 0),
        ("outbox pause", 0),
        ("outbox resume", 0),
        ("outbox doctor", 1),
        ("outbox audit", 0),
    ] {
        as_anna(line).exits(code);
    }
    let again = enqueued(&farm, r#"cow_fed --payload '{"weight":2}'"#);
    die(&farm, again);
    as_anna(&format!("dead-letters discard {again}")).exits(0).prints("discarded 1 dead letter");
    as_anna("outbox cleanup --older-than 0s --yes")
        .exits(0)
        .prints("removed 0 published and 1 discarded rows");
    farm.evt("outbox migrate --grants ''").exits(2);
    farm.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn a_schema_that_is_not_there_is_told() {
    let Some(farm) = Farm::postgres() else { return };
    let run = farm.evt("outbox migrate --table farm.events").exits(4);
    run.tells("schema \"farm\" does not exist").tells("`CREATE SCHEMA` makes one");
}

#[test]
fn the_rest_of_a_password_is_not_taken_for_a_database() {
    let farm = crate::newcomer::newcomer();
    let run = evt(&farm, "outbox stats --database postgres://anna:12/34secret@localhost/farm").exits(2);
    assert!(!run.stderr.contains("secret") && run.stderr.contains("%2F"), "{}", run.stderr);
}
