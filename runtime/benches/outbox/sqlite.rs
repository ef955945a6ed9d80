use std::time::Instant;

use evt_runtime::{emit_all_sync, outbox};
use rusqlite::params;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::bare::{Bare, FINGERPRINT, NAMES, OCCURRED_AT, emission};
use crate::{EVENTS, ROUNDS, Rates, report};

/// The table of the outbox under another name.
fn bare_table() -> String {
    let statements = outbox::migration_sql(outbox::Dialect::Sqlite, "bare").unwrap();
    let of_table = |sql: &&String| sql.contains("TABLE \"bare\" (") || sql.contains(" ON \"bare\" (");
    statements.iter().filter(of_table).cloned().collect::<Vec<_>>().join(";")
}

fn bare_sql() -> String {
    let marks: Vec<_> = (1..=20).map(|number| format!("?{number}")).collect();
    format!("INSERT INTO bare ({NAMES}) VALUES ({})", marks.join(", "))
}

pub(crate) fn blocking() {
    let mut connection = rusqlite::Connection::open("").unwrap();
    connection.execute_batch(&bare_table()).unwrap();
    outbox::migrate_sync(&mut connection, "evt_outbox").unwrap();
    let mut rates = [Rates::new("bare INSERT"), Rates::new("single"), Rates::new("batch of 500")];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let tx = connection.transaction().unwrap();
        for number in 0..EVENTS {
            let row = Bare::new(number);
            let mut insert = tx.prepare_cached(&bare_sql()).unwrap();
            let values = params![
                row.id,
                "cow_fed",
                2,
                FINGERPRINT,
                "domain",
                "broker",
                "farm",
                None::<&str>,
                "urn:evt:farm",
                "broker",
                0,
                row.key,
                row.payload,
                "{}",
                OCCURRED_AT,
                None::<&str>,
                "Cow",
                row.aggregate_id,
                None::<i64>,
                "halt"
            ];
            insert.execute(values).unwrap();
        }
        tx.commit().unwrap();
        rates[0].add(begun);

        let begun = Instant::now();
        let mut tx = connection.transaction().unwrap();
        for number in 0..EVENTS {
            emission(number).emit_sync(&mut tx).unwrap();
        }
        tx.commit().unwrap();
        rates[1].add(begun);

        let begun = Instant::now();
        let mut tx = connection.transaction().unwrap();
        for first in (0..EVENTS).step_by(500) {
            emit_all_sync((first..first + 500).map(emission).collect(), &mut tx).unwrap();
        }
        tx.commit().unwrap();
        rates[2].add(begun);
    }
    report("SQLite, rusqlite", &mut rates);
}

pub(crate) async fn awaited() {
    let mut connection = SqliteConnection::connect("sqlite:").await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(bare_table())).execute(&mut connection).await.unwrap();
    outbox::migrate(&mut connection, "evt_outbox").await.unwrap();
    let mut rates = [Rates::new("bare INSERT"), Rates::new("single")];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut tx = connection.begin().await.unwrap();
        for number in 0..EVENTS {
            let row = Bare::new(number);
            let insert = sqlx::query(AssertSqlSafe(bare_sql()));
            let insert = insert.bind(row.id).bind("cow_fed").bind(2).bind(FINGERPRINT).bind("domain");
            let insert = insert.bind("broker").bind("farm").bind(None::<&str>).bind("urn:evt:farm");
            let insert = insert.bind("broker").bind(0).bind(row.key).bind(row.payload).bind("{}");
            let insert = insert.bind(OCCURRED_AT).bind(None::<&str>).bind("Cow").bind(row.aggregate_id);
            insert.bind(None::<i64>).bind("halt").execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        rates[0].add(begun);

        let begun = Instant::now();
        let mut tx = connection.begin().await.unwrap();
        for number in 0..EVENTS {
            emission(number).emit(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        rates[1].add(begun);
    }
    report("SQLite, sqlx", &mut rates);
}
