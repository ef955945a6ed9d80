//! `evt compat --pending`: what waits, and whether it can be read under the definitions as they are now.

use evt_runtime::outbox::operator::Settled;

use super::{SECOND, die, enqueued, on_both, settle};
use crate::database::Farm;
use crate::project::Run;

on_both! {
    rows_that_can_be_read_are_fine
    a_row_that_cannot_be_read_is_told_with_its_place
    published_and_discarded_rows_count_no_more
    a_break_that_no_payload_shows_is_none
    rows_of_what_is_not_known_are_told
    a_break_that_was_accepted_is_a_warning
    rows_of_a_draft_that_was_replaced_are_held_against_what_it_was
    payloads_that_are_none_of_their_version_are_found_where_all_are_read
    wrong_usage_and_a_database_without_an_outbox_are_told
}

const PENDING: &str = "compat --pending";

/// Runs the command; what it prints is told in lines that are not wrapped.
fn pending(farm: &Farm, options: &str) -> Run {
    let run = farm.evt(&format!("{PENDING}{options}"));
    Run { stdout: run.stdout.replace("\n  │ ", " ").replace("\n        ", " "), ..run }
}

/// The definitions, with a text in them replaced.
fn redefined(farm: &Farm, from: &str, to: &str) {
    assert!(SECOND.contains(from), "{from}");
    farm.project.write("events/cows.yaml", SECOND.replacen(from, to, 1));
}

fn rows_that_can_be_read_are_fine(farm: &Farm) {
    pending(farm, "").exits(0).tells("no row waits, and there is no dead letter");
    enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    pending(farm, "").exits(0).tells("the 1 row that is not published can be read");
    enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    pending(farm, "").exits(0).tells("the 2 rows of 2 versions that are not published can be read");
}

fn a_row_that_cannot_be_read_is_told_with_its_place(farm: &Farm) {
    let first = enqueued(farm, r#"cow_moved@1 --payload '{"field":"hidden"}' --aggregate Cow/7"#);
    let second = enqueued(farm, r#"cow_moved@1 --payload '{"field":"hidden"}' --aggregate Cow/7"#);
    let third = enqueued(farm, r#"cow_moved@1 --payload '{"field":"hidden"}'"#);
    enqueued(farm, r#"cow_moved --payload '{"field":"north","reason":"grass"}'"#);
    let later = std::time::Duration::from_mins(1);
    settle(farm, first, &Settled::Retrying { after: later, code: "503".into(), text: "later".into() });
    die(farm, third);
    let run = pending(farm, "").exits(1);
    let run = run
        .prints("field-required-added")
        .prints("`cow_moved`: `reason` is required in version 2, and version 1 has no such field; 3 rows of version 1")
        .prints("1 retrying, 1 held, 1 dead")
        .prints(&format!("3 of 3 payloads that were read show it, the first is that of {first} (row 1): `reason` is missing"))
        .prints("evt dead-letters retry --event cow_moved --upcast")
        .prints("events/cows.yaml:");
    assert!(!run.stdout.contains("hidden") && !run.stdout.contains(&second.to_string()), "{}", run.stdout);
    let report = pending(farm, " --format json").exits(1);
    assert_eq!(report.rules(), ["field-required-added"]);
    let finding = &report.json()["findings"][0];
    let told = (&finding["event"], &finding["from_version"], &finding["to_version"], &finding["path"]);
    assert_eq!(told, (&"cow_moved".into(), &1.into(), &2.into(), &"reason".into()));
}

fn published_and_discarded_rows_count_no_more(farm: &Farm) {
    let done = enqueued(farm, r#"cow_moved@1 --payload '{"field":"north"}'"#);
    settle(farm, done, &Settled::Published);
    let given_up = enqueued(farm, r#"cow_moved@1 --payload '{"field":"north"}'"#);
    die(farm, given_up);
    pending(farm, "").exits(1).prints("1 row of version 1 is in the outbox: 1 dead");
    farm.evt(&format!("dead-letters discard {given_up}")).exits(0);
    pending(farm, "").exits(0).tells("no row waits");
}

fn a_break_that_no_payload_shows_is_none(farm: &Farm) {
    for _ in 0..2 {
        enqueued(farm, r#"cow_fed --payload '{"weight":2,"farmer_name":"Ada"}'"#);
    }
    redefined(farm, "from: farmer.name, required: false, pii: true", "from: cow.farmer, pii: true");
    pending(farm, "").exits(0).tells("the 2 rows that are not published can be read");
    let without = enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    let run = pending(farm, "").exits(1).prints("field-became-required");
    let run = run
        .prints(&format!("1 of 3 payloads that were read shows it, the first is that of {without} (row 3)"));
    assert!(!run.stdout.contains("Ada"), "{}", run.stdout);
}

fn rows_of_what_is_not_known_are_told(farm: &Farm) {
    for _ in 0..3 {
        enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    }
    farm.run("UPDATE evt_outbox SET event_name = 'cow_gone' WHERE seq = 1");
    farm.run("UPDATE evt_outbox SET event_version = 9 WHERE seq = 2");
    farm.run("UPDATE evt_outbox SET fingerprint = 'ab' WHERE seq = 3");
    let run = pending(farm, "").exits(1).prints("outbox-unknown-event");
    run.prints("no event `cow_gone` is known: 1 row (1 waiting, 0 dead)")
        .prints("no version 9 of `cow_fed` is known, its latest is 2: 1 row")
        .prints("version 2 of `cow_fed` is known with another fingerprint: 1 row");
}

fn a_break_that_was_accepted_is_a_warning(farm: &Farm) {
    enqueued(farm, r#"cow_moved@1 --payload '{"field":"north"}'"#);
    let accepts = "accepts: [{ rule: field-required-added, path: reason, reason: Our upcast knows it. }]\n";
    redefined(farm, "event_name: cow_moved\n", &format!("event_name: cow_moved\n{accepts}"));
    pending(farm, "").exits(0).prints("1 pending; the break was accepted").prints("1 warning");
}

fn rows_of_a_draft_that_was_replaced_are_held_against_what_it_was(farm: &Farm) {
    redefined(
        farm,
        "from: cow.feeds, default: [] }",
        "from: cow.feeds, default: [] }\n  note: { type: string, from: cow.note }",
    );
    farm.project.evt_ok(&["dump"]);
    enqueued(farm, r#"cow_fed@3 --payload '{"weight":2,"note":"well"}'"#);
    redefined(
        farm,
        "from: cow.feeds, default: [] }",
        "from: cow.feeds, default: [] }\n  note: { type: int, from: cow.note }",
    );
    let told = "`note` is `int` in version 3 as it is now, and `string` in version 3 as it was";
    pending(farm, "").exits(1).prints(told);
    redefined(
        farm,
        "from: cow.feeds, default: [] }",
        "from: cow.feeds, default: [] }\n  hay: { type: string, from: cow.hay, default: '' }",
    );
    pending(farm, "").exits(0);
}

fn payloads_that_are_none_of_their_version_are_found_where_all_are_read(farm: &Farm) {
    enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    farm.run(r#"UPDATE evt_outbox SET payload = '{"weight":"hidden"}'"#);
    pending(farm, "").exits(0);
    let run = pending(farm, " --payloads").exits(1).prints("payload");
    let run = run
        .prints("`cow_fed`: `weight` is not what version 2 reads, nor what version 2 writes")
        .prints("(row 1): `weight` expected a finite number, found a string");
    assert!(!run.stdout.contains("hidden"), "{}", run.stdout);
}

fn wrong_usage_and_a_database_without_an_outbox_are_told(farm: &Farm) {
    farm.evt("compat").exits(2).tells("only `--pending` asks a database");
    farm.evt("compat --payloads").exits(2);
    farm.evt("compat --pending --against HEAD").exits(2);
    farm.evt("compat cow_fed@1 cow_fed@2 --pending").exits(2);
    pending(farm, " --table other_outbox").exits(4).tells("evt outbox migrate");
    farm.project.write("events/bad.yaml", "event_name: [\n");
    pending(farm, "").exits(1).prints("yaml-syntax");
}
