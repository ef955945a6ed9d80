//! Slots and publications that cannot be relied upon: nothing is settled.

use crate::capture::{capture, captured, count, settle};
use crate::database::Farm;
use crate::logical::{self, peek, run, text};

/// Nothing is settled, for this reason.
#[track_caller]
fn nothing_is_settled(farm: &Farm, name: &str, reason: &str) {
    let before = count(farm, "pending");
    assert!(before > 0, "something waits");
    settle(farm, name).exits(4).tells(reason);
    assert_eq!((count(farm, "pending"), count(farm, "retrying")), (before, 0));
}

#[test]
fn a_slot_that_is_not_there_takes_nothing() {
    let Some(farm) = logical::farm("missing") else { return };
    farm.store();
    nothing_is_settled(&farm, "missing", "there is no replication slot `missing`");
}

#[test]
fn a_slot_that_somebody_made_by_hand_takes_nothing() {
    let Some(farm) = logical::farm("by_hand") else { return };
    farm.run("CREATE PUBLICATION by_hand FOR TABLE evt_outbox");
    farm.run("SELECT pg_create_logical_replication_slot('by_hand', 'pgoutput')");
    farm.store();
    nothing_is_settled(&farm, "by_hand", "nothing says which events the slot `by_hand` has");
}

#[test]
fn a_slot_of_another_kind_or_database_takes_nothing() {
    let (Some(farm), Some(other)) = (logical::farm("kinds"), captured("of_another")) else { return };
    farm.store();
    farm.run("SELECT pg_create_physical_replication_slot('physical')");
    farm.run("SELECT pg_create_logical_replication_slot('decoded', 'test_decoding')");
    for name in ["physical", "decoded", "of_another"] {
        nothing_is_settled(&farm, name, "is not one of");
    }
    other.run("SELECT pg_drop_replication_slot('of_another')");
}

#[test]
fn a_slot_that_was_gone_is_not_believed_in_again() {
    let Some(farm) = captured("gone") else { return };
    farm.store();
    settle(&farm, "gone").exits(0);
    farm.run("SELECT pg_drop_replication_slot('gone')");
    farm.store();
    nothing_is_settled(&farm, "gone", "there is no replication slot `gone`");
    let audit =
        text(&farm.url, "SELECT actor || filter::text FROM evt_outbox_audit ORDER BY number DESC LIMIT 1");
    assert_eq!(audit, r#"evt{"lost":"no_slot","slot":"gone"}"#);
    farm.run("SELECT pg_create_logical_replication_slot('gone', 'pgoutput')");
    nothing_is_settled(&farm, "gone", "the slot `gone` was gone, and lacks events");
    // Back to a relay, and over again.
    farm.evt("outbox publish --to stdout: --once --change-destination").exits(0).tells("published 1 event");
    farm.run("SELECT pg_drop_replication_slot('gone'); DROP PUBLICATION gone");
    capture(&farm, "gone");
    farm.store();
    farm.evt("outbox publish --to capture:gone --once --change-destination")
        .exits(0)
        .tells("published 1 event");
    assert_eq!(peek(&farm.url, "gone").rows.len(), 1);
}

#[test]
fn a_slot_that_was_made_anew_by_the_statements_has_nothing_of_what_was_stored_before() {
    let Some(farm) = captured("anew") else { return };
    settle(&farm, "anew").exits(0);
    farm.run("SELECT pg_drop_replication_slot('anew')");
    farm.store();
    let sql = farm.evt("export debezium --sql --name anew").exits(0).stdout;
    let slot = sql.split(";\n\n").nth(1).expect("the second statement makes the slot");
    run(&farm.url, slot).expect("there is none");
    settle(&farm, "anew").exits(1).tells("published 0 events").tells("1 row waits");
    assert_eq!(peek(&farm.url, "anew").rows.len(), 0);
}

#[test]
fn a_publication_that_lacks_something_takes_nothing() {
    let changes = [
        ("DROP PUBLICATION publications", "no publication `publications` holds what is inserted"),
        ("ALTER PUBLICATION publications DROP TABLE evt_outbox", "no publication `publications` holds"),
        ("ALTER PUBLICATION publications SET (publish = 'update')", "no publication `publications` holds"),
        (
            "ALTER PUBLICATION publications SET TABLE evt_outbox WHERE (lane = 1)",
            "leaves out rows or columns",
        ),
        ("ALTER PUBLICATION publications SET TABLE evt_outbox (seq, id)", "leaves out rows or columns"),
    ];
    let Some(farm) = logical::farm("publications") else { return };
    for (change, reason) in changes {
        capture(&farm, "publications");
        farm.run(change);
        farm.store();
        nothing_is_settled(&farm, "publications", reason);
        farm.run("SELECT pg_drop_replication_slot('publications'); DROP PUBLICATION IF EXISTS publications");
    }
}

#[test]
fn a_publication_that_holds_more_is_fine() {
    let Some(farm) = captured("more") else { return };
    for change in ["SET TABLE evt_outbox, evt_outbox_audit", "SET (publish = 'insert, delete')"] {
        farm.run(&format!("ALTER PUBLICATION more {change}"));
        farm.store();
        settle(&farm, "more").exits(0).tells("published 1 event");
    }
}
