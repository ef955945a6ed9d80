//! How long after its commit a row is accepted.

use std::time::{Duration, Instant};

use evt_runtime::relay::Relay;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::database::{Database, Keys, Rows};
use crate::sink::{HOT, Sink};
use crate::writer::{Committed, write, write_one};
use crate::{Outcome, statements};

/// How long rows come.
const LENGTH: Duration = Duration::from_secs(22);
/// For how long they come before they count: an idle relay first has to see that there are some.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long after its last row a relay looks as seldom as it ever does.
const CALM: Duration = Duration::from_secs(6);
/// How many rows a second.
const RATE: u32 = 1_000;
/// How many rows of one key wait for its first one.
const BLOCKED: u64 = 100_000;

/// Rows that come steadily: how long each of them takes.
pub(crate) async fn steady(kind: &str) -> Outcome<()> {
    let times = beside(&Database::make(kind).await?, &Sink::watched()).await?;
    tell(kind, &format!("{RATE} rows/s"), &times);
    Ok(())
}

/// The same beside a key of 100,000 rows whose first one is dead, and halts it.
pub(crate) async fn blocked(kind: &str) -> Outcome<()> {
    let alone = beside(&Database::make(kind).await?, &Sink::watched()).await?;
    tell(kind, "other keys, nothing blocked", &alone);
    let database = Database::make(kind).await?;
    database.fill(&Rows { number: BLOCKED, keys: Keys::Hot, bytes: 300 }).await?;
    let times = beside(&database, &Sink::watched().refusing_hot()).await?;
    tell(kind, "other keys, a hot key blocked", &times);
    let of = |times: &[Duration]| percentile(times, 99).as_secs_f64();
    println!("{kind:<10} p99 beside {HOT}: {:.2} times", of(&times) / of(&alone));
    Ok(())
}

/// One row after a minute without any, and how many statements that minute costs.
pub(crate) async fn idle(kind: &str, length: Duration) -> Outcome<()> {
    let (database, sink) = (Database::make(kind).await?, Sink::watched());
    let relay = Running::start(&database, &sink)?;
    let mut times = Vec::new();
    for _ in 0..3 {
        tokio::time::sleep(CALM).await;
        let before = database.transactions().await?;
        statements::count();
        tokio::time::sleep(length).await;
        let (sent, seconds) = (statements::counted() as f64, length.as_secs_f64());
        let transactions = (database.transactions().await? - before) as f64 / seconds;
        println!("{kind:<10} idle: {:.2} statements/s, {transactions:.2} transactions/s", sent / seconds);
        let committed = write_one(&database).await?;
        times.extend(arrived(&sink, &[committed]).await?);
    }
    relay.stop().await?;
    tell(kind, "first row after idleness", &times);
    Ok(())
}

/// How long each row takes that a writer writes, where one relay runs.
async fn beside(database: &Database, sink: &Sink) -> Outcome<Vec<Duration>> {
    let relay = Running::start(database, sink)?;
    tokio::time::sleep(CALM).await;
    let counted_from = Instant::now() + WARM_UP;
    let mut rows = write(database, RATE, LENGTH).await?;
    rows.retain(|(_, committed)| *committed >= counted_from);
    let times = arrived(sink, &rows).await?;
    relay.stop().await?;
    Ok(times)
}

async fn arrived(sink: &Sink, rows: &[Committed]) -> Outcome<Vec<Duration>> {
    let until = Instant::now() + Duration::from_secs(30);
    while rows.iter().any(|(seq, _)| sink.arrival(*seq).is_none()) {
        if Instant::now() > until {
            return Err("rows did not arrive within 30 s".into());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let took = |(seq, at): &Committed| Some(sink.arrival(*seq)?.saturating_duration_since(*at));
    let mut times: Vec<_> = rows.iter().filter_map(took).collect();
    times.sort_unstable();
    Ok(times)
}

/// One of a hundred of the times is longer, where `percent` is 99.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

fn tell(kind: &str, what: &str, times: &[Duration]) {
    tell_of(kind, what, "commit to accepted", times);
}

/// Prints the times that something took.
pub(crate) fn tell_of(kind: &str, what: &str, way: &str, times: &[Duration]) {
    println!(
        "{kind:<10} {what}: {} rows, {way} p50 {:.1?}, p99 {:.1?}, most {:.1?}",
        times.len(),
        percentile(times, 50),
        percentile(times, 99),
        percentile(times, 100)
    );
}

/// A relay at work.
pub(crate) struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), evt_runtime::relay::RelayError>>,
}

impl Running {
    pub(crate) fn start(database: &Database, sink: &Sink) -> Outcome<Self> {
        let relay = Relay::to(database.outbox()?, sink.clone()).lease(Duration::from_secs(2)).max_attempts(1);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async { relay.run(async { drop(stopped.await) }).await });
        Ok(Self { stop, task })
    }

    pub(crate) async fn stop(self) -> Outcome<()> {
        self.stop.send(()).ok();
        Ok(self.task.await??)
    }
}
