//! How long a service's transactions take beside a relay.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::database::{Database, Keys, Rows};
use crate::latency::{Running, tell_of};
use crate::sink::Sink;
use crate::writer::Writer;

/// How many rows a relay empties while a service writes, and for how long that writes: less than the relay takes.
const BACKLOG: u64 = 400_000;
const BUSY: Duration = Duration::from_secs(6);

/// How long a service's transactions of one row take while a relay empties a backlog, and without one.
pub(crate) async fn writer(kind: &str) -> Outcome<()> {
    let database = Database::make(kind).await?;
    let alone = commits(&database, Writer::open(&database).await?).await?;
    tell_of(kind, "transactions alone", "begin to commit", &alone);
    let as_usual = beside_drain(kind, "transactions beside a drain", async |database| {
        Writer::open(database).await.map(Some)
    });
    as_usual.await?;
    beside_drain(kind, "begin_immediate beside a drain", Writer::open_soon).await
}

async fn beside_drain(
    kind: &str,
    what: &str,
    open: impl AsyncFnOnce(&Database) -> sqlx::Result<Option<Writer>>,
) -> Outcome<()> {
    let (database, sink) = (Database::make(kind).await?, Sink::default());
    let Some(writer) = open(&database).await? else { return Ok(()) };
    database.fill(&Rows { number: BACKLOG, keys: Keys::Some(10_000), bytes: 300 }).await?;
    let relay = Running::start(&database, &sink)?;
    let times = commits(&database, writer).await?;
    relay.stop().await?;
    if sink.count() >= BACKLOG {
        return Err("the backlog was too small".into());
    }
    tell_of(kind, what, "begin to commit", &times);
    Ok(())
}

/// How long transactions take, one every other millisecond at most.
async fn commits(database: &Database, mut writer: Writer) -> Outcome<Vec<Duration>> {
    let (mut times, until) = (Vec::new(), Instant::now() + BUSY);
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(2)).await;
        let begun = Instant::now();
        writer.commit(database.table(), "one").await?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times)
}
