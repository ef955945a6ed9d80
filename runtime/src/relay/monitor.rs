use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::counts::Counts;
use super::exposition::{Sample, text};
use super::standing::NotReady;
use crate::outbox::operator::Outbox;

/// For how long an age that the database told is good enough.
const FRESH: Duration = Duration::from_secs(5);
/// How long a scrape waits for the database.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a relay is watched by: [`Relay::monitor`](super::Relay::monitor) gives it.
///
/// A service answers with it from its own web server: `metrics` under `/metrics`, and 200 or 503 under `/readyz`, by
/// what `readiness` says. `evt outbox publish --listen` does the same.
///
/// ```
/// use evt_runtime::relay::Monitor;
///
/// fn readyz(monitor: &Monitor) -> (u16, String) {
///     match monitor.readiness() {
///         Ok(()) => (200, "ready".to_owned()),
///         Err(reason) => (503, reason.to_string()),
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Monitor {
    counts: Counts,
    outbox: Outbox,
    route: &'static str,
    oldest: Arc<Mutex<Option<Oldest>>>,
}

/// What the database said of the oldest row.
#[derive(Clone, Copy, Debug)]
struct Oldest {
    asked: Instant,
    /// Nothing where it did not answer.
    age: Option<Duration>,
}

impl Monitor {
    pub(super) fn new(counts: Counts, outbox: Outbox, route: &'static str) -> Self {
        Self { counts, outbox, route, oldest: Arc::default() }
    }

    /// What the relay has done so far.
    ///
    /// ```
    /// use evt_runtime::relay::Monitor;
    ///
    /// fn is_busy(monitor: &Monitor) -> bool {
    ///     monitor.counts().in_hand() > 0
    /// }
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.clone()
    }

    /// Whether the relay publishes, or would if another one did not: it has begun, the database answers, the destination
    /// takes events, and nobody has told it to stop.
    ///
    /// # Errors
    /// Why not. A database that refuses is noticed within a second, one that is silent after two thirds of a lease.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::relay::{NotReady, Relay};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let relay = Relay::to_subscribers(Outbox::open("sqlite::memory:", "evt_outbox")?);
    /// assert_eq!(relay.monitor().readiness(), Err(NotReady::Starting));
    /// # Ok(())
    /// # }
    /// ```
    pub fn readiness(&self) -> Result<(), NotReady> {
        self.counts.numbers().standing.is_ready()?;
        if self.counts.is_broker_down() { Err(NotReady::Broker) } else { Ok(()) }
    }

    /// Its metrics in the text format of Prometheus, of media type `text/plain; version=0.0.4`. See [`metrics`].
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::relay::Relay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let relay = Relay::to_subscribers(Outbox::open("sqlite::memory:", "evt_outbox")?);
    /// let text = relay.monitor().metrics().await;
    /// assert!(text.contains("evt_relay_published_total{route=\"durable\",table=\"evt_outbox\"} 0\n"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn metrics(&self) -> String {
        metrics(std::slice::from_ref(self)).await
    }

    async fn sample(self) -> Sample {
        // What comes later is for the next scrape.
        let age = timeout(PATIENCE, self.oldest_age()).await.ok().flatten();
        Sample::new(&self.counts, self.route, self.outbox.table_name(), age)
    }

    /// How old the oldest row is that is not published. The database is asked once in a while, one question at a time,
    /// which goes on where nobody waits for it any more.
    async fn oldest_age(&self) -> Option<Duration> {
        let mut seen = Arc::clone(&self.oldest).lock_owned().await;
        if let Some(oldest) = seen.filter(|oldest| oldest.asked.elapsed() < FRESH) {
            return oldest.age;
        }
        let (outbox, route) = (self.outbox.clone(), self.route);
        let asking = tokio::spawn(async move {
            let asked = outbox.oldest_age(route).await;
            let age = asked.map(Option::unwrap_or_default).ok();
            *seen = Some(Oldest { asked: Instant::now(), age });
            age
        });
        asking.await.ok()?
    }
}

/// The metrics of relays that run in one process, in the text format of Prometheus, of media type `text/plain;
/// version=0.0.4`: each series has the labels `route` and `table`. `docs/relay.md` tells what each of them means.
///
/// It answers within a second, whatever the database does. To be called inside of a tokio runtime.
///
/// ```
/// use evt_runtime::relay::{Monitor, metrics};
///
/// async fn page(to_broker: Monitor, to_subscribers: Monitor) -> String {
///     metrics(&[to_broker, to_subscribers]).await
/// }
/// ```
pub async fn metrics(of: &[Monitor]) -> String {
    let mut samples = Vec::with_capacity(of.len());
    let coming: Vec<_> = of.iter().map(|monitor| tokio::spawn(monitor.clone().sample())).collect();
    for sample in coming {
        samples.extend(sample.await);
    }
    text(&samples)
}
