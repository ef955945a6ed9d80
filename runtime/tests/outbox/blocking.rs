//! rusqlite, in memory.

use evt_runtime::{EmitError, Emitted, SyncConnection, emit_all_sync, outbox};
use rusqlite::Connection;

use crate::event::fed;

fn farm() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    assert_eq!(outbox::migrate_sync(&mut connection, "evt_outbox").unwrap().before, None);
    assert_eq!(outbox::migrate_sync(&mut connection, "evt_outbox").unwrap().before, Some(1));
    connection
}

fn count(connection: &Connection, table: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap()
}

fn emits<C: SyncConnection>(to: &mut C) {
    let key = |note: &str| fed(note).idempotency_key(note).skip_duplicates();
    let Emitted::Enqueued { id, seq } = key("a").emit_sync(to).unwrap() else { panic!() };
    let answers = emit_all_sync(vec![key("b"), key("a"), fed("c"), key("b")], to).unwrap();
    let [Emitted::Enqueued { id: b, seq: b_seq }, stored, Emitted::Enqueued { seq: last, .. }, twin] =
        answers[..]
    else {
        panic!("{answers:?}")
    };
    assert_eq!(stored, Emitted::Duplicate { id, seq });
    assert_eq!(twin, Emitted::Duplicate { id: b, seq: b_seq });
    assert!(seq < b_seq && b_seq < last);
    let refused = fed("").idempotency_key("a").emit_sync(to).unwrap_err();
    assert!(matches!(refused, EmitError::Duplicate { id: first, .. } if first == id));
}

#[test]
fn events_commit_and_roll_back_with_the_callers_work() {
    let mut connection = farm();
    let mut tx = connection.transaction().unwrap();
    emits(&mut tx);
    tx.rollback().unwrap();
    assert_eq!((count(&connection, "evt_outbox"), count(&connection, "evt_outbox_work")), (0, 0));

    let mut tx = connection.transaction().unwrap();
    emits(&mut tx.savepoint().unwrap());
    emits(&mut tx);
    tx.commit().unwrap();
    emits_again(&mut connection);
    assert_eq!((count(&connection, "evt_outbox"), count(&connection, "evt_outbox_work")), (4, 4));
}

fn emits_again(connection: &mut Connection) {
    let answer = fed("").idempotency_key("a").skip_duplicates().emit_sync(connection).unwrap();
    assert!(matches!(answer, Emitted::Duplicate { .. }));
    fed("alone").emit_sync(connection).unwrap();
}

#[test]
fn a_batch_outside_of_a_transaction_is_written_whole_or_not_at_all() {
    let mut connection = farm();
    connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON evt_outbox WHEN NEW.payload LIKE '%full%'
             BEGIN SELECT RAISE(ABORT, 'the barn is full'); END",
        )
        .unwrap();
    let refused = emit_all_sync(vec![fed("a"), fed("full")], &mut connection).unwrap_err();
    assert_eq!(refused.to_string(), "the outbox refused: the barn is full");
    assert_eq!(count(&connection, "evt_outbox"), 0);
    assert!(connection.is_autocommit());
}

#[test]
fn an_outbox_that_is_not_there_says_what_to_do() {
    let mut connection = Connection::open_in_memory().unwrap();
    let missing = fed("").emit_sync(&mut connection).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "there is no outbox table `evt_outbox`: create it with `evt_runtime::outbox::migrate`"
    );
}
