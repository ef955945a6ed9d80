//! A project with its database and its broker, and relays in between.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::broker::Broker;
use crate::check::{Row, Verdict, check};
use crate::database::Farm;
use crate::newcomer::words;
use crate::reader::Reader;
use crate::relay::{LEASE, Relay};
use crate::rows::{self, What};

/// Makes a test of each case, which is run on both databases side by side.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod on_both {
            $(#[test]
            fn $case() {
                crate::stage::with_both(|stage| super::$case(stage));
            })*
        }
    };
}

pub(crate) use on_both;

/// Runs a case on both databases. Most of the time it waits.
pub(crate) fn with_both(case: impl Fn(&mut Stage) + Sync) {
    let stages = [("sqlite", Some(Stage::sqlite())), ("postgres", Stage::postgres())];
    side_by_side(stages.into_iter().filter_map(|(name, stage)| Some((name, stage?))), |mut stage| {
        case(&mut stage);
    });
}

/// Does something with each of these, on threads with their names.
pub(crate) fn side_by_side<N: Into<String>, T: Send>(
    all: impl IntoIterator<Item = (N, T)>,
    work: impl Fn(T) + Sync,
) {
    std::thread::scope(|scope| {
        let work = &work;
        for (name, given) in all {
            let named = std::thread::Builder::new().name(name.into());
            // Where one panics, the scope does.
            named.spawn_scoped(scope, move || work(given)).expect("a thread can be started");
        }
    });
}

/// Rows that are refused die soon, and no breaker stays open long.
const CONFIG: &str = "\
[outbox]
max_attempts = 2
[relay]
backoff = \"1s\"
grace = \"10s\"
";

const COW_FED: &str = "\
event_name: cow_fed
event_type: domain
process_type: broker
subject: something
inputs: { something: required }
aggregate: { type: Cow, id: something.id, version: something.version }
payload: { weight: { type: int, from: something.weight } }
";

/// See the module.
pub(crate) struct Stage {
    pub(crate) farm: Farm,
    pub(crate) broker: Broker,
    reader: Reader,
}

impl Stage {
    pub(crate) fn sqlite() -> Self {
        Self::of(Farm::sqlite())
    }

    /// `None` where there is no PostgreSQL.
    pub(crate) fn postgres() -> Option<Self> {
        Farm::postgres().map(Self::of)
    }

    pub(crate) fn of(farm: Farm) -> Self {
        let project = &farm.project;
        project.write("evt.toml", project.read("evt.toml") + CONFIG);
        project.write("events/cow_fed.yaml", COW_FED);
        project.evt_ok(&["dump"]);
        project.write("relays.log", "");
        let reader = Reader::of(&farm.url);
        Self { reader, farm, broker: Broker::new() }
    }

    /// Starts a relay.
    pub(crate) fn relay(&self, batch: usize) -> Relay {
        self.start(self.publish(batch))
    }

    /// The program as a relay of the database to the broker.
    pub(crate) fn publish(&self, batch: usize) -> Command {
        self.publish_to(&self.broker.url(), batch)
    }

    /// The same with another destination.
    pub(crate) fn publish_to(&self, to: &str, batch: usize) -> Command {
        self.command(&self.farm.url, to, batch)
    }

    /// The same with another way to the database.
    pub(crate) fn publish_from(&self, url: &str, batch: usize) -> Command {
        self.command(url, &self.broker.url(), batch)
    }

    fn command(&self, url: &str, to: &str, batch: usize) -> Command {
        let lease = LEASE.as_secs();
        let line = format!("outbox publish -v --to {to} --lease {lease}s --batch {batch} --database {url}");
        self.farm.project.command(&words(&line))
    }

    /// Starts what may be more than the usual relay.
    pub(crate) fn start(&self, relay: Command) -> Relay {
        Relay::start(relay, self.farm.project.path("relays.log"))
    }

    /// How often relays have told this.
    pub(crate) fn told(&self, what: &str) -> usize {
        self.farm.project.read("relays.log").matches(what).count()
    }

    /// Commits a row for each key, in this order; `-` is none.
    pub(crate) fn write(&self, keys: &[&str]) {
        self.write_that(What::Continues, keys);
    }

    /// The same of other events.
    pub(crate) fn write_that(&self, what: What, keys: &[&str]) {
        let sql = if self.is_postgres() { rows::of_postgres } else { rows::of_sqlite };
        rows::run(&self.farm.url, &sql(keys, what));
    }

    pub(crate) fn is_postgres(&self) -> bool {
        !self.farm.url.starts_with("sqlite:")
    }

    /// A number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.reader.number(sql)
    }

    /// How many rows have this state in the relay's table.
    pub(crate) fn count(&self, condition: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM evt_outbox_work WHERE {condition}"))
    }

    /// Waits until no row is left to be published.
    #[track_caller]
    pub(crate) fn drains(&self, seconds: u64) {
        until("all is published", seconds, || self.count("state IN ('pending', 'retrying')") == 0);
    }

    /// The rows for the broker.
    pub(crate) fn committed(&self) -> Vec<Row> {
        self.committed_to("broker")
    }

    pub(crate) fn committed_to(&self, route: &str) -> Vec<Row> {
        self.reader.committed(route)
    }

    /// What the checker says.
    pub(crate) fn verdict(&self) -> Verdict {
        check(&self.committed(), self.broker.taken().iter().map(String::as_str))
    }

    /// Asserts that no row has died, or is not published.
    #[track_caller]
    pub(crate) fn all_are_published(&self) {
        assert_eq!(self.count("state = 'dead'"), 0, "dead letters");
        assert_eq!(self.count("1 = 1"), 0, "rows that are not published");
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, seconds: u64, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(seconds);
    while !is_so() {
        assert!(Instant::now() < end, "not within {seconds} s: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
