//! Many events, from lines of JSON.

use std::fmt::Write as _;

use serde_json::json;

use super::{count, lines, on_both};
use crate::database::Farm;

on_both! {
    every_key_of_a_line_is_written
    nothing_is_written_where_a_line_is_bad_and_every_bad_line_is_named
    good_lines_are_written_where_that_is_wanted
    duplicates_are_bad_lines_unless_they_are_to_be_skipped
    many_lines_are_one_transaction
    what_is_wrong_with_many_lines_is_told_of_the_first_hundred
    what_cannot_be_read_is_told
    the_keys_of_a_line_are_listed_once
    the_line_of_the_help_and_of_the_page_is_written
}

const GOOD: &str = r#"{"event":"cow_fed","payload":{"weight":1}}"#;

fn every_key_of_a_line_is_written(farm: &Farm) {
    let line = r#"{"event": "cow_fed", "version": 1, "payload": {"weight": 2}, "metadata": {"a": 1}, "idempotency_key": "k",
        "aggregate": {"type": "Cow", "id": "7", "version": 3}, "occurred_at": "2026-11-21T03:00:00Z", "partition_key": "p"}"#;
    let text = format!("\u{feff}{}\r\n\n{GOOD}", line.replace('\n', ""));
    farm.piped("outbox enqueue --from -", &text).exits(0).prints("wrote 2 events");
    let row = farm.evt("outbox show 1 --format json").exits(0).json();
    let wanted = json!({
        "version": 1, "metadata": { "a": 1 }, "idempotency_key": "k", "aggregate_type": "Cow", "aggregate_id": "7",
        "aggregate_version": 3, "occurred_at": "2026-11-21T03:00:00.000Z", "partition_key": "p",
    });
    for (key, value) in wanted.as_object().expect("it is an object") {
        assert_eq!(&row[key], value, "{key}");
    }
}

fn bad_lines(farm: &Farm) {
    let lines = [
        GOOD,
        r#"{"event":"cow_fed","payload":{"wieght":1}}"#,
        "",
        "nonsense",
        r#"{"event":"cow_fed","payload":{"weight":1},"occurred_at":"now"}"#,
        r#"{"event":"cow_fed","paylod":{}}"#,
        r#"{"event":"cow_fed","payload":{"weight":1,"weight":2}}"#,
        r#"{"event":"cow_gone","payload":{}}"#,
        GOOD,
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n\xff\n");
    farm.project.write("bad.ndjson", bytes);
}

fn nothing_is_written_where_a_line_is_bad_and_every_bad_line_is_named(farm: &Farm) {
    bad_lines(farm);
    let run = farm.evt("outbox enqueue --from bad.ndjson").exits(1).prints("wrote no event");
    let run = run.tells("line 2: `weight` is missing").tells("line 2: `wieght` is no field");
    let run = run.tells("line 4: it cannot be read").tells("line 5: `occurred_at` cannot be `now`");
    let run =
        run.tells("line 6: it cannot be read: unknown field `paylod`").tells("line 7:").tells("stands twice");
    run.tells("line 8: the schema file holds no event `cow_gone`")
        .tells("line 10: it is not UTF-8")
        .tells("7 lines are bad");
    assert_eq!(count(farm), 0);
}

fn good_lines_are_written_where_that_is_wanted(farm: &Farm) {
    bad_lines(farm);
    let run = farm.evt("outbox enqueue --from bad.ndjson --keep-going --format json").exits(1);
    assert_eq!(
        run.json(),
        json!({ "action": "enqueue", "dry_run": false, "written": 2, "skipped": 0, "bad": 7, "stopped": false })
    );
    assert_eq!(count(farm), 2);
}

fn duplicates_are_bad_lines_unless_they_are_to_be_skipped(farm: &Farm) {
    let keyed =
        |key: &str| format!(r#"{{"event":"cow_fed","payload":{{"weight":1}},"idempotency_key":"{key}"}}"#);
    let text = [keyed("a"), keyed("b"), keyed("a")].join("\n");
    farm.piped("outbox enqueue --from -", &text)
        .exits(1)
        .tells("line 3: an event `cow_fed` with this idempotency key");
    assert_eq!(count(farm), 0);
    farm.piped("outbox enqueue --from - --keep-going", &text).exits(1).prints("wrote 2 events");
    let run = farm.piped("outbox enqueue --from - --on-duplicate skip", &text).exits(0);
    run.prints("wrote no event, passed over 3 that were written before");
    assert_eq!(count(farm), 2);
}

fn many_lines_are_one_transaction(farm: &Farm) {
    let mut text = format!("{GOOD}\n").repeat(2_000);
    farm.piped("outbox enqueue --from -", &format!("{text}nonsense")).exits(1).tells("line 2001:");
    assert_eq!(count(farm), 0);
    text.truncate(text.len() - 1);
    farm.piped("outbox enqueue --from -", &text).exits(0).prints("wrote 2000 events");
    let rows = lines(&farm.evt("outbox list --limit 2000 --format json").exits(0));
    // In the order of the lines.
    assert_eq!(
        (rows.len(), &rows[1_999]["seq"], &rows[0]["seq"]),
        (2_000, &rows[1_999]["seq"], &rows[0]["seq"])
    );
}

fn what_is_wrong_with_many_lines_is_told_of_the_first_hundred(farm: &Farm) {
    let mut text = String::new();
    for number in 0..1_000 {
        let _ = writeln!(text, "nonsense {number}");
    }
    let run = farm.piped("outbox enqueue --from -", &text).exits(1);
    let run = run.tells("line 100:").tells("1000 lines are bad");
    assert!(!run.stderr.contains("line 101:"), "{}", run.stderr);
}

fn the_keys_of_a_line_are_listed_once(farm: &Farm) {
    let run = farm
        .piped(
            "outbox enqueue --from -",
            &r#"{"event_name":"cow_fed"}
"#
            .repeat(30),
        )
        .exits(1);
    let run = run.tells("line 1: it cannot be read: unknown field `event_name`, column 13").tells("line 30:");
    assert_eq!(run.stderr.matches("there are `event`, `version`, `payload`").count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("expected one of"), "{}", run.stderr);
}

fn the_line_of_the_help_and_of_the_page_is_written(farm: &Farm) {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let help = farm.project.evt(&["outbox", "enqueue", "--help"]).exits(0).stdout;
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with("{\"event\""));
        lines.map(str::to_owned).collect()
    };
    let (of_page, of_help) = (lines(&page), lines(&help));
    assert_eq!((of_page.len(), of_help.len()), (2, 1), "{of_page:?} {of_help:?}");
    let all = [of_page, of_help].concat();
    farm.piped("outbox enqueue --from -", &all.join("\n")).exits(0).prints("wrote 3 events");
}

fn what_cannot_be_read_is_told(farm: &Farm) {
    farm.evt("outbox enqueue --from none.ndjson").exits(4).tells("none.ndjson");
    farm.evt("outbox enqueue --from .").exits(4);
    farm.piped("outbox enqueue --from -", "").exits(0).prints("wrote no event");
    let long = format!(
        r#"{{"event":"cow_fed","payload":{{"weight":1}},"metadata":{{"a":"{}"}}}}"#,
        "x".repeat(4 << 20)
    );
    farm.piped("outbox enqueue --from -", &long).exits(1).tells("line 1: it is longer than");
    farm.evt("outbox enqueue cow_fed --from x").exits(2);
    farm.evt("outbox enqueue").exits(2);
    farm.evt("outbox enqueue cow_fed").exits(2);
    farm.evt("outbox enqueue cow_fed --payload {} --keep-going").exits(2);
}
