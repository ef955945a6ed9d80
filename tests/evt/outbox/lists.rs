//! What lists tell, and how they are narrowed by what they told.

use super::{die_of, enqueued, lines, on_both};
use crate::database::Farm;

on_both! {
    one_cause_is_one_line_whose_text_finds_its_rows
    the_end_of_the_audit_is_not_its_beginning
}

fn dead(farm: &Farm, code: &str, text: &str) {
    let moved = enqueued(farm, r#"cow_moved --payload '{"field":"north","reason":"grass"}'"#);
    die_of(farm, moved, code, text);
}

fn one_cause_is_one_line_whose_text_finds_its_rows(farm: &Farm) {
    for order in ["ORD-22", "0x7f322", "01a1fed7-02c6-756a-84be-f98e9ea05ff2", "anna@farm.example"] {
        dead(farm, "422", &format!("field country not known of order {order} (10.0.0.7:5432)"));
    }
    dead(farm, "413", "50% too large");
    let text = farm.evt("dead-letters list --group-by error").exits(0).stdout;
    assert!(text.contains("4      422: field country not known of order # (#)  "), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    let groups = lines(&farm.evt("dead-letters list --group-by error --format json").exits(0));
    assert!(groups[0]["example"].as_str().is_some_and(|id| id.len() == 36), "{groups:?}");
    let found = |error: &str| {
        let run = farm.evt(&format!("dead-letters list --format json --error '{error}'")).exits(0);
        run.stdout.lines().count()
    };
    for error in ["422", "422: field country not known", "422: FIELD Country", "Not Known of order"] {
        assert_eq!(found(error), 4, "{error}");
    }
    assert_eq!((found("413: 50% TOO"), found("50_ too"), found("4%"), found("422: not")), (1, 0, 0, 0));
}

fn the_end_of_the_audit_is_not_its_beginning(farm: &Farm) {
    farm.evt("outbox audit").exits(0).tells("nothing was done yet");
    farm.evt("dead-letters retry --all --yes").exits(0);
    farm.evt("outbox pause --reason rest").exits(0);
    let run = farm.evt("outbox audit").exits(0);
    assert!(run.stdout.contains("  all ") && !run.stdout.contains("{}"), "{}", run.stdout);
    let run = farm.evt("outbox audit --after 1").exits(0).tells("nothing was done before that");
    assert!(!run.stderr.contains("yet"), "{}", run.stderr);
}
