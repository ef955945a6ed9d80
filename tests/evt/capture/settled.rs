//! Rows that are in a slot.

use serde_json::Value;

use crate::capture::{capture, captured, count, settle};
use crate::database::Farm;
use crate::logical::{self, Open, peek, run, text};

#[test]
fn what_is_in_the_slot_is_settled_and_stays_there() {
    let Some(farm) = captured("settled") else { return };
    (0..3).for_each(|_| farm.store());
    settle(&farm, "settled").exits(0).tells("published 3 events");
    settle(&farm, "settled").exits(0).tells("published 0 events");
    assert_eq!((count(&farm, "published"), peek(&farm.url, "settled").rows.len()), (3, 3));
    let relays = farm.evt("outbox relays --format json").exits(0).stdout;
    let relay: Value = serde_json::from_str(relays.lines().next().unwrap_or_default()).expect("it is JSON");
    assert_eq!(relay["destination"], "capture:settled");
}

#[test]
fn what_was_stored_before_the_slot_is_for_the_relay() {
    let Some(farm) = logical::farm("before") else { return };
    (0..3).for_each(|_| farm.store());
    farm.run("UPDATE evt_outbox_work SET state = 'dead', dead_lettered_at = now() WHERE seq = 1");
    capture(&farm, "before");
    farm.store();
    let early = settle(&farm, "before").exits(4);
    early.tells("2 rows wait").tells("1 is a dead letter");
    assert_eq!(farm.evt("outbox relays").exits(0).stdout, "", "nothing was changed");
    farm.evt("outbox publish --to stdout: --once").exits(0);
    let move_on = "outbox publish --to capture:before --once --change-destination";
    farm.evt(move_on).exits(4).tells("0 rows wait").tells("1 is a dead letter");
    farm.evt("dead-letters discard 1 --reason old").exits(0);
    farm.store();
    farm.evt(move_on).exits(0).tells("published 1 event");
    assert_eq!(peek(&farm.url, "before").rows.len(), 2);
}

#[test]
fn a_transaction_that_may_have_stored_something_before_the_slot_is_waited_for() {
    // On a server of its own: transactions are those of all databases.
    let Some(server) = logical::server() else { return };
    let farm = Farm::at(server.url());
    capture(&farm, "open");
    let open = Open::begin(&farm.url);
    // As if the slot had been made by now.
    let filter = "json_build_object('slot', 'open', 'after', 0, 'xid', pg_current_xact_id()::text)";
    farm.run(&format!("UPDATE evt_outbox_audit SET filter = {filter}"));
    settle(&farm, "open").exits(4).tells("a transaction is open that began before the slot `open`");
    open.end();
    settle(&farm, "open").exits(0);
}

#[test]
fn an_early_row_that_comes_late_is_refused_and_holds_its_key_alone() {
    let Some(farm) = captured("late") else { return };
    (0..3).for_each(|_| farm.store());
    run(&farm.url, "UPDATE evt_outbox_work SET state = 'discarded', discarded_at = now() WHERE seq = 1")
        .expect("it works");
    settle(&farm, "late").exits(0).tells("published 2 events");
    let sql = "UPDATE evt_outbox_audit SET filter = json_build_object('slot', 'late', 'after', 1, 'xid', '1') \
        WHERE action = 'capture'; UPDATE evt_outbox_work SET state = 'pending', discarded_at = NULL WHERE seq = 1";
    farm.run(sql);
    farm.store();
    settle(&farm, "late").exits(1).tells("published 1 event").tells("1 row waits");
    let error = text(
        &farm.url,
        "SELECT last_error_code || ': ' || last_error_text FROM evt_outbox_work WHERE seq = 1",
    );
    assert_eq!(error, "early: it was stored before the replication slot `late`, which does not have it");
}
