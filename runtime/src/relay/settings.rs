use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use uuid::Uuid;

use super::backoff::Backoff;
use super::database::{Database, Registration};
use super::drive::{Drive, Ended, Mode};
use super::failpoint::pass;
use super::flight::Flights;
use super::hand::{Hand, Limits};
use super::keeper::{Kept, keep};
use super::pace::Pace;
use super::store::Store as _;
use super::subscribers::Subscribers;
use super::tell::Teller;
use super::{Counts, Message, Monitor, Transport};
use crate::handler;
use crate::outbox::operator::{Operator, Outbox, OutboxError};

/// The longest lease of a relay.
///
/// ```
/// assert_eq!(evt_runtime::relay::LONGEST_LEASE.as_secs(), 600);
/// ```
pub const LONGEST_LEASE: Duration = Duration::from_mins(10);
/// How many bytes of payload and metadata it has in hand.
const MOST_BYTES: u64 = 8 * 1_024 * 1_024;
/// How long a broker may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a handler may take.
const HANDLER: Duration = Duration::from_mins(5);
/// The route of events that handlers get. Each service has handlers of its own: it has no destination to agree on.
const DURABLE: &str = "durable";

/// A relay of one outbox: what it is to do, and how.
///
/// ```
/// use std::time::Duration;
///
/// use evt_runtime::outbox::operator::Outbox;
/// use evt_runtime::relay::{Relay, RelayError, Transport};
///
/// async fn serve(outbox: Outbox, broker: impl Transport + 'static) -> Result<(), RelayError> {
///     let stop = std::future::pending();
///     Relay::to(outbox, broker).batch(100).grace(Duration::from_secs(5)).run(stop).await
/// }
/// ```
#[derive(Clone)]
pub struct Relay {
    outbox: Outbox,
    route: &'static str,
    transport: Arc<dyn Transport>,
    name: String,
    limits: Limits,
    grace: Duration,
    patience: Duration,
    change: Option<Operator>,
    counts: Counts,
}

/// How a relay ended that was to do all that can be done.
///
/// ```
/// use evt_runtime::relay::Drained;
///
/// assert_ne!(Drained::All, Drained::Waiting(3));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Drained {
    /// Every row is published.
    All,
    /// What is due is published; so many rows wait for their next attempt, for one of their key, or are paused. More than
    /// 10,000 count as 10,000.
    Waiting(u64),
    /// The broker does not answer; what was said last.
    Unreachable(String),
    /// It was told to stop.
    Stopped,
}

/// Why a relay does not run.
///
/// ```
/// use evt_runtime::relay::RelayError;
///
/// let error = RelayError::Destination { recorded: "nats://a".into(), given: "nats://b".into() };
/// assert_eq!(error.to_string(), "this outbox is published to nats://a, not to nats://b");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RelayError {
    /// Other relays of the outbox publish somewhere else.
    #[error("this outbox is published to {recorded}, not to {given}")]
    Destination {
        /// Where the other ones publish to, or have.
        recorded: String,
        /// Where this one would.
        given: String,
    },
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

impl Relay {
    /// A relay of the `broker` events, to a transport.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::relay::{Relay, Transport};
    ///
    /// fn relay(outbox: Outbox, broker: impl Transport + 'static) -> Relay {
    ///     Relay::to(outbox, broker)
    /// }
    /// ```
    #[must_use]
    pub fn to(outbox: Outbox, transport: impl Transport + 'static) -> Self {
        Self::of(outbox, "broker", Arc::new(transport))
    }

    /// A relay of the `durable` and `sourced` events, to the handlers of this process: register them before it runs. An
    /// event that none wants is left alone. A handler that fails has refused its event; one that takes longer than 5
    /// minutes too.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::relay::Relay;
    /// use evt_runtime::{ProcessType, handler};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
    /// # outbox.migrate().await?;
    /// handler::on_process_type(ProcessType::Durable, |envelope| {
    ///     println!("{} {}", envelope.definition.name, envelope.payload);
    ///     Ok(())
    /// });
    /// Relay::to_subscribers(outbox).drain().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn to_subscribers(outbox: Outbox) -> Self {
        Self { patience: HANDLER, ..Self::of(outbox, DURABLE, Arc::new(Subscribers::default())) }
    }

    fn of(outbox: Outbox, route: &'static str, transport: Arc<dyn Transport>) -> Self {
        let lease = Duration::from_secs(30);
        let limits = Limits { batch: 500, bytes: MOST_BYTES, lease, backoff: Backoff::default() };
        Self {
            outbox,
            route,
            transport,
            name: format!("relay-{}", std::process::id()),
            limits,
            grace: Duration::from_secs(25),
            patience: PATIENCE,
            change: None,
            counts: Counts::default(),
        }
    }

    /// The same, with a name that people see in lists.
    ///
    /// ```
    /// use evt_runtime::relay::Relay;
    ///
    /// fn named(relay: Relay) -> Relay {
    ///     relay.name("barn-1")
    /// }
    /// ```
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same, with at most so many rows handed over and not acknowledged (500): that many may be sent twice when it is
    /// killed.
    ///
    /// ```
    /// use evt_runtime::relay::Relay;
    ///
    /// fn careful(relay: Relay) -> Relay {
    ///     relay.batch(10)
    /// }
    /// ```
    #[must_use]
    pub fn batch(mut self, rows: usize) -> Self {
        self.limits.batch = rows.max(1);
        self
    }

    /// The same, with leases of another length than 30 seconds, up to [`LONGEST_LEASE`]: so long its rows wait when it is
    /// killed.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::relay::Relay;
    ///
    /// fn quick(relay: Relay) -> Relay {
    ///     relay.lease(Duration::from_secs(5))
    /// }
    /// ```
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.limits.lease = lease.clamp(Duration::from_millis(100), LONGEST_LEASE);
        self
    }

    /// The same, waiting another time than 25 seconds for answers when it is told to stop.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::relay::Relay;
    ///
    /// fn hurried(relay: Relay) -> Relay {
    ///     relay.grace(Duration::ZERO)
    /// }
    /// ```
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// The same, waiting another time than 30 seconds for the answer to a message.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::relay::Relay;
    ///
    /// fn impatient(relay: Relay) -> Relay {
    ///     relay.patience(Duration::from_secs(1))
    /// }
    /// ```
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same for messages that are refused: how long the first of them waits (1 s; each next one twice as long), and
    /// the longest wait (15 min).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::relay::Relay;
    ///
    /// fn quick(relay: Relay) -> Relay {
    ///     relay.backoff(Duration::from_millis(100), Duration::from_secs(1))
    /// }
    /// ```
    #[must_use]
    pub fn backoff(mut self, first: Duration, most: Duration) -> Self {
        let backoff = &mut self.limits.backoff;
        (backoff.first, backoff.most) = (first, most.max(first));
        self
    }

    /// The same, where another number than 12 of refused attempts makes a dead letter.
    ///
    /// ```
    /// use evt_runtime::relay::Relay;
    ///
    /// fn strict(relay: Relay) -> Relay {
    ///     relay.max_attempts(1)
    /// }
    /// ```
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.limits.backoff.max_attempts = attempts.max(1);
        self
    }

    /// The same, although the outbox was published somewhere else until now. That is kept in its records.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Operator;
    /// use evt_runtime::relay::Relay;
    ///
    /// fn moved(relay: Relay) -> Relay {
    ///     relay.change_destination(Operator::new("anna").because("the new broker"))
    /// }
    /// ```
    #[must_use]
    pub fn change_destination(mut self, operator: Operator) -> Self {
        self.change = Some(operator);
        self
    }

    /// What it does, to be looked at while it runs.
    ///
    /// ```
    /// use evt_runtime::relay::Relay;
    ///
    /// fn is_idle(relay: &Relay) -> bool {
    ///     relay.counts().published() == 0
    /// }
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.clone()
    }

    /// What it is watched by while it runs: metrics for Prometheus, and whether it is ready.
    ///
    /// ```
    /// use evt_runtime::relay::{Monitor, Relay};
    ///
    /// fn start(relay: Relay) -> Monitor {
    ///     let monitor = relay.monitor();
    ///     tokio::spawn(relay.run(std::future::pending()));
    ///     monitor
    /// }
    /// ```
    #[must_use]
    pub fn monitor(&self) -> Monitor {
        Monitor::new(self.counts.clone(), self.outbox.clone(), self.route)
    }

    /// Publishes until `stop`. What the database does not do meanwhile is tried again.
    ///
    /// # Errors
    /// [`RelayError::Destination`], and what the database says when it begins.
    ///
    /// ```
    /// use evt_runtime::relay::{Relay, RelayError};
    ///
    /// async fn serve(relay: Relay, stopped: tokio::sync::oneshot::Receiver<()>) -> Result<(), RelayError> {
    ///     relay.run(async { drop(stopped.await) }).await
    /// }
    /// ```
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), RelayError> {
        Box::pin(self.begin(Mode::Forever, stop)).await.map(drop)
    }

    /// Publishes what is due, and ends.
    ///
    /// # Errors
    /// [`RelayError::Destination`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::relay::{Drained, Relay, RelayError};
    ///
    /// async fn is_done(relay: Relay) -> Result<bool, RelayError> {
    ///     Ok(relay.drain().await? == Drained::All)
    /// }
    /// ```
    pub async fn drain(self) -> Result<Drained, RelayError> {
        self.drain_until(std::future::pending()).await
    }

    /// The same, unless it is told to stop before.
    ///
    /// # Errors
    /// As for [`drain`](Self::drain).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::relay::{Drained, Relay, RelayError};
    ///
    /// async fn a_second(relay: Relay) -> Result<Drained, RelayError> {
    ///     relay.drain_until(tokio::time::sleep(Duration::from_secs(1))).await
    /// }
    /// ```
    pub async fn drain_until(self, stop: impl Future<Output = ()>) -> Result<Drained, RelayError> {
        Box::pin(self.begin(Mode::Once, stop)).await
    }

    /// The rows that it would hand over first, at most so many, in the order of their places. Nothing is changed.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::relay::{Relay, RelayError};
    ///
    /// async fn next(relay: &Relay) -> Result<Option<uuid::Uuid>, RelayError> {
    ///     Ok(relay.preview(1).await?.first().map(|message| message.id))
    /// }
    /// ```
    pub async fn preview(&self, most: usize) -> Result<Vec<Message>, RelayError> {
        // What waits is shown wherever it is published to.
        Ok(Database { destination: None, ..self.database(String::new()) }.preview(most).await?)
    }

    async fn begin(self, mode: Mode, stop: impl Future<Output = ()>) -> Result<Drained, RelayError> {
        let destination = self.transport.destination();
        let database = self.database(destination.clone());
        let told = Registration { name: self.name, change: self.change };
        if let Some(recorded) = database.register(&told).await? {
            return Err(RelayError::Destination { recorded, given: destination });
        }
        pass!(Registered);
        let lease = self.limits.lease;
        let database = Arc::new(database);
        let breakers = Arc::new(Mutex::new("[]".to_owned()));
        let asked = Instant::now();
        let first = Kept::default().renewed(database.renew("[]").await?, asked, lease);
        let (to, kept) = watch::channel(first.clone());
        let keeper = tokio::spawn(keep(Arc::clone(&database), lease, Arc::clone(&breakers), first, to));
        let drive = Drive {
            store: Arc::clone(&database),
            hand: Hand::new(self.limits, asked),
            flights: Flights::new(self.transport, self.patience),
            kept,
            breakers,
            teller: Teller::new(self.counts, destination.clone()),
            pace: Pace::new(asked),
            mode,
            grace: self.grace,
            answered_at: None,
        };
        let drained = drive.run(stop).await;
        pass!(Drained);
        keeper.abort();
        let kept = keeper.await;
        let ended = database.end().await;
        pass!(Ended);
        if let Ok(Err(error)) = kept {
            return Err(error.into());
        }
        match drained? {
            Ended::Moved(recorded) => Err(RelayError::Destination { recorded, given: destination }),
            Ended::Drained(drained) => ended.map(|()| drained).map_err(RelayError::Outbox),
        }
    }

    fn database(&self, destination: String) -> Database {
        Database {
            outbox: self.outbox.clone(),
            relay: Uuid::now_v7(),
            route: self.route,
            destination: (self.route != DURABLE).then_some(destination),
            lease: self.limits.lease,
            backoff: self.limits.backoff,
            events: if self.route == DURABLE { handler::served() } else { None },
            horizon: Mutex::default(),
        }
    }
}
