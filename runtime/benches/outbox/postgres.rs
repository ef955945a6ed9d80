use std::time::Instant;

use evt_runtime::{Connection, emit_all, outbox};
use sqlx::{AssertSqlSafe, Connection as _};
use tokio_postgres::types::{ToSql, Type};

use crate::bare::{Bare, FINGERPRINT, NAMES, OCCURRED_AT, emission};
use crate::server::Place;
use crate::{EVENTS, ROUNDS, Rates, report};

const TYPES: [&str; 20] = [
    "uuid",
    "text",
    "int4",
    "text",
    "text",
    "text",
    "text",
    "text",
    "text",
    "text",
    "int2",
    "text",
    "json",
    "json",
    "timestamptz",
    "text",
    "text",
    "text",
    "int8",
    "text",
];

/// An outbox, and its table once more without the tables beside it.
async fn place() -> Option<(Place, String)> {
    let place = Place::new().await?;
    place.run(&format!("CREATE TABLE {}.bare (LIKE {} INCLUDING ALL)", place.schema, place.table)).await;
    let is_number = |kind: &str| kind.starts_with("int");
    let sent = |kind: &'static str| if is_number(kind) { "int8" } else { "text" };
    let marks: Vec<_> = (1..).zip(TYPES).map(|(at, kind)| format!("${at}::{}::{kind}", sent(kind))).collect();
    let sql = format!("INSERT INTO {}.bare ({NAMES}) VALUES ({})", place.schema, marks.join(", "));
    Some((place, sql))
}

async fn singles<C: Connection>(to: &mut C, table: &str) {
    for number in 0..EVENTS {
        emission(number).table(table).emit(to).await.unwrap();
    }
}

async fn batches<C: Connection>(to: &mut C, table: &str) {
    for first in (0..EVENTS).step_by(500) {
        let emissions = (first..first + 500).map(|number| emission(number).table(table)).collect();
        emit_all(emissions, to).await.unwrap();
    }
}

fn rates() -> [Rates; 3] {
    [Rates::new("bare INSERT"), Rates::new("single"), Rates::new("batch of 500")]
}

pub(crate) async fn sqlx() {
    let Some((place, sql)) = place().await else { return };
    let mut connection = place.connect().await;
    let mut rates = rates();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut tx = connection.begin().await.unwrap();
        for number in 0..EVENTS {
            let row = Bare::new(number);
            let insert = sqlx::query(AssertSqlSafe(sql.as_str()));
            let insert = insert.bind(row.id).bind("cow_fed").bind(2_i64).bind(FINGERPRINT).bind("domain");
            let insert = insert.bind("broker").bind("farm").bind(None::<&str>).bind("urn:evt:farm");
            let insert = insert.bind("broker").bind(0_i64).bind(row.key).bind(row.payload).bind("{}");
            let insert = insert.bind(OCCURRED_AT).bind(None::<&str>).bind("Cow").bind(row.aggregate_id);
            insert.bind(None::<i64>).bind("halt").execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        rates[0].add(begun);
        let begun = Instant::now();
        let mut tx = connection.begin().await.unwrap();
        singles(&mut tx, &place.table).await;
        tx.commit().await.unwrap();
        rates[1].add(begun);
        let begun = Instant::now();
        let mut tx = connection.begin().await.unwrap();
        batches(&mut tx, &place.table).await;
        tx.commit().await.unwrap();
        rates[2].add(begun);
    }
    report("PostgreSQL, sqlx", &mut rates);
}

pub(crate) async fn tokio() {
    let Some((place, sql)) = place().await else { return };
    let (mut client, connection) = tokio_postgres::connect(&place.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    outbox::migrate(&mut client, &place.table).await.unwrap();
    let mut rates = rates();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let tx = client.transaction().await.unwrap();
        for number in 0..EVENTS {
            let row = Bare::new(number);
            let values: [&(dyn ToSql + Sync); 20] = [
                &row.id,
                &"cow_fed",
                &2_i64,
                &FINGERPRINT,
                &"domain",
                &"broker",
                &"farm",
                &None::<&str>,
                &"urn:evt:farm",
                &"broker",
                &0_i64,
                &row.key,
                &row.payload,
                &"{}",
                &OCCURRED_AT,
                &None::<&str>,
                &"Cow",
                &row.aggregate_id,
                &None::<i64>,
                &"halt",
            ];
            let kind = |kind: &str| if kind.starts_with("int") { Type::INT8 } else { Type::TEXT };
            let typed: Vec<_> = values.into_iter().zip(TYPES.map(kind)).collect();
            tx.query_typed(&sql, &typed).await.unwrap();
        }
        tx.commit().await.unwrap();
        rates[0].add(begun);
        let begun = Instant::now();
        let mut tx = client.transaction().await.unwrap();
        singles(&mut tx, &place.table).await;
        tx.commit().await.unwrap();
        rates[1].add(begun);
        let begun = Instant::now();
        let mut tx = client.transaction().await.unwrap();
        batches(&mut tx, &place.table).await;
        tx.commit().await.unwrap();
        rates[2].add(begun);
    }
    report("PostgreSQL, tokio-postgres", &mut rates);
}
