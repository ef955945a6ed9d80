//! A project with its database and its broker, and relays in between.

use std::fs::File;
use std::time::{Duration, Instant};

use crate::broker::Broker;
use crate::check::{Row, Verdict, check};
use crate::database::Farm;
use crate::newcomer::words;
use crate::relay::{LEASE, Relay};
use crate::rows::{self, OnDead};

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test]
            fn $case() {
                super::$case(&mut crate::stage::Stage::of(crate::database::Farm::sqlite()));
            })*
        }
        mod postgres {
            $(#[test]
            fn $case() {
                let Some(farm) = crate::database::Farm::postgres() else { return };
                super::$case(&mut crate::stage::Stage::of(farm));
            })*
        }
    };
}

pub(crate) use on_both;

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
}

impl Stage {
    pub(crate) fn of(farm: Farm) -> Self {
        let project = &farm.project;
        project.write("evt.toml", project.read("evt.toml") + CONFIG);
        project.write("events/cow_fed.yaml", COW_FED);
        project.evt_ok(&["dump"]);
        Self { farm, broker: Broker::new() }
    }

    /// Starts a relay.
    pub(crate) fn relay(&self, batch: usize) -> Relay {
        self.relay_to(&self.broker.url(), batch)
    }

    /// Starts one that publishes somewhere else; more options may stand behind that.
    pub(crate) fn relay_to(&self, to: &str, batch: usize) -> Relay {
        let (url, lease) = (&self.farm.url, LEASE.as_secs());
        let line = format!("outbox publish -v --to {to} --lease {lease}s --batch {batch} --database {url}");
        let path = self.farm.project.path("relays.log");
        let log = File::options().append(true).create(true).open(path).expect("a log can be written");
        Relay::start(self.farm.project.command(&words(&line)), log)
    }

    /// Commits a row for each key, in this order; `-` is none.
    pub(crate) fn write(&self, keys: &[&str]) {
        self.write_that(OnDead::Continues, keys);
    }

    /// The same, where it matters what becomes of the key of a dead letter.
    pub(crate) fn write_that(&self, on_dead: OnDead, keys: &[&str]) {
        let sql = if self.is_postgres() { rows::of_postgres } else { rows::of_sqlite };
        rows::run(&self.farm.url, &sql(keys, on_dead));
    }

    pub(crate) fn is_postgres(&self) -> bool {
        !self.farm.url.starts_with("sqlite:")
    }

    /// A number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        rows::number(&self.farm.url, sql)
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

    pub(crate) fn committed(&self) -> Vec<Row> {
        rows::committed(&self.farm.url)
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
