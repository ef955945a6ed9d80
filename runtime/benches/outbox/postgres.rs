use std::time::Instant;

use evt_runtime::{Connection, emit_all, outbox};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Statement, Transaction};

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

/// What a table has that holds the state of its rows, too, with the indexes by which relays and operators find them: those
/// of `{T_work}` in the layout.
const STATE: &str = "ALTER TABLE {T} ADD state text NOT NULL DEFAULT 'pending', ADD attempts integer NOT NULL DEFAULT 0, \
    ADD crashes integer NOT NULL DEFAULT 0, ADD available_at timestamptz, ADD dead_lettered_at timestamptz, \
    ADD dead_reason text, ADD discarded_at timestamptz, ADD key_went_on boolean NOT NULL DEFAULT false, \
    ADD last_error_at timestamptz, ADD last_error_code text, ADD last_error_text text; \
    CREATE INDEX ON {T} (route, lane, (seq + 0)) WHERE state IN ('pending', 'retrying'); \
    CREATE INDEX ON {T} (seq) WHERE state = 'retrying'; CREATE INDEX ON {T} (seq) WHERE state = 'dead'; \
    CREATE INDEX ON {T} (seq) WHERE state = 'discarded'; CREATE INDEX ON {T} (seq) WHERE last_error_at IS NOT NULL";

/// An outbox, and what is written without it.
struct Stage {
    place: Place,
    /// Inserts into one table with the columns and indexes of what the outbox calls content.
    content: String,
    /// Inserts the same into one table with all columns and indexes of the outbox.
    whole: String,
    /// Inserts as arrays what `content` inserts row by row.
    arrays: String,
}

impl Stage {
    async fn new() -> Option<Self> {
        let place = Place::new().await?;
        let [content, whole] = ["content", "whole"].map(|name| format!("{}.{name}", place.schema));
        for table in [&content, &whole] {
            place.run(&format!("CREATE TABLE {table} (LIKE {} INCLUDING ALL)", place.table)).await;
        }
        place.run(&STATE.replace("{T}", &whole)).await;
        let (marks, arrays) = (marks("$", ""), marks("unnest($", "[])"));
        Some(Self {
            content: format!("INSERT INTO {content} ({NAMES}) VALUES ({marks})"),
            whole: format!("INSERT INTO {whole} ({NAMES}) VALUES ({marks})"),
            arrays: format!("INSERT INTO {content} ({NAMES}) SELECT {arrays}"),
            place,
        })
    }
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

/// The values to insert, cast from what is sent: numbers as `int8`, all else as `text`.
fn marks(open: &str, close: &str) -> String {
    let mark = |(at, kind): (usize, &str)| match (kind, close) {
        ("text" | "int8", "") => format!("{open}{at}"),
        ("text" | "int8", _) => format!("{open}{at}::{kind}{close}"),
        ("int2" | "int4", _) => format!("{open}{at}::int8{close}::{kind}"),
        _ => format!("{open}{at}::text{close}::{kind}"),
    };
    (1..).zip(TYPES).map(mark).collect::<Vec<_>>().join(", ")
}

/// Writes a round in one transaction, and adds how long that took.
macro_rules! round {
    ($rate:expr, $begin:expr, $tx:ident => $work:expr) => {
        let begun = Instant::now();
        #[allow(unused_mut, reason = "not all of them change it")]
        let mut $tx = $begin.await.unwrap();
        $work.await;
        $tx.commit().await.unwrap();
        $rate.add(begun);
    };
}

pub(crate) async fn sqlx() {
    let Some(stage) = Stage::new().await else { return };
    let (mut connection, table) = (stage.place.connect().await, &stage.place.table);
    let names = ["bare INSERT", "bare, all indexes", "single", "batch of 500", "bare batch of 500"];
    let mut rates = names.map(Rates::new);
    for _ in 0..ROUNDS {
        round!(rates[0], connection.begin(), tx => bare_by_sqlx(&mut tx, &stage.content));
        round!(rates[1], connection.begin(), tx => bare_by_sqlx(&mut tx, &stage.whole));
        round!(rates[2], connection.begin(), tx => singles(&mut tx, table));
        round!(rates[3], connection.begin(), tx => batches(&mut tx, table));
        round!(rates[4], connection.begin(), tx => bare_batches(&mut tx, &stage.arrays));
    }
    report("PostgreSQL, sqlx", &mut rates);
}

async fn bare_by_sqlx(to: &mut PgConnection, sql: &str) {
    for number in 0..EVENTS {
        let row = Bare::new(number);
        let insert = sqlx::query(AssertSqlSafe(sql));
        let insert = insert.bind(row.id).bind("cow_fed").bind(2_i64).bind(FINGERPRINT).bind("domain");
        let insert = insert.bind("broker").bind("farm").bind(None::<&str>).bind("urn:evt:farm");
        let insert = insert.bind("broker").bind(0_i64).bind(row.key).bind(row.payload).bind("{}");
        let insert = insert.bind(OCCURRED_AT).bind(None::<&str>).bind("Cow").bind(row.aggregate_id);
        insert.bind(None::<i64>).bind("halt").execute(&mut *to).await.unwrap();
    }
}

async fn bare_batches(to: &mut PgConnection, sql: &str) {
    for first in (0..EVENTS).step_by(500) {
        let rows: Vec<_> = (first..first + 500).map(Bare::new).collect();
        let given = |text: fn(&Bare) -> &str| rows.iter().map(text).collect::<Vec<_>>();
        let (same, none) = (|text| vec![text; 500], vec![None::<&str>; 500]);
        let insert = sqlx::query(AssertSqlSafe(sql)).bind(given(|row| &row.id)).bind(same("cow_fed"));
        let insert = insert.bind(vec![2_i64; 500]).bind(same(FINGERPRINT)).bind(same("domain"));
        let insert = insert.bind(same("broker")).bind(same("farm")).bind(&none).bind(same("urn:evt:farm"));
        let insert = insert.bind(same("broker")).bind(vec![0_i64; 500]).bind(given(|row| &row.key));
        let insert = insert.bind(given(|row| &row.payload)).bind(same("{}")).bind(same(OCCURRED_AT));
        let insert = insert.bind(&none).bind(same("Cow")).bind(given(|row| &row.aggregate_id));
        insert.bind(vec![None::<i64>; 500]).bind(same("halt")).execute(&mut *to).await.unwrap();
    }
}

pub(crate) async fn tokio() {
    let Some((stage, mut client)) = tokio_stage().await else { return };
    let table = &stage.place.table;
    let mut rates = ["bare INSERT", "bare, all indexes", "single", "batch of 500"].map(Rates::new);
    for _ in 0..ROUNDS {
        round!(rates[0], client.transaction(), tx => bare_by_tokio(&tx, &stage.content));
        round!(rates[1], client.transaction(), tx => bare_by_tokio(&tx, &stage.whole));
        round!(rates[2], client.transaction(), tx => singles(&mut tx, table));
        round!(rates[3], client.transaction(), tx => batches(&mut tx, table));
    }
    report("PostgreSQL, tokio-postgres", &mut rates);
}

/// The same with statements that are prepared once.
pub(crate) async fn tokio_prepared() {
    let Some((stage, mut client)) = tokio_stage().await else { return };
    let table = &stage.place.table;
    let types = TYPES.map(sent);
    let content = client.prepare_typed(&stage.content, &types).await.unwrap();
    let whole = client.prepare_typed(&stage.whole, &types).await.unwrap();
    let mut kept = outbox::PreparedStatements::default();
    let mut rates = ["bare INSERT", "bare, all indexes", "single", "batch of 500"].map(Rates::new);
    for _ in 0..ROUNDS {
        round!(rates[0], client.transaction(), tx => bare_prepared(&tx, &content));
        round!(rates[1], client.transaction(), tx => bare_prepared(&tx, &whole));
        round!(rates[2], client.transaction(), tx => singles(&mut kept.on(&tx), table));
        round!(rates[3], client.transaction(), tx => batches(&mut kept.on(&tx), table));
    }
    report("PostgreSQL, tokio-postgres, prepared", &mut rates);
}

async fn tokio_stage() -> Option<(Stage, tokio_postgres::Client)> {
    let stage = Stage::new().await?;
    let connected = tokio_postgres::connect(&stage.place.url, tokio_postgres::NoTls).await;
    let (mut client, connection) = connected.unwrap();
    tokio::spawn(connection);
    outbox::migrate(&mut client, &stage.place.table).await.unwrap();
    Some((stage, client))
}

fn sent(kind: &str) -> Type {
    if kind.starts_with("int") { Type::INT8 } else { Type::TEXT }
}

async fn bare_by_tokio(to: &Transaction<'_>, sql: &str) {
    for number in 0..EVENTS {
        let row = Bare::new(number);
        let typed: Vec<_> = values(&row).into_iter().zip(TYPES.map(sent)).collect();
        to.query_typed(sql, &typed).await.unwrap();
    }
}

async fn bare_prepared(to: &Transaction<'_>, statement: &Statement) {
    for number in 0..EVENTS {
        let row = Bare::new(number);
        to.execute(statement, &values(&row)).await.unwrap();
    }
}

fn values(row: &Bare) -> [&(dyn ToSql + Sync); 20] {
    [
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
    ]
}
