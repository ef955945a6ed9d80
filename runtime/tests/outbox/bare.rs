//! What somebody does with the bare statements, whose driver this crate does not know.

use evt_runtime::outbox::{Answers, Dialect, Insert, Param};
use evt_runtime::{EmitError, Envelope, Inserted, outbox};
use tokio_postgres::types::ToSql;

use crate::event::{fed, milked};
use crate::server::Place;

/// Two new rows with a key, a repetition, one without a key, one that is strictly ordered.
fn rows(table: &str) -> Vec<Envelope> {
    let keyed = |note: &str| fed(note).table(table).idempotency_key(note);
    let rows = [keyed("a"), keyed("b"), keyed("a"), fed("c").table(table)].map(|row| row.envelope().unwrap());
    rows.into_iter().chain([milked("7").table(table).envelope().unwrap()]).collect()
}

/// What the first writing and what a second one of the same rows gives.
fn judge(rows: &[Envelope], first: &[Inserted], second: &[Inserted]) {
    let seq = |at: usize| match first[at] {
        Inserted::New { seq, .. } | Inserted::Duplicate { seq, .. } => seq,
    };
    let new = |at: usize, inserted: &[Inserted]| matches!(inserted[at], Inserted::New { id, .. } if id == rows[at].id);
    let a = Inserted::Duplicate { id: rows[0].id, seq: seq(0) };
    let b = Inserted::Duplicate { id: rows[1].id, seq: seq(1) };
    assert!([0, 1, 3, 4].into_iter().all(|at| new(at, first)), "{first:?}");
    assert_eq!(first[2], a);
    assert_eq!(second[..3], [a, b, a]);
    assert!([3, 4].into_iter().all(|at| matches!(second[at], Inserted::New { .. })), "{second:?}");
}

#[test]
fn bare_statements_of_sqlite_have_answers() {
    let mut connection = rusqlite::Connection::open_in_memory().unwrap();
    outbox::migrate_sync(&mut connection, "evt_outbox").unwrap();
    let run = |insert: Insert<'_>| {
        let mut statement = connection.prepare(&insert.sql).unwrap();
        let found = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found = statement.query_map(rusqlite::params_from_iter(insert.params), found).unwrap();
        found.collect::<Result<Vec<_>, _>>().unwrap()
    };
    let write = |rows: &[Envelope]| {
        let mut answers = Answers::new(rows);
        for insert in Insert::all(Dialect::Sqlite, rows)? {
            answers.take(run(insert))?;
        }
        for insert in answers.again(Dialect::Sqlite)? {
            answers.take(run(insert))?;
        }
        answers.all()
    };
    let first = rows("evt_outbox");
    let answers = write(&first).unwrap();
    judge(&first, &answers, &write(&rows("evt_outbox")).unwrap());
}

async fn run(client: &tokio_postgres::Client, insert: Insert<'_>) -> Vec<(i64, Option<i64>, Option<String>)> {
    let params: Vec<_> = insert.params.iter().map(of_postgres).collect();
    let rows = client.query(&*insert.sql, &params).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

fn of_postgres<'p>(param: &'p Param<'_>) -> &'p (dyn ToSql + Sync) {
    match param {
        Param::Int(value) => value,
        Param::Text(value) => value,
        Param::Ints(values) => values,
        Param::Texts(values) => values,
    }
}

async fn write(client: &tokio_postgres::Client, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
    let mut answers = Answers::new(rows);
    for insert in Insert::all(Dialect::Postgres, rows)? {
        answers.take(run(client, insert).await)?;
    }
    for insert in answers.again(Dialect::Postgres)? {
        answers.take(run(client, insert).await)?;
    }
    answers.all()
}

#[tokio::test]
async fn bare_statements_of_postgres_have_answers() {
    let Some(place) = Place::new().await else { return };
    let client = place.client().await;
    let first = rows(&place.table);
    let answers = write(&client, &first).await.unwrap();
    judge(&first, &answers, &write(&client, &rows(&place.table)).await.unwrap());

    // What another writer commits while the statement waits for it.
    let mut other = place.client().await;
    let tx = other.transaction().await.unwrap();
    let stored = fed("").table(&place.table).idempotency_key("k").envelope().unwrap();
    let insert = Insert::all(Dialect::Postgres, std::slice::from_ref(&stored)).unwrap().remove(0);
    let params: Vec<_> = insert.params.iter().map(of_postgres).collect();
    let seq = tx.query_one(&*insert.sql, &params).await.unwrap().get(1);
    let waiting = fed("").table(&place.table).idempotency_key("k").envelope().unwrap();
    let waiting = tokio::spawn(async move { write(&client, std::slice::from_ref(&waiting)).await.unwrap() });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    tx.commit().await.unwrap();
    assert_eq!(waiting.await.unwrap(), [Inserted::Duplicate { id: stored.id, seq }]);
}
