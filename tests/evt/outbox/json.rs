//! What the commands print for programs is what `evt schema outbox` says.

use evt_runtime::outbox::operator::Settled;
use serde_json::{Value, json};

use super::{die, enqueued, lines, on_both, settle};
use crate::database::Farm;

on_both! {
    every_line_is_one_of_the_schema
}

fn every_line_is_one_of_the_schema(farm: &Farm) {
    let fed = |key: &str| {
        format!(r#"cow_fed --payload '{{"weight":2,"farmer_name":"Ada"}}' --partition-key {key}"#)
    };
    let milked = || enqueued(farm, r#"cow_milked --payload '{"litres":7}' --partition-key barn-1"#);
    let ids: Vec<_> = ["a", "b", "c", "d"].iter().map(|key| enqueued(farm, &fed(key))).collect();
    let (head, _held) = (milked(), milked());
    settle(farm, ids[0], &Settled::Published);
    let later = std::time::Duration::from_mins(1);
    settle(farm, ids[1], &Settled::Retrying { after: later, code: "503".into(), text: "later".into() });
    die(farm, ids[2]);
    die(farm, head);
    farm.evt("outbox pause --event cow_moved --reason test").exits(0);
    let schema = farm.project.evt_ok(&["schema", "outbox"]).json();
    let valid = |name: &str, line: &str, code: i32| {
        let run = farm.evt(&format!("{line} --format json")).exits(code);
        let rows = lines(&run);
        assert!(!rows.is_empty(), "{line} prints nothing");
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&json!({ "$defs": schema["$defs"], "$ref": format!("#/$defs/{name}") }))
            .expect("it is a JSON Schema");
        for row in &rows {
            let errors: Vec<_> = validator.iter_errors(row).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{line}: {errors:#?}\n{row:#}");
        }
        rows
    };
    let rows = valid("entry_row", "outbox list", 0);
    let states: Vec<_> = rows.iter().map(|row| &row["state"]).collect();
    assert_eq!(
        states,
        ["held", "dead", "pending", "dead", "retrying", "published"]
            .map(|it| json!(it))
            .iter()
            .collect::<Vec<&Value>>()
    );
    for id in &ids {
        valid("entry_page", &format!("outbox show {id}"), 0);
    }
    valid("stats", "outbox stats", 0);
    farm.evt("outbox publish --to stdout: --once").exits(1);
    valid("relay_row", "outbox relays", 0);
    valid("blocked_row", "dead-letters list --blocked", 0);
    valid("group_row", "dead-letters list --group-by error", 0);
    for (line, code) in [
        ("outbox migrate --status".to_owned(), 0),
        ("outbox migrate".to_owned(), 0),
        (format!("outbox enqueue {}", fed("e")), 0),
        ("outbox pause --event cow_fed".to_owned(), 0),
        ("outbox resume --event cow_fed".to_owned(), 0),
        ("outbox resume".to_owned(), 0),
        ("outbox cleanup --older-than 0s --dry-run".to_owned(), 0),
        ("outbox cleanup --older-than 0s --yes".to_owned(), 0),
        ("dead-letters retry --all --dry-run".to_owned(), 1),
        (format!(r#"dead-letters retry {} --payload '{{"weight":2}}' --allow-reorder"#, ids[2]), 0),
        ("dead-letters retry --all --upcast --dry-run".to_owned(), 0),
        ("dead-letters discard --all --dry-run".to_owned(), 0),
        ("dead-letters discard --all --yes".to_owned(), 0),
        ("dead-letters retry --all --yes".to_owned(), 0),
    ] {
        valid("action", &line, code);
    }
    valid("audit_row", "outbox audit", 0);
}
