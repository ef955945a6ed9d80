//! Rows written without `evt`: INSERTs of many rows each into the two tables, in one transaction, which look at nothing.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use evt_runtime::types::Uuid;
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Connection as _, Database as Driver, Encode, Type};

use crate::Outcome;
use crate::client::{Client, Connection};
use crate::database::{Database, Kind, TABLE};
use crate::project::{aggregate, payload};

/// How many rows one INSERT writes.
const AT_ONCE: u32 = 500;

/// What differs between rows.
struct Row {
    seq: i64,
    id: String,
    lane: i64,
    partition_key: String,
    payload: String,
    aggregate_id: String,
}

/// Writes as many rows as a file has events, and says how long that took; making them is not counted.
pub(crate) fn insert(database: &Database, events: u32) -> Outcome<Duration> {
    let rows: Vec<_> = (0..events).map(|number| Row::new(number, database.kind)).collect();
    let Client { runtime, mut connection } = database.client()?;
    runtime.block_on(async {
        let start = Instant::now();
        match &mut connection {
            Connection::Sqlite(connection) => {
                let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
                for rows in rows.chunks(AT_ONCE as usize) {
                    let [content, work] = statements(Kind::Sqlite, rows.len())?;
                    content_of(rows, sqlx::query(AssertSqlSafe(content))).execute(&mut *tx).await?;
                    work_of(rows, sqlx::query(AssertSqlSafe(work))).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
            Connection::Postgres(connection) => {
                let mut tx = connection.begin().await?;
                for rows in rows.chunks(AT_ONCE as usize) {
                    let [content, work] = statements(Kind::Postgres, rows.len())?;
                    content_of(rows, sqlx::query(AssertSqlSafe(content))).execute(&mut *tx).await?;
                    work_of(rows, sqlx::query(AssertSqlSafe(work))).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
        }
        Ok(start.elapsed())
    })
}

impl Row {
    fn new(number: u32, kind: Kind) -> Self {
        let aggregate_id = aggregate(number).to_string();
        Self {
            seq: i64::from(number) + 1,
            id: Uuid::now_v7().to_string(),
            lane: if kind == Kind::Sqlite { 0 } else { i64::from(aggregate(number) % 64) },
            partition_key: format!("Cow/{aggregate_id}"),
            payload: payload(number),
            aggregate_id,
        }
    }
}

/// The two statements; what is the same in all rows stands in them.
fn statements(kind: Kind, rows: usize) -> Outcome<[String; 2]> {
    let mut content = format!(
        "INSERT INTO {TABLE} (seq, id, lane, partition_key, payload, aggregate_id, event_name, event_version, \
         fingerprint, event_type, process_type, domain, subject, source, route, metadata, occurred_at, aggregate_type, \
         on_dead_letter) VALUES "
    );
    let mut work = format!("INSERT INTO {TABLE}_work (seq, content_seq, lane, route) VALUES ");
    for row in 0..rows {
        let comma = if row == 0 { "" } else { ", " };
        let differs = marks(kind, row, &["", "::uuid", "::smallint", "", "::json", ""]);
        write!(
            content,
            "{comma}({differs}, 'cow_fed', 1, 'sha256:00000000000000000000000000000000', 'domain', 'broker', 'example', \
             'something', 'urn:evt:example', 'broker', '{{}}', '2027-01-31T08:30:00.123456Z', 'Cow', 'continue')"
        )?;
        write!(work, "{comma}({}, 'broker')", marks(kind, row, &["", "", "::smallint"]))?;
    }
    Ok([content, work])
}

/// The parameters of a row, with their types. Those of SQLite have no names, which would be looked up one by one.
fn marks(kind: Kind, row: usize, types: &[&str]) -> String {
    let first = row * types.len() + 1;
    let marks = types.iter().zip(first..).map(|(of, number)| match kind {
        Kind::Sqlite => "?".to_owned(),
        Kind::Postgres => format!("${number}{of}"),
    });
    marks.collect::<Vec<_>>().join(", ")
}

fn content_of<'q, D: Driver>(rows: &'q [Row], query: Query<'q, D, D::Arguments>) -> Query<'q, D, D::Arguments>
where
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
{
    rows.iter().fold(query, |query, row| {
        let query = query.bind(row.seq).bind(row.id.as_str()).bind(row.lane);
        query.bind(row.partition_key.as_str()).bind(row.payload.as_str()).bind(row.aggregate_id.as_str())
    })
}

fn work_of<'q, D: Driver>(rows: &'q [Row], query: Query<'q, D, D::Arguments>) -> Query<'q, D, D::Arguments>
where
    i64: Encode<'q, D> + Type<D>,
{
    rows.iter().fold(query, |query, row| query.bind(row.seq).bind(row.seq).bind(row.lane))
}
