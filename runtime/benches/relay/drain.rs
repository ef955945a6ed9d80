//! How fast one relay empties an outbox.

use std::time::{Duration, Instant};

use evt_runtime::relay::{Drained, Relay};
use sqlx::{Connection as _, PgConnection};

use crate::database::{Database, Keys, Rows};
use crate::sink::Sink;
use crate::{Arguments, Outcome};

/// What a drain took.
struct Drain {
    /// Rows a second.
    rate: f64,
    /// Bytes of the server's log, a row.
    log: f64,
    /// Whether the server made a checkpoint meanwhile: after one it writes whole pages.
    has_checkpoint: bool,
}

/// Each number of keys, beside a loop of `DELETE … RETURNING`; then ten times the payload.
pub(crate) async fn drain(kind: &str, arguments: &Arguments) -> Outcome<()> {
    for keys in &arguments.keys {
        line(kind, &Rows { number: arguments.rows, keys: *keys, bytes: 300 }, arguments).await?;
    }
    let large = Rows { number: arguments.rows / 4, keys: Keys::Some(10_000), bytes: 3_000 };
    line(kind, &large, arguments).await
}

async fn line(kind: &str, rows: &Rows, arguments: &Arguments) -> Outcome<()> {
    let database = Database::make(kind).await?;
    let plain = per_second(rows.number, database.plain(rows, arguments.batch).await?);
    database.fill(rows).await?;
    let Drain { rate, log, has_checkpoint } =
        empty(&database, rows.number, &Sink::default(), arguments.batch).await?;
    let among = if has_checkpoint { " (with a checkpoint)" } else { "" };
    println!(
        "{kind:<10} {} of {} bytes, keys {}: {rate:.0} rows/s, {:.2} of plain {plain:.0}, log {log:.0} bytes a row{among}, \
         peak {:.1} MiB",
        rows.number,
        rows.bytes,
        rows.keys,
        rate / plain,
        peak()
    );
    Ok(())
}

/// A snapshot of the database that is held open meanwhile, so that nothing can be vacuumed.
pub(crate) async fn snapshot(kind: &str, arguments: &Arguments) -> Outcome<()> {
    let rows = Rows { number: arguments.rows, keys: Keys::Some(10_000), bytes: 300 };
    let mut rates = Vec::new();
    for is_held in [false, true] {
        let database = Database::make(kind).await?;
        let Database::Postgres { url, .. } = &database else { return Ok(()) };
        database.fill(&rows).await?;
        let mut holder = PgConnection::connect(url).await?;
        if is_held {
            let sql = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM evt_bench.evt_outbox_work";
            sqlx::raw_sql(sql).execute(&mut holder).await?;
        }
        let drain = empty(&database, rows.number, &Sink::default(), arguments.batch).await?;
        holder.close().await?;
        rates.push(drain.rate);
    }
    println!(
        "{kind:<10} a held snapshot: {:.0} rows/s, {:.2} of {:.0} without",
        rates[1],
        rates[1] / rates[0],
        rates[0]
    );
    Ok(())
}

/// A sink that takes 2 ms over each message.
pub(crate) async fn slow(kind: &str, arguments: &Arguments) -> Outcome<()> {
    for (keys, number) in [(Keys::Some(1), arguments.rows / 100), (Keys::Some(100), arguments.rows / 4)] {
        let database = Database::make(kind).await?;
        database.fill(&Rows { number, keys, bytes: 300 }).await?;
        let sink = Sink::slow(Duration::from_millis(2));
        let drain = empty(&database, number, &sink, arguments.batch).await?;
        println!("{kind:<10} a sink of 2 ms, keys {keys}: {:.0} rows/s", drain.rate);
    }
    Ok(())
}

async fn empty(database: &Database, rows: u64, sink: &Sink, batch: usize) -> Outcome<Drain> {
    let ((before, checkpoint), began) = (database.log().await?, Instant::now());
    let relay = Relay::to(database.outbox()?, sink.clone()).batch(batch).lease(Duration::from_secs(2));
    let drained = relay.drain().await?;
    let rate = per_second(rows, began.elapsed());
    if drained != Drained::All || sink.count() != rows {
        return Err(format!("{drained:?} after {} rows", sink.count()).into());
    }
    let (after, last_checkpoint) = database.log().await?;
    Ok(Drain {
        rate,
        log: (after - before) as f64 / rows as f64,
        has_checkpoint: last_checkpoint != checkpoint,
    })
}

fn per_second(rows: u64, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64()
}

/// The most memory that this process has had, in MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(f64::NAN)
        / 1_024.0
}
