//! What is typed, and who is asked.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::farm::Farm;
use super::on_both;
use crate::project::{Run, RunCommand as _};

on_both! {
    a_missing_outbox_names_the_command_that_makes_it
    what_is_not_there_or_not_dead_is_told
    what_cannot_be_read_is_wrong_usage
    signs_of_sql_are_nothing_but_signs
    nobody_is_asked_about_nothing
    nobody_is_asked_where_nobody_is
}

fn a_missing_outbox_names_the_command_that_makes_it(farm: &Farm) {
    for line in [
        "outbox list",
        "outbox show 1",
        "outbox stats",
        "outbox audit",
        "outbox pause",
        "outbox resume",
        "outbox cleanup --older-than 1d --yes",
        "dead-letters list",
        "dead-letters list --blocked",
        "dead-letters retry --all --yes",
        "dead-letters discard 1",
    ] {
        let run = farm.evt(line).exits(4).tells("there is no outbox table").tells("evt outbox migrate");
        assert_eq!(run.stdout, "", "{line}");
    }
    farm.evt("outbox migrate --status").exits(1);
}

fn what_is_not_there_or_not_dead_is_told(farm: &Farm) {
    farm.with_dead(2);
    let nobody = "01890000-0000-7000-8000-000000000000";
    for line in ["outbox show", "dead-letters show", "dead-letters retry", "dead-letters discard"] {
        farm.evt(&format!("{line} {nobody}")).exits(1).tells("holds no event").tells("evt outbox list");
        farm.evt(&format!("{line} 99")).exits(1).tells("holds no event `99`");
    }
    farm.evt("dead-letters retry 1").exits(0).prints("retried 1 dead letter\n");
    for verb in ["retry", "discard"] {
        farm.evt(&format!("dead-letters {verb} 1")).exits(1).tells("`1` is pending: it is no dead letter");
    }
    farm.evt("dead-letters retry 1 2").exits(1).prints("retried 1 dead letter\n").tells("`1` is pending");
    assert_eq!((farm.rows("pending"), farm.rows("dead")), (2, 0));
}

fn what_cannot_be_read_is_wrong_usage(farm: &Farm) {
    farm.with_dead(1);
    for line in [
        "outbox list --since 2026-11-21T03:00:00",
        "outbox list --until 2026-11-21",
        "outbox list --since yesterday",
        "outbox list --since 2026-02-30T00:00:00Z",
        "outbox list --since 99999999999d",
        "outbox list --aggregate Cow",
        "outbox list --state deadish",
        "outbox list --limit 0",
        "outbox list --limit -1",
        "outbox list --after cow",
        "outbox show cow",
        "dead-letters retry",
        "dead-letters retry --all --event cow_fed",
        "dead-letters retry --all --rate 0 --yes",
        "outbox cleanup --older-than 30",
        "outbox cleanup --older-than soon",
    ] {
        let run = farm.evt(line).exits(2);
        assert_eq!(run.stdout, "", "{line}");
        assert!(!run.stderr.is_empty());
    }
    farm.evt("outbox list --since 2026-11-21T03:00:00").tells("offset");
    // As of a variable that is not set.
    farm.command_of(&["dead-letters", "discard", "--yes", "--error", ""]).run().exits(2);
    assert_eq!(farm.rows("dead"), 1);
}

fn signs_of_sql_are_nothing_but_signs(farm: &Farm) {
    farm.with_dead(3);
    for signs in ["'", "\"", "%", "_", "\\", ";--", "x' OR 1=1 --", "'; DROP TABLE evt_outbox; --", "{T}"] {
        let aggregate = format!("Cow/{signs}");
        for filter in [["--error", signs], ["--aggregate", &aggregate]] {
            let with = |words: &[&str]| -> Run { farm.command_of(&[words, &filter[..]].concat()).run() };
            with(&["outbox", "list"]).exits(0).tells("no row matches");
            with(&["dead-letters", "retry", "--yes"]).exits(1).prints("there is no such dead letter");
        }
        let unknown = format!("the outbox holds no row of an event `{signs}`");
        for words in [&["outbox", "list"][..], &["outbox", "pause"], &["dead-letters", "retry", "--yes"]] {
            farm.command_of(&[words, &["--event", signs]].concat()).run().exits(1).tells(&unknown);
        }
        farm.sql(&format!(
            "UPDATE {{T}} SET event_name = '{}' WHERE seq = 1",
            signs.replace('\'', "''").replace("{T}", "{' || 'T}")
        ));
        farm.command_of(&["outbox", "list", "--event", signs]).run().exits(0).prints("dead");
        let told = ["outbox", "pause", "--event", signs, "--as", signs, "--reason", signs];
        farm.command_of(&told).run().exits(0).prints(&format!("paused `{signs}`"));
        farm.command_of(&["outbox", "show", signs]).run().exits(2);
    }
    assert_eq!(farm.rows("dead"), 3);
    let schema = farm.table.strip_suffix("evt_outbox").unwrap_or_default();
    for name in ["o'ut\"box", "%s;-- {T}", "x' OR 1=1 --"] {
        let odd = |words: &[&str]| -> Run {
            let table = format!("{schema}{name}");
            farm.project.command(&[words, &["--database", &farm.url, "--table", &table]].concat()).run()
        };
        odd(&["outbox", "migrate"]).exits(0).prints("created");
        odd(&["outbox", "migrate", "--status"]).exits(0);
        odd(&["dead-letters", "retry", "--all", "--yes"]).exits(0).prints("there is no such dead letter");
        odd(&["outbox", "stats"]).exits(0);
    }
    assert_eq!(farm.rows("dead"), 3);
}

fn nobody_is_asked_about_nothing(farm: &Farm) {
    farm.evt("outbox migrate").exits(0);
    farm.evt("dead-letters discard --event cow_fed")
        .exits(1)
        .tells("the outbox holds no row of an event `cow_fed`");
    // What was described is not there; all of nothing is done.
    for (line, code) in [
        ("dead-letters retry --all", 0),
        ("dead-letters discard --all", 0),
        ("dead-letters retry --error 413", 1),
        ("dead-letters discard --error 413", 1),
        ("dead-letters discard --since 1h", 1),
    ] {
        farm.evt(line).exits(code).prints("there is no such dead letter\n");
        let dry = farm.evt(&format!("{line} --dry-run")).exits(code);
        assert!(
            dry.stdout.starts_with("would ") && dry.stdout.ends_with(" 0 dead letters\n"),
            "{}",
            dry.stdout
        );
    }
    farm.evt("outbox cleanup --older-than 1d").exits(0).prints("no row was published or discarded before ");
    farm.with_dead(1);
    farm.sql("UPDATE {T_work} SET key_went_on = true");
    farm.evt("dead-letters retry --all").exits(1).tells("1 dead letter stays").tells("--allow-reorder");
    assert_eq!(farm.sql("SELECT count(*) FROM {T_audit}"), Some(0));
}

fn nobody_is_asked_where_nobody_is(farm: &Farm) {
    farm.with_dead(2).evt("dead-letters discard 2").exits(0);
    for (line, question) in [
        ("dead-letters retry --all", "retry 1 dead letter of `"),
        ("dead-letters discard --error 413", "discard 1 dead letter of `"),
        ("outbox cleanup --older-than 0s", "remove 0 published and 1 discarded rows"),
    ] {
        let began = Instant::now();
        // Open, and never written to.
        let mut child = farm
            .command(line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdin = child.stdin.take();
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(question) && told.contains("Nobody") && told.contains("--yes"), "{told}");
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    assert_eq!((farm.rows("dead"), farm.rows("discarded")), (1, 1));
}
